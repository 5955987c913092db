"""The command `footprint`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from footprint import drafts, exits, exports, history, loading, output, pictures, templates, upkeep
from footprint.commands import command
from footprint.serve import serve
from graph import embedded
from graph.errors import GraphError
from graph.settings import Settings
from graph.store import Store
from ingest import check as facts
from ingest.files import LoadError
from queries import check as graph_check
from queries import questions
from queries.parameters import ParameterError
from queries.status import loaded

app = typer.Typer(
    name="footprint",
    help="Match those who need help with resolution 1540 (2004) with those who can give it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
graph_app = typer.Typer(help="Start, stop, look at or empty the graph engine.", no_args_is_help=True)
app.add_typer(graph_app, name="graph")
app.add_typer(drafts.app, name="draft")
app.add_typer(pictures.app, name="picture")
app.command("calendar")(drafts.calendar)
app.command()(loading.load)
app.command()(templates.template)
app.add_typer(history.app)
app.add_typer(exports.app, name="export")
app.add_typer(upkeep.app)
app.command()(serve)
for _name, _question in questions().items():
    app.command(_name.replace("_", "-"))(command(_question))

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show what is loaded, from where, how old it is, and which names are not resolved."""
    with Store() as store:
        state = loaded(store)
    if as_json:
        output.print_json(state)
    else:
        output.show_status(state)


@app.command()
def check(as_json: AsJson = False) -> None:
    """Check the data: that every record has a source, dates can be, totals are as published, and so on.

    Looks at the facts that ship and at all that is loaded. Exit code 0: nothing is wrong; 1: something is.
    """
    with Store() as store:
        found = [*facts.problems(), *facts.unfinished(store), *graph_check.problems(store)]
    checks = (*facts.CHECKS, *graph_check.CHECKS)
    output.show_problems(checks, found, as_json)
    if found:
        raise typer.Exit(exits.ERROR)


@app.command()
def evaluate(
    precedents: Annotated[
        Path | None,
        typer.Option(help="A CSV of cases: provider, recipient, recipient_iso3, theme, year; none: those held."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how high the true partners of documented help stand in the suggestions.

    Each case is asked again as of the day before it began, without itself, beside chance and plain counts.
    """
    from evaluation.evaluate import evaluate as measure  # noqa: PLC0415  (slow to import; only this command wants it)

    with Store() as store:
        found = measure(store, precedents)
    if as_json:
        sys.stdout.write(json.dumps(found.as_json(), indent=2) + "\n")
    else:
        sys.stdout.write(f"{found.table()}\n")


@graph_app.command()
def start() -> None:
    """Start the embedded engine, if it does not run yet."""
    settings = Settings()
    if settings.graph_uri:
        typer.echo(f"FOOTPRINT_GRAPH_URI points to {settings.graph_uri}; it is not started from here.")
        return
    endpoint = embedded.ensure(settings)
    typer.echo(f"The graph engine answers at {endpoint.uri} (process {endpoint.pid}).")


@graph_app.command()
def stop() -> None:
    """Stop the embedded engine."""
    typer.echo("The graph engine is stopped." if embedded.stop(Settings()) else "The graph engine does not run.")


@graph_app.command("status")
def graph_status() -> None:
    """Say whether the graph answers, and where its files are."""
    settings = Settings()
    if settings.graph_uri:
        with Store(settings) as store:
            typer.echo(f"Neo4j answers at {store.address}.")
        return
    home = embedded.home_of(settings)
    endpoint = embedded.find(home)
    where = f"answers at {endpoint.uri} (process {endpoint.pid})" if endpoint else "does not run"
    typer.echo(f"The graph engine {where}.\nFiles: {home.path}\nLog:   {home.log}")


@graph_app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete all that is in the graph."""
    settings = Settings()
    where = settings.graph_uri or str(embedded.home_of(settings).path)
    if not yes:
        typer.confirm(f"Delete all that Light Footprint holds in {where}?", abort=True)
    if settings.graph_uri:
        with Store(settings) as store:
            store.clear()
    else:
        embedded.reset(settings)
    typer.echo("The graph is empty.")


def main() -> None:
    """Run the command; what went wrong is said in one sentence and in the exit code."""
    try:
        app()
    except (ParameterError, LoadError) as error:
        typer.echo(str(error), err=True)
        sys.exit(exits.USAGE)
    except ValidationError as error:
        if not error.title.endswith("Settings"):
            raise
        for one in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in one["loc"]).upper() or "PRACTICE"  # all fields together: only that
            typer.echo(f"FOOTPRINT_{name} cannot be used: {one['msg'].removeprefix('Value error, ')}.", err=True)
        sys.exit(exits.USAGE)
    except (GraphError, OSError) as error:
        typer.echo(str(error), err=True)
        sys.exit(exits.ERROR)
