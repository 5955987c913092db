"""Co-benefits: what a measure under a theme brings besides, each from a page that was read, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Visibility, read

Kind = Literal[
    "revenue",
    "easier trade",
    "less trafficking",
    "environment",
    "disease control",
    "health care",
    "safety of people",
    "disaster response",
    "safety at sea",
    "sound finance",
    "science and skills",
]


class BenefitRow(FactRow):
    """A benefit: `outcome` where the source tells it as having happened, `stated` where as an aim or expectation."""

    id: str
    kind: Kind
    themes: Listed
    basis: Literal["outcome", "stated"]
    sentence: str
    example: str | None = None
    visibility: Visibility
    source: Listed


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Each benefit with its themes and sources."""
    for line, row in read(folder / "cobenefits.csv", BenefitRow, rejects):
        properties = row.model_dump(include={"kind", "sentence", "basis", "example", "visibility"}, exclude_none=True)
        links = (*(Link("CONCERNS", "Theme", theme) for theme in row.themes), *from_links(row.source))
        yield Record("Benefit", row.id, properties, links, line=line)
