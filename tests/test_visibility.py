"""No record that only the Committee may see changes anything public: neither rows nor counts, versions or errors."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from api import create_app
from graph import statements
from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from ingest.reconcile import reconcile
from queries import questions
from queries.assemble import version_of
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write
from tests.small_graphs import DAYS, THEMES, Draw, world
from tests.test_api import served

WORLDS = 2
LISTS = ("states", "organisations", "obligations", "themes", "sources")
Asked = tuple[str, dict[str, Any]]


def asked() -> list[Asked]:
    """What is asked of every world: each question at least once, on the days that its dates lie around."""
    first, last = DAYS
    return [
        ("action_plan", {"state": "AAA", "as_of": first}),
        ("action_plan", {"state": "BBB", "priorities": ("transport",), "as_of": last}),
        ("clashes", {"since": first, "until": last}),
        ("clearing", {"as_of": last}),
        ("cobenefits", {"state": "AAA"}),
        ("common_gaps", {"who": "all", "as_of": last}),
        *(("completeness", {"record": one, "as_of": last}) for one in ("REQ/0", "REQ/1", "OFFER/0", "OFFER/1")),
        ("coverage", {"as_of": first}),
        ("entry_points", {"state": "AAA", "as_of": last, "limit": 1}),
        ("explain", {"state": "AAA", "item": "border-control", "as_of": first}),
        ("groupings", {"min_states": 2, "as_of": last}),
        ("laws", {"state": "BBB"}),
        ("network", {"focus": "AAA", "depth": 3, "as_of": last, "limit": 40}),
        ("network", {"focus": "transport", "depth": 2, "as_of": first, "limit": 9}),
        *(("opportunities", {"partner": one, "as_of": last}) for one in ("AAA", "org-b")),
        *(("overlap", {"who": one, "as_of": last}) for one in ("AAA", "org-a", "agency-alone")),
        *(("partners", {"who": one, "as_of": last}) for one in ("AAA", "org-a", "REQ/0")),
        *(("pools", {"theme": one, "as_of": last}) for one in THEMES[:2]),
        *(("precedents", {"theme": one, "all_kinds": True}) for one in THEMES[:2]),
        *(("search", {"text": one}) for one in ("offer", "REQ/1", "law", "programme 1")),
        *(("state", {"state": one, "as_of": last}) for one in ("AAA", "BBB")),
    ]  # fmt: skip


def sections() -> list[Record]:
    """Two sections of a matrix, in which `state` and `action_plan` read."""
    said: dict[str, Value] = {"level": "section", "row": 1}
    return [Record("Obligation", f"section/{one}", {"name": one, **said}) for one in ("OP1", "OP3")]


def completed(record: Record, seen: Mapping[str, Value]) -> Record:
    """Themes and rows of OP 1 with the section in which they stand, statements with their date as written, offers
    with what they rest on, needs visible to those who see their request or plan (`seen`)."""
    if record.label == "Statement":
        return replace(record, properties={**record.properties, "observed_text": "some day"})
    if record.label == "Need":
        whose = next(link.key for link in record.links if link.type == "STATES_NEED")
        return replace(record, properties={**record.properties, "capacity": "P.1", "visibility": seen[whose]})
    if record.label == "Offer":
        return replace(record, properties={**record.properties, "basis": "offer"})
    if record.label == "Theme":
        return replace(record, properties={**record.properties, "sections": ["OP3"]})
    if record.key.startswith("OP1/"):
        links = (*record.links, Link("PART_OF", "Obligation", "section/OP1"))
        return replace(record, properties={**record.properties, "row": int(record.key[-1])}, links=links)
    return record


def further(d: Draw, states: list[str]) -> Iterator[Record]:
    """Kinds of records that the small worlds lack, each public or not: laws, mandates, benefits."""
    for number in range(3):
        said = {"title": f"Law {number}", "kind": "act", "visibility": d.visibility(), **d.vague("date")}
        links = [Link("ENACTED_BY", "State", d.one(states)), Link("IMPLEMENTS", "Obligation", "OP3")]
        yield Record("Legislation", f"LAW/{number}", said, (*links, Link("FROM", "Source", f"LAW-{number}")))
        yield Record("Source", f"LAW-{number}", {"title": f"Where law {number} stands"})
        theme = Link("COVERS", "Theme", d.one(THEMES), {"scope": "theme"})
        said = {"subject": f"Mandate {number}", "scope": "theme", "visibility": d.visibility(), **d.vague("date")}
        yield Record("Mandate", f"MANDATE/{number}", said, (Link("MADE_BY", "Organisation", "org-a"), theme))
        said = {"kind": "revenue", "sentence": f"Benefit {number}.", "basis": "stated", "visibility": d.visibility()}
        yield Record("Benefit", f"BENEFIT/{number}", said, (Link("CONCERNS", "Theme", d.one(THEMES)),))


def records_of(seed: int) -> list[Record]:
    """All records of the small world of that seed, those that others lead to first."""
    small = world(seed)
    more = [*sections(), *further(Draw(seed), small.keys("State"))]
    first = (
        "Source",
        "Region",
        "Territory",
        "State",
        "Organisation",
        "Theme",
        "Obligation",
        "Sector",
        "Field",
        "Request",
    )
    seen = {one.key: one.properties["visibility"] for one in small.first if one.label in ("Request", "ActionPlan")}
    everything = [*(completed(one, seen) for one in small.first), *more]
    order = {label: place for place, label in enumerate(first)}
    return sorted(everything, key=lambda one: (order.get(one.label, len(order)), not one.key.startswith("section/")))


def hidden(record: Record) -> bool:
    """Whether only the Committee may see it."""
    return record.properties.get("visibility", "public") != "public"


def without_hidden(records: list[Record]) -> list[Record]:
    """The same world as if the hidden records had never come, nor what only they brought along."""
    unseen = {(one.label, one.key) for one in records if hidden(one)}
    brought = {(link.label, link.key) for one in records if hidden(one) for link in one.links}
    brought -= {(link.label, link.key) for one in records if not hidden(one) for link in one.links}
    gone = unseen | {one for one in brought if one[0] in ("Source", "Field") or one[1].startswith("unresolved:")}
    return [
        replace(one, links=tuple(link for link in one.links if (link.label, link.key) not in gone))
        for one in records
        if (one.label, one.key) not in gone
    ]


def fill(store: Store, records: list[Record]) -> None:
    """Nothing but these records in the graph: the laws in a data set of their own.

    With nothing public in it, it must not exist for the public.
    """
    store.clear()
    write(store, [one for one in records if not one.key.startswith("LAW")], "small")
    write(store, [one for one in records if one.key.startswith("LAW")], "laws")
    reconcile(store, datetime.now(UTC).date())


def public_answers(public: httpx.Client) -> dict[str, str]:
    """What the public is told of a graph over HTTP: statuses, entity tags and bodies, of errors too."""
    addresses = [(f"/v1/questions/{name}", given) for name, given in asked()]
    addresses += [(f"/v1/{one}", {}) for one in LISTS]
    addresses += [(f"/v1/{one}", {}) for one in ("states/AAA", "organisations/org-a", "organisations/unresolved:x")]
    addresses += [(f"/v1/sources/{one['id']}", {}) for one in public.get("/v1/sources").json()["rows"]]
    addresses += [("/v1/runs", {}), ("/v1/search", {"q": "a", "limit": 3}), ("/readyz", {})]
    addresses += [("/v1/questions/state", {"state": "AAA", "format": one}) for one in ("csv", "ndjson")]
    told = {}
    for address, values in addresses:
        response = public.get(address, params=values)
        told[f"{address} {values}"] = f"{response.status_code} {response.headers.get('ETag')}\n{response.text}"
        if further := response.links.get("next"):
            told[f"{address} {values} next"] = public.get(further["url"]).text
    several = {"queries": {"one": {"state": "AAA"}, "none": {"state": "ZZZ"}}}
    told["several"] = public.post("/v1/questions/state", json=several).text
    # The two worlds were loaded at different moments; that a load of hidden records alone changes none, the next test
    # shows.
    told["/v1/runs {}"] = re.sub(r'"changed": "[^"]*"', "", told["/v1/runs {}"])
    return told


def test_every_question_is_asked() -> None:
    assert {name for name, _ in asked()} == set(questions())


@ONE_ENGINE
def test_no_public_answer_changes_with_records_for_the_committee_alone(engine: str, all_engines: Engines) -> None:
    store = all_engines.scratch(engine)

    @given(st.integers(0, 2**32))
    @settings(max_examples=WORLDS, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    def check(seed: int) -> None:
        records = records_of(seed)
        assert any(map(hidden, records))
        fill(store, records)
        told = public_answers(public)
        fill(store, without_hidden(records))
        assert told == public_answers(public)

    with served(create_app(store=store)) as address, httpx.Client(base_url=address, timeout=60) as public:
        check()


@ONE_ENGINE
def test_a_load_that_changes_hidden_records_alone_is_not_told(engine: str, scratch: Store) -> None:
    seen = Record("Programme", "P1", {"title": "Ports", "visibility": "public"})
    unseen = Record("Programme", "P2", {"title": "Police", "visibility": "committee"})

    with served(create_app(store=scratch)) as address, httpx.Client(base_url=address, timeout=60) as public:
        write(scratch, [seen], "mine")
        first = public.get("/v1/runs")
        write(scratch, [seen, unseen], "mine")
        second = public.get("/v1/runs")
        time.sleep(1)  # the moment of a load is told to the second
        write(scratch, [replace(seen, properties={**seen.properties, "title": "Harbours"}), unseen], "mine")
        third = public.get("/v1/runs")

    assert (second.text, second.headers["ETag"]) == (first.text, first.headers["ETag"])
    assert third.json()["rows"][0]["changed"] > first.json()["rows"][0]["changed"]
    assert third.headers["ETag"] != first.headers["ETag"]


@ONE_ENGINE
def test_a_first_load_that_was_killed_is_told_once_the_public_sees_of_it(engine: str, scratch: Store) -> None:
    before = version_of(scratch)
    scratch.run(statements.TAKE_DATASET, {"dataset": "secret.xlsx", "title": "", "rank": 100, "token": "killed"})
    scratch.run(
        "MATCH (d:Dataset {id: 'secret.xlsx'}) CREATE (:Request {id: 'R', visibility: 'committee'})-[:REPORTED_BY]->(d)"
    )

    assert version_of(scratch) == before
    assert version_of(scratch, ("public", "committee"))[1] == ["secret.xlsx"]
    scratch.run("MATCH (r:Request {id: 'R'}) SET r.visibility = 'public'")
    assert version_of(scratch)[1] == ["secret.xlsx"]
