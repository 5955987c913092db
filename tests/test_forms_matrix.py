"""A State's matrix: in as a workbook or a table, and out again with nothing lost. The State is fictional."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError
from typer.testing import CliRunner

from footprint.cli import app
from graph.forgetting import forget
from graph.records import Record
from graph.settings import Settings
from graph.store import Store
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.forms.matrix import READER
from ingest.forms.matrix_files import MatrixFileError, started, write, write_template
from ingest.forms.matrix_form import Line, fields_of, rows_known, template_lines
from ingest.load import load_paths
from ingest.obligations import records as obligations
from ingest.recognise import EXPLANATIONS
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.tables import grids
from ingest.world import World
from queries.assemble import version_of
from queries.explain import explain
from queries.matrix import held_matrix
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE
from tests.helpers import write as write_records

SAMPLE = Path(__file__).parent / "samples" / "matrix_illustrative.csv"
STATE = Record(
    "State", "XIL", {"iso3": "XIL", "name": "Illustria (fictional)", "other_names": ["Illustrative Republic"]}
)
Type = Callable[..., Any]
COVER = {"state": "XIL", "date": "2024-05-31", "complete": "yes", "visibility": "public"}
PROHIBITED = "Manufacture"


@cache
def world() -> World:
    """What the facts know, and the fictional State."""
    known = World.of(FACTS, Rejects())
    known.learn_party("XIL", "State", ["Illustria (fictional)"])
    return known


@pytest.fixture
def typed(scratch: Store, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Runs a command on the scratch graph; a refusal of it is raised."""
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(scratch.settings.data_dir))
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def base(store: Store, state: bool = True) -> None:
    """The obligations and themes, and a State that no fact knows."""
    found = [
        Record(one.label, one.key, one.properties) for one in obligations(FACTS, Rejects())
    ]  # without links: their sources are not here
    write_records(store, [*found, STATE] if state else found, "base", rank=1)


def line(section: str, row: int, label: str = "", weapon: str = "", column: str = "yes", **said: str) -> Line:
    return Line(section, row, label, weapon, column, **{**COVER, **said})


def read(path: Path) -> tuple[list[Record], Rejects]:
    """The statements of a file, and its rejects, without a graph."""
    desk = Desk(path.name, world(), Rejects())
    tables = [grid.table() for grid in grids(path.name, lambda: path.open("rb")) if grid.sheet != EXPLANATIONS]
    assert all(READER.fits(table.header) for table in tables)
    found = [record for table in tables for record in READER.read(table, desk)]
    return [one for one in found if one.label == "Statement"], desk.rejects


def loaded(path: Path, lines: Sequence[Line]) -> tuple[list[Record], Rejects]:
    write(path, lines)
    return read(path)


def about(statement: Record) -> str:
    return next(link.key for link in statement.links if link.type == "ABOUT")


# In and out --------------------------------------------------------------------------------------------------


@ONE_ENGINE
def test_a_filled_matrix_comes_out_as_it_went_in_also_by_way_of_a_workbook_and_another_graph(
    scratch: Store, typed: Type, tmp_path: Path
) -> None:
    base(scratch)
    first, second, book = tmp_path / "first.csv", tmp_path / "second.csv", tmp_path / "illustria.xlsx"

    (from_csv,) = load_paths(scratch, [SAMPLE])
    told = typed("export", "matrix", "Illustrative Republic", "--out", first)
    typed("export", "matrix", "XIL", "--out", book)
    scratch.clear()
    base(scratch)
    (from_book,) = load_paths(scratch, [book])
    typed("export", "matrix", "xil", "--out", second)

    assert (from_csv.error, from_csv.counts.rejected, from_csv.kind) == ("", 0, "Matrix of a State")
    assert (from_book.error, from_book.counts.rejected) == ("", 0)
    assert "the matrix of Illustria (fictional) of 2013-04, from matrix_illustrative.csv" in told.output.replace(
        "\n", " "
    )
    assert first.read_bytes() == SAMPLE.read_bytes()
    assert second.read_bytes() == SAMPLE.read_bytes()


@ONE_ENGINE
def test_in_a_graph_for_practice_the_code_of_nobody_is_an_invented_state(
    scratch: Store, typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base(scratch, state=False)
    out = tmp_path / "out.csv"

    (refused,) = load_paths(scratch, [SAMPLE])
    assert (refused.counts.new, refused.counts.rejected > 0) == (0, True)
    assert refused.rejects
    assert "in a graph for practice alone" in refused.rejects.read_text(encoding="utf-8")
    # Nothing was taken, so there is nothing that later answers lack.
    assert version_of(scratch)[1] == []

    monkeypatch.setattr(scratch.settings, "practice", True)
    (taken,) = load_paths(scratch, [SAMPLE])
    (again,) = load_paths(scratch, [SAMPLE])
    typed("export", "matrix", "XIL", "--out", out)

    assert (taken.error, taken.counts.rejected, again.counts.gone, again.counts.new) == ("", 0, 0, 0)
    assert out.read_bytes() == SAMPLE.read_bytes()
    answer = explain(scratch, "XIL (invented)", "OP1/5")
    assert "may be invented" in answer.caveats[0]
    forget(scratch, SAMPLE.name)
    with pytest.raises(ParameterError, match="XIL"):
        explain(scratch, "XIL", "OP1/5")


def test_a_graph_for_practice_is_a_folder_of_its_own(tmp_path: Path) -> None:
    apart = Settings(data_dir=tmp_path, graph_uri="", practice=True)

    assert apart.data_dir == tmp_path / "practice"
    with pytest.raises(ValidationError, match="practice takes place in the embedded engine"):
        Settings(data_dir=tmp_path, graph_uri="bolt://127.0.0.1:9", practice=True)


@ONE_ENGINE
def test_a_later_matrix_takes_the_place_of_an_earlier_one_and_both_come_out(
    scratch: Store, typed: Type, tmp_path: Path
) -> None:
    base(scratch)
    old = [line("OP1", 5, date="2017-05-31", approved="2017-06"), line("OP1", 7, date="2017-05-31", approved="2017-06")]
    new = [line("OP1", 5, value="X", approved="2024-06")]
    hidden = [line("OP1", 5, value="?", date="2025-01-31", approved="2025-02", visibility="committee")]
    for name, those in (("old.csv", old), ("new.csv", new), ("hidden.csv", hidden)):
        write(tmp_path / name, those)

    load_paths(scratch, [tmp_path / "old.csv", tmp_path / "new.csv", tmp_path / "hidden.csv"])

    (row,) = explain(scratch, "XIL", "OP1/5", as_of=date(2024, 12, 1)).rows[:1]
    assert (row.reading, row.conflict) == ("in place", False)
    assert [one.part for one in row.statements if not one.counts] == [
        "set aside: the same source said later, Matrix of 2024-05-31, Amendment of 2005 to the CPPNM: X"
    ]
    assert explain(scratch, "XIL", "OP1/5", as_of=date(2018, 1, 1)).rows[0].reading == "no entry"
    assert held_matrix(scratch, "XIL").date == "2024-05-31"
    assert held_matrix(scratch, "XIL").others == ("of 2017-05-31 in old.csv",)
    assert held_matrix(scratch, "XIL", as_of=date(2020, 1, 1)).dataset == "old.csv"
    assert held_matrix(scratch, "XIL", dataset="old.csv").date == "2017-05-31"
    assert held_matrix(scratch, "XIL", committee=True).dataset == "hidden.csv"
    out = tmp_path / "out.csv"
    typed("export", "matrix", "XIL", "--out", out, "--dataset", "old.csv")
    rows = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert [(row["row"], row["value"], row["date"]) for row in rows] == [
        ("5", "", "2017-05-31"),
        ("7", "", "2017-05-31"),
    ]
    with pytest.raises(ParameterError, match="is there already"):
        typed("export", "matrix", "XIL", "--out", out)
    with pytest.raises(ParameterError, match=r"should end in \.xlsx or \.csv"):
        typed("export", "matrix", "XIL", "--out", tmp_path / "out.pdf")


def test_a_state_without_a_matrix_gets_the_form_to_begin_one_and_an_unfinished_one_to_go_on() -> None:
    begun = [line("OP2", 1, PROHIBITED, "N", "framework", complete="no", value="X")]

    fresh, further = started([], "XIL"), started(begun, "XIL")

    assert [replace(one, state="", complete="", visibility="") for one in fresh] == template_lines()
    assert {(one.state, one.complete) for one in fresh} == {("XIL", "no")}
    assert len(further) == len(template_lines())
    assert {one.cover for one in further} == {begun[0].cover}
    assert [one.value for one in further if one.value] == ["X"]
    complete = [replace(begun[0], complete="yes")]
    assert started(complete, "XIL") == complete


FIELDS = fields_of("OP2")
TEXTS = st.sampled_from(["", "", "Illustrative Act", "Another; act", "=1+1", "two\nlines", "- x", "X: y"])


@settings(max_examples=30, deadline=None)
@given(
    values=st.lists(st.sampled_from(["X", "?", "NA", ""]), min_size=len(FIELDS), max_size=len(FIELDS)),
    documents=st.lists(TEXTS, min_size=len(FIELDS), max_size=len(FIELDS)),
    remarks=st.one_of(st.lists(TEXTS, min_size=len(FIELDS), max_size=len(FIELDS)), TEXTS.map(lambda one: [one] * 6)),
    complete=st.sampled_from(["yes", "no"]),
)
def test_texts_of_fields_are_the_same_from_a_workbook_and_from_a_table(
    tmp_path_factory: pytest.TempPathFactory,
    values: list[str], documents: list[str], remarks: list[str], complete: str,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("matrix")
    those = [
        line(
            "OP2",
            1,
            PROHIBITED,
            *where,
            value=values[at],
            document=documents[at],
            remarks=remarks[at],
            complete=complete,
        )
        for at, where in enumerate(FIELDS)
    ]

    (from_book, book_rejects), (from_table, table_rejects) = (
        loaded(folder / name, those) for name in ("m.xlsx", "m.csv")
    )

    assert book_rejects.found == table_rejects.found == []
    told = [{one.properties["indicator"]: one.properties for one in found} for found in (from_book, from_table)]
    assert told[0] == told[1]
    for one in those:
        if one.value or one.document or one.remarks or complete == "yes":
            said = told[0][f"OP2/1/{one.weapon}/{one.column}"]
            assert (said["grade"], said["document"] or "", said["note"] or "") == (
                one.value or "blank", one.document, one.remarks,
            )  # fmt: skip


# How fields read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("complete", "value", "reading", "text"),
    [
        ("yes", "X", "in place", "Matrix of 2024-05-31, Manufacture: X (national legal framework, nuclear)"),
        ("yes", "?", "incomplete", "Matrix of 2024-05-31, Manufacture: ? (national legal framework, nuclear)"),
        ("yes", "NA", "unknown", "Matrix of 2024-05-31, Manufacture: NA (national legal framework, nuclear)"),
        ("yes", "", "no entry", "Matrix of 2024-05-31, Manufacture: no entry (national legal framework, nuclear)"),
        ("no", "X", "in place", "Matrix of 2024-05-31, Manufacture: X (national legal framework, nuclear)"),
    ],
)
def test_an_entry_reads_as_the_table_of_readings_says(
    complete: str, value: str, reading: str, text: str, tmp_path: Path
) -> None:
    (statement,), rejects = loaded(
        tmp_path / "m.csv", [line("OP2", 1, PROHIBITED, "N", "framework", value=value, complete=complete)]
    )

    assert rejects.found == []
    assert about(statement) == "XIL/OP2/1/N/framework"
    assert (statement.properties["kind"], statement.properties["reading"]) == ("matrix", reading)
    assert statement.properties["text"] == text


def test_an_empty_field_of_an_unfinished_matrix_says_nothing_but_texts_are_kept(tmp_path: Path) -> None:
    empty = line("OP1", 1, complete="no")

    (statement,), _ = loaded(tmp_path / "m.csv", [empty, replace(empty, row=2, remarks="Illustrative")])

    assert about(statement) == "XIL/OP1/2"
    assert (statement.properties["reading"], statement.properties["note"]) == ("unknown", "Illustrative")


def test_a_row_of_another_edition_is_known_by_its_words_or_else_kept_without_a_reading(tmp_path: Path) -> None:
    moved, other = line("OP1", 9, "biological weapons convention (BWC)", value="X"), line("OP1", 5, "Illustrative row")

    (first, second), rejects = loaded(tmp_path / "m.csv", [moved, other])

    assert (about(first), first.properties["indicator"]) == ("XIL/OP1/8", "OP1/9/yes")
    assert (about(second), second.properties["reading"]) == ("XIL/section/OP1", "unknown")
    assert second.properties["row_label"] == "Illustrative row"
    assert (sum(rejects.notes.values()), rejects.found) == (1, [])


def test_what_the_committee_did_not_approve_is_another_source(tmp_path: Path) -> None:
    lines = [line("OP1", 1, value="X", approved="2024-06"), line("OP1", 1, value="?")]

    found, _ = loaded(tmp_path / "m.csv", lines)

    sources = [link.key for one in found for link in one.links if link.type == "FROM"]
    assert sources == ["matrix:XIL", "matrix:XIL:as-loaded"]


# What cannot be taken ----------------------------------------------------------------------------------------


def altered(path: Path, changes: dict[tuple[str, str], str], lines: Sequence[Line]) -> Path:
    """A workbook with cells of some sheets changed."""
    write(path, lines)
    book = load_workbook(path)
    for (sheet, place), text in changes.items():
        book[sheet][place] = text
    book.save(path)
    return path


def test_wrong_cells_of_a_workbook_are_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    lines = started([], "XIL")
    wrong = {("Cover", "B3"): "2024-05", ("OP2", "C3"): "yes, partly", ("OP2", "D4"): "х", ("OP2", "A5"): "three",
             ("OP2", "A6"): "OP1/4", ("OP2", "C6"): "X", ("OP1", "A5"): "OP1/99", ("OP1", "B5"): ""}  # fmt: skip

    found, rejects = read(altered(tmp_path / "m.xlsx", wrong, lines))

    told = [(one.file, one.line, one.field, one.reason, one.value) for one in rejects.found]
    assert told == [
        ("m.xlsx!OP1", "5", "Instrument", "is missing, and no row with that number is known", "99"),
        ("m.xlsx!OP2", "3", "N: national legal framework", "should be X, ?, NA or empty", "yes, partly"),
        ("m.xlsx!OP2", "5", "Row", "should be a section and a number, such as OP1/1", "three"),
        ("m.xlsx!OP2", "6", "N: national legal framework", "is no column of section OP1", "X"),
    ]
    assert [(about(one), one.properties["grade"]) for one in found] == [("XIL/OP2/2/C/framework", "X")]


def test_wrong_lines_of_a_table_are_named_by_line_and_column(tmp_path: Path) -> None:
    lines = [
        line("OP4", 1), line("OP2", 1, PROHIBITED, "N", "yes", value="X"), line("OP1", 1, "", "N", "framework"),
        line("OP1", 0), line("OP1", 2, value="Y"), line("OP1", 2, state="Nowhere at all"),
        line("OP1", 2, complete="half"),
    ]  # fmt: skip

    found, rejects = loaded(tmp_path / "m.csv", lines)

    assert found == []
    assert [(one.line, one.field) for one in rejects.found] == [
        ("2", "section"), ("3", "column"), ("4", "column"), ("5", "row"), ("6", "value"), ("7", "state"),
        ("8", "complete"),
    ]  # fmt: skip


def test_a_workbook_whose_cover_is_empty_or_comes_late_is_told_in_a_sentence(tmp_path: Path) -> None:
    write_template(tmp_path / "matrix.xlsx")
    late = load_workbook(tmp_path / "matrix.xlsx")
    late.move_sheet("Cover", 5)
    late.save(tmp_path / "late.xlsx")

    _, rejects = read(tmp_path / "matrix.xlsx")

    assert [(one.file, one.field) for one in rejects.found] == [
        ("matrix.xlsx!Cover", "State"), ("matrix.xlsx!Cover", "Date of the matrix"), ("matrix.xlsx!Cover", "Complete"),
        ("matrix.xlsx!Cover", "Cover of the matrix"),
    ]  # fmt: skip
    assert [one.line for one in rejects.found] == ["2", "3", "5", "1"]
    with pytest.raises(UnreadableFileError, match="says whose matrix it is, must stand before it"):
        read(tmp_path / "late.xlsx")


def test_a_workbook_is_not_written_where_it_would_say_something_else(tmp_path: Path) -> None:
    one = line("OP2", 1, PROHIBITED, "N", "framework", value="X")

    with pytest.raises(MatrixFileError, match="Row OP2/1 has not all of its fields"):
        write(tmp_path / "m.xlsx", [one])
    with pytest.raises(MatrixFileError, match="one cover"):
        write(tmp_path / "m.xlsx", [one, replace(one, visibility="committee")])
    with pytest.raises(MatrixFileError, match="longer than a cell"):
        write(tmp_path / "m.xlsx", [replace(one, complete="no", remarks="x" * 32_768)])
    assert not list(tmp_path.iterdir())


def test_the_template_has_a_sheet_a_section_and_a_row_for_each_that_the_facts_have(tmp_path: Path) -> None:
    write_template(tmp_path / "matrix.xlsx")

    book = load_workbook(tmp_path / "matrix.xlsx")

    assert book.sheetnames == ["Cover", *rows_known(), "Explanations"]
    for section, rows in rows_known().items():
        told = [(cells[0].value, cells[1].value) for cells in book[section].iter_rows(min_row=3)]
        assert told == [(f"{section}/{row.row}", row.label) for row in rows]
    assert [cell.value for cell in book["OP1"][2]] == ["Row", "Instrument", "YES", "Relevant information", "Remarks"]
    assert [cell.value for cell in book["OP2"][2]] == [
        "Row", "Subject",
        "N: national legal framework", "C: national legal framework", "B: national legal framework",
        "National legal framework: source document",
        "N: enforcement", "C: enforcement", "B: enforcement", "Enforcement: source document", "Remarks",
    ]  # fmt: skip
