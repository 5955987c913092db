"""A State's matrix as a file: a workbook to fill in, or a table with a line a field; a load reads both back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from itertools import groupby
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import GraphError
from graph.files import whole
from graph.harmless import cell, looks_like_formula
from ingest.forms.matrix_form import (
    ANSWER,
    COVER,
    ROW,
    Cover,
    Entry,
    Line,
    Where,
    label_title,
    rows_known,
    slots,
    spread,
    template_lines,
)
from ingest.recognise import EXPLANATIONS
from ingest.titles import fold

SUFFIXES = (".xlsx", ".csv")
# Characters in a cell of a workbook, counted in UTF-16 as Excel does.
_MOST = 32_767
_COLUMNS = (*Cover.model_fields, *Entry.model_fields)
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=13)
_SHADE = PatternFill("solid", fgColor="DDE7EF")
_TOP = Alignment(vertical="top", wrap_text=True)
_NARROW, _TEXT, _WIDE = 12, 36, 48
_POINTS, _LINES = 15, 12
_VALUES = '"X,?,NA"'
_EXPLAINED = (
    ("X", "Steps taken or specific references given. It does not say that the obligation is met in full."),
    ("?", "A reference that is not directly relevant or not complete."),
    ("NA", "Not applicable."),
    ("Empty", "No entry, if the cover says that the matrix is complete; else nothing is said."),
    ("N, C, B", "Nuclear, chemical, biological weapons."),
    (
        "Source document",
        "It goes with every X and ? of its kind in the row. Where these differ there may be a column for each, such as "
        "`N: national legal framework, source document`; so for remarks.",
    ),
    (
        "Rows",
        "A row counts as the one with the same words here; its number may be another. Editions of the matrix differ: "
        "rows can be left out and others added, with section and number (OP2/15) and their words. What is said in an "
        "added row is kept and comes out again, and is not taken for any other row.",
    ),
    ("On this form", "Its rows are a reconstructed list and not the Committee's own template."),
)


class MatrixFileError(GraphError):
    """A matrix cannot be written as such a file; the message says why and what to do."""


def write_template(path: Path) -> None:
    """Write the form, with the rows that the facts have and nothing else."""
    write(path, template_lines())


def started(held: Sequence[Line], state: str) -> list[Line]:
    """The matrix of a State to go on with: what is held, and unless that is complete the rows that it lacks.

    An added line has the cover of those that are held, or where there are none of a matrix that is not complete.
    """
    if any(line.complete == "yes" for line in held):
        return list(held)
    like = held[0] if held else Line("", 0, "", "", "", state=state, complete="no", visibility="public")
    there = {(line.section, fold(line.label), *line.where) for line in held}
    further = [line for line in template_lines() if (line.section, fold(line.label), *line.where) not in there]
    return ordered([*held, *(line.under(like.cover) for line in further)])


def ordered(lines: Iterable[Line]) -> list[Line]:
    """The lines as they stand in a matrix: by section, row and field."""
    sections, weapons, columns = list(rows_known()), ("", *"NCB"), ("yes", "framework", "enforcement")
    return sorted(
        lines,
        key=lambda line: (
            sections.index(line.section), line.row, line.label, weapons.index(line.weapon), columns.index(line.column)
        ),
    )  # fmt: skip


def write(path: Path, lines: Sequence[Line]) -> None:
    """Write lines, in their order, as the suffix of the path says.

    Raises `MatrixFileError` where a workbook cannot hold them: several covers, or a text beyond Excel's bounds.
    """
    content = _csv(lines) if path.suffix.lower() == ".csv" else _workbook(lines)
    with whole(path) as file:
        file.write(content)


def _csv(lines: Iterable[Line]) -> bytes:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow("source document" if name == "document" else name for name in _COLUMNS)
    for line in lines:
        said = asdict(line)
        writer.writerow(cell(str(said[name])) for name in _COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _workbook(lines: Sequence[Line]) -> bytes:
    covers = {line.cover for line in lines}
    if len(covers) > 1:
        raise MatrixFileError("A workbook has one cover, and these fields are of several: write them as .csv.")
    book = Workbook()
    book.properties.creator, book.properties.title = "Light Footprint", "Matrix under resolution 1540 (2004)"
    _cover(book.worksheets[0], covers.pop())
    for section, those in groupby(ordered(lines), key=lambda line: line.section):
        _section(book.create_sheet(section), section, list(those))
    _explanations(book.create_sheet(EXPLANATIONS))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cover(sheet: Worksheet, cover: Sequence[str]) -> None:
    sheet.title = "Cover"
    _append(sheet, (COVER, ANSWER, "What to put"), bold=3)
    for (name, field), text in zip(Cover.model_fields.items(), cover, strict=True):
        needed = " Needed." if field.is_required() else ""
        _append(sheet, (field.title or name, text, f"{field.description}{needed}"), bold=1)
        sheet.cell(sheet.max_row, 2).number_format = "@"
    _choice(sheet, '"yes,no"', f"B{1 + list(Cover.model_fields).index('complete') + 1}")
    _choice(sheet, '"public,committee"', f"B{1 + list(Cover.model_fields).index('visibility') + 1}")
    _lay_out(sheet, (30, _TEXT, 70), "A2")


def _section(sheet: Worksheet, section: str, lines: Sequence[Line]) -> None:
    known = rows_known()[section]
    rows = [list(those) for _, those in groupby(lines, key=lambda line: (line.row, line.label))]
    filled = [_texts(section, row) for row in rows]
    shown = [title for title, slot in slots(section).items() if not slot.own or any(row.get(title) for row in filled)]
    _append(sheet, (known[0].section_title,), font=_TITLE)
    _append(sheet, (ROW, label_title(section), *shown), bold=len(shown) + 2)
    for row, texts in zip(rows, filled, strict=True):
        _append(sheet, (f"{section}/{row[0].row}", row[0].label, *(texts.get(title, "") for title in shown)))
    are_values = [slots(section)[title].what == "value" for title in shown]
    for place, is_value in enumerate(are_values, start=3):
        if is_value:
            letter = get_column_letter(place)
            _choice(sheet, _VALUES, f"{letter}3:{letter}{sheet.max_row + 50}")
    sheet["A1"].alignment = Alignment(wrap_text=False)
    _lay_out(sheet, (_NARROW, _WIDE, *(_NARROW if is_value else _TEXT for is_value in are_values)), "C3")
    sheet.print_title_rows = "2:2"


def _texts(section: str, row: Sequence[Line]) -> dict[str, str]:
    """What stands in the columns of a row; a text that fields share as the reader shares it stands once."""
    columns = slots(section)
    values: dict[Where, str] = {(slot.weapon, slot.column): "" for slot in columns.values() if slot.what == "value"}
    values |= {line.where: line.value for line in row}
    if len(row) < len(values) and row[0].complete == "yes":
        raise MatrixFileError(
            f"Row {section}/{row[0].row} has not all of its fields here, and in the workbook of a complete matrix "
            "those that it lacks would say that there is no entry; write it as .csv."
        )
    found = {title: values[(one.weapon, one.column)] for title, one in columns.items() if one.what == "value"}
    for title, slot in columns.items():
        if slot.what == "value" or slot.own:
            continue
        told: dict[Where, str] = dict.fromkeys((one for one in values if slot.column in ("", one[1])), "")
        told |= {line.where: getattr(line, slot.what) for line in row if line.where in told}
        shared = next(filter(None, told.values()), "")
        if spread(shared, slot.column, values) == told:
            found[title] = shared
        else:
            found |= {
                own: told[(one.weapon, one.column)]
                for own, one in columns.items()
                if one.own and one.what == slot.what and (one.weapon, one.column) in told
            }
    return found


def _explanations(sheet: Worksheet) -> None:
    for row in _EXPLAINED:
        _append(sheet, row, bold=1)
    _lay_out(sheet, (20, 100), None)


def _append(sheet: Worksheet, texts: Iterable[str], bold: int = 0, font: Font | None = None) -> None:
    """A row of texts, never a formula; the first `bold` of them in bold and shaded."""
    cells = []
    for place, text in enumerate(texts):
        if len(text.encode("utf-16-le")) > 2 * _MOST:
            raise MatrixFileError(
                f"A text is longer than a cell of a workbook can be: {text[:40]!r} …; write it as .csv."
            )
        one = Cell(sheet, 1, 1)  # `append` gives it its place
        if text:
            one.value = text
            one.data_type = "s"
            one.quotePrefix = looks_like_formula(text)
        one.alignment = _TOP
        if place < bold:
            one.font, one.fill = _BOLD, _SHADE
        if font:
            one.font = font
        cells.append(one)
    sheet.append(cells)


def _choice(sheet: Worksheet, words: str, cells: str) -> None:
    """Cells that offer some words and take no others."""
    choice = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=True)
    choice.error = f"Please choose one of {words[1:-1]}, or leave it empty."
    sheet.add_data_validation(choice)
    choice.add(cells)


def _lay_out(sheet: Worksheet, widths: Iterable[int], freeze: str | None) -> None:
    """Set widths, heights that show all lines within bounds, and the page for printing."""
    room = list(widths)
    for place, width in enumerate(room, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(filled := [str(text or "") for text in row]) > 1 and any(filled[1:]):
            lines = max(
                sum(ceil(len(line) / (width - 2)) for line in f"{text}".split("\n"))
                for text, width in zip(filled, room, strict=False)
            )
            sheet.row_dimensions[number].height = _POINTS * min(max(lines, 1), _LINES)
    sheet.freeze_panes = freeze
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def lines_of(rows: Iterable[dict[str, str | int]]) -> Iterator[Line]:
    """Lines of rows that have the names of their fields."""
    names = [one.name for one in fields(Line)]
    for row in rows:
        yield Line(**{name: row[name] for name in names})  # type: ignore[arg-type]
