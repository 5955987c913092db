"""A form as an Excel workbook: a sheet a kind, explanations, and hidden lists of words to choose from.

The same form is the same bytes whenever it is made. No cell is a formula, and a cell keeps what is typed as text
unless it is for a number, so that `2009-10` stays what it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_GENERAL, FORMAT_TEXT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from ingest.explained import Asked, asked, lists, purpose
from ingest.kinds import Kind
from ingest.recognise import EXPLANATIONS

# How many records a form on its side has room for, and to which row a table is prepared: the last that there is.
_BESIDE, _LAST = 10, 1_048_576
_MOST_TITLE, _MOST_PROMPT = 32, 255  # characters that Excel shows of a message beside a cell
_NARROW, _WIDE, _ANSWER, _POINTS = 16, 30, 60, 15
# The day of the resolution: a template is not made on any day.
_MADE = datetime(2004, 4, 28)
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NEEDED = PatternFill("solid", fgColor="1F3864")
_OPTIONAL = PatternFill("solid", fgColor="DCE6F1")
_TITLE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_TEXT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_EXPLAINED = ("Sheet", "Field", "Needed", "What to put", "What is understood", "Example")
_EXPLAINED_WIDTHS = (18, 26, 10, 48, 48, 32)


def workbook(kind: Kind, kinds: Mapping[str, Kind]) -> bytes:
    """The form of a kind, and of those of `kinds` whose records may be within its own."""
    book = Workbook()
    book.properties.creator = "Light Footprint"
    book.properties.title = f"{kind.title}: a form for Light Footprint"
    book.properties.description = purpose(kind)
    first, parts = book.worksheets[0], [kind, *(kinds[name] for name, _ in kind.inner.values())]
    offered = _Offered(book.create_sheet("Lists"))
    for number, part in enumerate(parts):
        sheet = first if part is kind else book.create_sheet(index=number)
        sheet.title = part.title
        (_upright if part.upright else _rows)(sheet, asked(part), offered)
    _explain(book.create_sheet(EXPLANATIONS, len(parts)), parts)
    return _saved(book)


class _Offered:
    """Lists of words, each in a column of a sheet that is not shown."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet, self._places = sheet, dict[tuple[str, ...], str]()
        sheet.sheet_state = "hidden"

    def place(self, name: str, words: tuple[str, ...]) -> str:
        """Where the words stand, written there when they are first asked for."""
        if words not in self._places:
            column = len(self._places) + 1
            for row, word in enumerate((name, *words), start=1):
                self._sheet.cell(row, column, word)
            letter = get_column_letter(column)
            self._places[words] = f"{self._sheet.title}!${letter}$2:${letter}${len(words) + 1}"
        return self._places[words]


def _rows(sheet: Worksheet, fields: Sequence[Asked], offered: _Offered) -> None:
    """A row a record, under titles that stay in sight."""
    for column, one in enumerate(fields, start=1):
        letter = get_column_letter(column)
        _title(sheet.cell(1, column), one)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDE if not (one.words or one.is_number) else max(_NARROW, len(one.title) + 3)
        dimension.number_format, dimension.alignment = _format(one), _TEXT
        _help(sheet, one, offered, f"{letter}2:{letter}{_LAST}")
    sheet.row_dimensions[1].height = 2 * _POINTS
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _lay_out(sheet, "landscape")


def _upright(sheet: Worksheet, fields: Sequence[Asked], offered: _Offered) -> None:
    """A column a record, beside titles that stay in sight; the first has a frame."""
    last = get_column_letter(1 + _BESIDE)
    for row, one in enumerate(fields, start=1):
        _title(sheet.cell(row, 1), one)
        answer = sheet.cell(row, 2)
        answer.number_format, answer.alignment, answer.border = _format(one), _TEXT, _BOX
        _help(sheet, one, offered, f"B{row}:{last}{row}")
        sheet.row_dimensions[row].height = 2 * _POINTS
    sheet.column_dimensions["A"].width = max(len(one.title) for one in fields) + 6
    for column in range(2, 2 + _BESIDE):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format, dimension.alignment = _ANSWER, FORMAT_TEXT, _TEXT
    sheet.freeze_panes = "B1"
    _lay_out(sheet, "portrait")


def _title(cell: Cell | MergedCell, one: Asked) -> None:
    """The title of a field, dark where it is needed."""
    cell.value = one.title
    cell.font = _font(bold=True, color="FFFFFF" if one.needed else "1F1F1F")
    cell.fill, cell.alignment, cell.border = _NEEDED if one.needed else _OPTIONAL, _TITLE, _BOX


def _font(bold: bool, size: int = 11, color: str = "000000") -> Font:
    return Font(name="Calibri", family=2, size=size, bold=bold, color=color)


def _format(one: Asked) -> str:
    return FORMAT_GENERAL if one.is_number else FORMAT_TEXT


def _help(sheet: Worksheet, one: Asked, offered: _Offered, cells: str) -> None:
    """What shows beside a cell: what to put, and a list to choose from; other words only where it takes others."""
    words = one.words or lists().get(one.offered, ())
    told = DataValidation(
        type="list" if words else None,
        formula1=offered.place(one.offered or one.title, words) if words else None,
        allow_blank=True, showInputMessage=True, promptTitle=one.title[:_MOST_TITLE], prompt=_prompt(one),
        showErrorMessage=bool(one.words) and not one.many, errorTitle=one.title[:_MOST_TITLE],
        error="Please choose one of the list.",
    )  # fmt: skip
    told.add(cells)
    sheet.add_data_validation(told)


def _prompt(one: Asked) -> str:
    """What to put, as far as there is room for it."""
    said = "Needed." if one.needed else ""
    takes = "Choose, or type several with ; between." if one.many and one.offered else f"{_plain(one.takes)}."
    for more in (_plain(one.description), takes if one.takes else "", f"Such as: {one.example}" if one.example else ""):
        if more and len(said) + 1 + len(more) <= _MOST_PROMPT:
            said = f"{said} {more}".strip()
    return said


def _explain(sheet: Worksheet, kinds: Sequence[Kind]) -> None:
    """How to fill in, and a row a field."""
    for line in _how(kinds):
        sheet.append([line])
    sheet["A1"].font = _font(bold=True, size=14)
    sheet.append([])
    table = [_EXPLAINED, *(_explained(kind.title, one) for kind in kinds for one in asked(kind))]
    head = sheet.max_row + 2
    for row, cells in enumerate(table, start=head):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column, text)
            cell.data_type = "s"
            cell.alignment, cell.border = _TEXT, _BOX
            cell.font = _font(bold=row == head or (column == 3 and text == "yes"))
        sheet.row_dimensions[row].height = _POINTS * _lines(cells)
    for column, width in enumerate(_EXPLAINED_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    _lay_out(sheet, "landscape")
    sheet.print_options.gridLines = False


def _how(kinds: Sequence[Kind]) -> Iterable[str]:
    yield f"{kinds[0].title}: how to fill in this form"
    yield purpose(kinds[0])
    for kind in kinds:
        where = (
            "each column from B on is one, the titles stand in column A." if kind.upright
            else "each row is one, the titles stand in the first row."
        )  # fmt: skip
        yield f"On the sheet {kind.title!r} {where}"
    yield "Fields with a dark title are needed. The others may stay blank; blank means that nothing is said about it."
    yield "Please leave the titles as they are; columns or rows of fields that you do not use may be deleted."
    yield "Save as .xlsx and load it with: footprint load FILE (with --dry-run to see first what it would do)."


def _explained(sheet: str, one: Asked) -> tuple[str, ...]:
    blank = f"blank means: {one.unless}" if one.unless else ""
    understood = "; ".join(filter(None, (_plain(one.takes), blank)))
    return sheet, one.title, "yes" if one.needed else "no", _plain(one.description), understood, one.example


def _plain(text: str) -> str:
    """Words that are to be taken as they stand, in quotation marks."""
    return text.replace("`", '"')


def _lines(cells: Sequence[str]) -> int:
    return max(ceil(1.1 * len(text) / width) or 1 for text, width in zip(cells, _EXPLAINED_WIDTHS, strict=True))


def _lay_out(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """On A4, as wide as the paper."""
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True


def _saved(book: Workbook) -> bytes:
    """The workbook without the moment at which it was made."""
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    book.properties.created = book.properties.modified = _MADE
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = tostring(book.properties.to_tree()) if info.filename == ARC_CORE else source.read(info)
            target.writestr(zipfile.ZipInfo(info.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
