"""One hash over all that a data set says, and one over what of it the public may see.

Both are parts of the version of the data. The second must not change with records that only the Committee may see:
not with them, not with a public record's link to one of them, not with what they alone bring along (their source).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from graph.ledger import Identity, Ledger
from graph.model import MODEL
from graph.properties import VISIBILITY
from graph.records import Record

PUBLIC = "public"
# The node types whose records say who may see them.
SAYING_WHO = frozenset(
    node.label for node in MODEL.nodes.values() if any(one.name == VISIBILITY.name for one in node.properties)
)
# What comes into the graph along with the records that need it.
_BROUGHT_ALONG = frozenset({"Field", "Source"})


@dataclass(slots=True)
class Contents:
    """What a data set says, as hashes; what it says of each record stands in the ledger."""

    ledger: Ledger
    _linked_by_hidden: set[Identity] = field(default_factory=set)
    _linked_by_public: set[Identity] = field(default_factory=set)
    _to_records: dict[Identity, Record] = field(default_factory=dict)

    def add(self, record: Record, digest: str) -> None:
        """Take in a record with its hash."""
        identity = (record.label, record.key)
        targets = [(link.label, link.key) for link in record.links]
        if record.label in SAYING_WHO and record.properties.get(VISIBILITY.name) != PUBLIC:
            self.ledger.add(identity, digest, hidden=True, along=False)
            self._linked_by_hidden.update(targets)
            return
        along = record.label in _BROUGHT_ALONG or bool(record.properties.get("unresolved"))
        self.ledger.add(identity, digest, hidden=False, along=along)
        self._linked_by_public.update(targets)
        if any(label in SAYING_WHO for label, _ in targets):
            self._to_records[identity] = record

    def whole(self) -> str:
        """32 hex digits over everything."""
        return _digest((identity, digest) for identity, digest, _, _ in self.ledger.said())

    def public(self, hidden: Callable[[Iterable[Identity]], Collection[Identity]]) -> str:
        """32 hex digits over what the public may see; empty where all that is said is for the Committee alone.

        `hidden` gives which of some nodes, of this data set or another, only the Committee may see.
        """
        behind = self._linked_by_hidden - self._linked_by_public
        unseen = set(hidden(self._records_linked()))
        any_said, shown = False, 0

        def to_show() -> Iterator[tuple[Identity, str]]:
            nonlocal any_said, shown
            for identity, digest, own_hidden, along in self.ledger.said():
                any_said = True
                if own_hidden or (along and identity in behind):
                    continue
                shown += 1
                record = self._to_records.get(identity) if unseen else None
                yield identity, record.content_hash(without=unseen) if record else digest

        digest = _digest(to_show())
        return "" if any_said and not shown else digest

    def _records_linked(self) -> set[Identity]:
        """What public records lead to that says who may see it."""
        return {
            (link.label, link.key)
            for record in self._to_records.values()
            for link in record.links
            if link.label in SAYING_WHO
        }


def _digest(hashes: Iterable[tuple[Identity, str]]) -> str:
    """The hash of hashes that come in the order of labels and keys."""
    digest = hashlib.blake2b(digest_size=16)
    for (label, key), value in hashes:
        digest.update(f"{label}\0{key}\0{value}\n".encode())
    return digest.hexdigest()
