"""From a path that a user gives to open files: plain, gzip, zip, tar, or a folder of them, within limits.

Nothing is ever unpacked to disk: a name within an archive is shown in messages and goes nowhere else.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_TAR = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_XML = (".xml", ".xml.gz", *_TAR)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", *_WORKBOOKS)
_DOCUMENTS = (".json", ".json.gz")
_KNOWN = (*_XML, ".zip", *_TABLES, *_DOCUMENTS)
_INSIDE = (".xml", *_TABLES, *_DOCUMENTS)
# Of the file that says what the columns of a table are: the table's own name comes before it.
MAPPING = ".mapping.yaml"
_TOLD = ".xml, .csv, .tsv, .xlsx, .json, these in .gz or .zip, and .xml in .tar.xz"
_TOLD_AT_ONCE = 3
# More than any published IATI file has; an archive that unpacks to more is taken for a bomb.
MAX_BYTES = 4 * 1024**3


class LoadError(Exception):
    """A path that cannot be loaded; the message says which and why. Nothing was written."""


class UnreadableFileError(ValueError):
    """A file that cannot be taken as a whole: broken, too large when unpacked, or no IATI activity file."""


_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, KeyError)


@dataclass(slots=True)
class Meter:
    """How many bytes of files have been read, as they lie on the disk: for those who wait."""

    read: int = 0

    def open(self, path: Path) -> IO[bytes]:
        """Open a file for reading."""
        return cast("IO[bytes]", io.BufferedReader(_Metered(path.open("rb", buffering=0), self)))


class _Metered(io.RawIOBase):
    def __init__(self, stream: io.RawIOBase, meter: Meter) -> None:
        self._stream, self._meter = stream, meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        count = self._stream.readinto(buffer)
        self._meter.read += count or 0
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Limited(io.RawIOBase):
    """A stream that counts what it yields into the budget of its path, and says in words what is wrong with it."""

    def __init__(self, stream: IO[bytes], name: str, budget: list[int]) -> None:
        self._stream, self._name, self._budget = stream, name, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        data = self.read(len(memoryview(buffer)))
        memoryview(buffer)[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def read(self, size: int | None = -1) -> bytes:
        try:
            data = self._stream.read(-1 if size is None else size)
        except _BROKEN as error:
            raise UnreadableFileError(f"{self._name} cannot be unpacked: {_words(error)}") from error
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            raise UnreadableFileError(f"{self._name}: the file unpacks to more than {MAX_BYTES:,} bytes.")
        return data


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or JSON document, by the name that messages give it, to be opened as often as need be."""

    name: str
    open: Callable[[], IO[bytes]]

    @property
    def is_document(self) -> bool:
        """Whether it is JSON, and no table."""
        return self.name.lower().endswith(_DOCUMENTS)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def several(problems: Sequence[str]) -> str:
    """Some problems in a sentence: the first three, and how many more there are."""
    if len(problems) == 1:
        return problems[0]
    told, more = "; ".join(one.rstrip(".") for one in problems[:_TOLD_AT_ONCE]), len(problems) - _TOLD_AT_ONCE
    return f"{told}; and {more} more." if more > 0 else f"{told}."


def expand(path: Path) -> list[Path]:
    """The files behind a path: itself, or in a folder all of a known kind, in the order of their names."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(_KNOWN))
    if not path.name.lower().endswith(_KNOWN):
        raise LoadError(f"{path.name} is of no kind that can be loaded: {_TOLD}.")
    return [path]


def refuse_missing(paths: Sequence[Path]) -> None:
    """Raise `LoadError` that names those of the paths that are not there, so that nobody mends them one by one."""
    if absent := [str(path) for path in paths if not path.exists()]:
        nothing = " Nothing was loaded." if len(paths) > 1 else ""
        raise LoadError(f"{', '.join(absent)} {'is' if len(absent) == 1 else 'are'} not there.{nothing}")


def passed_over(path: Path) -> list[str]:
    """What stands in a folder, or in a .zip behind the path, and is of no kind that can be loaded; in order.

    An archive within an archive is not opened, and so is one of them. Hidden files and mapping files are none.
    """
    found: list[str] = []
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        lower = one.name.lower()
        if one.is_file() and lower.endswith(".zip"):
            with contextlib.suppress(UnreadableFileError):  # said where the file is read
                found += [f"{one}!{name}" for name in _names(one) if not name.lower().endswith(_INSIDE)]
        elif one.is_file() and not lower.endswith((*_KNOWN, MAPPING)):
            found.append(str(one))
    return [name for name in found if not PurePosixPath(name.replace("!", "/")).name.startswith(".")]


def holds_xml(path: Path) -> bool:
    """Whether there is XML behind a path; of archives other than .zip that is all that is looked for."""
    lower = path.name.lower()
    if not lower.endswith(".zip"):
        return lower.endswith(_XML)
    return any(name.lower().endswith(".xml") for name in _names(path))


def entries(path: Path, name: str, meter: Meter) -> list[Entry]:
    """The tables and JSON documents behind a path that is called `name`: itself, or in a .zip all of them.

    Raises `UnreadableFileError` where a .zip cannot be read.
    """
    lower = path.name.lower()
    if not lower.endswith(".zip"):
        wanted = lower.endswith((*_TABLES, *_DOCUMENTS))
        return [Entry(name, partial(_open, path, name, "", meter))] if wanted else []
    inside = [one for one in _names(path) if one.lower().endswith((*_TABLES, *_DOCUMENTS))]
    return [Entry(f"{name}!{one}", partial(_open, path, f"{name}!{one}", one, meter)) for one in inside]


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [info.filename for info in archive.infolist() if not info.is_dir()]
    except _BROKEN as error:
        raise UnreadableFileError(f"{path.name} cannot be unpacked: {_words(error)}") from error


def _open(path: Path, name: str, inside: str, meter: Meter) -> IO[bytes]:
    """Open a file, or one in a .zip, to be read within the limits."""
    try:
        # Both are closed with the stream that is given out.
        stream = meter.open(path)
        if inside:
            stream = zipfile.ZipFile(stream).open(inside)  # noqa: SIM115
        if name.lower().endswith(".gz"):
            stream = cast("IO[bytes]", gzip.open(stream))  # noqa: SIM115
    except _BROKEN as error:
        raise UnreadableFileError(f"{name} cannot be unpacked: {_words(error)}") from error
    return cast("IO[bytes]", _Limited(stream, name, [MAX_BYTES]))


def members(path: Path, meter: Meter | None = None) -> Iterator[tuple[str, IO[bytes]]]:
    """The XML files in a file, opened one after another, with names such as `archive.zip!folder/file.xml`.

    Raises `UnreadableFileError` where the file is no readable archive or holds no XML.
    """
    budget, found = [MAX_BYTES], False
    try:
        for name, stream in _members(path, meter or Meter()):
            found = True
            yield name, cast("IO[bytes]", _Limited(stream, name, budget))
    except _BROKEN as error:
        raise UnreadableFileError(f"{path.name} cannot be unpacked: {_words(error)}") from error
    if not found:
        raise UnreadableFileError(f"{path.name} holds no .xml file.")


def _members(path: Path, meter: Meter) -> Iterator[tuple[str, IO[bytes]]]:
    lower = path.name.lower()
    if lower.endswith(".zip"):
        with meter.open(path) as raw, zipfile.ZipFile(raw) as archive:
            for info in archive.infolist():
                if info.filename.lower().endswith(".xml"):
                    with archive.open(info) as stream:
                        yield f"{path.name}!{info.filename}", stream
    elif lower.endswith(_TAR):
        with meter.open(path) as raw, tarfile.open(fileobj=raw) as tar:
            for member in tar:
                if member.isfile() and member.name.lower().endswith(".xml") and (inner := tar.extractfile(member)):
                    # A name in another encoding comes with signs that no text can hold.
                    yield f"{path.name}!{member.name.encode(errors='replace').decode()}", inner
    elif lower.endswith(".gz"):
        with meter.open(path) as raw, gzip.open(raw) as zipped:
            yield path.name, cast("IO[bytes]", zipped)
    else:
        with meter.open(path) as plain:
            yield path.name, plain
