"""The sheets of a workbook (.xlsx) as rows of text. openpyxl reads them, once it is known that it will read them well.

openpyxl resolves entities, holds a row in memory whatever its size, takes sheets of the strict edition for empty, and
passes in silence over sheets that are not there and over rows and cells that stand out of order. So the parts are gone
through before it does, without being kept, and such workbooks are refused.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice
from typing import IO, TypeAlias
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from ingest.files import UnreadableFileError

# The text of a cell whose formula was never calculated; whoever reads a table refuses it, for `NO_VALUE_REASON`.
NO_VALUE = "=(formula without a value)"
NO_VALUE_REASON = "is a formula without a value; open the file in a spreadsheet program and save it, or paste the value"
# What Excel itself can hold.
MAX_CELL, MAX_COLUMNS, MAX_ROWS = 32_767, 16_384, 1_048_576
# A workbook that unpacks to more, or has more parts, is taken for a bomb.
MAX_UNPACKED, MAX_PARTS = 512 * 1024**2, 10_000
# What is held in memory as a whole: the texts of all sheets; a row, or one of the parts that say what is where.
MAX_TEXTS, MAX_HELD = 128 * 1024**2, 8 * 1024**2
_PIECE, _IN_MEMORY = 64 * 1024, 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = "http://purl.oclc.org/ooxml/"
_SHEET, _ROW, _CELL, _TEXTS = (f"{SHEET_MAIN_NS} {name}" for name in ("worksheet", "row", "c", "sst"))
_WHOLE = ("Types", "Relationships", "workbook", "styleSheet", "sst")
_ESCAPED = re.compile(r"_x(000[9AaDd]|005[Ff])_")
_AGAIN = "open it in a spreadsheet program and save it as .xlsx"

# What openpyxl says of features that it leaves out has nothing to do with what cells hold.
warnings.filterwarnings("ignore", module=r"openpyxl\.")

NumberedRows: TypeAlias = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its title, and its rows with their numbers, as wide as their last cell that is not blank."""

    title: str
    rows: Callable[[], NumberedRows]


def sheets(name: str, open_: Callable[[], IO[bytes]]) -> list[Sheet]:
    """The visible sheets of a workbook in their order; `UnreadableFileError` where it cannot or must not be read."""
    # Opened for each reading anew, a workbook would give all its texts anew: a copy is there while somebody wants rows.
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115

    def load(data_only: bool) -> Workbook:
        return load_workbook(copy, read_only=True, data_only=data_only, keep_links=False)

    weakref.finalize(load, copy.close)
    try:
        with open_() as stream:
            shutil.copyfileobj(stream, copy)
        _check(name, copy)
        formulas, values = load(data_only=False), cache(partial(load, data_only=True))
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        # There is no telling what openpyxl raises over a damaged file; where it adds words, they hide the reason.
        words = str(error.__cause__ or error).partition("\n")[0] or type(error).__name__
        raise UnreadableFileError(f"{name} is no .xlsx workbook, or damaged: {words}; {_AGAIN}.") from error
    visible = [(index, one.title) for index, one in enumerate(formulas.worksheets) if one.sheet_state == "visible"]
    if not visible:
        raise UnreadableFileError(f"{name} has no visible sheet.")
    return [Sheet(title, partial(_rows, f"{name}!{title}", index, formulas, values)) for index, title in visible]


def _rows(name: str, index: int, formulas: Workbook, values: Callable[[], Workbook]) -> NumberedRows:
    number, results = 0, None
    try:
        for number, cells in enumerate(_cells(formulas, index), start=1):
            if results is None and any(cell.data_type == "f" for cell in cells):
                # From the first formula on the workbook is read a second time in step, for what formulas come to.
                results = islice(_cells(values(), index), number - 1, None)
            known = next(results) if results else cells
            texts = [_text(cell, result) for cell, result in zip(cells, known, strict=True)]
            while texts and not texts[-1].strip():
                texts.pop()
            if texts:
                yield number, texts
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableFileError(f"{name}, after row {number}: the sheet is damaged; {_AGAIN}.") from error


def _cells(book: Workbook, index: int) -> Iterator[tuple[Cell | MergedCell, ...]]:
    sheet = book.worksheets[index]
    # What a sheet says of its size is not believed.
    sheet.reset_dimensions()
    return sheet.iter_rows()


def _text(cell: Cell | MergedCell, result: Cell | MergedCell) -> str:
    value = result.value
    match value:
        case None:
            # A formula that comes to an empty text has no value either, but the type of a text.
            return NO_VALUE if cell.data_type == "f" and result.data_type != "str" else ""
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
    # Line ends and underscores stand for the signs that workbooks write for them.
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _check(name: str, stream: IO[bytes]) -> None:
    """Refuse what must not be read, and what openpyxl would not read whole."""
    stream.seek(0)
    if stream.read(len(_OLE)) == _OLE:
        raise UnreadableFileError(
            f"{name} is protected by a password or of an old format; save it without a password as .xlsx."
        )
    reader = ExcelReader(stream, read_only=True, keep_links=False)
    infos = reader.archive.infolist()
    if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
        raise UnreadableFileError(f"{name} brings macros; save it as .xlsx (without macros).")
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFileError(f"{name} is protected by a password; save it without one.")
    if sum(info.file_size for info in infos) > MAX_UNPACKED or len(infos) > MAX_PARTS:
        raise _too_much(name)
    parts = {}
    for info in infos:
        with reader.archive.open(info) as part:
            parts[info.filename] = read = _Part(name, part)
        limit = MAX_TEXTS if read.root == _TEXTS else MAX_HELD
        if read.root.rpartition(" ")[2] in _WHOLE and info.file_size > limit:
            raise _too_much(name)
    reader.read_manifest()
    reader.read_workbook()
    for sheet, related in reader.parser.find_sheets():
        if related.target not in parts:
            lacking = f"it lacks {related.target!r}"
            raise UnreadableFileError(f"{name} is no .xlsx workbook, or damaged: {lacking}; {_AGAIN}.")
        read = parts[related.target]
        if read.root != _SHEET and "chartsheet" not in related.Type:
            read.damage = read.damage or "there are no rows as a sheet has them"
        if read.damage:
            raise UnreadableFileError(f"{name}!{sheet.name}, {read.damage}; {_AGAIN}.")


def _too_much(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"{name} holds more than can be read from a workbook; save the sheet as CSV UTF-8.")


class _DamagedError(Exception):
    """A row or cell that cannot stand where it does."""


class _Part:
    """A part gone through: its root element, and if it is a sheet what is damaged in it."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.root, self.damage = "", ""
        self._name, self._held, self._row, self._column = name, 0, 0, 0
        # The parser that openpyxl has for sheets, so that they are understood alike, whatever their encoding.
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.StartDoctypeDeclHandler = self._start, self._doctype
        try:
            self._read(parser, stream)
        except expat.ExpatError:
            # Or no XML at all, but a picture or the like.
            self.damage = f"after row {self._row}: the sheet is damaged"
        except _DamagedError as error:
            self.damage = str(error)

    def _read(self, parser: expat.XMLParserType, stream: IO[bytes]) -> None:
        piece = b"-"
        # Of other parts than sheets the beginning tells enough.
        while piece and self.root in ("", _SHEET):
            piece = stream.read(_PIECE)
            self._held += len(piece)
            if self._held > MAX_HELD:
                raise _too_much(self._name)
            parser.Parse(piece, not piece)

    def _doctype(self, *_: object) -> None:
        raise UnreadableFileError(f"{self._name} brings a DOCTYPE, which workbooks do not have; it is refused.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        if tag == _CELL:
            letters, before = attributes.get("r", "").rstrip("0123456789"), self._column
            self._column = _number(column_index_from_string, letters) if letters else before + 1
            if not before < self._column <= MAX_COLUMNS:
                raise _DamagedError(f"row {self._row}: the sheet is damaged (column {letters!r})")
        elif tag == _ROW:
            number, before = attributes.get("r", ""), self._row
            # Some programs write 2.0.
            self._row = _number(float, number) if number else before + 1
            self._column, self._held = 0, 0
            if not before < self._row <= MAX_ROWS:
                raise _DamagedError(f"after row {before}: the sheet is damaged (row {number!r})")
        elif tag.startswith(_STRICT):
            raise UnreadableFileError(
                f'{self._name} is of the strict edition of .xlsx; in Excel: save as "Excel Workbook (.xlsx)".'
            )


def _number(of: Callable[[str], float], text: str) -> int:
    """What a text comes to; 0 where that is nothing."""
    try:
        return int(of(text))
    except (ValueError, OverflowError):
        return 0
