"""What the command line prints of loads that took place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from footprint.output import MOST_NAMES, console, cut, moment, safe
from graph.harmless import marked
from ingest.rejects import Reject, Rejects
from queries.answer import count
from queries.runs import Runs


def show_runs(told: Runs) -> None:
    """Print which loads took place."""
    out = console()
    if not told.runs:
        out.print("No load has come to an end yet.")
        return
    counts = ("read", "new", "changed", "unchanged", "gone", "rejected")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Data set", overflow="fold")
    table.add_column("Began (UTC)", no_wrap=True)
    for name in ("Seconds", *(name.capitalize() for name in counts)):
        table.add_column(name, justify="right")
    table.add_column("Version")
    for one in told.runs:
        numbers = (f"{one.seconds:,.1f}", *(f"{getattr(one, name):,}" for name in counts))
        table.add_row(safe(one.dataset), moment(one.started), *numbers, one.version)
    out.print(table)
    for one in told.runs:
        if one.error:
            out.print(safe(f"{one.dataset}, {moment(one.started)}: ended early: {one.error}"))
    if told.truncated:
        out.print(f"The latest {len(told.runs):,}; more with --limit.")


def show_rejects(found: Mapping[Path, tuple[str, list[Reject]]]) -> None:
    """Print what could not be taken, by data set and file; `found` has the file that keeps them all."""
    out = console()
    if not found:
        out.print("The last loads from this machine took everything.")
    for path, (dataset, rejects) in found.items():
        out.print(Text(f"{marked(dataset)}: {_left_out(rejects)}", style="bold"))
        files: dict[str, list[Reject]] = defaultdict(list)
        for one in rejects:
            files[one.file].append(one)
        for file, those in list(files.items())[:MOST_NAMES]:
            table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
            table.add_column("Line", justify="right")
            for name in ("Field", "Value", "Reason"):
                table.add_column(name, overflow="fold")
            for one in those[:MOST_NAMES]:
                table.add_row(*map(safe, (one.line, one.field, one.value, one.reason)))
            out.print(safe(file))
            out.print(Padding(table, (0, 0, 0, 2)))
            cut(out, len(those))
        cut(out, len(files), " files")
        out.print("Mend them in the file and load it again; what was taken is not written twice.")
        out.print(safe(f"All of them as a table: {path}"))
        out.print()


def _left_out(rejects: list[Reject]) -> str:
    rows, fields = Rejects(rejects).rows, sum(not one.row_left_out for one in rejects)
    parts = [f"{count(rows, 'row')} left out"] * bool(rows)
    parts += [f"{count(fields, 'field')} left out of rows that were taken"] * bool(fields)
    return ", ".join(parts)
