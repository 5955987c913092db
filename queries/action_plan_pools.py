"""Pools in which a State would take part, for all themes of its plan at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.action_plan_around import Around
from queries.action_plan_parts import PlanPool
from queries.action_plan_themes import About
from queries.answer import StateName
from queries.held_together import Known
from queries.kept import Kept, Rows
from queries.laws import laws_held
from queries.pool_conveners import Tie, ties
from queries.pool_features import PoolWeights
from queries.pool_members import Circle, Evidenced, evidenced, laws_told
from queries.pools import Pool, pool_of


@dataclass(frozen=True, slots=True)
class PlanPools:
    """What is known of the States in the small circles of a State, by theme and by item.

    The pools are those of `pools` (experience, and two others with a need), without who offers; those held together
    by an organisation that nothing ties to the theme come last.
    """

    around: Around
    told: Mapping[str, list[dict[str, Any]]]
    readings: Mapping[str, dict[tuple[str, str], dict[str, Any]]]
    laws: Rows
    tied: Mapping[str, dict[str, Tie]]

    @classmethod
    def of(cls, around: Around, kept: Kept, themes: Iterable[str], on: date, seen: list[str]) -> PlanPools:
        """What surrounds the State, by theme and by item, and the laws on file."""
        told: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in around.done:
            told[row["theme"]].append(row)
        readings: dict[str, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
        for key, row in around.readings.items():
            readings[key[1]][key] = row
        places = [around.places[one] for one in around.states]
        return cls(around, told, readings, laws_held(kept, on, seen), ties(kept, themes, places, on, seen))

    def best(self, theme: str, about: About) -> PlanPool | None:
        """The best pool under the theme in which the State would take part, among its small circles."""
        rows = {key: row for item in sorted(about.concerns) for key, row in self.readings.get(item, {}).items()}
        known = Known(rows, {}, self.around.places, {item: row["name"] for (_, item), row in rows.items()})
        on_file = laws_told(self.laws, about.sections)
        own_items = {theme} & about.concerns or set(about.concerns)
        held = evidenced(self.told.get(theme, []), known, own_items, on_file, [])
        own = _best(self.around.state, self.around.circles, held, self.tied.get(theme, {}))
        return _plan_pool(own, self.around.state) if own else None


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
