"""What `overlap` reads: the programmes that may run in States, and those that a partner itself stands behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.evidence import years_after
from graph.store import Store
from queries.doubling import Doubling, Programme, doubling
from queries.entry_points import OPEN_YEARS
from queries.text import cypher

# Of more programmes than these, the ones that began last are read in full; all are counted.
MOST_READ = 400
# A partner at work in more States is set beside others in those in which it has most.
MOST_STATES = 40


@dataclass(frozen=True, slots=True)
class Ran:
    """Programmes that may run on a date: `programmes` open a theme and were read in full, by id.

    `total` is how many may run, `read` how many of them were looked at in full, `by_theme` how many of all open each
    theme, `own` the ids of those that the partner asked about funds or carries out.
    """

    programmes: tuple[Programme, ...]
    total: int
    read: int
    by_theme: dict[str, int]
    own: frozenset[str]

    def of(self, theme: str) -> list[Programme]:
        """The programmes that open a theme."""
        return [one for one in self.programmes if theme in one.opens]

    def places(self) -> dict[str, str]:
        """The names of the States and territories where they are, by code."""
        return {one["iso3"]: one["name"] for p in self.programmes for one in p.said["places"]}


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks which programmes may run on a date, by what the caller may see."""

    graph: Store
    on: date
    seen: list[str]

    def there(self, states: Iterable[str]) -> dict[str, date]:
        """The ids of those in the States, with their start (the first day of all where a source gives none)."""
        return self._ids("overlap_there", {"states": sorted(states)})

    def own(self, who: str) -> dict[str, date]:
        """The ids of those that a State, an organisation or an agency below it funds or carries out."""
        return self._ids("overlap_own", {"who": who})

    def _ids(self, name: str, asked: dict[str, Any]) -> dict[str, date]:
        dates = {
            "as_of": self.on, "open_since": years_after(self.on, -OPEN_YEARS),
            "open_until": years_after(self.on, OPEN_YEARS), "visible": self.seen,
        }  # fmt: skip
        rows = self.graph.ask(cypher(name), {**asked, **dates})
        return {row["id"]: row["began"] or date.min for row in rows}

    def read(self, ids: dict[str, date], who: str, own: Iterable[str] = (), within: Iterable[str] = ()) -> Ran:
        """At most `MOST_READ` of the programmes in full, those that began last; and of all, how many open each theme.

        An agency that is `who` itself stands for itself, not for who stands above it. Where they are counts `within`
        these States alone (everywhere if none are given), but for those that are `own`.
        """
        kept, asked = frozenset(own), frozenset(within)
        latest = sorted(ids, key=lambda one: (-ids[one].toordinal(), one))[:MOST_READ]
        rows = self.graph.ask(cypher("overlap"), {"ids": sorted(latest)}) if latest else []
        programmes = tuple(
            _programme(row, who, self.on, frozenset() if row["id"] in kept else asked) for row in rows
        )  # fmt: skip
        by_theme = Counter(theme for one in programmes for theme in one.opens)
        if len(ids) > len(latest):
            counted = self.graph.ask(cypher("overlap_counts"), {"ids": sorted(ids)})
            by_theme = Counter({row["theme"]: row["number"] for row in counted})
        return Ran(programmes, len(ids), len(latest), dict(by_theme), kept & frozenset(latest))


def _programme(row: dict[str, Any], who: str, on: date, within: frozenset[str]) -> Programme:
    behind = [
        {**one, "id": one["agency"], "name": one["agency_name"]} if one["agency"] == who else one
        for one in row["behind"]
    ]
    places = {one["iso3"]: one for one in row["places"] if not within or one["iso3"] in within}
    held = {**row, "places": [places[iso3] for iso3 in sorted(places)], "states": sorted(places), "behind": behind}
    return Programme.of(held, on)


def busiest(ran: Ran) -> list[str]:
    """The codes of the States with most of the partner's own programmes, at most `MOST_STATES`; ties by code."""
    held = Counter(iso3 for one in ran.programmes if one.id in ran.own for iso3 in one.states)
    return [iso3 for iso3, _ in sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_STATES]]


def doubles(programmes: Iterable[Programme], theme: str, names: dict[str, str], who: str) -> tuple[Doubling, ...]:
    """The pairs of `who` and another partner whose work under the theme doubles in a State (not in `who` itself)."""
    abroad = [replace(one, states=one.states - {who}) for one in programmes]
    pairs = doubling(abroad, theme, {iso3: name for iso3, name in names.items() if iso3 != who}, "")
    return tuple(one for one in pairs if any(partner.id == who for partner in one.partners))
