"""Answers as tables: columns, data frames, files for spreadsheets, and what a notebook shows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any, Literal

import pandas as pd
from lxml import html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, Source
from queries.candidates import Partner
from queries.entry_points import entry_points
from queries.html import MOST_ROWS
from queries.overlap import overlap
from queries.partners import partners
from queries.table import Table, flat
from tests.helpers import ONE_ENGINE
from viz.tables import FORMATS
from viz.workbook import CUT, MOST

HOSTILE = "<script>alert('Ruritania')</script>"
FORMULA = '=HYPERLINK("http://example.org","Ruritania")'


class Part(Shape):
    """A part of a row with what parts have."""

    id: str
    day: date | None = None
    costs: dict[str, float] = {}  # noqa: RUF012  (pydantic copies it)
    steps: tuple[Named, ...] = ()


class Told(Row):
    """A row with one of each kind of field."""

    kind: Literal["told"] = "told"
    name: str
    sure: bool = True
    number: int | None = None
    on: date | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    by_kind: dict[Literal["matrix", "treaty"], int] = {}  # noqa: RUF012  (pydantic copies it)
    record: Ref | None = None

    def cells(self) -> dict[str, str]:
        return {"Name": f"{self.name}\nsecond line"}


def told(name: str = "Ruritania", **rest: Any) -> Told:
    features = (
        Feature(name="near", value=0.25, weight=1, sentence="It is near.", records=(Ref(type="State", id="RUR"),)),
        Feature(name="near", value=0.75, weight=1, sentence="It is nearer.", records=(Ref(type="State", id="RUR"),)),
        Feature(name="far", value=0, weight=1, sentence="It is not far."),
    )
    return Told(score=0.5, features=features, name=name, **rest)


def answer(*rows: Row, **rest: Any) -> Answer[Row]:
    given: dict[str, Any] = {
        "question": "told", "parameters": {"who": "RUR"}, "as_of": date(2009, 6, 1), "data_version": "0f", "total": 7,
        "truncated": True, "rows": rows, "caveats": ("Keep this in mind.",),
        "sources": (Source(id="s", title="Source", publisher="Publisher", url="https://example.org/", licence="CC0"),),
    }  # fmt: skip
    return Answer[Row](**{**given, **rest})


def row_of(table: Table, number: int = 0) -> dict[str, Any]:
    return dict(zip((column.name for column in table.columns), table.rows[number], strict=True))


def read_csv(of: Answer[Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS["csv"].write(of).decode("utf-8-sig"), newline="")))


def sheets(of: Answer[Any]) -> tuple[Worksheet, Worksheet]:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(of)))
    return book["Rows"], book["About"]


def test_objects_become_dotted_columns_and_lists_a_column_for_each_leaf_with_every_place_kept() -> None:
    parts = (
        Part(id="a", day=date(2001, 2, 3), steps=(Named(id="x", name="X"), Named(id="y", name="Y"))),
        Part(id="b", costs={"EUR": 2.5, "USD": 3_000_000}),
    )
    row = told(part=Part(id="c"), parts=parts, by_kind={"treaty": 2}, record=Ref(type="Offer", id="o"))

    assert row_of(flat(answer(row))) == {
        "score": 0.5, "kind": "told", "name": "Ruritania", "sure": True, "number": None, "on": None,
        "part.id": "c", "part.day": None, "part.costs": None, "part.steps.id": None, "part.steps.name": None,
        "parts.id": "a; b", "parts.day": "2001-02-03; ", "parts.costs": "; EUR=2.5 | USD=3000000",
        "parts.steps.id": "x | y; ", "parts.steps.name": "X | Y; ",
        "by_kind.matrix": None, "by_kind.treaty": 2, "record": "Offer o",
        "why": "It is nearer.\nIt is near.", "feature.far": 0.0, "feature.near": 0.75, "records": "State RUR",
    }  # fmt: skip


@ONE_ENGINE
def test_columns_are_those_of_the_question_whether_there_are_rows_or_not(shipped: Store) -> None:
    some = entry_points(shipped, "SLE", as_of=date(2009, 10, 1))
    none = entry_points(shipped, "SLE", as_of=date(1950, 1, 1))
    assert some.rows
    assert not none.rows

    columns = [column for column in flat(some).columns if not column.name.startswith("feature.")]

    assert list(flat(none).columns) == columns
    assert [column.name for column in columns][:4] == [
        "score", "programme.id", "programme.title", "programme.start",
    ]  # fmt: skip
    assert none.to_frame().dtypes["programme.amount"] == "float64"


@ONE_ENGINE
def test_rows_of_two_kinds_share_a_table(shipped: Store) -> None:
    asked = overlap(shipped, "SLE", as_of=date(2009, 10, 1))
    frame = asked.to_frame()

    assert set(frame["kind"]) == {"theme", "provider"}
    providers = frame[frame["kind"] == "provider"]
    assert providers["programmes"].notna().all()
    assert providers["programmes.id"].isna().all()
    assert list(frame["until"].dropna().dt.date) == [row.until for row in asked.rows if row.until]


def test_a_data_frame_has_one_type_a_column() -> None:
    frame = answer(told(number=3, on=date(9999, 12, 31)), told(name="Freedonia")).to_frame()

    assert frame.dtypes[["score", "name", "sure", "number", "on"]].astype(str).tolist() == [
        "float64", "string", "boolean", "Int64", "datetime64[s]",
    ]  # fmt: skip
    assert frame["number"].sum() == 3
    assert frame["on"][0] == pd.Timestamp(9999, 12, 31)


def test_csv_keeps_numbers_and_line_breaks_and_makes_formulas_harmless() -> None:
    names = (FORMULA, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "Ruritania, the\n“old” State")
    rows = read_csv(answer(*(told(name=name, number=-5, on=date(2009, 6, 1)) for name in names)))

    assert [row["name"].replace("'", "") for row in rows] == list(names)
    assert [row["name"].startswith("'") for row in rows] == [True] * (len(names) - 1) + [False]
    assert {(row["number"], row["on"], row["sure"], row["feature.near"]) for row in rows} == {
        ("-5", "2009-06-01", "true", "0.75")
    }
    written = FORMATS["csv"].write(answer(told()))
    assert written.startswith(b"\xef\xbb\xbfscore,kind,")
    assert written.endswith(b"\r\n")


def test_no_cell_of_a_workbook_is_a_formula_an_error_value_or_a_link() -> None:
    hostile = (FORMULA, "=1+1", "#N/A", "+1", "@SUM(A1)", HOSTILE)
    source = Source(id="s", title=FORMULA, publisher="=1", url=FORMULA, date="=2", licence="=3")
    given = answer(*map(told, hostile), caveats=(FORMULA,), parameters={"=who": FORMULA}, sources=(source,))
    cells = [cell for sheet in sheets(given) for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s", "n", "b", "d"}
    assert {cell.value for cell in cells if cell.data_type == "s"} >= set(hostile)
    assert not any(cell.hyperlink for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "@")))
    book = zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(given)))
    assert not [name for name in book.namelist() if b"<f>" in book.read(name) or "externalLink" in name]


def test_a_workbook_keeps_types_marks_impossible_characters_and_cuts_what_is_too_long() -> None:
    rows, _ = sheets(answer(told(name="bell\a", number=3, on=date(2009, 6, 1)), told(name="𝒳" * MOST)))
    header, first, second = rows.iter_rows()
    at = {str(cell.value): place for place, cell in enumerate(header)}

    assert first[at["name"]].value == "bell\N{REPLACEMENT CHARACTER}"
    assert (first[at["number"]].value, first[at["sure"]].value) == (3, True)
    assert (first[at["on"]].data_type, first[at["on"]].number_format) == ("d", "yyyy-mm-dd")
    long = str(second[at["name"]].value)
    assert long.endswith(CUT)
    assert MOST - 1 <= len(long.encode("utf-16-le")) // 2 <= MOST


def test_a_workbook_can_be_worked_with_and_says_what_one_has_to_know() -> None:
    rows, about = sheets(answer(told()))

    assert all(cell.font.bold for cell in rows[1])
    assert rows.freeze_panes == "A2"
    assert rows.auto_filter.ref == rows.dimensions
    said = {(row[0], row[1]) for row in about.iter_rows(values_only=True)}
    assert said >= {
        ("Question", "told"), ("Parameter who", "RUR"), ("Data version", "0f"), ("Rows here", 1), ("Rows in all", 7),
        ("Cut by the limit", True), ("Note", "Keep this in mind."), ("Title", "Told, 2009-06-01"),
    }  # fmt: skip
    *_, last = about.iter_rows(values_only=True)
    assert last == ("s", "Source", "Publisher", None, "https://example.org/", "CC0")


@ONE_ENGINE
def test_every_format_holds_every_row_of_an_answer(shipped: Store) -> None:
    asked = partners(shipped, "CARICOM", as_of=date(2009, 6, 1))
    ids = [row.partner.id for row in asked.rows]
    assert ids

    lines = FORMATS["ndjson"].write(asked).decode().splitlines()
    assert [Partner.model_validate_json(line) for line in lines] == list(asked.rows)
    assert Answer[Partner].model_validate_json(FORMATS["json"].write(asked)) == asked
    assert [row["partner.id"] for row in read_csv(asked)] == ids
    rows, about = sheets(asked)
    assert [rows.cell(number, 2).value for number in range(2, rows.max_row + 1)] == ids
    assert {row[0] for row in about.iter_rows(values_only=True)} >= {source.id for source in asked.sources}


def test_files_without_rows_have_their_columns_all_the_same() -> None:
    none = answer(question="entry_points", total=0, truncated=False)
    header = ",".join(column.name for column in flat(none).columns)

    assert FORMATS["csv"].write(none).decode("utf-8-sig") == f"{header}\r\n"
    assert [cell.value for cell in sheets(none)[0][1]] == header.split(",")
    assert FORMATS["ndjson"].write(none) == b""
    assert json.loads(FORMATS["json"].write(none))["rows"] == []


def test_a_notebook_shows_title_reasons_notes_and_sources_and_loads_nothing() -> None:
    page = html.fromstring(answer(told())._repr_html_())
    text = page.text_content()

    for said in ("Told, 2009-06-01", "who: RUR", "It is nearer.", "1 of 7 rows", "Note: Keep this in mind.", "0f"):
        assert said in text
    assert [one.text for one in page.iter("th")] == [None, "Score", "Name", "Why"]
    assert [one.get("href") for one in page.iter("a")] == ["https://example.org/"]
    assert {str(one.tag) for one in page.iter()} <= {
        "div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "details", "summary", "ul", "li", "a",
        "span",
    }  # fmt: skip
    assert not page.xpath("//@src | //@srcset | //@background | //*[contains(@style, 'url')]")


def test_hostile_names_stay_text_in_a_notebook() -> None:
    image = '"><img src=x onerror=alert(1)>'
    source = Source(id="s", title=image, publisher=HOSTILE, url="javascript:alert(1)", licence=HOSTILE)
    hostile = answer(told(HOSTILE), told(image), told("nul\0"), caveats=(HOSTILE,), parameters={HOSTILE: HOSTILE},
                     sources=(source,), question=HOSTILE)  # fmt: skip
    page = html.fromstring(hostile._repr_html_())

    assert not page.xpath("//script | //img | //a | //@*[starts-with(name(), 'on')]")
    assert page.text_content().count(HOSTILE) >= 6
    assert image in page.text_content()


def test_a_long_answer_is_shown_in_part_and_says_so() -> None:
    rows = [told(name=str(number)) for number in range(MOST_ROWS + 5)]
    page = html.fromstring(answer(*rows)._repr_html_())

    assert len(page.xpath("//tbody/tr")) == MOST_ROWS
    assert f"The first {MOST_ROWS} of {len(rows)} rows" in page.text_content()
    assert len(answer(*rows).to_frame()) == len(rows)
