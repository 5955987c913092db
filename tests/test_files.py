"""Files whole or not at all, folders that can be used, and text that is harmless where it goes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from graph.errors import FolderError
from graph.files import folder, whole
from graph.harmless import cell


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    held = tmp_path / "a.png"
    held.write_bytes(b"before")

    def half() -> None:
        with whole(held) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert held.read_bytes() == b"before"

    with whole(held, private=True) as file:
        file.write(b"after")
    assert held.read_bytes() == b"after"
    assert stat.S_IMODE(held.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [held]


@pytest.mark.parametrize("path", ["/proc/none/a.png", "/proc/a.png", "/dev/null/a.png"])
def test_a_file_that_cannot_be_written_is_named_as_it_was_given(path: str) -> None:
    with pytest.raises(OSError, match=f"^{path} cannot be written: "), whole(Path(path)):
        pytest.fail("there is nothing to write to")


def test_an_error_that_is_not_of_writing_stays_its_own(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError, match=r"^timed out$"), whole(tmp_path / "a"):
        raise TimeoutError("timed out")


def test_an_error_of_another_file_stays_its_own(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="other"), whole(tmp_path / "a"):
        (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("path", ["/proc/x", "/dev/null/x"])
def test_a_data_folder_that_cannot_be_used_is_told_with_how_to_choose_another(path: str) -> None:
    with pytest.raises(FolderError, match=f"^The folder {path} cannot be used: .*FOOTPRINT_DATA_DIR names another"):
        folder(Path(path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1", "'=1"),
        ("  +1", "'  +1"),
        ("a;=1", "a;'=1"),
        ("=1; -2;b; ＠c", "'=1;' -2;b;' ＠c"),
        ("a-b; c=d", "a-b; c=d"),
        ("a\t=1\r\n+2\nb\r\nc", "a\t'=1\r\n'+2\nb\r\nc"),
        ("\t=1", "'\t'=1"),
        ("", ""),
    ],
)
def test_no_part_of_a_cell_begins_as_a_formula(text: str, expected: str) -> None:
    assert cell(text) == expected
