"""A drawing as one page that needs nothing else: vis-network through pyvis, what each node says, and a table."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.harmless import clean
from viz.drawing import Drawing, Spot
from viz.network import Network
from viz.plain import plain
from viz.style import INK, colour_of, shape_of, words_of

_HERE = Path(__file__).parent / "assets"
_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
# Known from the name, the type and the place of the node.
_SHOWN = frozenset({"type", "id", "name", "level", "role", "score", "weight", "sentence"})
# vis-network draws these smaller than a disc of the same size.
_SIZES = {"star": 1.7, "diamond": 1.35, "triangle": 1.25, "triangleDown": 1.25, "hexagon": 1.1}
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}}, "selectionWidth": 1.2},
}


def page(drawing: Drawing, network: Network) -> str:
    """The drawing as an HTML page that fetches nothing; `network` is what it was made from.

    Click a node for what it says, what it is linked with and the records behind it; search; move nodes and zoom. A
    table below the picture says the same. Text from data is text everywhere, never HTML.
    """
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader  # noqa: PLC0415  (slow to import, as pyvis)
    from markupsafe import Markup  # noqa: PLC0415
    from pyvis.network import Network as Picture  # type: ignore[import-untyped]  # noqa: PLC0415

    picture = Picture(directed=True, cdn_resources="in_line")
    picture.options = _OPTIONS
    for spot in drawing.spots:
        picture.add_node(spot.key, **_node(spot))
    dense = len(drawing.links) > 4 * len(drawing.spots)
    for link in drawing.links:
        colour = {"color": link.line.colour, "highlight": link.line.colour, "opacity": 0.3 if dense else 0.9}
        picture.add_edge(
            link.start, link.end, title=", ".join(link.words), color=colour, dashes=list(link.line.dashes) or False
        )
    # pyvis' own template loads from other hosts and writes data into HTML; it takes another one in its place.
    loaders = ChoiceLoader([FileSystemLoader(_HERE), FileSystemLoader(picture.template_dir)])
    environment = Environment(loader=loaders, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    texts = {
        name: _source(environment, file)
        for name, file in (("library", _LIBRARY), ("script", "page.js"), ("style", "page.css"))
    }
    environment.globals.update(
        drawing=drawing,
        told={spot.key: _told(spot, network, {one.key for one in drawing.spots}) for spot in drawing.spots},
        hashes={name: b64encode(sha256(text.encode()).digest()).decode() for name, text in texts.items()},
        colour_of=colour_of, shape_of=shape_of, words_of=words_of, clean=clean,
        **{name: Markup(text) for name, text in texts.items()},  # noqa: S704  (files of ours and of pyvis, no data)
    )  # fmt: skip
    picture.templateEnv, picture.path = environment, "page.html"
    return str(picture.generate_html())


def _source(environment: Any, file: str) -> str:
    return str(environment.loader.get_source(environment, file)[0])


def _node(spot: Spot) -> dict[str, Any]:
    colour, shape = colour_of(spot.type), shape_of(spot.type)
    state = {"background": colour, "border": INK}
    return {
        "label": clean("\n".join(spot.label)), "title": clean(f"{words_of(spot.type)}: {spot.name}"),
        "x": round(spot.x, 1), "y": round(spot.y, 1), "shape": shape, "size": spot.radius * _SIZES.get(shape, 1.0),
        "color": {"background": colour, "border": "#ffffff", "highlight": state, "hover": state},
        "font": {"size": spot.font, "color": INK, "strokeWidth": 3, "strokeColor": "#ffffff"},
    }  # fmt: skip


def _told(spot: Spot, network: Network, drawn: set[str]) -> dict[str, Any]:
    """What the page says of a node: its own values, what it is linked with, and the records behind it."""
    said = network.nodes[spot.key]
    links = list(_links(spot.key, network, drawn))
    behind: dict[tuple[str, str], list[str]] = {}
    for _, end, edge in network.out_edges(spot.key, data=True):
        if end not in drawn:
            record = network.nodes[end]
            named = record["name"] if record["name"] == record["id"] else f"{record['name']} ({record['id']})"
            words = clean(f"{words_of(record['type'])}: {named}")
            behind.setdefault((edge["type"], clean(str(edge.get("sentence", "")))), []).append(words)
    return {
        "type": words_of(spot.type), "id": clean(spot.id), "name": clean(spot.name),
        "said": list(_values(said)),
        "links": links,
        "behind": [
            {"says": says, "sentence": sentence, "records": records} for (says, sentence), records in behind.items()
        ],
    }  # fmt: skip


def _values(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in said.items():
        if name not in _SHOWN and value is not False:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            yield name.replace("_", " "), f"{value:,.10g}" if number else "yes" if value is True else str(plain(value))


def _links(key: str, network: Network, drawn: set[str]) -> Iterator[dict[str, Any]]:
    for _, end, edge in network.out_edges(key, data=True):
        if end in drawn:
            yield {"says": edge["type"], "to": end, "out": True, **_why(edge)}
    for start, _, edge in network.in_edges(key, data=True):
        if start in drawn:
            yield {"says": edge["type"], "to": start, "out": False, **_why(edge)}


def _why(edge: dict[str, Any]) -> dict[str, str]:
    told = [f"Score {edge['score']:.2f}." if "score" in edge else "", clean(str(edge.get("sentence", "")))]
    return {"why": " ".join(one for one in told if one)}
