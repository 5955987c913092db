"""`footprint copy`, `backup` and `restore`: the whole graph to the other engine, into a file and back."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from footprint import exits
from graph import backups, embedded
from graph.copying import STEPS, Copied, copy, held
from graph.locks import alone
from graph.settings import Settings
from graph.store import Store
from queries.answer import count
from queries.assemble import data_version
from queries.parameters import ParameterError

EMBEDDED = "embedded"
_MOST_DIFFERENCES = 20

app = typer.Typer()

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command("copy")
def copy_(
    to: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to: neo4j://…, or `embedded` for the engine of this machine.")
    ] = "",
    from_: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="Where from, likewise. One of the two is enough.")
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Delete what the target holds first.")] = False,
    yes: Yes = False,
) -> None:
    """Copy the whole graph from the embedded engine to a Neo4j, or back, and compare the two.

    User, password and database of the Neo4j are FOOTPRINT_GRAPH_USER, _PASSWORD and _DATABASE. Exit code 0: both
    sides are alike; 1: they are not, or the copy could not be made.
    """
    here, there = _sides(to, from_)
    with alone(here.data_dir), Store(here) as source, Store(there) as target:
        typer.echo(f"From {_place(here)} to {_place(there)}.")
        if replace and not yes and (there_now := held(target)):
            what = count(there_now, "record")
            typer.confirm(f"Delete the {what} that Light Footprint holds in {_place(there)}?", abort=True)
        started = time.monotonic()
        try:
            done = _copy(source, target, replace)
        except KeyboardInterrupt:
            # Typer would end without a word.
            typer.echo("Interrupted. The copy is not complete, and says so; make it again with --replace.", err=True)
            raise typer.Exit(exits.INTERRUPTED) from None
    moved = f"{count(done.nodes, 'node')} and {count(done.relationships, 'relationship')}"
    typer.echo(f"Copied {moved} in {time.monotonic() - started:.0f} seconds.")
    if done.left_out:
        typer.echo(
            f"What the model of Light Footprint does not know stayed behind: {done.left_out:,} labels and links."
        )
    if done.differences:
        _show_differences(done.differences)
        raise typer.Exit(exits.ERROR)
    typer.echo("The two sides were compared node by node and are alike.")


def _copy(source: Store, target: Store, replace: bool) -> Copied:
    """Copy; how far it is shows on a terminal."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        total = held(source)
        tasks = {step: progress.add_task(step.capitalize(), total=total) for step in STEPS}
        return copy(source, target, replace=replace, told=lambda step, more: progress.advance(tasks[step], more))


def _show_differences(differences: tuple[str, ...]) -> None:
    for one in differences[:_MOST_DIFFERENCES]:
        typer.echo(one, err=True)
    more = len(differences) - _MOST_DIFFERENCES
    if more > 0:
        typer.echo(f"… and {more:,} more.", err=True)
    typer.echo(
        f"The two sides differ in {count(len(differences), 'node')}: somebody may have written meanwhile. The copy is "
        "marked as not complete; make it again with --replace.",
        err=True,
    )


def _sides(to: str, from_: str) -> tuple[Settings, Settings]:
    """The settings of the source and of the target: one is the embedded engine, the other a Neo4j."""
    if not to and not from_:
        raise ParameterError("Say where the copy goes or comes from: --to neo4j://… or --from neo4j://….")
    own = Settings().graph_uri
    source, target = from_ or _other(to, own), to or _other(from_, own)
    if (source == EMBEDDED) == (target == EMBEDDED):
        raise ParameterError(
            "One side of a copy is the embedded engine and the other a Neo4j. From one Neo4j to another, use its own "
            "`neo4j-admin database dump` and `load`."
        )
    return _settings(source), _settings(target)


def _other(given: str, own: str) -> str:
    """The side that was not given: the embedded engine for a Neo4j, the Neo4j of the settings for the engine."""
    if given != EMBEDDED:
        if own and own != given:
            raise ParameterError(f"FOOTPRINT_GRAPH_URI points to {own}: say both --from and --to.")
        return EMBEDDED
    if not own:
        raise ParameterError("Say which Neo4j is the other side, with --from or --to, or set FOOTPRINT_GRAPH_URI.")
    return own


def _settings(side: str) -> Settings:
    try:
        return Settings(graph_uri="" if side == EMBEDDED else side)
    except ValidationError as error:
        said = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
        raise ParameterError(f"{side!r} cannot be copied to or from: {said}, or it is the word `embedded`.") from None


def _place(settings: Settings) -> str:
    return settings.graph_uri or f"the embedded engine in {embedded.home_of(settings).path}"


def _embedded_settings(verb: str) -> Settings:
    """The settings, where they say the embedded engine; `ParameterError` says what to do with a Neo4j."""
    settings = Settings()
    if settings.graph_uri:
        raise ParameterError(
            f"The graph is the Neo4j at {settings.graph_uri}, which has tools of its own to {verb} it "
            "(`neo4j-admin database dump` and `load`). `footprint copy` moves it to the embedded engine and back."
        )
    return settings


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="The file to write, .zip, or a folder; none: footprint-DATE.zip here.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")] = False,
) -> None:
    """Write all that the embedded engine holds to one file, with checksums and without passwords.

    The engine stops for the moment and starts again by itself. A Neo4j has tools of its own.
    """
    settings = _embedded_settings("back up")
    name = f"footprint-{datetime.now(UTC).date().isoformat()}.zip"
    out = Path(name) if file is None else file / name if file.is_dir() else file
    if out.suffix.lower() != ".zip":
        raise ParameterError(f"{out} should end in .zip.")
    if out.exists() and not overwrite:
        raise ParameterError(f"{out} is there already; --overwrite writes over it.")
    if not out.parent.is_dir():
        raise ParameterError(f"There is no folder {out.parent}.")
    kept = backups.backup(settings, out, data_version)
    size = out.stat().st_size / 1e6
    typer.echo(f"{_said(kept)} were written to {out} ({size:.1f} MB).")
    typer.echo("It also holds what only the Committee may see: keep it where only those who may can read it.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `footprint backup` wrote.", exists=True, dir_okay=False)],
    yes: Yes = False,
) -> None:
    """Put a backup in the place of what the embedded engine holds.

    The file is checked first. What was there is deleted only when the engine has answered from the backup.
    """
    settings = _embedded_settings("restore")
    manifest = backups.read_manifest(file)
    typer.echo(f"{file}: {_said(manifest)}, of {manifest.made:%Y-%m-%d %H:%M} UTC, by version {manifest.application}.")
    if not yes and embedded.home_of(settings).database.exists():
        with Store(settings) as store:
            there_now, version = held(store), data_version(store)
        if there_now:
            what = f"{count(there_now, 'record')} (data version {version})"
            typer.confirm(f"Delete the {what} in {_place(settings)} and put the backup in their place?", abort=True)
    backups.restore(settings, file)
    with Store(settings) as store:
        typer.echo(f"The graph holds {count(held(store), 'record')} (data version {data_version(store)}).")


def _said(manifest: backups.Manifest) -> str:
    return f"{count(manifest.records, 'record')} (data version {manifest.data_version})"
