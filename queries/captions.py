"""What records are called in pictures: the property that the model declares as their caption, where it may be seen.

A field has no words of its own: it is called by its State and its obligation or theme.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.store import Store
from queries.text import cypher

_TYPES = (
    "State", "Territory", "Organisation", "Region", "Theme", "Obligation", "Statement", "Source", "Sector", "Request",
    "Need", "Offer", "Mandate", "Precedent", "Programme", "Legislation", "Activity", "ActionPlan", "Benefit", "Field",
)  # fmt: skip


def captions(graph: Store, records: Iterable[tuple[str, str]], seen: list[str]) -> dict[tuple[str, str], str]:
    """The names of these records (type and id) by type and id.

    What is not in the graph, has no name, or is not visible to a caller who may see `seen` is not among them.
    """
    asked: dict[str, set[str]] = {type_: set() for type_ in _TYPES}
    for type_, id_ in records:
        if type_ in asked:
            asked[type_].add(id_)
    if not any(asked.values()):
        return {}
    ids = {type_.lower(): sorted(found) for type_, found in asked.items()}
    rows = graph.ask(cypher("captions"), {**ids, "visible": seen})
    return {(row["type"], row["id"]): row["name"] for row in rows if row["name"]}
