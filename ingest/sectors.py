"""Sector codes (active and withdrawn, groups too) and the themes that work in a sector can carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.rejects import Rejects
from ingest.rows import FactRow, read


class SectorRow(FactRow):
    """A sector code."""

    id: str
    vocabulary: str
    code: str
    name: str
    status: str | None = None
    withdrawn: str | None = None
    category: str | None = None
    source: str


class SectorThemeRow(FactRow):
    """Why work in a sector can carry a theme, and what could be added."""

    sector: str
    theme: str
    directness: Literal["1", "2", "3"]
    how: str
    source: str


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Each sector with the themes that it opens."""
    opens: dict[str, list[Link]] = defaultdict(list)
    for _, row in read(folder / "sector_themes.csv", SectorThemeRow, rejects):
        how: dict[str, Value] = {"how": row.how, "directness": int(row.directness)}
        opens[row.sector].append(Link("OPENS", "Theme", row.theme, how))
    for line, sector in read(folder / "sectors.csv", SectorRow, rejects):
        properties = sector.model_dump(include={"vocabulary", "code", "name", "status", "withdrawn"}, exclude_none=True)
        links = (*opens.pop(sector.id, ()), *from_links((sector.source,)))
        yield Record("Sector", sector.id, properties, links, line=line)
    for unknown in opens:
        rejects.add("sector_themes.csv", "", "sector", "is not in sectors.csv", unknown)
