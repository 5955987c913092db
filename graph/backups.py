"""Backups of the embedded engine's data: one zip file with a manifest and checksums, and no passwords.

The engine is stopped for as long as its files are read, so a backup is what the graph held at one moment. A backup is
checked and unpacked beside the live data before it takes its place, and the live data goes only when the engine has
answered with what was put back.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from graph import embedded
from graph.copying import held
from graph.errors import GraphError
from graph.files import whole
from graph.locks import alone
from graph.settings import Settings
from graph.store import Store

FORMAT = 1
_MANIFEST = "manifest.json"
_DATA = "data/"
_ENGINE = "arcadedb-embedded"
_MOST_MANIFEST = 10_000_000  # bytes
_CHUNK = 1 << 20  # bytes
# The engine keeps all its files in one folder, named so: nothing here can lead out of it.
_NAME = r"^[A-Za-z0-9_][A-Za-z0-9_.%\-]*\z"
# What the reader of zip files raises; the last two for methods and encryption that it does not know.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError)


class BackupError(GraphError):
    """A backup cannot be made, or what is to be restored cannot be trusted; the graph is as it was."""


class FileEntry(BaseModel):
    """One file of the database: its size in bytes and its SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup holds: by which versions it was made, when (UTC), of how many records, and its files by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    application: str
    engine: str
    made: datetime
    data_version: str
    records: int = Field(ge=0)
    files: dict[Annotated[str, StringConstraints(pattern=_NAME)], FileEntry]


def backup(settings: Settings, file: Path, data_version: Callable[[Store], str]) -> Manifest:
    """Write what the embedded engine holds to `file`, whole or not at all, for its owner alone to read.

    What `data_version` says of the graph is kept in the manifest; an earlier file of that name is written over.
    Raises `OtherLoadError` while a load goes on, and `BackupError` where there is nothing to keep.
    """
    with alone(settings.data_dir):
        with Store(settings) as store:
            records, said = held(store), data_version(store)
        if not records:
            raise BackupError("There is nothing to back up: the graph is empty.")
        made = datetime.now(UTC).replace(microsecond=0)
        with whole(file, private=True) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            with embedded.stopped(settings) as home:
                files = {path.name: _add(archive, path) for path in sorted(home.database.iterdir())}
            manifest = Manifest(
                application=version("lightfootprint"), engine=version(_ENGINE), made=made,
                data_version=said, records=records, files=files,
            )  # fmt: skip
            archive.writestr(_MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What a backup says that it holds; `BackupError` where it is none, or none that this version can restore."""
    with _opened(file) as archive:
        return _manifest(file, archive)


def restore(settings: Settings, file: Path) -> Manifest:
    """Put a backup in the place of what the embedded engine holds.

    Every file is checked before anything is touched, and the engine has to answer from the backup before what was
    there is deleted; otherwise that is put back. Raises `BackupError` for a backup that is damaged or of a newer
    version, and `OtherLoadError` while a load goes on.
    """
    with alone(settings.data_dir):
        fresh = embedded.home_of(settings).path / "being-restored"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            fresh.mkdir(mode=0o700, parents=True)
            manifest = unpack(file, fresh)
            _switch(settings, fresh)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def unpack(file: Path, folder: Path) -> Manifest:
    """Write the files of a backup into an empty folder; `BackupError` where one is not what it was."""
    with _opened(file) as archive:
        manifest = _manifest(file, archive)
        for name, entry in manifest.files.items():
            _unpack(file, archive, name, entry, folder / name)
    return manifest


def _switch(settings: Settings, fresh: Path) -> None:
    """Put `fresh` in the place of the data; back again unless the engine answers from it."""
    with embedded.stopped(settings) as home:
        if home.database.exists():
            shutil.rmtree(home.before_restore, ignore_errors=True)
            home.database.rename(home.before_restore)
        home.database.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(home.database)
    try:
        with Store(settings) as store:
            if not held(store):
                raise BackupError("the engine finds nothing in it")
    except GraphError as error:
        with embedded.stopped(settings):
            shutil.rmtree(home.database)
            if home.before_restore.exists():
                home.before_restore.rename(home.database)
        raise BackupError(f"The backup could not be put back ({error}); the graph is as it was.") from error
    shutil.rmtree(home.before_restore, ignore_errors=True)


def _add(archive: zipfile.ZipFile, path: Path) -> FileEntry:
    """Put one file into the archive, a piece at a time."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_DATA + path.name, "w", force_zip64=True) as target:
        for piece in _pieces(source):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return FileEntry(size=size, sha256=digest.hexdigest())


def _unpack(file: Path, archive: zipfile.ZipFile, name: str, entry: FileEntry, target: Path) -> None:
    """Write one file of the archive, never more than the manifest says it is long."""
    digest, left = hashlib.sha256(), entry.size
    with archive.open(_DATA + name) as source, target.open("wb") as out:
        for piece in _pieces(source):
            left -= len(piece)
            if left < 0:
                break
            digest.update(piece)
            out.write(piece)
    if left or digest.hexdigest() != entry.sha256:
        raise BackupError(f"{file} is damaged: {name} is not what it was when the backup was made.")


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_CHUNK):
        yield piece


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever the reader of zip files finds wrong with it is said in a sentence."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (*_UNREADABLE, OSError) as error:
        # What cannot be unpacked, or leads to a place before the file, comes as such an error; others are of the disk.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise BackupError(f"{file} is no backup, or is damaged: {error}.") from error


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    """The manifest, checked against the list of files in the archive, the format and the engine."""
    names = archive.namelist()
    if _MANIFEST not in names:
        raise BackupError(f"{file} is no backup: there is no {_MANIFEST} in it.")
    with archive.open(_MANIFEST) as source:
        text = source.read(_MOST_MANIFEST)
    _not_newer(file, text)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BackupError(f"{file} is no backup, or is damaged: its manifest cannot be right ({where}).") from None
    if sorted(names) != sorted([_MANIFEST, *(_DATA + name for name in manifest.files)]):
        raise BackupError(f"{file} is damaged: it does not hold the files that its manifest names.")
    if _numbers(manifest.engine) > _numbers(version(_ENGINE)):
        raise BackupError(
            f"{file} was made with the engine {manifest.engine}, newer than the one installed ({version(_ENGINE)}); "
            "install a newer Light Footprint to restore it."
        )
    return manifest


class _Format(BaseModel):
    format: int


def _not_newer(file: Path, text: bytes) -> None:
    """The format is asked first: what else a newer manifest holds cannot be known."""
    with suppress(ValidationError):
        if _Format.model_validate_json(text).format > FORMAT:
            raise BackupError(f"{file} was made by a newer Light Footprint; install that one to restore it.")


def _numbers(engine: str) -> list[int]:
    """`26.10.2.post1` as numbers that can be compared."""
    return [int(number) for number in re.findall(r"\d+", engine)]
