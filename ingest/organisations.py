"""Organisations and who is a member of which, since and until when where a source says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Vague, YesNo, read
from ingest.states import party_labels

# Memberships kept by hand, and those that `ingest.facts.regimes` makes.
_MEMBERS = ("memberships.csv", "regime_members.csv")


class OrganisationRow(FactRow):
    """An organisation."""

    id: str
    name: str
    short_name: str | None = None
    kind: str
    regional: YesNo
    aliases: Listed = ()
    url: str | None = None
    source: Listed


class MembershipRow(FactRow):
    """One membership; two spells of membership are two rows."""

    organisation: str
    member: str
    status: str
    since: Vague | None = None
    until: Vague | None = None
    source: str
    note: str | None = None


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Each organisation with its members."""
    parties = party_labels(folder)
    members: dict[str, list[Link]] = defaultdict(list)
    spells: dict[tuple[str, str], int] = defaultdict(int)
    for _, row in chain.from_iterable(read(folder / name, MembershipRow, rejects) for name in _MEMBERS):
        label = parties.get(row.member, "Organisation")
        properties: dict[str, Value] = {
            "status": row.status,
            "since": row.since.earliest if row.since else None,
            "until": row.until.latest if row.until else None,
            "since_text": row.since.text if row.since else None,
            "until_text": row.until.text if row.until else None,
            "note": row.note,
            "source": row.source,
        }
        spell = spells[(row.organisation, row.member)]
        spells[(row.organisation, row.member)] += 1
        members[row.organisation].append(Link("MEMBER_OF", label, row.member, properties, ordinal=spell))
    for line, organisation in read(folder / "organisations.csv", OrganisationRow, rejects):
        said = organisation.model_dump(include={"name", "short_name", "kind", "regional", "url"}, exclude_none=True)
        said["other_names"] = list(organisation.aliases)
        links = (*members.pop(organisation.id, ()), *from_links(organisation.source))
        yield Record("Organisation", organisation.id, said, links, line)
    for unknown in members:
        rejects.add("memberships.csv", "", "organisation", "is not in organisations.csv", unknown)
