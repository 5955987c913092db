"""Which of two dated events collide, and in what: days, those invited, providers, themes within a quarter, regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz, utils

from queries.answer import Named, StateName
from queries.dated_events import DatedEvent

PartyT = TypeVar("PartyT", Named, StateName)
QUARTER_DAYS = 90
ADJACENT = 1
_QUARTER_AT_MOST = 92
# Of shipped events with the same days and a party in common, titles of the same event are 67 and more alike (of 100),
# those of different events 34.
_ALIKE = 55
# An evaluation is of one State alone, by a team of its own: only what calls on the same State collides with it.
_NATIONAL = frozenset({"joint external evaluation"})


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event, and the other records that perhaps tell of the same one."""

    told: DatedEvent
    also: tuple[DatedEvent, ...] = ()

    @property
    def records(self) -> tuple[DatedEvent, ...]:
        """All records of it."""
        return (self.told, *self.also)

    @property
    def national(self) -> bool:
        """Whether it is of one State alone, by a team of its own."""
        return self.told.kind in _NATIONAL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a State stands: its regions, and those of the invited organisations that it is a member of."""

    regions: frozenset[Named]
    organisations: frozenset[Named]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two events, the earlier first; how many days apart they may be, and what they have in common.

    `apart` is 0 where they overlap and 1 where one starts the day after the other ends. `by_days` where they collide
    day by day; else they share a theme within a quarter. `regions` and `through` (organisations that one event
    invites and States of the other belong to) are given where no State or organisation is invited to both.
    """

    first: Event
    second: Event
    apart: int
    by_days: bool
    states: tuple[StateName, ...]
    organisations: tuple[Named, ...]
    providers: tuple[Named, ...]
    themes: tuple[Named, ...]
    regions: tuple[Named, ...]
    through: tuple[Named, ...]

    @property
    def national(self) -> bool:
        """Whether one of the two is of one State alone."""
        return self.first.national or self.second.national


def told_once(events: Iterable[DatedEvent]) -> list[Event]:
    """The events, those that two records perhaps tell of (same days, a party in common, alike titles) only once."""
    found: list[Event] = []
    for one in sorted(events, key=lambda one: (one.first, one.last, one.type, one.id)):
        for number, other in enumerate(found):
            if _perhaps_same(one, other.told):
                found[number] = _joined(other, one)
                break
        else:
            found.append(Event(one))
    return found


def _perhaps_same(one: DatedEvent, other: DatedEvent) -> bool:
    if (one.first, one.last) != (other.first, other.last) or one.precision != "days":
        return False
    ours, theirs = {s.iso3 for s in one.states}, {s.iso3 for s in other.states}
    # Two records that both name States and have none in common tell of two events, however alike (evaluations).
    if ours and theirs and not ours & theirs:
        return False
    return bool(_parties(one) & _parties(other)) and _alike(one.title, other.title) >= _ALIKE


def _alike(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process)


def _parties(one: DatedEvent) -> set[str]:
    return {s.iso3 for s in one.states} | {o.id for o in (*one.organisations, *one.providers)}


def _joined(event: Event, one: DatedEvent) -> Event:
    told = event.told
    states = {s.iso3: s for s in (*told.states, *one.states)}
    return Event(
        replace(
            told,
            states=tuple(states[iso3] for iso3 in sorted(states)),
            organisations=_sorted({*told.organisations, *one.organisations}),
            providers=_sorted({*told.providers, *one.providers}),
            themes=_sorted({*told.themes, *one.themes}),
        ),
        (*event.also, one),
    )


def collisions(events: list[Event], places: dict[str, Place], since: date, until: date) -> list[Collision]:
    """All collisions of which at least one event may fall between the days."""
    near = sorted((one for one in events if one.told.precision != "longer"), key=lambda one: one.told.first)
    found = []
    for number, one in enumerate(near):
        for other in near[number + 1 :]:
            # No event among these spans more than a quarter, so none that begins later can be near.
            if (other.told.first - one.told.first).days > 2 * _QUARTER_AT_MOST:
                break
            if any(e.told.first <= until and e.told.last >= since for e in (one, other)):
                found.append(_collision(one, other, places))
    return [one for one in found if one]


def _collision(one: Event, other: Event, places: dict[str, Place]) -> Collision | None:
    a, b = one.told, other.told
    apart = max((b.first - a.last).days, (a.first - b.last).days, 0)
    if apart > QUARTER_DAYS:
        return None
    states, providers = _both(a.states, b.states), _both(a.providers, b.providers)
    organisations, themes = _both(a.organisations, b.organisations), _both(a.themes, b.themes)
    national = one.national or other.national
    invited = bool(states or organisations)
    days = a.precision == b.precision == "days" and apart <= ADJACENT and not (national and not invited)
    regions, through = ((), ()) if invited or national else _around(a, b, places)
    by_days = days and bool(invited or providers or through)
    if not by_days and not (themes and (invited or regions or through)):
        return None
    return Collision(one, other, apart, by_days, states, organisations, providers, themes, regions, through)


def _around(a: DatedEvent, b: DatedEvent, places: dict[str, Place]) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The regions that both call on, and the organisations that one invites and States of the other belong to."""
    regions = _regions(a, places) & _regions(b, places)
    through = _members_of(a, places) & {*b.organisations} | _members_of(b, places) & {*a.organisations}
    return _sorted(regions), _sorted(through)


def _regions(one: DatedEvent, places: dict[str, Place]) -> set[Named]:
    return {region for s in one.states if s.iso3 in places for region in places[s.iso3].regions}


def _members_of(one: DatedEvent, places: dict[str, Place]) -> set[Named]:
    return {o for s in one.states if s.iso3 in places for o in places[s.iso3].organisations}


def _sorted(these: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(these, key=lambda one: (one.id, one.name)))


def _both(these: tuple[PartyT, ...], those: tuple[PartyT, ...]) -> tuple[PartyT, ...]:
    return tuple(one for one in these if one in those)
