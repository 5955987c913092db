"""Events and help that collide: in days, in those invited, in providers, or on the same theme within a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from annotated_doc import Doc

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, StateName, count, score
from queries.assemble import assemble, today
from queries.collisions import ADJACENT, QUARTER_DAYS, Collision, Event, Place, collisions, told_once
from queries.dated_events import DatedEvent, dated_events
from queries.parameters import AsOf, Committee, Limit, ParameterError, WeightSet, checked_limit, said, visible
from queries.text import cypher

_MOST = 4
# What merely falls in one quarter collides less than what falls on the same days.
_NEAR = 0.3
_IN_WORDS = {"days": "", "month": " (known to the month)", "quarter": " (known to within three months)"}


@dataclass(frozen=True, slots=True)
class ClashWeights(WeightSet):
    """What each feature of a clash weighs."""

    days: float = 5.0
    invited: float = 3.0
    provider: float = 2.0
    theme: float = 2.0


class ClashEvent(Shape):
    """An event: its first and last day, the date as the source writes it, and what else may tell of the same event."""

    id: str
    type: str
    kind: str
    title: str
    first: date
    last: date
    date_text: str
    states: tuple[StateName, ...]
    organisations: tuple[Named, ...]
    providers: tuple[Named, ...]
    themes: tuple[Named, ...]
    perhaps_same: tuple[Ref, ...]


class Clash(Row):
    """Two events that collide, the earlier first, what they have in common, and what could be done.

    `collide` is `days` (they overlap, or one starts the day after the other ends) or `quarter` (the same theme within
    90 days). `apart` is the least number of days from the end of one to the start of the other, 0 where they overlap.
    Where no State or organisation is called on by both: `regions` that are, and `through`, the organisations that one
    invites and States of the other belong to.
    """

    collide: Literal["days", "quarter"]
    events: tuple[ClashEvent, ClashEvent]
    apart: int
    states: tuple[StateName, ...]
    organisations: tuple[Named, ...]
    providers: tuple[Named, ...]
    themes: tuple[Named, ...]
    regions: tuple[Named, ...]
    through: tuple[Named, ...]
    suggestion: str

    def cells(self) -> dict[str, str]:
        """The two events with their dates, what they have in common, what could be done."""
        common = {
            "called on": [*(one.name for one in self.states), *(one.name for one in self.organisations)],
            "members of": [one.name for one in self.through],
            "region": [one.name for one in self.regions],
            "provider": [one.name for one in self.providers],
            "theme": [one.name for one in self.themes],
        }
        return {
            "Events": "\n".join(f"{one.date_text}\n{one.title}\n{one.id}" for one in self.events),
            "In common": "\n".join(f"{what}: {listed(names)}" for what, names in common.items() if names),
            "What could be done": self.suggestion,
        }


def clashes(
    graph: Store,
    since: Annotated[date | None, Doc("The first day to look at, YYYY-MM-DD; the day asked of unless given.")] = None,
    until: Annotated[date | None, Doc("The last day to look at, YYYY-MM-DD; a year on unless given.")] = None,
    *,
    as_of: AsOf = None,
    limit: Limit = 20,
    committee: Committee = False,
) -> Answer[Clash]:  # fmt: skip
    """Find events and help that collide between two days.

    Pairs with the same State, the same invited or the same provider on overlapping or adjacent days, and pairs on the
    same theme within 90 days for the same State or organisation, for an organisation and a member of it, or in the
    same region; with what could be merged. By days collide only events that a source dates to the day (at most three
    weeks long); by quarter also those known to the month or to three months. Past ones count as well.
    Raises `ParameterError` for a limit out of bounds or a last day before the first.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    first = since or on
    last = until or years_after(first, 1)
    if last < first:
        raise ParameterError(f"The last day, {last}, lies before the first, {first}.")
    # What lies just outside the days may collide with what lies inside.
    margin = timedelta(days=QUARTER_DAYS)
    since_then, until_then = max(first, date.min + margin) - margin, min(last, date.max - margin) + margin
    events = told_once(dated_events(graph, since_then, until_then, seen))
    found = collisions(events, _places(graph, events, last), first, last)
    rows = [_clash(one, on, ClashWeights()) for one in found]
    rows.sort(key=lambda one: (-(one.score or 0), one.events[0].first, one.events[0].id, one.events[1].id))
    inside = [one for one in events if one.told.first <= last and one.told.last >= first]
    parameters = said(since=first.isoformat(), until=last.isoformat(), as_of=on.isoformat(), limit=limit)
    return assemble(graph, "clashes", parameters, on, rows, limit, _caveats(inside), seen=seen)


def _places(graph: Store, events: list[Event], on: date) -> dict[str, Place]:
    states = sorted({s.iso3 for one in events for s in one.told.states})
    organisations = sorted({o.id for one in events for o in one.told.organisations})
    return {
        row["iso3"]: Place(
            frozenset(Named(**one) for one in row["regions"]), frozenset(Named(**one) for one in row["organisations"])
        )
        for row in graph.ask(cypher("clashes"), {"states": states, "organisations": organisations, "on": on})
    }


def _clash(one: Collision, on: date, weight: ClashWeights) -> Clash:
    a, b = one.first.told, one.second.told
    records = tuple(told.ref for event in (one.first, one.second) for told in event.records)
    invited = [*(s.name for s in one.states), *(o.name for o in one.organisations)]
    features = (
        _days(one, records, weight.days),
        _invited(one, invited, records, weight.invited),
        _share("provider", [p.name for p in one.providers], _least(a.providers, b.providers), records, weight.provider),
        _share("theme", [t.name for t in one.themes], _least(a.themes, b.themes), records, weight.theme),
    )
    return Clash(
        score=score(features), features=features, collide="days" if one.by_days else "quarter",
        events=(_event(one.first), _event(one.second)), apart=one.apart, states=one.states,
        organisations=one.organisations, providers=one.providers, themes=one.themes, regions=one.regions,
        through=one.through, suggestion=_suggestion(one, invited, max(a.last, b.last) < on),
    )  # fmt: skip


def _event(event: Event) -> ClashEvent:
    told = event.told
    return ClashEvent(
        id=told.id, type=told.type, kind=told.kind, title=told.title, first=told.first, last=told.last,
        date_text=told.text,
        states=told.states, organisations=told.organisations, providers=told.providers, themes=told.themes,
        perhaps_same=tuple(one.ref for one in event.also),
    )  # fmt: skip


def _least(these: tuple[Named, ...], those: tuple[Named, ...]) -> int:
    return min(len(these), len(those))


def _days(one: Collision, records: tuple[Ref, ...], weight: float) -> Feature:
    a, b = one.first.told, one.second.told
    vague = _IN_WORDS[max(a, b, key=lambda told: told.last - told.first).precision]
    if one.apart == 0:
        days = (min(a.last, b.last) - max(a.first, b.first)).days + 1
        value = 1.0 if one.by_days else _NEAR
        sentence = f"They overlap on {count(days, 'day')}." if one.by_days else f"They may overlap{vague}."
    elif one.apart == ADJACENT:
        value, sentence = (0.75 if one.by_days else _NEAR), f"One starts the day after the other ends{vague}."
    else:
        least = "At least " if vague else ""
        value = _NEAR * (1 - one.apart / QUARTER_DAYS)
        sentence = f"{least}{count(one.apart - 1, 'day')} {'lies' if one.apart == 2 else 'lie'} between them{vague}."
    return Feature(name="days", value=round(value, 4), weight=weight, sentence=sentence, records=records)


def _invited(one: Collision, invited: list[str], records: tuple[Ref, ...], weight: float) -> Feature:
    if invited:
        fewest = min(_called(one.first.told), _called(one.second.told))
        value, sentence = len(invited) / fewest, f"Both call on {listed(invited)}."
    elif one.through:
        names = listed([o.name for o in one.through])
        value, sentence = 0.5, f"One calls on {names}, the other on States that are members of it."
    elif one.regions:
        value, sentence = 0.25, f"Both call on States of {listed([r.name for r in one.regions])}."
    else:
        value, sentence = 0.0, "No State or organisation that both call on is known here."
    return Feature(name="invited", value=round(value, 4), weight=weight, sentence=sentence, records=records)


def _called(told: DatedEvent) -> int:
    return len(told.states) + len(told.organisations)


def _share(name: str, names: list[str], least: int, records: tuple[Ref, ...], weight: float) -> Feature:
    sentence = (
        f"Both have the {name}{'s' if len(names) > 1 else ''} {listed(names)}."
        if names
        else f"No {name} of both is known here."
    )
    value = len(names) / least if names else 0.0
    return Feature(name=name, value=round(value, 4), weight=weight, sentence=sentence, records=records)


def _suggestion(one: Collision, invited: list[str], past: bool) -> str:
    """What could be merged or moved, in a sentence."""
    could = "could have been" if past else "could be"
    whom, themes = listed(invited), listed([t.name for t in one.themes])
    if one.national and invited:
        return f"What the evaluation finds {could} used for the other, or the two moved apart to spare {whom}."
    if one.themes and invited:
        return f"Same theme for {whom}: the two {could} held as one event on {themes}, or back to back."
    if one.themes and (one.through or one.regions):
        members = "members of " if one.through else ""
        around = f"{members}{listed([o.name for o in one.through or one.regions])}"
        return f"Same theme, near in place and time: the two {could} one event on {themes} for {around}."
    if invited:
        return f"Both call on {whom}, on other themes: the two {could} joined in one journey, or moved apart."
    if one.themes and one.providers:
        return f"Same provider and theme: the two {could} given by one team, or one {could} moved."
    if one.through:
        names = listed([o.name for o in one.through])
        return f"One calls on {names}, the other on members of it, in the same days: one {could} moved."
    return f"The provider is engaged twice: one {could} moved, unless separate teams go."


def listed(names: list[str]) -> str:
    """The first four names, and how many more."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _caveats(inside: list[Event]) -> list[str]:
    longer = sum(one.told.precision == "longer" for one in inside)
    caveats = [
        f"Looked at {count(len(inside) - longer, 'event')} with a known time between the two days; what no source "
        "dates, or dates on one side only, is not among them.",
        "That two events collide is no criticism: those who hold them may have agreed on it.",
    ]
    if any(one.national for one in inside):
        caveats.append(
            "A joint external evaluation is of one State, by a team of its own: it collides only with what calls on "
            "the same State."
        )
    if longer:
        caveats.append(f"Left out as known to the year, or longer than three months: {longer}.")
    if doubled := [one for one in inside if one.also]:
        pairs = "; ".join(" and ".join(told.id for told in one.records) for one in doubled[:_MOST])
        more = f"; and {len(doubled) - _MOST} more" if len(doubled) > _MOST else ""
        caveats.append(f"Perhaps the same event, told by two records and counted once: {pairs}{more}.")
    return caveats
