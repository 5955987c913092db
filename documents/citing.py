"""Reads what a draft needs besides an answer: the sources of single records, and the statements behind readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from documents.form import Citations
from graph.evidence import DEFAULT_EVIDENCE
from graph.store import Store
from queries.answer import Ref, Source
from queries.assemble import sources_of
from queries.fold import Folded, fold
from queries.text import cypher

_TYPES = (
    "Statement", "Offer", "Precedent", "Programme", "Request", "Need", "Legislation", "Activity", "ActionPlan",
    "Mandate", "Organisation", "State", "Membership",
)  # fmt: skip


def citations(graph: Store, records: Iterable[Ref]) -> Citations:
    """The sources of these records (of type `Membership`: of who is a member of that organisation), by record."""
    asked: dict[str, set[str]] = {type_: set() for type_ in _TYPES}
    direct = set()
    for one in records:
        if one.type in asked:
            asked[one.type].add(one.id)
        elif one.type == "Source":
            direct.add(one.id)
    rows = graph.ask(cypher("action_plan_cited"), {type_.lower(): sorted(ids) for type_, ids in asked.items()})
    ids = {row["source"] for row in rows} | direct
    named = {one.id: one for one in sources_of(graph, [Ref(type="Source", id=id_) for id_ in sorted(ids)])}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        found[(row["type"], row["id"])].add(row["source"])
    for id_ in direct:
        found[("Source", id_)].add(id_)
    by_record: dict[tuple[str, str], tuple[Source, ...]] = {
        key: tuple(named[id_] for id_ in sorted(sources) if id_ in named) for key, sources in found.items()
    }
    return Citations(by_record)


def readings_of(
    graph: Store, states: Iterable[str], items: Iterable[str], on: date, seen: list[str]
) -> dict[tuple[str, str], Folded]:
    """How the items read for the States on the date, with every statement; what no source speaks of is not there."""
    asked = {"states": sorted(states), "items": sorted(items), "visible": seen}
    return fold(graph.ask(cypher("explain"), asked), on, DEFAULT_EVIDENCE)
