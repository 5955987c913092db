"""What is said about one State under one obligation or theme, and how it folds into the reading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import DISCLAIMER, Kind, Reading
from graph.store import Store
from queries.answer import Answer, Ref, Row, Shape, count
from queries.assemble import assemble, today
from queries.fold import CAVEAT_LATEST, SET_ASIDE, Folded, Told, fold
from queries.names import Meant, Names, not_a_state
from queries.parameters import (
    AsOf,
    AState,
    Committee,
    EvidenceKinds,
    Limit,
    checked_evidence,
    checked_limit,
    said,
    visible,
)
from queries.text import cypher


class Place(Shape):
    """Where a statement stands in its source: id and title of the source, and the line of the source's file."""

    id: str
    title: str
    publisher: str | None
    line: str | None


class Here(Shape):
    """Where a statement stands here: the data set and the line of its file. A correction is made there."""

    dataset: str
    line: str | None


class ExplainedStatement(Shape):
    """A statement with its dates (days on which it is taken to hold), where it is from, and its part in the reading."""

    id: str
    text: str
    kind: Kind
    grade: str | None
    reading: Reading
    reason: str | None
    observed: str
    holds_from: date
    holds_until: date | None
    note: str | None
    counts: bool
    part: str
    sources: tuple[Place, ...]
    here: tuple[Here, ...]

    def line(self) -> str:
        """The statement in a sentence for people."""
        places = "; ".join(
            f"{one.publisher or one.title}{f', line {one.line} of the file read' if one.line else ''}"
            for one in self.sources
        )
        here = "; ".join(f"{one.dataset}, line {one.line}" for one in self.here)
        told = f"reads {self.reading}" if self.reading != "unknown" else ""
        part = "" if self.counts else f" ({self.part})" if told else self.part
        note = f" Note: {self.note}." if self.note else ""
        return f"{self.text}: {told}{part}. Observed {self.observed}; {places}; here {here}.{note}"


class Explained(Row):
    """An obligation or theme, how it reads on the date, and every statement about it, those that count first."""

    id: str
    name: str
    reading: Reading
    conflict: bool
    last_seen: str | None
    statements: tuple[ExplainedStatement, ...]

    def cells(self) -> dict[str, str]:
        """The item and its reading."""
        counting = sum(one.counts for one in self.statements)
        differ = "\nstatements differ" if self.conflict else ""
        if self.id.startswith("section/"):
            return {
                "Obligation or theme": f"{self.name}\n{self.id}", "Reads": "no reading",
                "Rests on": f"{count(len(self.statements), 'record')} on file",
            }  # fmt: skip
        rest = f"{counting} of {count(len(self.statements), 'statement')}" if self.statements else "no source speaks"
        return {"Obligation or theme": f"{self.name}\n{self.id}", "Reads": f"{self.reading}{differ}", "Rests on": rest}

    def why(self, most: int = 3) -> list[str]:
        """Every statement, in a sentence."""
        return [one.line() for one in self.statements]


def explain(
    graph: Store,
    state: AState,
    item: Annotated[str, Doc("A theme such as border-control, or an obligation such as OP3c, OP1/5 or section/OP2.")],
    *,
    as_of: AsOf = None,
    evidence: EvidenceKinds = (),
    limit: Limit = 100,
    committee: Committee = False,
) -> Answer[Explained]:
    """Explain how a State's field reads: every statement, its date, source and line, and its part in the reading.

    An obligation is explained by the rows of operative paragraph 1 and the themes that belong to it, a theme by
    itself and the treaty rows about it; the laws on file follow by section of the matrix. Raises `ParameterError`
    for a name that is not known or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    kinds = checked_evidence(evidence)
    names = Names(graph, seen)
    meant, asked = names.state(state), names.item(item)
    items = items_behind(graph, asked)
    told = graph.ask(cypher("explain"), {"states": [meant.id], "items": sorted(items), "visible": seen})
    folded = fold(told, on, kinds)
    rows = [
        explained(folded.get((meant.id, id_)), id_, name)
        for id_, name in items.items()
        if (meant.id, id_) in folded or not id_.startswith("section/")
    ]
    rows.sort(key=lambda row: (row.id != asked.id, row.id.startswith("section/"), not row.statements, row.id))
    parameters = said(
        state=meant.id, name=meant.name, item=asked.id, as_of=on.isoformat(), evidence=tuple(kinds), limit=limit
    )
    further = [Ref(type="Statement", id=one.id) for row in rows[:limit] for one in row.statements]
    return assemble(
        graph, "explain", parameters, on, rows, limit, [*_caveats(rows), *not_a_state(meant)], further, seen=seen
    )


def items_behind(graph: Store, asked: Meant) -> dict[str, str]:
    """The names of the items behind a theme or obligation, by id: rows of OP 1, themes, and sections with laws."""
    rows = graph.ask(cypher("items"), {"asked": [asked.id]})
    found = {item for row in rows for item in row["items"]}
    found |= {f"section/{section}" for row in rows for section in row["sections"]}
    rows = graph.ask(cypher("item_names"), {"items": sorted(found)})
    return {row["id"]: row["name"] for row in rows}


def explained(folded: Folded | None, id_: str, name: str) -> Explained:
    """The row of an item; without any statement it reads unknown."""
    if folded is None:
        return Explained(score=None, features=(), id=id_, name=name, reading="unknown", conflict=False,
            last_seen=None, statements=(),
        )  # fmt: skip
    return Explained(
        score=None, features=(), id=id_, name=name, reading=folded.reading, conflict=folded.conflict,
        last_seen=folded.last_seen,
        statements=tuple(_statement(one) for one in folded.told),
    )  # fmt: skip


def _statement(told: Told) -> ExplainedStatement:
    row: dict[str, Any] = told.said
    same = ("id", "text", "kind", "grade", "reading", "reason", "observed", "holds_from", "holds_until", "note")
    return ExplainedStatement(
        **{name: row[name] for name in same},
        counts=told.counts,
        part=told.part,
        sources=tuple(Place(**place) for place in sorted(row["sources"], key=lambda place: str(place["id"]))),
        here=tuple(Here(**place) for place in sorted(row["here"], key=lambda place: str(place["dataset"]))),
    )


def _caveats(rows: list[Explained]) -> list[str]:
    caveats = [DISCLAIMER]
    parts = Counter(row.reading for row in rows)
    if parts["unknown"]:
        caveats.append("Unknown means that no source held here speaks on that date; it is no gap.")
    if any(row.id.startswith("section/") for row in rows):
        caveats.append(
            "Laws are known by section of the matrix, not by row: that one is on file says nothing on what it covers."
        )
    if any(row.conflict for row in rows):
        caveats.append(
            "Where statements differ, all are shown; a reading of incomplete or no entry is then the one used."
        )
    if any(one.part.startswith(SET_ASIDE) for row in rows for one in row.statements):
        caveats.append(CAVEAT_LATEST)
    caveats.append(
        "A correction is made at the source named; here, in the data set and line that each statement names."
    )
    return caveats
