from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest import iati_files
from ingest.files import Meter, UnreadableFileError, several
from ingest.rejects import Rejects
from tests.iati_samples import document, one

MANY = 450
BAD = "<iati-activity><title><narrative>Without an identifier</narrative></title></iati-activity>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two files that can be read, with a reject and a note in the first, and one between them that is cut."""
    dated = '<activity-date type="1" iso-date="someday"/></iati-activity>'
    path = tmp_path / "activities.zip"
    with zipfile.ZipFile(path, "w") as made:
        first = [one("A", "Réseau").replace("</iati-activity>", dated), BAD, *(one(f"A{n}") for n in range(MANY))]
        made.writestr("a.xml", document(*first))
        made.writestr("b.xml", document(one("B"), one("B2"))[:-40])
        made.writestr("c.xml", document(one("C")))
    return path


def read(path: Path) -> tuple[list[Any], Rejects, int, str]:
    rejects, meter, problem = Rejects(), Meter(read=7), ""
    found: list[Any] = []
    try:
        found.extend(iati_files.activities(path, meter, "file:f", rejects, "SLE"))
    except UnreadableFileError as error:
        problem = str(error)
    return found, rejects, meter.read, problem


def test_another_process_reads_what_this_one_would(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = read(archive)
    monkeypatch.setattr(iati_files, "_APART", 0)

    assert read(archive) == here
    found, rejects, size, problem = here
    assert [programme.id for _, _, programme in found[:2]] == ["A", "A0"]
    assert found[-1][0] == "activities.zip!c.xml"
    assert [(one.field, one.row_left_out) for one in rejects.found] == [("activity-date 1", False), ("id", True)]
    assert size > 7
    assert problem.startswith("activities.zip!b.xml, line 3: ")


def test_a_file_that_is_no_archive_is_said_as_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(b"no archive")
    here = read(path)
    monkeypatch.setattr(iati_files, "_APART", 0)

    assert read(path) == here
    assert here[3] == "f.zip cannot be unpacked: File is not a zip file"


def test_of_several_problems_the_first_three_are_told() -> None:
    problems = [f"{name}.xml is empty." for name in "abcde"]

    assert several(problems[:1]) == "a.xml is empty."
    assert several(problems[:2]) == "a.xml is empty; b.xml is empty."
    assert several(problems) == "a.xml is empty; b.xml is empty; c.xml is empty; and 2 more."


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that read, as they are started; every file gets one."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            started.append(self)

    monkeypatch.setattr(iati_files, "_APART", 0)
    monkeypatch.setattr(subprocess, "Popen", Noted)
    return started


def test_whoever_stops_reading_ends_the_reader(archive: Path, readers: list[subprocess.Popen[bytes]]) -> None:
    with closing(iati_files.activities(archive, Meter(), "file:f", Rejects(), "")) as found:
        next(found)
        assert readers[0].poll() is None or readers[0].returncode == 0

    assert readers[0].returncode is not None


def test_a_reader_that_is_killed_is_an_error_and_no_short_file(
    tmp_path: Path, readers: list[subprocess.Popen[bytes]]
) -> None:
    path = tmp_path / "f.xml"
    # So much that it cannot all wait in the pipe.
    path.write_text(document(*(one(f"A{n}", "Help " * 100) for n in range(5_000))))
    found = iter(iati_files.activities(path, Meter(), "file:f", Rejects(), ""))
    next(found)
    os.kill(readers[0].pid, signal.SIGKILL)

    with pytest.raises(UnreadableFileError, match=r"^f\.xml was not read to its end: its reader was ended\.$"):
        list(found)


def test_a_load_that_is_killed_takes_its_reader_along(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(document(*(one(f"A{n}", "Help " * 100) for n in range(5_000))))
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom ingest import iati_files\nfrom ingest.files import Meter\n"
        "from ingest.rejects import Rejects\niati_files._APART = 0\n"
        "found = iati_files.activities(Path(sys.argv[1]), Meter(), 's', Rejects(), '')\nnext(found)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, timeout=60, check=False)

    # The reader holds the other end of this: that it could be read to its end says that the reader has ended too.
    assert killed.returncode == -signal.SIGKILL
    assert killed.stderr == b""
