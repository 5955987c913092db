"""`precedents`: by evidence and not by fame, worked out by hand on a few made-up cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.assemble import today
from queries.parameters import ParameterError
from queries.precedent_story import PrecedentStory
from queries.precedents import precedents
from tests.helpers import ONE_ENGINE, write

ON = date(2021, 6, 1)
STATES = ("AAA", "BBB", "CCC", "DDD")


def dated(year: int | None) -> dict[str, Any]:
    if year is None:
        return {"date_text": None, "date_earliest": None, "date_latest": None}
    return {"date_text": str(year), "date_earliest": date(year, 1, 1), "date_latest": date(year, 12, 31)}


def case(
    key: str, by: str, whom: str = "", year: int | None = 2010, themes: str = "border-control", *, sources: int = 1,
    kind: str = "help", visibility: str = "public", **said: str,
) -> Record:  # fmt: skip
    """A precedent: by and for States (capitals) or organisations, under some themes."""

    def links(type_: str, ids: str) -> list[Link]:
        return [Link(type_, "State" if one.isupper() else "Organisation", one) for one in ids.split()]

    about = {"title": f"Case {key}", "kind": kind, "visibility": visibility, **dated(year), **said}
    return Record("Precedent", key, about, (
        *links("PROVIDED_BY", by), *links("RECEIVED_BY", whom),
        *(Link("CONCERNS", "Theme", one) for one in themes.split()),
        *(Link("FROM", "Source", f"source-{number}") for number in range(sources)),
    ))  # fmt: skip


def world(store: Store, *records: Record) -> None:
    """States AAA and BBB in one region, CCC and DDD in none; Org A with AAA, an agency of DDD, two themes."""
    member = (Link("MEMBER_OF", "State", "AAA", {"status": "member"}),)
    write(store, [
        Record("Region", "Here", {"name": "Here", "level": "subregion"}),
        *(
            Record("State", one, {"name": f"State {one}"}, (Link("PART_OF", "Region", "Here"),) if one < "C" else ())
            for one in STATES
        ),
        Record("Organisation", "org-a", {"name": "Org A", "regional": True}, member),
        Record("Organisation", "famous", {"name": "Famous"}),
        Record("Organisation", "agency", {"name": "Agency of DDD"}, (Link("PART_OF", "State", "DDD"),)),
        *(Record("Source", f"source-{number}", {"title": f"Source {number}"}) for number in range(2)),
        Record("Theme", "border-control", {"name": "Border control"}),
        Record("Theme", "transport", {"name": "Transport"}),
        *records,
    ])  # fmt: skip


def ids(rows: tuple[PrecedentStory, ...]) -> list[str]:
    return [row.precedent.id for row in rows]


def features(row: PrecedentStory) -> dict[str, float]:
    return {one.name: one.value for one in row.features}


def test_evidence_and_not_fame(scratch: Store) -> None:
    world(
        scratch,
        *(case(f"famous-{number}", "famous", "CCC") for number in range(3)),
        case("told", "agency", "BBB", outcome="ten trained", rode_on="customs work", sources=2),
        case("two", "famous", "BBB CCC", themes="border-control transport"),
        case("other", "famous", "BBB", themes="transport"),
    )
    answer = precedents(scratch, theme="Border control", as_of=ON)

    # Of a weight of 10: an outcome 3, rode on 2, the one theme 2, two sources 0.5.
    assert [(row.precedent.id, row.score) for row in answer.rows] == [
        ("told", 0.75), ("famous-0", 0.2), ("famous-1", 0.2), ("famous-2", 0.2), ("two", 0.1),
    ]  # fmt: skip
    first = answer.rows[0]
    assert first.lessons == ("What came of it: ten trained", "What it rode on: customs work")
    # The State above the agency is the provider.
    assert [(one.id, one.name) for one in first.providers] == [("DDD", "State DDD")]
    assert [source.id for source in answer.sources] == ["source-0", "source-1"]
    assert answer.rows[-1].lessons == ()


def test_a_recipient_that_became_a_provider(scratch: Store) -> None:
    offered = {"subject": "Offer of D", "basis": "offer", "visibility": "public", **dated(2016)}
    activity = {"title": "Home work", "kind": "activity", "visibility": "public", **dated(2012)}
    home = (Link("PROVIDED_BY", "State", "CCC"), Link("RECEIVED_BY", "State", "CCC"))
    world(
        scratch,
        case("early", "famous", "AAA BBB CCC DDD", 2010),
        case("undated", "famous", "AAA", None),
        case("a-gives", "AAA", "BBB", 2014),
        case("b-gave-before", "BBB", "AAA", 2009),
        case("b-gives-again", "BBB", "AAA", 2015),
        Record("Activity", "c-at-home", activity, home),
        Record("Offer", "d-offers", offered, (Link("MADE_BY", "Organisation", "agency"),)),
    )
    rows = {row.precedent.id: row for row in precedents(scratch, as_of=today()).rows}

    assert [(one.who.id, one.sentence) for one in rows["early"].later_providers] == [
        ("AAA", "State AAA later gave help itself: Case a-gives (2014)."),
        ("DDD", "State DDD later offered help itself: Offer of D (2016)."),
    ]
    assert [(ref.type, ref.id) for ref in rows["early"].later_providers[1].records] == [("Offer", "d-offers")]
    # BBB had helped before; what CCC did at home is no help to others; of an undated case "later" is not known.
    assert rows["undated"].later_providers == ()
    before = precedents(scratch, as_of=date(2013, 12, 31)).rows
    assert [one.later_providers for one in before if one.precedent.id == "early"] == [()]
    assert "undated" not in ids(before)


@ONE_ENGINE
def test_a_state_and_its_region(scratch: Store) -> None:
    world(
        scratch,
        case("region", "famous", "BBB", outcome="much", rode_on="work"),
        case("member", "famous", "org-a", outcome="much"),
        case("given", "AAA", "CCC"),
        case("received", "famous", "AAA"),
        case("elsewhere", "famous", "CCC", outcome="much"),
    )
    answer = precedents(scratch, state="AAA", as_of=ON)

    assert [(row.precedent.id, row.near) for row in answer.rows] == [
        ("given", "provider"), ("received", "recipient"), ("member", "member"), ("region", "region"),
    ]  # fmt: skip
    assert [features(row)["near"] for row in answer.rows] == [1.0, 1.0, 0.75, 0.5]
    assert answer.rows[3].features[-1].sentence == "It went to States of the same region as State AAA: State BBB."


@ONE_ENGINE
def test_a_partner_by_itself_or_by_its_agency(scratch: Store) -> None:
    world(scratch, case("by-agency", "agency", "BBB"), case("own", "DDD", "BBB"), case("not", "famous", "DDD"))

    assert ids(precedents(scratch, partner="State DDD", as_of=ON).rows) == ["by-agency", "own"]
    assert ids(precedents(scratch, partner="agency", as_of=ON).rows) == ["by-agency"]


@ONE_ENGINE
def test_other_kinds_stand_last_and_only_where_asked_for(scratch: Store) -> None:
    world(
        scratch, case("help", "famous", "BBB"), case("pledge", "famous", "BBB", kind="pledge", outcome="much"),
        case("hidden", "famous", "BBB", visibility="committee"), case("later", "famous", "BBB", 2022),
    )  # fmt: skip

    assert ids(precedents(scratch, as_of=ON).rows) == ["help"]
    assert ids(precedents(scratch, as_of=ON, committee=True).rows) == ["help", "hidden"]
    every = precedents(scratch, as_of=ON, all_kinds=True)
    assert ids(every.rows) == ["help", "pledge"]
    assert every.rows[1].cells()["Precedent"].endswith("pledge: not help that took place")
    assert any("of another kind" in one for one in every.caveats)


@ONE_ENGINE
def test_reported_help_is_counted_and_is_no_precedent(scratch: Store) -> None:
    said = {"title": "Contract", "kind": "contract line", "visibility": "public", **dated(2015)}
    links = (
        Link("PROVIDED_BY", "Organisation", "agency"), Link("RECEIVED_BY", "State", "BBB"),
        Link("CONCERNS", "Theme", "border-control"),
    )  # fmt: skip
    world(scratch, Record("Activity", "contract", said, links))

    def told(**asked: str) -> bool:
        answer = precedents(scratch, as_of=ON, **asked)  # type: ignore[arg-type]
        assert answer.rows == ()
        return any(one.startswith("Besides, 1 activity under these themes is known") for one in answer.caveats)

    assert told()
    assert told(partner="DDD")
    assert told(state="BBB", theme="border-control")
    assert not told(partner="famous")
    assert not told(theme="transport")


@ONE_ENGINE
def test_what_cannot_be_asked(scratch: Store) -> None:
    world(scratch)
    with pytest.raises(ParameterError, match="No theme or obligation is called 'Bordr control'"):
        precedents(scratch, theme="Bordr control")
    with pytest.raises(ParameterError, match="No State is called"):
        precedents(scratch, state="org-a")
    with pytest.raises(ParameterError, match="No organisation or State is called"):
        precedents(scratch, partner="border-control")
    with pytest.raises(ParameterError, match="no feature 'fame'"):
        precedents(scratch, weights={"fame": 1})


@ONE_ENGINE
def test_central_asian_trainers_are_told(shipped: Store) -> None:
    answer = precedents(shipped, theme="biosafety-biosecurity", state="KAZ", as_of=date(2026, 11, 21))
    row = next(one for one in answer.rows if one.precedent.title == "Biosafety trainers for Central Asia")

    assert row.near == "recipient"
    assert row.rode_on == "laboratory training"
    assert row.outcome == "88 trainers; over 70 later workshops reached more than 1,200 specialists"
    assert {"European Union", "International Science and Technology Center"} == {one.name for one in row.providers}
    assert {one.precedent.kind for one in answer.rows} == {"help"}
    assert answer.sources
