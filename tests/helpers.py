"""Short ways to say what a graph holds and to make small ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from graph.model import LOADED, MODEL, REPORTED_BY
from graph.records import Record
from graph.runs import Counts
from graph.store import Store
from graph.writer import Writer

# For what does not depend on the engine, or is asked of both elsewhere: Neo4j takes seconds to plan a new statement.
ONE_ENGINE = pytest.mark.parametrize("engine", ["embedded"])


def write(store: Store, records: Iterable[Record], dataset: str = "test", rank: int = 100) -> Counts:
    """Load records as a data set."""
    return Writer(store, dataset, dataset, rank).load(records, "test")


def snapshot(store: Store) -> dict[str, Any]:
    """All nodes and relationships but runs, as plain sorted values: two graphs are alike if these are equal.

    When a load took place is no part of it.
    """
    keys = {label: node.key for label, node in MODEL.nodes.items() if label != "Run"}
    nodes: dict[str, Any] = {}
    for label, key in keys.items():
        for row in store.ask(f"MATCH (n:{label}) RETURN n.{key} AS key, labels(n) AS labels, properties(n) AS said"):
            row["said"].pop("public_since", None)
            nodes[f"{label} {row['key']}"] = (sorted(row["labels"]), sorted(row["said"].items(), key=str))
    links = []
    for type_ in (*MODEL.relationships, REPORTED_BY):
        query = (
            f"MATCH (a)-[r:{type_}]->(b) RETURN labels(a) AS a_labels, coalesce(a.iso3, a.id) AS a, "
            "labels(b) AS b_labels, coalesce(b.iso3, b.id) AS b, properties(r) AS said"
        )
        for row in store.ask(query):
            said = str(sorted(row["said"].items(), key=str))
            links.append((type_, min(row["a_labels"]), row["a"], min(row["b_labels"]), row["b"], said))
    return {"nodes": nodes, "links": sorted(links)}


def runs(store: Store) -> int:
    """How many runs there are."""
    return int(store.ask(f"MATCH (r:Run)-[:{LOADED}]->(:Dataset) RETURN count(r) AS n")[0]["n"])
