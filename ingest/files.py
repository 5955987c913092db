"""From a path that a user gives to open files: plain, gzip, zip, tar, or a folder of them, within limits."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

_TAR = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_KNOWN = (".xml", ".xml.gz", ".zip", *_TAR)
# More than any published IATI file has; an archive that unpacks to more is taken for a bomb.
MAX_BYTES = 4 * 1024**3


class UnsafeArchiveError(ValueError):
    """A file that unpacks to more than the limit, or an archive that is broken."""


class UnknownPathError(ValueError):
    """A path that is not there or is of no known kind."""


class _Limited(io.RawIOBase):
    """A stream that stops with an error after so many bytes."""

    def __init__(self, stream: IO[bytes], name: str, limit: int) -> None:
        self._stream, self._name, self._left = stream, name, limit

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        self._left -= len(data)
        if self._left < 0:
            raise UnsafeArchiveError(f"{self._name} unpacks to more than {MAX_BYTES >> 30} GiB.")
        return data


def expand(path: Path) -> list[Path]:
    """The files behind a path: itself, or in a folder all of a known kind, in the order of their names."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(_KNOWN))
    if not path.is_file():
        raise UnknownPathError(f"{path} is not there.")
    if not path.name.lower().endswith(_KNOWN):
        raise UnknownPathError(f"{path.name} is of no kind that can be loaded (IATI activities: {', '.join(_KNOWN)}).")
    return [path]


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The XML files in a file, opened one after another, with names such as `archive.zip!folder/file.xml`."""
    lower = path.name.lower()
    try:
        if lower.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    if info.filename.lower().endswith(".xml"):
                        with archive.open(info) as stream:
                            yield f"{path.name}!{info.filename}", _limited(stream, path.name)
        elif lower.endswith(_TAR):
            with tarfile.open(path) as tar:
                for member in tar:
                    stream_ = tar.extractfile(member) if member.name.lower().endswith(".xml") else None
                    if stream_ is not None:
                        yield f"{path.name}!{member.name}", _limited(stream_, path.name)
        elif lower.endswith(".gz"):
            with gzip.open(path) as zipped:
                yield path.name, _limited(cast("IO[bytes]", zipped), path.name)
        else:
            with path.open("rb") as plain:
                yield path.name, _limited(plain, path.name)
    except (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, EOFError) as error:
        raise UnsafeArchiveError(f"{path.name} is no readable archive: {error}") from error


def _limited(stream: IO[bytes], name: str) -> IO[bytes]:
    return cast("IO[bytes]", _Limited(stream, name, MAX_BYTES))
