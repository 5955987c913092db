"""Files that are written whole or not at all, and folders that can be used."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import FolderError

# Errors of writing, which name no file.
_OF_WRITING = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EDQUOT})


def folder(path: Path) -> Path:
    """The data folder or one within it, made where it is not there; `FolderError` says how to choose another."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        # Asked of the folder itself: what the rights say does not hold for every file system.
        (path / f".{os.getpid()}").touch()
        (path / f".{os.getpid()}").unlink(missing_ok=True)
    except OSError as error:
        raise FolderError(
            f"The folder {path} cannot be used: {error.strerror}. FOOTPRINT_DATA_DIR names another."
        ) from error
    return path


@contextmanager
def whole(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` at the end; after an error what was there is as it was.

    Only its owner can read a `private` one. Raises `OSError`, in a sentence with the path, where it cannot be written;
    that shows at the beginning, before there is anything to write.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        if error.filename != str(beside) and error.errno not in _OF_WRITING:
            raise
        raise OSError(f"{path} cannot be written: {error.strerror or error}.") from error
