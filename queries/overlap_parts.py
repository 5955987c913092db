"""What rows of `overlap` say of programmes: where, by whom, for how much, until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal

from queries.answer import Ref, StateName
from queries.doubling import Programme
from queries.entry_points import OPEN_YEARS
from queries.overlap_read import Ran
from queries.overlap_rows import Backer, Money, Running


def refs(programmes: Iterable[Programme]) -> tuple[Ref, ...]:
    """Their records."""
    return tuple(Ref(type="Programme", id=one.id) for one in programmes)


def states_of(programmes: Iterable[Programme]) -> tuple[StateName, ...]:
    """The States and territories of the programmes, by code."""
    held = {one["iso3"]: one["name"] for p in programmes for one in p.said["places"]}
    return tuple(StateName(iso3=iso3, name=held[iso3]) for iso3 in sorted(held))


def running_of(one: Programme, theme: str) -> Running:
    """The programme as a row shows it under the theme."""
    said_ = one.said
    opens = one.opens[theme]
    return Running(
        **{key: said_[key] for key in ("id", "title", "start", "end", "amount", "currency")},
        dates_uncertain=one.uncertain, states=states_of([one]),
        how=opens.how, directness=opens.directness,
    )  # fmt: skip


def backers(programmes: Iterable[Programme], role: Literal["funders", "implementers"]) -> tuple[Backer, ...]:
    """Who funds, or carries out, which of the programmes."""
    held: dict[tuple[str, str], list[str]] = {}
    for one in programmes:
        for partner in one.funders if role == "funders" else one.implementers:
            held.setdefault((partner.id, partner.name), []).append(one.id)
    return tuple(Backer(id=key[0], name=key[1], programmes=tuple(sorted(ids))) for key, ids in sorted(held.items()))


def sums(programmes: Collection[Programme]) -> dict[str, Any]:
    """Amounts by currency, never added over currencies; how many programmes state none; the latest end stated."""
    held: dict[str | None, list[float]] = {}
    for one in programmes:
        if one.said["amount"] is not None and one.said["amount"] > 0:
            held.setdefault(one.said["currency"], []).append(one.said["amount"])
    amounts = sorted(held.items(), key=lambda pair: pair[0] or "")
    ends = [one.said["end_latest"] for one in programmes if one.said["end_latest"]]
    return {
        "amounts": tuple(Money(currency=c, amount=round(sum(those), 2), programmes=len(those)) for c, those in amounts),
        "without_amount": len(programmes) - sum(len(those) for those in held.values()),
        "until": max(ends, default=None),
    }


def caveats_on_programmes(ran: Ran) -> list[str]:
    """What to keep in mind on amounts, dates and doubling, and that not all programmes were read in full."""
    caveats = []
    if ran.total > ran.read:
        caveats.append(
            f"{ran.total:,} programmes may run. All are counted by theme; the {ran.read} that began last were read in "
            "full, and who stands behind them, where, amounts, ends and doubling are told of these alone."
        )
    if any(one.said["amount"] for one in ran.programmes):
        caveats.append(
            "Amounts are those of whole programmes, also of such as work in other States or on other themes: they "
            "must not be added over rows."
        )
    if any(one.uncertain for one in ran.programmes):
        caveats.append(
            "Dates marked uncertain may or may not include the day asked about; a programme without an end in its "
            f"source is listed for {OPEN_YEARS} years after its start."
        )
    caveats.append(
        "Work is called doubling where two partners fund, or carry out, different programmes in one State at the same "
        "time that reach the same people or do the same work by the same sector or title rule; they may well have "
        "agreed on it."
    )
    return caveats
