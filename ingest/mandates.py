"""Standing mandates: what a body exists for, by its statute or programme page, as far as it helps with the resolution.

They are no offers. Each is dated from when the mandate began, so that the specialised body is known before its first
case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.dates import dated
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Vague, read
from ingest.world import World


class MandateRow(FactRow):
    """A standing mandate; `until` stays blank: the graph does not hold mandates that ended."""

    organisation: str
    subject: str
    themes: Listed = Field(min_length=1, max_length=5)
    scope: Literal["general", "theme"]
    since: Vague | None = None
    until: None = None
    regions: Listed = ()
    means: Listed = ()
    source: Listed = Field(min_length=1)
    line: Listed = ()
    note: str | None = None


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Mandates, numbered for each body in the order of the table."""
    world, numbers = World.of(folder, rejects), Counter[str]()
    for line, row in read(folder / "mandates.csv", MandateRow, rejects):
        numbers[row.organisation] += 1
        properties = {
            "subject": row.subject,
            "means": list(row.means),
            "scope": row.scope,
            "note": row.note,
            "visibility": "public",
            **dated(row.since),
        }
        links = [Link("MADE_BY", "Organisation", row.organisation), *from_links(row.source, row.line)]
        links += [Link("COVERS", "Theme", theme, {"scope": row.scope}) for theme in dict.fromkeys(row.themes)]
        links += [world.place("LIMITED_TO", place) for place in dict.fromkeys(row.regions)]
        key = f"MANDATE/{row.organisation}/{numbers[row.organisation]}"
        yield Record("Mandate", key, properties, tuple(links), line=line)
