"""Organisations and who is a member of which: counts against the sources, spells, sources, who has members."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from ingest import dates
from ingest.facts import regimes
from ingest.shipped import FACTS

Row = dict[str, str]
FIRST, LAST = date.min, date.max


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def memberships() -> tuple[Row, ...]:
    return rows("memberships") + rows("regime_members")


def status(organisation: str, kind: str = "member") -> set[str]:
    return {row["member"] for row in memberships() if (row["organisation"], row["status"]) == (organisation, kind)}


def spell(row: Row) -> tuple[date, date]:
    since = dates.parse(row["since"]).earliest if row["since"] else None
    until = dates.parse(row["until"]).latest if row["until"] else None
    return since or FIRST, until or LAST


def test_the_regimes_are_made_from_the_sources(data: Path, tmp_path: Path) -> None:
    counts = regimes.make(data, tmp_path)

    assert (tmp_path / "regime_members.csv").read_bytes() == (FACTS / "regime_members.csv").read_bytes()
    assert counts == {
        "regime_members.csv": len(rows("regime_members")),
        "left out: listed by mistake or otherwise, see LEFT_OUT": len(regimes.LEFT_OUT),
    }


@pytest.mark.parametrize(
    ("organisation", "file", "more"),
    [
        ("nuclear-suppliers-group", "nsg", set()),
        ("australia-group", "australia_group", {"european-union"}),
        ("mtcr", "mtcr", set()),
        ("wassenaar-arrangement", "wassenaar", set()),
        ("zangger-committee", "zangger_committee", set()),
    ],
)
def test_a_regime_has_the_members_of_its_file(data: Path, organisation: str, file: str, more: set[str]) -> None:
    with (data / "treaties/status" / f"{file}.csv").open(encoding="utf-8", newline="") as source:
        listed = {row["iso3"] for row in csv.DictReader(source) if row["status"] == "member"}

    assert status(organisation) == listed | more


@pytest.mark.parametrize(
    ("organisation", "members"),
    [
        ("nuclear-suppliers-group", 48),
        ("australia-group", 43),
        ("mtcr", 35),
        ("wassenaar-arrangement", 42),
        ("zangger-committee", 39),
        ("fatf", 40),
        ("apg", 42),
        ("cfatf", 25),
        ("eag", 9),
        ("esaamlg", 21),
        ("gafilat", 18),
        ("giaba", 17),
        ("menafatf", 21),
        ("moneyval", 33),
        ("gabac", 6),
        ("interpol", 196),
        ("wco", 186),
        ("eiti", 57),
        ("cica", 28),
        ("asean-regional-forum", 27),
        ("selec", 11),
        ("ccpac", 8),
        ("eapcco", 14),
        ("sarpcco", 16),
        ("picp", 21),
        ("oceania-customs-organisation", 24),
        ("aseanapol", 10),
        ("ameripol", 27),
        ("wapcco", 16),
        ("racviac", 9),
        ("osce", 57),
        ("nato", 32),
        ("oas", 34),
    ],
)
def test_an_organisation_has_as_many_members_as_its_source_counts(organisation: str, members: int) -> None:
    assert len(status(organisation)) == members


def test_where_sources_differ_a_reader_sees_it() -> None:
    (iceland,) = (
        r for r in rows("regime_members") if (r["organisation"], r["member"]) == ("wassenaar-arrangement", "ISL")
    )
    (russia,) = (r for r in rows("regime_members") if (r["organisation"], r["member"]) == ("fatf", "RUS"))

    assert iceland["status"] == "sources differ"
    assert "internacia-db" in iceland["note"]
    assert russia["status"] == "member"
    assert "suspended since 2023-02-24" in russia["note"]
    assert status("un-1540-trust-fund", "donor") == {"JPN", "USA"}


def test_spells_of_a_membership_do_not_overlap() -> None:
    spells: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in memberships():
        spells[row["organisation"], row["member"]].append(row)
    for key, found in spells.items():
        ordered = sorted(found, key=spell)
        for before, after in pairwise(ordered):
            assert before["until"], key
            assert spell(before)[1] <= spell(after)[0], key


def test_every_membership_names_a_known_organisation_member_source_and_date() -> None:
    organisations = {row["id"] for row in rows("organisations")}
    members = organisations | {row["iso3"] for row in rows("states")} | {row["id"] for row in rows("territories")}
    catalogue = yaml.safe_load((FACTS / "sources.yaml").read_text(encoding="utf-8"))
    sources = {entry["id"] for entry in catalogue} | {row["id"] for row in rows("references")}
    for row in memberships():
        assert row["organisation"] in organisations, row
        assert row["member"] in members - {row["organisation"]}, row
        assert row["source"] in sources, row
        since, until = spell(row)
        assert since <= until, row


def test_at_least_sixty_organisations_and_forty_regional_ones_have_members() -> None:
    having = {row["organisation"] for row in memberships() if row["status"] == "member"}
    regional = {row["id"] for row in rows("organisations") if row["regional"] == "yes"}
    dated = Counter(row["organisation"] for row in memberships() if row["status"] == "member" and row["since"])

    assert len(having) >= 60
    assert len(having & regional) >= 60
    assert len(dated.keys() & regional) >= 40


def test_no_date_is_from_the_factbook_which_has_none() -> None:
    files = ("factbook-io-membership", "internacia-db", "us-ear-country-groups")

    assert [row for row in memberships() if row["since"] and row["source"] in files] == []
