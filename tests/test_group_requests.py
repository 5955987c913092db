"""A request that three States make together is one request with three askers, in every question that starts from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.records import Link, Record
from graph.store import Store
from queries.action_plan import action_plan
from queries.clearing import clearing
from queries.completeness import completeness
from queries.needs_open import OpenNeeds
from queries.opportunities import opportunities
from queries.overlap import overlap
from queries.partners import partners
from queries.state import state
from tests.helpers import ONE_ENGINE, write
from tests.test_opportunities import concerns, made_up, period

DAY = date(2016, 6, 1)
GROUP = "REQ/AAA-BBB-CCC/2016-02"
NAMES = "State AAA, State BBB and State CCC"
BY_ALL = tuple(Link("MADE_BY", "State", one) for one in ("AAA", "BBB", "CCC"))


def without_plan() -> list[Record]:
    """The made-up world; the lines of its plan serve no capacity, by which a State's page tells them."""
    section = Record("Obligation", "section/OP3cd", {"name": "Borders", "level": "section", "row": 1})
    return [section, *(one for one in made_up() if not one.key.startswith("PLAN/"))]


def world(**need: Any) -> list[Record]:
    """The made-up world in which three of its States, one of them also by its league, ask for licences together."""
    said = {"subject": "Licences of the three together", "visibility": "public", **period("2016-02-01")}
    members = (Link("MEMBER_OF", "State", "AAA", {"status": "member"}),)
    return [
        *without_plan(),
        Record("Organisation", "league", {"name": "League"}, members),
        Record(
            "Offer", "OFFER/SOUTH",
            {"subject": "Licences for the South", "basis": "offer", "scope": "theme", "visibility": "public"},
            (Link("MADE_BY", "Organisation", "other"), Link("COVERS", "Theme", "licensing"),
             Link("LIMITED_TO", "Region", "South")),
        ),
        Record(
            "Offer", "OFFER/OWN",
            {"subject": "What one of them offers itself", "basis": "offer", "scope": "theme", "visibility": "public"},
            (Link("MADE_BY", "State", "BBB"), Link("COVERS", "Theme", "licensing")),
        ),
        Record("Request", GROUP, said, (*BY_ALL, Link("PREFERS", "Organisation", "other"), *concerns("licensing"))),
        Record("Need", f"{GROUP}#1", {"subject": "A common register of licences", "visibility": "public", **need},
               (Link("STATES_NEED", "Request", GROUP), *concerns("licensing"))),
    ]  # fmt: skip


@ONE_ENGINE
def test_a_request_of_three_is_one_and_partners_are_sought_for_all_three(scratch: Store) -> None:
    write(scratch, world())

    answer = partners(scratch, GROUP, as_of=DAY)
    other = next(row for row in answer.rows if row.partner.id == "other")
    region = next(one for one in other.features if one.name == "region")
    # Open to the South, where one of the three lies; and none of the three is a partner of the three.
    assert (region.value, "33% of the States that ask" in region.sentence) == (0.3333, True)
    assert not {row.partner.id for row in answer.rows} & {"AAA", "BBB", "CCC"}
    assert answer.parameters["who"] == GROUP
    (need,) = [one for one in OpenNeeds.read(scratch, DAY, ["public"]).needs if one.stated_in == GROUP]
    assert (need.whose, need.states, need.who.id) == (NAMES, ("AAA", "BBB", "CCC"), GROUP)

    rows = {row.field: row for row in completeness(scratch, GROUP, as_of=DAY).rows}
    assert rows["requester"].held == "State AAA, State BBB, State CCC"
    # Open to the North; to the South; and to all that is made by one of the three.
    assert "3 of 3 offers held here are open to it" in rows["requester"].matters

    held = {one.id: one for row in state(scratch, "AAA", as_of=DAY).rows for one in row.entries}
    assert held[GROUP].line() == (
        "Licences of the three together (2016-02-01; made with State BBB and State CCC)"
    )  # fmt: skip
    plan = action_plan(scratch, "CCC", as_of=DAY)
    (theme,) = [row for row in plan.rows if row.id == "licensing"]
    assert [one.line() for one in theme.stated if one.kind == "request"] == [
        "Licences of the three together (2016-02-01; made with State AAA and State BBB)"
    ]


@ONE_ENGINE
def test_nothing_of_it_is_counted_three_times(scratch: Store) -> None:
    write(scratch, world())

    answer = clearing(scratch, as_of=DAY)
    # That of the three, two of AAA's own request and that of CCC; the request of BBB is the Committee's.
    assert any(one.startswith("Of 4 open needs, ") for one in answer.caveats)
    matched = [row for row in answer.rows if row.need.stated_in == GROUP]
    assert [(row.need.id, row.cells()["Of"], row.partner and row.partner.id) for row in matched] == [
        (f"{GROUP}#1", f"{NAMES}\n2016-02-01", "other")
    ]
    fitting = [row for row in opportunities(scratch, "other", as_of=DAY).rows if row.id == f"{GROUP}#1"]
    assert [(row.whose and row.whose.name, row.cells()["For"]) for row in fitting] == [
        (NAMES, "State AAA, State BBB, State CCC")
    ]
    assert overlap(scratch, GROUP, as_of=DAY).parameters["who"] == GROUP


@ONE_ENGINE
def test_a_state_that_asks_itself_and_by_its_organisation_has_the_request_once(scratch: Store) -> None:
    both = Record(
        "Request", "REQ/BOTH", {"subject": "Both", "visibility": "public", **period("2016-03-01")},
        (Link("MADE_BY", "State", "AAA"), Link("MADE_BY", "Organisation", "league"),
         Link("MADE_BY", "Organisation", "union"), *concerns("licensing")),
    )  # fmt: skip
    union = [Link("MEMBER_OF", "State", one, {"status": "member"}) for one in ("AAA", "BBB")]
    league = [Link("MEMBER_OF", "State", "BBB", {"status": "member"})]
    write(scratch, [
        *without_plan(), Record("Organisation", "union", {"name": "Union"}, tuple(union)),
        Record("Organisation", "league", {"name": "League"}, tuple(league)), both,
    ])  # fmt: skip

    def lines(iso3: str) -> list[str]:
        found = [one for row in state(scratch, iso3, as_of=DAY).rows for one in row.entries]
        return [one.line() for one in found if one.id == "REQ/BOTH"]

    assert lines("AAA") == ["Both (2016-03-01; made with League and Union)"]
    assert lines("BBB") == ["Both (2016-03-01; made by League and Union)"]
    (theme,) = [row for row in action_plan(scratch, "BBB", as_of=DAY).rows if row.id == "licensing"]
    assert [one.line() for one in theme.stated] == ["Both (2016-03-01; made by League and Union)"]
    (need,) = [one for one in OpenNeeds.read(scratch, DAY, ["public"]).needs if one.stated_in == "REQ/BOTH"]
    assert (need.states, need.whose) == (("AAA", "BBB"), "State AAA, League and Union")
    assert {row.partner.id for row in partners(scratch, "REQ/BOTH", as_of=DAY).rows}.isdisjoint({"AAA", "league"})


@ONE_ENGINE
def test_what_the_needs_say_shows_by_field_and_at_the_state(scratch: Store) -> None:
    days = {"time_frame_earliest": date(2017, 1, 1), "time_frame_latest": date(2017, 12, 31)}
    said = {"kinds": ["legal", "training"], "weapons": ["chemical"], "existing": "A paper register"}
    write(scratch, world(**said, time_frame_text="2017", **days))

    rows = {row.field: row for row in completeness(scratch, GROUP, as_of=DAY).rows}
    assert {name: (rows[name].reading, rows[name].held) for name in ("kind_of_help", "weapon_type", "time_frame")} == {
        "kind_of_help": ("stated", "legal, training"), "weapon_type": ("stated", "chemical"),
        "time_frame": ("stated", "2017"),
    }  # fmt: skip
    assert (rows["existing"].reading, rows["existing"].held) == ("stated", "A paper register")
    held = {one.id: one.line() for row in state(scratch, "BBB", as_of=DAY).rows for one in row.entries}
    assert held[f"{GROUP}#1"] == (
        "Need: A common register of licences (2016-02-01): kind of help: legal and training; weapons: chemical; "
        "time-frame: 2017; exists already: A paper register"
    )

    write(scratch, world(kinds=["a study tour"], time_frame_text="soon"))
    rows = {row.field: row for row in completeness(scratch, GROUP, as_of=DAY).rows}
    assert (rows["kind_of_help"].reading, rows["time_frame"].reading) == ("vague", "vague")
    assert rows["time_frame"].rule == (
        "For “A common register of licences” it gives no date, so no programme can be compared by it."
    )
