"""A larger world to measure in: the facts that ship, and made-up programmes like the real ones, up to a number.

Each made-up programme puts together parts of real ones, drawn with a fixed seed: where it is and who funds and
carries it out from one, sectors and the themes that its title points to from another, dates (as vague as they are)
from a third, money from a fourth. So States, sectors a programme, funders, implementers, dates and amounts are
spread as in the real files. Its id begins with `BENCH/`, its title with `Made up:`, its data set is `benchmark`, and
it is only ever written into a graph that this module itself made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Literal

from graph.errors import GraphError
from graph.records import Link, Record
from graph.settings import Settings
from graph.store import Store
from graph.writer import Writer
from ingest.load import load_shipped
from ingest.reconcile import reconcile
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED
from tests.engines import embedded_engine, neo4j_engine

Engine = Literal["embedded", "neo4j"]
DATASET, PREFIX, SOURCE = "benchmark", "BENCH/", "benchmark/made-up"
SEED = 1540
# Questions are asked about these; they keep their own records while the rest of the world grows.
KEEP = frozenset(
    {"SLE", "KEN", "PHL", "UKR", "ATG", "BHS", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM", "KNA", "LCA", "VCT"}
    | {"SUR", "TTO"}
)
_WHO = ("FUNDED_BY", "IMPLEMENTED_BY")
_WHAT = ("IN_SECTOR", "TOUCHES")
_WHEN = (
    "start_text",
    "start_earliest",
    "start_latest",
    "start_kind",
    "end_text",
    "end_earliest",
    "end_latest",
    "end_kind",
)
_MONEY = ("amount", "currency")


def real_programmes() -> list[Record]:
    """The programmes of the facts that ship, as the loader reads them."""
    return [
        record
        for one in SHIPPED
        if one.id.startswith("programmes-")
        for record in one.records(FACTS, Rejects())
        if record.label == "Programme"
    ]


def made_up(number: int, elsewhere: bool, seed: int = SEED) -> Iterator[Record]:
    """So many made-up programmes; with `elsewhere` none in the States of `KEEP`. More of them begin with the same."""
    real, random = real_programmes(), Random(seed)
    homes = [one for one in real if _places(one, elsewhere)]
    for ordinal in range(number):
        where, what, when, money = (random.choice(of) for of in (homes, real, real, real))
        words, others = what.properties["title"], when.properties["title"]
        assert isinstance(words, str)
        assert isinstance(others, str)
        title = [*words.split()[: (len(words.split()) + 1) // 2], *others.split()[len(others.split()) // 2 :]]
        links = [
            *_places(where, elsewhere),
            *(link for link in where.links if link.type in _WHO),
            *(link for link in what.links if link.type in _WHAT),
            Link("FROM", "Source", SOURCE),
        ]
        properties = {
            "title": f"Made up: {' '.join(title)}",
            "visibility": "public",
            **{name: when.properties.get(name) for name in _WHEN},
            **{name: money.properties.get(name) for name in _MONEY},
        }
        yield Record("Programme", f"{PREFIX}{ordinal:07}", properties, tuple(links), line=str(ordinal))


def _places(programme: Record, elsewhere: bool) -> list[Link]:
    """Where the programme is; with `elsewhere` without the States that are to keep their own records."""
    places = [link for link in programme.links if link.type == "ACTIVE_IN"]
    return [link for link in places if link.key not in KEEP] if elsewhere else places


def grow(store: Store, programmes: int, elsewhere: bool) -> None:
    """Load the facts that ship and made-up programmes until there are so many (0: only the facts that ship).

    Raises `GraphError` where the graph holds anything but what this function wrote before.
    """
    held = {row["id"] for row in store.ask("MATCH (d:Dataset) RETURN d.id AS id")}
    if held and DATASET not in held:
        raise GraphError(f"The graph at {store.address} is not one that was made to measure in; it is left alone.")
    store.make_schema()
    source = Record("Source", SOURCE, {"title": "Made up to measure speed", "publisher": "nobody", "licence": "none"})
    if not held:
        Writer(store, DATASET, DATASET).load([source], "benchmark")
    load_shipped(store)
    shipped = store.ask(
        "MATCH (p:Programme)-[r:REPORTED_BY]->(d:Dataset) WHERE d.id <> $own RETURN count(DISTINCT p.id) AS number",
        {"own": DATASET},
    )[0]["number"]
    if programmes:
        if programmes < shipped:
            raise ValueError(f"{shipped:,} programmes ship; a grown world has at least as many.")
        Writer(store, DATASET, DATASET).load(_with(source, programmes - shipped, elsewhere), "benchmark")
        reconcile(store, datetime.now(UTC).date())


def _with(source: Record, number: int, elsewhere: bool) -> Iterator[Record]:
    yield source
    yield from made_up(number, elsewhere)


@contextmanager
def grown(engine: Engine, folder: Path, programmes: int, elsewhere: bool = True) -> Iterator[Store]:
    """A store with a world of that size in a folder of its own below `folder`; what lies there is used again."""
    home = folder / f"{engine}-{programmes or 'shipped'}{'' if elsewhere else '-normal'}"
    home.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home / "neo4j" / "conf", ignore_errors=True)  # is written anew, with a new port
    start = embedded_engine if engine == "embedded" else neo4j_engine
    with start(home) as settings, Store(_roomy(settings)) as store:
        grow(store, programmes, elsewhere)
        yield store


def _roomy(settings: Settings) -> Settings:
    """The settings with time for the labels of a hundred thousand programmes."""
    return settings.model_copy(update={"query_seconds": 120.0})
