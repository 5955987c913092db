"""The activities of all IATI files behind a path; much is read in a process of its own, beside the writing."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import IO, cast

from graph.batches import batches
from ingest import files, iati
from ingest.files import Meter, UnreadableFileError
from ingest.programmes import Programme
from ingest.rejects import Rejects

# A name such as `archive.zip!folder/file.xml`, a line in it, and the activity that begins there.
Found = tuple[str, str, Programme]
# Files of fewer bytes are read before another process has begun.
_APART = 4_000_000
_AT_ONCE = 200


def activities(path: Path, meter: Meter, source: str, rejects: Rejects, country: str) -> Generator[Found, None, None]:
    """The activities with the names of their files and their lines; see `iati.activities`.

    A file that cannot be read is passed over: `UnreadableFileError` says so when all others have been read. To be
    closed by whoever does not use all of them: that ends the other process.
    """
    read = _apart if path.stat().st_size > _APART else _here
    return read(path, meter, source, rejects, country)


def _here(path: Path, meter: Meter, source: str, rejects: Rejects, country: str) -> Generator[Found, None, None]:
    problems: list[str] = []
    try:
        for member, stream in files.members(path, meter):
            try:
                for line, programme in iati.activities(stream, member, source, rejects, country):
                    yield member, line, programme
            except UnreadableFileError as problem:
                problems.append(str(problem))
    except UnreadableFileError as problem:
        problems.append(str(problem))
    if problems:
        raise UnreadableFileError(files.several(problems))


def _apart(path: Path, meter: Meter, source: str, rejects: Rejects, country: str) -> Generator[Found, None, None]:
    """The same from another process, which waits where it is too far ahead, and ends with this one."""
    before = meter.read
    # Of a session of its own: Ctrl-C is for the load, which ends this process too.
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.iati_files"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            with cast("IO[bytes]", process.stdin) as asked:
                pickle.dump((path, source, country), asked)
            some: list[Found] | None = []
            while some is not None:
                yield from some
                # What is read here was written by `main`, below.
                some, found, notes, read, problem = pickle.load(cast("IO[bytes]", process.stdout))  # noqa: S301
                rejects.found += found
                rejects.notes.update(notes)
                meter.read = before + read
            if problem:
                raise UnreadableFileError(problem)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise UnreadableFileError(f"{path.name} was not read to its end: its reader was ended.") from error
        finally:
            process.kill()


def main() -> None:
    """Read what is asked for on the standard input; write some activities at a time with what else was found."""
    path, source, country = pickle.load(sys.stdin.buffer)  # noqa: S301
    meter, problem = Meter(), ""
    rejects = Rejects()

    def tell(some: list[Found] | None) -> None:
        pickle.dump((some, rejects.found, rejects.notes, meter.read, problem), sys.stdout.buffer)
        rejects.found.clear()
        rejects.notes.clear()

    try:
        for some in batches(_here(path, meter, source, rejects, country), _AT_ONCE):
            tell(some)
    except UnreadableFileError as error:
        problem = str(error)
    tell(None)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # The load was killed. Not `sys.exit`, which would try to write what nobody reads.
        os._exit(1)
