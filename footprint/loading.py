"""`footprint load`: the facts that ship, or files of one's own."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from footprint import exits, output
from graph.store import Store
from ingest.datasets import DataSet, Loaded
from ingest.files import passed_over
from ingest.kinds import Reader
from ingest.load import load_paths, load_shipped
from ingest.recognise import Told

# How often a bar moves, in records.
_STEP = 200

Seen = Callable[[DataSet], None]


def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files, archives or folders: IATI activities (.xml), forms and tables (.csv, .xlsx), JSON; none: the "
            "facts that ship."
        ),
    ] = None,
    name: Annotated[str, typer.Option("--as", help="Name of the data set; else each file is one by its name.")] = "",
    kind: Annotated[str, typer.Option(help="What the tables are, where that is in doubt, such as `request`.")] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="Which columns of a table are which fields; FILE.mapping.yaml beside it is used by itself. "
            "`footprint template programmes` writes one.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    country: Annotated[str, typer.Option(help="Where programmes take place that name no country.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Load the facts that ship, or your own files. Loading the same again changes nothing.

    What a file is, is seen from its content; forms to fill in come from `footprint template`. Exit code 0: all taken;
    3: some rows were rejected (`footprint rejects` lists them); 1: a file could not be read.
    """
    if dry_run and not paths:
        raise typer.BadParameter("--dry-run is for files of your own; name them.")
    try:
        with _ended_in_order(), Store() as store, _progress() as seen:
            if paths:
                ask = _ask if sys.stdin.isatty() and sys.stderr.isatty() else None
                done = load_paths(store, paths, name, Told(kind, mapping, ask), country, dry_run, seen=seen)
            else:
                done = load_shipped(store)
    except KeyboardInterrupt:
        # Typer would end without a word.
        typer.echo("Interrupted. What was loaded so far stays; loading again completes it.", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    over = [name for path in paths or () for name in passed_over(path)]
    if as_json:
        told = {**_as_dict(done, dry_run), "passed_over": over}
        sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    else:
        output.show_loaded(done, dry_run)
        output.show_passed_over(over)
    if any(one.error for one in done):
        raise typer.Exit(exits.ERROR)
    if any(one.counts.rejected for one in done):
        raise typer.Exit(exits.REJECTS)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end, or a terminal that is closed, end the load as Ctrl-C does: with a word and a run."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # One that is ignored (`nohup`) stays so.
    taken = [getattr(signal, name) for name in names if signal.getsignal(getattr(signal, name)) is signal.SIG_DFL]
    try:
        for one in taken:
            signal.signal(one, signal.default_int_handler)
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


@contextmanager
def _progress() -> Iterator[Seen]:
    """A bar for each data set, on a terminal alone."""
    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(),
        TextColumn("{task.fields[records]:,} records, {task.fields[rate]:,.0f} a second"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        tasks: dict[str, TaskID] = {}
        records: dict[str, int] = {}

        def seen(one: DataSet) -> None:
            if one.name not in tasks:
                tasks[one.name] = progress.add_task(one.name, total=one.size, records=0, rate=0.0)
                records[one.name] = 0
            records[one.name] += 1
            if records[one.name] % _STEP == 0:
                task, told = tasks[one.name], records[one.name]
                elapsed = progress.tasks[progress.task_ids.index(task)].elapsed or 0
                rate = told / elapsed if elapsed else 0.0
                progress.update(task, completed=min(one.meter.read, one.size), records=told, rate=rate)

        yield seen


def _ask(table: str, readers: Sequence[Reader]) -> str:
    """Which of some kinds a table is."""
    typer.echo(f"{table} can be several things:", err=True)
    for number, reader in enumerate(readers, start=1):
        typer.echo(f"  {number}  {reader.title} ({reader.name})", err=True)
    answer = 0
    while not 1 <= answer <= len(readers):
        answer = int(typer.prompt(f"Which is it (1 to {len(readers)})", type=int, err=True))
    return readers[answer - 1].name


def _as_dict(done: list[Loaded], dry_run: bool) -> dict[str, object]:
    """What became of each file, and of each data set."""
    files, data_sets = [], []
    for one in done:
        counts = one.counts.as_dict()
        told = {"dry_run": dry_run, "notes": dict(one.notes), "rejects": str(one.rejects) if one.rejects else None}
        data_sets.append({"dataset": one.dataset, "kind": one.kind, **counts, **told, "error": one.error})
        for file in one.files:
            files.append({"path": file.path, "dataset": one.dataset, "kind": file.kind, **file.counts.as_dict()})
        if not one.files:
            files.append({"path": one.dataset, "dataset": one.dataset, "kind": one.kind, **counts})
    return {"files": files, "datasets": data_sets}
