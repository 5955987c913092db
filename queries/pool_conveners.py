"""Which organisation could bring the States of a pool together: several are members, and the theme is its matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.answer import Named, Ref
from queries.assemble import today
from queries.kept import Kept

# Of fewer members in a pool an organisation would bring together too few; and of less than half, only a part.
_LEAST, _SHARE = 2, 0.5
_MOST_NAMED = 3
# What ties an organisation to a theme, the closest first.
_TIES = ("Mandate", "Offer", "Precedent")


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties an organisation to a theme: of its records the closest kind, and a sentence about the first."""

    organisation: Named
    regional: bool
    type: str
    sentence: str
    records: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Convener:
    """An organisation that could bring a pool together, and how many of the pool's States are members of it."""

    tie: Tie
    members: int


def ties(
    kept: Kept, themes: Iterable[str], places: Iterable[dict[str, Any]], on: date, seen: list[str]
) -> dict[str, dict[str, Tie]]:
    """By theme and organisation, what ties it to the theme by the date; of those with members among the places."""
    organisations = {one for place in places for one in place["organisations"]}
    asked = {"themes": sorted(themes), "as_of": on, "recorded": today(), "visible": seen}
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in kept.ask("pools_conveners", asked):
        if row["id"] in organisations:
            held[(row["theme"], row["id"])].append(row)
    found: dict[str, dict[str, Tie]] = defaultdict(dict)
    for (theme, id_), rows in held.items():
        found[theme][id_] = _tie(rows)
    return found


def merged(by_theme: Iterable[dict[str, Tie]]) -> dict[str, Tie]:
    """Of several themes, by organisation the closest tie."""
    found: dict[str, Tie] = {}
    for held in by_theme:
        for id_, tie in held.items():
            if id_ not in found or _TIES.index(tie.type) < _TIES.index(found[id_].type):
                found[id_] = tie
    return found


def _tie(rows: list[dict[str, Any]]) -> Tie:
    type_ = min((row["type"] for row in rows), key=_TIES.index)
    told = [row for row in rows if row["type"] == type_]
    first = told[0]
    agency = f" (of its {first['agency']})" if first["agency"] != first["name"] else ""
    words = {"Mandate": "has a standing mandate", "Offer": "made an offer", "Precedent": "gave help"}[type_]
    sentence = f"{first['name']} {words} on this{agency}: {first['title']}"
    return Tie(
        Named(id=first["id"], name=first["name"]), first["regional"], type_, sentence.rstrip("."),
        tuple(Ref(type=type_, id=row["record"]) for row in told),
    )  # fmt: skip


def conveners(own: str, states: list[str], places: dict[str, dict[str, Any]], tied: dict[str, Tie]) -> list[Convener]:
    """Those tied to the theme of which at least half of the States (and two) are members, the nearest first.

    First `own` (the organisation of the pool itself), then regional ones, then by members among the States, how close
    the tie is, and id.
    """
    members = Counter(one for iso3 in states for one in set(places[iso3]["organisations"]) if one in tied)
    if own in tied:
        members[own] = len(states)
    found = [
        Convener(tied[id_], number)
        for id_, number in members.items()
        if number >= _LEAST and number >= _SHARE * len(states)
    ]
    found.sort(
        key=lambda one: (
            one.tie.organisation.id != own, not one.tie.regional, -one.members, _TIES.index(one.tie.type),
            one.tie.organisation.id,
        )
    )  # fmt: skip
    return found[:_MOST_NAMED]
