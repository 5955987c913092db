"""Laws, regulations and control lists that States have made, by section of the matrix.

The column `line` is that of the collection in which the page of a law was noted; pages have no lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.dates import dated, parse
from ingest.obligations import section_id
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Rows, Vague, Visibility, read
from ingest.statements import Said
from ingest.world import World

# When the pages were read: a law without a year is known from then on.
_SEEN = parse("by 2026-11-20")


class LawRow(FactRow):
    """A law; `sections` are sections of the matrix, since no source says which row a law belongs to."""

    id: str
    states: Listed = ()
    organisation: str | None = None
    title: str
    date: Vague | None = None
    kind: str
    subject: str | None = None
    sections: Listed = ()
    address: str | None = None
    verification: str | None = None
    visibility: Visibility = "public"
    source: Listed
    line: str | None = None
    note: str | None = None


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Each law, and what it says of its State: that something is on file in these sections."""
    yield from law_records(read(folder / "laws.csv", LawRow, rejects), World.of(folder, rejects))


def law_records(rows: Rows[LawRow], world: World) -> Iterator[Record]:
    """Each law with who enacted it and the sections on which it bears."""
    for line, row in rows:
        properties: dict[str, Value] = {
            **row.model_dump(include={"title", "kind", "subject", "address", "verification", "note"}),
            "visibility": row.visibility,
            **dated(row.date),
        }
        links = [Link("ENACTED_BY", world.parties.get(state, "State"), state) for state in row.states]
        if row.organisation:
            links.append(Link("ENACTED_BY", "Organisation", row.organisation))
        links += [Link("IMPLEMENTS", "Obligation", section_id(section)) for section in row.sections]
        yield Record("Legislation", row.id, properties, (*links, *from_links(row.source)), line=line)
        if row.sections:
            yield from _statements(row, world, line)


def _statements(row: LawRow, world: World, line: str) -> Iterator[Record]:
    observed = row.date or _SEEN
    sections = tuple(("Obligation", section_id(section)) for section in row.sections)
    for state in row.states:
        yield from Said(
            state, world.parties.get(state, "State"), sections, world.readings.read("law", "law", "on file"), "law",
            row.id,
            f"law on file: {row.title} ({row.date.text if row.date else 'year not given'})", observed, row.source, None,
            line, visibility=row.visibility,
        ).records()  # fmt: skip
