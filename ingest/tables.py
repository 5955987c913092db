"""One reader for the tables that people have: CSV, TSV and workbooks (.xlsx), row by row in memory that does not grow.

Cells are text. Runs of blanks (also unbreakable ones) within a cell are one blank, those around it go, new lines stay.
Of a workbook: days are `2026-05-04` (with the time unless that is midnight; a number formatted as a day that is none is
`#VALUE!`), whole numbers are without `.0`, a number is as it is whatever its format (25 % is 0.25), true and false are
`yes` and `no`, an error keeps its text (`#REF!`), a formula has its value, and one that has none is `NO_VALUE`, which
whoever checks a row refuses for `NO_VALUE_REASON`.
Hidden sheets and those without content are passed over. All that cannot be read raises `UnreadableFileError`, which
names file, line or row, and column.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import PurePosixPath
from typing import IO, TypeAlias

from openpyxl.utils import get_column_letter

from ingest import workbooks
from ingest.files import UnreadableFileError
from ingest.workbooks import MAX_CELL, MAX_COLUMNS, NumberedRows

Opener: TypeAlias = Callable[[], IO[bytes]]

NO_VALUE, NO_VALUE_REASON = workbooks.NO_VALUE, workbooks.NO_VALUE_REASON
# The field under which a row has what stands beyond the header; no row knows it, so that each such row is reported.
BEYOND = "(more cells than the header has)"
MAX_SIDEWAYS = 2_000
# A line of a CSV file that is longer is held for broken, before it fills the memory.
MAX_LINE = 4_000_000
_HEADER_WITHIN = 20
_SAMPLE = 100
_DELIMITERS = ",;\t|"
_OTHER_WORKBOOKS = (".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers")
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])\s*\Z", re.IGNORECASE)
_BLANKS = re.compile(r"(?:[^\S\n]|\N{ZERO WIDTH NO-BREAK SPACE})+")
# Takes the place of what is not in the encoding of the file; no text that is can hold it.
_MARK = "\udcff"
_ERRORS = "ingest.tables"
codecs.register_error(_ERRORS, lambda error: (_MARK, error.end))  # type: ignore[attr-defined]
_REMEDY = 'in Excel: save as "CSV UTF-8"'
_OPEN_QUOTE = "a quotation mark in the row that begins here is never closed"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header: their place in the file and their cells by header, blank ones as `""`.

    A row that reaches beyond the header has the rest under `BEYOND`. Rows that are wholly blank are passed over.
    `words` are the user's own headers, where a mapping gave a column another one; `above` is what stands over the
    header, such as a title.
    """

    name: str
    sheet: str
    header: tuple[str, ...]
    header_line: str
    rows: Callable[[], Iterator[tuple[str, dict[str, str]]]]
    words: Mapping[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet or CSV file that are not blank: the number (CSV: the line on which a row ends), the cells."""

    name: str
    sheet: str
    cells: Callable[[], NumberedRows]

    def table(self) -> Table:
        """As a table: its header is the first of the first 20 rows with more than one cell filled, else the first."""
        first = self._first(_HEADER_WITHIN)
        at = next((index for index, (_, cells) in enumerate(first) if _filled(cells) > 1), 0)
        line, header = first[at]
        names = {column: " ".join(cell.split()) for column, cell in enumerate(header) if cell}
        _refuse_twins(
            _place(self.name, self.sheet, line), [(f"column {_letter(column)}", name) for column, name in names.items()]
        )
        rest = partial(self._rows, at + 1, names, len(header))
        above = tuple(cell for _, cells in first[:at] for cell in cells if cell)
        return Table(self.name, self.sheet, tuple(names.values()), str(line), rest, above=above)

    def _first(self, limit: int) -> list[tuple[int, list[str]]]:
        if rows := list(islice(self.cells(), limit)):
            return rows
        raise UnreadableFileError(f"{self.name} is empty.")

    def _rows(self, skip: int, names: dict[int, str], width: int) -> Iterator[tuple[str, dict[str, str]]]:
        for number, cells in islice(self.cells(), skip, None):
            for column, cell in enumerate(cells[:width]):
                if cell and column not in names:
                    where = f"{_place(self.name, self.sheet, number)}, column {_letter(column)}"
                    raise UnreadableFileError(f"{where}: there is content in a column without a header.")
            found = {name: _at(cells, column) for column, name in names.items()}
            if beyond := " | ".join(filter(None, cells[width:])):
                found[BEYOND] = beyond
            yield str(number), found

    def sideways(self) -> Table:
        """As a form on its side: names of fields in column A, and a record in each further column that is not blank."""
        rows = self._first(MAX_SIDEWAYS + 1)
        if len(rows) > MAX_SIDEWAYS:
            raise UnreadableFileError(f"{self.name} has more than {MAX_SIDEWAYS:,} rows, too many for a form.")
        names = [" ".join(cells[0].split()) for _, cells in rows]
        for name, (number, _) in zip(names, rows, strict=True):
            if not name:
                raise UnreadableFileError(
                    f"{_place(self.name, self.sheet, number)}: there is content without the name of a field."
                )
        _refuse_twins(
            self.name, [(_unit(self.sheet, number), name) for name, (number, _) in zip(names, rows, strict=True)]
        )
        columns = {
            f"column {_letter(column)}": [_at(cells, column) for _, cells in rows]
            for column in range(1, max(len(cells) for _, cells in rows))
        }
        records = [(place, dict(zip(names, cells, strict=True))) for place, cells in columns.items() if any(cells)]
        return Table(self.name, self.sheet, tuple(names), "column A", partial(iter, records))


def grids(name: str, open_: Opener) -> list[Grid]:
    """The sheet of a CSV or TSV file, or the visible sheets of a workbook that have content; by the end of `name`."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in (".csv", ".tsv"):
        found = [_csv(name, open_, "\t" if suffix == ".tsv" else "")]
    elif suffix == ".xlsx":
        found = [_grid(f"{name}!{sheet.title}", sheet.title, sheet.rows) for sheet in workbooks.sheets(name, open_)]
    elif suffix in _OTHER_WORKBOOKS:
        raise UnreadableFileError(f"{name} cannot be read: save it as .xlsx (Excel workbook, without macros).")
    else:
        raise UnreadableFileError(f"{name} is no table that can be read (.csv, .tsv or .xlsx).")
    filled = [grid for grid in found if next(grid.cells(), None)]
    if not filled:
        raise UnreadableFileError(f"{name} is empty.")
    return filled


def _grid(name: str, sheet: str, rows: Callable[[], NumberedRows]) -> Grid:
    return Grid(name, sheet, lambda: _clean_rows(name, sheet, rows()))


def _clean_rows(name: str, sheet: str, rows: NumberedRows) -> NumberedRows:
    for number, raw in rows:
        if len(raw) > MAX_COLUMNS:
            raise UnreadableFileError(f"{_place(name, sheet, number)} has more than {MAX_COLUMNS:,} cells.")
        for column, cell in enumerate(raw):
            if len(cell) > MAX_CELL:
                where = f"{_place(name, sheet, number)}, column {_letter(column)}"
                raise UnreadableFileError(f"{where}: the cell is longer than {MAX_CELL:,} characters.")
        cells = [_clean(cell) for cell in raw]
        if any(cells):
            yield number, cells


def _place(name: str, sheet: str, number: int) -> str:
    return f"{name}, {_unit(sheet, number)}"


def _unit(sheet: str, number: int) -> str:
    return f"{'row' if sheet else 'line'} {number}"


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _filled(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _at(cells: list[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _letter(column: int) -> str:
    return get_column_letter(column + 1)


def _refuse_twins(where: str, names: list[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for place, name in names:
        if other := seen.get(name.casefold()):
            raise UnreadableFileError(f"{where}: the header {name!r} stands twice ({other} and {place}).")
        seen[name.casefold()] = place


def _csv(name: str, open_: Opener, delimiter: str) -> Grid:
    with open_() as stream:
        encoding = "utf-16" if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    lines = partial(_lines, name, open_, encoding)
    sample = list(islice(lines(), _SAMPLE))
    if named := _NAMED_DELIMITER.match(sample[0] if sample else ""):
        return _grid(name, "", partial(_records, name, lines, named[1], 1))
    # The first of those that fit equally well.
    delimiter = delimiter or max(_DELIMITERS, key=partial(_fits, sample))
    return _grid(name, "", partial(_records, name, lines, delimiter, 0))


def _lines(name: str, open_: Opener, encoding: str) -> Iterator[str]:
    with open_() as stream, io.TextIOWrapper(stream, encoding, errors=_ERRORS, newline="") as text:
        for number in count(1):
            line = text.readline(MAX_LINE + 1)
            if not line:
                return
            if len(line) > MAX_LINE:
                raise UnreadableFileError(f"{name}, line {number}: is longer than {MAX_LINE:,} characters.")
            if _MARK in line:
                standard = encoding.upper().removesuffix("-SIG")
                raise UnreadableFileError(f"{name}, line {number}: is not in {standard} ({_REMEDY}).")
            if "\0" in line:
                raise UnreadableFileError(f"{name}, line {number}: holds a NUL, which text does not have ({_REMEDY}).")
            yield line


def _fits(sample: list[str], delimiter: str) -> tuple[int, int, int]:
    """How well a delimiter fits: how early a header comes, how many rows are as wide as it, how many names it has."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(filter(_filled, csv.reader(sample, delimiter=delimiter)), _HEADER_WITHIN))
    at = next((index for index, cells in enumerate(rows) if _filled(cells) > 1), None)
    if at is None:
        return (-_HEADER_WITHIN, 0, 0)
    return (-at, sum(len(cells) == len(rows[at]) for cells in rows), _filled(rows[at]))


def _records(name: str, lines: Callable[[], Iterator[str]], delimiter: str, skip: int) -> NumberedRows:
    reader = csv.reader(islice(lines(), skip, None), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        begins = skip + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFileError(_what(name, begins, skip + reader.line_num, str(error))) from error
        if cells is None:
            return
        yield skip + reader.line_num, cells


def _what(name: str, begins: int, line: int, words: str) -> str:
    """What is wrong in the row that begins and was read up to such a line, in better words than those of `csv`."""
    if "field limit" in words:
        return f"{name}, line {begins}: {_OPEN_QUOTE}, or a cell is longer than {MAX_CELL:,} characters."
    if "end of data" in words:
        return f"{name}, line {begins}: {_OPEN_QUOTE}."
    return f'{name}, line {line}: is not CSV: text follows a closing quotation mark (within a cell it is written "").'
