"""Which obligations and themes are most commonly incomplete or without entry: counted by theme, never by State."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import DISCLAIMER, NEGATIVE, Kind
from graph.store import Store
from queries.answer import Answer, Row, Source, count
from queries.assemble import assemble, today
from queries.fold import CAVEAT_LATEST
from queries.names import Names
from queries.parameters import (
    About,
    AsOf,
    Committee,
    EvidenceKinds,
    Limit,
    ParameterError,
    checked_evidence,
    checked_limit,
    said,
    visible,
)
from queries.readings import readings_of
from queries.text import cypher
from queries.themes import all_themes

_ALL = "all"
# Of fewer States a count would tell who they are.
_LEAST = 3
_EVIDENCE: dict[Kind, str] = {
    "assessment": "assessments",
    "index": "indices of private bodies",
    "law": "laws",
    "matrix": "matrices",
    "self_assessment": "self-assessments",
    "stated_need": "needs that States state themselves",
    "treaty": "lists of parties",
}


class CommonGap(Row):
    """An obligation or theme and for how many States it reads how; `no_source`: States of whom no source speaks."""

    id: str
    name: str
    incomplete: int
    no_entry: int
    in_place: int
    differ: int
    no_source: int
    by_kind: dict[Kind, int]

    def cells(self) -> dict[str, str]:
        """The item and its counts."""
        differ = f"\nstatements differ on {self.differ}" if self.differ else ""
        return {
            "Obligation or theme": f"{self.name}\n{self.id}",
            "Incomplete or no entry": f"{self.incomplete} incomplete\n{self.no_entry} no entry{differ}",
            "In place": str(self.in_place),
            "No source speaks then": str(self.no_source),
        }

    def why(self, most: int = 3) -> list[str]:
        """On what kinds of evidence the counts rest."""
        told = [f"{_EVIDENCE[kind]} ({count(number, 'State')})" for kind, number in self.by_kind.items()]
        return [f"Known from {', '.join(told)}."] if told else []


def common_gaps(
    graph: Store,
    who: Annotated[
        str,
        Doc("An organisation (its members on the date), a region such as Caribbean, or `all`."),
        About(("members",)),
    ],
    *,
    as_of: AsOf = None,
    evidence: EvidenceKinds = (),
    limit: Limit = 20,
    committee: Committee = False,
) -> Answer[CommonGap]:
    """Count which obligations and themes are most commonly incomplete or without entry.

    The treaty row in operative paragraph 1, the theme elsewhere; for each, the number of States that read
    incomplete, no entry or in place, and of those for whom no source speaks. States are counted, never listed.
    Raises `ParameterError` for a name that is not known, fewer than three States or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    kinds = checked_evidence(evidence)
    id_, name, states = _states(graph, who, on, seen)
    asked = {"states": states, "as_of": on, "evidence": kinds, "visible": seen}
    items: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in readings_of(graph, asked):
        if not row["item"].startswith("section/"):
            items[(row["item"], row["name"])].append(row)
    counted = (_gap(item, those, len(states)) for item, those in items.items())
    rows = sorted(
        counted,
        key=lambda row: (-(row.incomplete + row.no_entry), row.no_source, row.id),
    )
    parameters = said(who=id_, as_of=on.isoformat(), evidence=tuple(kinds), limit=limit)
    silent = sorted(set(all_themes(graph)) - {item for item, _ in items})
    answer = assemble(graph, "common_gaps", parameters, on, rows, limit, _caveats(name, len(states), silent), seen=seen)
    shown = {row.id for row in answer.rows}
    statements = sorted(
        {st["id"] for (item, _), those in items.items() if item in shown for row in those for st in row["statements"]}
    )
    found = graph.ask(cypher("common_gaps"), {"statements": statements, "least": _LEAST})
    return answer.model_copy(update={"sources": tuple(Source(**row) for row in found)})


def _states(graph: Store, who: str, on: date, seen: list[str]) -> tuple[str, str, list[str]]:
    """Id, name and States of whom the question is about; `ParameterError` where there are none."""
    if who.strip().lower() == _ALL:
        return _ALL, "all States", [row["iso3"] for row in graph.ask(cypher("everywhere"), {"as_of": on})]
    meant = Names(graph, seen).find(who, ("Organisation", "Region"))
    if meant.type == "Region":
        rows = graph.ask(cypher("region_states"), {"region": meant.id, "as_of": on})
    else:
        rows = graph.ask(cypher("members"), {"organisation": meant.id, "as_of": on})
    if not rows:
        raise ParameterError(f"The graph knows no member States of {meant.name} on {on.isoformat()}.")
    if len(rows) < _LEAST:
        raise ParameterError(f"{meant.name} has {len(rows)} member States: too few to count without naming them.")
    return meant.id, meant.name, [row["iso3"] for row in rows]


def _gap(item: tuple[str, str], rows: list[dict[str, Any]], states: int) -> CommonGap:
    readings = Counter(row["reading"] for row in rows)
    kinds = Counter(kind for row in rows for kind in {st["kind"] for st in row["statements"]})
    return CommonGap(
        score=None, features=(), id=item[0], name=item[1],
        incomplete=readings["incomplete"], no_entry=readings["no entry"], in_place=readings["in place"],
        differ=sum(row["conflict"] for row in rows if row["reading"] in NEGATIVE),
        no_source=states - len(rows), by_kind=dict(sorted(kinds.items())),
    )  # fmt: skip


def _caveats(name: str, states: int, silent: list[str]) -> list[str]:
    caveats = [
        DISCLAIMER,
        f"Counted over {count(states, 'State')} ({name}). A State for whom no source speaks is in no other count.",
        CAVEAT_LATEST,
        "Laws are known by section of the matrix only and are not counted here.",
        "The sources listed are those that speak of several States.",
    ]
    if silent:
        caveats.append(f"Themes on which no source held here speaks of any of these States: {', '.join(silent)}.")
    return caveats
