"""Whether the graph holds what it should: sources, States, both ends of relationships, memberships, dates."""

from __future__ import annotations

from collections.abc import Iterator

from graph.problems import Problem
from graph.statements import EARLIEST, LATEST, dates_outside
from graph.store import Store
from queries.text import cypher

DATES = f"No date is before {EARLIEST} or after {LATEST}"
CHECKS = (
    "Every record has a source",
    "No State is outside the list of States",
    "No relationship lacks an end",
    "Memberships do not overlap",
    DATES,
)


def problems(graph: Store) -> Iterator[Problem]:
    """What is wrong in the graph, each under the check that found it."""
    for row in graph.ask(cypher("check")):
        yield Problem(row["check"], row["what"])
    for statement in dates_outside():
        for row in graph.ask(statement):
            yield Problem(DATES, f"{row['what']}: {row['name']} {row['day']}")
