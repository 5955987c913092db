"""What is loaded, from where, how old, and which names are not resolved."""

from __future__ import annotations

from graph.store import Store
from queries.answer import Shape
from queries.assemble import data_version
from queries.text import cypher


class DatasetStatus(Shape):
    """A data set: how many records it says, when last loaded (ISO 8601, UTC), rows rejected then, and from whom."""

    id: str
    title: str
    records: int
    loaded: str | None
    rejected: int | None
    error: str | None
    publishers: tuple[str, ...]


class UnresolvedName(Shape):
    """A name that the table of partners' names does not know, and how often it is named."""

    id: str
    name: str
    named: int


class Status(Shape):
    """The state of the graph."""

    engine: str
    address: str
    data_version: str
    datasets: tuple[DatasetStatus, ...]
    unresolved: tuple[UnresolvedName, ...]


def loaded(graph: Store) -> Status:
    """Read the state of the graph."""
    return Status(
        engine=graph.engine,
        address=graph.address,
        data_version=data_version(graph),
        datasets=tuple(DatasetStatus(**row) for row in graph.ask(cypher("status"))),
        unresolved=tuple(UnresolvedName(**row) for row in graph.ask(cypher("unresolved"))),
    )
