"""Loading, from a file's name to a `Run`: the same way for the facts that ship and for users' own files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from graph.errors import DanglingLinkError, OtherLoadError
from graph.records import Record
from graph.schema import ModelError
from graph.store import Store
from graph.writer import Counts, Writer
from ingest import files, iati
from ingest.catalogue import SourceRow, source_record
from ingest.programmes import ProgrammeRecords
from ingest.reconcile import reconcile
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED

_USER_RANK = 100


class LoadError(Exception):
    """A file or folder that cannot be loaded; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one data set: counts, and the file of rejects where there are any."""

    dataset: str
    kind: str
    counts: Counts
    rejects: Path | None
    error: str = ""


def load_shipped(store: Store, facts: Path = FACTS, told: Callable[[Loaded], None] = lambda _: None) -> list[Loaded]:
    """Load the facts that ship; `told` hears of each data set as it is done."""
    store.make_schema()
    done = []
    for one in SHIPPED:
        rejects = Rejects()
        done.append(_load(store, one.id, one.title, "facts", one.rank, one.records(facts, rejects), rejects))
        told(done[-1])
    reconcile(store, datetime.now(UTC).date())
    return done


def load_paths(
    store: Store, paths: Iterable[Path], name: str = "", told: Callable[[Loaded], None] = lambda _: None
) -> list[Loaded]:
    """Load files, archives and folders of IATI activities.

    Each file is a data set by its own name, or all of them are one by `name`. Raises `LoadError` before anything
    is written where a path is not there or is of no known kind.
    """
    found = [path for given in paths for path in files.expand(given)]
    if not found:
        raise LoadError("There is nothing to load: no path leads to an IATI activity file (.xml, .gz, .zip, .tar.xz).")
    store.make_schema()
    groups = [(name, found)] if name else [(path.name, [path]) for path in found]
    done = []
    for dataset, group in groups:
        rejects = Rejects()
        done.append(_load(store, dataset, dataset, "IATI", _USER_RANK, _iati(dataset, group, rejects), rejects))
        told(done[-1])
    reconcile(store, datetime.now(UTC).date())
    return done


def _iati(dataset: str, paths: list[Path], rejects: Rejects) -> Iterator[Record]:
    source = f"file:{dataset}"
    title = f"IATI activities, loaded from {dataset}"
    yield source_record(SourceRow(id=source, title=title, publisher="as loaded", licence="not stated"), "")
    made = ProgrammeRecords(FACTS, rejects)
    for path in paths:
        for member, stream in files.members(path):
            for line, programme in iati.activities(stream, member, source, rejects):
                yield from made.records(programme, member, f"{member}:{line}")


def _load(
    store: Store, dataset: str, title: str, kind: str, rank: int, records: Iterable[Record], rejects: Rejects
) -> Loaded:
    def repeated(record: Record) -> None:
        file, _, line = record.line.rpartition(":")
        reason = f"{record.label} {record.key} was said before in this data set, and otherwise"
        rejects.add(file or dataset, line or record.line, "identifier", reason, record.key)

    writer = Writer(store, dataset, title, rank, repeated)
    error = ""
    try:
        writer.load(records, version("lightfootprint"), lambda: rejects.rows)
    except (DanglingLinkError, OtherLoadError, ModelError, ValueError) as problem:
        # What was read before the problem stays in the graph; the next load of the mended file completes it.
        error = str(problem)
        writer.counts.rejected = rejects.rows
    path = store.settings.data_dir / "rejects" / f"{re.sub(r'[^A-Za-z0-9._-]+', '_', dataset)}.csv"
    rejects.write(path)
    return Loaded(dataset, kind, writer.counts, path if rejects.found else None, error)
