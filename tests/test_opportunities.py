"""`opportunities`: needs, groupings and programmes that fit a provider, on a small made-up world and on the facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.opportunities import opportunities
from queries.opportunities_rows import Opportunity
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

DAY = date(2016, 6, 1)


def period(text: str, name: str = "date") -> dict[str, Any]:
    """A day, written out."""
    day = date.fromisoformat(text)
    return {f"{name}_text": text, f"{name}_earliest": day, f"{name}_latest": day}


def concerns(*themes: str) -> tuple[Link, ...]:
    """Links to themes."""
    return tuple(Link("CONCERNS", "Theme", one) for one in themes)


def line(number: int, cost: float, level: str = "line") -> Record:
    """A line of the plan of AAA, on biosafety."""
    said: dict[str, Any] = {
        "subject": f"Line {number}", "level": level, "cost": cost, "currency": "XYZ", "visibility": "public",
    }  # fmt: skip
    links = (Link("STATES_NEED", "ActionPlan", "PLAN/AAA"), *concerns("biosafety"))
    return Record("Need", f"PLAN/AAA/{number}", said, links)


def programme(key: str, by: str) -> Record:
    """A programme in AAA on borders, 2015 to 2020."""
    how: dict[str, Any] = {"rule": "R", "how": "so", "directness": 3}
    links = (
        Link("ACTIVE_IN", "State", "AAA"), Link("TOUCHES", "Theme", "border-control", how),
        Link("FUNDED_BY", "Organisation", by),
    )  # fmt: skip
    said = {"title": f"Programme {key}", "visibility": "public", **period("2015-01-01", "start")}
    return Record("Programme", key, {**said, **period("2020-01-01", "end")}, links)


def made_up() -> list[Record]:
    """AAA and BBB in the North, CCC in the South; PPP, with an agency, offers help with borders to the North alone."""
    states = {"AAA": "North", "BBB": "North", "CCC": "South", "PPP": "South"}
    public = {"visibility": "public"}
    return [
        *(Record("Region", one, {"name": one, "level": "subregion"}) for one in ("North", "South")),
        *(
            Record("State", one, {"name": f"State {one}", "ports": 3}, (Link("PART_OF", "Region", region),))
            for one, region in states.items()
        ),
        *(
            Record("Theme", one, {"name": one.capitalize(), "sections": ["OP3cd"]})
            for one in ("border-control", "biosafety", "licensing")
        ),
        Record("Organisation", "agency-p", {"name": "Agency P"}, (Link("PART_OF", "State", "PPP"),)),
        Record("Organisation", "other", {"name": "Other"}),
        Record(
            "Offer", "OFFER/1",
            {"subject": "Help with borders and laboratories, on request", "basis": "offer", "scope": "theme",
             "means": ["training"], "contact": "Office 7", **public, **period("2015-01-01")},
            (Link("MADE_BY", "Organisation", "agency-p"), Link("COVERS", "Theme", "border-control"),
             Link("COVERS", "Theme", "biosafety"), Link("LIMITED_TO", "Region", "North")),
        ),
        Record(
            "Offer", "OFFER/2",
            {"subject": "Licences", "basis": "offer", "scope": "theme", "visibility": "committee",
             **period("2015-01-01")},
            (Link("MADE_BY", "State", "PPP"), Link("COVERS", "Theme", "licensing")),
        ),
        Record("Request", "REQ/AAA", {"subject": "Borders", **public, **period("2016-01-01")},
               (Link("MADE_BY", "State", "AAA"), *concerns("border-control", "licensing"))),
        Record("Need", "REQ/AAA/1", {"subject": "Scanners for two crossing points", **public},
               (Link("STATES_NEED", "Request", "REQ/AAA"), *concerns("border-control"))),
        Record("Need", "REQ/AAA/2", {"subject": "Licensing", **public},
               (Link("STATES_NEED", "Request", "REQ/AAA"), *concerns("licensing"))),
        Record("Request", "REQ/BBB", {"subject": "Borders too", "visibility": "committee", **period("2016-01-01")},
               (Link("MADE_BY", "State", "BBB"), *concerns("border-control"))),
        Record("Request", "REQ/CCC", {"subject": "Borders of the South", **public, **period("2006-06-01")},
               (Link("MADE_BY", "State", "CCC"), *concerns("border-control"))),
        Record("ActionPlan", "PLAN/AAA", {"title": "Plan of AAA", **public, **period("2015-01-01", "start"),
               **period("2020-01-01", "end")}, (Link("MADE_BY", "State", "AAA"),)),
        line(1, 10.0), line(2, 20.0), line(3, 100.0, "total"),
        programme("P1", "agency-p"), programme("P2", "other"),
    ]  # fmt: skip


def ids(rows: tuple[Opportunity, ...], kind: str) -> list[str]:
    """The ids of the rows of a kind, in order."""
    return [row.id for row in rows if row.kind == kind]


def test_needs_and_entry_points_by_hand(scratch: Store) -> None:
    write(scratch, made_up())
    answer = opportunities(scratch, "PPP", as_of=DAY)
    rows = {row.id: row for row in answer.rows}

    assert set(ids(answer.rows, "need")) == {"REQ/AAA/1", "PLAN/AAA#biosafety"}
    assert ids(answer.rows, "entry point") == ["P1", "P2"]
    need = {one.name: one for one in rows["REQ/AAA/1"].features}
    assert (need["covers"].value, need["region"].value, need["present"].value) == (1, 1, 1)
    # Stated five months, offered seventeen months before: both in full.
    assert (need["asked_lately"].value, need["offered_lately"].value) == (1, 1)
    assert "less than a year before" in need["asked_lately"].sentence
    # The plan's two lines, not the total that holds them.
    plan = rows["PLAN/AAA#biosafety"]
    assert (plan.amount, plan.currency) == (30.0, "XYZ")
    assert plan.title == "Biosafety, 2 costed lines of the plan of AAA"
    own = {key: next(one for one in rows[key].features if one.name == "own") for key in ("P1", "P2")}
    assert (own["P1"].value, own["P1"].sentence) == (1, "The provider itself funds it (Agency P).")
    assert (own["P2"].value, own["P2"].sentence) == (0, "Others stand behind it: Other.")
    assert all(one.sentence for row in answer.rows for one in row.features)
    assert any("says nothing on which State needs help more" in one for one in answer.caveats)
    scores = [row.score or 0 for row in answer.rows]
    assert scores == sorted(scores, reverse=True)


@ONE_ENGINE
def test_date_theme_region_and_visibility_decide(scratch: Store) -> None:
    write(scratch, made_up())

    def needs(**given: Any) -> set[str]:
        return set(ids(opportunities(scratch, "PPP", **{"as_of": DAY, **given}).rows, "need"))

    assert needs(committee=True) == {"REQ/AAA/1", "REQ/AAA/2", "REQ/BBB", "PLAN/AAA#biosafety", "REQ/CCC"} - {"REQ/CCC"}
    assert needs(theme="biosafety") == {"PLAN/AAA#biosafety"}
    assert needs(region="South") == set()
    assert needs(region="North", committee=True, theme="border-control") == {"REQ/AAA/1", "REQ/BBB"}
    # Before the request and after the plan's end.
    assert needs(as_of=date(2015, 12, 31)) == {"PLAN/AAA#biosafety"}
    assert needs(as_of=date(2021, 1, 1)) == {"REQ/AAA/1"}
    assert needs(as_of=date(2014, 1, 1)) == set()
    # By its agency's name, as by its own.
    assert "REQ/AAA/1" in ids(opportunities(scratch, "agency-p", as_of=DAY).rows, "need")
    # A provider is no opportunity for itself; one of whom nothing is known gets none.
    nothing = opportunities(scratch, "BBB", as_of=DAY)
    assert nothing.rows == ()
    assert any("No offer, precedent, reported help or running programme of State BBB" in one for one in nothing.caveats)


@ONE_ENGINE
def test_wrong_names_and_bounds(scratch: Store) -> None:
    write(scratch, made_up())
    wrongs: tuple[dict[str, Any], ...] = (
        {"limit": 0}, {"limit": 501}, {"theme": "border-kontrol"}, {"region": "Nowhere"}, {"region": "other"},
        {"weights": {"fame": 1.0}},
    )  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(ParameterError):
            opportunities(scratch, "PPP", as_of=DAY, **wrong)
    with pytest.raises(ParameterError):
        opportunities(scratch, "Nobody", as_of=DAY)


@ONE_ENGINE
def test_the_shipped_facts_for_a_provider_of_2009(shipped: Store) -> None:
    """The needs of CARICOM fit UNODC until the day of its reply; from then on they are told apart."""

    def asked(on: date) -> tuple[list[Opportunity], tuple[str, ...]]:
        answer = opportunities(shipped, "unodc", "export-control-law", as_of=on, limit=500)
        assert {source.id for source in answer.sources} or not answer.rows
        return [row for row in answer.rows if row.whose and row.whose.id == "caricom"], answer.caveats

    before, _ = asked(date(2009, 6, 1))
    assert {row.kind for row in before} == {"need"}
    assert all(len(row.states) > 10 for row in before)
    after, caveats = asked(date(2009, 6, 2))
    assert after == []
    (told,) = [one for one in caveats if "a reply is told" in one]
    assert "REQ/CARICOM/2009-06 (Canada, " in told
    assert "United Nations Office on Drugs and Crime" in told
    assert "first dated 2009-06-02" in told


@ONE_ENGINE
def test_programmes_of_two_requests_alike_keep_their_own_records(scratch: Store) -> None:
    """Two requests of one State under the same themes, both asking for the provider: each row names its own."""
    asks = Link("PREFERS", "State", "PPP")
    more = [
        Record("Request", f"REQ/AAA/{key}", {"subject": key, "visibility": "public", **period("2016-01-01")},
               (Link("MADE_BY", "State", "AAA"), asks, *concerns("border-control")))
        for key in ("one", "two")
    ]  # fmt: skip
    write(scratch, [*made_up(), *more])
    rows = {row.id: row for row in opportunities(scratch, "PPP", as_of=DAY).rows}

    for id_ in ("REQ/AAA/one", "REQ/AAA/two"):
        (preferred,) = [one for one in rows[id_].features if one.name == "preferred"]
        assert [ref.id for ref in preferred.records] == [id_]
