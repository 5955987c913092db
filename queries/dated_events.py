"""Events and help with the days on which they take place: what clashes are found among, and what a calendar shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.store import Store
from queries.answer import Named, Ref, StateName
from queries.text import cypher

Precision = Literal["days", "month", "quarter", "longer"]

# No month is this short, so a span up to three weeks was stated day by day.
_DAYS, _MONTH, _QUARTER = 21, 31, 92
_GIVES = frozenset({"PROVIDED_BY", "IMPLEMENTED_BY", "organiser", "funder"})
# A reviewer looks at others, but sits in the same room: it takes part.
_TAKES_PART = frozenset({"RECEIVED_BY", "host", "subject", "participant", "reviewer"})


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event or help of which a source gives the time; `first` and `last` are the earliest and the latest day.

    `precision` says how well the time is known: `days` (at most three weeks: it takes place on these days), `month`,
    `quarter` (some time in it), or `longer`. `providers` are the State or organisation above the agency that the
    source names; `states` and `organisations` take part or receive; `hosts` are those among `states` that host.
    """

    id: str
    type: str
    kind: str
    title: str
    first: date
    last: date
    text: str
    precision: Precision
    states: tuple[StateName, ...]
    organisations: tuple[Named, ...]
    hosts: tuple[StateName, ...]
    providers: tuple[Named, ...]
    themes: tuple[Named, ...]
    sources: tuple[str, ...]
    visibility: str

    @property
    def ref(self) -> Ref:
        """The record."""
        return Ref(type=self.type, id=self.id)


def dated_events(store: Store, since: date, until: date, seen: list[str]) -> list[DatedEvent]:
    """The events and help that may fall between two days (both included), the first to begin first.

    What a source dates on one side only ("after 2018") is left out: nobody can say on which days it falls. Reports
    to the Committee and money reported by years are no events. `seen` is the visibility that the caller may see.
    """
    # The parameter is not called `graph`: by that name this would be found as a question of its own.
    return [_event(row) for row in store.ask(cypher("dated_events"), {"since": since, "until": until, "visible": seen})]


def precision(first: date, last: date) -> Precision:
    """How well a time is known by the number of days that it may span."""
    days = (last - first).days + 1
    if days <= _DAYS:
        return "days"
    return "month" if days <= _MONTH else "quarter" if days <= _QUARTER else "longer"


def _event(row: dict[str, Any]) -> DatedEvent:
    parties = row["parties"]
    takes_part = [one for one in parties if one["role"] in _TAKES_PART]
    return DatedEvent(
        **{key: row[key] for key in ("id", "type", "kind", "title", "first", "last", "visibility")},
        text=row["text"] or (f"{row['first']}" if row["first"] == row["last"] else f"{row['first']}/{row['last']}"),
        precision=precision(row["first"], row["last"]),
        states=_states(one for one in takes_part if not one["organisation"]),
        organisations=_named((one["id"], one["name"]) for one in takes_part if one["organisation"]),
        hosts=_states(one for one in takes_part if one["role"] == "host" and not one["organisation"]),
        providers=_named((one["partner"], one["partner_name"]) for one in parties if one["role"] in _GIVES),
        themes=_named((one["id"], one["name"]) for one in row["themes"]),
        sources=tuple(sorted(row["sources"])),
    )


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(id=id_, name=name) for id_, name in sorted(set(pairs)))


def _states(parties: Iterable[dict[str, Any]]) -> tuple[StateName, ...]:
    return tuple(
        StateName(iso3=iso3, name=name) for iso3, name in sorted({(one["id"], one["name"]) for one in parties})
    )
