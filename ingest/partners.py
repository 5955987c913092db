"""Names of partners: which agency and which State or organisation stands behind a name as a source writes it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.organisations import OrganisationRow
from ingest.rejects import Rejects
from ingest.rows import FactRow, read
from ingest.states import StateRow, party_labels

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = 120
# An index of Neo4j holds no more than some 8,000 bytes; the whole name stays with the link, as `written`.
_NAME = 1000


class PartnerRow(FactRow):
    """A written name, the agency or programme it means, and the State or organisation above it."""

    written: str
    agency: str | None = None
    agency_name: str | None = None
    agency_kind: str | None = None
    partner: str
    partner_kind: Literal["State", "Organisation"]
    source: str
    note: str | None = None


class NoNameRow(FactRow):
    """A written name that is nobody's own: `nobody`, or `recipient` for a body of whichever State receives the help.

    A `*` at the beginning stands for anything.
    """

    written: str
    kind: Literal["nobody", "recipient"]
    reason: str
    source: str


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """The agencies and programmes of the table, each part of its State or organisation."""
    parties = party_labels(folder)
    agencies: dict[str, tuple[str, PartnerRow, dict[str, None]]] = {}
    for line, row in read(folder / "partners.csv", PartnerRow, rejects):
        if row.agency:
            _, _, above = agencies.setdefault(row.agency, (line, row, {}))
            if row.partner != row.agency:
                above[row.partner] = None
    for agency, (line, row, above) in agencies.items():
        properties = {"name": row.agency_name or agency, "kind": row.agency_kind or "agency"}
        links = tuple(Link("PART_OF", parties.get(one, "Organisation"), one) for one in above)
        yield Record("Organisation", agency, properties, (*links, *from_links((row.source,))), line=line)


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """Lower case, without accents, words joined by dashes; what that cannot hold is told apart by a hash."""
    parts = unicodedata.normalize("NFKD", text)
    plain = _NOT_IN_SLUG.sub("-", parts.encode("ascii", "ignore").decode().lower()).strip("-")
    if len(plain) <= _SLUG and not any(c.isalnum() and not c.isascii() for c in parts):
        return plain
    return f"{plain[:_SLUG]}-{hashlib.blake2b(folded(text).encode(), digest_size=6).hexdigest()}".strip("-")


def folded(name: str) -> str:
    """A name as it is looked up in the table: whatever its case and blanks."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class PartnerNames:
    """The table, ready for look-ups: label and key by the name as written, whatever its case."""

    table: dict[str, tuple[str, str]]
    nobody: frozenset[str] = frozenset()
    # Endings of names of nobody, such as `private investment`.
    endings: tuple[str, ...] = ()
    # Bodies of whichever State receives the help, such as `Ministry of Finance`.
    bodies: frozenset[str] = frozenset()
    # The first spelling of each name that is not in the table.
    unresolved: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> PartnerNames:
        """Read `partners.csv` and the names of States and organisations themselves."""
        ignored = Rejects()
        parties = party_labels(folder)
        table: dict[str, tuple[str, str]] = {}
        for _, state in read(folder / "states.csv", StateRow, ignored):
            for name in state.names():
                table.setdefault(folded(name), ("State", state.iso3))
        for _, organisation in read(folder / "organisations.csv", OrganisationRow, ignored):
            short = organisation.short_name
            for name in (organisation.name, *organisation.aliases, *((short,) if short and len(short) > 2 else ())):
                table.setdefault(folded(name), ("Organisation", organisation.id))
        for _, row in read(folder / "partners.csv", PartnerRow, ignored):
            target = (
                ("Organisation", row.agency) if row.agency else (parties.get(row.partner, "Organisation"), row.partner)
            )
            table[folded(row.written)] = target
        unnamed = [row for _, row in read(folder / "no_names.csv", NoNameRow, ignored)]
        nobody = [row.written for row in unnamed if row.kind == "nobody"]
        return cls(
            table,
            frozenset(folded(one) for one in nobody if not one.startswith("*")),
            tuple(folded(one.removeprefix("*")) for one in nobody if one.startswith("*")),
            frozenset(folded(row.written) for row in unnamed if row.kind == "recipient"),
        )

    def links(
        self, type_: str, names: tuple[str, ...] | list[str], recipient: tuple[str, str] | None = None
    ) -> tuple[list[Link], list[Record]]:
        """Links of one type to whoever stands behind the names, and an `unresolved` record for each unknown name.

        Names of nobody in particular are passed over. With a `recipient` (label and key of the one State that
        receives the help), a name such as "Ministry of Finance" means that State.
        """
        written: dict[tuple[str, str], list[str]] = {}
        unresolved = []
        for name in names:
            wanted = folded(name)
            target = self.table.get(wanted)
            if target is None and (wanted in self.nobody or (self.endings and wanted.endswith(self.endings))):
                continue
            if target is None and recipient and wanted in self.bodies:
                target = recipient
            if target is None:
                key = f"unresolved:{slug(name)}"
                target = ("Organisation", key)
                shown = self.unresolved.setdefault(key, name[:_NAME])
                unresolved.append(Record("Organisation", key, {"name": shown, "unresolved": True}))
            written.setdefault(target, []).append(name)
        return [Link(type_, label, key, {"written": sorted(set(w))}) for (label, key), w in written.items()], unresolved
