"""Whoever asks for help: a State, the members of an organisation, or those who made a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.store import Store
from queries.answer import joined
from queries.names import Meant
from queries.parameters import ParameterError
from queries.text import cypher
from queries.themes import all_themes, themes_of


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, where their States stand, and under which themes.

    `id` is that of the State or organisation; of several that made a request together, that of the request, and
    `makers` are theirs.
    """

    id: str
    name: str
    places: dict[str, dict[str, Any]]
    themes: frozenset[str]
    all_themes: bool
    preferred: frozenset[str]
    requests: tuple[str, ...]
    makers: frozenset[str] = frozenset()
    _own: frozenset[str] = field(init=False, repr=False, default=frozenset())
    _around: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        """Keep who is near: it is asked of each piece of help that is known."""
        around = (one for place in self.places.values() for one in (*place["organisations"], *place["peers"]))
        object.__setattr__(self, "_own", frozenset({self.id, *self.makers, *self.places}))
        object.__setattr__(self, "_around", frozenset(around))

    @classmethod
    def of(cls, graph: Store, meant: Meant, item: Meant | None, on: date, hidden: list[str], seen: list[str]) -> Asker:
        """Read all that is to be known of who asks; `ParameterError` where there are no States to help."""
        request = meant.id if meant.type == "Request" else ""
        parameters = {"request": request, "asker": meant.id, "as_of": on, "visible": seen}
        made = graph.ask(cypher("asker"), parameters)
        if request and not made:
            raise ParameterError(f"The request {meant.id} was not made by {on.isoformat()}; ask about a later day.")
        # What a hidden request states is not used; if it is the very question, it still says who asks and what for.
        made = [row for row in made if row["id"] == request or row["id"] not in hidden]
        makers = made[0]["makers"] if request else [_maker(meant)]
        who, name = makers[0]["id"] if len(makers) == 1 else request, joined([one["name"] for one in makers])
        states = [one["id"] for one in makers if not one["organisation"]]
        for maker in (one["id"] for one in makers if one["organisation"]):
            states += [row["iso3"] for row in graph.ask(cypher("members"), {"organisation": maker, "as_of": on})]
        places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": sorted({*states}), "as_of": on})}
        if not places:
            raise ParameterError(f"The graph knows no member States of {name} on {on.isoformat()}.")
        themes = themes_of(graph, item) if item else sorted({theme for row in made for theme in row["themes"]})
        return cls(
            who, name, places, frozenset(themes or all_themes(graph)), not themes,
            frozenset(one for row in made for one in row["preferred"]), tuple(row["id"] for row in made),
            frozenset(one["id"] for one in makers),
        )  # fmt: skip

    def is_among_them(self, id_: str) -> bool:
        """Whether a State or organisation is the one that asks, or one of those that ask together."""
        return id_ == self.id or id_ in self.makers

    def share_that(self, holds: Callable[[str], bool]) -> float:
        """The share of the States for which something holds."""
        return sum(1 for iso3 in self.places if holds(iso3)) / len(self.places)

    def nearness(self, recipients: Iterable[str]) -> str:
        """How near help was: to the same `State` (or organisation), in the same `region`, or `elsewhere`.

        A region is one below the continents, so that `Americas` or `Africa` alone is not near.
        """
        given = set(recipients)
        if not given.isdisjoint(self._own):
            return "State"
        return "elsewhere" if given.isdisjoint(self._around) else "region"


def _maker(meant: Meant) -> dict[str, Any]:
    return {"id": meant.id, "name": meant.name, "organisation": meant.type == "Organisation"}
