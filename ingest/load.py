"""Loading, from a file's name to a `Run`: the same way for the facts that ship and for users' own files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
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
from ingest.datasets import DataSet, Loaded, data_sets
from ingest.desk import Desk
from ingest.files import LoadError, UnreadableFileError, several
from ingest.recognise import Told
from ingest.reconcile import reconcile
from ingest.rejects import Rejects, kept_in
from ingest.shipped import FACTS, SHIPPED, WITHDRAWN
from ingest.world import World

_USER_RANK = 100


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
            done.append(_load(Writer(store, one.id, one.title, one.rank), "facts", records, rejects, made_from))
        told(done[-1])
    (withdrawn,) = store.read_file(Path(__file__).parent / "withdrawn.cypher")
    for row in store.ask(withdrawn, {"datasets": list(WITHDRAWN)}):
        done.append(_load(Writer(store, row["id"], row["title"], row["rank"]), "facts", (), Rejects()))
        told(done[-1])
    reconcile(store, datetime.now(UTC).date())
    return done


def load_paths(
    store: Store,
    paths: Iterable[Path],
    name: str = "",
    tables: Told | None = None,
    country: str = "",
    dry_run: bool = False,
    told: Callable[[Loaded], None] = lambda _: None,
    seen: Callable[[DataSet], None] = lambda _: None,
) -> list[Loaded]:
    """Load files, archives and folders; with `dry_run` only look what that would do.

    Each file is a data set by its own name, or all of them are one by `name`. `tables` has what the user says
    of tables; `country` is where programmes take place that name none. `told` hears of each data
    set as it is done, `seen` of each record by its data set. Raises `LoadError` before anything is written where a path
    is not there, a kind or country is not known or a name is taken, `OtherLoadError` where another load is under way.
    """
    sets = data_sets(list(paths), name, tables or Told())
    done = []
    with alone(store.settings.data_dir):
        store.make_schema()
        world = known_world(store)
        code = _country(world, country)
        for one in sets:
            done.append(_load_files(store, one, Desk(one.name, world, Rejects(), code), dry_run, seen))
            told(done[-1])
        if not dry_run:
            reconcile(store, datetime.now(UTC).date())
    return done


def _load_files(store: Store, one: DataSet, desk: Desk, dry_run: bool, seen: Callable[[DataSet], None]) -> Loaded:
    """What becomes of a data set; one of which nothing could be recognised is none."""
    if not one.pieces:
        return Loaded(one.name, one.kinds, Counts(), None, several(one.problems), files=one.files({}, desk.rejects))
    writer = Writer(store, one.name, one.name, _USER_RANK)
    loaded = _load(writer, one.kinds, one.records(desk, seen), desk.rejects, dry_run=dry_run)
    return replace(loaded, files=one.files(writer.files, desk.rejects))


def _country(world: World, written: str) -> str:
    try:
        return written and world.state(written)
    except ValueError as error:
        raise LoadError(f"The country cannot be used: {error}.") from None


def known_world(store: Store) -> World:
    """What the facts that ship know, and the organisations and States that were loaded besides."""
    world = replace(World.of(FACTS, Rejects()), practice=store.settings.practice)
    (statement,) = store.read_file(Path(__file__).parent / "organisations.cypher")
    for row in store.ask(statement):
        world.learn(row["id"], row["names"])
    (statement,) = store.read_file(Path(__file__).parent / "parties.cypher")
    for row in store.ask(statement):
        world.learn_party(row["id"], row["label"], row["names"])
    (statement,) = store.read_file(Path(__file__).parent / "requests.cypher")
    world.requests.update(row["id"] for row in store.ask(statement))
    return world


def _load(
    writer: Writer, kind: str, records: Iterable[Record], rejects: Rejects, made_from: str = "", dry_run: bool = False
) -> Loaded:
    def repeated(record: Record) -> None:
        file, _, line = record.line.rpartition(":")
        reason = f"{record.label} {record.key} was said before in this data set, and otherwise"
        rejects.add(file or writer.dataset, line or record.line, "identifier", reason, record.key)

    writer.repeated = repeated
    error = ""
    try:
        if dry_run:
            writer.preview(records, lambda: rejects.rows)
        else:
            writer.load(records, version("lightfootprint"), lambda: rejects.rows, made_from)
    except EngineError:
        raise
    except (GraphError, ModelError, UnreadableFileError, LookupError) as problem:
        # What was read stays in the graph and nothing is taken out; the next load of the mended file completes it.
        error = str(problem)
        if isinstance(problem, DanglingLinkError):
            error += " If the facts that ship are not loaded yet, load them first: footprint load"
        writer.counts.rejected = rejects.rows
    path = kept_in(writer.store.settings.data_dir, writer.dataset, dry_run)
    rejects.write(path)
    return Loaded(writer.dataset, kind, writer.counts, path if rejects.found else None, error, rejects.notes)


def fingerprint(facts: Path) -> str:
    """One hash over the facts and the program that reads and writes them."""
    program = Path(__file__).parent
    files = [*facts.glob("*"), *program.glob("*.py"), *(program.parent / "graph").glob("*.py")]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()
