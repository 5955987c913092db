"""Whom to write to: the points of contact of partners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graph.store import Store
from queries.text import cypher


def contacts(graph: Store, partners: Iterable[str], on: date, seen: list[str]) -> dict[str, str]:
    """The points of contact of those partners that have any, in words: institution, person, how to reach them."""
    parameters = {"partners": sorted(partners), "as_of": on, "visible": seen}
    found: dict[str, list[str]] = {}
    for row in graph.ask(cypher("contacts"), parameters):
        parts = (row["institution"], row["person"], row["email"], row["telephone"])
        words = ", ".join(part for part in parts if part)
        found.setdefault(row["partner"], []).append(f"{words} (for {row['subject']})" if row["subject"] else words)
    return {partner: "; ".join(told) for partner, told in found.items()}
