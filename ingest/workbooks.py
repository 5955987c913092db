"""The sheets of a workbook (.xlsx) as rows of text, read as a stream in memory that does not grow with the sheet."""

from __future__ import annotations

import lzma
import posixpath
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import IO, TypeAlias

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from ingest.files import UnreadableFileError
from ingest.sheets import Rows, Target, Texts, Values, local

# A workbook that unpacks to more is taken for a bomb.
MAX_UNPACKED = 512 * 1024**2
# The texts of all sheets stand in one part, which must be held in memory.
MAX_TEXTS = 128 * 1024**2
_MAX_ENTRIES = 100_000
_PIECE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, etree.XMLSyntaxError, EOFError, OSError,
    RuntimeError, LookupError, ValueError, OverflowError,
)  # fmt: skip

NumberedRows: TypeAlias = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its title, and its rows with their numbers, as wide as their last cell that is not blank."""

    title: str
    rows: Callable[[], NumberedRows]


def sheets(name: str, open_: Callable[[], IO[bytes]]) -> list[Sheet]:
    """The visible sheets of a workbook in their order; `UnreadableFileError` where it cannot or must not be read."""
    book = _Workbook(name, open_)
    return [Sheet(title, partial(book.rows, title, part)) for title, part in book.visible]


class _Workbook:
    """What the sheets of a workbook have in common."""

    def __init__(self, name: str, open_: Callable[[], IO[bytes]]) -> None:
        self._name, self._open = name, open_
        with _package(name, open_) as package:
            home = next((part for kind, part in package.relations("").values() if kind == "officeDocument"), "")
            related = package.relations(home)
            found = package.attributes(home, ("workbook", "workbookPr"), ("sheets", "sheet"))
            self._epoch = MAC_EPOCH if any(one.get("date1904") in ("1", "true") for one in found) else WINDOWS_EPOCH
            self._styles, self._texts = (
                next((part for kind, part in related.values() if kind == wanted), "")
                for wanted in ("styles", "sharedStrings")
            )
            self.visible = [
                (one["name"], related[one["id"]][1])
                for one in found
                if "name" in one and one.get("state", "visible") == "visible" and related[one["id"]][0] == "worksheet"
            ]
        if not self.visible:
            raise UnreadableFileError(f"{name} has no visible sheet.")

    @cached_property
    def _values(self) -> Values:
        with _package(self._name, self._open) as package:
            texts = Texts(self._name)
            if self._texts:
                if package.size(self._texts) > MAX_TEXTS:
                    raise UnreadableFileError(
                        f"{self._name} holds more text than can be read from a workbook; save the sheet as CSV UTF-8."
                    )
                for _ in package.feed(self._texts, texts):
                    pass
            dates, spans = package.date_styles(self._styles) if self._styles else (set[int](), set[int]())
            return Values(texts.found, dates, spans, self._epoch)

    def rows(self, title: str, part: str) -> NumberedRows:
        target = Rows(f"{self._name}!{title}", self._values)
        with _package(self._name, self._open) as package:
            try:
                for _ in package.feed(part, target):
                    for number, cells in target.found:
                        yield number, [cells.get(column, "") for column in range(1, max(cells) + 1)]
                    target.found.clear()
            except etree.XMLSyntaxError as error:
                where = f"{target.name}, after row {target.row}"
                raise UnreadableFileError(f"{where}: the sheet is damaged.") from error


@contextmanager
def _package(name: str, open_: Callable[[], IO[bytes]]) -> Iterator[_Package]:
    with open_() as stream, tempfile.SpooledTemporaryFile(_PIECE) as copy:
        try:
            if stream.seekable():
                yield _Package(name, stream)
            else:
                shutil.copyfileobj(stream, copy)
                copy.seek(0)
                yield _Package(name, copy)
        except UnreadableFileError:
            raise
        except _BROKEN as error:
            raise UnreadableFileError(f"{name} is no .xlsx workbook, or damaged: {_words(error)}.") from error


def _words(error: Exception) -> str:
    return str(error.args[0] if error.args else "") or type(error).__name__


class _Package:
    """The parts of an open workbook."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self._name = name
        if stream.read(len(_OLE)) == _OLE:
            raise UnreadableFileError(
                f"{name} is protected by a password or of an old format; save it without a password as .xlsx."
            )
        self._archive = zipfile.ZipFile(stream)
        # Some programs write the names of parts in one case and refer to them in another.
        self._parts = {info.filename.lower(): info for info in self._archive.infolist()}
        if any(part.endswith("vbaproject.bin") for part in self._parts):
            raise UnreadableFileError(f"{name} brings macros; save it as .xlsx (without macros).")
        if any(info.flag_bits & 1 for info in self._parts.values()):
            raise UnreadableFileError(f"{name} is protected by a password; save it without one.")
        if sum(info.file_size for info in self._parts.values()) > MAX_UNPACKED:
            raise UnreadableFileError(
                f"{name} unpacks to more than {MAX_UNPACKED:,} bytes; save the sheet as CSV UTF-8."
            )

    def _info(self, part: str) -> zipfile.ZipInfo:
        try:
            return self._parts[part.lower()]
        except KeyError:
            raise UnreadableFileError(f"{self._name} is no .xlsx workbook, or damaged: it lacks {part!r}.") from None

    def size(self, part: str) -> int:
        return self._info(part).file_size

    def feed(self, part: str, target: Target) -> Iterator[None]:
        """Hand the elements of a part to a target, and give way after each piece."""
        # The stubs ask for methods that lxml can do without.
        parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)  # type: ignore[call-overload]
        with self._archive.open(self._info(part)) as stream:
            while piece := stream.read(_PIECE):
                parser.feed(piece)
                yield
        parser.close()
        yield

    def attributes(self, part: str, *wanted: tuple[str, str]) -> list[dict[str, str]]:
        """The attributes of the elements of a part that are wanted, each named after its parent, in their order."""
        target = _Attributes(self._name, *wanted)
        for _ in self.feed(part, target):
            pass
        return target.found

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The kinds and paths of what a part refers to within the workbook, by id; nothing outside is ever opened."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        return {
            one["Id"]: (one["Type"].rpartition("/")[2], _path(folder, one["Target"]))
            for one in self.attributes(path, ("Relationships", "Relationship"))
            if one.get("TargetMode") != "External"
        }

    def date_styles(self, part: str) -> tuple[set[int], set[int]]:
        """The styles of cells that show a number as a date or time, and those that show it as a span of time."""
        found = self.attributes(part, ("numFmts", "numFmt"), ("cellXfs", "xf"))
        own = {one["numFmtId"]: one["formatCode"] for one in found if "formatCode" in one}
        styles = [one.get("numFmtId", "0") for one in found if "formatCode" not in one]
        formats = [own.get(style) or BUILTIN_FORMATS.get(int(style)) for style in styles]
        return (
            {index for index, format_ in enumerate(formats) if is_date_format(format_)},
            {index for index, format_ in enumerate(formats) if is_timedelta_format(format_)},
        )


def _path(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


class _Attributes(Target):
    """The attributes of the elements that stand in such a parent and have such a name, in their order."""

    def __init__(self, name: str, *wanted: tuple[str, str]) -> None:
        super().__init__(name)
        self._wanted, self._path = wanted, [""]
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if (self._path[-1], local(tag)) in self._wanted:
            self.found.append({local(key): value for key, value in attributes.items()})
            if len(self.found) > _MAX_ENTRIES:
                raise UnreadableFileError(f"{self.name} has more than {_MAX_ENTRIES:,} formats or sheets.")
        self._path.append(local(tag))

    def end(self, tag: str) -> None:
        self._path.pop()
