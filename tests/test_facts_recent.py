"""Recent programmes and experience: nothing of the sources is lost, and what cannot be known is not said."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest import dates
from ingest.facts import experience, recent
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.titles import TitleRules

Rows = dict[str, dict[str, str]]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    out = tmp_path_factory.mktemp("made")
    counts = recent.make(data, out)
    assert (counts["programmes_recent.csv"], counts["printed ends left out"]) == (2132, 338)
    assert experience.make(data, out) == {"experience.csv": 641}
    return out


@pytest.fixture(scope="module")
def programmes(made: Path) -> Rows:
    return {row["id"]: row for row in table(made / "programmes_recent.csv")}


@pytest.fixture(scope="module")
def activities(made: Path) -> Rows:
    return {row["id"]: row for row in table(made / "experience.csv")}


def test_the_files_that_ship_are_those_that_are_made(made: Path) -> None:
    for path in made.iterdir():
        assert path.read_bytes() == (FACTS / path.name).read_bytes(), path.name


def test_every_programme_of_the_source_is_there_once(programmes: Rows, data: Path) -> None:
    source = table(data / recent.FILE)

    assert len(programmes) == len(source) == len({row["line"] for row in programmes.values()})
    assert Counter(row["relevance"] for row in programmes.values()) == {"A": 1686, "B": 446}
    assert {row["identifier"] for row in source if row["source_file"] != recent.PAGES} - {""} <= programmes.keys()


def test_every_activity_of_the_source_is_there_once(activities: Rows, data: Path) -> None:
    assert activities.keys() == {row["identifier"] for row in table(data / experience.FILE)}
    assert Counter(row["kind"] for row in activities.values()) == {"contract line": 460, "activity": 181}


def test_an_award_that_was_ended_early_does_not_have_its_printed_end_and_says_so(programmes: Rows) -> None:
    early = [row for row in programmes.values() if row["status"].startswith("terminated")]
    others = [row for row in programmes.values() if row["source"] == recent.AWARDS and row not in early]

    assert len(early) == 338
    assert {(row["end"], row["end_kind"]) for row in early} == {("by 2025-03", "")}
    assert all("ended early" in row["note"] for row in early)
    assert len(others) == 32
    assert all(row["end"] and "ended early" not in row["note"] for row in others)


def test_dates_are_dates_and_kinds_go_with_dates(programmes: Rows) -> None:
    for row in programmes.values():
        for which in ("start", "end"):
            assert row[f"{which}_kind"] in ("", "actual", "planned"), row["id"]
            assert row[which] or not row[f"{which}_kind"], row["id"]
            if row[which]:
                dates.parse(row[which])


@pytest.mark.parametrize(
    ("id_", "start", "end", "kinds"),
    [
        ("FR-3-CMG1654", "2020-02-11", "2023-06-30", ("actual", "planned")),
        ("44000-P180872", "2023-11-14", "2028-12-15", ("", "planned")),
        ("XI-IATI-EC_INTPA-2020/41233/0", "2021-12-31", "2023-11-19", ("", "planned")),
        ("read/eucap-sahel-niger", "2012-08-08", "2024-09-30", ("actual", "actual")),
        ("read/euromed-police", "2020", "2024", ("", "")),
    ],
)
def test_an_actual_date_goes_before_a_planned_one(
    programmes: Rows, id_: str, start: str, end: str, kinds: tuple[str, str]
) -> None:
    row = programmes[id_]

    assert (row["start"], row["end"], (row["start_kind"], row["end_kind"])) == (start, end, kinds)


def test_no_country_is_outside_the_lists(programmes: Rows, activities: Rows) -> None:
    known = {row["iso3"] for name in ("states", "territories") for row in table(FACTS / f"{name}.csv")}
    told = {code for row in (*programmes.values(), *activities.values()) for code in row["countries"].split("|")}

    assert told - {""} <= known
    assert len(told) > 160


def test_every_sector_is_a_dac_code(programmes: Rows) -> None:
    known = {row["id"] for row in table(FACTS / "sectors.csv")}

    assert {code for row in programmes.values() for code in row["sectors"].split("|")} - {""} - known == {"DAC/12100"}


def test_names_are_clean_and_a_name_with_a_comma_is_one(programmes: Rows, activities: Rows) -> None:
    cells = [
        cell for row in (*programmes.values(), *activities.values()) for cell in (row["funders"], row["implementers"])
    ]
    listed = {name for cell in cells for name in cell.split("|")}

    assert "FGS Ministry of Planning, Investment and Economic Development" in listed
    assert "Canada - Global Affairs Canada / Affaires mondiales Canada" in listed
    assert "Department of Foreign Affairs, Trade and Development (DFATD), Canada" in listed
    assert not [name for name in listed if "[" in name or "\ufffd" in name or "&amp" in name or name == "N/A"]


def test_the_shares_of_an_activity_are_added_up(activities: Rows) -> None:
    row = activities["XM-DAC-5-7-6613923"]

    assert row["countries"] == "ALB|BIH|MKD|SRB|XKX"
    assert (row["amount"], row["currency"], row["funders"]) == (
        str(5 * 64417),
        "USD",
        "Germany - Federal Foreign Office",
    )
    assert row["themes"] == "customs-enforcement|transit-transshipment"


def test_activities_have_themes_that_exist_and_peaceful_uses_have_none(activities: Rows) -> None:
    known = {row["id"] for row in table(FACTS / "themes.csv")}
    themes = {id_: set(row["themes"].split("|")) - {""} for id_, row in activities.items()}

    assert set().union(*themes.values()) <= known
    assert 550 < sum(bool(found) for found in themes.values()) < 641
    assert {frozenset(themes[id_]) for id_, row in activities.items() if "radioisotopes" in row["title"]} == {
        frozenset()
    }
    assert all(2000 < int(row["first_year"]) <= int(row["last_year"]) < 2030 for row in activities.values())


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("EUCAP Sahel Mali", "law-enforcement"),
        ("EUBAM Rafah", "border-control"),
        ("Renforcer la sécurité frontalière", "border-control"),
        ("Programa Integral de Seguridad Ciudadana", "law-enforcement"),
        ("Trade and Transport Facilitation", "customs-enforcement"),
        ("PCB Management in the Power Sector", "chemical-security"),
    ],
)
def test_titles_of_recent_programmes_point_where_people_would_look(title: str, theme: str) -> None:
    assert theme in {link.key for link in TitleRules.of(FACTS, Rejects()).links(title)}


@pytest.mark.parametrize(
    "title",
    [
        "Public Financial Management Reform Project",
        "Metro Manila Flood Management Project",
        "Famine Early Warning Systems Network",
        "Post Ebola Support Project, Mamou",
        "Fonds de développement PCB Congo",
        "Fujian Fishing Ports Project",
        "Improve Access to Justice in Somalia",
        "Public safety nets for the poorest",
    ],
)
def test_titles_of_other_work_point_to_nothing(title: str) -> None:
    assert TitleRules.of(FACTS, Rejects()).links(title) == []
