"""Offers and programmes that could carry help to a grouping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Named, Ref
from queries.held_together import Known
from queries.text import cypher

_ANY_TREATY = "treaty-participation"
CAVEAT_UNDATED = "Offers without a date in their source count at any date."
# From so many States on it is quicker to look at every programme once than at those of each State (measured on 100,000
# programmes: 0.25 s for any number of States, against 0.14 s for 80 and 0.5 s for all).
_MANY_STATES = 120


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """A programme that may run in a State and opens a theme."""

    iso3: str
    id: str


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who could help, those of them who offered it (of the others it is known from their work alone), and the offers
    and known work by item."""

    partners: tuple[Named, ...]
    offering: frozenset[str]
    by_item: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Support:
    """Offers by theme and ids of programmes by State and theme, read once; `themes` are those of each item."""

    offers: dict[str, list[dict[str, Any]]]
    carriers: dict[tuple[str, str], set[str]]
    themes: dict[str, list[str]]
    known: Known
    _open_to: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, graph: Store, known: Known, on: date, open_years: int, seen: list[str]) -> Support:
        """Three queries: the themes of the items, the offers under them, the programmes that may run in the States."""
        rows = graph.ask(cypher("items"), {"asked": sorted(known.items)})
        themes = {row["id"]: _specific(row["themes"]) for row in rows}
        wanted = {theme for found in themes.values() for theme in found}
        asked = {
            "states": sorted(known.negative),
            "as_of": on,
            "open_since": years_after(on, -open_years),
            "open_until": years_after(on, open_years),
            "visible": seen,
        }
        offers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in graph.ask(cypher("support"), {"themes": sorted(wanted), "as_of": on, "visible": seen}):
            offers[row["theme"]].append(row)
        many = len(known.negative) >= _MANY_STATES
        carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in graph.ask(cypher("carriers_everywhere" if many else "carriers"), asked):
            opened = wanted.intersection(row["themes"])
            for iso3, _, id_ in (one.partition(" ") for one in row["those"] if opened):
                for theme in opened:
                    carriers[(iso3, theme)].add(id_)
        return cls(offers, dict(carriers), themes, known)

    def partners(self, states: tuple[str, ...], items: tuple[str, ...]) -> Helpers:
        """Who offers help, or is known for it, to at least one of the States under the items."""
        found: dict[str, str] = {}
        offering: set[str] = set()
        offered: dict[str, list[str]] = {}
        for item in items:
            for theme in self.themes.get(item, ()):
                for offer in self.offers.get(theme, ()):
                    if offer["who"] not in states and not self._states_of(offer).isdisjoint(states):
                        found[offer["who"]] = offer["who_name"]
                        offered.setdefault(item, []).append(offer["id"])
                        if offer["basis"] == "offer":
                            offering.add(offer["who"])
        return Helpers(tuple(Named(id=id_, name=found[id_]) for id_ in sorted(found)), frozenset(offering), offered)

    def _states_of(self, offer: dict[str, Any]) -> frozenset[str]:
        """The States that the offer takes in: asked for many groupings, worked out once."""
        if offer["id"] not in self._open_to:
            places = self.known.places
            self._open_to[offer["id"]] = frozenset(iso3 for iso3 in places if fits(offer, iso3, places[iso3]))
        return self._open_to[offer["id"]]

    def programmes(self, states: tuple[str, ...], items: tuple[str, ...]) -> tuple[list[Carrier], set[str]]:
        """The programmes that could carry the items in the States, and in which States there are any."""
        themes = self._under(items)
        found = [
            Carrier(iso3, id_)
            for iso3 in sorted(states)
            for id_ in sorted(set().union(*(self.carriers.get((iso3, theme), ()) for theme in themes)))
        ]
        return found, {carrier.iso3 for carrier in found}

    def carried(self, states: tuple[str, ...], items: tuple[str, ...]) -> int:
        """In how many of the States any programme could carry any of the items."""
        themes = self._under(items)
        return sum(1 for iso3 in states if any((iso3, theme) in self.carriers for theme in themes))

    def _under(self, items: tuple[str, ...]) -> set[str]:
        return {theme for item in items for theme in self.themes.get(item, ())}


def _specific(themes: list[str]) -> list[str]:
    """The themes that tell what an item is about: joining any treaty at all is no reason to help with this one."""
    return sorted(theme for theme in themes if theme != _ANY_TREATY) or sorted(themes)


def undated(offers: Iterable[dict[str, Any]], shown: Iterable[Ref]) -> list[str]:
    """The caveat on offers without a date if one is among the records shown; nothing if none is."""
    ids = {ref.id for ref in shown if ref.type == "Offer"}
    return [CAVEAT_UNDATED] if any(one["date"] is None and one["id"] in ids for one in offers) else []


def fits(offer: dict[str, Any], iso3: str, place: dict[str, Any]) -> bool:
    """Whether an offer's limits (`places`) take in a State and its exclusions (`excluded`) do not."""
    if not offer["excluded"] and not offer["places"]:
        return True
    own = {iso3, *place["regions"], *place["organisations"]}
    return not own & set(offer["excluded"]) and (not offer["places"] or bool(own & set(offer["places"])))
