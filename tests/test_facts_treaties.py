"""Parties to treaties and members of arrangements: the totals of the lists, and rows worked out by hand."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ingest.dates import parse
from ingest.facts.instruments import STATUS_SOURCES
from ingest.facts.members import FILES, ZONES
from ingest.facts.tables import read
from ingest.facts.treaties import CORRECTIONS, ENDED
from ingest.shipped import FACTS

COMPLETE = {"npt", "cppnm", "cppnm-a", "cwc", "ctbt", "bwc"}
SNAPSHOTS = {"bombings": "18-9", "financing": "18-11", "cartagena": "27-8-a", "icsant": "18-15"}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def treaties() -> tuple[dict[str, str], ...]:
    """What the newest lists say; the few ratifications that ended before are looked at apart."""
    ended = {(one["instrument"], one["party"], one["observed"]) for one in ENDED}
    return tuple(one for one in rows("treaties") if (one["instrument"], one["party"], one["observed"]) not in ended)


def row(instrument: str, party: str) -> dict[str, str] | None:
    found = [one for one in treaties() if (one["instrument"], one["party"]) == (instrument, party)]
    assert len(found) <= 1
    return found[0] if found else None


def status(instrument: str) -> Counter[str]:
    return Counter(one["status"] for one in treaties() if one["instrument"] == instrument)


@pytest.mark.parametrize(
    ("instrument", "parties"),
    [
        ("cwc", 193),  # the page's own total
        ("ctbt", 178),  # the page's own total
        ("npt", 191),
        ("bwc", 188),
        ("cppnm", 159),
        ("cppnm-a", 137),
        ("bombings", 168),
        ("financing", 186),
        ("cartagena", 166),  # and the European Union
        ("geneva-protocol", 144),
        ("gicnt", 77),  # the note of each row says how many
        ("iaea", 163),
        ("iaea-ap", 109),  # the notes say how many
        ("tlatelolco", 33),
        ("pelindaba", 43),
        ("rarotonga", 13),
        ("bangkok", 10),
        ("semipalatinsk", 5),
        ("tlatelolco-2", 5),
    ],
)
def test_as_many_take_part_as_the_source_says(instrument: str, parties: int) -> None:
    assert status(instrument)["party"] == parties


def test_the_test_ban_treaty_is_signed_by_187_and_ratified_by_178() -> None:
    told = [one for one in treaties() if one["instrument"] == "ctbt"]

    signed = [one for one in told if one["status"] == "party" or one["note"].startswith("signed ")]
    assert len(signed) == 187
    assert status("ctbt") == {"party": 178, "not listed": 18}


@pytest.mark.parametrize("instrument", SNAPSHOTS)
def test_a_snapshot_gives_a_row_to_each_member_state_and_each_party(instrument: str, data: Path) -> None:
    told = [list(one.values()) for _, one in read(data / f"treaties/{SNAPSHOTS[instrument]}.csv")]
    consents = {name for name, _, consent in told if consent and name != "European Union"}
    shown = [one for one in treaties() if one["instrument"] == instrument]
    from_it = [one for one in shown if one["source"] == STATUS_SOURCES[instrument]]

    members = {one["iso3"] for one in rows("states")} - {"VAT", "PSE"}
    assert sum(one["status"] == "party" for one in from_it) == len(consents)
    assert members <= {one["party"] for one in shown}
    assert {one["observed"] for one in from_it} == {"2015-03"}
    assert {one["party"] for one in shown if one["status"] == "not listed"} <= members


def test_every_party_and_member_of_a_partial_list_is_there_and_no_negative(data: Path) -> None:
    def positives(file: str) -> list[dict[str, str]]:
        return [one for _, one in read(data / f"treaties/status/{file}.csv") if one["status"] in {"party", "member"}]

    expected = {(instrument, one["iso3"]) for instrument, file in FILES.items() for one in positives(file)}
    expected |= {(ZONES[one["instrument"]], one["iso3"]) for one in positives("nwfz_treaties")}
    partial = {*FILES, *ZONES.values()}

    assert {(i["instrument"], i["party"]) for i in rows("treaties") if i["instrument"] in partial} == expected
    assert {one["instrument"] for one in rows("treaties") if one["status"] != "party"} == COMPLETE | SNAPSHOTS.keys()


def test_no_party_has_two_rows_of_an_instrument_and_none_is_unknown() -> None:
    keys = Counter((one["instrument"], one["party"]) for one in treaties())
    known = {one["iso3"] for one in rows("states")} | {one["id"] for one in rows("territories")}

    assert max(keys.values()) == 1
    assert {party for _, party in keys} <= known
    assert {party for _, party in keys} - {one["iso3"] for one in rows("states")} == {"COK", "NIU"}


def test_an_instrument_belongs_to_a_row_of_the_matrix_and_has_a_name_of_its_own() -> None:
    matrix = {one["id"] for one in rows("matrix_rows")}
    instruments = rows("instruments")

    assert {one["obligation"] for one in instruments} <= matrix
    assert len({one["short_title"] for one in instruments}) == len(instruments) == 30
    assert {one["id"] for one in instruments} == {one["instrument"] for one in rows("treaties")}
    assert all(one["negative_note"].endswith(".") and one["positive_word"] for one in instruments)


def test_all_dates_can_be_read() -> None:
    for one in rows("treaties"):
        for column in ("valid_from", "valid_to", "observed"):
            assert not one[column] or parse(one[column]), one
        assert one["observed"]
    for one in rows("instruments"):
        parse(one["adopted"])


@pytest.mark.parametrize(
    ("instrument", "party", "cells"),
    [
        ("financing", "SLE", {"status": "party", "valid_from": "2003-09-26", "note": "ratification"}),
        ("financing", "TCD", {"status": "not listed", "observed": "2015-03", "note": "not named in the source"}),
        ("bombings", "KNA", {"valid_from": "2001-11-16", "note": "accession"}),
        ("bombings", "BDI", {"status": "not listed", "note": "signed 1998-03-04, not party in the source"}),
        ("cartagena", "SWZ", {"status": "party"}),
        ("pelindaba", "GNQ", {"valid_from": "2002-12-20", "note": "ratification"}),
        ("geneva-protocol", "EST", {"valid_from": "1931-08-28"}),
        ("gicnt", "MAR", {"valid_from": "2006-10", "observed": "2025-01"}),
        ("hcoc", "IND", {"valid_from": "2016-06-01"}),
        ("hcoc", "COK", {"observed": "2017-06/2023-08"}),
        ("iaea", "KHM", {"valid_from": "2009-11-23"}),
        ("iaea-ap", "DOM", {"observed": "2011-06-30", "valid_from": ""}),
        ("psi", "RUS", {"valid_from": "2004", "valid_to": "2022"}),
        ("sua-2005", "CHE", {"valid_from": "2008-10-15", "observed": "2015-08-13"}),
        ("beijing-2010", "TUR", {"valid_from": "2018-06-14"}),
        ("ctbt", "RUS", {"status": "not listed", "observed": "2026-02-03"}),
    ],
)
def test_a_row_says_what_was_read_by_hand(instrument: str, party: str, cells: dict[str, str]) -> None:
    found = row(instrument, party)

    assert found is not None
    assert {column: found[column] for column in cells} == cells


@pytest.mark.parametrize(
    ("instrument", "party"),
    [
        ("pelindaba", "SLE"),
        ("beijing-2010", "CHN"),
        ("hcoc", "PAK"),
        ("iaea", "PRK"),
        ("iaea-ap", "IRN"),
        ("bwc", "TCD"),
    ],
)
def test_nothing_is_said_where_no_list_tells(instrument: str, party: str) -> None:
    assert row(instrument, party) is None


def test_every_correction_changes_a_row_that_is_there_and_has_a_reason() -> None:
    for (instrument, party), (cells, reason) in CORRECTIONS.items():
        found = row(instrument, party)
        assert found is not None
        assert cells.items() <= found.items()
        assert len(reason.split()) >= 8


def test_a_ratification_that_ended_has_a_beginning_an_end_and_a_later_row() -> None:
    (ended,) = [one for one in rows("treaties") if one not in treaties()]

    assert (ended["party"], ended["instrument"]) == ("RUS", "ctbt")
    assert (ended["valid_from"], ended["valid_to"], ended["line"]) == ("2000-06-30", "2023-11", "138")
    assert row("ctbt", "RUS") not in (None, ended)
