"""A State's matrix as its own form has it, field by field: what `footprint export matrix` writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.store import Store
from queries.names import Names
from queries.parameters import visible
from queries.text import cypher


@dataclass(frozen=True, slots=True)
class HeldMatrix:
    """A matrix: the State, its fields by the names of the form's columns, and where it is from.

    `others` are further matrices of the State that are held, in words; nothing is held where there are no fields.
    """

    state: str
    name: str
    dataset: str
    date: str
    fields: tuple[dict[str, Any], ...]
    others: tuple[str, ...]


def held_matrix(
    graph: Store, state: str, as_of: date | None = None, dataset: str = "", committee: bool = False
) -> HeldMatrix:
    """The State's latest matrix, of `as_of` at the latest where that is given, or the one of a data set.

    Of two of the same date it is the one whose data set comes first by name. Raises `ParameterError` for a State that
    is not known.
    """
    seen = visible(committee)
    meant = Names(graph, seen).state(state)
    parameters = {"state": meant.id, "dataset": dataset, "as_of": as_of or date.max, "visible": seen}
    rows = graph.ask(cypher("matrix"), parameters)
    held = dict.fromkeys((row["dataset"], row["date"]) for row in rows)
    (first, told), *others = held or [("", "")]
    fields = tuple(_field(meant.id, row) for row in rows if (row["dataset"], row["date"]) == (first, told))
    return HeldMatrix(meant.id, meant.name, first, told, fields, tuple(f"of {day} in {name}" for name, day in others))


def _field(state: str, row: dict[str, Any]) -> dict[str, Any]:
    section, number, *where = row["field"].split("/")
    return {
        "state": state, "date": row["date"], "edition": row["edition"] or "",
        "complete": "yes" if row["complete"] else "no", "approved": row["approved"] or "",
        "visibility": row["visibility"], "section": section, "row": int(number), "label": row["label"],
        "weapon": where[0] if len(where) > 1 else "", "column": where[-1],
        "value": "" if row["grade"] == "blank" else row["grade"], "document": row["document"] or "",
        "remarks": row["remarks"] or "",
    }  # fmt: skip
