"""The catalogue: every source that the shipped facts name (`sources.yaml` and the pages in `references.csv`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from graph.records import Link, Record
from ingest.rejects import Rejects
from ingest.rows import FactRow, read


class SourceRow(FactRow):
    """A source."""

    id: str
    title: str
    publisher: str
    url: str | None = None
    date: str | None = None
    licence: str
    coverage: str | None = None
    checksum: str | None = None
    citation: str | None = None


def source_record(row: SourceRow, line: str) -> Record:
    """The record of a source."""
    properties = row.model_dump(exclude={"id"}, exclude_none=True)
    return Record("Source", row.id, properties, line=line)


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """All sources: first the catalogue, then the pages that single rows refer to."""
    for number, entry in enumerate(yaml.safe_load((folder / "sources.yaml").read_text(encoding="utf-8")), start=1):
        yield source_record(SourceRow.model_validate(entry), f"entry {number}")
    for line, row in read(folder / "references.csv", SourceRow, rejects):
        yield source_record(row, line)


def from_links(sources: tuple[str, ...], lines: str | tuple[str, ...] | None = None) -> tuple[Link, ...]:
    """The links of a record to its sources, with the lines of the files that were read for it.

    As many lines as sources are one each, in their order; else they are all lines of the first source.
    """
    each = (lines,) if isinstance(lines, str) else lines or ()
    if len(each) != len(sources):
        each = (", ".join(each), *("" for _ in sources[1:]))
    found: dict[str, str] = {}
    for source, line in zip(sources, each, strict=bool(sources)):
        found.setdefault(source, line)
    return tuple(Link("FROM", "Source", source, {"source_line": line or None}) for source, line in found.items())
