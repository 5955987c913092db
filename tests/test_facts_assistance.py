"""Programmes collected by hand, and the tables of requests, needs, offers and precedents against their sources."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from ingest import dates
from ingest.facts import known, known_tables
from ingest.facts.tables import Row, read

FACTS = Path(known.__file__).parent.parent / "data"
LEFT_OUT = {
    "harvest/requests.csv": {
        5: "heading stripped: no State named",
        6: "heading stripped: no State named",
        15: "heading stripped and text cut: no State named",
    },
    "harvest/offers.csv": {},
    "harvest/cases.csv": {},
}
"""Rows of the sources that are in none of our tables, with the reason."""
TABLES = {"harvest/requests.csv": "requests", "harvest/offers.csv": "offers", "harvest/cases.csv": "precedents"}
FILES = {known_tables.SSR: 77, known_tables.CBRN: 75, known_tables.KNOWN: 6}
NO_DATE = {"start": "", "end": ""}


def rows(name: str) -> list[Row]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped() -> dict[str, Row]:
    return {row["id"]: row for row in rows("programmes_known")}


def parties() -> set[str]:
    return {row["iso3"] for row in rows("states")} | {row["id"] for row in rows("territories")}


def lines(name: str) -> Counter[int]:
    return Counter(int(line) for row in rows(name) for line in row["line"].split("|"))


@pytest.mark.parametrize(("source", "table"), TABLES.items())
def test_every_row_of_a_source_is_in_our_table_once_or_left_out_for_a_reason(
    data: Path, source: str, table: str
) -> None:
    told = {line for line, _ in read(data / source)}
    ours = lines(table)

    assert set(ours.values()) == {1}
    assert not ours.keys() & LEFT_OUT[source].keys()
    assert ours.keys() | LEFT_OUT[source].keys() == told
    assert all(LEFT_OUT[source].values())


def test_every_need_comes_from_a_line_of_its_own_request() -> None:
    of_request = {row["id"]: set(row["line"].split("|")) for row in rows("requests")}
    needs = rows("needs")

    assert all(set(row["line"].split("|")) <= of_request[row["request"]] for row in needs)
    stated = {line for row in needs for line in row["line"].split("|")}
    assert stated == {"2", "3", "4", "7", "8", "9", "10", "11", "12", "13", "14", "16"}


def test_providers_are_those_of_the_line_that_a_precedent_names(data: Path) -> None:
    source = dict(read(data / "harvest/cases.csv"))
    differing = {
        row["id"] for row in rows("precedents") if row["providers"] != known.names(source[int(row["line"])]["provider"])
    }

    assert differing == set()


def test_an_offer_is_one_only_where_the_source_is_an_offer_page_or_a_statement(data: Path) -> None:
    source = dict(read(data / "harvest/offers.csv"))

    for row in rows("offers"):
        told = source[int(row["line"])]
        formal = not told["offer_basis"].startswith("programme or news page")
        assert (row["provider"], row["date"]) == (told["provider"], told["date"])
        assert row["offer_basis"] == ("offer" if formal else "programme"), row["id"]
        assert bool(row["contact"]) == bool(told["point_of_contact_office"]), row["id"]
        assert bool(row["in_reply_to"]) == told["in_response_to"].endswith(("2008-04-04", "CARICOM request"))


def test_what_was_announced_proposed_or_only_counted_is_no_help(data: Path) -> None:
    source = dict(read(data / "harvest/cases.csv"))
    helped = [source[int(row["line"])]["kind"] for row in rows("precedents") if row["kind"] == "help"]
    never = re.compile("announced|pledge|proposal|principle|programme result|argument|tool$")

    assert [kind for kind in helped if never.search(kind)] == []
    kinds = {row["id"][5:8]: row["kind"] for row in rows("precedents")}
    assert {number: kinds[number] for number in ("031", "048", "067", "079", "097", "277", "286")} == {
        "031": "plan",
        "048": "plan",
        "067": "model",
        "079": "pledge",
        "097": "proposal",
        "277": "plan",
        "286": "event",
    }


def test_a_span_without_an_end_in_the_source_has_none_here(data: Path) -> None:
    source = dict(read(data / "harvest/cases.csv"))
    open_spans = {row["date"] for row in rows("precedents") if source[int(row["line"])]["year"].endswith("-")}

    assert open_spans == {"2002-", "2004-", "2006-", "2010-", "2019-", "2022-"}


def test_every_row_of_the_three_files_is_told_or_counted(data: Path, tmp_path: Path) -> None:
    assert {file: sum(1 for _ in read(data / file)) for file in FILES} == FILES

    counts = known.make(data, tmp_path)

    assert counts == {
        "programmes_known.csv": 108,
        "left out: names no State": 22,
        "left out: told among the recent programmes": 26,
        "left out: told by another row": 2,
    }
    assert sum(counts.values()) == sum(FILES.values())
    assert (tmp_path / "programmes_known.csv").read_bytes() == (FACTS / "programmes_known.csv").read_bytes()


def test_what_is_left_to_the_recent_programmes_is_there(data: Path) -> None:
    recent = [row for _, row in read(data / "programmes/recent/programmes_recent.csv")]
    ids = {row["identifier"] for row in recent}
    words = [(set(re.findall(r"\w{3,}", row["title"].casefold())), row["source"]) for row in recent]

    for file, left_out in known_tables.RECENT.items():
        source = dict(read(data / file))
        for line, identifier in left_out.items():
            address = source[line][known.NAMES[file][4]]
            title = set(re.findall(r"\w{3,}", source[line]["title"].casefold()))
            same = [one for one, page in words if page == address or len(one & title) >= 0.5 * len(title)]
            assert identifier in ids if identifier else same, (file, line)


def test_states_are_of_the_list_and_dates_of_the_grammar() -> None:
    ours, themes = parties(), {row["id"] for row in rows("themes")}
    sectors = {row["id"] for row in rows("sectors")}

    for row in shipped().values():
        assert {code for code in row["countries"].split("|") if code} <= ours, row["id"]
        assert {theme for theme in row["themes"].split("|") if theme} <= themes, row["id"]
        assert {sector for sector in row["sectors"].split("|") if sector} <= sectors, row["id"]
        assert row["source"]
        assert bool(row["amount"]) == bool(row["currency"]), row["id"]
        for column in ("start", "end"):
            if row[column]:
                dates.parse(row[column])


def test_what_is_only_planned_or_announced_has_no_start_from_which_it_could_run() -> None:
    told = [row for row in shipped().values() if row["status"] in {"planned", "announced"}]

    assert len(told) == 11
    for row in told:
        assert row["note"], row["id"]
        assert not row["start"] or row["start_kind"] == "planned", row["id"]
        assert not row["end"] or row["end_kind"] == "planned", row["id"]


def test_rows_worked_out_by_hand() -> None:
    programmes = shipped()

    gambia = programmes["SSR/GMB/eu-support-security-sector-reform"]
    assert (gambia["amount"], gambia["currency"], gambia["countries"]) == ("6000000", "EUR", "GMB")
    assert gambia["implementers"] == "GIZ|DCAF"
    assert {key: gambia[key] for key in NO_DATE} == NO_DATE
    assert gambia["themes"] == "border-control|law-enforcement"
    moldova = programmes["SE-0-SE-6-15961"]
    assert (moldova["amount"], moldova["currency"], moldova["start"]) == ("27754790", "SEK", "2022")
    assert programmes["44000-P176549"]["amount"] == "1030000000"
    assert programmes["SSR/several/trace-reinforce-asean-counter-terrorism"]["amount"] == "3000000"
    assert programmes["SSR/several/german-biosecurity-programme"]["amount"] == ""
    ukraine = programmes["US-CWMD-FY2013-USAID-UKR"]
    assert (ukraine["amount"], ukraine["start"], ukraine["end"]) == ("18368436.56", "2013", "2013")
    assert programmes["SSR/PAK/japan-grant-border-control-migration"]["start"] == ""
    assert programmes["SSR/SSD/immigration-facility-at-majokyithiu-point"]["end"] == "2022-08"
