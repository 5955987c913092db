"""The State's own reality: ports, coast, land borders, reactors, minerals, as reasons why a theme matters there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.store import Store
from queries.answer import Ref, count
from queries.text import cypher

_SEA = frozenset(
    {"maritime-port-security", "transit-transshipment", "import-control", "customs-enforcement", "transport"}
)
_LAND = frozenset({"border-control", "customs-enforcement", "detection-equipment"})
_NUCLEAR = frozenset({"nuclear-accounting", "nuclear-physical-protection", "radioactive-sources"})
_MINERALS = frozenset({"strategic-minerals"})
# Arrangements in which States take part because of their minerals: rough diamonds; oil, gas and minerals.
ARRANGEMENTS = ("kimberley-process", "eiti")


@dataclass(frozen=True, slots=True)
class Reality:
    """What the sources say of a State; `None`, or nothing, where they say nothing. Lengths in kilometres."""

    state: str
    name: str
    ports: int | None = None
    ports_year: int | None = None
    coastline_km: float | None = None
    reactors: int | None = None
    neighbours: tuple[dict[str, Any], ...] = ()
    minerals: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, graph: Store, state: str, on: date) -> Reality:
        """Read the facts; a territory has none."""
        rows = graph.ask(cypher("reality"), {"state": state, "as_of": on, "minerals": list(ARRANGEMENTS)})
        if not rows:
            return cls(state, state)
        row = rows[0]
        neighbours = sorted(row.pop("neighbours"), key=lambda one: str(one["name"]))
        minerals = sorted(row.pop("minerals"), key=lambda one: ARRANGEMENTS.index(one["id"]))
        return cls(state=state, **row, neighbours=tuple(neighbours), minerals=tuple(minerals))

    @property
    def border_km(self) -> float:
        """The length of all land borders together."""
        return float(sum(one["km"] or 0 for one in self.neighbours))

    def facts(self) -> list[tuple[str, Ref]]:
        """Everything that the sources say, a fact a sentence, with the record that says it."""
        state = Ref(type="State", id=self.state)
        year = f" ({self.ports_year})" if self.ports_year else ""
        told = [
            f"{count(self.ports, 'port')}{year}" if self.ports else "",
            f"{self.coastline_km:,.0f} km of coast" if self.coastline_km else "",
            f"{self._borders()}: {', '.join(map(_with_km, self.neighbours))}" if self.neighbours else "",
            self._reactors() if self.reactors else "",
        ]
        facts = [(one, state) for one in told if one]
        return facts + [
            (f"Takes part in the {one['name']}", Ref(type="Organisation", id=one["id"])) for one in self.minerals
        ]

    def _borders(self) -> str:
        return f"{self.border_km:,.0f} km of land border with {count(len(self.neighbours), 'neighbour')}"

    def _reactors(self) -> str:
        return count(self.reactors or 0, "nuclear power reactor")

    def sentence(self, themes: Iterable[str]) -> str:
        """The facts that bear on any of the themes, in a sentence; empty where there are none."""
        asked, facts = set(themes), []
        if asked & _SEA and (self.ports or self.coastline_km):
            ports = count(self.ports, "port") if self.ports else ""
            coast = f"{self.coastline_km:,.0f} km of coast" if self.coastline_km else ""
            facts.append(" and ".join(part for part in (ports, coast) if part))
        if asked & _LAND and self.neighbours:
            facts.append(self._borders())
        if asked & _NUCLEAR and self.reactors:
            facts.append(self._reactors())
        told = [f"has {', '.join(facts)}"] if facts else []
        if asked & _MINERALS and self.minerals:
            told.append(f"takes part in the {' and the '.join(one['name'] for one in self.minerals)}")
        return f"{self.name} {' and '.join(told)}." if told else ""


def _with_km(neighbour: dict[str, Any]) -> str:
    return f"{neighbour['name']} {neighbour['km']:,.0f}" if neighbour["km"] else str(neighbour["name"])
