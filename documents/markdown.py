"""Writes a draft as Markdown. Text from data is escaped, so that it never becomes a link, markup or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from documents.form import (
    Blank,
    Block,
    Bullets,
    Cite,
    Draft,
    Heading,
    Line,
    Paragraph,
    Piece,
    inline,
    numbers_of,
    reference,
    web_address,
)
from queries.answer import Source

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$^@!])")
_LINKS = ((re.compile(r"://"), r":\\/\\/"), (re.compile(r"\bwww\.", re.IGNORECASE), r"www\\."))
# What begins a list or a heading at the start of a line.
_START = re.compile(r"^(\d+)([.)])|^([-+=])")


def escaped(text: object) -> str:
    """Text as it stands, in Markdown: every character that could be markup is escaped."""
    told = _SPECIAL.sub(r"\\\1", inline(str(text)))
    for pattern, instead in _LINKS:
        told = pattern.sub(instead, told)
    return told


def to_markdown(draft: Draft) -> str:
    """The draft as a Markdown text."""
    numbers = draft.references()
    parts = [f"# {escaped(draft.title)}", f"*{escaped(draft.mark)}*"]
    tables = 0
    for block in draft.blocks:
        tables += not isinstance(block, Heading | Paragraph | Bullets)
        parts.append(_block(block, numbers, tables))
    parts += ["## To keep in mind", "\n".join(f"- {_begun(escaped(one))}" for one in draft.caveats)]
    if numbers:
        parts.append("## References")
        parts.append("\n\n".join(_reference(number, one) for number, one in enumerate(draft.sources(), start=1)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, numbers: Mapping[str, int], table: int) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        text = _begun(_line(block.line, numbers))
        return f"> {text}" if block.note else text
    if isinstance(block, Bullets):
        return "\n".join(f"- {_begun(_line(line, numbers))}" for line in block.lines)
    rows = [_row(escaped(name) for name in block.header), _row("---" for _ in block.header)]
    rows += [_row(_line(cell, numbers) for cell in row) for row in block.rows]
    return "\n".join((f"**Table {table}. {escaped(block.caption)}**", "", *rows))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(line: Line, numbers: Mapping[str, int]) -> str:
    return "".join(_piece(piece, numbers) for piece in line)


def _piece(piece: Piece, numbers: Mapping[str, int]) -> str:
    if isinstance(piece, Blank):
        return f"**{escaped(piece)}**"
    if isinstance(piece, Cite):
        return " ".join(rf"\[{number}\]" for number in numbers_of(piece, numbers))
    return escaped(piece)


def _begun(text: str) -> str:
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _reference(number: int, source: Source) -> str:
    told = ". ".join(escaped(part).rstrip(".") for part in reference(source))
    address = web_address(source)
    url = f"<{address}>" if address else escaped(source.url or "no address on the web")
    return rf"\[{number}\] {told}. {url}"
