"""Programmes under a theme, and the pairs of partners whose work under it doubles in one State."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

from queries.answer import Named, Shape, StateName

Role = Literal["fund", "carry out"]
# 1 is work to which the theme could be added: two of that kind need have nothing in common.
_DIRECT = 2
_SAME_WORK = 3


class Doubling(Shape):
    """Two partners with different programmes under one theme in one State, and when both may run.

    `role` is what both do. `since` and `until` bound the days on which a programme of each may run: `None` where no
    source gives a start or an end. Partners that stand together behind a programme under the theme are no pair.
    """

    state: StateName
    role: Role
    partners: tuple[Named, Named]
    programmes: tuple[str, ...]
    since: date | None
    until: date | None

    @property
    def sentence(self) -> str:
        """The pair in a sentence."""
        one, other = self.partners
        since = f" from {self.since}" if self.since else ""
        until = f" to {self.until}" if self.until else ""
        return (
            f"{one.name} and {other.name} both {self.role} work on this in {self.state.name}, by "
            f"{len(self.programmes)} programmes{since}{until}."
        )


@dataclass(frozen=True, slots=True)
class Opens:
    """How a programme opens a theme: the most direct link, and all doors of that directness (sector or title rule)."""

    directness: int
    how: str
    doors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Programme:
    """A row of `overlap.cypher`: what it opens, and the States or organisations behind it."""

    id: str
    said: dict[str, Any]
    uncertain: bool
    states: frozenset[str]
    opens: dict[str, Opens]
    funders: tuple[Named, ...]
    implementers: tuple[Named, ...]
    resolved: frozenset[str]

    @classmethod
    def of(cls, row: dict[str, Any], on: date) -> Programme:
        """Fold the doors by theme and the agencies to who stands above them."""
        links: dict[str, list[dict[str, Any]]] = {}
        for one in sorted(row["opens"], key=lambda one: (-one["directness"], one["door"], one["how"])):
            links.setdefault(one["theme"], []).append(one)
        began, ended = row["start_latest"], row["end_earliest"]
        return cls(
            row["id"], row, began is None or ended is None or began > on or ended < on, frozenset(row["states"]),
            {theme: _opens(those) for theme, those in links.items()},
            _above(one for one in row["behind"] if one["role"] == "FUNDED_BY"),
            _above(one for one in row["behind"] if one["role"] == "IMPLEMENTED_BY"),
            frozenset(one["id"] for one in row["behind"] if one["resolved"]),
        )  # fmt: skip

    @property
    def providers(self) -> set[tuple[str, str]]:
        """Id and name of all whose name is resolved that fund it or carry it out."""
        return {(one.id, one.name) for one in (*self.funders, *self.implementers) if one.id in self.resolved}


def _opens(links: list[dict[str, Any]]) -> Opens:
    best = links[0]["directness"]
    return Opens(best, links[0]["how"], frozenset(one["door"] for one in links if one["directness"] == best))


def _above(parties: Iterable[dict[str, Any]]) -> tuple[Named, ...]:
    """Who stands above the agencies; of an agency of two, the first."""
    first: dict[str, dict[str, Any]] = {}
    for one in sorted(parties, key=lambda one: str(one["id"])):
        first.setdefault(one["agency"], one)
    return tuple(Named(id=id_, name=name) for id_, name in sorted({(one["id"], one["name"]) for one in first.values()}))


def doubling(programmes: list[Programme], theme: str, states: dict[str, str], who: str) -> tuple[Doubling, ...]:
    """The pairs of partners whose work under the theme doubles, by State, role and partners.

    `states` gives the names of the States by ISO code, and `who` asks: neither is a provider to itself. Names of
    partners that are not resolved are left out, as two of them may mean the same.
    """
    found: dict[tuple[str, Role, Named, Named], list[tuple[Programme, Programme]]] = {}
    own = {*states, who}
    direct = [one for one in programmes if one.opens[theme].directness >= _DIRECT]
    together = {pair for one in programmes for pair in combinations(sorted(one.providers), 2)}
    for p, q in combinations(sorted(direct, key=lambda one: one.id), 2):
        if not _alike(p.opens[theme], q.opens[theme]) or not _meet(p, q):
            continue
        for role in ("fund", "carry out"):
            for one, other in _pairs(_those(p, role, own), _those(q, role, own)):
                if ((one.id, one.name), (other.id, other.name)) not in together:
                    for iso3 in sorted(p.states & q.states):
                        found.setdefault((iso3, role, one, other), []).append((p, q))
    return tuple(
        _doubling(key, those, states) for key, those in sorted(found.items(), key=lambda pair: _order(pair[0]))
    )


def _order(key: tuple[str, Role, Named, Named]) -> tuple[str, bool, str, str]:
    return key[0], key[1] == "carry out", key[2].id, key[3].id


def _alike(one: Opens, other: Opens) -> bool:
    """Whether two programmes open the theme by the same door, or both are the theme's own work."""
    return bool(one.doors & other.doors) or one.directness == other.directness == _SAME_WORK


def _meet(p: Programme, q: Programme) -> bool:
    since, until = _both(p, q)
    return since is None or until is None or since <= until


def _both(p: Programme, q: Programme) -> tuple[date | None, date | None]:
    """The first and the last day on which both may run."""
    starts = [one.said["start_earliest"] for one in (p, q) if one.said["start_earliest"]]
    ends = [one.said["end_latest"] for one in (p, q) if one.said["end_latest"]]
    return max(starts, default=None), min(ends, default=None)


def _those(one: Programme, role: Role, own: set[str]) -> list[Named]:
    named = one.funders if role == "fund" else one.implementers
    return [partner for partner in named if partner.id in one.resolved and partner.id not in own]


def _pairs(these: list[Named], those: list[Named]) -> set[tuple[Named, Named]]:
    pairs = set()
    for one in these:
        for other in those:
            if one.id != other.id:
                first, second = sorted((one, other), key=lambda partner: (partner.id, partner.name))
                pairs.add((first, second))
    return pairs


def _doubling(
    key: tuple[str, Role, Named, Named], meetings: list[tuple[Programme, Programme]], states: dict[str, str]
) -> Doubling:
    iso3, role, one, other = key
    spans = [_both(p, q) for p, q in meetings]
    since, until = [first for first, _ in spans], [last for _, last in spans]
    return Doubling(
        state=StateName(iso3=iso3, name=states[iso3]), role=role, partners=(one, other),
        programmes=tuple(sorted({p.id for pair in meetings for p in pair})),
        since=None if None in since else min(day for day in since if day),
        until=None if None in until else max(day for day in until if day),
    )  # fmt: skip
