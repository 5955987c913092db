"""An answer as an Excel workbook: its rows on one sheet, and on another what one has to know about them.

Text is written as text: never as a formula, an error value or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph.harmless import looks_like_formula, marked
from queries.answer import Answer
from queries.heading import title
from queries.table import Value, flat
from viz.about import SOURCE, facts, source

CUT = " … [cut: the JSON has all of it]"
MOST = 32_767  # characters in a cell, counted as Excel does, in UTF-16
_NARROW, _WIDE, _LINES, _POINTS = 8, 48, 12, 15
_BOLD, _PLAIN = Font(bold=True), Font()
_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_SOURCE_WIDTHS = [28, 72, 28, 12, 48, 36]
_READ = (
    "A list within a row is joined by ; and a list within it by | and then /. What has no value keeps its place, so "
    "that columns of one list, such as funders.id and funders.name, can be read side by side. An empty cell means that "
    "nothing is known or nothing applies. Features are from 0 to 1; their weights, and sentences that do not speak for "
    "a row, are in the JSON of the same answer."
)


def workbook(answer: Answer[Any]) -> bytes:
    """The workbook: the sheets `Rows` (a row a row, columns as in `queries.table`) and `About`."""
    book = Workbook()
    book.properties.creator = "Light Footprint"
    book.properties.title = _text(title(answer))
    rows = book.worksheets[0]
    rows.title = "Rows"
    _rows(answer, rows)
    _about(answer, book.create_sheet("About"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(answer: Answer[Any], sheet: Worksheet) -> None:
    table = flat(answer)
    names = [column.name for column in table.columns]
    _append(sheet, names, bold=len(names))
    for row in table.rows:
        _append(sheet, row)
    texts = [[name, *(row[place] for row in table.rows)] for place, name in enumerate(names)]
    _lay_out(sheet, [_width(column) for column in texts])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(table.rows) + 1}"


def _about(answer: Answer[Any], sheet: Worksheet) -> None:
    for fact in (*facts(answer), ("How to read the rows", _READ)):
        _append(sheet, fact, bold=1)
    _append(sheet, ())
    _append(sheet, SOURCE, bold=len(SOURCE))
    for one in answer.sources:
        _append(sheet, source(one))
    _lay_out(sheet, _SOURCE_WIDTHS)


def _append(sheet: Worksheet, values: Iterable[Value], bold: int = 0) -> None:
    """A row of values, the first `bold` of them in bold."""
    cells = []
    for place, value in enumerate(values):
        cell = Cell(sheet, 1, 1)  # `append` gives it its place
        cell.value = _text(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
            # It stays text when someone edits the cell.
            cell.quotePrefix = looks_like_formula(value)
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        cell.alignment = _LEFT
        cell.font = _BOLD if place < bold else _PLAIN
        cells.append(cell)
    sheet.append(cells)


def _text(text: str) -> str:
    """The text as a cell can hold it: impossible characters are marked, and what is too long is cut with a mark."""
    possible = marked(text)
    units = possible.encode("utf-16-le")
    if len(units) <= 2 * MOST:
        return possible
    return units[: 2 * (MOST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def _width(column: list[Value]) -> int:
    """Room for the longest line of a column, within bounds, in characters."""
    longest = max(len(line) for value in column for line in str("" if value is None else value).split("\n"))
    return min(max(longest + 2, _NARROW), _WIDE)


def _lay_out(sheet: Worksheet, widths: list[int]) -> None:
    """Set the widths of the columns, and a height for each row that shows its first dozen lines at most."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        lines = max(_lines(value, width) for value, width in zip(row, widths, strict=False))
        sheet.row_dimensions[number].height = _POINTS * min(lines, _LINES)


def _lines(value: object, width: int) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in str("" if value is None else value).split("\n"))
