"""Text from data, made harmless for where it goes: pages, pictures, XML, spreadsheets."""

from __future__ import annotations

import re

# What XML cannot hold, control characters, and marks that turn the direction of the text that follows.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile("[\u2028\u2029]")
# What spreadsheets take for the beginning of a formula, in the full-width forms too.
_SIGNS = "=+\\-@＝＋－＠"
_BEGINS = re.compile(f" *[{_SIGNS}\t\r\n]")
# Those that part a CSV file at other signs begin a cell at each of these.
_BEGINS_CELL = re.compile(f"^(?= *[{_SIGNS}\t\r\n])|(?<=[;\t\r\n])(?= *[{_SIGNS}])")


def clean(text: str) -> str:
    """The text without characters that XML, a page or a picture cannot hold or that would mislead a reader."""
    return _BREAKS.sub(" ", _UNFIT.sub("", text))


def marked(text: str) -> str:
    """The text with a mark (U+FFFD) in the place of each such character: for tables, where one may look for it."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet that reads or edits this text might take it for a formula."""
    return _BEGINS.match(text) is not None


def cell(text: str) -> str:
    """The text for a CSV file, with an apostrophe wherever a spreadsheet would take what follows for a formula."""
    return _BEGINS_CELL.sub("'", text)
