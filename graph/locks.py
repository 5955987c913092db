"""What may go on once at a time on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import OtherLoadError
from graph.files import folder


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """One load, forgetting, copy, backup or restore at a time in a data folder; `OtherLoadError` where one goes on."""
    folder(data_dir)
    try:
        with FileLock(data_dir / "load.lock", timeout=0):
            yield
    except Timeout:
        raise OtherLoadError(
            "Another load, forgetting, copy, backup or restore is under way; try again when it has ended."
        ) from None
