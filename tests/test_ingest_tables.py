"""Tables of every make: what is read of CSV, TSV and workbooks, and how each broken file is refused, word by word."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ingest import workbooks
from ingest.files import UnreadableFileError
from ingest.tables import BEYOND, NO_VALUE, Grid, Table, grids

SHEET = "xl/worksheets/sheet1.xml"
MAIN, STRICT = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
Rows = list[list[Any]]
SIMPLE: Rows = [["State", "Need"], ["Utopia", "Training"]]


def opener(content: bytes) -> Callable[[], IO[bytes]]:
    return lambda: io.BytesIO(content)


def read(name: str, content: bytes) -> list[tuple[Table, list[tuple[str, dict[str, str]]]]]:
    return [(table, list(table.rows())) for table in (grid.table() for grid in grids(name, opener(content)))]


def only(name: str, content: bytes) -> tuple[Table, list[tuple[str, dict[str, str]]]]:
    (one,) = read(name, content)
    return one


def values(name: str, content: bytes) -> list[list[str]]:
    """The header and the cells of each row of the only table."""
    table, rows = only(name, content)
    return [list(table.header), *(list(cells.values()) for _, cells in rows)]


def xlsx(*sheets: Rows, prepare: Callable[[Workbook], None] = lambda book: None) -> bytes:
    """A workbook with these sheets: Needs, Needs 2 …"""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet("Needs" if number == 1 else f"Needs {number}")
        for row in rows:
            sheet.append(row)
    prepare(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_parts(content: bytes, parts: dict[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """An archive with these parts in the place of others; `None` leaves a part out."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            part = parts[name] if name in parts else old.read(name)
            if part is not None:
                new.writestr(name, part if isinstance(part, bytes) else part(old.read(name)))
    return changed.getvalue()


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """A change of a part; what it replaces must be there."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part, part
        return part.replace(old.encode(), new.encode())

    return change


CONTENT_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def as_excel(texts: str, rows: str) -> bytes:
    """A workbook as Excel writes it: the texts of its cells in a part of their own."""
    relation = '<Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return with_parts(
        sheet_of(rows),
        {
            "[Content_Types].xml": replaced("</Types>", f"{CONTENT_TYPE}</Types>"),
            "xl/_rels/workbook.xml.rels": replaced("</Relationships>", relation),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'.encode(),
        },
    )


def sheet_of(rows: str) -> bytes:
    """A workbook whose sheet has this XML for its rows."""
    part = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(xlsx(SIMPLE), {SHEET: part.encode()})


HEADER = '<row r="1"><c r="A1" t="str"><v>State</v></c><c r="B1" t="str"><v>Need</v></c></row>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_a_csv_file_is_understood_in_every_common_make(delimiter: str, end: str, encoding: str) -> None:
    text = end.join(["State,Need", 'Ütopia,"a, ""b"""', '"Nowhere",', ""]).replace(",", delimiter)

    table, rows = only("needs.csv", text.encode(encoding))

    assert (table.name, table.sheet, table.header, table.header_line) == ("needs.csv", "", ("State", "Need"), "1")
    assert rows == [
        ("2", {"State": "Ütopia", "Need": f'a{delimiter.strip()} "b"'}),
        ("3", {"State": "Nowhere", "Need": ""}),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name\nSmith\n\nJones\n", [["Name"], ["Smith"], ["Jones"]]),
        ("State;Need, in words\nUtopia;a, b, c, d\n", [["State", "Need, in words"], ["Utopia", "a, b, c, d"]]),
        ("State;Need\nUtopia;x\nNowhere;a, b, c, d\n", [["State", "Need"], ["Utopia", "x"], ["Nowhere", "a, b, c, d"]]),
        ("sep=;\nState;a,b\nUtopia;1,5\n", [["State", "a,b"], ["Utopia", "1,5"]]),
        ("Needs of Utopia;;\n\nState;Need;Date\nUTO;x;2026\n", [["State", "Need", "Date"], ["UTO", "x", "2026"]]),
        ('"State", "Need, large"\n"UTO", "x, y"\n', [["State", "Need, large"], ["UTO", "x, y"]]),
        ("State,Need,,\nUTO,x,,\n,,,\n", [["State", "Need"], ["UTO", "x"]]),
        ("State,,Need\nUTO,,x\n", [["State", "Need"], ["UTO", "x"]]),
        ("\ufeff\ufeffState,Need\nUTO,x\n", [["State", "Need"], ["UTO", "x"]]),
        ('" State\n code ",Need\nUTO,"a\u00a0 \tb\r\n\r\n c  "\n', [["State code", "Need"], ["UTO", "a b\n\n c"]]),
        ("a,b|c,d|e\n1,2|3,4|5\n", [["a", "b|c", "d|e"], ["1", "2|3", "4|5"]]),
    ],
    ids=[
        "one column", "comma in the header of a semicolon file", "commas in the rows", "delimiter named", "title above",
        "blank before a quotation mark", "blank columns at the end", "blank column between", "mark twice",
        "blanks and new lines", "two delimiters fit",
    ],
)  # fmt: skip
def test_a_csv_file_is_read_as_a_person_would(text: str, expected: list[list[str]]) -> None:
    assert values("needs.csv", text.encode()) == expected


def test_a_tsv_file_is_parted_by_tabs_alone() -> None:
    assert values("needs.tsv", b"a,b,c\td\n1,2,3\t4\n") == [["a,b,c", "d"], ["1,2,3", "4"]]


def test_the_line_of_a_row_is_that_on_which_it_ends_and_blank_rows_count() -> None:
    _, rows = only("needs.csv", b'a,b\n\n"x\ny",1\n,\nz,2\n')

    assert [line for line, _ in rows] == ["4", "6"]


def test_more_cells_than_the_header_has_are_given_so_that_the_row_can_be_reported() -> None:
    _, rows = only("needs.csv", b"a,b\n1,2,3,,4\n5\n6,7,,\n")

    assert [cells for _, cells in rows] == [
        {"a": "1", "b": "2", BEYOND: "3 | 4"}, {"a": "5", "b": ""}, {"a": "6", "b": "7"},
    ]  # fmt: skip


def test_a_table_can_be_read_again_and_after_only_a_part_of_it_was() -> None:
    (grid,) = grids("needs.xlsx", opener(xlsx(SIMPLE)))
    table = grid.table()
    next(table.rows())

    assert list(table.rows()) == list(table.rows()) == [("2", {"State": "Utopia", "Need": "Training"})]


def test_cells_of_a_workbook_are_given_as_their_table_says() -> None:
    said: list[tuple[Any, str]] = [
        ("text", "text"), (7, "7"), (7.0, "7"), (0.25, "0.25"), (1e20, "1e+20"), (-0.1, "-0.1"), (True, "yes"),
        (False, "no"), (date(2026, 5, 4), "2026-05-04"), (datetime(2026, 5, 4), "2026-05-04"),
        (datetime(2026, 5, 4, 14, 30), "2026-05-04T14:30:00"), (time(14, 30), "14:30:00"),
        (timedelta(hours=26, seconds=5), "26:00:05"), ("1850-06-01", "1850-06-01"), ("#REF!", "#REF!"),
        ("  a \u00a0 b\n c ", "a b\n c"), ("_x000D_\n_x005f_x", "_x"), (None, ""), ("=1+1", NO_VALUE),
        (CellRichText("plain ", TextBlock(InlineFont(b=True), "bold")), "plain bold"),
    ]  # fmt: skip
    content = xlsx([["No", "Value"], *([number, value] for number, (value, _) in enumerate(said))])

    _, rows = only("form.xlsx", content)

    assert [cells["Value"] for _, cells in rows] == [text for _, text in said]


def test_a_share_is_the_number_that_it_is() -> None:
    def percent(book: Workbook) -> None:
        book["Needs"]["B2"].number_format = "0%"

    assert values("form.xlsx", xlsx([["a", "b"], [1, 0.25]], prepare=percent))[1] == ["1", "0.25"]


def test_days_are_right_in_workbooks_that_count_from_1904() -> None:
    def from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    content = xlsx([["a", "b"], [1, date(2026, 5, 4)]], prepare=from_1904)

    assert values("form.xlsx", content)[1] == ["1", "2026-05-04"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('t="str"><f>A1</f><v>said</v>', "said"),
        ('t="str"><f>A1</f><v></v>', ""),
        ("><f>A1</f><v/>", NO_VALUE),
        ("><f>A1</f>", NO_VALUE),
        ("><f>1+1</f><v>2</v>", "2"),
        ('t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!"),
        ('t="d"><v>2026-05-04T00:00:00.000</v>', "2026-05-04"),
        ('t="d"><v>2026-05-04T14:30:00</v>', "2026-05-04T14:30:00"),
        ('t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>', "東京"),
        ("><v>1E+400</v>", "inf"),
        ("/>", ""),
    ],
    ids=[
        "formula", "formula of an empty text", "empty value", "no value", "number", "error", "day in words",
        "time in words", "pronunciation", "endless", "blank",
    ],
)  # fmt: skip
def test_a_formula_has_its_value_and_text_is_without_its_trimmings(cell: str, expected: str) -> None:
    end = "" if cell == "/>" else "</c>"
    content = sheet_of(f'{HEADER}<row r="2"><c r="A2" t="str"><v>UTO</v></c><c r="B2" {cell}{end}</row>')

    assert values("form.xlsx", content)[1] == ["UTO", expected]


def test_a_number_that_is_no_day_is_an_error_in_a_column_of_days() -> None:
    def as_days(book: Workbook) -> None:
        book["Needs"]["B2"].number_format = "yyyy-mm-dd"

    assert values("form.xlsx", xlsx([["a", "b"], [1, 99_999_999]], prepare=as_days))[1] == ["1", "#VALUE!"]


def test_sheets_that_are_hidden_or_empty_or_no_sheets_are_passed_over() -> None:
    def prepare(book: Workbook) -> None:
        book["Needs 2"].sheet_state = "hidden"
        book["Needs 3"].sheet_state = "veryHidden"
        book.create_chartsheet("Chart").add_chart(BarChart())

    found = read("form.xlsx", xlsx(SIMPLE, SIMPLE, SIMPLE, [], SIMPLE, prepare=prepare))

    assert [(table.name, table.sheet) for table, _ in found] == [
        ("form.xlsx!Needs", "Needs"), ("form.xlsx!Needs 5", "Needs 5"),
    ]  # fmt: skip


def test_what_stands_without_a_place_and_after_a_gap_is_read_all_the_same() -> None:
    content = sheet_of(
        '<row r="2"><c r="A2" t="str"><v>a</v></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>'
        '<row r="9.0"><c r="A9"><v>1</v></c><c r="C9"><v>3</v></c></row><row><c><v>4</v></c><c r="C9" s="0"/></row>'
    )

    _, rows = only("form.xlsx", content)

    assert rows == [("9", {"a": "1", "b": "", "c": "3"}), ("10", {"a": "4", "b": "", "c": ""})]


def test_formulas_far_apart_and_shared_have_each_its_own_value() -> None:
    rows = (
        f'{HEADER}<row r="4"><c r="A4"><v>1</v></c></row>'
        '<row r="5"><c r="B5"><f t="shared" ref="B5:B7" si="0">A5*2</f><v>7</v></c></row>'
        '<row r="7"><c r="A7"><v>9</v></c><c r="B7"><f t="shared" si="0"/><v>8</v></c></row>'
        '<row r="8"><c r="B8"><f t="array" ref="B8">SUM(A1:A2)</f><v>3</v></c></row>'
    )

    _, found = only("form.xlsx", sheet_of(rows))

    assert [(place, *cells.values()) for place, cells in found] == [
        ("4", "1", ""), ("5", "", "7"), ("7", "9", "8"), ("8", "", "3"),
    ]  # fmt: skip


def test_the_size_that_a_sheet_claims_is_not_believed() -> None:
    lying = replaced('<dimension ref="A1:B2"', '<dimension ref="A1:XFD1048576"')
    short = replaced('<dimension ref="A1:B2"', '<dimension ref="A1"')

    for change in (lying, short):
        assert values("form.xlsx", with_parts(xlsx(SIMPLE), {SHEET: change})) == SIMPLE


def test_a_workbook_of_excel_is_read_with_the_texts_that_stand_apart() -> None:
    texts = (
        "<si><t>State</t></si><si><r><rPr><b/></rPr><t>Ne</t></r><r><t>ed</t></r></si>"
        '<si><t xml:space="preserve"> 東京 </t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si/>'
        "<si><t>a_x000D_\nb_x005F_x0041_</t></si>"
    )
    numbers = [(0, 1), (2, 3), (3, 4)]
    rows = "".join(f'<row><c t="s"><v>{a}</v></c><c t="s"><v>{b}</v></c></row>' for a, b in numbers)

    assert values("form.xlsx", as_excel(texts, rows)) == [["State", "Need"], ["東京", ""], ["", "a\nb_x0041_"]]


def test_links_to_other_files_are_never_followed() -> None:
    link = (
        '<Relationship Id="rId99" TargetMode="External" Type="x/styles" Target="http://localhost:9/x"/></Relationships>'
    )
    content = with_parts(xlsx(SIMPLE), {"xl/_rels/workbook.xml.rels": replaced("</Relationships>", link)})

    assert values("form.xlsx", content) == SIMPLE


class Forwards(io.BytesIO):
    """A stream that can be read once from its beginning to its end, as those out of an archive."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("name", ["needs.csv", "form.xlsx"])
def test_a_stream_that_cannot_go_back_is_read_as_well(name: str) -> None:
    content = b"State,Need\nUtopia,Training\n" if name.endswith("csv") else xlsx(SIMPLE)

    (grid,) = grids(name, lambda: Forwards(content))

    assert next(grid.table().rows())[1] == {"State": "Utopia", "Need": "Training"}


def test_every_file_that_was_opened_is_closed_again() -> None:
    for name, content in (("needs.csv", b"a,b\n1,2\n"), ("form.xlsx", xlsx(SIMPLE)), ("broken.xlsx", b"no")):
        opened: list[io.BytesIO] = []

        def open_(content: bytes = content, opened: list[io.BytesIO] = opened) -> IO[bytes]:
            opened.append(io.BytesIO(content))
            return opened[-1]

        try:
            for grid in grids(name, open_):
                list(grid.table().rows())
        except UnreadableFileError:
            pass

        assert opened
        assert all(stream.closed for stream in opened)


def test_a_form_on_its_side_has_a_record_in_each_column_that_is_filled() -> None:
    (grid,) = grids("form.xlsx", opener(xlsx([["State", "UTO", None, "NOW"], [], ["Need", "a", None, None], ["Date"]])))

    table = grid.sideways()

    assert (table.header, table.header_line) == (("State", "Need", "Date"), "column A")
    assert list(table.rows()) == [
        ("column B", {"State": "UTO", "Need": "a", "Date": ""}),
        ("column D", {"State": "NOW", "Need": "", "Date": ""}),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("State,UTO\n,x\n", "form.csv, line 2: there is content without the name of a field."),
        ("State,UTO\nNeed,x\nstate,y\n", "form.csv: the header 'state' stands twice (line 1 and line 3)."),
        ("a,b\n" * 2_001, "form.csv has more than 2,000 rows, too many for a form."),
    ],
    ids=["no name", "same name", "too long"],
)
def test_a_form_on_its_side_that_cannot_be_read_is_refused(rows: str, words: str) -> None:
    (grid,) = grids("form.csv", opener(rows.encode()))

    with pytest.raises(UnreadableFileError, match=f"^{re.escape(words)}$"):
        grid.sideways()


def test_a_file_that_is_emptied_meanwhile_is_said_to_be_empty() -> None:
    grid = Grid("needs.csv", "", lambda: iter(()))

    for ask in (grid.table, grid.sideways):
        with pytest.raises(UnreadableFileError, match=r"^needs\.csv is empty\.$"):
            ask()


def lines(count: int, last: str = "") -> bytes:
    return ("State,Need\n" + "Utopia,x\n" * (count - 2) + last).encode()


def cell(attributes: str, value: str = "<v>1</v>", row: str = "2") -> bytes:
    return sheet_of(f'{HEADER}<row r="{row}"><c {attributes}>{value}</c></row>')


def encrypted(content: bytes) -> bytes:
    """Marked as the encryption of archives marks them; in the list at the end, which is what readers go by."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


def bad_sum(content: bytes) -> bytes:
    """One byte of a sheet that is stored as it is, another than it was."""
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stored.getvalue().replace(b"<sheetData>", b"<sheetdata>")


IS_NONE, AGAIN = "f.xlsx is no .xlsx workbook, or damaged:", "open it in a spreadsheet program and save it as .xlsx."
SAVE_IT = "cannot be read: save it as .xlsx (Excel workbook, without macros)."
DECLARED = replaced("<worksheet", '<?xml version="1.0"?><!-- --><!DOCTYPE x [<!ENTITY a "b">]><worksheet')
REFUSED = "f.xlsx brings a DOCTYPE, which workbooks do not have; it is refused."
BROKEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("needs.csv", lambda: b"", "needs.csv is empty."),
    "blanks only": ("needs.csv", lambda: b"\xef\xbb\xbf\n , \n\t\n", "needs.csv is empty."),
    "Latin 1": (
        "needs.csv", lambda: lines(7, "Côte,x\n").replace("ô".encode(), b"\xf4"),
        'needs.csv, line 7: is not in UTF-8 (in Excel: save as "CSV UTF-8").',
    ),
    "Latin 1 far down": (
        "needs.csv", lambda: lines(70_000, "x,\xe9\n").replace("é".encode(), b"\xe9"),
        'needs.csv, line 70000: is not in UTF-8 (in Excel: save as "CSV UTF-8").',
    ),
    "cut within a letter": (
        "needs.csv", lambda: lines(3, "x,é").removesuffix(b"\xa9"),
        'needs.csv, line 3: is not in UTF-8 (in Excel: save as "CSV UTF-8").',
    ),
    "UTF-16 cut": (
        "needs.csv", lambda: "a,b\n1,2".encode("utf-16")[:-1],
        'needs.csv, line 2: is not in UTF-16 (in Excel: save as "CSV UTF-8").',
    ),
    "UTF-16 without a mark": (
        "needs.csv", lambda: "a,b\n1,2\n".encode("utf-16-le"),
        'needs.csv, line 1: holds a NUL, which text does not have (in Excel: save as "CSV UTF-8").',
    ),
    "a NUL": (
        "needs.csv", lambda: lines(5, "x,\0\n"),
        'needs.csv, line 5: holds a NUL, which text does not have (in Excel: save as "CSV UTF-8").',
    ),
    "a picture": (
        "needs.csv", lambda: b"\x89PNG\r\n\x1a\n\0\0",
        'needs.csv, line 1: is not in UTF-8 (in Excel: save as "CSV UTF-8").',
    ),
    "open quotation mark": (
        "needs.csv", lambda: lines(3, 'a,"b\nc,d\ne,f\n'),
        "needs.csv, line 3: a quotation mark in the row that begins here is never closed.",
    ),
    "open quotation mark in a long file": (
        "needs.csv", lambda: lines(3, 'a,"b\n') + lines(20_000),
        "needs.csv, line 3: a quotation mark in the row that begins here is never closed, or a cell is longer than "
        "32,767 characters.",
    ),
    "text after a quotation": (
        "needs.csv", lambda: lines(3, 'a,"b"c\n'),
        "needs.csv, line 3: is not CSV: text follows a closing quotation mark (within a cell it is written \"\").",
    ),
    "long cell": (
        "needs.csv", lambda: lines(3, "a," + "x" * 32_768),
        "needs.csv, line 3, column B: the cell is longer than 32,767 characters.",
    ),
    "cell of ten million characters": (
        "needs.csv", lambda: lines(3, "a," + "x" * 10_000_000),
        "needs.csv, line 3: is longer than 4,000,000 characters.",
    ),
    "too many cells": (
        "needs.csv", lambda: lines(3, "," * 16_384 + "x"), "needs.csv, line 3 has more than 16,384 cells.",
    ),
    "same header": (
        "needs.csv", lambda: b"\nState,Need,STATE \n",
        "needs.csv, line 2: the header 'STATE' stands twice (column A and column C).",
    ),
    "same header below a named delimiter": (
        "needs.csv", lambda: b"sep=;\na;A\n", "needs.csv, line 2: the header 'A' stands twice (column A and column B).",
    ),
    "no header": (
        "needs.csv", lambda: b"State,,Need\nUTO,,x\nNOW,y,z\n",
        "needs.csv, line 3, column B: there is content in a column without a header.",
    ),
    "no header at the end": (
        "needs.csv", lambda: b"State,Need,\nUTO,x,y\n",
        "needs.csv, line 2, column C: there is content in a column without a header.",
    ),
    "old Excel": ("f.xls", lambda: b"", f"f.xls {SAVE_IT}"),
    "macro workbook": ("f.XLSM", lambda: b"", f"f.XLSM {SAVE_IT}"),
    "binary workbook": ("f.xlsb", lambda: b"", f"f.xlsb {SAVE_IT}"),
    "LibreOffice": ("f.ods", lambda: b"", f"f.ods {SAVE_IT}"),
    "no table": ("f.pdf", lambda: b"", "f.pdf is no table that can be read (.csv, .tsv or .xlsx)."),
    "no workbook": ("f.xlsx", lambda: b"State,Need\n", f"{IS_NONE} File is not a zip file; {AGAIN}"),
    "empty workbook file": ("f.xlsx", lambda: b"", f"{IS_NONE} File is not a zip file; {AGAIN}"),
    "workbook cut": ("f.xlsx", lambda: xlsx(SIMPLE)[:-40], f"{IS_NONE} File is not a zip file; {AGAIN}"),
    "another archive": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"[Content_Types].xml": None}),
        f"{IS_NONE} \"There is no item named '[Content_Types].xml' in the archive\"; {AGAIN}",
    ),
    "strict edition": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: replaced(MAIN, STRICT)}),
        'f.xlsx is of the strict edition of .xlsx; in Excel: save as "Excel Workbook (.xlsx)".',
    ),
    "format that is none": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"xl/styles.xml": replaced('<family val="2"', '<family val="99"')}),
        f"{IS_NONE} Max value is 14; {AGAIN}",
    ),
    "password": (
        "f.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "f.xlsx is protected by a password or of an old format; save it without a password as .xlsx.",
    ),
    "encrypted archive": (
        "f.xlsx", lambda: encrypted(xlsx(SIMPLE)), "f.xlsx is protected by a password; save it without one.",
    ),
    "hidden macros": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"xl/vbaProject.bin": b"x"}),
        "f.xlsx brings macros; save it as .xlsx (without macros).",
    ),
    "no workbook part": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"xl/workbook.xml": None}),
        f"{IS_NONE} \"There is no item named 'xl/workbook.xml' in the archive\"; {AGAIN}",
    ),
    "no sheet part": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: None}), f"{IS_NONE} it lacks {SHEET!r}; {AGAIN}",
    ),
    "sheet part of another name": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"xl/_rels/workbook.xml.rels": replaced("sheet1", "Sheet1")}),
        f"{IS_NONE} it lacks 'xl/worksheets/Sheet1.xml'; {AGAIN}",
    ),
    "no texts": (
        "f.xlsx", lambda: with_parts(as_excel("", HEADER), {"xl/sharedStrings.xml": None}),
        f"{IS_NONE} \"There is no item named 'xl/sharedStrings.xml' in the archive\"; {AGAIN}",
    ),
    "path out of the archive": (
        "f.xlsx",
        lambda: with_parts(
            xlsx(SIMPLE), {"xl/_rels/workbook.xml.rels": replaced("/xl/worksheets/sheet1.xml", "../../../etc/passwd")}
        ),
        f"{IS_NONE} it lacks '../../etc/passwd'; {AGAIN}",
    ),
    "bytes changed": (
        "f.xlsx", lambda: bad_sum(xlsx(SIMPLE)), f"{IS_NONE} Bad CRC-32 for file {SHEET!r}; {AGAIN}",
    ),
    "sheet cut": (
        "f.xlsx", lambda: with_parts(sheet_of(HEADER), {SHEET: lambda part: part[: part.index(b"</row>")]}),
        f"f.xlsx!Needs, after row 1: the sheet is damaged; {AGAIN}",
    ),
    "sheet of another kind": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: replaced(MAIN, "urn:another")}),
        f"f.xlsx!Needs, there are no rows as a sheet has them; {AGAIN}",
    ),
    "empty sheet part": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: b""}),
        f"f.xlsx!Needs, after row 0: the sheet is damaged; {AGAIN}",
    ),
    "DOCTYPE in the sheet": ("f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: DECLARED}), REFUSED),
    "DOCTYPE in the texts": (
        "f.xlsx",
        lambda: with_parts(as_excel("", HEADER), {"xl/sharedStrings.xml": replaced("<sst", "<!DOCTYPE x><sst")}),
        REFUSED,
    ),
    "DOCTYPE in the formats": (
        "f.xlsx",
        lambda: with_parts(xlsx(SIMPLE), {"xl/styles.xml": replaced("<styleSheet", "<!DOCTYPE x><styleSheet")}),
        REFUSED,
    ),
    "DOCTYPE in UTF-16": (
        "f.xlsx",
        lambda: with_parts(
            xlsx(SIMPLE), {SHEET: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16")}
        ),
        REFUSED,
    ),
    "DOCTYPE far from the beginning": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {SHEET: b"<!--" + b" " * 200_000 + b"--><!DOCTYPE x><worksheet/>"}),
        REFUSED,
    ),
    "all sheets hidden": (
        "f.xlsx", lambda: with_parts(xlsx(SIMPLE), {"xl/workbook.xml": replaced('state="visible"', 'state="hidden"')}),
        "f.xlsx has no visible sheet.",
    ),
    "no content": ("f.xlsx", lambda: xlsx([], [[" "]]), "f.xlsx is empty."),
    "number that is none": (
        "f.xlsx", lambda: cell('r="B2"', "<v>1x</v>"), f"f.xlsx!Needs, after row 1: the sheet is damaged; {AGAIN}",
    ),
    "text that is not there": (
        "f.xlsx", lambda: cell('r="B2" t="s"', "<v>99</v>"),
        f"f.xlsx!Needs, after row 1: the sheet is damaged; {AGAIN}",
    ),
    "place that is none": (
        "f.xlsx", lambda: cell('r="ÄÖ2"'), f"f.xlsx!Needs, row 2: the sheet is damaged (column 'ÄÖ'); {AGAIN}",
    ),
    "row beyond the last": (
        "f.xlsx", lambda: cell('r="A2"', row="999999999999"),
        f"f.xlsx!Needs, after row 1: the sheet is damaged (row '999999999999'); {AGAIN}",
    ),
    "row that is none": (
        "f.xlsx", lambda: cell('r="A2"', row="-2"),
        f"f.xlsx!Needs, after row 1: the sheet is damaged (row '-2'); {AGAIN}",
    ),
    "row out of order": (
        "f.xlsx", lambda: sheet_of(f'{HEADER}<row r="3"/><row r="2"><c><v>1</v></c></row>'),
        f"f.xlsx!Needs, after row 3: the sheet is damaged (row '2'); {AGAIN}",
    ),
    "row that stands twice": (
        "f.xlsx", lambda: sheet_of(f'{HEADER}<row r="1"><c><v>1</v></c></row>'),
        f"f.xlsx!Needs, after row 1: the sheet is damaged (row '1'); {AGAIN}",
    ),
    "cell out of order": (
        "f.xlsx", lambda: sheet_of('<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>'),
        f"f.xlsx!Needs, row 2: the sheet is damaged (column 'A'); {AGAIN}",
    ),
    "column beyond the last": (
        "f.xlsx", lambda: cell('r="XFE2"'), f"f.xlsx!Needs, row 2: the sheet is damaged (column 'XFE'); {AGAIN}",
    ),
    "long cell of a sheet": (
        "f.xlsx", lambda: cell('r="B2" t="str"', f"<v>{'x' * 32_768}</v>"),
        "f.xlsx!Needs, row 2, column B: the cell is longer than 32,767 characters.",
    ),
    "endless cell of a sheet": (
        "f.xlsx", lambda: cell('r="B2" t="str"', f"<v>{'x' * 10_000_000}</v>"),
        "f.xlsx holds more than can be read from a workbook; save the sheet as CSV UTF-8.",
    ),
    "same header in a sheet": (
        "f.xlsx", lambda: xlsx([[], ["a", None, "A"]]),
        "f.xlsx!Needs, row 2: the header 'A' stands twice (column A and column C).",
    ),
    "no header in a sheet": (
        "f.xlsx", lambda: xlsx([["a", None, "b"], [1], [2, 3]]),
        "f.xlsx!Needs, row 3, column B: there is content in a column without a header.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_column(case: str) -> None:
    name, content, words = BROKEN[case]

    with pytest.raises(UnreadableFileError) as caught:
        read(name, content())

    assert str(caught.value) == words


@pytest.mark.parametrize("limit", ["MAX_UNPACKED", "MAX_PARTS", "MAX_TEXTS", "MAX_HELD"])
def test_a_workbook_beyond_a_limit_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, limit, 5)
    words = "f.xlsx holds more than can be read from a workbook; save the sheet as CSV UTF-8."

    with pytest.raises(UnreadableFileError, match=f"^{re.escape(words)}$"):
        read("f.xlsx", as_excel("<si/>", HEADER))


def test_a_row_that_would_fill_the_memory_is_refused_before_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_HELD", 200_000)
    many = sheet_of(HEADER + f"<row>{'<c><v>1</v></c>' * 200}</row>" * 100)
    one = sheet_of(f"{HEADER}<row>{'<x/>' * 100_000}</row>")

    read("f.xlsx", many)
    with pytest.raises(UnreadableFileError, match="holds more than can be read"):
        read("f.xlsx", one)


def test_the_limits_of_the_csv_module_are_left_as_they_were() -> None:
    before = csv.field_size_limit()

    read("needs.csv", lines(3, "a," + "x" * 32_767))

    assert csv.field_size_limit() == before


def peak(name: str, content: bytes) -> int:
    """The memory that reading takes beyond the file itself."""
    tracemalloc.start()
    try:
        for grid in grids(name, opener(content)):
            for _ in grid.table().rows():
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


LONG_TEXT = "some text " * 300


def long_csv(count: int) -> bytes:
    return b"State,Need\n" + f"Utopia,{LONG_TEXT}\n".encode() * count


def long_sheet(count: int) -> bytes:
    return sheet_of(HEADER + f'<row><c t="str"><v>Utopia</v></c><c t="str"><v>{LONG_TEXT}</v></c></row>' * count)


@pytest.mark.parametrize(("name", "of"), [("f.csv", long_csv), ("f.xlsx", long_sheet)], ids=["csv", "xlsx"])
def test_memory_hardly_grows_with_the_file(name: str, of: Callable[[int], bytes]) -> None:
    few, many = of(100), of(500)

    # openpyxl keeps an empty element of each row (some hundred bytes); a row that is kept would take 3,000 and more.
    assert peak(name, many) < peak(name, few) + 400 * 1_500
