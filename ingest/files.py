"""From a path that a user gives to open files: plain, gzip, zip, tar, or a folder of them, within limits."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

_TAR = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_KNOWN = (".xml", ".xml.gz", ".zip", *_TAR)
# More than any published IATI file has; an archive that unpacks to more is taken for a bomb.
MAX_BYTES = 4 * 1024**3


class LoadError(Exception):
    """A path that cannot be loaded; the message says which and why. Nothing was written."""


class UnreadableFileError(ValueError):
    """A file that cannot be taken as a whole: broken, too large when unpacked, or no IATI activity file."""


_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, KeyError)


class _Limited(io.RawIOBase):
    """A stream that counts what it yields into the budget of its path, and says in words what is wrong with it."""

    def __init__(self, stream: IO[bytes], name: str, budget: list[int]) -> None:
        self._stream, self._name, self._budget = stream, name, budget

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        try:
            data = self._stream.read(-1 if size is None else size)
        except _BROKEN as error:
            raise UnreadableFileError(f"{self._name} cannot be unpacked: {_words(error)}") from error
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            raise UnreadableFileError(f"{self._name}: the file unpacks to more than {MAX_BYTES:,} bytes.")
        return data


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def expand(path: Path) -> list[Path]:
    """The files behind a path: itself, or in a folder all of a known kind, in the order of their names."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(_KNOWN))
    if not path.is_file():
        raise LoadError(f"{path} is not there.")
    if not path.name.lower().endswith(_KNOWN):
        raise LoadError(f"{path.name} is of no kind that can be loaded (IATI activities: {', '.join(_KNOWN)}).")
    return [path]


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The XML files in a file, opened one after another, with names such as `archive.zip!folder/file.xml`.

    Raises `UnreadableFileError` where the file is no readable archive or holds no XML.
    """
    budget, found = [MAX_BYTES], False
    try:
        for name, stream in _members(path):
            found = True
            yield name, cast("IO[bytes]", _Limited(stream, name, budget))
    except _BROKEN as error:
        raise UnreadableFileError(f"{path.name} cannot be unpacked: {_words(error)}") from error
    if not found:
        raise UnreadableFileError(f"{path.name} holds no .xml file.")


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    lower = path.name.lower()
    if lower.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.filename.lower().endswith(".xml"):
                    with archive.open(info) as stream:
                        yield f"{path.name}!{info.filename}", stream
    elif lower.endswith(_TAR):
        with tarfile.open(path) as tar:
            for member in tar:
                if member.isfile() and member.name.lower().endswith(".xml") and (inner := tar.extractfile(member)):
                    yield f"{path.name}!{member.name}", inner
    elif lower.endswith(".gz"):
        with gzip.open(path) as zipped:
            yield path.name, cast("IO[bytes]", zipped)
    else:
        with path.open("rb") as plain:
            yield path.name, plain
