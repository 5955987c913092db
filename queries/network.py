"""The neighbourhood of something in the graph, as nodes and edges for a picture, with what was left out and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import years_after
from graph.model import LOADED, MODEL, REPORTED_BY
from graph.store import Store
from queries.answer import Answer, Ref, Row, Shape, count
from queries.assemble import assemble, today
from queries.captions import captions
from queries.entry_points import OPEN_YEARS
from queries.parameters import About, AsOf, Committee, Limit, ParameterError, Theme, checked_limit, said, visible
from queries.search import checked_type
from queries.search_index import TYPES, index_of
from queries.text import cypher
from queries.themes import themes_of

# In this order they are kept where not all nodes of a level can be shown: first what explains help, then who and what
# stands around it, last what says so.
KEPT_FIRST = (
    "Request", "Offer", "Precedent", "ActionPlan", "Theme", "State", "Territory", "Organisation", "Programme", "Need",
    "Activity", "Legislation", "Benefit", "Obligation", "Region", "Sector", "Field", "Statement", "Source",
)  # fmt: skip
# What is looked at under one theme only, where one is given; the others are there whatever they are linked with.
_OF_THEMES = frozenset(
    {"Request", "Need", "Offer", "Precedent", "Programme", "Sector", "Activity", "Benefit", "Obligation", "Field"}
)
_BOOKKEEPING = frozenset({REPORTED_BY, LOADED})
_OWN_BUSINESS = frozenset({"dataset", "ordinal", "valid_to", "written", "source", "source_line"})
_RELATIONSHIPS = tuple(name for name in MODEL.relationships if name not in _BOOKKEEPING)
_DEEPEST = 3
_RULE = (
    "Nearer nodes are kept first; on one level in the order {types}. Within a type, programmes with an end come before "
    "those without and needs of requests before lines of costed plans, then what is linked with more of the nodes "
    "shown already, then by identifier."
)


class Edge(Shape):
    """A relationship that starts at a node and leads to another node of the answer, with what is said of it."""

    type: str
    to: Ref
    properties: dict[str, Any]


class Node(Row):
    """A node: its type, id and name, how many steps from the focus (0) it is, and the edges that start at it."""

    type: str
    id: str
    name: str
    level: int
    edges: tuple[Edge, ...]

    def cells(self) -> dict[str, str]:
        """The node, its distance, and how many edges of which type start at it."""
        types = Counter(edge.type.lower().replace("_", " ") for edge in self.edges)
        edges = "\n".join(f"{words}: {number}" for words, number in sorted(types.items()))
        return {"Node": f"{self.name}\n{self.type} {self.id}", "Steps": str(self.level), "Links from it": edges}


@dataclass(slots=True)
class _Found:
    """The nodes so far, in order, by type and id; and how many of each type were left out for want of room."""

    nodes: dict[tuple[str, str], tuple[str, int]]
    left_out: Counter[str] = field(default_factory=Counter)

    def level(self, level: int) -> list[tuple[str, str]]:
        """The nodes that are so many steps from the focus."""
        return [key for key, (_, at) in self.nodes.items() if at == level]

    def key_of(self, given: str) -> tuple[str, str] | None:
        """The node that is meant by its identifier, with or without its type before it."""
        return next((key for key in self.nodes if given in (key[1], f"{key[0]} {key[1]}")), None)

    def take(self, level: int, rows: list[dict[str, Any]], room: int) -> None:
        """Add what there is room for, in the order of the rule; count the rest."""
        rows = sorted(rows, key=lambda row: KEPT_FIRST.index(row["type"]))
        for row in rows:
            taken = row["first"][:room]
            room -= len(taken)
            for one in taken:
                self.nodes[(row["type"], one["id"])] = (one["name"], level)
            self.left_out[row["type"]] += row["total"] - len(taken)


def network(
    graph: Store,
    focus: Annotated[
        str,
        Doc("A State, organisation, theme, request, offer, programme, precedent, law …: name or id."),
        About(("state", "organisation")),
    ],
    *,
    depth: Annotated[int, Doc("How many steps from the focus to go (1 to 3).")] = 1,
    types: Annotated[tuple[str, ...], Doc("Types of nodes to keep, and to go through; all unless given.")] = (),
    relationships: Annotated[
        tuple[str, ...], Doc("Types of relationships to follow, such as FUNDED_BY; all unless given.")
    ] = (),
    expand: Annotated[
        tuple[str, ...], Doc("Ids of nodes found on the way, of which all that they are linked with is shown as well.")
    ] = (),
    theme: Theme = None,
    as_of: AsOf = None,
    limit: Limit = 300,
    committee: Committee = False,
) -> Answer[Node]:
    """Show what something is linked with, as nodes and edges for a picture.

    Level by level from the focus, nearer nodes first; what there is no room for is counted by type in `left_out`
    (among the parameters) and in the notes. Programmes that may run on the date, memberships that hold, records made
    by then; with a theme, of the records of help those under it. Nodes to `expand` are gone one step beyond, the
    nearest first, so that what they lead to can be expanded in turn. The bookkeeping of loads is never shown. Rows are
    nodes, each with the edges that start at it. Raises `ParameterError` for a name, type or theme that is not known
    or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    if not 1 <= depth <= _DEEPEST:
        raise ParameterError(f"The depth is {depth}; it should be from 1 to {_DEEPEST}.")
    kept = tuple(dict.fromkeys(checked_type(one, KEPT_FIRST) for one in types))
    followed = tuple(dict.fromkeys(_relationship(one) for one in relationships))
    index, version = index_of(graph, seen)
    meant = index.meant(focus, TYPES)
    item = index.meant(theme, ("Theme", "Obligation")) if theme is not None else None
    shown = kept or KEPT_FIRST
    asked = {
        "relationships": list(followed or _RELATIONSHIPS),
        "types": list(shown),
        "free": [one for one in shown if not item or one not in _OF_THEMES],
        "themes": themes_of(graph, item) if item else [],
        "as_of": on,
        "open_since": years_after(on, -OPEN_YEARS),
        "open_until": years_after(on, OPEN_YEARS),
        "visible": seen,
    }
    found = _Found({(meant.type, meant.id): (meant.name, 0)})
    reached = _walk(graph, found, depth, limit, asked)
    expanded = _expand(graph, found, expand, limit, asked)
    edges = _edges(graph, found, asked)
    called = captions(graph, (one for one in found.nodes if one[0] == "Field"), seen)
    rows = [
        Node(
            score=None,
            features=(),
            type=type_,
            id=id_,
            name=called.get((type_, id_), name),
            level=level,
            edges=tuple(edges[(type_, id_)]),
        )
        for (type_, id_), (name, level) in found.nodes.items()
    ]
    left_out = {type_: number for type_ in KEPT_FIRST if (number := found.left_out[type_])}
    parameters = said(
        focus=meant.id, focus_type=meant.type, depth=depth, types=kept, relationships=followed,
        expand=expand, theme=item.id if item else None, as_of=on.isoformat(), limit=limit, left_out=left_out,
    )  # fmt: skip
    caveats = _caveats(found, depth, reached, left_out, on) + _not_expanded(found, expand, expanded)
    further = [Ref(type=row.type, id=row.id) for row in rows]
    answer = assemble(graph, "network", parameters, on, rows, limit, caveats, further, version=version)
    return answer.model_copy(update={"total": len(rows) + sum(left_out.values()), "truncated": bool(left_out)})


def _relationship(given: str) -> str:
    name = given.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in _RELATIONSHIPS:
        raise ParameterError(f"There is no relationship {given!r}; there are {', '.join(_RELATIONSHIPS)}.")
    return name


def _walk(graph: Store, found: _Found, depth: int, limit: int, asked: dict[str, Any]) -> int:
    """Go out level by level, one question each, while there is room; the number of levels that were looked at."""
    for level in range(1, depth + 1):
        start = found.level(level - 1)
        if not start or (level > 1 and len(found.nodes) >= limit):
            return level - 1
        _step(graph, found, start, limit, asked)
    return depth


def _expand(
    graph: Store, found: _Found, expand: tuple[str, ...], limit: int, asked: dict[str, Any]
) -> set[tuple[str, str]]:
    """Go one step on from these nodes, those of one level in one question, while there is room; from which it went."""
    done: set[tuple[str, str]] = set()
    while len(found.nodes) < limit:
        waiting = {key for one in expand if (key := found.key_of(one)) and key not in done}
        if not waiting:
            break
        nearest = min(found.nodes[key][1] for key in waiting)
        start = [key for key in found.level(nearest) if key in waiting]
        _step(graph, found, start, limit, asked)
        done.update(start)
    return done


def _step(graph: Store, found: _Found, start: list[tuple[str, str]], limit: int, asked: dict[str, Any]) -> None:
    """What is linked with these nodes of one level, as far as there is room."""
    room = max(limit - len(found.nodes), 0)
    known = [f"{type_} {id_}" for type_, id_ in found.nodes]
    rows = graph.ask(cypher("network"), {**asked, **_by_type(start), "seen": known, "most": room})
    found.take(found.nodes[start[0]][1] + 1, rows, room)


def _by_type(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The ids of nodes by type in lower case, for all types."""
    ids: dict[str, list[str]] = {type_.lower(): [] for type_ in KEPT_FIRST}
    for type_, id_ in keys:
        ids[type_.lower()].append(id_)
    return ids


def _edges(graph: Store, found: _Found, asked: dict[str, Any]) -> dict[tuple[str, str], list[Edge]]:
    """The edges among the nodes by the node where they start; what several data sets say of one is put together, but
    not two spells of membership."""
    parameters = {
        **_by_type(found.nodes), "ids": sorted({id_ for _, id_ in found.nodes}),
        "relationships": asked["relationships"], "as_of": asked["as_of"],
    }  # fmt: skip
    told: dict[tuple[tuple[str, str], str, tuple[str, str], int], dict[str, Any]] = {}
    rows = graph.ask(cypher("network_edges"), parameters)
    for row in sorted(rows, key=lambda row: str(row["properties"]["dataset"])):
        start, end = _key(row["from_labels"], row["from_id"]), _key(row["to_labels"], row["to_id"])
        if start in found.nodes and end in found.nodes:
            properties = {k: v for k, v in sorted(row["properties"].items()) if k not in _OWN_BUSINESS}
            key = (start, row["type"], end, row["properties"]["ordinal"])
            told[key] = {**properties, **told.get(key, {})}
    edges: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for (start, type_, end, _), properties in sorted(told.items(), key=lambda one: one[0]):
        edges[start].append(Edge(type=type_, to=Ref(type=end[0], id=end[1]), properties=properties))
    return edges


def _not_expanded(found: _Found, expand: tuple[str, ...], done: set[tuple[str, str]]) -> list[str]:
    """What was to be expanded and could not be."""
    keys = {one: found.key_of(one) for one in expand}
    absent = [one for one, key in keys.items() if key is None]
    full = [found.nodes[key][0] for key in keys.values() if key is not None and key not in done]
    told = []
    if absent:
        told.append(f"Not expanded, as it is not among the nodes shown: {', '.join(absent)}.")
    if full:
        told.append(f"Not expanded, as there was no room: {', '.join(full)}. Keep fewer types, or look from there.")
    return told


def _key(labels: list[str], id_: str) -> tuple[str, str]:
    return next(type_ for type_ in KEPT_FIRST if type_ in labels), id_


def _caveats(found: _Found, depth: int, reached: int, left_out: dict[str, int], on: date) -> list[str]:
    caveats = []
    if left_out:
        total = len(found.nodes) + sum(left_out.values())
        numbers = ", ".join(f"{type_} {number:,}" for type_, number in left_out.items())
        caveats.append(f"Showing {len(found.nodes):,} of {total:,} nodes. Left out for want of room: {numbers}.")
        caveats.append(_RULE.format(types=", ".join(KEPT_FIRST)))
    if reached < depth and left_out:
        caveats.append(
            f"Looked at {count(reached, 'step')} of {depth}, as there was no room for more. Keep fewer types, name a "
            "theme, or raise the limit to go further."
        )
    elif left_out and depth > 1:
        caveats.append("What could be reached only through nodes that were left out is not counted.")
    if any(type_ == "Programme" for type_, _ in found.nodes):
        caveats.append(
            f"Programmes are those that may run on {on.isoformat()}; one without an end in its source is shown for "
            f"{OPEN_YEARS} years after its start, one without any date is not."
        )
    caveats.append("Records of help without a date in their source are shown at any date.")
    return caveats
