"""The benchmarks: what they ask, what they make up, and that they keep out of graphs that are not theirs."""

from __future__ import annotations

import inspect

import pytest

from benchmarks.grow import DATASET, KEEP, PREFIX, grow, made_up, real_programmes
from benchmarks.questions import CALLS, percentile, unasked
from graph.errors import GraphError
from graph.records import Record
from graph.store import Store
from queries import questions
from tests.helpers import ONE_ENGINE, write


def test_every_question_is_measured() -> None:
    known = questions()
    assert unasked(sorted(known)) == []
    for name, calls in CALLS.items():
        for call in calls:
            inspect.signature(known[name]).bind(None, **call)


def test_a_question_without_calls_is_told() -> None:
    assert unasked(["state", "no-such-question"]) == ["no-such-question"]


def test_percentiles_by_hand() -> None:
    values = [float(n) for n in range(20, 0, -1)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([7.0], 0.95)) == (10.0, 19.0, 7.0)


def test_made_up_programmes_are_like_the_real_ones_and_told_apart() -> None:
    real, made = real_programmes(), list(made_up(4000, elsewhere=False))
    assert made[:50] == list(made_up(50, elsewhere=False))
    assert all(one.key.startswith(PREFIX) and str(one.properties["title"]).startswith("Made up: ") for one in made)
    for type_ in ("ACTIVE_IN", "IN_SECTOR", "FUNDED_BY", "IMPLEMENTED_BY", "TOUCHES"):
        share, wanted = (
            sum(link.type == type_ for one in those for link in one.links) / len(those) for those in (made, real)
        )
        if type_ != "ACTIVE_IN":
            assert share == pytest.approx(wanted, rel=0.15), type_
    for name in ("start_earliest", "end_latest", "amount"):
        share, wanted = (
            sum(one.properties.get(name) is not None for one in those) / len(those) for those in (made, real)
        )
        assert share == pytest.approx(wanted, abs=0.05), name


def test_the_states_asked_about_keep_their_own_records() -> None:
    places = {link.key for one in made_up(2000, elsewhere=True) for link in one.links if link.type == "ACTIVE_IN"}
    assert places
    assert not places & KEEP


@ONE_ENGINE
def test_a_graph_that_is_somebody_elses_is_left_alone(scratch: Store) -> None:
    write(scratch, [Record("Region", "World", {"name": "World"})], "mine")
    with pytest.raises(GraphError, match="left alone"):
        grow(scratch, 0, elsewhere=True)
    assert [row["id"] for row in scratch.ask("MATCH (d:Dataset) RETURN d.id AS id")] == ["mine"]
    assert DATASET != "mine"
