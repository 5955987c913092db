"""Rows a second of the loader beside the bare driver that writes the same, ready-made: `make bench`.

Both write the same nodes and relationships into an empty graph with the same constraints, in batches of the same
size, on the same engine, one after the other, in one run. The bare driver gets its rows as lists made beforehand and
sends plain `UNWIND … MERGE` statements; the loader gets validated records and also hashes them, compares them with
what is there, checks every link and keeps a `Run`. A row is a node or a relationship. Then the facts that ship, from
their files to the graph.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j

from graph import embedded
from graph.batches import BATCH
from graph.model import MODEL
from graph.records import Link, Record
from graph.schema import Value
from graph.settings import Settings
from graph.store import Store
from graph.writer import Writer
from ingest.load import load_shipped
from tests.engines import NoNeo4jError, embedded_engine, neo4j_engine

PROGRAMMES, STATES, SECTORS, FUNDERS = 10_000, 50, 40, 60
ROUNDS = 3


def _frame() -> list[Record]:
    """What the programmes link to."""
    return [
        *(Record("State", f"S{n:02}", {"name": f"State {n}"}) for n in range(STATES)),
        *(Record("Sector", f"DAC/{n}", {"code": str(n), "name": f"Sector {n}"}) for n in range(SECTORS)),
        *(Record("Organisation", f"o{n}", {"name": f"Organisation {n}"}) for n in range(FUNDERS)),
    ]


def _programmes() -> Iterator[Record]:
    """Illustrative programmes with four links each."""
    for n in range(PROGRAMMES):
        properties: dict[str, Value] = {
            "title": f"Programme {n}",
            "amount": float(n),
            "currency": "USD",
            "visibility": "public",
        }
        links = (
            Link("ACTIVE_IN", "State", f"S{n % STATES:02}"),
            Link("IN_SECTOR", "Sector", f"DAC/{n % SECTORS}"),
            Link("FUNDED_BY", "Organisation", f"o{n % FUNDERS}", {"written": [f"Organisation {n % FUNDERS}"]}),
            Link("IMPLEMENTED_BY", "Organisation", f"o{(n + 7) % FUNDERS}", {"written": ["x"]}),
        )
        yield Record("Programme", f"P{n}", properties, links, line=str(n))


ROWS = PROGRAMMES * 6  # a node, its report, four links


Ready = list[tuple[str, list[dict[str, Any]]]]


def ready(records: Iterable[Record]) -> Ready:
    """Records as statements with lists of rows, as somebody would write them by hand for the data set `bench`."""
    nodes: dict[str, list[dict[str, Any]]] = {}
    reports: dict[str, list[dict[str, Any]]] = {}
    links: dict[tuple[str, str, str, bool], list[dict[str, Any]]] = {}
    for record in records:
        key = MODEL.node(record.label).key
        said = {name: value for name, value in record.properties.items() if value is not None}
        nodes.setdefault(record.label, []).append({"key": record.key, "said": {key: record.key, **said}})
        report = {"dataset": "bench", "line": record.line, "hash": "0" * 32, **said}
        reports.setdefault(record.label, []).append({"key": record.key, "said": report})
        for link in record.links:
            told = {name: value for name, value in link.properties.items() if value is not None}
            out = MODEL.relationship(link.type).side_of(record.label) == "start"
            row = {"key": record.key, "other": link.key, "said": {"dataset": "bench", "ordinal": link.ordinal, **told}}
            links.setdefault((record.label, link.type, link.label, out), []).append(row)
    made: Ready = []
    for label, rows in nodes.items():
        key = MODEL.node(label).key
        made.append((f"UNWIND $rows AS row MERGE (n:{label} {{{key}: row.key}}) SET n = row.said", rows))
        made.append(
            (
                f"MATCH (d:Dataset {{id: 'bench'}}) UNWIND $rows AS row MATCH (n:{label} {{{key}: row.key}}) "
                "MERGE (n)-[r:REPORTED_BY {dataset: 'bench'}]->(d) SET r = row.said",
                reports[label],
            )
        )
    for (label, type_, other, out), rows in links.items():
        arrow = f"(n)-[r:{type_} {{dataset: 'bench', ordinal: row.said.ordinal}}]->(m)"
        if not out:
            arrow = f"(m)-[r:{type_} {{dataset: 'bench', ordinal: row.said.ordinal}}]->(n)"
        made.append(
            (
                f"UNWIND $rows AS row MATCH (n:{label} {{{MODEL.node(label).key}: row.key}}) "
                f"MATCH (m:{other} {{{MODEL.node(other).key}: row.other}}) MERGE {arrow} SET r = row.said",
                rows,
            )
        )
    return made


def _prepare(store: Store) -> None:
    store.clear()
    store.make_schema()
    Writer(store, "frame", "frame").load(_frame(), "bench")


def _loader(store: Store) -> float:
    _prepare(store)
    started = time.perf_counter()
    Writer(store, "bench", "bench").load(_programmes(), "bench")
    return time.perf_counter() - started


@contextmanager
def _driver(settings: Settings) -> Iterator[tuple[neo4j.Driver, str]]:
    """A plain driver onto the same engine."""
    if settings.graph_uri:
        uri, auth, database = settings.graph_uri, ("neo4j", ""), settings.graph_database
    else:
        endpoint = embedded.ensure(settings)
        uri, auth, database = endpoint.uri, (embedded.WRITER, endpoint.passwords[embedded.WRITER]), embedded.DATABASE
    with neo4j.GraphDatabase.driver(uri, auth=auth) as driver:
        yield driver, database


def bare(store: Store, settings: Settings, made: Ready) -> float:
    """Seconds that a plain driver takes to write what was made ready."""
    store.run("MERGE (d:Dataset {id: 'bench'})")
    with _driver(settings) as (driver, database):
        started = time.perf_counter()
        for statement, rows in made:
            for first in range(0, len(rows), BATCH):
                driver.execute_query(statement, rows=rows[first : first + BATCH], database_=database)
        return time.perf_counter() - started


def _bare(store: Store, settings: Settings, made: Ready) -> float:
    _prepare(store)
    return bare(store, settings, made)


def _measure(name: str, settings: Settings) -> None:
    made = ready(_programmes())
    with Store(settings) as store:
        _loader(store)  # both engines are faster once warm
        pairs = [(_loader(store), _bare(store, settings, made)) for _ in range(ROUNDS)]
        first, again, rows = _shipped(store)
    loader, bare = (ROWS / statistics.median(times) for times in zip(*pairs, strict=True))
    sys.stdout.write(f"{name:9} loader {loader:8,.0f} rows/s   bare driver {bare:8,.0f} rows/s   {loader / bare:.2f}\n")
    rate = rows / first
    sys.stdout.write(
        f"{name:9} facts that ship: {rows:,} rows in {first:.1f} s, {rate:,.0f} rows/s, {rate / bare:.2f} of the bare "
        f"driver; unchanged: {again:.2f} s\n"
    )


def _shipped(store: Store) -> tuple[float, float, int]:
    """Seconds of loading all facts that ship, read and checked from their files; again unchanged; and the rows."""
    store.clear()
    times = []
    for _ in range(2):
        started = time.perf_counter()
        load_shipped(store)
        times.append(time.perf_counter() - started)
    nodes = store.ask("MATCH (n) RETURN count(n) AS number")[0]["number"]
    links = store.ask("MATCH ()-[r]->() RETURN count(r) AS number")[0]["number"]
    return times[0], times[1], nodes + links


def main() -> None:
    """Measure both engines, the median of three rounds each."""
    sys.stdout.write(f"{PROGRAMMES:,} programmes, {ROWS:,} rows; loader beside bare driver, and the ratio\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, start in (("embedded", embedded_engine), ("neo4j", neo4j_engine)):
            home = Path(folder) / name
            home.mkdir()
            try:
                with start(home) as settings:
                    _measure(name, settings)
            except NoNeo4jError as error:
                sys.stdout.write(f"{name:9} not measured: {error}\n")


if __name__ == "__main__":
    main()
