"""`footprint picture QUESTION … --out FILE`: any answer as a picture or a file; the suffix says which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from footprint.commands import asked, described, option
from graph.files import whole
from graph.store import Store
from queries import questions
from queries.answer import Answer, count
from queries.parameters import ParameterError, visible

if TYPE_CHECKING:
    from viz.network import Network

app = typer.Typer(
    help="Write the answer to a question as a picture (.html .png .svg), a network for other programs (.graphml .gexf) "
    "or a table (.csv .xlsx .json .ndjson).",
    no_args_is_help=True,
)
_PICTURES = (".html", ".png", ".svg")
_NETWORKS = (".graphml", ".gexf")
_TABLES = (".csv", ".xlsx", ".json", ".ndjson")
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


def made(graph: Store, answer: Answer[Any], suffix: str, seen: list[str]) -> tuple[bytes, str]:
    """The content of a file with that suffix, and a sentence on what it holds.

    Names of records that the answer gives by their ids alone are looked up, of those that a caller who may see `seen`
    may see.
    """
    if suffix in _TABLES:
        # Slow to import, as all below; only this command wants it.
        from viz.tables import FORMATS  # noqa: PLC0415

        rows = count(len(answer.rows), "row")
        return FORMATS[suffix[1:]].write(answer), f"{rows}{f' of {answer.total:,}' if answer.truncated else ''}."
    from viz.network import named  # noqa: PLC0415

    network = named(graph, answer, seen)
    return _exchanged(answer, network, suffix) if suffix in _NETWORKS else _drawn(answer, network, suffix)


def _exchanged(answer: Answer[Any], network: Network, suffix: str) -> tuple[bytes, str]:
    """For other programs."""
    from viz import exchange  # noqa: PLC0415

    write = exchange.gexf if suffix == ".gexf" else exchange.graphml
    nodes, edges = count(len(network), "node"), count(network.number_of_edges(), "edge")
    return write(network), f"{nodes}, {edges}{_of(answer)}."


def _drawn(answer: Answer[Any], network: Network, suffix: str) -> tuple[bytes, str]:
    """For people."""
    from viz.drawing import drawing  # noqa: PLC0415
    from viz.image import image  # noqa: PLC0415
    from viz.page import page  # noqa: PLC0415

    drawn = drawing(answer, network)
    told = f"{count(len(drawn.spots), 'node')}, {count(len(drawn.links), 'line')}{_of(answer)}."
    if drawn.left_out:
        out = ", ".join(f"{type_} {number:,}" for type_, number in drawn.left_out.items())
        told += f" Not drawn: {out}; the picture says why."
    if suffix == ".html":
        return page(drawn, network).encode(), told
    return image(drawn, "svg" if suffix == ".svg" else "png"), told


def _of(answer: Answer[Any]) -> str:
    """What the limit of the question itself leaves out."""
    return f", from {len(answer.rows):,} of {answer.total:,} rows (more with --limit)" if answer.truncated else ""


def _checked(out: Path) -> None:
    """`ParameterError` where the file could not be meant; asked before anything is read."""
    suffixes = (*_PICTURES, *_NETWORKS, *_TABLES)
    if out.suffix.lower() not in suffixes:
        raise ParameterError(f"{out} should end in {', '.join(suffixes[:-1])} or {suffixes[-1]}.")
    if not out.parent.is_dir():
        raise ParameterError(f"There is no folder {out.parent}.")


for _name, _question in questions().items():
    app.command(_name.replace("_", "-"))(_command(_question))
