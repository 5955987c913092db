"""Forgetting a data set: all that it says goes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph import statements
from graph.batches import BATCH
from graph.errors import GraphError, OtherLoadError
from graph.forgetting import forget, said_by
from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from ingest.reconcile import reconcile
from queries.assemble import today, version_of
from tests.helpers import ONE_ENGINE, runs, snapshot, write

WORLD = [
    Record("State", "AAA", {"name": "Arstotzka"}),
    Record("State", "BBB", {"name": "Borginia"}),
    Record("Theme", "made-up", {"name": "Made up"}),
    Record("Source", "s", {"title": "A made-up source"}),
]
FIELD = Record("Field", "AAA/made-up", {}, (Link("HAS_FIELD", "State", "AAA"), Link("CONCERNS", "Theme", "made-up")))
UNKNOWN = Record("Organisation", "?made-up", {"name": "Made-up Office", "unresolved": True})


def programme(key: str, title: str, *links: Link, **said: Value) -> Record:
    return Record("Programme", key, {"title": title, "visibility": "public", **said}, links)


def statement(key: str, reading: str) -> Record:
    said: dict[str, Value] = {
        "text": key, "kind": "assessment", "reading": reading, "observed_at": today(), "holds_from": today(),
        "visibility": "public",
    }  # fmt: skip
    return Record("Statement", key, said, (Link("ABOUT", "Field", "AAA/made-up"), Link("FROM", "Source", "s")))


def active(iso3: str) -> Link:
    return Link("ACTIVE_IN", "State", iso3)


# The two overlap in a shared programme, a name that is not resolved, a field and a State.
A = [
    UNKNOWN, FIELD, Record("Organisation", "a-union", {"name": "A union"}, (Link("MEMBER_OF", "State", "AAA"),)),
    programme("BOTH", "Ports, says A", active("AAA"), Link("FUNDED_BY", "Organisation", "?made-up"), amount=1.5),
    programme("ONLY-A", "Police", active("AAA"), Link("IMPLEMENTED_BY", "Organisation", "a-union")),
    statement("a-says", "in place"),
]  # fmt: skip
B = [
    UNKNOWN, FIELD, Record("Organisation", "b-union", {"name": "B union"}, (Link("MEMBER_OF", "State", "BBB"),)),
    Record("State", "BBB", {"name": "Republia", "ports": 3}),
    programme("BOTH", "Ports, says B", active("BBB"), Link("FUNDED_BY", "Organisation", "?made-up"), currency="EUR"),
    programme("ONLY-B", "Customs", active("AAA"), Link("FUNDED_BY", "Organisation", "b-union")),
    statement("b-says", "incomplete"),
]  # fmt: skip
# A record of B that leads to one that A alone has.
B_TO_A = programme("TO-A", "Borders", active("AAA"), Link("FUNDED_BY", "Organisation", "a-union"))
RANKS = {"world": 1, "a": 2, "b": 3}


def load(store: Store, **datasets: list[Record]) -> None:
    for name, records in datasets.items():
        write(store, records, name, RANKS[name])
    reconcile(store, today())


def without(store: Store, name: str) -> dict[str, Any]:
    """What the graph holds after forgetting."""
    forget(store, name)
    reconcile(store, today())
    return snapshot(store)


def test_what_was_loaded_last_is_forgotten_as_if_it_had_never_been(scratch: Store) -> None:
    load(scratch, world=WORLD, a=A)
    before, version, loads = snapshot(scratch), version_of(scratch), runs(scratch)
    load(scratch, b=[*B, B_TO_A])
    assert scratch.ask("MATCH (f:Gap) RETURN f.id AS id") == [{"id": FIELD.key}]

    assert without(scratch, "b") == before
    assert version_of(scratch) == version
    assert runs(scratch) == loads
    assert scratch.ask("MATCH (r:Run) RETURN count(r) AS n") == [{"n": loads}]


@ONE_ENGINE
def test_what_was_loaded_first_is_forgotten_as_if_it_had_never_been(scratch: Store) -> None:
    load(scratch, world=WORLD, b=B)
    alone = snapshot(scratch)
    scratch.clear()
    load(scratch, world=WORLD, a=A, b=B)

    assert without(scratch, "a") == alone


@ONE_ENGINE
def test_what_was_said_and_is_said_no_longer_goes_too(scratch: Store) -> None:
    load(scratch, world=WORLD, a=A)
    before = snapshot(scratch)
    load(scratch, b=B)
    load(scratch, b=[programme("BOTH", "Ports, B says now", active("AAA")), programme("TO-A", "Seas")])

    assert said_by(scratch, "b") == len(B) + 1
    assert without(scratch, "b") == before


@ONE_ENGINE
def test_what_another_data_set_leads_to_stays_without_being_shown_and_goes_with_that_one(scratch: Store) -> None:
    load(scratch, world=WORLD)
    world = snapshot(scratch)
    load(scratch, a=A, b=[*B, B_TO_A])
    union = (
        "MATCH (o:Organisation {id: 'a-union'}) RETURN o.name AS name, o.retired IS NULL AS live, "
        "COUNT { (o)<-[:FUNDED_BY]-() } AS funded, COUNT { (o)--() } AS touched"
    )

    without(scratch, "a")
    assert scratch.ask(union) == [{"name": "A union", "live": False, "funded": 1, "touched": 1}]

    assert without(scratch, "b") == world


def test_an_organisation_that_others_give_members_goes_by_its_id_once_nobody_names_it(scratch: Store) -> None:
    members = Record("Organisation", "a-union", {}, (Link("MEMBER_OF", "State", "BBB"),))
    load(scratch, world=WORLD, a=A, b=[members])

    without(scratch, "a")

    named = "MATCH (o:Organisation {id: 'a-union'}) RETURN o.name AS name, o.retired IS NULL AS live"
    assert scratch.ask(named) == [{"name": "a-union", "live": True}]


@ONE_ENGINE
def test_what_it_had_written_over_is_to_be_loaded_again(scratch: Store) -> None:
    theirs = [FIELD, statement("x", "in place")]
    load(scratch, world=WORLD, a=theirs)
    before = snapshot(scratch)
    load(scratch, b=[FIELD, statement("x", "incomplete")])

    without(scratch, "b")
    assert version_of(scratch)[1] == ["a"]

    load(scratch, a=theirs)
    assert version_of(scratch)[1] == []
    assert snapshot(scratch) == before


class CutOffError(Exception):
    """Stands for whatever may end a command in the midst of its work."""


@ONE_ENGINE
@pytest.mark.parametrize("batches", [1, 5])
def test_a_forgetting_that_was_cut_off_is_completed_by_the_next(scratch: Store, batches: int) -> None:
    load(scratch, world=WORLD, a=A)
    before = snapshot(scratch)
    load(scratch, b=[*B, B_TO_A])

    cut_off(scratch, "b", batches)
    assert version_of(scratch)[1] == ["b"]

    assert without(scratch, "b") == before


@ONE_ENGINE
def test_a_forgetting_that_was_cut_off_is_undone_by_a_load(scratch: Store) -> None:
    load(scratch, world=WORLD, a=A, b=[*B, B_TO_A])
    before = snapshot(scratch)

    cut_off(scratch, "b", 3)
    load(scratch, b=[*B, B_TO_A])

    assert snapshot(scratch) == before


def cut_off(store: Store, name: str, after: int) -> None:
    """Begin to forget, and stop after so many batches."""
    heard: list[int] = []

    def told(more: int) -> None:
        heard.append(more)
        if len(heard) == after:
            raise CutOffError

    with pytest.raises(CutOffError):
        forget(store, name, told)


@ONE_ENGINE
def test_a_load_that_still_runs_ends(scratch: Store) -> None:
    def records() -> Iterator[Record]:
        yield from (programme(f"P{n}", "Ports") for n in range(BATCH))
        forget(scratch, "test")
        yield programme("Q", "Never written")

    with pytest.raises(OtherLoadError):
        write(scratch, records())

    assert scratch.ask("MATCH (n:Programme|Dataset|Run) RETURN count(n) AS n") == [{"n": 0}]


@ONE_ENGINE
def test_a_load_that_begins_meanwhile_wins(scratch: Store) -> None:
    load(scratch, world=WORLD, a=A)
    before = snapshot(scratch)

    def told(_: int) -> None:
        load(scratch, a=A)

    with pytest.raises(OtherLoadError, match="Another load of the data set a began meanwhile"):
        forget(scratch, "a", told)

    assert snapshot(scratch) == before


@ONE_ENGINE
def test_more_than_one_batch_is_told_batch_by_batch(scratch: Store) -> None:
    load(scratch, world=WORLD)
    before = snapshot(scratch)
    load(scratch, a=[programme(f"P{n}", "Ports", active("AAA")) for n in range(BATCH + 1)])
    told: list[int] = []

    assert forget(scratch, "a", told.append) == BATCH + 1

    assert told == [BATCH, 1]
    reconcile(scratch, today())
    assert snapshot(scratch) == before


@ONE_ENGINE
def test_a_data_set_that_is_not_there_cannot_be_forgotten(scratch: Store) -> None:
    load(scratch, world=WORLD)
    before = snapshot(scratch)

    with pytest.raises(GraphError, match="There is no data set 'b' in the graph"):
        forget(scratch, "b")

    assert snapshot(scratch) == before
    assert scratch.ask(statements.DATASETS_LOADING) == [{"id": "world", "loading": None}]
