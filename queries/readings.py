"""How items read for many States at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from queries.text import cypher

# What `readings.cypher` tells of each State, and of each statement behind that, in order.
READING = ("iso3", "reading", "conflict", "statements")
STATEMENT = ("id", "text", "kind", "reading")


def readings_of(graph: Store, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row a State and item, in their order: `iso3`, `item`, `name`, and what READING and STATEMENT name.

    `asked` are the parameters of `readings.cypher`.
    """
    rows = []
    for item in graph.ask(cypher("readings"), asked):
        for told in item["readings"]:
            row = {"item": item["item"], "name": item["name"], **dict(zip(READING, told, strict=True))}
            row["statements"] = [dict(zip(STATEMENT, one, strict=True)) for one in row["statements"]]
            rows.append(row)
    return sorted(rows, key=lambda row: (str(row["iso3"]), str(row["item"])))
