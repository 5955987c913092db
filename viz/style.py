"""How pictures look: shapes, colours, lines and sizes, the same in pages and images."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from graph.model import MODEL
from viz.parts import MADE

Shape = Literal["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]
# By type, so that nobody needs colours to tell nodes apart. The names are those of vis-network.
_SHAPES: dict[str, Shape] = {
    "Organisation": "square", "Legislation": "square", "Theme": "diamond", "Obligation": "diamond",
    "Programme": "triangle", "Sector": "triangle", "ActionPlan": "triangle", "Request": "triangleDown",
    "Need": "triangleDown", "Collision": "triangleDown", "Offer": "star", "Mandate": "star", "Benefit": "star",
    "Precedent": "hexagon", "Activity": "hexagon", "Grouping": "hexagon", "Pool": "hexagon",
}  # fmt: skip
_WORDS = {"ActionPlan": "Action plan"}


@dataclass(frozen=True, slots=True)
class Line:
    """How a line is drawn: its colour, and the lengths of dashes and gaps in pixels; none: drawn through."""

    colour: str
    dashes: tuple[int, ...] = ()


_DOTDASH = (9, 3, 2, 3)
# One for each kind of edge in the order in which they appear; told apart by dashes as well as by colour.
LINES = (
    Line("#8a97a5"), Line("#a9741a", (7, 4)), Line("#3f74a3"), Line("#8c5a8c", (2, 3)), Line("#8a97a5", (7, 4)),
    Line("#3f74a3", (2, 3)), Line("#a9741a"), Line("#8c5a8c", (7, 4)), Line("#8a97a5", (2, 3)), Line("#3f74a3", (7, 4)),
    Line("#a9741a", (2, 3)), Line("#8c5a8c"), Line("#8a97a5", _DOTDASH), Line("#a9741a", _DOTDASH),
    Line("#3f74a3", _DOTDASH), Line("#8c5a8c", _DOTDASH),
)  # fmt: skip
INK, PALE = "#1f2933", "#52606d"
# By level: who asked, the rows, the rest; in pixels.
_RADII, _FONTS = (17.0, 11.0, 8.5), (18.0, 14.0, 13.0)
_FEW = 80
LINE_HEIGHT, LABEL_GAP = 1.25, 4.0


def colour_of(type_: str) -> str:
    """The colour of a type of nodes: the model's, or that of a row which is no record; `#rrggbb`."""
    return MODEL.nodes[type_].colour if type_ in MODEL.nodes else MADE.get(type_, MADE["Row"])


def shape_of(type_: str) -> Shape:
    """The shape of a type of nodes, by the name that vis-network has for it."""
    return _SHAPES.get(type_, "dot")


def words_of(type_: str) -> str:
    """The type as people read it."""
    return _WORDS.get(type_, type_)


def radius_of(level: int, nodes: int) -> float:
    """The radius of a node's mark in pixels, in a picture of so many nodes."""
    return _RADII[min(level, 2)] * _grown(level, nodes)


def font_of(level: int, nodes: int) -> float:
    """The height of a node's label in pixels, in a picture of so many nodes."""
    return _FONTS[min(level, 2)] * _grown(level, nodes)


def _grown(level: int, nodes: int) -> float:
    # In large pictures what is near the middle is larger, so that it can be read where all is seen at once.
    return max(1.0, math.sqrt(nodes / _FEW)) if level < 2 else 1.0
