"""Standing mandates: the table's own rules, a sample read by hand, and what the graph makes of it."""

import csv
from functools import cache

import pytest

from graph.records import Record
from graph.store import Store
from ingest import dates, mandates
from ingest.catalogue import records as catalogue
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.states import party_labels, region_names
from tests.helpers import ONE_ENGINE

SAMPLE = {
    "abacc": ("1991-07-18", "nuclear-accounting"),
    "afripol": ("2017-01-30", "law-enforcement"),
    "bwc-isu": ("2006", "treaty-participation|prohibitions-biological|biosafety-biosecurity"),
    "ctbto": ("1996-11-19", "treaty-participation|prohibitions-nuclear"),
    "eu-p2p": ("2004", "export-control-law|licensing|customs-enforcement|industry-outreach"),
    "icglr": ("2010-12-15", "strategic-minerals"),
}
"""Since when, and for what, as read twice: in the pages named, for icglr the second time in the declaration itself."""


@cache
def rows(name: str = "mandates") -> tuple[dict[str, str], ...]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def listed(row: dict[str, str], column: str) -> list[str]:
    return row[column].split("|") if row[column] else []


def named(column: str) -> set[str]:
    return {one for row in rows() for one in listed(row, column)}


@cache
def found() -> dict[str, Record]:
    rejects = Rejects()
    made = {record.key: record for record in mandates.records(FACTS, rejects)}
    assert not rejects.found
    return made


def bodies() -> set[str]:
    return {row["id"] for row in rows("organisations")} | {row["agency"] for row in rows("partners")} - {""}


def test_all_that_a_mandate_names_is_known() -> None:
    places = bodies() | {*party_labels(FACTS)} | region_names(FACTS)

    assert named("organisation") - bodies() == set()
    assert named("themes") - {row["id"] for row in rows("themes")} == set()
    assert named("regions") - places == set()
    assert named("means") <= {"expertise", "training", "equipment", "financial"}
    assert named("scope") <= {"general", "theme"}
    assert named("source") - {record.key for record in catalogue(FACTS, Rejects())} == set()


def test_every_mandate_has_a_source_and_no_more_than_five_themes_each_once() -> None:
    for row in rows():
        assert row["subject"].strip(), row["organisation"]
        assert listed(row, "source"), row["organisation"]
        assert 1 <= len(listed(row, "themes")) == len({*listed(row, "themes")}) <= 5, row["organisation"]


def test_since_when_is_read_or_said_to_be_unread() -> None:
    for row in rows():
        if row["since"]:
            assert dates.parse(row["since"]).latest is not None, row["organisation"]
        else:
            assert "since when was not read" in row["note"], row["organisation"]


def test_no_mandate_is_told_twice() -> None:
    assert [row["organisation"] for row in rows()] == sorted(row["organisation"] for row in rows())
    assert len({row["subject"] for row in rows()}) == len(rows())
    covered = [(row["organisation"], theme) for row in rows() for theme in listed(row, "themes")]
    assert len({*covered}) == len(covered)


@pytest.mark.parametrize("body", SAMPLE)
def test_a_sample_says_what_its_page_says(body: str) -> None:
    (row,) = (row for row in rows() if row["organisation"] == body)

    assert (row["since"], row["themes"]) == SAMPLE[body]


def test_a_mandate_is_no_offer_and_leads_to_body_themes_region_and_source() -> None:
    record = found()["MANDATE/icglr/1"]

    assert {one.label for one in found().values()} == {"Mandate"}
    assert len(found()) == len(rows())
    assert record.properties["date_earliest"] == dates.parse("2010-12-15").earliest
    assert {(link.type, link.label, link.key) for link in record.links} == {
        ("MADE_BY", "Organisation", "icglr"),
        ("COVERS", "Theme", "strategic-minerals"),
        ("LIMITED_TO", "Organisation", "icglr"),
        ("FROM", "Source", "enact-regional-initiative-natural-resources"),
    }


def test_two_mandates_of_a_body_are_numbered() -> None:
    assert {key for key in found() if key.startswith("MANDATE/iaea/")} == {"MANDATE/iaea/1", "MANDATE/iaea/2"}


def test_limits_are_regions_states_or_bodies() -> None:
    limits = {link.key: link.label for one in found().values() for link in one.links if link.type == "LIMITED_TO"}

    assert (limits["Africa"], limits["GEO"], limits["giaba"]) == ("Region", "State", "Organisation")


@ONE_ENGINE
def test_every_mandate_is_in_the_graph_with_body_theme_and_source(shipped: Store) -> None:
    statement = """
        MATCH (:Source)<-[:FROM]-(o:Mandate)-[:MADE_BY]->(by:Organisation), (o)-[:COVERS]->(:Theme)
        WHERE NOT coalesce(by.unresolved, false)
        RETURN count(DISTINCT o) AS number
    """

    assert shipped.ask(statement) == [{"number": len(rows())}]
