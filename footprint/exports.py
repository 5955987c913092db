"""`footprint export matrix STATE`: a State's matrix as a file that can be changed and loaded again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from footprint.commands import day
from graph.store import Store
from queries.answer import count
from queries.matrix import held_matrix
from queries.parameters import ParameterError

app = typer.Typer(help="Write what is held as a form that can be changed and loaded again.", no_args_is_help=True)
_SUFFIXES = (".xlsx", ".csv")


# So that Typer makes a group of it while there is but one thing to export.
@app.callback()
def _group() -> None:
    pass


@app.command()
def matrix(
    state: Annotated[str, typer.Argument(help="The State: ISO code or a name in any of the six UN languages.")],
    *,
    out: Annotated[
        Path, typer.Option("--out", help="The file to write: .xlsx for people, .csv for machines.", dir_okay=False)
    ],
    as_of: Annotated[
        date | None, typer.Option(help="The latest matrix of that date; else the latest.", parser=day, metavar="DATE")
    ] = None,
    dataset: Annotated[str, typer.Option(help="The data set that holds it, where there are several.")] = "",
    committee: Annotated[bool, typer.Option("--committee", help="Also what only the Committee may see.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")] = False,
) -> None:
    """Write a State's matrix as it is held; where none is, the form to begin one.

    What is held comes out as it was loaded, with the State's own rows, and can be loaded again.
    """
    _checked(out, overwrite)
    # Slow to import, and every other command does without.
    from ingest.forms.matrix_files import lines_of, ordered, started, write  # noqa: PLC0415

    with Store() as graph:
        held = held_matrix(graph, state, as_of, dataset, committee)
    lines = started(ordered(lines_of(held.fields)), held.state)
    write(out, lines)
    if not held.fields:
        where = f" in {dataset}" if dataset else ""
        typer.echo(f"No matrix of {held.name} is held{where}. The form to begin one was written to {out}.")
        return
    typer.echo(f"Written to {out}: the matrix of {held.name} of {held.date}, from {held.dataset}.")
    typer.echo(
        f"{count(len(held.fields), 'field')} as held; {count(len(lines) - len(held.fields), 'empty field')} added."
    )
    if held.others:
        typer.echo(f"Held besides: {'; '.join(held.others)} (--as-of and --dataset choose).")


def _checked(out: Path, overwrite: bool) -> None:
    """`ParameterError` where the file could not be meant; asked before anything is read."""
    if out.suffix.lower() not in _SUFFIXES:
        raise ParameterError(f"{out} should end in {' or '.join(_SUFFIXES)}.")
    if out.exists() and not overwrite:
        raise ParameterError(f"{out} is there already, perhaps with somebody's changes; --overwrite writes over it.")
    if not out.parent.is_dir():
        raise ParameterError(f"There is no folder {out.parent}.")
