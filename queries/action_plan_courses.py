"""Possible courses of action on a theme, with alternatives, light ones first; known dates; how progress is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.evidence import NEGATIVE
from queries.action_plan_parts import (
    Course,
    CourseKind,
    LikeLaw,
    Neighbours,
    OpenCarrier,
    OpenOffer,
    OwnWord,
    PlanPool,
    Step,
)
from queries.answer import Ref, count
from queries.state import StateReading

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Open:
    """What is open to a State under a theme."""

    state: str
    iso3: str
    theme: str
    theme_id: str
    carriers: tuple[OpenCarrier, ...]
    offers: tuple[OpenOffer, ...]
    like_laws: tuple[LikeLaw, ...]
    pool: PlanPool | None
    together: tuple[Neighbours, ...]


@dataclass(frozen=True, slots=True)
class _Possible:
    """A course before it has its letter."""

    kind: CourseKind
    what: str
    why: str
    records: tuple[Ref, ...] = ()
    until: str | None = None
    draft: str | None = None


def courses(opened: Open) -> tuple[Course, ...]:
    """What could be done: first what is under way, then offers, lessons and laws of others, neighbours, a request."""
    told = [_carrier(one, opened) for one in opened.carriers]
    made = [one for one in opened.offers if one.basis == "offer"]
    known = [one for one in opened.offers if one.basis != "offer"]
    if made:
        told.append(_offer("offer", made, "Take up an offer:", "The offer was made or stated by the partner."))
    if known:
        why = "Known from its own work; no offer made to the Committee is known here."
        told.append(_offer("known help", known, "Ask a partner known for such help:", why))
    if opened.pool:
        told.append(_pool(opened.pool))
    if opened.like_laws:
        told.append(_laws(opened.like_laws))
    told += [_together(one) for one in opened.together]
    told.append(
        _Possible(
            "request", "Put a request of its own to the Committee.", "",
            draft=f"assistance-request {opened.iso3} --theme {opened.theme_id}",
        )
    )  # fmt: skip
    return tuple(
        Course(
            letter=letter, kind=one.kind, what=one.what, why=one.why, until=one.until, draft=one.draft,
            records=one.records,
        )
        for letter, one in zip(_LETTERS, told, strict=False)
    )  # fmt: skip


def _carrier(one: OpenCarrier, opened: Open) -> _Possible:
    if one.own_plan:
        what = f"Have lines of the State's own plan carried out or paid for: {one.title.rstrip('.')}."
        return _Possible("own plan", what, one.how, (one.ref,), one.ends)
    people = [named.name for named in (*one.funders, *one.implementers) if named.id != opened.iso3]
    asked = f" ({', '.join(list(dict.fromkeys(people))[:_MOST_NAMED])})" if people else ""
    title = one.title.rstrip(".")
    what = f"Ask the partners of a programme under way{asked} whether it could take a component on this: {title}."
    return _Possible("programme", what, one.how, (one.ref,), one.ends)


def _offer(kind: CourseKind, offers: list[OpenOffer], lead: str, why: str) -> _Possible:
    """The first offer, and those of other partners as alternatives to it."""
    first = offers[0]
    through = f" through {', '.join(first.through)}" if first.through else ""
    others = dict.fromkeys(one.partner.name for one in offers if one.partner.id != first.partner.id)
    names = list(others)[:_MOST_NAMED]
    more = f" and {count(len(others) - len(names), 'other')}" if len(others) > len(names) else ""
    instead = f" Or instead: {', '.join(names)}{more}." if names else ""
    dated = f", {first.date}" if first.date else ""
    what = f"{lead} {first.partner.name}{through} ({first.subject}{dated}).{instead}"
    return _Possible(kind, what, why, tuple(one.ref for one in offers))


def _pool(pool: PlanPool) -> _Possible:
    named = ", ".join(one.name for one in pool.experience[:_MOST_NAMED])
    more = len(pool.experience) - _MOST_NAMED
    others = f" and {count(more, 'other')}" if more > 0 else ""
    why = f"Sources tell of experience of {named}{others}, and of needs of {count(len(pool.need), 'State')} in it."
    lead = [one.name for one in pool.conveners if one.id != pool.id][: _MOST_NAMED - 1]
    led = f" {' or '.join(lead)} could bring them together." if lead else ""
    return _Possible("pool", f"Draw lessons together with others: {pool.name}.{led}", why, pool.records)


def _laws(laws: tuple[LikeLaw, ...]) -> _Possible:
    named = "; ".join(f"{one.title} ({one.state})" for one in laws)
    what = f"Draw on laws of other States on the same section of the matrix: {named}."
    return _Possible("laws", what, laws[0].why, tuple(Ref(type="Legislation", id=one.id) for one in laws))


def _together(one: Neighbours) -> _Possible:
    what = f"Ask together with other members of {one.organisation.name}."
    draft = f"regional-request {one.organisation.id} --theme {one.item.id}"
    return _Possible("together", what, one.sentence(), one.records, draft=draft)


def timeline(opened: Open, stated: Iterable[OwnWord]) -> tuple[Step, ...]:
    """The known dates: what the State asked for when, when each programme or plan runs, when offers were made.

    What has no date in its source has no place in it.
    """
    asked = [
        Step(when=one.date, what=f"Asked for by the State itself: {one.text}.", records=one.records)
        for one in stated
        if one.date and one.kind == "request"
    ]
    running = [
        Step(
            when=period,
            what=f"A component on {opened.theme.lower()} could be agreed with the partners of {one.title.rstrip('.')}."
            if not one.own_plan
            else f"Lines of the State's own plan could be carried out: {one.title.rstrip('.')}.",
            records=(one.ref,),
        )
        for one in sorted(opened.carriers, key=lambda one: (one.end is None, one.end or "", one.id))
        if (period := _period(one))
    ]
    made: dict[str, list[OpenOffer]] = {}
    for offer in opened.offers:
        if offer.basis == "offer" and offer.date:
            made.setdefault(offer.date, []).append(offer)
    taken = [
        Step(
            when=day,
            what=f"{count(len(those), 'offer')} on {opened.theme.lower()}, open to the State, "
            f"{'was' if len(those) == 1 else 'were'} made; no end is stated: "
            f"{', '.join(dict.fromkeys(one.partner.name for one in those))}.",
            records=tuple(one.ref for one in those),
        )
        for day, those in sorted(made.items())
    ]
    return (*asked, *running, *taken)


def _period(one: OpenCarrier) -> str:
    """When it runs as its source tells; empty where it tells neither a start nor an end."""
    if not (one.start or one.end):
        return ""
    if one.end:
        text = f"{one.start} to {one.end}" if one.start else f"until {one.end}"
    else:
        text = f"since {one.start}, no end stated"
    return f"{text} (dates uncertain)" if one.dates_uncertain and one.end else text


def evaluation(opened: Open, readings: Iterable[StateReading], laws: int) -> tuple[str, ...]:
    """What could be observed later: facts that a source would record, never a score."""
    seen = []
    for one in readings:
        if one.reading in NEGATIVE:
            label = next(st.text for st in one.statements if st.reading in NEGATIVE)
            if one.id.startswith("OP1/"):
                seen.append(f"whether a later list of parties names the State ({one.name}; now {label}).")
            else:
                seen.append(f"what a later edition of the same source records (now {label}).")
        elif one.reading == "unknown" and one.id == opened.theme_id:
            seen.append(f"whether any source comes to speak of {one.name.lower()}; none held here does on that date.")
    if carried := next((one for one in opened.carriers if not one.own_plan), None):
        seen.append(f"whether the published data of {carried.title.rstrip('.')} come to show a component on this.")
    on_file = count(laws, "law") if laws else "no law"
    seen.append(
        f"whether a law on this section of the matrix is published with its text ({on_file} on file here), and whether "
        "a training, review or visit on this took place, with date and participants."
    )
    return tuple(seen)
