"""All real IATI files at hand, counted by a second parser."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from graph.writer import Writer
from ingest import files, iati
from ingest.load import load_paths
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED
from tests.conftest import Engines
from tests.iati_samples import (
    BENEATH,
)


@dataclass
class Counted:
    """What a second parser finds in one XML file: the elements, their identifiers, whether it can be read."""

    elements: int
    readable: bool
    identifiers: list[str] = field(default_factory=list)


ARCHIVE = "dportal_2021-06"
MOST_BYTES = 2_500_000


def counted(raw: bytes) -> Counted:
    found = Counted(len(re.findall(rb"<iati-activity[\s>/]", raw)), True)
    try:
        for _, element in ET.iterparse(io.BytesIO(raw)):
            if element.tag == "iati-activity":
                found.identifiers.append(" ".join((element.findtext("iati-identifier") or "").split()))
                element.clear()
    except ET.ParseError:
        found.readable = False
    return found


def raw_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The real files and what is in the archive, opened without the code that is tested."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xml":
            yield path.name, path.read_bytes()
        elif path.name.endswith(".tar.xz"):
            with tarfile.open(path, "r:xz") as archive:
                for member in archive:
                    if (stream := archive.extractfile(member)) is not None:
                        yield f"{path.name}!{member.name}", stream.read()


@pytest.fixture(scope="module")
def real(data: Path) -> dict[str, Counted]:
    return {name: counted(raw) for name, raw in raw_files(data / "iati")}


def test_the_real_files_are_as_many_as_their_list_says(real: dict[str, Counted]) -> None:
    packed = [one for name, one in real.items() if name.startswith(ARCHIVE)]

    assert len(packed) == 133
    assert sum(one.elements for one in packed) == 13_200
    assert len(real) - len(packed) == 15


def test_every_activity_of_the_real_files_is_read_or_rejected(data: Path, real: dict[str, Counted]) -> None:
    unreadable, seen = set(), set()

    for path in files.expand(data / "iati"):
        for name, stream in files.members(path):
            seen.add(name)
            rejects, taken = Rejects(), []
            try:
                taken = [programme.id for _, programme in iati.activities(stream, name, "s", rejects)]
            except files.UnreadableFileError:
                unreadable.add(name)
            assert len(taken) + rejects.rows == real[name].elements, name
            assert taken == [identifier for identifier in real[name].identifiers if identifier], name

    assert seen == real.keys()
    assert unreadable == {name for name, one in real.items() if not one.readable}


def test_the_real_files_load_into_the_embedded_engine(
    all_engines: Engines, data: Path, real: dict[str, Counted]
) -> None:
    """All but the large archive and files of more than 2.5 MB, which are read and counted above: CI has ten minutes."""
    store = all_engines.scratch("embedded")
    store.clear()
    files = [path for path in sorted((data / "iati").rglob("*.xml")) if path.stat().st_size < MOST_BYTES]
    names = {path.name for path in files}
    real = {name: one for name, one in real.items() if name in names}
    ignored = Rejects()
    for shipped in SHIPPED:
        if shipped.id in BENEATH:
            Writer(store, shipped.id, shipped.title, shipped.rank).load(shipped.records(FACTS, ignored), "test")
    expected: dict[str, set[str]] = {}
    for name, one in real.items():
        expected.setdefault(name.split("!")[0], set()).update(set(one.identifiers) - {""})

    loaded = load_paths(store, files)

    assert len(files) == len(real) > 8
    assert [one.error for one in loaded if one.error] == []
    distinct = set().union(*expected.values())
    assert store.ask("MATCH (p:Programme) RETURN count(p) AS n") == [{"n": len(distinct)}]
    told = store.ask("MATCH (d:Dataset)<-[:REPORTED_BY]-(p:Programme) RETURN d.id AS dataset, count(p) AS n")
    assert {row["dataset"]: row["n"] for row in told} == {name: len(found) for name, found in expected.items()}
