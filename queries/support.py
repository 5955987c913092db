"""Offers and programmes that could carry help to a grouping."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Named
from queries.held_together import Known
from queries.text import cypher

_ANY_TREATY = "treaty-participation"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A programme that may run in a State and opens a theme."""

    id: str
    title: str
    iso3: str


@dataclass(frozen=True, slots=True)
class Support:
    """Offers and programmes by theme, read once for all groupings; `themes` are those of each item."""

    offers: dict[str, list[dict[str, Any]]]
    carriers: dict[tuple[str, str], list[Carrier]]
    themes: dict[str, list[str]]
    known: Known
    _fitting: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def read(cls, graph: Store, known: Known, on: date, open_years: int, seen: list[str]) -> Support:
        """Two queries: the themes of the items, then all offers and programmes under them."""
        rows = graph.ask(cypher("items"), {"asked": sorted(known.items)})
        themes = {row["id"]: _specific(row["themes"]) for row in rows}
        parameters = {
            "states": sorted(known.negative),
            "themes": sorted({theme for found in themes.values() for theme in found}),
            "as_of": on,
            "open_since": years_after(on, -open_years),
            "open_until": years_after(on, open_years),
            "visible": seen,
        }
        offers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        carriers: dict[tuple[str, str], list[Carrier]] = defaultdict(list)
        for row in graph.ask(cypher("support"), parameters):
            if row["kind"] == "offer":
                offers[row["theme"]].append(row)
            else:
                carriers[(row["who"], row["theme"])].append(Carrier(row["id"], row["title"], row["who"]))
        return cls(offers, carriers, themes, known)

    def partners(
        self, states: tuple[str, ...], items: tuple[str, ...]
    ) -> tuple[tuple[Named, ...], dict[str, list[str]]]:
        """Who offers help to at least one of the States under the items, and the offers by item."""
        found: dict[str, str] = {}
        offered: dict[str, list[str]] = {}
        for item in items:
            for theme in self.themes.get(item, ()):
                for offer in self.offers.get(theme, ()):
                    if offer["who"] not in states and any(self._fits(offer, iso3) for iso3 in states):
                        found[offer["who"]] = offer["who_name"]
                        offered.setdefault(item, []).append(offer["id"])
        return tuple(Named(id=id_, name=found[id_]) for id_ in sorted(found)), offered

    def _fits(self, offer: dict[str, Any], iso3: str) -> bool:
        """Whether the offer takes the State in: asked for many groupings, worked out once."""
        key = (offer["id"], iso3)
        if key not in self._fitting:
            self._fitting[key] = fits(offer, iso3, self.known.places[iso3])
        return self._fitting[key]

    def programmes(self, states: tuple[str, ...], items: tuple[str, ...]) -> tuple[list[Carrier], set[str]]:
        """The programmes that could carry the items in the States, and in which States there are any."""
        found: dict[tuple[str, str], Carrier] = {}
        for iso3 in states:
            for item in items:
                for theme in self.themes.get(item, ()):
                    for carrier in self.carriers.get((iso3, theme), ()):
                        found[(carrier.iso3, carrier.id)] = carrier
        ordered = [found[key] for key in sorted(found)]
        return ordered, {carrier.iso3 for carrier in ordered}


def _specific(themes: list[str]) -> list[str]:
    """The themes that tell what an item is about: joining any treaty at all is no reason to help with this one."""
    return sorted(theme for theme in themes if theme != _ANY_TREATY) or sorted(themes)


def fits(offer: dict[str, Any], iso3: str, place: dict[str, Any]) -> bool:
    """Whether an offer's limits (`places`) take in a State and its exclusions (`excluded`) do not."""
    own = {iso3, *place["regions"], *place["organisations"]}
    return not own & set(offer["excluded"]) and (not offer["places"] or bool(own & set(offer["places"])))
