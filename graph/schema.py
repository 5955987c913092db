"""The words the model is written in: properties, node types and relationship types.

A declaration that cannot be right is refused where it stands, with a sentence (`ModelError`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, LiteralString, TypeAlias

Scalar: TypeAlias = str | int | float | bool | date
Value: TypeAlias = Scalar | list[str] | None
PropertyType = Literal["STRING", "INTEGER", "FLOAT", "BOOLEAN", "DATE", "LIST<STRING>"]

_PYTHON: dict[PropertyType, tuple[type, ...]] = {
    "STRING": (str,),
    "INTEGER": (int,),
    "FLOAT": (float, int),
    "BOOLEAN": (bool,),
    "DATE": (date,),
    "LIST<STRING>": (list,),
}
_LABEL = re.compile(r"[A-Z][A-Za-z]+\Z")
_RELATIONSHIP = re.compile(r"[A-Z]+(_[A-Z]+)*\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_COLOUR = re.compile(r"#[0-9a-f]{6}\Z")
# Names that the loader keeps for itself on reports (a node's REPORTED_BY) and on every relationship.
REPORT_PROPERTIES = frozenset({"dataset", "line", "hash", "valid_to"})
LINK_PROPERTIES = frozenset({"dataset", "ordinal", "valid_to"})


class ModelError(ValueError):
    """A declaration of the model, or a record made from it, that cannot be right."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name, type, and what it says, in a sentence; `indexed` for a look-up by it."""

    name: LiteralString
    type: PropertyType
    description: str
    indexed: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be right."""
        if not _NAME.match(self.name):
            raise ModelError(f"The property name {self.name!r} is not lower case with underscores.")
        if self.type not in _PYTHON:
            raise ModelError(f"The property {self.name!r} has the unknown type {self.type!r}.")
        if not self.description:
            raise ModelError(f"The property {self.name!r} lacks a description.")

    def accepts(self, value: Value) -> bool:
        """Whether a Python value may be stored here; `None` always may (it stands for: not said)."""
        if value is None:
            return True
        if isinstance(value, bool) and self.type != "BOOLEAN":
            return False
        return isinstance(value, _PYTHON[self.type])


@dataclass(frozen=True, slots=True)
class NodeType:
    """One kind of node.

    `key` is the property that identifies a node, `caption` the one shown as its name, `colour` its colour in
    pictures, `labels` the further labels that follow from the rest of the graph (set after each load), `shared`
    whether several data sets may describe the same node, each with properties of its own.
    """

    label: LiteralString
    description: str
    key: LiteralString
    caption: LiteralString
    colour: str
    properties: tuple[Property, ...]
    labels: tuple[LiteralString, ...] = ()
    shared: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be right."""
        names = [p.name for p in self.properties]
        for label in (self.label, *self.labels):
            if not _LABEL.match(label):
                raise ModelError(f"The label {label!r} is not written LikeThis.")
        if len(names) != len(set(names)):
            raise ModelError(f"{self.label} declares a property twice.")
        if self.key not in names:
            raise ModelError(f"{self.label} has the key {self.key!r}, which is none of its properties.")
        if self.property(self.key).type != "STRING":
            raise ModelError(f"The key of {self.label} is not a STRING.")
        if self.caption not in names:
            raise ModelError(f"{self.label} has the caption {self.caption!r}, which is none of its properties.")
        kept = REPORT_PROPERTIES | {"retired"} if self.shared else {"retired"}
        if taken := sorted(kept.intersection(names)):
            raise ModelError(f"{self.label} declares {taken[0]!r}, a name that the loader keeps for itself.")
        if not _COLOUR.match(self.colour):
            raise ModelError(f"{self.label} has the colour {self.colour!r}; it should look like '#1f77b4'.")

    def property(self, name: str) -> Property:
        """The property of that name; `ModelError` if there is none."""
        for one in self.properties:
            if one.name == name:
                return one
        raise ModelError(f"{self.label} has no property {name!r}.")


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """One kind of relationship: from any label of `start` to any label of `end`.

    `owner` is the side whose record brings the relationship into the graph and takes it out again; with
    `either`, the two sides must do so in different data sets.
    """

    type: LiteralString
    description: str
    start: tuple[LiteralString, ...]
    end: tuple[LiteralString, ...]
    properties: tuple[Property, ...] = ()
    owner: Literal["start", "end", "either"] = "start"

    def __post_init__(self) -> None:
        """Refuse what cannot be right."""
        if not _RELATIONSHIP.match(self.type):
            raise ModelError(f"The relationship type {self.type!r} is not written LIKE_THIS.")
        if not self.start or not self.end:
            raise ModelError(f"{self.type} needs at least one label at each end.")
        names = [p.name for p in self.properties]
        if len(names) != len(set(names)):
            raise ModelError(f"{self.type} declares a property twice.")
        if taken := sorted(LINK_PROPERTIES.intersection(names)):
            raise ModelError(f"{self.type} declares {taken[0]!r}, a name that the loader keeps for itself.")
        if self.owner not in ("start", "end", "either"):
            raise ModelError(f"{self.type} has the owner {self.owner!r}; it is start, end or either.")
        if self.owner == "either" and set(self.start) & set(self.end):
            raise ModelError(f"{self.type} has a label at both ends, so its owner cannot be either.")

    def side_of(self, label: str) -> Literal["start", "end"] | None:
        """At which end a record of that label brings the relationship in; `None` if it cannot."""
        if self.owner != "end" and label in self.start:
            return "start"
        if self.owner != "start" and label in self.end:
            return "end"
        return None

    def joins(self, owner: str, other: str) -> bool:
        """Whether a record of the label `owner` may bring in this relationship to a node labelled `other`."""
        side = self.side_of(owner)
        return side is not None and other in (self.end if side == "start" else self.start)


class Model:
    """All node and relationship types together; refuses a type that refers to an undeclared label."""

    def __init__(self, nodes: Iterable[NodeType], relationships: Iterable[RelationshipType]) -> None:
        """Take the declarations; `ModelError` names the first one that does not fit the others."""
        self.nodes: dict[str, NodeType] = {}
        self.relationships: dict[str, RelationshipType] = {}
        for node in nodes:
            if node.label in self.nodes:
                raise ModelError(f"The label {node.label} is declared twice.")
            self.nodes[node.label] = node
        for relationship in relationships:
            if relationship.type in self.relationships:
                raise ModelError(f"The relationship {relationship.type} is declared twice.")
            for label in (*relationship.start, *relationship.end):
                if label not in self.nodes:
                    raise ModelError(f"{relationship.type} names the label {label}, which is not declared.")
            self.relationships[relationship.type] = relationship

    def node(self, label: str) -> NodeType:
        """The node type of that label; `ModelError` if there is none."""
        try:
            return self.nodes[label]
        except KeyError:
            raise ModelError(f"There is no node type {label!r}.") from None

    def relationship(self, type_: str) -> RelationshipType:
        """The relationship type of that name; `ModelError` if there is none."""
        try:
            return self.relationships[type_]
        except KeyError:
            raise ModelError(f"There is no relationship type {type_!r}.") from None

    def owned_by(self, label: str) -> list[RelationshipType]:
        """The relationship types that records of this label bring in."""
        return [r for r in self.relationships.values() if r.side_of(label)]


def check_properties(kind: str, declared: Iterable[Property], given: Mapping[str, Value]) -> None:
    """Raise `ModelError` for a property that is not declared or of another type."""
    known = {p.name: p for p in declared} if given else {}
    for name, value in given.items():
        if name not in known:
            raise ModelError(f"{kind} has no property {name!r}.")
        if not known[name].accepts(value):
            raise ModelError(f"{kind}.{name} is a {known[name].type}; {value!r} is not.")
