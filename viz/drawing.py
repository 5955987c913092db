"""A picture before it is drawn: which nodes it shows, where they stand, what they are called, and what is left out."""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.evidence import DISCLAIMER
from graph.harmless import clean
from queries.answer import Answer, Source
from queries.heading import asked, title
from queries.network import KEPT_FIRST
from viz.about import as_json
from viz.layout import settled
from viz.network import FOCUS, RECORD, Network
from viz.parts import PARAMETERS
from viz.style import LABEL_GAP, LINE_HEIGHT, LINES, Line, font_of, radius_of, words_of

MOST = 300
# Up to here the records that the reasons rest on are drawn as well; beyond it they would hide the rest.
_LEGIBLE = 40
_LINES, _LETTERS = 3, 22
# The widths of letters in heights: of wide ones (Chinese), of all others at most.
_WIDE_LETTER, _LETTER = 1.0, 0.58
_Node = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node as drawn, in pixels: where its mark stands, its radius, the lines of the label below it, their height."""

    key: str
    type: str
    id: str
    name: str
    label: tuple[str, ...]
    level: int
    x: float
    y: float
    radius: float
    font: float


@dataclass(frozen=True, slots=True)
class Link:
    """A line from a node to another: all that it stands for, in words, and how it is drawn."""

    start: str
    end: str
    words: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw, in pixels: nodes, lines, how many of each type there are, notes and sources.

    `about` is the whole answer but its rows, as JSON.
    """

    title: str
    subtitle: str
    spots: tuple[Spot, ...]
    links: tuple[Link, ...]
    types: Mapping[str, int]
    lines: Mapping[str, Line]
    left_out: Mapping[str, int]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    about: str
    width: float
    height: float


def drawing(answer: Answer[Any], network: Network) -> Drawing:
    """The picture of an answer, from the network that `viz.network.to_networkx` made of it; the same each time.

    At most 300 nodes: nearer ones first, on one level by the order of types that the question `network` has, then in
    the order of the answer. Records behind the reasons are drawn where all fits in 40 nodes.
    """
    kept, out, notes = _kept(answer, network)
    nodes = {key: network.nodes[key] for key in kept}
    words: dict[tuple[str, str], dict[str, None]] = {}
    for start, end, said in network.edges(data=True):
        if start in nodes and end in nodes:
            words.setdefault((start, end), {})[said["type"]] = None
    lines = _lines(words)
    labels = {key: _label(clean(node["name"])) or (clean(key),) for key, node in nodes.items()}
    boxes = {key: _box(labels[key], node["level"], len(nodes)) for key, node in nodes.items()}
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from(words)
    centre = next((key for key, node in nodes.items() if node["level"] == FOCUS), None)
    places = settled(plain, boxes, centre)
    spots = []
    for key, node in nodes.items():
        level, (x, y) = node["level"], places[key]
        radius = radius_of(level, len(nodes))
        top = y - boxes[key][1] / 2
        measures = (x, top + radius, radius, font_of(level, len(nodes)))
        spots.append(Spot(key, node["type"], node["id"], node["name"], labels[key], level, *measures))
    return Drawing(
        title=clean(_title(answer, network)),
        subtitle=clean(_subtitle(answer)),
        spots=tuple(spots),
        links=tuple(Link(start, end, tuple(said), lines[next(iter(said))]) for (start, end), said in words.items()),
        types=_counted(node["type"] for node in nodes.values()),
        lines=lines,
        left_out=out,
        notes=tuple(dict.fromkeys([*notes, *answer.caveats, DISCLAIMER])),
        sources=answer.sources,
        about=as_json(answer),
        width=max((places[key][0] + boxes[key][0] / 2 for key in nodes), default=0.0),
        height=max((places[key][1] + boxes[key][1] / 2 for key in nodes), default=0.0),
    )


def _title(answer: Answer[Any], network: Network) -> str:
    """The question in words, and whom or what it was asked about."""
    # The date stands below it.
    words = title(answer).removesuffix(f", {answer.as_of.isoformat()}")
    asked = [key for key, node in network.nodes(data=True) if node["level"] == FOCUS]
    asked += [end for _, end, said in network.edges(asked, data=True) if said["type"] == "asked about"]
    names = ", ".join(network.nodes[key]["name"] for key in asked)
    return f"{words}: {names}" if names else words


def _subtitle(answer: Answer[Any]) -> str:
    """What was asked besides what is drawn, the day that it is about, and the data."""
    drawn = {"name", *(name for parameter in PARAMETERS for name in (parameter, f"{parameter} type"))}
    told = (f"{name}: {value}" for name, value in asked(answer).items() if value and name not in drawn)
    words = "; ".join(told)
    return f"{words and f'{words}. '}As of {answer.as_of.isoformat()}. Data version {answer.data_version}."


def _kept(answer: Answer[Any], network: Network) -> tuple[list[str], dict[str, int], list[str]]:
    """The nodes to draw in the order in which they are kept; how many of each type are not; and why."""
    nodes: list[_Node] = [(key, said) for key, said in network.nodes(data=True)]
    notes = [] if answer.rows else ["Nothing is known here that fits."]
    wanted = nodes
    if answer.question != "network":
        nodes.sort(key=lambda one: one[1]["level"])
        if answer.truncated:
            notes.append(f"The picture is of the first {len(answer.rows):,} of {answer.total:,} rows of the answer.")
        wanted = _legible(nodes, notes)
    held = {key for key, _ in _fitting(wanted, notes)}
    kept = [key for key, _ in nodes if key in held]
    return kept, _counted(node["type"] for key, node in nodes if key not in held), notes


def _legible(nodes: list[_Node], notes: list[str]) -> list[_Node]:
    """The nodes without the records behind the reasons, where these would hide the rest; a note says so."""
    behind = _counted(node["type"] for _, node in nodes if node["level"] == RECORD)
    if len(nodes) <= _LEGIBLE or not behind:
        return nodes
    notes.append(
        f"Not drawn, so that the picture stays legible: {sum(behind.values()):,} records that the reasons rest "
        f"on ({_told(behind)}). A page (.html) lists them beside what they support; .graphml and .gexf files hold them."
    )
    return [(key, node) for key, node in nodes if node["level"] != RECORD]


def _fitting(nodes: list[_Node], notes: list[str]) -> list[_Node]:
    """As many of the nodes as there is room for; a note says which were left out."""
    if len(nodes) <= MOST:
        return nodes
    ordered = sorted(nodes, key=lambda one: (one[1]["level"], _rank(one[1]["type"])))
    held = {key for key, _ in ordered[:MOST]}
    out = _counted(node["type"] for key, node in nodes if key not in held)
    notes.append(
        f"Showing {MOST} of {len(nodes):,} nodes. Left out for want of room: {_told(out)}. Nearer nodes are kept "
        f"first; on one level in the order {', '.join(KEPT_FIRST)}; then in the order of the answer."
    )
    return ordered[:MOST]


def _lines(words: Mapping[tuple[str, str], Mapping[str, None]]) -> dict[str, Line]:
    """How each kind of edge is drawn, in the order in which they appear; what is beyond all kinds of lines, alike."""
    kinds = dict.fromkeys(next(iter(said)) for said in words.values())
    return {kind: LINES[min(number, len(LINES) - 1)] for number, kind in enumerate(kinds)}


def _rank(type_: str) -> int:
    return KEPT_FIRST.index(type_) if type_ in KEPT_FIRST else -1


def _counted(types: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(types).items(), key=lambda one: _rank(one[0])))


def _told(types: Mapping[str, int]) -> str:
    return ", ".join(f"{words_of(type_)} {number:,}" for type_, number in types.items())


def _label(name: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(" ".join(name.split()), _LETTERS, max_lines=_LINES, placeholder=" …"))


def _box(label: tuple[str, ...], level: int, nodes: int) -> tuple[float, float]:
    """Width and height of a mark with its label below it."""
    font, radius = font_of(level, nodes), radius_of(level, nodes)
    letters = max(
        sum(_WIDE_LETTER if unicodedata.east_asian_width(one) in "WF" else _LETTER for one in line) for line in label
    )
    return max(2 * radius, letters * font), 2 * radius + LABEL_GAP + len(label) * font * LINE_HEIGHT
