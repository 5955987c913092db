"""What holds a grouping together (an organisation, a border, a language), and what is known about its States."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import NEGATIVE
from graph.store import Store
from queries.answer import Named
from queries.parameters import ParameterError
from queries.readings import readings_of
from queries.text import cypher


@dataclass(frozen=True, slots=True)
class Holder:
    """A set of States that may ask together; `order` breaks ties, organisations first."""

    states: tuple[str, ...]
    noun: str
    order: tuple[int, str]
    organisation: Named | None = None
    contiguous: bool = False


def holders_of(graph: Store, organisation: Named | None, on: date) -> list[Holder]:
    """The members of the organisation on that date, or every regional organisation, language and the map.

    Raises `ParameterError` where the organisation has no members in the graph on that date.
    """
    if organisation:
        members = graph.ask(cypher("members"), {"organisation": organisation.id, "as_of": on})
        if not members:
            raise ParameterError(f"The graph knows no member States of {organisation.name} on {on.isoformat()}.")
        states = tuple(row["iso3"] for row in members)
        return [Holder(states, f"members of {organisation.name}", (0, organisation.id), organisation)]
    rows = graph.ask(cypher("everywhere"), {"as_of": on})
    by_organisation: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_language: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for one in row["organisations"]:
            by_organisation[(one["id"], one["name"])].append(row["iso3"])
        for language in row["languages"]:
            by_language[language].append(row["iso3"])
    everybody = tuple(row["iso3"] for row in rows)
    return [
        *(
            Holder(tuple(states), f"members of {name}", (0, id_), Named(id=id_, name=name))
            for (id_, name), states in sorted(by_organisation.items())
        ),
        Holder(everybody, "States", (1, "map"), contiguous=True),
        *(
            Holder(tuple(states), f"States where {language} is an official language", (2, language))
            for language, states in sorted(by_language.items())
        ),
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """Readings of all States concerned by State and item, and where the States stand."""

    rows: dict[tuple[str, str], dict[str, Any]]
    negative: dict[str, frozenset[str]]
    places: dict[str, dict[str, Any]]
    items: dict[str, str]

    @classmethod
    def read(
        cls, graph: Store, holders: Iterable[Holder], on: date, evidence: list[str], seen: list[str],
        items: set[str] | None,
    ) -> Known:  # fmt: skip
        """Two queries, however many States and holders there are; `items` limits what is looked at."""
        states = sorted({iso3 for holder in holders for iso3 in holder.states})
        asked = {"states": states, "as_of": on, "evidence": evidence, "visible": seen}
        rows = {
            (row["iso3"], row["item"]): row
            for row in readings_of(graph, asked)
            if items is None or row["item"] in items
        }
        negative: dict[str, set[str]] = defaultdict(set)
        for (iso3, item), row in rows.items():
            if row["reading"] in NEGATIVE:
                negative[iso3].add(item)
        places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": states, "as_of": on})}
        return cls(
            rows,
            {iso3: frozenset(found) for iso3, found in negative.items()},
            places,
            {item: row["name"] for (_, item), row in rows.items()},
        )

    def name(self, iso3: str) -> str:
        """The State's name."""
        return str(self.places[iso3]["name"])

    def reading(self, iso3: str, item: str) -> str | None:
        """How the item reads for the State; `None` where no source speaks."""
        row = self.rows.get((iso3, item))
        return str(row["reading"]) if row else None

    def statements(self, iso3: str, item: str) -> list[dict[str, Any]]:
        """The statements behind a reading."""
        row = self.rows.get((iso3, item))
        return list(row["statements"]) if row else []

    def undated_members(self, holders: Iterable[Holder]) -> int:
        """How many States of the holders joined on a day that no source gives."""
        return sum(
            1
            for holder in holders
            for iso3 in holder.states
            if holder.organisation and holder.organisation.id in self.places[iso3]["undated"]
        )

    def pieces(self, states: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The States in pieces that hang together by land borders."""
        left, pieces = set(states), []
        for first in states:
            if first not in left:
                continue
            piece, edge = set(), [first]
            while edge:
                iso3 = edge.pop()
                if iso3 in left:
                    left.discard(iso3)
                    piece.add(iso3)
                    edge += self.places[iso3]["neighbours"]
            pieces.append(tuple(sorted(piece)))
        return pieces
