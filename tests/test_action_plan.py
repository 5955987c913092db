"""`action_plan`: a small world worked out by hand, priorities, the past, visibility, and the shipped facts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from graph.evidence import DISCLAIMER, holds
from graph.records import Link, Record
from graph.store import Store
from queries.action_plan import action_plan
from queries.action_plan_parts import PlanTheme
from queries.answer import Answer
from queries.parameters import ParameterError
from queries.support import CAVEAT_UNDATED
from queries.text import cypher
from tests.helpers import ONE_ENGINE, write

TODAY, ON = date(2026, 11, 21), date(2020, 6, 1)
SEEN = date(2019, 1, 1)


def stated(state: str, theme: str, reading: Any, visibility: str = "public") -> list[Record]:
    """A field of a State and what an invented assessor says of it."""
    first, last = holds("assessment", reading, SEEN)
    key = f"{state}/{theme}"
    said: dict[str, Any] = {
        "text": f"Invented rating {theme}: {reading}, 2019-01-01", "kind": "assessment", "reading": reading,
        "observed_at": SEEN, "observed_text": "2019-01-01", "holds_from": first, "holds_until": last,
        "visibility": visibility,
    }  # fmt: skip
    links = (Link("ABOUT", "Field", key), Link("FROM", "Source", "invented"))
    return [
        Record("Field", key, {}, (Link("HAS_FIELD", "State", state), Link("CONCERNS", "Theme", theme))),
        Record("Statement", f"{key}/{visibility}", said, links),
    ]


def world(visibility: str = "public") -> list[Record]:
    """Three invented States of one organisation; AAA has a programme, an offer and a request."""
    member = tuple(Link("MEMBER_OF", "State", one, {"status": "member"}) for one in ("AAA", "BBB", "CCC"))
    offer: dict[str, Any] = {
        "subject": "Invented courses", "basis": "offer", "scope": "theme", "visibility": visibility,
    }  # fmt: skip
    request: dict[str, Any] = {
        "subject": "Invented wish", "date_text": "2018", "date_earliest": date(2018, 1, 1),
        "date_latest": date(2018, 12, 31), "visibility": visibility,
    }  # fmt: skip
    programme: dict[str, Any] = {
        "title": "Invented programme", "start_text": "2019", "start_earliest": date(2019, 1, 1),
        "start_latest": date(2019, 1, 1), "end_text": "2021-12-31", "end_earliest": date(2021, 12, 31),
        "end_latest": date(2021, 12, 31), "visibility": visibility,
    }  # fmt: skip
    touches: dict[str, Any] = {"rule": "r", "how": "Posts could be equipped.", "directness": 2}
    section: dict[str, Any] = {"level": "section", "section": "OP3cd", "row": 6, "name": "Borders"}
    themes = {"border-control": "Border control", "licensing": "Licensing", "transport": "Transport"}
    return [
        Record("Source", "invented", {"title": "Invented source"}),
        *(Record("State", one, {"name": f"State {one}"}) for one in ("AAA", "BBB", "CCC", "DDD")),
        Record("Organisation", "org", {"name": "Invented Organisation", "regional": True}, member),
        Record("Obligation", "section/OP3cd", section),
        *(Record("Theme", id_, {"name": name, "sections": ["OP3cd"]}) for id_, name in themes.items()),
        Record("Offer", "OFFER/1", offer, (Link("MADE_BY", "State", "DDD"), Link("COVERS", "Theme", "border-control"),
                                          Link("FROM", "Source", "invented"))),
        Record("Request", "REQ/1", request, (Link("MADE_BY", "State", "AAA"), Link("CONCERNS", "Theme", "transport"))),
        Record("Programme", "P/1", programme, (
            Link("ACTIVE_IN", "State", "AAA"), Link("FUNDED_BY", "State", "DDD"),
            Link("TOUCHES", "Theme", "border-control", touches),
        )),
        *stated("AAA", "border-control", "incomplete"), *stated("BBB", "border-control", "incomplete"),
        *stated("CCC", "border-control", "incomplete"), *stated("AAA", "licensing", "in place"),
    ]  # fmt: skip


def by_id(answer: Answer[PlanTheme]) -> dict[str, PlanTheme]:
    """The rows by theme."""
    return {row.id: row for row in answer.rows}


def test_by_hand(scratch: Store) -> None:
    write(scratch, world())
    answer = action_plan(scratch, "AAA", as_of=ON)

    assert [row.id for row in answer.rows] == ["border-control", "transport"]
    border, transport = answer.rows
    assert [(one.id, one.reading) for one in border.readings] == [("border-control", "incomplete")]
    assert [one.id for one in border.carriers] == ["P/1"]
    assert [one.id for one in border.offers] == ["OFFER/1"]
    assert [(one.organisation.id, [s.iso3 for s in one.states], one.members) for one in border.together] == [
        ("org", ["BBB", "CCC"], 2)
    ]
    assert [(one.letter, one.kind) for one in border.courses] == [
        ("A", "programme"), ("B", "offer"), ("C", "together"), ("D", "request"),
    ]  # fmt: skip
    first = border.courses[0]
    assert "(State DDD) whether it could take a component on this: Invented programme." in first.what
    assert first.why == "Posts could be equipped."
    assert (
        first.until
        == "It ends 2021-12-31 (the source does not say whether planned or actual), which leaves about 19 months."
    )
    assert border.courses[2].draft == "regional-request org --theme border-control"
    # The offer has no date in its source, so it has no place in the timeline.
    assert [step.when for step in border.timeline] == ["2019 to 2021-12-31"]
    assert border.evaluation[0] == (
        "what a later edition of the same source records (now Invented rating border-control: incomplete, 2019-01-01)."
    )
    assert [(one.kind, one.text, one.date) for one in transport.stated] == [("request", "Invented wish", "2018")]
    assert [one.kind for one in transport.courses] == ["request"]
    assert transport.timeline[0].when == "2018"
    assert all((row.score, row.priority, row.opportunity) == (None, None, False) for row in answer.rows)
    assert [(one.name, [ref.id for ref in one.records]) for one in border.features] == [
        ("recorded", ["AAA/border-control/public"]), ("programmes", ["P/1"]), ("offers", ["OFFER/1"]),
        ("together", ["BBB/border-control/public", "CCC/border-control/public"]),
    ]  # fmt: skip
    assert border.features[0].sentence == (
        "A source asks for more: Invented rating border-control: incomplete, 2019-01-01."
    )
    assert [one.name for one in transport.features] == ["stated"]
    assert [source.id for source in answer.sources] == ["invented"]
    assert answer.caveats[0] == DISCLAIMER
    assert "No priorities of the State were given" in answer.caveats[1]


@ONE_ENGINE
def test_the_states_own_priorities_come_first_in_its_order(scratch: Store) -> None:
    write(scratch, world())
    answer = action_plan(scratch, "State AAA", priorities=("transport", "Licensing", "transport"), as_of=ON)

    assert [(row.id, row.priority) for row in answer.rows] == [
        ("transport", 1), ("licensing", 2), ("border-control", None),
    ]  # fmt: skip
    assert answer.parameters["priorities"] == ["transport", "licensing"]
    assert by_id(answer)["licensing"].readings[0].reading == "in place"
    cut = action_plan(scratch, "AAA", priorities=("licensing",), as_of=ON, limit=1)
    assert (cut.total, cut.truncated, [row.id for row in cut.rows]) == (3, True, ["licensing"])


@ONE_ENGINE
def test_another_day_knows_other_things(scratch: Store) -> None:
    write(scratch, world())
    early = by_id(action_plan(scratch, "AAA", as_of=date(2018, 6, 1)))
    late = by_id(action_plan(scratch, "AAA", as_of=date(2023, 6, 1)))

    assert list(early) == ["transport"]
    assert late["border-control"].carriers == ()
    assert [one.kind for one in late["border-control"].courses] == ["offer", "together", "request"]


@ONE_ENGINE
def test_where_no_source_speaks_what_is_open_is_an_opportunity(scratch: Store) -> None:
    # In 2017 nothing is recorded or asked for; the programme of 2019 does not run, the undated offer is open.
    write(scratch, world())
    early = action_plan(scratch, "AAA", as_of=date(2017, 6, 1))

    assert [(row.id, row.opportunity, row.timeline) for row in early.rows] == [("border-control", True, ())]
    assert [one.name for one in early.rows[0].features] == ["unknown", "offers"]
    assert early.rows[0].cells()["Theme"].endswith("an opportunity")
    assert early.caveats[1].startswith("No source held here speaks of any field for State AAA on that date")
    assert "What is unknown is no gap." in early.caveats[1]
    named = action_plan(scratch, "AAA", priorities=("licensing",), as_of=date(2017, 6, 1)).rows
    assert [(row.id, row.priority, row.opportunity) for row in named] == [
        ("licensing", 1, False), ("border-control", None, True),
    ]  # fmt: skip
    assert not any("no gap. Rows marked" in one for one in action_plan(scratch, "AAA", as_of=ON).caveats)


@ONE_ENGINE
def test_each_theme_has_its_pool_with_or_without_priorities(scratch: Store) -> None:
    told: dict[str, Any] = {
        "title": "Invented help", "kind": "help", "date_text": "2018", "date_earliest": date(2018, 1, 1),
        "date_latest": date(2018, 12, 31), "visibility": "public",
    }  # fmt: skip
    links = [Link("CONCERNS", "Theme", one) for one in ("border-control", "licensing")]
    links += [Link("RECEIVED_BY", "State", "AAA"), Link("PROVIDED_BY", "Organisation", "org")]
    needs = [one for state in ("BBB", "CCC") for one in stated(state, "licensing", "incomplete")]
    write(scratch, [*world(), *needs, Record("Precedent", "PREC/1", told, tuple(links))])
    rows = by_id(action_plan(scratch, "AAA", as_of=ON))

    pool = rows["border-control"].pool
    assert pool is not None
    # AAA itself has the experience, and all three a known need; the organisation gave the help.
    assert (pool.id, pool.experience, [one.iso3 for one in pool.need]) == ("org", (), ["AAA", "BBB", "CCC"])
    assert [one.id for one in pool.conveners] == ["org"]
    assert rows["transport"].pool is None
    for themes in (("licensing",), ("transport", "border-control", "licensing")):
        named = by_id(action_plan(scratch, "AAA", priorities=themes, as_of=ON))
        assert (named["border-control"].pool, named["licensing"].pool is None) == (pool, False)


@ONE_ENGINE
def test_what_is_found_from_the_states_is_what_pools_finds_from_the_theme(shipped: Store) -> None:
    states = [row["iso3"] for row in shipped.ask(cypher("everywhere"), {"as_of": TODAY})]
    dates = {"as_of": TODAY, "recorded": TODAY, "year_before": date(2025, 11, 21), "asked_since": date(2016, 11, 21)}
    for theme in ("biosafety-biosecurity", "border-control"):
        rows = shipped.ask(cypher("pools"), {"themes": [theme], **dates, "visible": ["public"]})
        from_states = shipped.ask(cypher("action_plan_pools"), {"states": states, **dates, "visible": ["public"]})
        assert rows
        assert sorted((row["kind"], row["iso3"], row["id"], row["title"]) for row in rows) == sorted(
            (row["kind"], row["iso3"], row["id"], row["title"]) for row in from_states if row["theme"] == theme
        )


@ONE_ENGINE
def test_what_only_the_committee_may_see_is_not_used_for_others(scratch: Store) -> None:
    write(scratch, [*world("committee"), *stated("AAA", "licensing", "incomplete", "committee")])
    public = action_plan(scratch, "AAA", as_of=ON)
    everything = action_plan(scratch, "AAA", as_of=ON, committee=True)

    assert [row.id for row in public.rows] == ["border-control"]
    assert not re.search("Invented (programme|courses|wish)", public.model_dump_json())
    assert [one.kind for one in public.rows[0].courses] == ["together", "request"]
    assert [row.id for row in everything.rows] == ["border-control", "licensing", "transport"]
    assert [one.kind for one in by_id(everything)["border-control"].courses] == [
        "programme", "offer", "together", "request",
    ]  # fmt: skip


@ONE_ENGINE
def test_names_and_bounds(shipped: Store) -> None:
    with pytest.raises(ParameterError, match="Did you mean"):
        action_plan(shipped, "Siera Leone")
    with pytest.raises(ParameterError, match="No theme or obligation"):
        action_plan(shipped, "SLE", priorities=("nonsense",))
    for limit in (0, 501):
        with pytest.raises(ParameterError):
            action_plan(shipped, "SLE", limit=limit)


@ONE_ENGINE
def test_sierra_leone(shipped: Store) -> None:
    answer = action_plan(shipped, "SLE", priorities=("strategic-minerals",), as_of=date(2009, 10, 1))
    minerals = answer.rows[0]

    assert (minerals.id, minerals.priority) == ("strategic-minerals", 1)
    assert {reading.reading for reading in minerals.readings} == {"unknown"}
    assert minerals.carriers
    assert [one.directness for one in minerals.carriers] == sorted(
        (one.directness for one in minerals.carriers), reverse=True
    )
    assert minerals.courses[0].kind == "programme"
    assert minerals.courses[-1].draft == "assistance-request SLE --theme strategic-minerals"
    assert not re.search(r"non-complian|fail(ed|ure)|violat", answer.model_dump_json(), re.IGNORECASE)


@ONE_ENGINE
def test_unknown_is_told_and_is_no_row(shipped: Store) -> None:
    answer = action_plan(shipped, "SLE", as_of=TODAY)
    rows = by_id(answer)

    assert rows["proliferation-finance"].readings[0].statements[0].text == "FATF R.7: NC, 2025-11"
    assert any(one.kind == "plan" for one in rows["border-control"].stated)
    unknown = next(caveat for caveat in answer.caveats if caveat.startswith("Unknown, as no source"))
    assert "Strategic minerals" in unknown
    assert "strategic-minerals" not in rows
    assert [row.name for row in answer.rows] == sorted(row.name for row in answer.rows)
    assert all(row.courses[-1].kind == "request" for row in answer.rows)


@ONE_ENGINE
def test_a_reply_is_told_from_its_day_on_and_offers_without_a_date_are_said(scratch: Store) -> None:
    asked: dict[str, Any] = {"subject": "Invented", "date_text": "2018", "date_earliest": date(2018, 1, 1),
                             "date_latest": date(2018, 12, 31), "visibility": "public",
                             "answered_by": ["State DDD"]}  # fmt: skip
    replied = date(2019, 5, 1)
    offer: dict[str, Any] = {"subject": "Invented help", "basis": "programme", "scope": "theme", "visibility": "public",
                             "date_text": "2019-05-01", "date_earliest": replied, "date_latest": replied}  # fmt: skip
    theme = Link("CONCERNS", "Theme", "transport")
    answers = [Link("ANSWERS", "Request", id_) for id_ in ("REQ/2", "REQ/3")]
    write(scratch, [
        *world(),
        Record("Request", "REQ/2", asked, (Link("MADE_BY", "State", "AAA"), theme)),
        Record("Request", "REQ/3", asked, (Link("MADE_BY", "Organisation", "org"), theme)),
        Record("Offer", "OFFER/2", offer, (Link("MADE_BY", "State", "DDD"), Link("COVERS", "Theme", "transport"),
                                           *answers, Link("FROM", "Source", "invented"))),
    ])  # fmt: skip

    def who(on: date) -> dict[str, tuple[str, ...]]:
        row = by_id(action_plan(scratch, "AAA", as_of=on))["transport"]
        return {one.records[0].id: one.who for one in row.stated if one.records[0].id != "REQ/1"}

    assert who(date(2019, 4, 30)) == {"REQ/2": (), "REQ/3": ()}
    assert who(replied) == {"REQ/2": ("State DDD",), "REQ/3": ("State DDD",)}
    answer = action_plan(scratch, "AAA", as_of=ON)
    rows = by_id(answer)
    assert "1 offer" in rows["border-control"].cells()["Open to it"].splitlines()
    assert "1 known from a partner's work" in rows["transport"].cells()["Open to it"].splitlines()
    assert CAVEAT_UNDATED in answer.caveats
    only = action_plan(scratch, "AAA", priorities=("transport",), as_of=ON, limit=1)
    assert CAVEAT_UNDATED not in only.caveats
