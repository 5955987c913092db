"""`footprint picture QUESTION … --out FILE`: any answer as a picture or a file; the suffix says which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from footprint.commands import asked, described, option
from graph.files import whole
from graph.store import Store
from queries import questions
from queries.answer import Answer
from queries.parameters import ParameterError, visible
from viz.files import NETWORKS, PICTURES, TABLES, made

app = typer.Typer(
    help="Write the answer to a question as a picture (.html .png .svg), a network for other programs (.graphml .gexf) "
    "or a table (.csv .xlsx .json .ndjson).",
    no_args_is_help=True,
)
Out = Annotated[Path, typer.Option("--out", help="The file to write; its suffix says what it becomes.", dir_okay=False)]


def _command(question: Callable[..., Answer[Any]]) -> Callable[..., None]:
    """The command that asks the question and writes its answer."""
    one = asked(question)

    def run(*, out: Path, **given: Any) -> None:
        _checked(out)
        with whole(out) as file, Store() as graph:
            answer = one.ask(graph, given)
            content, told = made(graph, answer, out.suffix.lower(), visible(bool(given.get("committee"))))
            file.write(content)
        typer.echo(f"Written to {out}: {told}")

    return described(run, one.help, (*one.parameters, option("out", Out)))


def _checked(out: Path) -> None:
    """`ParameterError` where the file could not be meant; asked before anything is read."""
    suffixes = (*PICTURES, *NETWORKS, *TABLES)
    if out.suffix.lower() not in suffixes:
        raise ParameterError(f"{out} should end in {', '.join(suffixes[:-1])} or {suffixes[-1]}.")
    if not out.parent.is_dir():
        raise ParameterError(f"There is no folder {out.parent}.")


for _name, _question in questions().items():
    app.command(_name.replace("_", "-"))(_command(_question))
