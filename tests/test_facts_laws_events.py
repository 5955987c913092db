"""Laws, events, joint external evaluations and action plans, made from the real files."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest import dates
from ingest.facts import events, events_told, laws
from ingest.facts.tables import Row, read

SHIPPED = Path(__file__).parent.parent / "ingest" / "data"
KINDS = {
    "visit", "peer review", "workshop", "training", "roundtable", "meeting", "report", "joint external evaluation",
    "conference",
}  # fmt: skip
ROLES = {"host", "subject", "participant", "organiser", "funder", "reviewer"}
STATUSES = {"submitted", "adopted", "presented", "outline", "in force", "under preparation", ""}
GENETIC = {"BFA", "BTN", "CIV", "GHA", "KEN", "MEX", "MRT", "MWI", "MYS", "NAM", "NER", "NGA", "SEN", "ZMB"}


def column(name: str, key: str) -> set[str]:
    return {row[key] for _, row in read(SHIPPED / name)}


@pytest.fixture(scope="module")
def made(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Row]]:
    out = tmp_path_factory.mktemp("facts")
    counts = laws.make(data, out) | events.make(data, out)
    tables = {name: list(csv.DictReader((out / f"{name}.csv").open(encoding="utf-8"))) for name in NAMES}
    assert {name: len(rows) for name, rows in tables.items()} == {name: counts[f"{name}.csv"] for name in NAMES}
    by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
    assert all(len(by_id[name]) == len(rows) for name, rows in tables.items())
    return by_id


NAMES = ("laws", "activities", "action_plans")


@pytest.mark.parametrize("name", NAMES)
def test_shipped_files_are_what_the_makers_make(made: dict[str, dict[str, Row]], name: str) -> None:
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8") as shipped:
        assert list(csv.DictReader(shipped)) == list(made[name].values())


def test_laws_are_the_verified_rows(made: dict[str, dict[str, Row]], data: Path) -> None:
    source = dict(read(data / "harvest/legislation.csv"))
    lines = {int(row["line"]) for row in made["laws"].values()}
    assert len(source) == 316
    assert len(lines) == 294
    assert len({source[line]["state_iso3"] for line in lines}) == 122, "counting the EU, three territories and blank"
    out = Counter(row["verification"] for line, row in source.items() if line not in lines)
    assert out == {"title only": 7, "check": 3, "read; bill or draft": 12}
    states = {state for row in made["laws"].values() for state in row["states"].split("|") if state}
    assert states - column("states.csv", "iso3") == {"HKG", "MAC", "XKX"}
    told = {source[line]["state_iso3"] for line in lines} & column("states.csv", "iso3")
    assert len(told) == 117
    assert states - told == {"HKG", "MAC", "XKX", "MLI", "TCD"}, "two more by the charter of six States"


def test_laws_name_sections_and_no_rows(made: dict[str, dict[str, Row]]) -> None:
    sections = {part for row in made["laws"].values() for part in row["sections"].split("|") if part}
    assert sections <= column("matrix_rows.csv", "section")
    assert {"OP6-7-8d", "OP3ab-BW"} <= sections
    without = {row["states"] for row in made["laws"].values() if not row["sections"]}
    assert without == GENETIC | {"LCA", "STP"}
    assert not any("Genetically" in row["title"] and row["sections"] for row in made["laws"].values())


def test_laws_say_nothing_of_the_tools_they_were_found_with(made: dict[str, dict[str, Row]]) -> None:
    for row in made["laws"].values():
        text = " ".join((row["note"], row["address"], row["verification"]))
        assert not any(word in text for word in ("find_string", "store", "excerpt", "CHECK", "shortened")), row["id"]


def test_a_law_by_hand(made: dict[str, dict[str, Row]]) -> None:
    law = made["laws"]["LAW/MYS/strategic-trade-act-2010"]
    assert law["address"] == "https://www.miti.gov.my/index.php/pages/view/2841"
    assert (law["sections"], law["line"], law["date"]) == ("OP3cd", "2", "2010")
    poland = made["laws"]["LAW/POL/act-of-29-november-2000-on-foreign-trade-in-goods"]
    assert poland["date"] == "2000-11-29"


def test_every_date_parses_and_every_row_has_a_source(made: dict[str, dict[str, Row]]) -> None:
    for name, keys in (("laws", ["date"]), ("activities", ["date"]), ("action_plans", ["submitted", "start", "end"])):
        for row in made[name].values():
            assert row["source"], row["id"]
            for key in keys:
                assert not row[key] or dates.parse(row[key]), row["id"]


def test_no_address_has_two_source_ids(data: Path, made: dict[str, dict[str, Row]]) -> None:
    ids = events.pages(data, events.told_rows(data))
    assert len(set(ids.values())) == len(ids)
    report = "https://documents.pub/document/i-op-1-and-related-matters-from-op-5-op-8-a-b-c-and-op10-2019-10-18.html"
    assert made["activities"]["ACT/2019-08/kgz-report"]["source"] == ids[report]
    assert ids[report] in {law["source"] for law in made["laws"].values() if law["states"] == "KGZ"}


def test_who_took_part(made: dict[str, dict[str, Row]]) -> None:
    states = column("states.csv", "iso3")
    for row in made["activities"].values():
        assert row["kind"] in KINDS
        assert set(row["themes"].split("|")) <= column("themes.csv", "id")
        for part in row["participants"].split("|"):
            role, _, who = part.partition(":")
            assert role in ROLES
            assert who
            assert who in states or role != "subject", part


def test_one_event_is_told_once(made: dict[str, dict[str, Row]]) -> None:
    review = made["activities"]["ACT/2016-08/blr-kgz-tjk-peer-review"]
    assert review["line"] == "20|21|22"
    assert review["participants"] == "host:BLR|subject:BLR|subject:KGZ|subject:TJK"
    course = made["activities"]["ACT/2016-10/latin-america-points-of-contact"]
    assert (course["date"], course["line"], len(course["source"].split("|"))) == ("2016-10-24/2016-10-28", "44|62", 2)
    precedents = column("precedents.csv", "id")
    notes = [row["note"] for name in ("activities", "action_plans") for row in made[name].values()]
    named = [word.strip(",;") for note in notes for word in note.split() if word.startswith("PREC/")]
    assert len(named) >= 10
    assert set(named) <= precedents
    assert set(events_told.PRECEDENTS.values()) <= precedents


def test_evaluations_are_those_that_took_place(made: dict[str, dict[str, Row]], data: Path) -> None:
    rows = [row for _, row in read(data / "gaps/jee_naphs_status.csv")]
    done = {row["iso3"] for row in rows if row["indicator"] == "COMPLETED_JEE" and row["value"] == "TRUE"}
    missions = [row for row in made["activities"].values() if row["kind"] == "joint external evaluation"]
    subjects = Counter(row["participants"].split("|")[0].removeprefix("subject:") for row in missions)
    assert set(subjects) == done | {"LIE"}
    assert {state for state, number in subjects.items() if number > 1} == {"TZA"}, "Zanzibar had one of its own"
    text = " ".join(" ".join(row.values()) for row in missions).lower()
    assert "interest" not in text
    assert "scheduled" not in text
    albania = made["activities"]["ACT/2016-09/alb-jee"]
    assert (albania["date"], albania["source"]) == (
        "2016-09-05/2016-09-09",
        "jee-scores|naphs-dates-2023|naphs-status-2023",
    )
    assert made["activities"]["ACT/by-2023-09-08/npl-jee"]["date"] == "by 2023-09-08"


def test_plans(made: dict[str, dict[str, Row]]) -> None:
    plans = made["action_plans"]
    assert {row["state"] for row in plans.values()} <= column("states.csv", "iso3")
    assert {row["status"] for row in plans.values()} <= STATUSES
    assert {row["kind"] for row in plans.values()} == {"voluntary national action plan"}
    turkmenistan = plans["PLAN/TKM/1540/2018"]
    assert [turkmenistan[key] for key in ("submitted", "start", "end", "status")] == [
        "2018-06-11",
        "2018",
        "2022",
        "submitted",
    ]
    assert plans["PLAN/MEX/1540/by-2017"]["line"] == "82|91"


def test_a_row_that_nobody_judged_is_an_error(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events_told.LEFT_OUT, "world counts", (2, 3))
    with pytest.raises(ValueError, match="not judged once"):
        events.make(data, tmp_path)
