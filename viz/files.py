"""An answer as a file: the suffix says whether as a picture, as a network for other programs, or as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.store import Store
from queries.answer import Answer, count

if TYPE_CHECKING:
    from viz.network import Network

PICTURES = (".html", ".png", ".svg")
NETWORKS = (".graphml", ".gexf")
TABLES = (".csv", ".xlsx", ".json", ".ndjson")


def made(graph: Store, answer: Answer[Any], suffix: str, seen: list[str]) -> tuple[bytes, str]:
    """The content of a file with that suffix, and a sentence on what it holds.

    Names of records that the answer gives by their ids alone are looked up, of those that a caller who may see `seen`
    may see.
    """
    if suffix in TABLES:
        # Slow to import, as all below; only those who want a file do.
        from viz.tables import FORMATS  # noqa: PLC0415

        rows = count(len(answer.rows), "row")
        return FORMATS[suffix[1:]].write(answer), f"{rows}{f' of {answer.total:,}' if answer.truncated else ''}."
    from viz.network import named  # noqa: PLC0415

    network = named(graph, answer, seen)
    return _exchanged(answer, network, suffix) if suffix in NETWORKS else _drawn(answer, network, suffix)


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
