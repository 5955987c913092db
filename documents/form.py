"""The form of a draft before it is written as DOCX or Markdown: headings, paragraphs, lists, tables, references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from queries.answer import Ref, Source

# Longer than any title in the shipped facts by far: what is longer would fill a page without telling more.
_LONGEST = 1200
# Joiners that Persian and Indic scripts are written with.
_JOINERS = "\u200c\u200d"
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"\s+")


def plain(text: object) -> str:
    """Text from data as one line: without characters that XML forbids or that reorder what follows, and not endless.

    Letters of any script stay; controls, lone surrogates, bidirectional overrides and private-use characters go.
    """
    kept = "".join(
        " " if character.isspace() else character
        for character in str(text)
        if character.isspace() or character in _JOINERS or unicodedata.category(character) not in _FORBIDDEN
    )
    one = _SPACES.sub(" ", kept).strip()
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1].rstrip()}…"


def inline(text: str) -> str:
    """`plain` for a piece of a line: a space at either end stays."""
    told = plain(text)
    return f"{' ' * text[:1].isspace()}{told}{' ' * text[-1:].isspace()}" if told else " " * bool(text)


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for people to fill in: what belongs there."""

    what: str

    def __str__(self) -> str:
        """As it stands in the draft."""
        return f"[to be filled: {plain(self.what)}]"


@dataclass(frozen=True, slots=True)
class Cite:
    """Sources cited at this place."""

    sources: tuple[Source, ...]


Piece = str | Blank | Cite
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `note` is set apart, as a mark or caveat."""

    line: Line
    note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a header row; `widths` are shares of the page's width, one a column."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[float, ...]

    def __post_init__(self) -> None:
        """Each row has a cell a column."""
        wrong = [row for row in self.rows if len(row) != len(self.header)]
        if wrong or len(self.widths) != len(self.header):
            raise ValueError(f"The table {self.caption!r} has {len(self.header)} columns.")


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its title, what it is about, what it is (mark), its body, and the caveats."""

    title: str
    subject: str
    made: date
    mark: str
    blocks: tuple[Block, ...]
    caveats: tuple[str, ...]

    def references(self) -> dict[str, int]:
        """The number of each cited source by its id, in the order of first citation from 1."""
        numbers: dict[str, int] = {}
        for source in self._cited():
            numbers.setdefault(source.id, len(numbers) + 1)
        return numbers

    def sources(self) -> list[Source]:
        """The cited sources in the order of their numbers."""
        by_id = {source.id: source for source in self._cited()}
        return [by_id[id_] for id_ in self.references()]

    def blanks(self) -> int:
        """How many places are left to fill."""
        return sum(isinstance(piece, Blank) for line in lines(self.blocks) for piece in line)

    def _cited(self) -> Iterator[Source]:
        for line in lines(self.blocks):
            for piece in line:
                if isinstance(piece, Cite):
                    yield from piece.sources


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """All lines of text in their order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, Bullets):
            yield from block.lines
        elif isinstance(block, Table):
            for row in block.rows:
                yield from row


def numbers_of(cite: Cite, references: Mapping[str, int]) -> list[int]:
    """The numbers of the sources cited, in order."""
    return sorted({references[source.id] for source in cite.sources})


def reference(source: Source) -> list[str]:
    """What a reference tells besides its address: title, publisher, date."""
    parts = [source.title, source.publisher or "publisher not stated", source.date or "date not stated"]
    return [plain(part) for part in parts]


def web_address(source: Source) -> str | None:
    """The source's address, if it is one of the web and could not be mistaken for anything else."""
    url = (source.url or "").strip()
    return url if re.fullmatch(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]+", url) else None


class Citations:
    """The sources of records, to cite each where it is used."""

    def __init__(self, by_record: Mapping[tuple[str, str], tuple[Source, ...]]) -> None:
        """Take the sources by type and id of the record."""
        self._by_record = by_record

    def of(self, *records: Ref) -> tuple[Piece, ...]:
        """A citation of all sources of these records with a space before it; nothing where there is none."""
        found = {source.id: source for one in records for source in self._by_record.get((one.type, one.id), ())}
        return (" ", Cite(tuple(found.values()))) if found else ()
