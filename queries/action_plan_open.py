"""What is open to a State by theme: offers that take it in, and regional organisations recorded alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE
from graph.store import Store
from queries.action_plan_parts import Neighbours, OpenOffer, PlanPool
from queries.answer import Named, Ref, StateName
from queries.names import Meant
from queries.parameters import MAX_LIMIT
from queries.pools import Pool, pools
from queries.support import fits
from queries.text import cypher

# With more members an organisation does not speak quickly with one voice: a rule of this project.
_MOST_MEMBERS = 25
_LEAST_TOGETHER = 2
# Pools are looked for by theme, so for the State's first priorities alone.
_MOST_POOLS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Offers by theme, organisations whose other members are recorded alike by item, pools by theme."""

    offers: dict[str, tuple[OpenOffer, ...]]
    neighbours: dict[str, tuple[Neighbours, ...]]
    pools: dict[str, PlanPool]


def offers_of(
    graph: Store, meant: Meant, themes: list[str], on: date, open_since: date, seen: list[str]
) -> dict[str, tuple[OpenOffer, ...]]:
    """The offers of others that take the State in, by theme: made before known, regional before world-wide, then id.

    What was offered in reply to a request is open to whoever made that request.
    """
    places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": [meant.id], "as_of": on})}
    place = places[meant.id]
    own = {meant.id, *place["organisations"]}
    open_ = {
        row["id"]: row
        for row in graph.ask(cypher("open_offers"), {"as_of": on, "visible": seen})
        if meant.id not in row["makers"] and fits(row, meant.id, place)
        if not row["askers"] or own.intersection(row["askers"])
    }
    asked = {
        "states": [], "themes": themes, "as_of": on, "open_since": open_since, "open_until": on, "visible": seen,
    }  # fmt: skip
    found: dict[str, dict[str, OpenOffer]] = defaultdict(dict)
    for row in graph.ask(cypher("support"), asked):
        if row["id"] in open_:
            found[row["theme"]].setdefault(row["id"], _offer(row, open_[row["id"]]))
    return {
        theme: tuple(sorted(offers.values(), key=lambda one: (one.basis != "offer", not one.regional, one.id)))
        for theme, offers in found.items()
    }


def _offer(row: dict[str, Any], offer: dict[str, Any]) -> OpenOffer:
    return OpenOffer(
        id=row["id"], subject=offer["title"], partner=Named(id=row["who"], name=row["who_name"]),
        through=tuple(sorted(name for name in offer["who"] if name != row["who_name"])), basis=offer["basis"],
        date=offer["date"], regional=bool(offer["places"] or offer["askers"]),
    )  # fmt: skip


def neighbours_of(graph: Store, state: str, on: date, seen: list[str]) -> dict[str, tuple[Neighbours, ...]]:
    """For each item the organisation of the State whose other members are recorded alike in the largest share."""
    held = graph.ask(cypher("action_plan_together"), {"state": state, "as_of": on, "most": _MOST_MEMBERS})
    states = sorted({one["iso3"] for row in held for one in row["members"]} - {state})
    asked = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    negative: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in graph.ask(cypher("readings"), asked) if states else []:
        if row["reading"] in NEGATIVE:
            negative[row["item"]][row["iso3"]] = row
    best: dict[str, tuple[Neighbours, ...]] = {}
    for item, alike in negative.items():
        found = [one for row in held if (one := _near(row, item, alike, state))]
        found.sort(key=lambda one: (-len(one.states) / one.members, -one.members, one.organisation.id))
        best[item] = tuple(found[:1])
    return best


def _near(row: dict[str, Any], item: str, alike: dict[str, dict[str, Any]], state: str) -> Neighbours | None:
    others = [one for one in row["members"] if one["iso3"] != state]
    those = [one for one in others if one["iso3"] in alike]
    if len(those) < _LEAST_TOGETHER:
        return None
    statements = sorted({st["id"] for one in those for st in alike[one["iso3"]]["statements"]})
    return Neighbours(
        organisation=Named(id=row["id"], name=row["name"]),
        item=Named(id=item, name=alike[those[0]["iso3"]]["name"]),
        states=tuple(StateName(**one) for one in those),
        members=len(others),
        records=tuple(Ref(type="Statement", id=id_) for id_ in statements),
    )


def pools_of(graph: Store, state: str, themes: list[str], on: date, committee: bool) -> dict[str, PlanPool]:
    """For each of the first themes the first pool in which the State would take part."""
    found = {}
    for theme in themes[:_MOST_POOLS]:
        rows = pools(graph, theme, as_of=on, limit=MAX_LIMIT, committee=committee).rows
        if own := next((row for row in rows if any(one.iso3 == state for one in (*row.experience, *row.need))), None):
            found[theme] = _pool(own, state)
    return found


def _pool(pool: Pool, state: str) -> PlanPool:
    others = [one for one in pool.experience if one.iso3 != state]
    records = {(ref.type, ref.id): ref for one in others for piece in one.evidence for ref in piece.records}
    return PlanPool(
        id=pool.id, name=pool.name,
        experience=tuple(StateName(iso3=one.iso3, name=one.name) for one in others),
        need=tuple(StateName(iso3=one.iso3, name=one.name) for one in pool.need),
        records=tuple(records[key] for key in sorted(records)),
    )  # fmt: skip
