"""What a source says about one thing, as the loader takes it: a record with its links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from graph.model import MODEL
from graph.schema import ModelError, Value, check_properties

# One text for what is the same, made by an encoder that stays: `json.dumps` would make one for each record.
_AS_TEXT = json.JSONEncoder(default=str, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that a record brings in, to the node `key` of type `label`.

    `ordinal` tells several links of one type between the same two nodes apart (two spells of membership).
    """

    type: str
    label: str
    key: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A node as one data set describes it: `line` is where in its file it does so."""

    label: str
    key: str
    properties: Mapping[str, Value]
    links: tuple[Link, ...] = ()
    line: str = ""

    def check(self) -> None:
        """Raise `ModelError` where the record does not fit the model: the writer takes only what fits."""
        node = MODEL.node(self.label)
        if not self.key:
            raise ModelError(f"A {self.label} without {node.key} cannot be stored.")
        check_properties(self.label, node.properties, self.properties)
        seen: set[tuple[str, str, str, int]] = set()
        for link in self.links:
            relationship = MODEL.relationship(link.type)
            if not relationship.joins(self.label, link.label):
                raise ModelError(f"{link.type} does not go between {self.label} and {link.label}.")
            if not link.key:
                raise ModelError(f"A {link.type} of {self.label} {self.key} leads to no {link.label}.")
            check_properties(link.type, relationship.properties, link.properties)
            identity = (link.type, link.label, link.key, link.ordinal)
            if identity in seen:
                raise ModelError(f"{self.label} {self.key} says {link.type} {link.key} twice.")
            seen.add(identity)

    def content_hash(self, without: Collection[tuple[str, str]] = ()) -> str:
        """The hash (32 hex digits) of all that the record says; where in the file it says so is left out.

        `without` are nodes, by label and key, the links to which are left out as well.
        """
        said = {
            "properties": {k: v for k, v in sorted(self.properties.items()) if v is not None},
            "links": sorted(
                [x.type, x.label, x.key, x.ordinal, {k: v for k, v in sorted(x.properties.items()) if v is not None}]
                for x in self.links
                if (x.label, x.key) not in without
            ),
        }
        return hashlib.blake2b(_AS_TEXT(said).encode(), digest_size=16).hexdigest()
