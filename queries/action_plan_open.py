"""What is open to a State by theme: offers that take it in, programmes that could carry it, laws of States alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.action_plan_parts import LikeLaw, Neighbours, OpenCarrier, OpenOffer
from queries.action_plan_pools import PlanPools
from queries.answer import Named
from queries.entry_points import EntryPoint
from queries.kept import Kept
from queries.laws import Law
from queries.state import offers_open


@dataclass(frozen=True, slots=True)
class Found:
    """Offers by theme, organisations whose other members are recorded alike by item, what is known for pools."""

    offers: dict[str, tuple[OpenOffer, ...]]
    neighbours: dict[str, tuple[Neighbours, ...]]
    pools: PlanPools


def offers_of(
    kept: Kept, state: str, place: dict[str, Any], themes: list[str], on: date, seen: list[str]
) -> dict[str, tuple[OpenOffer, ...]]:
    """The offers of others that take the State in, by theme: made before known, regional before world-wide, then id."""
    open_ = {row["id"]: row for row in offers_open(kept, state, place, on, seen)}
    found: dict[str, dict[str, OpenOffer]] = defaultdict(dict)
    for row in kept.ask("support", {"themes": themes, "as_of": on, "visible": seen}):
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
