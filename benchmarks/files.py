"""IATI files of real activities: activities a second beside parsing alone and the bare driver, and memory by size.

The activities are those of the test data (`tests.conftest.SHARED_DATA`), over and over under new identifiers until
there are as many as wanted. On the embedded engine, in one run: (a) reading them without writing, (b) the records that
they make, made ready beforehand, written by the plain driver, and (c) `footprint load`, from the file to the graph.
Then the highest memory of a process that loads 10,000, and of one that loads 100,000 (`--memory`).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from benchmarks.load import bare, ready
from graph.settings import Settings
from graph.store import Store
from ingest import iati
from ingest.datasets import data_sets
from ingest.desk import Desk
from ingest.load import known_world, load_paths, load_shipped
from ingest.recognise import Told
from ingest.rejects import Rejects
from tests.conftest import SHARED_DATA
from tests.engines import embedded_engine

REAL = SHARED_DATA / "iati" / "recent" / "dportal_2021-06.tar.xz"
SIZES = (10_000, 100_000)


def _real() -> Iterator[bytes]:
    """The real activities, each as a piece of XML that names its identifier once as `@@@`."""
    with tarfile.open(REAL) as archive:
        for member in archive:
            if (stream := archive.extractfile(member)) and member.name.endswith(".xml"):
                try:
                    for _, element in etree.iterparse(stream, tag="iati-activity"):
                        identifier = element.find("iati-identifier")
                        if identifier is not None:
                            for one in list(identifier):
                                identifier.remove(one)
                            identifier.text = f"@@@{(identifier.text or '').strip()}"
                            element.tail = None
                            yield etree.tostring(element)
                        element.clear()
                except etree.XMLSyntaxError:
                    continue  # one member of the archive is empty


def grow(path: Path, number: int) -> None:
    """Write a file of so many activities."""
    with path.open("wb") as file:
        file.write(b'<iati-activities version="2.03">\n')
        written, lap = 0, 0
        while written < number:
            for activity in _real():
                if written == number:
                    break
                file.write(activity.replace(b"@@@", f"BENCH-{lap}-".encode(), 1) + b"\n")
                written += 1
            lap += 1
        file.write(b"</iati-activities>\n")


def _parsing(path: Path) -> float:
    started = time.perf_counter()
    with path.open("rb") as stream:
        for _ in iati.activities(stream, path.name, "file:bench", Rejects()):
            pass
    return time.perf_counter() - started


def _loading(path: Path, settings: Settings) -> float:
    with Store(settings) as store:
        started = time.perf_counter()
        load_paths(store, [path])
        return time.perf_counter() - started


def _bare(path: Path, settings: Settings) -> float:
    with Store(settings) as store:
        (one,) = data_sets([path], "bench", Told())
        made = ready(one.records(Desk("bench", known_world(store), Rejects()), lambda _: None))
        return bare(store, settings, made)


def _fresh(folder: Path, work: str, path: Path) -> float:
    """Seconds of one way on an engine of its own that holds the facts that ship."""
    home = folder / work
    home.mkdir()
    with embedded_engine(home) as settings:
        with Store(settings) as store:
            load_shipped(store)
        return {"load": _loading, "bare": _bare}[work](path, settings)


def _memory(path: Path) -> None:
    """In a process of its own: load, and print the highest memory in MB."""
    with tempfile.TemporaryDirectory() as folder, embedded_engine(Path(folder)) as settings:
        with Store(settings) as store:
            load_shipped(store)
        seconds = _loading(path, settings)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{megabytes:,.0f} MB at the highest, {seconds:,.1f} s\n")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true", help="measure memory too; takes some minutes")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _memory(options.child)
        return
    if not REAL.is_file():
        sys.exit(f"Not measured: {REAL} is not there.")
    with tempfile.TemporaryDirectory() as name:
        folder, number = Path(name), SIZES[0]
        path = folder / "activities.xml"
        grow(path, number)
        parsing, loading, plain = _parsing(path), _fresh(folder, "load", path), _fresh(folder, "bare", path)
        sys.stdout.write(
            f"{number:,} activities ({path.stat().st_size / 1e6:,.0f} MB), activities a second: parsing alone "
            f"{number / parsing:,.0f}, bare driver {number / plain:,.0f}, load {number / loading:,.0f}, "
            f"{plain / loading:.2f} of the bare driver\n"
        )
        for size in SIZES if options.memory else ():
            grow(path, size)
            told = subprocess.run(
                [sys.executable, "-m", "benchmarks.files", "--child", str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
            sys.stdout.write(f"{size:,} activities ({path.stat().st_size / 1e6:,.0f} MB): {told.stdout}")


if __name__ == "__main__":
    main()
