"""A load whose disk is full, or which is killed in its midst: said in one sentence, and made whole by the next load.

The limits are real ones of the operating system: no file of the limited process can grow beyond so many bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import embedded
from graph.records import Record
from graph.settings import Settings
from graph.store import Store
from ingest.load import load_paths
from ingest.rejects import kept_in
from queries.assemble import version_of
from tests.engines import embedded_engine
from tests.helpers import snapshot, write

BASE = [
    Record("State", "KEN", {"name": "Kenya"}),
    Record("Obligation", "section/OP3cd", {"name": "OP 3 (c) and (d)", "level": "section"}),
]
HEADER = "States;Organisation;Title of the law;Date;Subject;Reference\n"
ENDED = "MATCH (r:Run) WHERE r.error IS NOT NULL RETURN r.error AS error"
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
COMMAND = "from footprint.cli import main; main()"
ROWS = 2500
# So large may a file of the engine become: enough for a batch of laws, not for all of them.
MOST = 1_500_000


def laws_in(path: Path, rows: int, state: str = "Kenya", reference: str = "") -> Path:
    """A table of invented laws."""
    lines = (
        f"{state};;Illustrative act {number} of Utopia;2019;{'an invented subject, ' * 5};{reference}{number}\n"
        for number in range(rows)
    )
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def begun(code: str, settings: Settings, *arguments: str | Path) -> subprocess.Popen[str]:
    """A Python process of its own that uses the same data folder."""
    env = {**os.environ, "FOOTPRINT_DATA_DIR": str(settings.data_dir), "COLUMNS": "1000"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Its exit code and what it printed as result and as errors."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def load(settings: Settings, path: Path, limit: int = 0) -> tuple[int, str, str]:
    """`footprint load` in a process of its own, whose files cannot grow beyond the limit."""
    limited = LIMITED.format(limit) if limit else ""
    return ended(begun(limited + COMMAND, settings, "load", path))


def in_midst(store: Store, laws: Path) -> subprocess.Popen[str]:
    """A load of which a batch is written."""
    process = begun(COMMAND, store.settings, "load", laws)
    while not laws_of(store) and process.poll() is None:
        time.sleep(0.02)
    return process


def laws_of(store: Store) -> int:
    """How many laws the graph holds."""
    return int(store.ask("MATCH (l:Legislation) RETURN count(l) AS n")[0]["n"])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An engine that no other module has to get along with."""
    with embedded_engine(tmp_path_factory.mktemp("disk")) as settings, Store(settings) as store:
        store.make_schema()
        yield store


@pytest.fixture
def store(graph: Store) -> Store:
    graph.clear()
    write(graph, BASE, "base")
    return graph


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laws_in(tmp_path_factory.mktemp("laws") / "laws.csv", ROWS)


@pytest.fixture(scope="module")
def clean(graph: Store, laws: Path) -> dict[str, Any]:
    """What one load of the laws into a graph that holds the base alone makes of it."""
    graph.clear()
    write(graph, BASE, "base")
    load_paths(graph, [laws])
    return snapshot(graph)


def test_a_list_of_rejects_that_cannot_be_written_leaves_the_earlier_one(store: Store, tmp_path: Path) -> None:
    table, kept = laws_in(tmp_path / "laws.csv", 2, "Atlantis"), kept_in(store.settings.data_dir, "laws.csv")
    load_paths(store, [table])
    before = kept.read_bytes()
    laws_in(table, 1000, "Atlantis")

    assert load(store.settings, table, limit=20_000) == (1, "", f"{kept} cannot be written: File too large.\n")

    assert kept.read_bytes() == before
    assert list(kept.parent.glob(".*")) == []
    load_paths(store, [table])
    assert kept.read_bytes().count(b",Atlantis\r\n") == 1000


def test_a_full_folder_for_temporary_files_is_said_and_the_next_load_completes(store: Store, tmp_path: Path) -> None:
    # So many long keys do not fit SQLite's memory.
    table = laws_in(tmp_path / "laws.csv", 1000, reference="ILLUSTRATIVE-" * 160)

    code, out, err = load(store.settings, table, limit=100_000)

    full = "The folder for temporary files is full or cannot be written to (disk I/O error). TMPDIR names another."
    assert (code, err, out.splitlines()[-1]) == (1, "", f"laws.csv: {full}")
    assert store.ask(ENDED) == [{"error": full}]
    # Nobody knows any more whether what was read is for the public, so its name is not.
    assert store.ask("MATCH (d:Dataset {id: 'laws.csv'}) RETURN d.content_public AS public") == [{"public": ""}]
    assert 0 < laws_of(store) < 1000
    # What was written before stays written, and nothing of it is taken for what is gone.
    (told,) = load_paths(store, [table])
    assert (told.error, told.counts.unchanged > 0, told.counts.gone, laws_of(store)) == ("", True, 0, 1000)
    again = snapshot(store)
    store.clear()
    write(store, BASE, "base")
    load_paths(store, [table])
    assert again == snapshot(store)


def test_an_engine_whose_disk_is_full_ends_the_load_and_the_next_completes_it(
    clean: dict[str, Any], store: Store, laws: Path
) -> None:
    home = embedded.home_of(store.settings)
    # An engine that starts has written nothing into its log of transactions.
    embedded.stop(store.settings)
    engine = embedded.ensure(store.settings)
    resource.prlimit(engine.pid, resource.RLIMIT_FSIZE, (MOST, MOST))

    code, out, err = load(store.settings, laws)

    said = f"The graph could not do what was asked; {home.log} says why. Its disk may be full.\n"
    assert (code, out, err) == (1, "", said)
    assert 0 < laws_of(store) < ROWS
    embedded.stop(store.settings)
    load_paths(store, [laws])
    assert snapshot(store) == clean


@pytest.mark.parametrize("victim", ["load", "engine"])
def test_killed_in_mid_load_and_loaded_again_is_the_same_as_one_clean_load(
    clean: dict[str, Any], store: Store, laws: Path, victim: str
) -> None:
    process = in_midst(store, laws)
    os.kill(process.pid if victim == "load" else embedded.ensure(store.settings).pid, signal.SIGKILL)
    code, _, err = ended(process)

    # A load starts a killed engine anew and goes on; a killed load keeps no run, and its data set is not whole.
    if victim == "engine":
        assert (code, err, laws_of(store), version_of(store)[1]) == (0, "", ROWS, [])
    else:
        assert (code, version_of(store)[1]) == (-signal.SIGKILL, ["laws.csv"])
        assert 0 < laws_of(store) < ROWS
    (told,) = load_paths(store, [laws])
    assert told.counts.unchanged
    assert snapshot(store) == clean
    assert store.ask(ENDED) == []


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_load_that_is_told_to_end_says_so_and_keeps_a_run(store: Store, laws: Path, sign: signal.Signals) -> None:
    process = in_midst(store, laws)
    process.send_signal(sign)

    said = "Interrupted. What was loaded so far stays; loading again completes it.\n"
    assert ended(process) == (130, "", said)

    assert store.ask(ENDED) == [{"error": "ended before its time"}]
    assert 0 < laws_of(store) < ROWS
    (told,) = load_paths(store, [laws])
    assert (told.error, laws_of(store)) == ("", ROWS)
