"""The rows of one sheet of a workbook as text, and what its cells stand for, taken from the XML as it comes.

openpyxl's read-only mode is not used for this: it resolves entities, keeps something of every row, believes the sizes
that a file claims, passes in silence over cells that stand out of order, and cannot tell a formula without a value
from a blank. What dates and columns mean is left to openpyxl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel

from ingest.files import UnreadableFileError

# The text of a cell whose formula was never calculated; whoever reads a table refuses it, for `NO_VALUE_REASON`.
NO_VALUE = "=(formula without a value)"
NO_VALUE_REASON = "is a formula without a value; open the file in a spreadsheet program and save it, or paste the value"
# What Excel itself can hold.
MAX_CELL, MAX_COLUMNS, MAX_ROWS = 32_767, 16_384, 1_048_576
_ESCAPED = re.compile(r"_x(000[9AaDd]|005[Ff])_")
_MIDNIGHT = re.compile(r"T00:00(:00(\.0+)?)?Z?\Z")


class Target:
    """What takes the elements of a part, without a tree; a DOCTYPE is refused before anything of it is understood."""

    def __init__(self, name: str) -> None:
        """`name` is that of the file or sheet, for errors."""
        self.name = name

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def doctype(self, *_: object) -> None:
        """Entities and outside files would begin here."""
        raise UnreadableFileError(f"{self.name} brings a DOCTYPE, which workbooks do not have; it is refused.")

    def close(self) -> None:
        """The part ends."""


def local(tag: str) -> str:
    """A name without its namespace: workbooks of the two editions of the standard differ in that alone."""
    return tag.rpartition("}")[2]


class _Text(Target):
    """Collects the text of cells; without how it is set or, in Japanese, pronounced."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.parts: list[str] = []
        self._wanted, self._sound = False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._wanted = local(tag) in ("v", "t") and not self._sound
        self._sound = self._sound or local(tag) == "rPh"

    def data(self, text: str) -> None:
        if self._wanted:
            self.parts.append(text)

    def end(self, tag: str) -> None:
        self._wanted = False
        self._sound = self._sound and local(tag) != "rPh"


class Texts(_Text):
    """The texts that cells refer to by number: `found`."""

    def __init__(self, name: str) -> None:
        """`name` is that of the file, for errors."""
        super().__init__(name)
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(tag, attributes)
        if local(tag) == "si":
            self.parts = []

    def end(self, tag: str) -> None:
        """An element ends."""
        super().end(tag)
        if local(tag) == "si":
            self.found.append(_unescaped("".join(self.parts)))


@dataclass(frozen=True, slots=True)
class Values:
    """What the content of a cell stands for: the texts, the styles of dates and of spans of time, the first day."""

    texts: list[str]
    dates: set[int]
    spans: set[int]
    epoch: datetime

    def text(self, kind: str, style: str, raw: str) -> str:
        """The content as text; a number as it is, whatever its format (25 % is 0.25), but for dates and times."""
        match kind:
            case "s" if raw[0] != "-":
                return self.texts[int(raw)]
            case "b":
                return "yes" if int(raw) else "no"
            case "d":
                return _MIDNIGHT.sub("", raw)
            case "n":
                return self._number(float(raw), int(style))
            case "e" | "str" | "inlineStr":
                return _unescaped(raw)
        raise ValueError(f"no kind of cell: {kind}")

    def _number(self, number: float, style: int) -> str:
        if style in self.dates:
            try:
                return _moment(from_excel(number, self.epoch, timedelta=style in self.spans))
            except (ValueError, OverflowError):
                # No day of the calendar: whoever expects a date will say so of the number.
                pass
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


class Rows(_Text):
    """The rows of a sheet that are not blank, `found` since last taken: their numbers, and their cells by column."""

    def __init__(self, name: str, values: Values) -> None:
        """`name` is that of the sheet, for errors."""
        super().__init__(name)
        self._values = values
        self.found: list[tuple[int, dict[int, str]]] = []
        self.row, self._column, self._length = 0, 0, 0
        self._cells: dict[int, str] = {}
        self._kind, self._style, self._formula, self._valued = "", "", False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(tag, attributes)
        match local(tag):
            case "c":
                self._begin_cell(attributes)
            case "v":
                self._valued = True
            case "f":
                self._formula = True
            case "row":
                self._begin_row(attributes.get("r", str(self.row + 1)))

    def _begin_row(self, number: str) -> None:
        if not number.isdecimal() or not 0 < int(number[:9]) <= MAX_ROWS:
            raise UnreadableFileError(f"{self.name}, after row {self.row}: the sheet is damaged (row {number!r}).")
        self.row, self._column, self._cells = int(number), 0, {}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        try:
            self._column = column_index_from_string(letters) if letters else self._column + 1
        except ValueError:
            where = f"{self.name}, row {self.row}"
            raise UnreadableFileError(f"{where}: the sheet is damaged (column {letters!r}).") from None
        if self._column > MAX_COLUMNS:
            raise too_wide(f"{self.name}, row {self.row}")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self.parts, self._length, self._formula, self._valued = [], 0, False, False

    def data(self, text: str) -> None:
        """A piece of text."""
        super().data(text)
        self._length += len(text) if self._wanted else 0
        # A character may be written with seven.
        if self._length > 7 * MAX_CELL:
            raise too_long(f"{self.name}, row {self.row}", self._column)

    def end(self, tag: str) -> None:
        """An element ends."""
        super().end(tag)
        match local(tag):
            case "c":
                if text := self._text():
                    self._cells[self._column] = text
            case "row" if self._cells:
                self.found.append((self.row, self._cells))

    def _text(self) -> str:
        if raw := "".join(self.parts).strip():
            try:
                return self._values.text(self._kind, self._style, raw)
            except (ValueError, LookupError, OverflowError):
                where = f"{self.name}, row {self.row}, column {get_column_letter(self._column)}"
                raise UnreadableFileError(f"{where}: the cell is damaged.") from None
        # A formula whose value is an empty text has just that, and the type of a text.
        empty = self._kind == "str" and self._valued
        return NO_VALUE if self._formula and not empty else ""


def _moment(value: datetime | time | timedelta | None) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if value else ""


def _unescaped(text: str) -> str:
    """The text with line ends and underscores in the place of the signs that workbooks write for them."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def too_long(where: str, column: int) -> UnreadableFileError:
    """What is said of a cell that holds more than a cell of Excel can."""
    return UnreadableFileError(
        f"{where}, column {get_column_letter(column)}: the cell is longer than {MAX_CELL:,} characters."
    )


def too_wide(where: str) -> UnreadableFileError:
    """What is said of a row that holds more cells than a row of Excel can."""
    return UnreadableFileError(f"{where} has more than {MAX_COLUMNS:,} cells.")
