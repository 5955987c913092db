"""What surrounds a State: its small circles, and what is known of the States in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, YEARS_HELD, years_after
from graph.store import Store
from queries.action_plan_parts import Neighbours
from queries.answer import Named, Ref, StateName
from queries.assemble import today
from queries.pool_members import Circle
from queries.readings import readings_of
from queries.text import cypher

# With more members an organisation does not speak quickly with one voice: a rule of this project.
MOST_MEMBERS = 25
_LEAST_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Around:
    """The small circles of a State and, of their States, how all items read, where they stand (with the State itself),
    and what they did, received and asked for: rows of `readings`, `places` and `action_plan_pools.cypher`."""

    state: str
    circles: tuple[Circle, ...]
    readings: dict[tuple[str, str], dict[str, Any]]
    places: dict[str, dict[str, Any]]
    done: list[dict[str, Any]]

    @classmethod
    def read(cls, graph: Store, state: str, on: date, seen: list[str]) -> Around:
        """Four statements, two where the State has no small circles."""
        held = graph.ask(cypher("action_plan_together"), {"state": state, "as_of": on, "most": MOST_MEMBERS})
        circles = tuple(
            Circle(row["id"], row["name"], row["kind"], frozenset(one["iso3"] for one in row["members"]))
            for row in held
        )
        states = _states(circles)
        places = graph.ask(cypher("places"), {"states": sorted({state, *states}), "as_of": on})
        of_states = {"states": states, "as_of": on, "visible": seen}
        asked = {
            **of_states, "recorded": today(), "year_before": years_after(on, -1),
            "asked_since": years_after(on, -(YEARS_HELD["stated_need"] or 0)),
        }  # fmt: skip
        read = readings_of(graph, {**of_states, "evidence": list(DEFAULT_EVIDENCE)}) if states else []
        return cls(
            state, circles,
            {(row["iso3"], row["item"]): row for row in read},
            {row["iso3"]: row for row in places},
            graph.ask(cypher("action_plan_pools"), asked) if states else [],
        )  # fmt: skip

    @property
    def states(self) -> list[str]:
        """The codes of all States in the circles."""
        return _states(self.circles)

    def neighbours(self) -> dict[str, tuple[Neighbours, ...]]:
        """For each item the organisation of the State whose other members are recorded alike in the largest share."""
        negative: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for (iso3, item), row in self.readings.items():
            if row["reading"] in NEGATIVE and iso3 != self.state:
                negative[item][iso3] = row
        best: dict[str, tuple[Neighbours, ...]] = {}
        for item, alike in negative.items():
            found = [
                near for one in self.circles if one.kind == "organisation" if (near := self._near(one, item, alike))
            ]
            found.sort(key=lambda one: (-len(one.states) / one.members, -one.members, one.organisation.id))
            best[item] = tuple(found[:1])
        return best

    def _near(self, circle: Circle, item: str, alike: dict[str, dict[str, Any]]) -> Neighbours | None:
        others = sorted(circle.states - {self.state})
        those = [one for one in others if one in alike]
        if len(those) < _LEAST_TOGETHER:
            return None
        statements = sorted({st["id"] for one in those for st in alike[one]["statements"]})
        return Neighbours(
            organisation=Named(id=circle.id, name=circle.name),
            item=Named(id=item, name=alike[those[0]]["name"]),
            states=tuple(StateName(iso3=one, name=self.places[one]["name"]) for one in those),
            members=len(others),
            records=tuple(Ref(type="Statement", id=id_) for id_ in statements),
        )


def _states(circles: Iterable[Circle]) -> list[str]:
    return sorted({iso3 for one in circles for iso3 in one.states})
