"""From a path to open files: plain, archives, folders, limits, and archives that are broken."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import Store
from ingest import files
from ingest.load import load_paths
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE
from tests.iati_samples import (
    ARCHIVES,
    NOISE,
    SINGLE,
    document,
    one,
    read_all,
    titles,
    zipped,
)


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_xml_member_of_an_archive_is_read_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    ARCHIVES[name](
        path, {"x/1.xml": document(one("A")), "2.XML": document(one("B")), "readme.txt": "no", "3.xmlx": "no"}
    )

    assert read_all(path) == {f"{name}!x/1.xml": ["A"], f"{name}!2.XML": ["B"]}


@pytest.mark.parametrize("name", SINGLE)
def test_a_plain_or_gzipped_file_is_read_under_its_own_name(name: str, tmp_path: Path) -> None:
    SINGLE[name](tmp_path / name, {"": document(one("A"))})

    assert files.expand(tmp_path / name) == [tmp_path / name]
    assert read_all(tmp_path / name) == {name: ["A"]}


def test_a_folder_is_all_its_files_of_a_known_kind_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.xml", "a.zip", "sub/c.tar.xz", "sub/d.xml.gz", "e.csv", "f.txt", ".hidden", "g.gz"):
        (tmp_path / name).write_bytes(b"")

    found = [str(path.relative_to(tmp_path)) for path in files.expand(tmp_path)]

    assert found == ["a.zip", "b.xml", "e.csv", "sub/c.tar.xz", "sub/d.xml.gz"]


@pytest.mark.parametrize("name", [*ARCHIVES, *SINGLE])
def test_what_unpacks_to_more_than_the_limit_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document(one("A"), " " * 100_000)
    (ARCHIVES | SINGLE)[name](tmp_path / name, {"a.xml": text})
    monkeypatch.setattr(files, "MAX_BYTES", len(text.encode()))
    assert sum(len(found) for found in read_all(tmp_path / name).values()) == 1
    monkeypatch.setattr(files, "MAX_BYTES", len(text.encode()) - 1)

    with pytest.raises(files.UnreadableFileError, match=name):
        read_all(tmp_path / name)


def test_an_archive_whose_members_together_unpack_to_more_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document(one("A"), " " * 10_000)
    zipped(tmp_path / "a.zip", {f"{n}.xml": text for n in range(100)})
    monkeypatch.setattr(files, "MAX_BYTES", 2 * len(text))

    with pytest.raises(files.UnreadableFileError):
        read_all(tmp_path / "a.zip")


def test_a_path_that_is_not_there_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")

    with pytest.raises(files.LoadError, match="of no kind"):
        files.expand(tmp_path / "a.txt")
    absent = [tmp_path / name for name in ("nothing.xml", "none.xml")]
    with pytest.raises(files.LoadError) as refused:
        files.refuse_missing([tmp_path / "a.txt", *absent])
    assert str(refused.value) == f"{absent[0]}, {absent[1]} are not there. Nothing was loaded."


def corrupted(path: Path) -> Path:
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 200] = bytes(200)
    path.write_bytes(raw)
    return path


def cut_short(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def no_archive(path: Path) -> Path:
    path.write_text("no archive at all")
    return path


def emptied(path: Path) -> Path:
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        (name, spoil)
        for name in ("a.zip", "a.tar.gz", "a.tar.xz", "a.xml.gz")
        for spoil in (corrupted, cut_short, no_archive, emptied)
    ],
)
def test_a_broken_archive_is_told_and_the_next_file_is_loaded(
    all_engines: Engines, tmp_path: Path, name: str, spoil: Callable[[Path], Path]
) -> None:
    store = all_engines.scratch("embedded")
    store.clear()
    (ARCHIVES | SINGLE)[name](tmp_path / name, {"a.xml": document(NOISE)})
    spoil(tmp_path / name)
    (tmp_path / "b.xml").write_text(document(one("B")))

    first, second = load_paths(store, [tmp_path / name, tmp_path / "b.xml"])

    assert name in first.error
    assert second.error == ""
    assert "B" in titles(store)


def locked_zip(folder: Path) -> Path:
    zipped(folder / "a.zip", {"a.xml": document(one("A"))})
    raw = bytearray((folder / "a.zip").read_bytes())
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(raw)
    return folder / "a.zip"


def linking_tar(folder: Path) -> Path:
    with tarfile.open(folder / "a.tar", "w") as archive:
        info = tarfile.TarInfo("link.xml")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return folder / "a.tar"


@pytest.mark.parametrize("make", [locked_zip, linking_tar])
def test_a_locked_zip_and_a_tar_that_links_elsewhere_are_told(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)

    said, found = path.name, {}
    try:
        found = read_all(path)
    except ValueError as error:
        said = str(error)

    assert path.name in said
    assert found == {}


@ONE_ENGINE
def test_a_member_that_is_no_xml_costs_only_itself(scratch: Store, tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"1.xml": document(one("A")), "2.xml": '{"result":[]}', "3.xml": document(one("B"))})

    (loaded,) = load_paths(scratch, [tmp_path / "a.zip"])

    assert set(titles(scratch)) == {"A", "B"}
    assert "a.zip!2.xml" in loaded.error
