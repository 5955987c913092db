"""`network`: levels, edges, dates, visibility, and what is left out by which rule, on a graph worked out by hand."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from footprint.output import draw
from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from queries.answer import Answer
from queries.network import KEPT_FIRST, Node, network
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

ON = date(2020, 6, 1)
SEEN: dict[str, Value] = {"visibility": "public"}


def programme(id_: str, start: date | None, end: date | None, *links: Link, **said: Value) -> Record:
    dates: dict[str, Value] = {
        "start_earliest": start, "start_latest": start, "end_earliest": end, "end_latest": end,
    }  # fmt: skip
    here = (Link("ACTIVE_IN", "State", "AAA"), *links)
    return Record("Programme", id_, {"title": f"Programme {id_}", **SEEN, **dates, **said}, here)


def small() -> list[Record]:
    member: dict[str, Value] = {"status": "member", "since": date(2000, 1, 1)}
    former: dict[str, Value] = {"status": "former", "since": date(2000, 1, 1), "until": date(2010, 1, 1)}
    touches: dict[str, Value] = {"rule": "r", "how": "so", "directness": 2}
    return [
        Record("Theme", "border-control", {"name": "Border control"}),
        Record("Theme", "transport", {"name": "Transport"}),
        Record(
            "Organisation",
            "org",
            {"name": "Union of Examples", "short_name": "UE"},
            (Link("MEMBER_OF", "State", "AAA", member), Link("MEMBER_OF", "State", "BBB", member)),
        ),
        Record("Organisation", "old", {"name": "Old Union"}, (Link("MEMBER_OF", "State", "AAA", former),)),
        Record("State", "AAA", {"iso2": "AA", "name": "Aland Example"}),
        Record("State", "BBB", {"iso2": "BB", "name": "Bland Example"}),
        programme("runs", date(2019, 1, 1), date(2021, 1, 1), Link("TOUCHES", "Theme", "border-control", touches)),
        programme("a-endless", date(2019, 1, 1), None, Link("FUNDED_BY", "State", "BBB")),
        programme("over", date(2010, 1, 1), date(2012, 1, 1)),
        programme("undated", None, None),
        programme("hidden", date(2019, 1, 1), date(2021, 1, 1), visibility="committee"),
        Record(
            "Precedent",
            "PREC/1",
            {"title": "A course", "kind": "help", **SEEN, "date_earliest": date(2015, 1, 1)},
            (
                Link("PROVIDED_BY", "State", "BBB"),
                Link("RECEIVED_BY", "State", "AAA"),
                Link("CONCERNS", "Theme", "transport"),
            ),
        ),
        Record(
            "Precedent",
            "PREC/2",
            {"title": "A later course", "kind": "help", **SEEN, "date_earliest": date(2022, 1, 1)},
            (Link("RECEIVED_BY", "State", "AAA"),),
        ),
    ]


def at(answer: Answer[Node]) -> dict[str, int]:
    return {row.id: row.level for row in answer.rows}


def edges(answer: Answer[Node]) -> set[tuple[str, str, str]]:
    return {(row.id, edge.type, edge.to.id) for row in answer.rows for edge in row.edges}


def test_levels_and_edges_by_hand(scratch: Store) -> None:
    write(scratch, small())

    one = network(scratch, "Aland Example", as_of=ON)
    two = network(scratch, "AAA", depth=2, as_of=ON)

    assert at(one) == {"AAA": 0, "PREC/1": 1, "org": 1, "runs": 1, "a-endless": 1}
    assert [row.id for row in one.rows] == ["AAA", "PREC/1", "org", "runs", "a-endless"], "the order of the rule"
    assert edges(one) == {
        ("AAA", "MEMBER_OF", "org"), ("PREC/1", "RECEIVED_BY", "AAA"), ("runs", "ACTIVE_IN", "AAA"),
        ("a-endless", "ACTIVE_IN", "AAA"),
    }  # fmt: skip
    assert one.rows[0].edges[0].properties == {"since": date(2000, 1, 1), "status": "member"}
    assert at(two) == {**at(one), "border-control": 2, "transport": 2, "BBB": 2}
    assert edges(two) == edges(one) | {
        ("BBB", "MEMBER_OF", "org"), ("PREC/1", "PROVIDED_BY", "BBB"), ("a-endless", "FUNDED_BY", "BBB"),
        ("runs", "TOUCHES", "border-control"), ("PREC/1", "CONCERNS", "transport"),
    }  # fmt: skip
    assert (two.total, two.truncated, "left_out" in two.parameters) == (8, False, False)
    assert all(row.score is None and row.features == () for row in two.rows)
    assert one.rows[0].cells() == {"Node": "Aland Example\nState AAA", "Steps": "0", "Links from it": "member of: 1"}


@ONE_ENGINE
def test_dates_visibility_and_filters(scratch: Store) -> None:
    write(scratch, small())

    assert "hidden" in at(network(scratch, "AAA", as_of=ON, committee=True))
    assert at(network(scratch, "AAA", as_of=date(2011, 1, 1))) == {"AAA": 0, "over": 1, "org": 1}
    assert "old" in at(network(scratch, "AAA", as_of=date(2009, 1, 1)))
    assert "PREC/2" in at(network(scratch, "AAA", as_of=date(2023, 1, 1)))
    only = network(scratch, "AAA", types=("precedent", "State"), depth=2, as_of=ON)
    assert at(only) == {"AAA": 0, "PREC/1": 1, "BBB": 2}
    assert only.parameters["types"] == ["Precedent", "State"]
    funded = network(scratch, "AAA", relationships=("active-in", "FUNDED_BY"), depth=2, as_of=ON)
    assert at(funded) == {"AAA": 0, "runs": 1, "a-endless": 1, "BBB": 2}
    under = network(scratch, "AAA", theme="border-control", depth=2, as_of=ON)
    assert at(under) == {"AAA": 0, "org": 1, "runs": 1, "border-control": 2, "BBB": 2}
    with pytest.raises(ParameterError, match="Nothing in the graph is called 'Programme hidden'"):
        network(scratch, "Programme hidden")


@ONE_ENGINE
def test_what_is_left_out_is_counted_and_the_rule_told(scratch: Store) -> None:
    write(scratch, small())

    few = network(scratch, "AAA", depth=2, limit=4, as_of=ON)

    assert [row.id for row in few.rows] == ["AAA", "PREC/1", "org", "runs"]
    assert few.parameters["left_out"] == {"Programme": 1}, "the one without an end goes first"
    assert (few.total, few.truncated) == (5, True)
    assert few.caveats[0] == "Showing 4 of 5 nodes. Left out for want of room: Programme 1."
    assert few.caveats[1].startswith("Nearer nodes are kept first")
    assert any(caveat.startswith("Looked at 1 step of 2") for caveat in few.caveats)
    # Printed, it is told once: in the note, and not among the parameters as well.
    printed = io.StringIO()
    draw(few, Console(file=printed, width=120))
    assert printed.getvalue().lower().count("left out") == 1
    hidden: Any = network(scratch, "AAA", depth=2, limit=4, as_of=ON, committee=True)
    assert hidden.parameters["left_out"] == {"Programme": 2}


@ONE_ENGINE
def test_one_step_on_from_nodes_that_are_expanded(scratch: Store) -> None:
    write(scratch, small())
    one = network(scratch, "AAA", as_of=ON)

    course = network(scratch, "AAA", expand=("Precedent PREC/1",), as_of=ON)
    endless = network(scratch, "AAA", expand=("a-endless",), as_of=ON)
    chain = network(scratch, "AAA", types=("State", "Programme"), expand=("BBB", "a-endless"), as_of=ON)

    assert at(course) == {**at(one), "BBB": 2, "transport": 2}
    assert ("BBB", "MEMBER_OF", "org") in edges(course), "with all that they have to do with what is shown"
    assert at(endless) == {**at(one), "BBB": 2}
    assert course.parameters["expand"] == ["Precedent PREC/1"]
    assert at(chain) == {"AAA": 0, "runs": 1, "a-endless": 1, "BBB": 2}, (
        "the order in which they are named is no matter"
    )
    nothing = network(scratch, "AAA", expand=("PREC/2",), as_of=ON)
    assert at(nothing) == at(one)
    assert "Not expanded, as it is not among the nodes shown: PREC/2." in nothing.caveats
    full = network(scratch, "AAA", expand=("PREC/1",), limit=5, as_of=ON)
    assert at(full) == at(one)
    assert any(one.startswith("Not expanded, as there was no room: A course.") for one in full.caveats)


@ONE_ENGINE
def test_parameters_that_cannot_be_right(scratch: Store) -> None:
    write(scratch, small())
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"focus": "Alend Example"}, "Did you mean Aland Example"),
        ({"focus": "AAA", "depth": 4}, "depth is 4"),
        ({"focus": "AAA", "limit": 501}, "limit is 501"),
        ({"focus": "AAA", "types": ("Run",)}, "no type 'Run'"),
        ({"focus": "AAA", "relationships": ("REPORTED_BY",)}, "no relationship 'REPORTED_BY'"),
        ({"focus": "AAA", "theme": "nothing like it"}, "Nothing in the graph is called"),
    ]
    for given, message in wrong:
        with pytest.raises(ParameterError, match=message):
            network(scratch, **given)


@ONE_ENGINE
def test_shipped_sierra_leone(shipped: Store) -> None:
    answer = network(shipped, "SLE", depth=2, as_of=date(2009, 10, 1), limit=100)

    assert len(answer.rows) == 100 == len({(row.type, row.id) for row in answer.rows})
    assert answer.total == 100 + sum(answer.parameters["left_out"].values())
    assert set(answer.parameters["left_out"]) <= set(KEPT_FIRST)
    places = {(row.type, row.id): row.level for row in answer.rows}
    assert all((edge.to.type, edge.to.id) in places for row in answer.rows for edge in row.edges)
    joined = {(row.type, row.id) for row in answer.rows if row.edges}
    joined |= {(edge.to.type, edge.to.id) for row in answer.rows for edge in row.edges}
    assert joined == set(places), "every node is linked with another"
    assert answer.sources
    assert network(shipped, "SLE", depth=2, as_of=date(2009, 10, 1), limit=100) == answer
