"""`state`: what is held about a few States by hand, what has to be true of all, and what must never be shown."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.evidence import DISCLAIMER
from graph.records import Link, Record
from graph.store import Store
from queries.answer import Answer
from queries.explain import explain
from queries.held import HEADINGS, Entry
from queries.parameters import ParameterError
from queries.state import StateReading, StateSection, state
from tests.helpers import ONE_ENGINE, write

TODAY, AUTUMN_2009, WINTER_2009 = date(2026, 11, 21), date(2009, 10, 1), date(2009, 12, 31)
DATA = Path(__file__).parent.parent / "ingest" / "data"
MATRIX = ("OP1", "OP2", "OP3ab-NW", "OP3ab-CW", "OP3ab-BW", "OP3cd", "OP6-7-8d")
_ANSWERS: dict[tuple[str, str, date], Answer[StateSection]] = {}


def asked(store: Store, who: str, on: date = TODAY) -> Answer[StateSection]:
    """What is held about a State, asked once an engine."""
    key = (store.engine, who, on)
    if key not in _ANSWERS:
        _ANSWERS[key] = state(store, who, as_of=on)
    return _ANSWERS[key]


def under(answer: Answer[StateSection], id_: str) -> tuple[Entry, ...]:
    """The entries under a heading; there is just one of that name."""
    (row,) = [row for row in answer.rows if row.id == id_]
    return row.entries


def ids(answer: Answer[StateSection], id_: str) -> list[str]:
    """The ids of the entries under a heading."""
    return [one.id for one in under(answer, id_)]


def readings(answer: Answer[StateSection]) -> dict[str, StateReading]:
    """All readings by the id of the row of OP 1 or the theme."""
    return {one.id: one for row in answer.rows for one in row.readings}


# By hand --------------------------------------------------------------------------------------------------------


def test_sierra_leone_in_october_2009(shipped: Store) -> None:
    answer = asked(shipped, "SLE", AUTUMN_2009)
    read = readings(answer)

    treaties = {id_ for id_, one in read.items() if one.reading == "in place"}
    assert treaties == {"OP1/1", "OP1/6", "OP1/7", "OP1/8", "OP1/9", "OP1/10", "OP1/11", "OP1/16"}
    assert {one.reading for id_, one in read.items() if id_ not in treaties} == {"unknown"}
    assert [one.text for one in read["OP1/6"].statements] == ["CTBT: ratifying State since 2001-09-17"]
    assert read["OP1/6"].statements[0].sources == ("ctbt-status",)
    assert {"SL/000724", "SL/001090", "SL/001100"} <= set(ids(answer, "programmes"))
    assert not {"SL/000935", "SL/001490"} & set(ids(answer, "programmes"))
    assert ids(answer, "received") == ["PREC/117-first-basic-course-african-national-authorities"]
    for heading in ("requests", "plans", "offers-made", "given", "activities", *(f"section/{one}" for one in MATRIX)):
        assert under(answer, heading) == ()
    assert {"ecowas", "mano-river-union", "african-union"} <= set(ids(answer, "memberships"))
    facts = [one.title for one in under(answer, "reality")]
    assert "1,093 km of land border with 2 neighbours: Guinea 794, Liberia 299" in facts
    assert any("what is known today about 2009-10-01" in caveat for caveat in answer.caveats)


def test_sierra_leone_now(shipped: Store) -> None:
    answer = asked(shipped, "SLE")
    read = readings(answer)

    assert read["OP1/5"].reading == "no entry"
    icsant = read["OP1/3"]
    assert (icsant.reading, icsant.statements) == ("unknown", ())
    assert icsant.last_seen == "ICSANT: not listed as party, 2015-03; held until 2018-03-31"
    assert "unknown (last seen: ICSANT: not listed as party, 2015-03; held until 2018-03-31)" in icsant.line()
    assert ids(answer, "section/OP3ab-NW") == ["LAW/SLE/nuclear-safety-and-radiation-protection-act-2012-no-7-of"]
    assert ids(answer, "section/OP3cd") == []
    plan, *costed = under(answer, "plans")
    assert (plan.kind, plan.id, plan.date) == ("plan", "PLAN/SLE/naphs", "2017-11-10")
    (points,) = [one for one in costed if one.title == "Points of Entry" and one.role == "line"]
    assert points.line() == "Points of Entry, 127 costed lines (42,485,888,000 SLL)"
    assert {"joint external evaluation"} <= {one.status for one in under(answer, "activities")}
    assert "PREC/151-lawmakers-sierra-leone-joining-nuclear-terrorism" in ids(answer, "received")


def test_barbados_shows_the_request_of_its_community_and_the_reply_is_open_to_it(shipped: Store) -> None:
    """offers.csv, line 61: an offer of 2 June 2009 in reply to CARICOM."""
    reply = "OFFER/unodc-terrorism-prevention-branch/2009-2"
    answer = asked(shipped, "Barbados", WINTER_2009)

    (request,) = under(answer, "requests")
    assert (request.kind, request.id, request.role) == ("request", "REQ/CARICOM/2009-06", "Caribbean Community")
    assert request.date == "before 2009-06-02"
    assert {"Canada", "UNODC", "United States"} == set(request.who)
    (before,) = under(asked(shipped, "Barbados", date(2009, 6, 1)), "requests")
    assert (before.id, before.who) == (request.id, ())
    assert reply in ids(answer, "offers-open")
    assert reply not in ids(asked(shipped, "SLE"), "offers-open")
    assert "caricom" in ids(answer, "memberships")


def test_replies_are_open_to_those_who_asked_and_to_nobody_else(shipped: Store) -> None:
    query = (
        "MATCH (o:Offer)-[:ANSWERS]->(:Request)-[:MADE_BY]->(who) "
        "RETURN o.id AS id, collect(DISTINCT coalesce(who.iso3, who.id)) AS askers"
    )
    askers = {row["id"]: set(row["askers"]) for row in shipped.ask(query)}
    assert askers
    for who, memberships in (("SLE", set[str]()), ("BRB", {"caricom"}), ("USA", set[str]())):
        shown = set(ids(asked(shipped, who), "offers-open")) & askers.keys()
        assert all(askers[one] & {who, *memberships} for one in shown)


def test_malaysia_has_its_laws_in_their_sections(shipped: Store) -> None:
    answer = asked(shipped, "MYS")
    with (DATA / "laws.csv").open(encoding="utf-8", newline="") as file:
        laws = [row for row in csv.DictReader(file) if "MYS" in row["states"].split("|")]

    assert len(laws) == 8
    for section in MATRIX:
        expected = {row["id"] for row in laws if section in row["sections"].split("|")}
        assert set(ids(answer, f"section/{section}")) == expected
    assert set(ids(answer, "section/OP3cd")) == {
        "LAW/MYS/strategic-trade-act-2010", "LAW/MYS/strategic-trade-amendment-act-2017",
        "LAW/MYS/strategic-trade-restricted-end-users-and-prohibited-end",
    }  # fmt: skip
    before = state(shipped, "Malaysia", as_of=date(2009, 12, 31))
    assert ids(before, "section/OP3cd") == []


def test_the_united_states_has_offers_made_and_help_given(shipped: Store) -> None:
    answer = asked(shipped, "USA")

    assert set(ids(answer, "offers-made")) == {
        "OFFER/united-states/undated-1", "OFFER/united-states-exbs-program/undated-1",
        "OFFER/united-states-un-trust-fund-for-global-and/2011-1",
    }  # fmt: skip
    assert not set(ids(answer, "offers-made")) & set(ids(answer, "offers-open"))
    assert {
        "PREC/084-radiation-detection-equipment-border-staff-36",
        "PREC/059-drafting-georgias-law-military-dual-use",
    } <= (set(ids(answer, "given")))
    agencies = {name for one in under(answer, "offers-made") for name in one.who}
    assert agencies == {"Export Control and Related Border Security programme"}
    early = asked(shipped, "USA", AUTUMN_2009)
    assert "OFFER/united-states-un-trust-fund-for-global-and/2011-1" not in ids(early, "offers-made")


@pytest.mark.parametrize("who", ["USA", "JPN"])
def test_help_that_two_agencies_of_a_state_gave_is_one_entry(shipped: Store, who: str) -> None:
    """precedents.csv names, say, two agencies of one State as providers: that is one help, not two."""
    given = [one.id for one in under(asked(shipped, who), "given") if one.kind == "precedent"]

    assert {one: number for one, number in Counter(given).items() if number > 1} == {}


def test_a_territory_has_readings_and_no_reality(shipped: Store) -> None:
    """fatf.csv, lines 46 and 47; memberships.csv, lines 208 and 225."""
    answer = asked(shipped, "Bermuda")
    read = readings(answer)

    assert answer.parameters["state"] == "BMU"
    assert [one.text for one in read["proliferation-finance"].statements] == [
        "FATF IO.11: ME, 2020-01",
        "FATF R.7: LC, 2020-01",
    ]
    assert (read["proliferation-finance"].reading, read["proliferation-finance"].conflict) == ("incomplete", True)
    assert {one.reading for id_, one in read.items() if id_ != "proliferation-finance"} == {"unknown"}
    assert under(answer, "reality") == ()
    spells = {one.id: one.status for one in under(answer, "memberships")}
    assert (spells["caricom"], spells["cclec"]) == ("associate", None)


def test_memberships_are_those_of_the_date(shipped: Store) -> None:
    """memberships.csv, lines 90 and 531: Mali left ECOWAS on 29 January 2025; the other treaty is of July 2024."""
    then, now = (ids(asked(shipped, "Mali", on), "memberships") for on in (date(2020, 12, 31), TODAY))

    assert "ecowas" in then
    assert "ecowas" not in now
    assert "alliance-of-sahel-states" in now
    assert "alliance-of-sahel-states" not in then
    assert "ecowas" not in ids(state(shipped, "MLI", as_of=date(2025, 1, 29)), "memberships")
    assert len(set(now)) == len(now)


# What is true of every answer -------------------------------------------------------------------------------------

WHO = ("SLE", "Barbados", "MYS", "USA", "Bermuda")


def test_all_sections_stand_in_their_order_with_every_theme_and_row_once(shipped: Store) -> None:
    themes = {row["id"] for row in shipped.ask("MATCH (t:Theme) RETURN t.id AS id")}
    rows = {f"OP1/{number}" for number in range(1, 23)}
    assert len(themes) > 30
    for who in WHO:
        answer = asked(shipped, "BRB" if who == "Barbados" else who)
        assert [row.id for row in answer.rows] == [*(f"section/{one}" for one in MATRIX), *HEADINGS]
        assert Counter(one.id for row in answer.rows for one in row.readings) == Counter(themes | rows)
        assert [one.id for one in answer.rows[0].readings if one.id in rows] == [f"OP1/{n}" for n in range(1, 23)]
        assert not rows & {one.id for row in answer.rows[1:] for one in row.readings}
        assert not [one for row in answer.rows[len(MATRIX) :] for one in row.readings]
        assert (answer.total, answer.truncated) == (len(MATRIX) + len(HEADINGS), False)


def test_readings_are_those_that_explain_gives(shipped: Store) -> None:
    read = readings(asked(shipped, "SLE"))
    for item in ("section/OP1", "OP3c"):
        for row in explain(shipped, "SLE", item, as_of=TODAY).rows:
            if not row.id.startswith("section/"):
                one = read[row.id]
                assert (one.reading, one.conflict, one.last_seen) == (row.reading, row.conflict, row.last_seen)
                assert [st.id for st in one.statements] == [st.id for st in row.statements if st.counts]


@pytest.mark.parametrize(
    ("who", "on", "seven_before", "seven_after"),
    [
        ("SLE", AUTUMN_2009, date(2002, 10, 1), date(2016, 10, 1)),
        ("SLE", TODAY, date(2019, 11, 21), date(2033, 11, 21)),
        ("KEN", date(2024, 2, 29), date(2017, 2, 28), date(2031, 2, 28)),
    ],
)
def test_programmes_are_those_that_may_run(
    shipped: Store, who: str, on: date, seven_before: date, seven_after: date
) -> None:
    query = (
        "MATCH (p:Programme)-[:ACTIVE_IN]->(:State {iso3: $who}) RETURN DISTINCT p.id AS id, p.start_earliest AS a, "
        "p.start_latest AS b, p.end_earliest AS c, p.end_latest AS d"
    )
    expected = []
    for row in shipped.ask(query, {"who": who}):
        starts, ends = row["a"] is not None, row["d"] is not None
        if starts and ends:
            runs = row["a"] <= on <= row["d"]
        elif starts:
            runs = row["a"] <= on and row["b"] is not None and row["b"] >= seven_before
        else:
            runs = ends and on <= row["d"] and row["c"] is not None and row["c"] <= seven_after
        expected += [row["id"]] if runs else []
    assert expected
    assert sorted(ids(asked(shipped, who, on), "programmes")) == sorted(expected)


def test_words_do_not_judge_and_nothing_is_scored(shipped: Store) -> None:
    for who in WHO:
        answer = asked(shipped, who)
        assert answer.caveats[0] == DISCLAIMER
        assert {(row.score, row.features) for row in answer.rows} == {(None, ())}
        quoted = {one.title for one in answer.sources} | {one.title for row in answer.rows for one in row.entries}
        quoted |= {one.detail or "" for row in answer.rows for one in row.entries}
        own = " ".join(line for row in answer.rows for line in (*row.cells().values(), *row.why()))
        for text in sorted(quoted, key=len, reverse=True):
            own = own.replace(text, "")
        own += " ".join(answer.caveats[1:])
        assert not re.search(
            r"complian|compliant|violat|\bfail|\bscore|\brank|\bweak|\bpoor|\bbreach", own, re.IGNORECASE
        )


def test_every_source_behind_the_statements_is_named(shipped: Store) -> None:
    answer = asked(shipped, "SLE")
    named = {source.id for source in answer.sources}

    assert {one for read in readings(answer).values() for st in read.statements for one in st.sources} <= named


def test_a_name_that_is_not_known_gets_a_suggestion(shipped: Store) -> None:
    with pytest.raises(ParameterError, match=r"Did you mean .*Sierra Leone \(SLE\)"):
        state(shipped, "Siera Leone")
    with pytest.raises(ParameterError, match="kind of evidence"):
        state(shipped, "SLE", evidence=("hearsay",))


def test_evidence_leaves_kinds_out(shipped: Store) -> None:
    read = readings(state(shipped, "BRB", as_of=TODAY, evidence=("assessment",)))

    assert read["proliferation-finance"].reading == "in place"
    assert {one.reading for id_, one in read.items() if id_.startswith("OP1/")} == {"unknown"}


# What only the Committee may see ---------------------------------------------------------------------------------


def request(key: str, maker: Link, visibility: str) -> Record:
    """A request for border control, made on the first day of 2020."""
    said: dict[str, Any] = {
        "subject": f"{key} asks", "visibility": visibility, "date_text": "2020-01-01",
        "date_earliest": date(2020, 1, 1), "date_latest": date(2020, 1, 1),
    }  # fmt: skip
    return Record("Request", key, said, (maker, Link("CONCERNS", "Theme", "border-control")))


def need(key: str, of: str, visibility: str) -> Record:
    """A need that a request states."""
    return Record("Need", key, {"subject": key, "visibility": visibility}, (Link("STATES_NEED", "Request", of),))


BY_STATE, BY_ORGANISATION = Link("MADE_BY", "State", "AAA"), Link("MADE_BY", "Organisation", "org-a")
WORLD: tuple[Record, ...] = (
    Record("State", "AAA", {"name": "Aland"}),
    Record("State", "BBB", {"name": "Beland"}),
    Record(
        "Organisation", "org-a", {"name": "Org A"},
        (Link("MEMBER_OF", "State", "AAA", {"status": "member", "since": date(2000, 1, 1)}),),
    ),
    Record("Theme", "border-control", {"name": "Border control", "sections": ["OP3cd"]}),
    Record("Obligation", "section/OP3cd", {"name": "Borders", "level": "section", "row": 1}),
    request("REQ/open", BY_STATE, "public"),
)  # fmt: skip


@ONE_ENGINE
def test_a_request_for_the_committee_alone_is_neither_shown_nor_counted(scratch: Store) -> None:
    write(scratch, [
        *WORLD,
        request("REQ/hidden", BY_STATE, "committee"),
        request("REQ/hidden-too", BY_ORGANISATION, "committee"),
        need("NEED/open", "REQ/open", "public"),
        need("NEED/hidden", "REQ/hidden", "committee"),
    ])  # fmt: skip
    public = state(scratch, "AAA", as_of=date(2021, 1, 1))
    everything = state(scratch, "AAA", as_of=date(2021, 1, 1), committee=True)

    assert ids(public, "requests") == ["NEED/open", "REQ/open"]
    assert [row.cells()["Held here"] for row in public.rows if row.id == "requests"] == ["1 need, 1 request"]
    assert "hidden" not in public.model_dump_json()
    assert set(ids(everything, "requests")) == {
        "NEED/hidden", "NEED/open", "REQ/hidden", "REQ/hidden-too", "REQ/open",
    }  # fmt: skip
    assert ids(state(scratch, "AAA", as_of=date(2019, 12, 31)), "requests") == []
    assert ids(state(scratch, "BBB", as_of=date(2021, 1, 1)), "requests") == []


@ONE_ENGINE
def test_a_request_of_an_organisation_is_that_of_a_member_whose_joining_is_undated_too(scratch: Store) -> None:
    undated = Record(
        "Organisation", "org-a", {"name": "Org A"}, (Link("MEMBER_OF", "State", "BBB", {"status": "member"}),)
    )
    write(
        scratch, [*(one for one in WORLD if one.key != "org-a"), undated, request("REQ/1", BY_ORGANISATION, "public")]
    )

    assert ids(state(scratch, "BBB", as_of=date(2020, 1, 1)), "requests") == ["REQ/1"]
    assert ids(state(scratch, "BBB", as_of=date(2020, 1, 2)), "requests") == ["REQ/1"]


@ONE_ENGINE
def test_a_need_does_not_betray_the_hidden_request_that_states_it(scratch: Store) -> None:
    write(scratch, [*WORLD, request("REQ/hidden", BY_STATE, "committee"), need("NEED/1", "REQ/hidden", "public")])

    assert "REQ/hidden" not in state(scratch, "AAA", as_of=date(2021, 1, 1)).model_dump_json()


@ONE_ENGINE
def test_an_offer_stands_once_and_not_among_those_open_to_its_own_maker(scratch: Store) -> None:
    makers = (Link("MADE_BY", "State", "AAA"), Link("MADE_BY", "State", "BBB"))
    offer: dict[str, Any] = {"subject": "Help", "scope": "general", "basis": "offer", "visibility": "public"}
    hidden = Record("Offer", "OFFER/hidden", {**offer, "visibility": "committee"}, (makers[1],))
    write(scratch, [*WORLD, Record("Offer", "OFFER/both", offer, makers), hidden])

    answer = state(scratch, "AAA", as_of=date(2021, 1, 1))
    assert ids(answer, "offers-made") == ["OFFER/both"]
    assert ids(answer, "offers-open") == []
