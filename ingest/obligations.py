"""The obligations of resolution 1540 (2004): operative paragraphs, matrix rows and their cells; and the themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, YesNo, read

_SECTION = "section/"
_WEAPONS = {"N": "nuclear", "C": "chemical", "B": "biological"}
_COLUMNS = {"framework": "national legal framework", "enforcement": "enforcement"}


class ThemeRow(FactRow):
    """A theme."""

    id: str
    name: str
    description: str
    section: Listed = ()
    sections: Listed
    source: str


class ParagraphRow(FactRow):
    """An operative paragraph."""

    id: str
    resolution: str
    paragraph: str
    name: str
    description: str
    verified: YesNo
    source: str


class MatrixRow(FactRow):
    """A row of the matrix; a theme that depends on the weapon is written `N:theme`."""

    id: str
    section: str
    section_title: str
    row: int
    label: str
    paragraphs: Listed
    weapons: Listed = ()
    columns: Listed
    edition: str | None = None
    verified: YesNo
    themes: Listed
    source: str

    def themes_of(self, weapon: str | None) -> list[str]:
        """The themes of the row, or of its cell for one weapon."""
        found = []
        for theme in self.themes:
            prefix, _, name = theme.rpartition(":")
            if not prefix or weapon in (prefix, None):
                found.append(name)
        return list(dict.fromkeys(found))


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Themes, paragraphs, sections of the matrix, its rows, and the cells of the rows that have any."""
    for line, theme in read(folder / "themes.csv", ThemeRow, rejects):
        yield _theme(theme, line)
    for line, paragraph in read(folder / "paragraphs.csv", ParagraphRow, rejects):
        yield _paragraph(paragraph, line)
    rows = list(read(folder / "matrix_rows.csv", MatrixRow, rejects))
    sections: dict[str, tuple[str, MatrixRow]] = {}
    for line, row in rows:
        sections.setdefault(row.section, (line, row))
    for place, (line, row) in enumerate(sections.values(), start=1):
        about: dict[str, Value] = {
            "name": row.section_title, "level": "section", "row": place, "verified": row.verified,
        }  # fmt: skip
        yield Record("Obligation", section_id(row.section), about, from_links((row.source,)), line=line)
    for line, row in rows:
        yield _row(row, line)
        yield from _cells(row, line)


def section_id(section: str) -> str:
    """The id of a section of the matrix, such as `section/OP3cd`: `OP2` alone is the operative paragraph."""
    return f"{_SECTION}{section}"


def _theme(row: ThemeRow, line: str) -> Record:
    properties: dict[str, Value] = {"name": row.name, "description": row.description, "sections": list(row.sections)}
    return Record("Theme", row.id, properties, from_links((row.source,)), line=line)


def _paragraph(row: ParagraphRow, line: str) -> Record:
    properties: dict[str, Value] = {
        "name": row.name,
        "description": row.description,
        "level": "paragraph",
        "verified": row.verified,
    }
    links = list(from_links((row.source,)))
    if row.id[-1].islower():
        parent = row.id.rstrip("abcd")
        if parent == "OP3":
            links.append(Link("PART_OF", "Obligation", parent))
    return Record("Obligation", row.id, properties, tuple(links), line=line)


def _row(row: MatrixRow, line: str) -> Record:
    properties: dict[str, Value] = {
        "name": row.label,
        "level": "row",
        "section": row.section,
        "row": row.row,
        "edition": row.edition,
        "verified": row.verified,
    }
    links = [Link("PART_OF", "Obligation", above) for above in (*row.paragraphs, section_id(row.section))]
    links += [Link("CONCERNS", "Theme", theme) for theme in row.themes_of(None)]
    return Record("Obligation", row.id, properties, (*links, *from_links((row.source,))), line=line)


def cells(row: MatrixRow) -> Iterator[tuple[str, str, str]]:
    """The cells of a row: weapon, column and id; in OP 1 and the last section the row itself is the only field."""
    if row.columns != ("yes",):
        for weapon in row.weapons:
            for column in row.columns:
                yield weapon, column, f"{row.id}/{weapon}/{column}"


def _cells(row: MatrixRow, line: str) -> Iterator[Record]:
    for weapon, column, cell_id in cells(row):
        cell: dict[str, Value] = {
            "name": f"{row.label}: {_WEAPONS[weapon]}, {_COLUMNS[column]}",
            "level": "cell",
            "section": row.section,
            "row": row.row,
            "weapon": weapon,
            "column": column,
            "edition": row.edition,
            "verified": row.verified,
        }
        links = [Link("PART_OF", "Obligation", row.id)]
        links += [Link("CONCERNS", "Theme", theme) for theme in row.themes_of(weapon)]
        yield Record("Obligation", cell_id, cell, (*links, *from_links((row.source,))), line=line)


def sections_of(obligations: Mapping[str, str]) -> list[str]:
    """The sections among ids of obligations, such as `OP3cd`."""
    return [one.removeprefix(_SECTION) for one in obligations.values() if one.startswith(_SECTION)]
