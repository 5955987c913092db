"""Loading: idempotent, scoped to its data set, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from neo4j import ManagedTransaction
from neo4j.exceptions import ServiceUnavailable

from graph import statements
from graph.batches import BATCH
from graph.errors import DanglingLinkError, OtherLoadError, QueryTooLongError, ReadOnlyError
from graph.records import Link, Record
from graph.schema import ModelError
from graph.store import Store
from graph.writer import Writer
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, runs, snapshot, write

SLE = Record("State", "SLE", {"name": "Sierra Leone"})
GBR = Record("State", "GBR", {"name": "United Kingdom"})


def programme(key: str, title: str, *links: Link) -> Record:
    return Record("Programme", key, {"title": title}, links)


ACTIVE = Link("ACTIVE_IN", "State", "SLE")
FUNDED = Link("FUNDED_BY", "State", "GBR", {"written": ["UK"]})
THREE = (("P1", "a.csv"), ("P2", "a.csv"), ("P3", "b.csv"))


def test_loading_twice_changes_nothing_but_the_run(scratch: Store) -> None:
    records = [SLE, GBR, programme("P1", "Ports", ACTIVE, FUNDED)]
    write(scratch, records)
    before = snapshot(scratch)

    counts = write(scratch, records)

    assert counts.as_dict() == {"read": 3, "new": 0, "changed": 0, "unchanged": 3, "gone": 0, "rejected": 0}
    assert snapshot(scratch) == before
    assert runs(scratch) == 2


def test_what_a_data_set_no_longer_says_is_marked_and_stays_readable(scratch: Store) -> None:
    write(scratch, [SLE, GBR], "states")
    write(scratch, [programme("P1", "Ports", ACTIVE), programme("P2", "Police", ACTIVE)])

    counts = write(scratch, [programme("P1", "Ports", ACTIVE)])

    assert (counts.gone, counts.unchanged) == (1, 1)
    query = (
        "MATCH (p:Programme {id: 'P2'})-[a:ACTIVE_IN]->() "
        "RETURN p.title AS title, p.retired AS since, a.valid_to AS ended"
    )
    (gone,) = scratch.ask(query)
    assert gone["title"] == "Police"
    assert gone["since"] == gone["ended"] is not None


def test_what_comes_back_is_live_again(scratch: Store) -> None:
    write(scratch, [SLE], "states")
    both = [programme("P1", "Ports", ACTIVE), programme("P2", "Police", ACTIVE)]
    write(scratch, both)
    before = snapshot(scratch)
    write(scratch, both[:1])

    write(scratch, both)

    assert snapshot(scratch) == before


def test_a_changed_record_loses_the_links_it_no_longer_has(scratch: Store) -> None:
    write(scratch, [SLE, GBR], "states")
    write(scratch, [programme("P1", "Ports", ACTIVE, FUNDED)])

    counts = write(scratch, [programme("P1", "Ports", ACTIVE)])

    assert counts.changed == 1
    query = (
        "MATCH (:Programme {id: 'P1'})-[r]->(:State) RETURN type(r) AS type, r.valid_to IS NULL AS live ORDER BY type"
    )
    assert [(row["type"], row["live"]) for row in scratch.ask(query)] == [("ACTIVE_IN", True), ("FUNDED_BY", False)]


def test_one_data_set_never_touches_another(scratch: Store) -> None:
    write(scratch, [SLE], "states")
    write(scratch, [programme("P1", "Ports, says A", ACTIVE)], "a", rank=1)
    write(scratch, [programme("P1", "Ports, says B", ACTIVE), programme("P2", "Police", ACTIVE)], "b", rank=2)
    title = "MATCH (p:Programme {id: 'P1'}) RETURN p.title AS title, p.retired AS retired"
    assert scratch.ask(title) == [{"title": "Ports, says A", "retired": None}]

    write(scratch, [], "a")

    assert scratch.ask(title) == [{"title": "Ports, says B", "retired": None}]
    said = (
        "MATCH (:Programme {id: 'P1'})-[r:REPORTED_BY]->(d) "
        "RETURN d.id AS id, r.title AS title, r.valid_to IS NULL AS live ORDER BY id"
    )
    assert scratch.ask(said) == [
        {"id": "a", "title": "Ports, says A", "live": False},
        {"id": "b", "title": "Ports, says B", "live": True},
    ]


@ONE_ENGINE
def test_what_a_data_set_said_before_stays_readable_until_when_it_was_said(scratch: Store) -> None:
    write(scratch, [SLE], "states")
    for title in ("Ports", "Harbours", "Ports"):
        write(scratch, [programme("P1", title, ACTIVE)])

    said = (
        "MATCH (p:Programme {id: 'P1'})-[r:REPORTED_BY]->() "
        "RETURN p.title AS shown, r.title AS title, r.valid_to IS NULL AS live ORDER BY title"
    )
    assert scratch.ask(said) == [
        {"shown": "Ports", "title": "Harbours", "live": False},
        {"shown": "Ports", "title": "Ports", "live": True},
    ]


@ONE_ENGINE
def test_a_preview_counts_by_file_and_writes_nothing(scratch: Store) -> None:
    write(scratch, [SLE], "states")
    first = [replace(programme(key, key, ACTIVE), line=f"{file}:{n}") for n, (key, file) in enumerate(THREE, start=1)]
    write(scratch, first)
    before = snapshot(scratch)
    writer = Writer(scratch, "test", "test")

    counts = writer.preview([first[0], replace(programme("P2", "Other", ACTIVE), line="a.csv:2"), programme("P4", "x")])

    assert counts.as_dict() == {"read": 3, "new": 1, "changed": 1, "unchanged": 1, "gone": 1, "rejected": 0}
    by_file = {file: (one.read, one.new, one.changed, one.unchanged, one.gone) for file, one in writer.files.items()}
    assert by_file == {"a.csv": (2, 0, 1, 1, 0), "b.csv": (0, 0, 0, 0, 1), "": (1, 1, 0, 0, 0)}
    assert snapshot(scratch) == before
    assert runs(scratch) == 2
    real = Writer(scratch, "test", "test")
    real.load([first[0], replace(programme("P2", "Other", ACTIVE), line="a.csv:2"), programme("P4", "x")], "test")
    assert (real.counts, real.files) == (counts, writer.files)


@ONE_ENGINE
def test_a_preview_tells_of_a_link_to_nothing_as_a_load_does(scratch: Store) -> None:
    with pytest.raises(DanglingLinkError, match=r"Programme P1 .*ACTIVE_IN State SLE, which is not in the graph"):
        Writer(scratch, "test", "test").preview([programme("P1", "Ports", ACTIVE)])


def test_the_preferred_data_set_fills_in_from_the_others(scratch: Store) -> None:
    write(scratch, [Record("State", "SLE", {"name": "Sierra Leone", "ports": 2})], "a", rank=2)
    write(scratch, [Record("State", "SLE", {"name": "Republic of Sierra Leone", "reactors": 0})], "b", rank=1)

    (state,) = scratch.ask("MATCH (s:State) RETURN s.name AS name, s.ports AS ports, s.reactors AS reactors")

    assert state == {"name": "Republic of Sierra Leone", "ports": 2, "reactors": 0}


def test_a_link_to_nothing_is_an_error_and_nothing_of_the_batch_is_written(scratch: Store) -> None:
    with pytest.raises(DanglingLinkError, match=r"Programme P1 .*ACTIVE_IN State SLE, which is not in the graph"):
        write(scratch, [programme("P1", "Ports", ACTIVE)])

    assert scratch.ask("MATCH (p:Programme) RETURN count(p) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (Record("State", "", {"name": "x"}), "without iso3"),
        (Record("State", "SLE", {"name": 3}), "is a STRING"),
        (Record("State", "SLE", {"ports": True}), "is a INTEGER"),
        (Record("State", "SLE", {"nonsense": "x"}), "no property"),
        (Record("Nonsense", "x", {}), "no node type"),
        (Record("State", "SLE", {}, (Link("ACTIVE_IN", "Programme", "P1"),)), "does not go between"),
        (Record("Programme", "P", {"title": "x"}, (ACTIVE, ACTIVE)), "twice"),
    ],
)
def test_a_record_that_does_not_fit_the_model_is_refused(record: Record, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        record.check()


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE (n:State {iso3: 'XXX'})",
        "MATCH (n:State) SET n.name = 'x'",
        "MATCH (n:State) SET n:Gap",
        "MATCH (n:State) REMOVE n.name",
        "MATCH (n:State) DETACH DELETE n",
        "MATCH (a:State), (b:State) CREATE (a)-[:BORDERS]->(b)",
        "CREATE CONSTRAINT x IF NOT EXISTS FOR (n:State) REQUIRE n.name IS UNIQUE",
        "MERGE (n:Nothing {id: 'x'})",
    ],
)
def test_a_question_cannot_write(scratch: Store, attempt: str) -> None:
    write(scratch, [SLE])
    before = snapshot(scratch)

    with pytest.raises(ReadOnlyError):
        scratch.ask(attempt)

    assert snapshot(scratch) == before


def test_a_question_cannot_run_away(engine: str, all_engines: Engines) -> None:
    # The embedded engine takes its limit when it starts, so it needs one of its own; Neo4j takes it with each query.
    settings = all_engines.settings(engine, "hasty" if engine == "embedded" else "scratch", query_seconds=1.5)
    endless = "UNWIND range(1, 99999) AS a UNWIND range(1, 99999) AS b WITH a, b WHERE a * b < 0 RETURN count(*) AS n"
    with Store(settings) as store:
        with pytest.raises(QueryTooLongError, match=r"longer than 1\.5 seconds"):
            store.ask(endless)
        # Whoever comes later with another limit is told the one that held.
        if engine == "embedded":
            later = settings.model_copy(update={"query_seconds": 20.0})
            with (
                Store(later) as other,
                pytest.raises(QueryTooLongError, match=r"1\.5 seconds .* `footprint graph stop`"),
            ):
                other.ask(endless)


def test_of_two_loads_of_one_data_set_the_later_one_wins(scratch: Store) -> None:
    write(scratch, [SLE], "states")

    def first() -> Iterator[Record]:
        yield from (programme(f"P{n}", "Ports", ACTIVE) for n in range(BATCH))
        write(scratch, [programme("P1", "Police", ACTIVE)])
        yield programme("Q", "Never written", ACTIVE)

    with pytest.raises(OtherLoadError, match="Another load of the data set test began meanwhile"):
        write(scratch, first())

    live = "MATCH (p:Programme) WHERE p.retired IS NULL RETURN p.id AS id, p.title AS title"
    assert scratch.ask(live) == [{"id": "P1", "title": "Police"}]


def test_a_load_that_fails_leaves_a_run_that_says_why(scratch: Store) -> None:
    with pytest.raises(DanglingLinkError):
        write(scratch, [programme("P1", "Ports", ACTIVE)])

    (run,) = scratch.ask("MATCH (r:Run) RETURN r.error AS error")
    assert "which is not in the graph" in run["error"]


@ONE_ENGINE
@pytest.mark.parametrize("other", [ServiceUnavailable("connection lost"), BufferError("Existing exports of data")])
def test_an_interrupt_within_a_call_of_the_driver_goes_on_as_one(scratch: Store, other: Exception) -> None:
    def work(_: ManagedTransaction) -> None:
        # So it comes out of the driver when Ctrl-C strikes while it waits for an answer, or reads it.
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise other from None

    with pytest.raises(KeyboardInterrupt):
        scratch.write(work)


def test_a_load_that_lost_its_turn_does_not_end_the_one_that_took_it(scratch: Store) -> None:
    def records() -> Iterator[Record]:
        yield SLE
        taken = {"dataset": "test", "title": "test", "rank": 1, "token": "another"}
        scratch.run(statements.TAKE_DATASET, taken)

    with pytest.raises(OtherLoadError):
        write(scratch, records())

    assert scratch.ask("MATCH (d:Dataset {id: 'test'}) RETURN d.loading AS token") == [{"token": "another"}]
