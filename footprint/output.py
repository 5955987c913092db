"""What the command line prints: tables that a person likes to read, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph.harmless import marked
from graph.problems import Problem
from ingest.datasets import Loaded
from queries.answer import Answer
from queries.heading import asked, title
from queries.status import Status

_WIDTH_WITHOUT_TERMINAL = 120
_MOST_SOURCES = 8
MOST_NAMES = 12
_NUMBER, _SCORE, _GAP = 5, 7, 2  # the columns of the number and the score with the gap after each column
_WORD, _LINE = 12, 30  # within a column, what is longer is folded rather than left at the cost of other columns


def console() -> Console:
    """Standard output; where it is no terminal, wide and without colour."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL, highlight=False)


def print_json(model: BaseModel) -> None:
    """The model as JSON, indented."""
    sys.stdout.write(model.model_dump_json(indent=2) + "\n")


def show(answer: Answer[Any], as_json: bool) -> None:
    """Print an answer."""
    if as_json:
        print_json(answer)
    else:
        draw(answer, console())


def draw(answer: Answer[Any], out: Console) -> None:
    """Print an answer as a table with its caveats and sources."""
    out.print(Text(title(answer), style="bold"))
    told = "; ".join(f"{name}: {value}" for name, value in asked(answer).items())
    if told:
        out.print(Text(told, style="dim"))
    if not answer.rows:
        out.print("Nothing is known here that fits.")
    else:
        out.print()
        for part in _rows(answer, out.width):
            out.print(part)
        if answer.truncated:
            out.print(f"{len(answer.rows)} of {answer.total} rows; more with --limit.")
    for caveat in answer.caveats:
        out.print(Padding(Text(f"Note: {caveat}", style="dim"), (0, 0, 0, 2)))
    if answer.sources:
        named = dict.fromkeys(one.publisher or one.title for one in answer.sources)
        shown = ", ".join(list(named)[:_MOST_SOURCES])
        more = f" and {len(named) - _MOST_SOURCES} more" if len(named) > _MOST_SOURCES else ""
        out.print(Padding(Text(f"Sources: {shown}{more}. Each with its address in --json.", style="dim"), (0, 0, 0, 2)))
    out.print(Padding(Text(f"Data version {answer.data_version}.", style="dim"), (0, 0, 0, 2)))


def _rows(answer: Answer[Any], room: int) -> Iterator[RenderableType]:
    """Each row as a line of a table, and under it, across the whole width, why it is there."""
    # Text, not str: what comes from data is never read as markup.
    scored = any(row.score is not None for row in answer.rows)
    shown = [row.cells() for row in answer.rows]
    widths = _widths(shown, room - (_NUMBER + _SCORE if scored else _NUMBER))
    for number, (row, cells) in enumerate(zip(answer.rows, shown, strict=True), start=1):
        table = Table(box=None, padding=(0, _GAP, 0, 0), show_header=number == 1)
        table.add_column("", width=_NUMBER - _GAP, justify="right")
        if scored:
            table.add_column("Score", width=_SCORE - _GAP, justify="right")
        for name in cells:
            table.add_column(name, overflow="fold", width=widths[name])
        score = [] if not scored else ["" if row.score is None else f"{row.score:.2f}"]
        table.add_row(str(number), *score, *(Text(cell) for cell in cells.values()))
        yield table
        reasons = Table.grid(padding=(0, 1))
        reasons.add_column(width=10 if scored else 3)
        reasons.add_column(style="dim")
        reasons.add_column()
        for sentence in row.why():
            reasons.add_row("", "\N{BULLET}", Text(sentence))
        yield reasons
        yield ""


def _widths(rows: Iterable[dict[str, str]], room: int) -> dict[str, int]:
    """The width of each column, the same in all rows: its longest word, and a part of the room that is left, which goes
    by its longest line; both within bounds."""
    words: dict[str, int] = {}
    lines: dict[str, int] = {}
    for cells in rows:
        for name, text in cells.items():
            words[name] = max(words.get(name, 0), *map(len, (name, *text.split())))
            lines[name] = max(lines.get(name, len(name)), *map(len, text.split("\n")))
    least = {name: min(words[name], _WORD) for name in lines}
    parts = {name: min(length, _LINE) for name, length in lines.items()}
    left = max(0, room - sum(least.values()) - _GAP * len(least))
    return {name: least[name] + left * parts[name] // sum(parts.values()) for name in lines}


def show_loaded(done: Iterable[Loaded], dry_run: bool = False) -> None:
    """Print what became of each data set, and of each that has rejects or an error, where to look."""
    out = console()
    names = ("read", "new", "changed", "unchanged", "gone", "rejected")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Data set", overflow="fold")
    table.add_column("What it is", overflow="fold")
    for name in names:
        table.add_column(name.capitalize(), justify="right")
    told = list(done)
    for one in told:
        counts = one.counts.as_dict()
        table.add_row(safe(one.dataset), Text(one.kind), *(f"{counts[name]:,}" for name in names))
    out.print(table)
    if dry_run:
        out.print("This is what a load would do. Nothing was written.")
    for one in told:
        if one.error:
            # Most errors begin with the name of the file, which is that of the data set.
            named = one.error if one.error.startswith(one.dataset) else f"{one.dataset}: {one.error}"
            out.print(safe(named), style="bold")
        for note, times in one.notes.items():
            out.print(safe(f"{one.dataset}: {note}: {times:,}."))
        if one.rejects:
            out.print(safe(f"{one.dataset}: what could not be taken, with file, line, field and reason: {one.rejects}"))


def show_passed_over(names: Sequence[str]) -> None:
    """Say which files stood beside those that were loaded and are of no kind that can be."""
    if names:
        out = console()
        out.print("Passed over, as of no kind that can be loaded (an archive within an archive is not opened):")
        for name in names[:MOST_NAMES]:
            out.print(Padding(safe(name), (0, 0, 0, 2)))
        cut(out, len(names))


def show_problems(checks: Iterable[str], found: Iterable[Problem], as_json: bool) -> None:
    """Print each check with what it found."""
    by_check: dict[str, list[str]] = {check: [] for check in checks}
    for problem in found:
        by_check[problem.check].append(problem.what)
    if as_json:
        sys.stdout.write(json.dumps({"checks": by_check}, indent=2, ensure_ascii=False) + "\n")
        return
    out = console()
    for check, whats in by_check.items():
        out.print(Text(f"{check}: {f'{len(whats):,} not so' if whats else 'yes'}", style="bold" if whats else ""))
        for what in whats[:MOST_NAMES]:
            out.print(Padding(Text(what), (0, 0, 0, 2)))
        cut(out, len(whats))


def cut(out: Console, number: int, noun: str = "") -> None:
    """Say how many are not shown of so many, if any."""
    if number > MOST_NAMES:
        out.print(Padding(Text(f"and {number - MOST_NAMES:,} more{noun} (--json gives all)"), (0, 0, 0, 2)))


def moment(iso: str) -> str:
    """An ISO 8601 moment to the minute."""
    return iso[:16].replace("T", " ")


def safe(text: str) -> Text:
    """Text from files: no markup, and nothing that a terminal would take for a command."""
    return Text(marked(text))


def show_status(status: Status) -> None:
    """Print the state of the graph."""
    out = console()
    out.print(f"Graph: {status.engine} at {status.address}, data version {status.data_version}")
    if not status.datasets:
        out.print("Nothing is loaded. Load the facts that ship with: footprint load")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Data set", "What it is", "From"):
        table.add_column(name, overflow="fold")
    table.add_column("Records", justify="right")
    table.add_column("Loaded (UTC)")
    for one in status.datasets:
        loaded = moment(one.loaded or "never finished")
        more = f" and {len(one.publishers) - 2} more" if len(one.publishers) > 2 else ""
        publishers = Text("; ".join(one.publishers[:2]) + more)
        table.add_row(Text(one.id), Text(one.title), publishers, f"{one.records:,}", loaded)
    out.print(table)
    for one in status.datasets:
        if one.error:
            out.print(Text(f"{one.id}: the last load ended early: {one.error}"))
        elif one.rejected:
            out.print(Text(f"{one.id}: {one.rejected:,} rows were rejected in the last load"))
    if status.unresolved:
        out.print(f"{len(status.unresolved)} names of partners are not resolved; the most frequent:")
        for unknown in status.unresolved[:MOST_NAMES]:
            out.print(Text(f"  {unknown.name} ({unknown.named})"))
