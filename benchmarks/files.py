"""IATI files of real activities: activities a second beside parsing alone and the bare driver, and memory by size.

The activities are those of the test data (`tests.conftest.SHARED_DATA`), over and over under new identifiers until
there are as many as wanted. For each size, on the embedded engine, in one run: (a) reading them without writing, (b)
the records that they make, made ready beforehand, written by the plain driver, and (c) `footprint load`, from the file
to the graph, in a process of its own of which the highest memory is told, and that of the reader that it starts.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


def _bare(path: Path) -> float:
    """Seconds of the plain driver on an engine of its own that holds the facts that ship."""
    with tempfile.TemporaryDirectory() as folder, embedded_engine(Path(folder)) as settings, Store(settings) as store:
        load_shipped(store)
        (one,) = data_sets([path], "bench", Told())
        made = ready(one.records(Desk("bench", known_world(store), Rejects()), lambda _: None))
        return bare(store, settings, made)


def _child(path: Path) -> None:
    """In a process of its own: load, and print the seconds and the highest memory in MB, of loader and reader."""
    with tempfile.TemporaryDirectory() as folder, embedded_engine(Path(folder)) as settings:
        with Store(settings) as store:
            load_shipped(store)
        done = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            reader = pool.submit(_reader_memory, done)
            try:
                seconds = _loading(path, settings)
            finally:
                done.set()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{seconds} {own} {reader.result()}\n")


def _reader_memory(done: threading.Event) -> float:
    """The highest memory in MB of the process that reads the file, as Linux tells it while it runs."""
    highest = 0.0
    while not done.wait(0.1):
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if b"ingest.iati_files" in (process / "cmdline").read_bytes():
                    told = (process / "status").read_text().partition("VmHWM:")[2].split()
                    highest = max(highest, float(told[0]) / 1024 if told else 0.0)
    return highest


def _measure(folder: Path, number: int) -> None:
    path = folder / "activities.xml"
    grow(path, number)
    parsing = _parsing(path)
    command = [sys.executable, "-m", "benchmarks.files", "--child", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    loading, own, reader = map(float, told.split())
    plain = _bare(path)
    sys.stdout.write(
        f"{number:,} activities ({path.stat().st_size / 1e6:,.0f} MB), activities a second: parsing alone "
        f"{number / parsing:,.0f}, bare driver {number / plain:,.0f}, load {number / loading:,.0f}, "
        f"{plain / loading:.2f} of the bare driver; memory of the load at its highest {own:,.0f} MB, of the process "
        f"that reads for it {reader:,.0f} MB\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000], help="how many activities")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child)
        return
    if not REAL.is_file():
        sys.exit(f"Not measured: {REAL} is not there.")
    for number in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), number)


if __name__ == "__main__":
    main()
