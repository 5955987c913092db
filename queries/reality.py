"""The State's own reality: ports, coast, land borders, reactors, as reasons why a theme matters there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.store import Store
from queries.answer import count
from queries.text import cypher

_SEA = frozenset(
    {"maritime-port-security", "transit-transshipment", "import-control", "customs-enforcement", "transport"}
)
_LAND = frozenset({"border-control", "customs-enforcement", "detection-equipment"})
_NUCLEAR = frozenset({"nuclear-accounting", "nuclear-physical-protection", "radioactive-sources"})


@dataclass(frozen=True, slots=True)
class Reality:
    """What the sources say of a State; `None` where they say nothing."""

    state: str
    name: str
    ports: int | None
    coastline_km: float | None
    reactors: int | None
    neighbours: int
    border_km: float | None

    @classmethod
    def of(cls, graph: Store, state: str) -> Reality:
        """Read the facts; a territory has none."""
        rows = graph.ask(cypher("reality"), {"state": state})
        row = rows[0] if rows else dict.fromkeys(("ports", "coastline_km", "reactors", "border_km"))
        return cls(state=state, **{"name": state, "neighbours": 0, **row})

    def facts(self) -> list[str]:
        """Everything that the sources say, a fact a sentence."""
        told = [
            f"{count(self.ports, 'port')}" if self.ports else "",
            f"{self.coastline_km:,.0f} km of coast" if self.coastline_km else "",
            f"{self.border_km or 0:,.0f} km of land border with {count(self.neighbours, 'neighbour')}"
            if self.neighbours
            else "",
            f"{count(self.reactors, 'nuclear power reactor')} in operation" if self.reactors else "",
        ]
        return [one for one in told if one]

    def sentence(self, themes: Iterable[str]) -> str:
        """The facts that bear on any of the themes, in a sentence; empty where there are none."""
        asked, facts = set(themes), []
        if asked & _SEA and (self.ports or self.coastline_km):
            ports = f"{self.ports} ports" if self.ports else ""
            coast = f"{self.coastline_km:,.0f} km of coast" if self.coastline_km else ""
            facts.append(" and ".join(part for part in (ports, coast) if part))
        if asked & _LAND and self.neighbours:
            noun = "neighbour" if self.neighbours == 1 else "neighbours"
            facts.append(f"{self.border_km or 0:,.0f} km of land border with {self.neighbours} {noun}")
        if asked & _NUCLEAR and self.reactors:
            facts.append(f"{self.reactors} nuclear power reactors")
        return f"{self.name} has {', '.join(facts)}." if facts else ""
