"""Rows and rejects: what is bad is kept with file, line, field and reason; all the rest is taken."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.batches import BATCH
from graph.store import Store
from ingest.load import load_paths
from ingest.rejects import Reject, Rejects
from ingest.rows import Code3, FactRow, Listed, Number, Vague, YesNo, read

HEADER = "id,when,what,much,yes,kind\n"
GOOD = "AAA,2009,a|b,1,yes,x\n"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Sample(FactRow):
    """A row with a column of every kind."""

    id: Code3
    when: Vague | None = None
    what: Listed = ()
    much: Number | None = None
    yes: YesNo | None = None
    kind: Literal["x", "y"] | None = None


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / "sample.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def taken(path: Path, rejects: Rejects) -> list[tuple[str, str]]:
    return [(line, row.id) for line, row in read(path, Sample, rejects)]


def written(rejects: Rejects, folder: Path) -> list[dict[str, str]]:
    path = folder / "rejects.csv"
    rejects.write(path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_good_row_is_read_as_what_it_means(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + ' AAA ,by 2009, a | |b,"1,234.5",no,x\n')

    ((line, row),) = read(path, Sample, rejects := Rejects())

    assert line == "2"
    assert (row.id, row.what, row.much, row.yes, row.kind) == ("AAA", ("a", "b"), 1234.5, False, "x")
    assert row.when is not None
    assert (row.when.text, row.when.earliest, row.when.latest) == ("by 2009", None, date(2009, 12, 31))
    assert rejects.found == []


def test_a_blank_is_not_said(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "AAA,, , ,\t,\n")

    ((_, row),) = read(path, Sample, rejects := Rejects())

    assert (row.when, row.what, row.much, row.yes, row.kind) == (None, (), None, None, None)
    assert rejects.found == []


@pytest.mark.parametrize(
    ("bad", "field", "reason", "value"),
    [
        ("aa,2009,a,1,yes,x", "id", "should match pattern", "aa"),
        (",2009,a,1,yes,x", "id", "is missing", ""),
        ("BBB,soon,a,1,yes,x", "when", "'soon' is not a date such as 2009-10-01", "soon"),
        ("BBB,2009-13,a,1,yes,x", "when", "'2009-13' is not in the calendar", "2009-13"),
        ("BBB,2009,a,lots,yes,x", "much", "should be a number", "lots"),
        ("BBB,2009,a,nan,yes,x", "much", "should be a number", "nan"),
        ("BBB,2009,a,1e999,yes,x", "much", "should be a number", "inf"),
        ("BBB,2009,a,1,perhaps,x", "yes", "should be yes or no", "perhaps"),
        ("BBB,2009,a,1,yes,z", "kind", "should be 'x' or 'y'", "z"),
    ],
)
def test_a_bad_cell_goes_to_the_rejects_and_the_rest_loads(
    tmp_path: Path, bad: str, field: str, reason: str, value: str
) -> None:
    path = table(tmp_path, HEADER + GOOD + bad + "\n" + GOOD.replace("AAA", "CCC"))
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("2", "AAA"), ("4", "CCC")]
    (reject,) = rejects.found
    assert (reject.file, reject.line, reject.field) == ("sample.csv", "3", field)
    assert reject.value in (value, bad.split(",")[3])
    assert reason in reject.reason
    assert rejects.rows == 1


def test_each_bad_cell_of_a_row_is_named_and_the_row_counts_once(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "aa,soon,a,lots,yes,x\n" + GOOD)
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("3", "AAA")]
    assert [one.field for one in rejects.found] == ["id", "when", "much"]
    assert rejects.rows == 1


def test_an_unknown_column_is_an_error_in_every_row_that_says_something_there(tmp_path: Path) -> None:
    path = table(tmp_path, "id,colour\nAAA,\nBBB,red\n")
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("2", "AAA")]
    (reject,) = rejects.found
    assert (reject.line, reject.field, reject.value) == ("3", "colour", "red")


def test_a_row_with_too_many_cells_is_rejected_with_the_cells_that_are_over(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "BBB,2009,a,1,yes,x,and,more\n" + GOOD)
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("3", "AAA")]
    (reject,) = rejects.found
    assert reject.line == "2"
    assert "more cells than the header" in reject.field
    assert "and" in reject.value


def test_lines_are_counted_through_cells_with_line_breaks(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + 'AAA,2009,"a\nb",1,yes,x\nbad,2009,a,1,yes,x\n')
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("3", "AAA")]
    assert [one.line for one in rejects.found] == ["4"]


@pytest.mark.parametrize("broken", ['BBB,"2009,a,1,yes,x\nCCC,2009,a,1,yes,x\n', 'BBB,"20"09,a,1,yes,x\n' + GOOD])
def test_broken_quoting_is_named_and_what_came_before_is_taken(tmp_path: Path, broken: str) -> None:
    path = table(tmp_path, HEADER + GOOD + broken)
    rejects = Rejects()

    rows = taken(path, rejects)

    assert rows == [("2", "AAA")]
    (reject,) = rejects.found
    assert reject.file == "sample.csv"
    assert "not readable as CSV" in reject.reason
    assert rejects.rows == 1


def test_broken_quoting_is_named_with_the_line_that_it_is_on(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + GOOD + 'BBB,"20"09,a,1,yes,x\n')
    rejects = Rejects()

    taken(path, rejects)

    assert [one.line for one in rejects.found] == ["3"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = table(tmp_path, b"\xef\xbb\xbf" + (HEADER + GOOD).replace("\n", "\r\n").encode())
    rejects = Rejects()

    assert taken(path, rejects) == [("2", "AAA")]
    assert rejects.found == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_at_all_is_either_rows_or_rejects(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = table(tmp_path_factory.mktemp("any"), HEADER + text)
    rejects = Rejects()

    rows = list(read(path, Sample, rejects))

    for line, row in rows:
        assert line.isdecimal()
        assert isinstance(row, Sample)
        assert row.much is None or math.isfinite(row.much)
    assert all(one.file == "sample.csv" and one.reason for one in rejects.found)


def test_the_file_of_rejects_says_file_line_field_reason_and_value(tmp_path: Path) -> None:
    rejects = Rejects()
    rejects.add("a.csv", 3, "kind", "is odd", "z")
    rejects.add_field("a.csv", 4, "much", "is no number", "lots")

    rows = written(rejects, tmp_path)

    assert rows == [
        {"file": "a.csv", "line": "3", "field": "kind", "reason": "is odd", "value": "z"},
        {
            "file": "a.csv",
            "line": "4",
            "field": "much",
            "reason": "is no number; the row was taken without it",
            "value": "lots",
        },
    ]
    assert rejects.rows == 1


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_the_file_of_rejects_is_a_formula(tmp_path: Path, start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    rejects = Rejects()
    rejects.add(evil, evil, evil, evil, evil)

    (row,) = written(rejects, tmp_path)

    assert set(row.values()) == {f"'{evil}"}


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=20), min_size=5, max_size=5))
def test_whatever_is_rejected_stays_one_row_without_a_formula(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    file, line, column, reason, value = cells
    rejects = Rejects([Reject(file, line, column, reason, value)])

    (row,) = written(rejects, tmp_path_factory.mktemp("rejects"))

    assert not any(part.startswith(FORMULA_STARTS) for cell in row.values() for part in cell.split(";"))
    assert [cell.replace("'", "") for cell in row.values()] == [cell.replace("'", "") for cell in cells]


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    rejects = Rejects()
    rejects.add("a.csv", 1, "x", "is long", "y" * 100_000)

    (row,) = written(rejects, tmp_path)

    assert len(row["value"]) == 200


def test_an_old_file_of_rejects_goes_where_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text("old")

    Rejects().write(path)

    assert not path.exists()


def test_a_name_that_is_no_utf_8_does_not_leave_half_a_file_of_rejects(tmp_path: Path) -> None:
    # Names of files and of members of archives come with lone surrogates where they are not UTF-8.
    rejects = Rejects()
    rejects.add("a.csv", 1, "x", "is odd")
    rejects.add("b\udcff.xml", 2, "x", "is odd")

    rows = written(rejects, tmp_path)

    assert [row["line"] for row in rows] == ["1", "2"]


def test_a_validation_error_is_noted_field_by_field() -> None:
    rejects = Rejects()
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"id": "x", "when": "soon"})

    rejects.add_validation("a.csv", 7, caught.value)

    assert [(one.file, one.line, one.field) for one in rejects.found] == [("a.csv", "7", "id"), ("a.csv", "7", "when")]
    assert not any(one.reason.startswith("Value error") for one in rejects.found)


def test_a_load_that_breaks_off_keeps_all_that_was_read_before(scratch: Store, tmp_path: Path) -> None:
    activity = "<iati-activity><iati-identifier>{0}</iati-identifier><title>{0}</title></iati-activity>"
    path = tmp_path / "cut.xml"
    path.write_text("<iati-activities>" + "".join(activity.format(f"P{n}") for n in range(BATCH + 100)))

    (loaded,) = load_paths(scratch, [path])

    assert "cut.xml, line 1" in loaded.error
    whole = "MATCH (p:Programme)-[r:REPORTED_BY]->(:Dataset {id: 'cut.xml'}) WHERE r.hash IS NOT NULL "
    (found,) = scratch.ask(whole + "RETURN count(DISTINCT p) AS programmes, count(p.title) AS titles")
    assert found == {"programmes": BATCH + 100, "titles": BATCH + 100}
    assert scratch.ask("MATCH (p:Programme) RETURN count(p) AS n") == [{"n": BATCH + 100}]
