"""The one notion of an open need: by hand, and the same in `clearing`, `opportunities` and `coverage`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.assemble import today
from queries.clearing import clearing
from queries.completeness import completeness
from queries.coverage import coverage
from queries.needs_open import CAVEAT_OPEN, OpenNeeds, Reply
from queries.opportunities import opportunities
from tests.helpers import ONE_ENGINE, write
from tests.test_opportunities import concerns, made_up, period

PUBLIC = {"visibility": "public"}
DAY = date(2016, 6, 1)
# All that provide much: what fits nobody of them is told by `coverage`.
PROVIDERS = ("USA", "unodc", "european-union", "iaea", "oas", "JPN", "GBR")


def member(state: str, **said: Any) -> Link:
    """A State of the made-up world as a member of an organisation."""
    return Link("MEMBER_OF", "State", state, said)


def request(key: str, *links: Link, **said: Any) -> Record:
    """A request on licences and borders."""
    about = {"subject": f"Request {key}", **PUBLIC, **period("2016-01-01"), **said}
    return Record("Request", key, about, (*links, *concerns("border-control", "licensing")))


def reply(key: str, to: str, by: str, day: str | None, visibility: str = "public") -> Record:
    """An offer in reply to a request."""
    about = {"subject": key, "basis": "offer", "scope": "theme", "visibility": visibility}
    links = (Link("MADE_BY", "Organisation", by), Link("ANSWERS", "Request", to), Link("COVERS", "Theme", "licensing"))
    return Record("Offer", key, {**about, **(period(day) if day else {})}, links)


def read(graph: Store, on: date = DAY, *also: str) -> OpenNeeds:
    """What is open, and what is replied, for the public (and others)."""
    return OpenNeeds.read(graph, on, ["public", *also])


def test_makers_members_and_replies_by_hand(scratch: Store) -> None:
    write(scratch, made_up())
    write(scratch, [
        Record("Organisation", "league", {"name": "League"}, (
            member("AAA", status="member", since=date(2010, 1, 1)),
            member("CCC", status="former", since=date(2010, 1, 1), until=date(2016, 6, 1)),
        )),
        request("REQ/JOINT", Link("MADE_BY", "Organisation", "league"), Link("MADE_BY", "State", "BBB")),
        request("REQ/TOLD", Link("MADE_BY", "State", "BBB"), answered_by=["Somebody"]),
        request("REQ/LINK", Link("MADE_BY", "State", "BBB"), Link("ANSWERS", "Organisation", "agency-p"),
                answered_by=["Ag. P"]),
        request("REQ/DATED", Link("MADE_BY", "State", "BBB"), answered_by=["Other"]),
        reply("OFFER/R1", "REQ/DATED", "other", "2016-05-01"),
        reply("OFFER/R2", "REQ/DATED", "agency-p", "2016-06-02"),
        reply("OFFER/R3", "REQ/JOINT", "other", None, "committee"),
        Record("ActionPlan", "PLAN/JOINT", {"title": "Plan of both", **PUBLIC, **period("2015-01-01", "start")},
               (Link("MADE_BY", "Organisation", "league"), Link("MADE_BY", "State", "BBB"))),
        Record("Need", "PLAN/JOINT/1", {"subject": "Line", "level": "line", "cost": 5.0, "currency": "XYZ", **PUBLIC},
               (Link("STATES_NEED", "ActionPlan", "PLAN/JOINT"), *concerns("biosafety"))),
    ], "more")  # fmt: skip
    told = read(scratch)
    needs = {one.id: one for one in told.needs}
    replied = {one.id: one.reply for one in told.replied}

    joint = needs["REQ/JOINT"]
    assert ([one.id for one in joint.of], joint.states, joint.whose) == (
        ["BBB", "league"], ("AAA", "BBB"), "State BBB and League",
    )  # fmt: skip
    assert {one.id: one.states for one in read(scratch, date(2016, 5, 31)).needs}["REQ/JOINT"] == ("AAA", "BBB", "CCC")
    plan = needs["PLAN/JOINT#biosafety"]
    assert ([one.id for one in plan.of], plan.states, plan.lines, plan.costs) == (
        ["BBB", "league"], ("AAA", "BBB"), 1, {"XYZ": 5.0},
    )  # fmt: skip
    # A link names who, the dated replies decide since when, and a name as written counts where nothing else is known.
    assert replied == {
        "REQ/DATED": Reply(by=("Other",), since="2016-05-01"),
        "REQ/LINK": Reply(by=("Agency P",), since=None),
        "REQ/TOLD": Reply(by=("Somebody",), since=None),
    }
    assert "REQ/DATED" in {one.id for one in read(scratch, date(2016, 4, 30)).needs}
    later = {one.id: one.reply for one in read(scratch, date(2016, 6, 2)).replied}
    assert later["REQ/DATED"] == Reply(by=("Agency P", "Other"), since="2016-05-01")
    # What only the Committee may see decides for the Committee alone.
    assert "REQ/JOINT" in {one.id for one in read(scratch, DAY, "committee").replied}

    # In all three questions: one of its makers cannot take it, each of its States counts, and the id is one.
    rows = {row.need.id: row for row in clearing(scratch, as_of=DAY).rows}
    assert rows.keys() == needs.keys()
    fitting = {row.id for row in opportunities(scratch, "PPP", as_of=DAY).rows if row.kind == "need"}
    assert {"REQ/JOINT", "PLAN/JOINT#biosafety"} <= fitting <= needs.keys()
    assert "REQ/JOINT" not in {row.id for row in opportunities(scratch, "BBB", as_of=DAY).rows}
    # The offer on borders is for the North alone: CCC, a member until that day, has none.
    for on, member_ in ((date(2016, 5, 31), True), (DAY, False)):
        assert ("REQ/JOINT" in {row.id for row in coverage(scratch, region="CCC", as_of=on).rows}) == member_
    assert not fitting & replied.keys()


def same(graph: Store, on: date) -> None:
    """The three questions tell of the same needs with the same ids, texts, dates, States and replies."""
    held = read(graph, on)
    needs = {one.id: one for one in held.needs}
    answer = clearing(graph, as_of=on, limit=500)
    assert [row.need for row in answer.rows] == list(held.needs)

    uncovered = coverage(graph, as_of=on, limit=500)
    for row in uncovered.rows:
        if row.kind == "need without an offer":
            need = needs[row.id]
            assert row.name == f"{need.whose}, {need.subject}"
            assert f"Stated {need.date}." in row.detail
            assert {one.id for one in row.themes} <= set(need.themes)
    fitting: set[str] = set()
    told = [answer.caveats, uncovered.caveats]
    for partner in PROVIDERS:
        offered = opportunities(graph, partner, as_of=on, limit=500)
        told.append(offered.caveats)
        for one in (row for row in offered.rows if row.kind == "need"):
            need = needs[one.id]
            assert (one.title, one.when, one.whose and one.whose.name) == (need.subject, need.date, need.whose)
            assert tuple(state.iso3 for state in one.states) == need.states
            assert {theme.id for theme in one.themes} == set(need.themes)
        fitting |= {row.id for row in offered.rows if row.kind == "need"}
    # Each need of which the themes are known fits somebody.
    assert fitting == {id_ for id_, need in needs.items() if need.themes}
    for caveats in told:
        assert [one for one in held.caveats() if one not in caveats] == []
    assert CAVEAT_OPEN in held.caveats()


@ONE_ENGINE
@pytest.mark.parametrize("on", [date(2009, 5, 1), None])
def test_the_three_questions_tell_of_the_same_needs(shipped: Store, on: date | None) -> None:
    same(shipped, on or today())


@ONE_ENGINE
def test_the_requests_with_a_reply_of_2009(shipped: Store) -> None:
    """The day of the first dated reply to CARICOM, from the replies' own dates in the shipped facts."""
    first = date(2009, 6, 2)
    before, after = read(shipped, date(2009, 6, 1)), read(shipped, first)

    assert {one.stated_in for one in before.replied} == {"REQ/ARM/2008-04"}
    assert {one.stated_in for one in after.replied} == {"REQ/ARM/2008-04", "REQ/CARICOM/2009-06"}
    moved = {one.id for one in before.needs} - {one.id for one in after.needs}
    assert moved == {f"REQ/CARICOM/2009-06#{number}" for number in (1, 2, 3)}
    # `completeness` counts the same needs as open.
    row = next(one for one in completeness(shipped, "OFFER/finland/2014-1").rows if one.field == "scope")
    assert " open needs where it is open" in row.matters


def test_an_offer_counts_what_is_open() -> None:
    """Without a need there is nothing to say but what open means."""
    assert OpenNeeds((), ()).caveats() == [CAVEAT_OPEN]
