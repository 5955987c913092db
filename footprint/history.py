"""`footprint runs`, `rejects` and `forget`: which loads took place, what they could not take, and how to undo one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from footprint import exits, output_history
from footprint.output import print_json
from graph import forgetting
from graph.locks import alone
from graph.settings import Settings
from graph.store import Store
from ingest.reconcile import reconcile
from ingest.rejects import KeptRejectsError, Reject, kept, kept_in
from ingest.shipped import SHIPPED
from queries.answer import count
from queries.assemble import version_of
from queries.parameters import ALL_RECORDS, MAX_LIMIT, ParameterError
from queries.runs import datasets, known, loads

app = typer.Typer()

Name = Annotated[str | None, typer.Argument(help="A data set, as `footprint status` names it; all unless given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def runs(
    name: Name = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=MAX_LIMIT)] = 50,
    as_json: AsJson = False,
) -> None:
    """Show which loads took place, the latest first, and what each of them did."""
    with Store() as store:
        told = loads(store, None if name is None else known(name, datasets(store)), limit)
    if as_json:
        print_json(told)
    else:
        output_history.show_runs(told)


@app.command()
def rejects(name: Name = None, as_json: AsJson = False) -> None:
    """Show what the last loads could not take: file, line, field, value and reason.

    Mend it in the file and load that again; what was taken is not written twice.
    """
    with Store() as store:
        names = datasets(store)
    settings, wanted = Settings(), names if name is None else [known(name, names)]
    found: dict[str, list[Reject]] = {}
    unreadable = []
    for one in wanted:
        try:
            found[one] = kept(settings.data_dir, one)
        except KeptRejectsError as error:
            unreadable.append(str(error))
    if as_json:
        rows = [{"dataset": dataset, **asdict(one)} for dataset, those in found.items() for one in those]
        sys.stdout.write(json.dumps({"rejects": rows, "unreadable": unreadable}, indent=2, ensure_ascii=False) + "\n")
    else:
        output_history.show_rejects(
            {kept_in(settings.data_dir, one): (one, those) for one, those in found.items() if those}
        )
        for problem in unreadable:
            typer.echo(problem, err=True)
    if unreadable:
        raise typer.Exit(exits.ERROR)


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="The data set, as `footprint status` names it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a data set out of the graph again, and only it. The files that it was loaded from stay as they are."""
    settings = Settings()
    with alone(settings.data_dir), Store(settings) as store:
        shipped = {one.id for one in SHIPPED}
        known(name, [one for one in datasets(store) if name in shipped or one not in shipped])
        if name in shipped:
            raise ParameterError(
                f"The data set {name} ships with Light Footprint, and others build on it; `footprint load` would bring "
                "it back. `footprint graph reset` empties the whole graph."
            )
        before = version_of(store, ALL_RECORDS)[1]
        what = count(forgetting.said_by(store, name), "record")
        if not yes:
            typer.confirm(f"Forget what the data set {name} says of {what}?", abort=True)
        try:
            for dry_run in (False, True):
                kept_in(settings.data_dir, name, dry_run).unlink(missing_ok=True)
            _forget(store, name)
            reconcile(store, datetime.now(UTC).date())
        except KeyboardInterrupt:
            # Typer would end without a word.
            typer.echo(
                f"Interrupted. `footprint forget {name}` completes it, and loading it again undoes it.", err=True
            )
            raise typer.Exit(exits.INTERRUPTED) from None
        again = [one for one in version_of(store, ALL_RECORDS)[1] if one not in before]
    typer.echo(f"The data set {name} is forgotten; it spoke of {what}. What others say of the same stays.")
    if again:
        typer.echo(f"It had written over some of what other data sets say; load these again: {', '.join(again)}.")


def _forget(store: Store, name: str) -> None:
    """Forget; how far it is shows on a terminal."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Records", total=forgetting.said_by(store, name))
        forgetting.forget(store, name, told=lambda more: progress.advance(task, more))
