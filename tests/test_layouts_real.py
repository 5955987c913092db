"""The real tables of others, where they lie: each row is read, and what ships of the same tables is made again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.records import Record
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.plans import PlanNeedRow
from ingest.recognise import Told, recognised
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.shipped import FACTS
from ingest.statements import EvaluationRow, FatfRow, TreatyRow
from ingest.tables import grids
from ingest.world import World

WORLD = World.of(FACTS, Rejects())
Keys = set[tuple[object, ...]]


def records(path: Path, dataset: str = "") -> tuple[list[Record], Desk]:
    """What is made of a real file; `dataset` is the name that `--as` would give."""
    (grid,) = grids(path.name, lambda: path.open("rb"))
    table, reader = recognised(grid, Told(), Path("none"))
    desk = Desk(dataset or path.name, WORLD, Rejects())
    return list(reader.read(table, desk)), desk


def statements(found: list[Record]) -> list[Record]:
    return [one for one in found if one.label == "Statement"]


def said(found: list[Record]) -> Keys:
    """Who, indicator, grade and day of each statement."""
    return {
        (one.key.partition("/")[0], *(one.properties[name] for name in ("indicator", "grade", "observed_text")))
        for one in statements(found)
    }


def test_the_index_is_read_whole_and_only_questions_on_our_themes_are_taken(data: Path) -> None:
    found, desk = records(data / "indicators/GHS-Index.csv")

    assert not desk.rejects.found
    assert len(statements(found)) == 390 * 21
    assert {one.properties["kind"] for one in statements(found)} == {"index"}
    assert {one.properties["observed_text"] for one in statements(found)} == {"2019", "2021"}
    assert {one.properties["reading"] for one in statements(found)} == {"incomplete", "in place"}
    assert desk.rejects.notes == {"columns: indicators that bear on none of the themes were passed over": 290}


def test_self_assessments_of_two_editions_are_read_with_their_blanks(data: Path) -> None:
    of_2022, desk = records(data / "indicators/spar_ihr_2022.tsv")
    of_years, other = records(data / "gaps/spar_2018_2019_2022.csv")

    assert not desk.rejects.found
    assert not other.rejects.found
    blank = desk.rejects.notes["cells that are blank: nothing is said there"]
    assert (len(statements(of_2022)), blank) == (185 * 9, 11 * 9)
    both = {("C.4.2"), ("C.11.1"), ("C.11.2"), ("C.14.1"), ("C.15.1")}
    assert {one for one in said(of_2022) if str(one[1]).removeprefix("SPAR ") in both} == {
        one for one in said(of_years) if one[3] == "2022"
    }
    years = Counter(one[3] for one in said(of_years))
    assert set(years) == {"2018", "2019", "2022"}


def test_ratings_and_scores_are_those_that_ship(data: Path) -> None:
    ratings, fatf = records(data / "gaps/fatf_r7_io11.csv")
    scores, jee = records(data / "gaps/jee_scores.csv")

    assert not fatf.rejects.found
    assert not jee.rejects.found
    assert said(ratings) == {
        (row.party, f"FATF {row.indicator}", row.grade, row.observed.text)
        for _, row in read(FACTS / "fatf.csv", FatfRow, Rejects())
    }
    assert said(scores) == {
        (row.party, f"JEE {row.indicator}", row.grade, row.date.text)
        for _, row in read(FACTS / "evaluations.csv", EvaluationRow, Rejects())
    }


def test_needs_of_costed_plans_are_those_that_ship(data: Path) -> None:
    lines, of_lines = records(data / "gaps/naphs_line_items_cbrn.csv")
    totals, of_totals = records(data / "gaps/naphs_costs.csv")

    assert not of_lines.rejects.found
    assert not of_totals.rejects.found
    assert of_totals.rejects.notes == {"costs of whole plans: these stand with the plans themselves": 14}
    made = {
        (one.key, one.properties["subject"], one.properties["cost"], one.properties["currency"])
        for one in (*lines, *totals)
        if one.label == "Need"
    }
    shipped = read(FACTS / "plan_needs.csv", PlanNeedRow, Rejects())
    assert made == {(row.id, row.subject, row.cost, row.currency) for _, row in shipped}
    assert {one.properties["kind"] for one in statements([*lines, *totals])} == {"stated_need"}


@pytest.mark.parametrize(
    ("file", "instrument"), [("18-9", "bombings"), ("18-11", "financing"), ("27-8-a", "cartagena")]
)
def test_parties_are_those_that_ship(data: Path, file: str, instrument: str) -> None:
    found, desk = records(data / f"treaties/{file}.csv", f"{file} of 2015-03")

    assert not desk.rejects.found
    made = {
        (one.key.partition("/")[0], one.properties["grade"], one.properties["valid_from"]) for one in statements(found)
    }
    assert made == {
        (row.party, row.status, row.valid_from.latest if row.valid_from else None)
        for _, row in read(FACTS / "treaties.csv", TreatyRow, Rejects())
        if row.instrument == instrument
    }


@pytest.mark.parametrize(("file", "rows", "negative"), [("18-15", 193, 99), ("26-3", 196, 6), ("26-4", 196, 34)])
def test_older_lists_are_read_whole(data: Path, file: str, rows: int, negative: int) -> None:
    found, desk = records(data / f"treaties/{file}.csv", f"{file} of 2015-03")

    readings = Counter(one.properties["reading"] for one in statements(found))
    assert (not desk.rejects.found, len(statements(found)), readings["no entry"]) == (True, rows, negative)
    with pytest.raises(UnreadableFileError, match="does not say of which day"):
        records(data / f"treaties/{file}.csv")


def test_what_bears_on_no_theme_is_noted_row_by_row(data: Path) -> None:
    found, desk = records(data / "gaps/jee_naphs_status.csv")

    assert not found
    assert {one.value for one in desk.rejects.found} == {"Tanzania (Zanzibar)"}
    assert sum(desk.rejects.notes.values()) + desk.rejects.rows == 1134
