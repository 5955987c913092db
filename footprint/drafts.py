"""`footprint draft`: drafts that people edit; `footprint calendar`: dated events as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from documents.assistance import assistance_request
from documents.form import Draft
from documents.markdown import to_markdown
from documents.plan import action_plan_draft
from documents.regional import regional_request
from footprint.commands import day
from graph.files import whole
from graph.store import Store
from queries.answer import count
from queries.parameters import ParameterError

app = typer.Typer(help="Make drafts that people edit: what is not known is a marked blank.", no_args_is_help=True)


def _docx(draft: Draft) -> bytes:
    from documents.word import to_docx  # noqa: PLC0415  (slow to import, and every other command does without)

    return to_docx(draft)


_WRITERS: dict[str, Callable[[Draft], bytes]] = {
    ".docx": _docx,
    ".md": lambda draft: to_markdown(draft).encode(),
}


Out = Annotated[Path, typer.Option("--out", help="The file to write: .docx or .md.", dir_okay=False)]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")]
AsOf = Annotated[
    date | None, typer.Option(help="The date the draft is about; today unless given.", parser=day, metavar="DATE")
]
Committee = Annotated[bool, typer.Option("--committee", help="Also use records that only the Committee may see.")]

Themes = Annotated[list[str] | None, typer.Option(help="A theme or obligation; may be given several times.")]
State = Annotated[str, typer.Argument(help="The State: ISO code or a name in any of the six UN languages.")]


def _checked(out: Path, overwrite: bool, suffixes: tuple[str, ...]) -> None:
    """`ParameterError` where the file could not be meant; asked before anything is read."""
    if out.suffix.lower() not in suffixes:
        raise ParameterError(f"{out} should end in {' or '.join(suffixes)}.")
    if out.exists() and not overwrite:
        raise ParameterError(f"{out} is there already, perhaps with somebody's changes; --overwrite writes over it.")
    if not out.parent.is_dir():
        raise ParameterError(f"There is no folder {out.parent}.")


def _write(draft: Draft, out: Path, why: str) -> None:
    with whole(out) as file:
        file.write(_WRITERS[out.suffix.lower()](draft))
    if why:
        typer.echo(f"Chosen: {why}")
    told = f"{count(len(draft.sources()), 'reference')} and {count(draft.blanks(), 'blank')} to fill"
    typer.echo(f"{draft.title}\nWritten to {out}, with {told}.")


@app.command("regional-request")
def regional(
    organisation: Annotated[str | None, typer.Argument(help="The regional organisation whose members ask.")] = None,
    *,
    out: Out,
    states: Annotated[str, typer.Option(help="The States that ask, with commas: BRB,JAM,GRD.", metavar="A,B,C")] = "",
    theme: Themes = None,
    as_of: AsOf = None,
    committee: Committee = False,
    overwrite: Overwrite = False,
) -> None:
    """Draft a regional request: of an organisation's members that are recorded alike, or of States that you name.

    For an organisation the grouping that `footprint groupings` puts first is taken, and the draft says so.
    """
    _checked(out, overwrite, tuple(_WRITERS))
    named = [one.strip() for one in states.split(",") if one.strip()]
    with Store() as graph:
        draft, why = regional_request(
            graph, organisation, states=named, themes=theme or [], as_of=as_of, committee=committee
        )
    _write(draft, out, why)


@app.command("assistance-request")
def assistance(
    state: State,
    *,
    out: Out,
    theme: Themes = None,
    as_of: AsOf = None,
    committee: Committee = False,
    overwrite: Overwrite = False,
) -> None:
    """Draft a State's request for assistance in the fields of the Committee's template, a form a subject area.

    Without --theme: the subject areas on which the State itself has stated a need, else those on which a source asked
    for more.
    """
    _checked(out, overwrite, tuple(_WRITERS))
    with Store() as graph:
        draft, why = assistance_request(graph, state, themes=theme or [], as_of=as_of, committee=committee)
    _write(draft, out, why)


@app.command("action-plan")
def plan(
    state: State,
    *,
    out: Out,
    priorities: Annotated[
        list[str] | None, typer.Option(help="A theme that the State itself puts first; several in its order.")
    ] = None,
    as_of: AsOf = None,
    committee: Committee = False,
    overwrite: Overwrite = False,
) -> None:
    """Draft a light action plan of a State: what is known, what could be done, what is to decide."""
    _checked(out, overwrite, tuple(_WRITERS))
    with Store() as graph:
        draft, why = action_plan_draft(graph, state, priorities=priorities or [], as_of=as_of, committee=committee)
    _write(draft, out, why)


def calendar(
    *,
    since: Annotated[date, typer.Option(help="The first day.", parser=day, metavar="DATE")],
    until: Annotated[date, typer.Option(help="The last day.", parser=day, metavar="DATE")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .ics.", dir_okay=False)],
    committee: Committee = False,
    overwrite: Overwrite = False,
) -> None:
    """Write the events between two days as a calendar file, for any calendar program.

    Only events that a source dates to the day; how many are dated less exactly is said.
    """
    from documents.calendar import calendar_file  # noqa: PLC0415  (slow to import, as above)

    _checked(out, overwrite, (".ics",))
    with Store() as graph:
        written = calendar_file(graph, since, until, committee=committee)
    with whole(out) as file:
        file.write(written.content)
    typer.echo(f"{written.sentence()}\nWritten to {out}.")
