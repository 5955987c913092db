"""One hash over all that a data set says, and one over what of it the public may see.

Both are parts of the version of the data. The second must not change with records that only the Committee may see:
not with them, not with a public record's link to one of them, not with what they alone bring along (their source).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from graph.model import MODEL
from graph.properties import VISIBILITY
from graph.records import Record

Identity = tuple[str, str]
PUBLIC = "public"
# The node types whose records say who may see them.
SAYING_WHO = frozenset(
    node.label for node in MODEL.nodes.values() if any(one.name == VISIBILITY.name for one in node.properties)
)
# What comes into the graph along with the records that need it.
_BROUGHT_ALONG = frozenset({"Field", "Source"})


@dataclass(slots=True)
class Contents:
    """What a data set says, record by record, as hashes."""

    hashes: dict[Identity, str] = field(default_factory=dict)
    _hidden: set[Identity] = field(default_factory=set)
    _along: set[Identity] = field(default_factory=set)
    _linked_by_hidden: set[Identity] = field(default_factory=set)
    _linked_by_public: set[Identity] = field(default_factory=set)
    _to_records: dict[Identity, Record] = field(default_factory=dict)

    def add(self, record: Record, digest: str) -> None:
        """Take in a record with its hash."""
        identity = (record.label, record.key)
        self.hashes[identity] = digest
        targets = [(link.label, link.key) for link in record.links]
        if record.label in SAYING_WHO and record.properties.get(VISIBILITY.name) != PUBLIC:
            self._hidden.add(identity)
            self._linked_by_hidden.update(targets)
            return
        if record.label in _BROUGHT_ALONG or record.properties.get("unresolved"):
            self._along.add(identity)
        self._linked_by_public.update(targets)
        if any(label in SAYING_WHO for label, _ in targets):
            self._to_records[identity] = record

    def whole(self) -> str:
        """32 hex digits over everything."""
        return _digest(self.hashes.items())

    def public(self, hidden: Callable[[Iterable[Identity]], Collection[Identity]]) -> str:
        """32 hex digits over what the public may see; empty where all that is said is for the Committee alone.

        `hidden` gives which of some nodes, of this data set or another, only the Committee may see.
        """
        behind = self._hidden | (self._along & self._linked_by_hidden - self._linked_by_public)
        shown = {identity: digest for identity, digest in self.hashes.items() if identity not in behind}
        if self.hashes and not shown:
            return ""
        unseen = set(hidden(self._records_linked()))
        for identity, record in self._to_records.items() if unseen else ():
            shown[identity] = record.content_hash(without=unseen)
        return _digest(shown.items())

    def _records_linked(self) -> set[Identity]:
        """What public records lead to that says who may see it."""
        return {
            (link.label, link.key)
            for record in self._to_records.values()
            for link in record.links
            if link.label in SAYING_WHO
        }


def _digest(hashes: Iterable[tuple[Identity, str]]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for (label, key), value in sorted(hashes):
        digest.update(f"{label}\0{key}\0{value}\n".encode())
    return digest.hexdigest()
