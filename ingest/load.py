"""Loading, from a file's name to a `Run`: the same way for the facts that ship and for users' own files."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from graph.errors import DanglingLinkError, EngineError, GraphError
from graph.locks import alone
from graph.records import Record
from graph.runs import Counts, same_as_before
from graph.schema import ModelError
from graph.store import Store
from graph.writer import Writer
from ingest import files, iati
from ingest.catalogue import SourceRow, source_record
from ingest.files import LoadError, UnreadableFileError
from ingest.programmes import ProgrammeRecords
from ingest.reconcile import reconcile
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED, WITHDRAWN

_USER_RANK = 100
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one data set: counts, and the file of rejects where there are any."""

    dataset: str
    kind: str
    counts: Counts
    rejects: Path | None
    error: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)


def load_shipped(store: Store, facts: Path = FACTS, told: Callable[[Loaded], None] = lambda _: None) -> list[Loaded]:
    """Load the facts that ship; `told` hears of each data set as it is done.

    A data set that was loaded before by the same program from the same files is not read again. Raises
    `OtherLoadError` where another load is under way.
    """
    with alone(store.settings.data_dir):
        return _load_shipped(store, facts, told)


def _load_shipped(store: Store, facts: Path, told: Callable[[Loaded], None]) -> list[Loaded]:
    store.make_schema()
    done = []
    made_from = fingerprint(facts)
    same = same_as_before(store, [one.id for one in SHIPPED], made_from, version("lightfootprint"))
    for one in SHIPPED:
        if one.id in same:
            done.append(Loaded(one.id, "facts", same[one.id], None))
        else:
            rejects = Rejects()
            records = one.records(facts, rejects)
            done.append(_load(store, one.id, one.title, "facts", one.rank, records, rejects, made_from))
        told(done[-1])
    (withdrawn,) = store.read_file(Path(__file__).parent / "withdrawn.cypher")
    for row in store.ask(withdrawn, {"datasets": list(WITHDRAWN)}):
        done.append(_load(store, row["id"], row["title"], "facts", row["rank"], (), Rejects()))
        told(done[-1])
    reconcile(store, datetime.now(UTC).date())
    return done


def load_paths(
    store: Store, paths: Iterable[Path], name: str = "", told: Callable[[Loaded], None] = lambda _: None
) -> list[Loaded]:
    """Load files, archives and folders of IATI activities.

    Each file is a data set by its own name, or all of them are one by `name`. Raises `LoadError` before anything
    is written where a path is not there or is of no known kind, `OtherLoadError` where another load is under way.
    """
    groups = _groups(list(paths), name)
    done = []
    with alone(store.settings.data_dir):
        store.make_schema()
        for dataset, group in groups.items():
            rejects = Rejects()
            done.append(_load(store, dataset, dataset, "IATI", _USER_RANK, _iati(dataset, group, rejects), rejects))
            told(done[-1])
        reconcile(store, datetime.now(UTC).date())
    return done


def _groups(paths: list[Path], name: str) -> dict[str, list[Path]]:
    """The files of each data set: one a file, by its name (with its folders where names clash), or all by `name`."""
    found = [(given, path) for given in paths for path in files.expand(given)]
    if not found:
        raise LoadError("There is nothing to load: no path leads to an IATI activity file (.xml, .gz, .zip, .tar.xz).")
    if name:
        groups = {name: [path for _, path in found]}
    else:
        names = Counter(path.name for _, path in found)
        groups = {
            path.name if names[path.name] == 1 else path.relative_to(given.parent).as_posix(): [path]
            for given, path in found
        }
        if len(groups) < len({path.resolve() for _, path in found}):
            raise LoadError("Two files have the same name; give their common folder, or one name to all with --as.")
    if taken := sorted(groups.keys() & {*WITHDRAWN, *(one.id for one in SHIPPED)}):
        raise LoadError(f"The name {taken[0]!r} is that of a data set that ships; choose another with --as.")
    return groups


def _iati(dataset: str, paths: list[Path], rejects: Rejects) -> Iterator[Record]:
    """The records of all files; one that cannot be read is passed over, and said at the end."""
    source = f"file:{dataset}"
    title = f"IATI activities, loaded from {dataset}"
    yield source_record(SourceRow(id=source, title=title, publisher="as loaded", licence="not stated"), "")
    made = ProgrammeRecords(FACTS, rejects)
    problems: list[str] = []
    for path in paths:
        try:
            for member, stream in files.members(path):
                try:
                    for line, programme in iati.activities(stream, member, source, rejects):
                        yield from made.records(programme, member, line, f"{member}:{line}")
                except UnreadableFileError as problem:
                    problems.append(str(problem))
        except UnreadableFileError as problem:
            problems.append(str(problem))
    if problems:
        more = f" (and {len(problems) - 1} more files)" if len(problems) > 1 else ""
        raise UnreadableFileError(f"{problems[0]}{more}")


def _load(
    store: Store, dataset: str, title: str, kind: str, rank: int, records: Iterable[Record], rejects: Rejects,
    made_from: str = "",
) -> Loaded:  # fmt: skip
    def repeated(record: Record) -> None:
        file, _, line = record.line.rpartition(":")
        reason = f"{record.label} {record.key} was said before in this data set, and otherwise"
        rejects.add(file or dataset, line or record.line, "identifier", reason, record.key)

    writer = Writer(store, dataset, title, rank, repeated)
    error = ""
    try:
        writer.load(records, version("lightfootprint"), lambda: rejects.rows, made_from)
    except EngineError:
        raise
    except (GraphError, ModelError, UnreadableFileError, LookupError) as problem:
        # What was read stays in the graph and nothing is taken out; the next load of the mended file completes it.
        error = str(problem)
        if isinstance(problem, DanglingLinkError):
            error += " If the facts that ship are not loaded yet, load them first: footprint load"
        writer.counts.rejected = rejects.rows
    path = store.settings.data_dir / "rejects" / f"{_file_name(dataset)}.csv"
    rejects.write(path)
    return Loaded(dataset, kind, writer.counts, path if rejects.found else None, error, rejects.notes)


def fingerprint(facts: Path) -> str:
    """One hash over the facts and the program that reads and writes them."""
    program = Path(__file__).parent
    files = [*facts.glob("*"), *program.glob("*.py"), *(program.parent / "graph").glob("*.py")]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()


def _file_name(dataset: str) -> str:
    """The name of a data set as that of a file; where characters had to go, a hash keeps two names apart."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", dataset)
    if plain == dataset and len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_LONGEST]}-{hashlib.blake2b(dataset.encode(errors='backslashreplace'), digest_size=4).hexdigest()}"
