"""What is open to a State by theme: offers that take it in, and regional organisations recorded alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE
from graph.store import Store
from queries.action_plan_parts import LikeLaw, Neighbours, OpenCarrier, OpenOffer, PlanPool
from queries.action_plan_pools import Around
from queries.answer import Named, Ref, StateName
from queries.entry_points import EntryPoint
from queries.laws import Law
from queries.names import Meant
from queries.pool_members import Circle
from queries.readings import readings_of
from queries.support import fits
from queries.text import cypher

# With more members an organisation does not speak quickly with one voice: a rule of this project.
MOST_MEMBERS = 25
_LEAST_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Offers by theme, organisations whose other members are recorded alike by item, pools by theme."""

    offers: dict[str, tuple[OpenOffer, ...]]
    neighbours: dict[str, tuple[Neighbours, ...]]
    pools: dict[str, PlanPool]


def offers_of(
    graph: Store, meant: Meant, themes: list[str], on: date, seen: list[str]
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
    found: dict[str, dict[str, OpenOffer]] = defaultdict(dict)
    for row in graph.ask(cypher("support"), {"themes": themes, "as_of": on, "visible": seen}):
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


def around_of(graph: Store, state: str, on: date, seen: list[str]) -> tuple[Around, dict[str, tuple[Neighbours, ...]]]:
    """The State's small circles with how all reads there; and for each item the organisation of the State whose other
    members are recorded alike in the largest share."""
    held = graph.ask(cypher("action_plan_together"), {"state": state, "as_of": on, "most": MOST_MEMBERS})
    circles = tuple(
        Circle(row["id"], row["name"], row["kind"], frozenset(one["iso3"] for one in row["members"])) for row in held
    )
    states = sorted({one["iso3"] for row in held for one in row["members"]})
    asked = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    read = {(row["iso3"], row["item"]): row for row in readings_of(graph, asked)} if states else {}
    negative: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (iso3, item), row in read.items():
        if row["reading"] in NEGATIVE and iso3 != state:
            negative[item][iso3] = row
    best: dict[str, tuple[Neighbours, ...]] = {}
    for item, alike in negative.items():
        found = [one for row in held if row["kind"] == "organisation" if (one := _near(row, item, alike, state))]
        found.sort(key=lambda one: (-len(one.states) / one.members, -one.members, one.organisation.id))
        best[item] = tuple(found[:1])
    return Around(circles, read), best


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


def carrier_of(one: EntryPoint, how: str, directness: int) -> OpenCarrier:
    """The entry point as what could carry a theme in such a way."""
    programme = one.programme
    ends = next((feature.sentence for feature in one.features if feature.name == "time_left"), "")
    # The first feature names the programme itself and so tells which kind of record it is.
    type_ = one.features[0].records[0].type
    return OpenCarrier(
        **{key: getattr(programme, key) for key in ("id", "title", "start", "end", "dates_uncertain")},
        funders=programme.funders, implementers=programme.implementers, how=how, directness=directness, ends=ends,
        own_plan=type_ == "ActionPlan",
    )  # fmt: skip


def like_law_of(one: Law) -> LikeLaw:
    """The law of a State alike, in short."""
    who = ", ".join([*(place.name for place in one.states), *(body.name for body in one.organisations)])
    return LikeLaw(id=one.law.id, title=one.law.title, state=who, why=" ".join(one.why(2)), address=one.law.address)
