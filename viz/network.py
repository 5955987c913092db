"""Answers as networks: every record that an answer names is a node, and every edge says why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import networkx as nx
from pydantic import BaseModel

from graph.evidence import DISCLAIMER
from graph.store import Store
from queries.answer import Answer, Feature, Row, count
from queries.captions import captions
from queries.clashes import Clash
from queries.grouping_rows import Grouping
from queries.network import Node
from viz.about import as_line
from viz.parts import BARE, PARAMETERS, PARTS, ROWS, SAYS, part, type_of

Network: TypeAlias = "nx.MultiDiGraph[str]"
Names = Mapping[tuple[str, str], str]
# How far from the middle: who asked or what was asked about, the rows, what the rows hold, what all that rests on.
FOCUS, ROW, PART, RECORD = range(4)
_LEVELS = ("focus", "row", "part", "record")
# Records that only say where something is from are never more than that, wherever they stand.
_EVIDENCE = frozenset({"Statement", "Source", "Field"})
_NAMES = ("name", "title", "subject", "text", "sentence")
# Of States nothing is kept by which they could be put in order.
_PLACES = frozenset({"State", "Territory"})
_ORDERS = frozenset({"score", "containment", "jaccard", "likeness"})


def to_networkx(answer: Answer[Any], names: Names | None = None) -> Network:
    """The answer as a directed network; every record it names is a node, keyed `"Type id"`, such as `"State SLE"`.

    Nodes have `type` (of the model; of rows that are no records `Grouping`, `Pool`, `Collision` or `Form field`),
    `id`, `name` (the id where none is known), `level` (0 who asked or what was asked about, 1 the rows, 2 what they
    hold, 3 what that rests on; of `network` the steps) and `role` (the same in a word), and of rows what else the row
    says. Edges have `type` (such as `could help`, `shares`, `rests on`), and where there are such `score` (0 to 1, the
    same as `weight`) and `sentence`. `names` by type and id are for records that the answer gives without a name.
    Rows of partners, groupings and programmes have a `score`; States never have. The network itself has `question`,
    `asked`, `as_of`, `data_version`, `caveats` and `sources`. Nothing is fetched.
    """
    made = _Made(answer, names or {})
    if answer.question == "network":
        made.neighbourhood()
    else:
        made.suggestions()
    return made.graph


def named(graph: Store, answer: Answer[Any], seen: list[str]) -> Network:
    """The same, with the names of records that the answer gives by their ids alone looked up in the graph.

    Only of those that a caller who may see `seen` may see.
    """
    bare = [(node["type"], node["id"]) for _, node in to_networkx(answer).nodes(data=True)]
    # A code that stands for a State in most answers may be that of a territory.
    wanted = [*bare, *(("Territory", id_) for type_, id_ in bare if type_ == "State")]
    return to_networkx(answer, captions(graph, wanted, seen))


class _Made:
    """A network in the making."""

    def __init__(self, answer: Answer[Any], names: Names) -> None:
        self.graph: Network = nx.MultiDiGraph()
        self.graph.graph.update(
            question=answer.question,
            asked=[f"{name}: {value}" for name, value in answer.parameters.items()],
            as_of=answer.as_of,
            data_version=answer.data_version,
            caveats=list(dict.fromkeys([*answer.caveats, DISCLAIMER])),
            sources=[as_line(one) for one in answer.sources],
        )
        self._answer, self._names = answer, names

    def neighbourhood(self) -> None:
        """Nodes and edges as the question `network` gives them."""
        for row in self._answer.rows:
            assert isinstance(row, Node)
            role = "focus" if row.level == 0 else "node"
            self._node(row.type, row.id, row.name, row.level, role)
        for row in self._answer.rows:
            for edge in row.edges:
                words = edge.type.lower().replace("_", " ")
                self._edge(f"{row.type} {row.id}", f"{edge.to.type} {edge.to.id}", words, edge.properties)

    def suggestions(self) -> None:
        """Each row with all that it names, linked with whom the question was asked about."""
        focus = self._focus()
        for number, row in enumerate(self._answer.rows, start=1):
            key = self._row(row, number)
            score = {} if row.score is None else {"score": row.score, "weight": row.score}
            if focus and focus != key:
                words = SAYS.get(self._answer.question, "answers")
                self._edge(key, focus, words, {**score, "sentence": " ".join(row.why())})
            said = {**_scalars(row), **({} if row.score is None else {"score": row.score})}
            self._tell(key, said)
            self._fields(row, key)
            for feature in row.features:
                self._feature(feature, key)

    def _focus(self) -> str:
        """The node of who or what was asked about; further parameters of that kind stand beside it."""
        first = ""
        for name, types in PARAMETERS.items():
            value = self._answer.parameters.get(name)
            for id_ in value if isinstance(value, list) else [value] if value else []:
                type_ = str(self._answer.parameters.get(f"{name}_type") or self._known(id_, types))
                key = self._node(type_, id_, None, PART if first else FOCUS)
                if first and first != key:
                    self._edge(first, key, "asked about", {})
                first = first or key
        return first

    def _row(self, row: Row, number: int) -> str:
        """The node of a row: itself, the one record that it is about, or one made for it."""
        types, own = ROWS.get(type(row).__name__, ()), getattr(row, "id", None)
        if own is not None:
            return self._node(getattr(row, "type", None) or self._known(own, types), own, _name(row), ROW)
        head = None if types else _head(row)
        if head:
            return self._object(head[1], head[0], row, ROW)
        made = types[0] if types else "Row"
        id_ = getattr(row, "field", None) or f"{self._answer.question}/{number}"
        return self._node(made, id_, _name(row) or _described(row) or f"{made} {number}", ROW)

    def _fields(self, model: BaseModel, parent: str) -> None:
        """All that the model's fields name, linked with the parent."""
        for field in type(model).model_fields:
            if field not in ("features", "id", "iso3"):
                self._walk(getattr(model, field), field, model, parent, {})

    def _walk(self, value: Any, field: str, owner: BaseModel, parent: str, said: dict[str, Any]) -> None:
        if isinstance(value, tuple):
            for one in value:
                self._walk(one, field, owner, parent, said)
        elif isinstance(value, BaseModel):
            head = None if _identified(value) else _head(value)
            if _identified(value) or head:
                about, name, of = (head[1], head[0], value) if head else (value, field, owner)
                key = self._object(about, name, of, RECORD if name == "records" else PART)
                self._edge(parent, key, _words(of, name), {**said, **_scalars(value)})
                self._fields(value, key)
            else:
                for inner in type(value).model_fields:
                    self._walk(getattr(value, inner), inner, value, parent, {**said, **_scalars(value)})
        elif isinstance(value, str) and field in BARE:
            found = part(type(owner).__name__, field)
            key = self._node(self._known(value, found.types if found else ("Row",)), value, None, PART)
            self._edge(parent, key, _words(owner, field), said)

    def _object(self, value: BaseModel, field: str, owner: BaseModel, level: int) -> str:
        """The node of an object that has an identifier."""
        id_ = str(getattr(value, "id", None) or getattr(value, "iso3", None))
        found = part(type(owner).__name__, field)
        # A record that an object gives as its own tells its type better than any rule.
        own = next((one.type for one in getattr(value, "records", ()) if one.id == id_), None)
        type_ = getattr(value, "type", None) or own or self._known(id_, found.types if found else ("Row",))
        key = self._node(type_, id_, _name(value), level)
        if level == ROW:
            self._tell(key, _scalars(value))
        place = getattr(value, "iso3", id_)
        if place != id_:
            state = self._node(self._known(place, ("State",)), place, None, level)
            self._edge(key, state, _words(value, "iso3"), {})
        return key

    def _feature(self, feature: Feature, key: str) -> None:
        said = {
            "feature": feature.name, "value": feature.value, "feature_weight": feature.weight,
            "sentence": feature.sentence,
        }  # fmt: skip
        for record in feature.records:
            other = self._object(record, "records", feature, RECORD)
            if other != key:
                self._edge(key, other, PARTS["records"].says, said)

    def _known(self, id_: str, types: tuple[str, ...]) -> str:
        """The type of a record by its id; a code of a State that is a Territory's by the names given is that."""
        type_ = type_of(id_, types) if types else "Row"
        other = ("Territory", id_) in self._names and ("State", id_) not in self._names
        return "Territory" if type_ == "State" and other else type_

    def _node(self, type_: str, id_: str, name: str | None, level: int, role: str = "") -> str:
        """Add the node, or bring it nearer and give it a name if it is there."""
        key = f"{type_} {id_}"
        level = RECORD if type_ in _EVIDENCE and level == PART and not role else level
        name = name or self._names.get((type_, id_))
        if key not in self.graph:
            named = {"type": type_, "id": id_, "name": name or id_, "level": level}
            self.graph.add_node(key, **named, role=role or _LEVELS[min(level, RECORD)])
            return key
        held = self.graph.nodes[key]
        if name and held["name"] == id_:
            held["name"] = name
        if level < held["level"]:
            held["level"], held["role"] = level, role or _LEVELS[min(level, RECORD)]
        return key

    def _tell(self, key: str, said: dict[str, Any]) -> None:
        """Add what a row says of its node; what is said already stays."""
        node = self.graph.nodes[key]
        for name, value in said.items():
            if name not in node and not (node["type"] in _PLACES and name in _ORDERS):
                node[name] = value

    def _edge(self, start: str, end: str, says: str, said: Mapping[str, Any]) -> None:
        if start != end:
            told = {name: value for name, value in said.items() if value not in (None, "", ())}
            told["type"] = says
            held = (self.graph.get_edge_data(start, end) or {}).values()
            # What an edge says already need not be said by a second one.
            if not any(all(one.get(name) == value for name, value in told.items()) for one in held):
                self.graph.add_edge(start, end, **told)


def _identified(value: BaseModel) -> bool:
    return "id" in type(value).model_fields or "iso3" in type(value).model_fields


def _head(value: BaseModel) -> tuple[str, BaseModel] | None:
    """Of an object without an identifier, the field with the one record that it is about, if there is one."""
    for field in type(value).model_fields:
        inner = getattr(value, field)
        if isinstance(inner, BaseModel) and _identified(inner):
            return field, inner
    return None


def _name(value: BaseModel) -> str | None:
    return next((str(text) for name in _NAMES if (text := getattr(value, name, None))), None)


def _described(row: Row) -> str | None:
    """What a row that is no record is called."""
    if isinstance(row, Grouping):
        shared = row.shared[0].name if len(row.shared) == 1 else count(len(row.shared), "item")
        return f"{count(len(row.states), 'State')}: {shared}"
    if isinstance(row, Clash):
        return f"{'Same days' if row.collide == 'days' else 'Same quarter'}, {row.events[0].date_text}"
    return None


def _words(owner: BaseModel, field: str) -> str:
    found = part(type(owner).__name__, field)
    return found.says if found else field.replace("_", " ")


def _scalars(value: BaseModel) -> dict[str, Any]:
    """What the object says in plain values, without names and identifiers; lists of texts as they are."""
    return dict(_plain(value))


def _plain(value: BaseModel) -> Iterator[tuple[str, Any]]:
    for field in type(value).model_fields:
        said = getattr(value, field)
        if field in ("id", "iso3", "type", "score", "features") or field in BARE or field == _named(value):
            continue
        texts = isinstance(said, tuple) and all(isinstance(one, str) for one in said)
        if said not in ("", ()) and (texts or isinstance(said, str | int | float | date)):
            yield field, said


def _named(value: BaseModel) -> str | None:
    return next((name for name in _NAMES if getattr(value, name, None)), None)
