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
from queries.answer import Answer, count
from queries.captions import captions
from queries.parameters import ParameterError, visible

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
        from viz.tables import FORMATS  # noqa: PLC0415  (slow to import, as all below; only this command wants it)

        rows = count(len(answer.rows), "row")
        return FORMATS[suffix[1:]].write(answer), f"{rows}{f' of {answer.total:,}' if answer.truncated else ''}."
    from viz.network import to_networkx  # noqa: PLC0415

    bare = [(node["type"], node["id"]) for _, node in to_networkx(answer).nodes(data=True)]
    # A code that stands for a State in most answers may be that of a territory.
    wanted = [*bare, *(("Territory", id_) for type_, id_ in bare if type_ == "State")]
    network = to_networkx(answer, captions(graph, wanted, seen))
    if suffix in _NETWORKS:
        from viz import exchange  # noqa: PLC0415

        write = exchange.gexf if suffix == ".gexf" else exchange.graphml
        return write(
            network
        ), f"{count(len(network), 'node')}, {count(network.number_of_edges(), 'edge')}{_of(answer)}."
    from viz.drawing import drawing  # noqa: PLC0415
    from viz.image import image  # noqa: PLC0415
    from viz.page import page  # noqa: PLC0415

    drawn = drawing(answer, network)
    out = drawn.left_out
    told = f"{count(len(drawn.spots), 'node')}, {count(len(drawn.links), 'line')}{_of(answer)}."
    if out:
        told += (
            f" Not drawn: {', '.join(f'{type_} {number:,}' for type_, number in out.items())}; the picture says why."
        )
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
