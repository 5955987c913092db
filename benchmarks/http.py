"""How the API bears load, over loopback: a real `footprint serve` and visitors made by locust.

    python -m benchmarks.http [--seconds 300] [--users 8] [--data-dir FOLDER]

The server asks the facts that ship, loaded into a folder of its own unless one with a loaded graph is given. Shown
are, for each route, how many requests, p50, p95 and p99 in milliseconds and how many failed; requests a second in
all; and the resident memory of the server at the start, in the middle and at the end (MB). The exit code is 1 where a
request failed.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from graph import embedded
from graph.settings import Settings

FOOTPRINT = str(Path(sys.executable).parent / "footprint")
_SAMPLE_SECONDS = 5.0
_COLUMNS = ("Name", "Request Count", "50%", "95%", "99%", "Failure Count")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server that is ready."""
    command, environment = [FOOTPRINT, "serve", "--port", "0"], {**os.environ, "FOOTPRINT_DATA_DIR": str(folder)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[-1]
        try:
            while not _ready(address):
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()


def _ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def memory(address: str) -> float:
    """The resident memory of the server in MB, as it says itself."""
    found = re.search(r"^process_resident_memory_bytes (\S+)", httpx.get(f"{address}/metrics", timeout=30).text, re.M)
    return float(found[1]) / 1e6 if found else 0.0


def load(address: str, seconds: int, users: int, folder: Path) -> tuple[list[dict[str, str]], list[float]]:
    """The figures of locust by route, the last of them for all, and the memory over the run."""
    command = [
        sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("http_users.py")), "--headless",
        "--only-summary", "--users", str(users), "--spawn-rate", str(users), "--run-time", f"{seconds}s",
        "--host", address, "--csv", str(folder / "load"), "--loglevel", "ERROR",
    ]  # fmt: skip
    grown = [memory(address)]
    # Locust tells on standard error what it writes into the file as well.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as visitors:
        while visitors.poll() is None:
            time.sleep(_SAMPLE_SECONDS)
            grown.append(memory(address))
    with (folder / "load_stats.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file)), grown


def main() -> int:
    """Run it and print the figures."""
    options = argparse.ArgumentParser(description="Load on the API over loopback.")
    options.add_argument("--seconds", type=int, default=300, choices=range(10, 3601), metavar="10-3600")
    options.add_argument("--users", type=int, default=8, choices=range(1, 201), metavar="1-200")
    options.add_argument("--data-dir", type=Path, help="A data folder with a loaded graph, only to be read.")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.data_dir or Path(name)
        try:
            if not given.data_dir:
                environment = {**os.environ, "FOOTPRINT_DATA_DIR": name}
                subprocess.run([FOOTPRINT, "load"], env=environment, check=True, stdout=subprocess.DEVNULL)
            with server(folder) as address:
                rows, grown = load(address, given.seconds, given.users, Path(name))
        finally:
            if not given.data_dir:
                embedded.stop(Settings(data_dir=Path(name), graph_uri=""))
    print(f"{'route':40}{'requests':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'failed':>8}")
    for row in rows:
        route, count, *figures, failed = (row[column] for column in _COLUMNS)
        print(f"{route:40}{count:>9}{''.join(f'{one:>8}' for one in figures)}{failed:>8}")
    print(f"{float(rows[-1]['Requests/s']):.1f} requests a second from {given.users} visitors")
    print(f"memory: {grown[0]:.0f} MB, {grown[len(grown) // 2]:.0f} MB, {grown[-1]:.0f} MB; most {max(grown):.0f} MB")
    return 1 if int(rows[-1]["Failure Count"]) else 0


if __name__ == "__main__":
    sys.exit(main())
