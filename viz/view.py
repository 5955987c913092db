"""An answer as the explorer shows it: rows with keys and cells, names of all records behind it, places of nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from queries.answer import Answer, Row, Shape
from queries.captions import captions
from queries.heading import asked, heading
from viz.parts import PARAMETERS, type_of


class ViewRow(Shape):
    """A row: its key, the same for the same data, its cells as people read them, by column, and why it is there."""

    key: str
    cells: dict[str, str]
    why: tuple[str, ...]


class ViewNode(Shape):
    """A node of the neighbourhood, with its place in pixels (x to the right, y down)."""

    key: str
    type: str
    id: str
    name: str
    level: int
    x: float
    y: float
    radius: float


class ViewEdge(Shape):
    """A line of the neighbourhood, with all that it stands for in words."""

    start: str
    end: str
    words: tuple[str, ...]


class Neighbourhood(Shape):
    """What stands around a node: at most 300 nodes, and what of them is left out and why."""

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    left_out: dict[str, int]
    notes: tuple[str, ...]


class View(Shape):
    """What the explorer needs besides the answer itself.

    `names` has the name of each record that the answer gives by its id alone, by `Type id`.
    """

    title: str
    asked: dict[str, str]
    rows: tuple[ViewRow, ...]
    names: dict[str, str]
    neighbourhood: Neighbourhood | None = None


def view(graph: Store, answer: Answer[Any], seen: list[str], states: Mapping[str, str] | None = None) -> View:
    """What is shown of the answer to a caller who may see `seen`; `states` are other names of States by their codes."""
    names = {f"{type_} {id_}": name for (type_, id_), name in captions(graph, _named(answer), seen).items()}
    names |= {key: name for code, name in (states or {}).items() if (key := f"State {code}") in names}
    around = _neighbourhood(graph, answer, seen) if answer.question == "network" else None
    return View(
        title=heading(answer.question),
        asked=_asked(answer, names),
        rows=tuple(_rows(answer)),
        names=names,
        neighbourhood=around,
    )


def _asked(answer: Answer[Any], names: dict[str, str]) -> dict[str, str]:
    """What was asked, with the names of those whom it names: exported pictures tell it to people."""
    told = asked(answer)
    for parameter, types in PARAMETERS.items():
        value, label = answer.parameters.get(parameter), parameter.replace("_", " ")
        if value and label in told:
            ids = value if isinstance(value, list) else [value]
            found = [
                next((names[one] for one in (f"{kind} {id_}" for kind in types) if one in names), id_) for id_ in ids
            ]
            told[label] = ", ".join(map(str, found))
    return told


def _rows(answer: Answer[Any]) -> list[ViewRow]:
    found: dict[str, int] = {}
    rows = []
    for row in answer.rows:
        key = _key(row)
        found[key] = found.get(key, 0) + 1
        rows.append(
            ViewRow(key=key if found[key] == 1 else f"{key} ({found[key]})", cells=row.cells(), why=tuple(row.why()))
        )
    return rows


def _key(row: Row) -> str:
    """The identifier of a row, or of the first thing in it that has one."""
    own = getattr(row, "id", None)
    if own is not None:
        return f"{row.type} {own}" if hasattr(row, "type") else str(own)
    if hasattr(row, "field"):
        return str(row.field)
    for name in ("need", "partner", "programme", "precedent", "law", "theme"):
        if (inner := getattr(row, name, None)) is not None and name in type(row).model_fields:
            return str(inner.id)
    if hasattr(row, "events"):
        return "+".join(one.id for one in row.events)
    shared = "+".join(one.id for one in getattr(row, "shared", ()))
    return f"{'+'.join(one.iso3 for one in getattr(row, 'states', ()))}/{shared}"


def _named(answer: Answer[Any]) -> set[tuple[str, str]]:
    """The records of the features and of the parameters."""
    found = {(one.type, one.id) for row in answer.rows for feature in row.features for one in feature.records}
    for name, types in PARAMETERS.items():
        value = answer.parameters.get(name)
        for id_ in value if isinstance(value, list) else [value] if value else []:
            found.add((type_of(id_, types), id_))
            found.update((one, id_) for one in types)
    return found


def _neighbourhood(graph: Store, answer: Answer[Any], seen: list[str]) -> Neighbourhood:
    from viz.drawing import drawing  # noqa: PLC0415  (the layout is slow to import; only one question wants it)
    from viz.network import named  # noqa: PLC0415

    drawn = drawing(answer, named(graph, answer, seen))
    return Neighbourhood(
        nodes=tuple(
            ViewNode(
                key=one.key, type=one.type, id=one.id, name=one.name, level=one.level, x=round(one.x, 1),
                y=round(one.y, 1), radius=one.radius,
            )
            for one in drawn.spots
        ),
        edges=tuple(ViewEdge(start=one.start, end=one.end, words=one.words) for one in drawn.links),
        left_out=dict(drawn.left_out),
        notes=drawn.notes,
    )  # fmt: skip
