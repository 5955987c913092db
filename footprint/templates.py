"""`footprint template`: forms to fill in, JSON Schemas of them, and mapping files for tables of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from footprint.output import console
from graph.files import whole
from ingest import mapping, tables, templates
from ingest.explained import purpose
from ingest.files import MAPPING as ENDING
from ingest.registry import FORMS
from queries.parameters import ParameterError

MAPPING = "programmes"


def template(
    name: Annotated[str, typer.Argument(help="Which form; none: the list of them.")] = "",
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The file to write: .xlsx, .csv, or .json for the JSON Schema; none: NAME.xlsx here."
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--for",
            exists=True,
            dir_okay=False,
            help="With `programmes`: your own table; FILE.mapping.yaml is written unless --out says where.",
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")] = False,
) -> None:
    """Write a form to fill in, which `footprint load` reads.

    `footprint template programmes --for my-table.csv` writes instead which columns of a table of your own are which
    fields, with its best guesses, to be completed.
    """
    if not name:
        _list()
        return
    if name == MAPPING:
        _mapping(table, out, overwrite)
        return
    if name not in (known := {**FORMS, **templates.OTHERS}):
        raise ParameterError(f"There is no form {name!r}; there are {', '.join((*known, MAPPING))}.")
    if table:
        raise ParameterError(f"--for goes with {MAPPING}, not with {name}.")
    path = out or Path(f"{name}.xlsx")
    suffixes = templates.WRITERS if name in FORMS else (".xlsx", ".csv")
    if path.suffix.lower() not in suffixes:
        raise ParameterError(f"{path} should end in {', '.join(suffixes)}.")
    _free(path, overwrite)
    templates.write(name, path)
    typer.echo(f"Written to {path}. {_next(name, path)}")
    if path.suffix.lower() == ".csv" and name in FORMS:
        for inner, _ in FORMS[name].inner.values():
            typer.echo(
                f"What belongs to its records goes into a file of its own: footprint template {inner} --out {inner}.csv"
            )


def _next(name: str, path: Path) -> str:
    """What to do with a template."""
    if path.suffix.lower() == ".json":
        return f'It is the JSON Schema of a document {{"{name}": [...]}}, which footprint load takes.'
    return f"Fill it in, then: footprint load {path}"


def _mapping(table: Path | None, out: Path | None, overwrite: bool) -> None:
    """Write which columns of a table are which fields of the form for programmes, as far as can be guessed."""
    if table is None:
        raise ParameterError(f"Say for which table: footprint template {MAPPING} --for my-table.csv.")
    path = out or table.with_name(table.name + ENDING)
    _free(path, overwrite)
    header = tables.grids(table.name, lambda: table.open("rb"))[0].table().header
    with whole(path) as file:
        file.write(mapping.draft(FORMS["programme"], header).encode())
    typer.echo(f"Written to {path}. Look through it, then: footprint load {table}")


def _free(path: Path, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise ParameterError(f"{path} is there already; --overwrite writes over it.")
    if not path.parent.is_dir():
        raise ParameterError(f"There is no folder {path.parent}.")


def _list() -> None:
    """What forms there are."""
    out = console()
    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    shown.add_column("Form")
    shown.add_column("What it is for", overflow="fold")
    for name, kind in FORMS.items():
        shown.add_row(name, Text(purpose(kind)))
    for name, write in templates.OTHERS.items():
        shown.add_row(name, Text((write.__doc__ or "").strip()))
    shown.add_row(MAPPING, "A mapping file: which columns of a table of your own are which fields (--for FILE).")
    out.print(shown)
    out.print("footprint template NAME writes one; --out FILE says where, and by .xlsx, .csv or .json as what.")
