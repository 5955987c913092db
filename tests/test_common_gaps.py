"""`common_gaps`: counts over an organisation, a region and all States, held to `readings.cypher` counted plainly."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from graph.evidence import DEFAULT_EVIDENCE, DISCLAIMER, holds
from graph.records import Link, Record
from graph.store import Store
from queries.answer import Answer
from queries.common_gaps import CommonGap, common_gaps
from queries.parameters import PUBLIC, ParameterError
from queries.readings import readings_of
from tests.helpers import ONE_ENGINE, write

TODAY = date(2026, 11, 21)
_ANSWERS: dict[tuple[str, str, date], Answer[CommonGap]] = {}
_MEMBERS = (
    "MATCH (s:State)-[m:MEMBER_OF {status: 'member'}]->(:Organisation {id: $id}) WHERE m.valid_to IS NULL "
    "AND m.until IS NULL RETURN DISTINCT s.iso3 AS iso3"
)
_REGION = "MATCH (s:State)-[:PART_OF*1..3]->(r:Region) WHERE r.id IN $ids RETURN DISTINCT s.iso3 AS iso3"
_STATES = "MATCH (s:State) WHERE s.since IS NULL OR s.since <= $on RETURN s.iso3 AS iso3, s.name AS name"


def asked(store: Store, who: str, on: date = TODAY) -> Answer[CommonGap]:
    """All rows of the answer, asked once an engine."""
    key = (store.engine, who, on)
    if key not in _ANSWERS:
        _ANSWERS[key] = common_gaps(store, who, as_of=on, limit=500)
    return _ANSWERS[key]


def counted(store: Store, states: list[str], on: date) -> dict[str, tuple[int, int, int, int, int, dict[str, int]]]:
    """By item: incomplete, no entry, in place, differ, no source, kinds of evidence, counted row by row."""
    parameters = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": list(PUBLIC)}
    reads: dict[str, Counter[str]] = {}
    differ: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for row in readings_of(store, parameters):
        if row["item"].startswith("section/"):
            continue
        reads.setdefault(row["item"], Counter())[row["reading"]] += 1
        differ[row["item"]] += row["conflict"]
        for kind in {one["kind"] for one in row["statements"]}:
            kinds.setdefault(row["item"], Counter())[kind] += 1
    return {
        item: (
            one["incomplete"], one["no entry"], one["in place"], differ[item], len(states) - sum(one.values()),
            dict(kinds[item]),
        )
        for item, one in reads.items()
    }  # fmt: skip


def said(answer: Answer[CommonGap]) -> dict[str, tuple[int, int, int, int, int, dict[str, int]]]:
    """The same of an answer."""
    return {
        row.id: (row.incomplete, row.no_entry, row.in_place, row.differ, row.no_source, dict(row.by_kind.items()))
        for row in answer.rows
    }


def test_caricom_by_hand(shipped: Store) -> None:
    answer = asked(shipped, "CARICOM")
    rows = {row.id: row for row in answer.rows}

    finance, amendment = rows["proliferation-finance"], rows["OP1/5"]
    assert (finance.incomplete, finance.no_entry, finance.in_place, finance.no_source) == (10, 0, 4, 0)
    assert finance.by_kind == {"assessment": 14}
    assert (amendment.incomplete, amendment.no_entry, amendment.in_place, amendment.no_source) == (0, 10, 4, 0)
    assert amendment.by_kind == {"treaty": 14}
    assert amendment.cells()["Incomplete or no entry"] == "0 incomplete\n10 no entry"
    assert amendment.why() == ["Known from lists of parties (14 States)."]
    assert answer.rows[0].id == "OP1/5"
    assert answer.rows[1].id == "proliferation-finance"
    assert answer.caveats[0] == DISCLAIMER
    assert "Counted over 14 States (Caribbean Community)." in answer.caveats[1]
    silent = next(caveat for caveat in answer.caveats if caveat.startswith("Themes on which no source"))
    assert "border-control" in silent
    assert "proliferation-finance" not in silent


@pytest.mark.parametrize(
    ("who", "on", "states"), [("CARICOM", TODAY, 14), ("Caribbean", TODAY, 13), ("Africa", date(2009, 10, 1), 53)]
)
def test_counts_of_some_are_those_of_the_readings(shipped: Store, who: str, on: date, states: int) -> None:
    if who == "CARICOM":
        members = [row["iso3"] for row in shipped.ask(_MEMBERS, {"id": "caricom"})]
    else:
        there = {row["iso3"] for row in shipped.ask(_REGION, {"ids": [who]})}
        members = [row["iso3"] for row in shipped.ask(_STATES, {"on": on}) if row["iso3"] in there]
    answer = asked(shipped, who, on)

    assert len(members) == states
    assert said(answer) == counted(shipped, members, on)
    assert {row.incomplete + row.no_entry + row.in_place + row.no_source for row in answer.rows} == {states}
    assert f"Counted over {states} States" in answer.caveats[1]


@ONE_ENGINE
def test_counts_of_all_are_those_of_the_readings(shipped: Store) -> None:
    """On one engine: some are counted on both above, and all States take Neo4j many seconds."""
    states = [row["iso3"] for row in shipped.ask(_STATES, {"on": TODAY})]
    answer = asked(shipped, "all")

    assert len(states) == 195
    assert said(answer) == counted(shipped, states, TODAY)
    assert {row.incomplete + row.no_entry + row.in_place + row.no_source for row in answer.rows} == {195}
    assert all(row.differ <= row.incomplete + row.no_entry for row in answer.rows)
    assert answer.parameters["who"] == "all"


@ONE_ENGINE
@pytest.mark.parametrize("who", ["CARICOM", "Caribbean", "all"])
def test_no_state_is_named_or_ranked(shipped: Store, who: str) -> None:
    answer = asked(shipped, who)
    states = shipped.ask(_STATES, {"on": TODAY})
    names = "|".join(re.escape(name) for row in states for name in (row["iso3"], row["name"]))

    for row in answer.rows:
        text = " ".join((row.model_dump_json(), *row.cells().values(), *row.why()))
        assert re.findall(rf"\b(?:{names})\b", text) == []
        assert (row.score, row.features) == (None, ())
    caveats = " ".join(answer.caveats)
    assert re.findall(rf"\b(?:{names})\b", caveats) == []
    assert not re.search(r"complian|violat|\bfail|\bscore|\brank|\bweak", " ".join(answer.caveats[1:]), re.IGNORECASE)


@pytest.mark.parametrize("who", ["CARICOM", "Caribbean", "all"])
def test_rows_stand_in_their_order_each_once_and_without_sections(shipped: Store, who: str) -> None:
    rows = asked(shipped, who).rows

    keys = [(-(row.incomplete + row.no_entry), row.no_source, row.id) for row in rows]
    assert keys == sorted(keys)
    assert len({row.id for row in rows}) == len(rows)
    assert not [row.id for row in rows if row.id.startswith("section/")]


def test_a_limit_takes_the_first_rows_and_their_sources_alone(shipped: Store) -> None:
    answer = common_gaps(shipped, "caricom", as_of=TODAY, limit=2)

    assert [row.id for row in answer.rows] == ["OP1/5", "proliferation-finance"]
    assert (answer.truncated, answer.total) == (True, len(asked(shipped, "CARICOM").rows))
    assert {source.id for source in answer.sources} == {"cppnm-amendment-status", "fatf-ratings"}


def test_evidence_leaves_kinds_out(shipped: Store) -> None:
    answer = common_gaps(shipped, "CARICOM", as_of=TODAY, evidence=("assessment",))

    assert {kind for row in answer.rows for kind in row.by_kind} == {"assessment"}
    assert answer.rows[0].id == "proliferation-finance"


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ("Carribean", r"No organisation or region is called 'Carribean'\. Did you mean .*Caribbean"),
        ("Ecowass", r"Did you mean .*Economic Community of West African States \(ecowas\)"),
        ("Sierra Leone", r"No organisation or region is called 'Sierra Leone'"),
    ],
)
def test_a_name_that_is_not_known_gets_a_suggestion(shipped: Store, who: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        common_gaps(shipped, who)


def test_an_organisation_without_members_on_the_date_is_told(shipped: Store) -> None:
    with pytest.raises(ParameterError, match=r"knows no member States of .* on 1960-01-01"):
        common_gaps(shipped, "CARICOM", as_of=date(1960, 1, 1))
    wrongs: tuple[dict[str, Any], ...] = ({"limit": 0}, {"limit": 501}, {"evidence": ("hearsay",)})
    for wrong in wrongs:
        with pytest.raises(ParameterError):
            common_gaps(shipped, "CARICOM", **wrong)


# What is written by hand -----------------------------------------------------------------------------------------

DAY = date(2020, 1, 1)


def told(state: str, number: int, reading: Any, visibility: str = "public") -> list[Record]:
    """A field of a State on border control and what a list of its own says of it."""
    first, last = holds("treaty", reading, DAY)
    source, key = f"list-{state}-{number}", f"{state}/border-control"
    about: dict[str, Any] = {
        "text": f"{source}: {reading}", "kind": "treaty", "reading": reading, "observed_at": DAY, "holds_from": first,
        "holds_until": last, "visibility": visibility,
    }  # fmt: skip
    return [
        Record("Source", source, {"title": source}),
        Record("Field", key, {}, (Link("HAS_FIELD", "State", state), Link("CONCERNS", "Theme", "border-control"))),
        Record("Statement", source, about, (Link("ABOUT", "Field", key), Link("FROM", "Source", source))),
    ]


@ONE_ENGINE
def test_what_only_the_committee_may_see_is_not_counted_for_others(scratch: Store) -> None:
    states = ("AAA", "BBB", "CCC", "DDD")
    member = tuple(Link("MEMBER_OF", "State", one, {"status": "member"}) for one in states[:3])
    write(scratch, [
        *(Record("State", one, {"name": f"State {one}"}) for one in states),
        Record("Organisation", "org-a", {"name": "Org A"}, member),
        Record("Theme", "border-control", {"name": "Border control", "sections": ["OP3cd"]}),
        Record("Theme", "licensing", {"name": "Licensing", "sections": ["OP3cd"]}),
        *told("AAA", 1, "in place"),
        *told("AAA", 2, "no entry", "committee")[::2],
        *told("BBB", 1, "incomplete", "committee"),
        *told("DDD", 1, "no entry"),
    ])  # fmt: skip
    on = date(2020, 6, 1)
    public = common_gaps(scratch, "Org A", as_of=on)
    everything = common_gaps(scratch, "org-a", as_of=on, committee=True)

    assert said(public) == {"border-control": (0, 0, 1, 0, 2, {"treaty": 1})}
    assert said(everything) == {"border-control": (1, 1, 0, 1, 1, {"treaty": 2})}
    # A source that speaks of fewer than three States is not listed: its title might name one.
    assert public.sources == everything.sources == ()
    assert any(caveat.endswith("speaks of any of these States: licensing.") for caveat in public.caveats)
    assert said(common_gaps(scratch, "all", as_of=on)) == {"border-control": (0, 1, 1, 0, 2, {"treaty": 2})}
