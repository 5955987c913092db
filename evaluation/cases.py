"""Documented cases of help, and how each is asked again: as of the day before, with itself left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from evaluation.text import cypher
from evaluation.words import Regions
from graph.store import Store
from queries.asker import Asker
from queries.candidates import Evidence
from queries.parameters import PUBLIC
from queries.text import cypher as question_cypher
from queries.themes import all_themes


@dataclass(frozen=True, slots=True)
class Case:
    """Help that took place: who gave it, to whom (ids of States and organisations), under which themes, when.

    `recipients_text` counts where no recipient is named; with neither, the case is asked for all States. `hidden` are
    the precedents in the graph that are this case.
    """

    id: str
    providers: frozenset[str]
    recipients: tuple[str, ...]
    recipients_text: str
    themes: frozenset[str]
    began: date | None
    ended: date | None
    hidden: tuple[str, ...] = ()

    @property
    def asked_on(self) -> date:
        """The day before it began at the earliest."""
        if self.began is None:
            raise ValueError(f"{self.id} has no date")
        return self.began - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as it was asked: who asks, and what was known of each possible partner on that day."""

    case: Case
    asker: Asker
    evidence: Evidence
    region: str


def dated_only(asked: Asked) -> Asked:
    """The same without offers that have no date: these count at any date, so that a later one may tell of the case."""
    kept = {
        partner: [one for one in pieces if not (one["kind"] == "offer" and one["date"] is None)]
        for partner, pieces in asked.evidence.pieces.items()
    }
    pieces = {partner: those for partner, those in kept.items() if those}
    return Asked(asked.case, asked.asker, Evidence(pieces), asked.region)


@dataclass(slots=True)
class Asking:
    """Asks cases of a graph; what cannot be asked is counted with the reason."""

    graph: Store
    left_out: Counter[str] = field(default_factory=Counter)

    def all(self, cases: Iterable[Case]) -> list[Asked]:
        """The cases as asked, in their order."""
        regions, everything = Regions.read(self.graph), all_themes(self.graph)
        found = []
        for case in cases:
            if case.began is None:
                self.left_out["without a date"] += 1
            elif not case.providers:
                self.left_out["without a provider"] += 1
            else:
                found.append(self._ask(case, regions, everything))
        return found

    def _ask(self, case: Case, regions: Regions, everything: list[str]) -> Asked:
        on, seen, hidden = case.asked_on, list(PUBLIC), list(case.hidden)
        places = self._places(case, regions, on)
        preferred = {
            wished
            for who in case.recipients
            for row in self.graph.ask(
                question_cypher("asker"), {"request": "", "asker": who, "as_of": on, "visible": seen}
            )
            for wished in row["preferred"]
        }
        who = case.recipients[0] if len(case.recipients) == 1 else ""
        themes = case.themes or frozenset(everything)
        asker = Asker(who, "the recipients", places, themes, not case.themes, frozenset(preferred), ())
        evidence = Evidence.read(self.graph, places, themes, on, hidden, seen)
        # Nobody is suggested to itself; plain counts shall not have to pass it by either.
        evidence.pieces.pop(who, None)
        return Asked(case, asker, evidence, regions.of(places))

    def _places(self, case: Case, regions: Regions, on: date) -> dict[str, dict[str, object]]:
        """Where the States that received it stand on the day: those named, members, those of a region, or all."""
        states: set[str] = set()
        for one in case.recipients:
            members = self.graph.ask(question_cypher("members"), {"organisation": one, "as_of": on})
            states |= {row["iso3"] for row in members} or {one}
        if named := self._standing(states, on):
            return named
        states = set()
        for region in regions.named_in(case.recipients_text):
            rows = self.graph.ask(question_cypher("region_states"), {"region": region, "as_of": on})
            states |= {row["iso3"] for row in rows}
        if not states:
            states = {row["iso3"] for row in self.graph.ask(question_cypher("everywhere"), {"as_of": on})}
        return self._standing(states, on)

    def _standing(self, states: set[str], on: date) -> dict[str, dict[str, object]]:
        """By State; an organisation without known members is none."""
        rows = self.graph.ask(question_cypher("places"), {"states": sorted(states), "as_of": on})
        return {row["iso3"]: row for row in rows}


def from_graph(graph: Store) -> list[Case]:
    """All precedents of kind `help` that the public may see, each hidden from its own question."""
    return [
        Case(
            row["id"], frozenset(row["providers"]), tuple(sorted(row["recipients"])), row["recipients_text"] or "",
            frozenset(row["themes"]), row["began"], row["ended"], (row["id"],),
        )
        for row in graph.ask(cypher("cases"), {"visible": list(PUBLIC)})
    ]  # fmt: skip
