"""Pools in which a State would take part, for all themes of its plan at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import YEARS_HELD, years_after
from graph.store import Store
from queries.action_plan_parts import PlanPool
from queries.answer import StateName
from queries.assemble import today
from queries.held_together import Known
from queries.pool_conveners import Tie, ties
from queries.pool_features import PoolWeights
from queries.pool_members import Circle, Evidenced, evidenced, laws_told
from queries.pools import Pool, pool_of
from queries.text import cypher


@dataclass(frozen=True, slots=True)
class About:
    """What is read under a theme: its items (the theme and treaty rows) and the sections of the matrix."""

    items: frozenset[str]
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class Around:
    """The small circles of a State, and how all items read for their States (rows of `readings.cypher`)."""

    circles: tuple[Circle, ...]
    readings: Mapping[tuple[str, str], dict[str, Any]]

    @property
    def states(self) -> list[str]:
        """The codes of all States in them."""
        return sorted({iso3 for one in self.circles for iso3 in one.states})


def pools_of(
    graph: Store, state: str, themes: Mapping[str, About], around: Around, on: date, seen: list[str]
) -> dict[str, PlanPool]:
    """For each theme the best pool in which the State would take part, among its small circles.

    The pools are those of `pools` (experience, and two others with a need), without who offers; those held together
    by an organisation that nothing ties to the theme come last. Five statements, whatever the number of themes.
    """
    if not around.circles:
        return {}
    states = around.states
    asked = {
        "states": states, "as_of": on, "recorded": today(), "year_before": years_after(on, -1),
        "asked_since": years_after(on, -(YEARS_HELD["stated_need"] or 0)), "visible": seen,
    }  # fmt: skip
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.ask(cypher("action_plan_pools"), asked):
        told[row["theme"]].append(row)
    places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": states, "as_of": on})}
    sections = sorted({one for about in themes.values() for one in about.sections})
    laws = defaultdict(list)
    for section, one in laws_told(graph, sections, on, seen):
        laws[section].append(one)
    tied = ties(graph, themes, places, on, seen)
    by_item: dict[str, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for key, row in around.readings.items():
        by_item[key[1]][key] = row
    found = {}
    for theme, about in themes.items():
        rows = {key: row for item in sorted(about.items) for key, row in by_item[item].items()}
        known = Known(rows, {}, places, {item: row["name"] for (_, item), row in rows.items()})
        on_file = [one for section in sorted(about.sections) for one in laws[section]]
        held = evidenced(told[theme], known, {theme} & about.items or set(about.items), on_file, [])
        if own := _best(state, around.circles, held, tied.get(theme, {})):
            found[theme] = _plan_pool(own, state)
    return found


def _best(state: str, circles: Iterable[Circle], held: Evidenced, tied: dict[str, Tie]) -> Pool | None:
    if state not in held.experience and state not in held.need:
        return None
    rows = [pool for one in circles if (pool := pool_of(one, held, tied, PoolWeights()))]
    rows.sort(key=lambda pool: (pool.kind == "organisation" and pool.id not in tied, -(pool.score or 0), pool.id))
    return rows[0] if rows else None


def _plan_pool(pool: Pool, state: str) -> PlanPool:
    others = [one for one in pool.experience if one.iso3 != state]
    records = {(ref.type, ref.id): ref for one in others for piece in one.evidence for ref in piece.records}
    return PlanPool(
        id=pool.id, name=pool.name, conveners=pool.conveners,
        experience=tuple(StateName(iso3=one.iso3, name=one.name) for one in others),
        need=tuple(StateName(iso3=one.iso3, name=one.name) for one in pool.need),
        records=tuple(records[key] for key in sorted(records)),
    )  # fmt: skip
