"""Where the nodes of a picture stand: settled once, the same each time, no label over another."""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
# Room for lines between the labels: the area of a component is so many times that of its boxes.
_AIR = 1.6
# Pictures are wider than high.
_WIDE = 1.5
_GAP = 14.0
# How far each of two boxes moves in a round, of what they overlap; what is less than a pixel is let be.
_ROUNDS, _STEP, _NEARLY = 600, 0.35, 1.0
# Kamada and Kawai's layout takes seconds for more; beyond it the nodes are laid out by springs.
_MOST_EXACT = 150


def settled(
    graph: nx.Graph[str], boxes: Mapping[str, tuple[float, float]], centre: str | None = None
) -> dict[str, tuple[float, float]]:
    """The centre of each node's box in pixels, with no two boxes over each other; x to the right, y down.

    `boxes` are width and height of each node with its label. `centre` stands in the middle of its component. Nodes
    that are not linked with each other are laid out by themselves and set side by side, the largest first. The same
    graph, boxes and order of nodes give the same places.
    """
    groups = [[node for node in graph if node in group] for group in nx.connected_components(graph)]
    groups.sort(key=lambda group: (centre not in group, -len(group)))
    parts = [_component(graph.subgraph(group), group, boxes, centre) for group in groups]
    sizes = [np.array([boxes[node] for node in group]) for group in groups]
    return _packed(groups, parts, sizes)


def _component(
    graph: nx.Graph[str], nodes: list[str], boxes: Mapping[str, tuple[float, float]], centre: str | None
) -> Points:
    sizes = np.array([boxes[node] for node in nodes])
    if len(nodes) == 1:
        return np.zeros((1, 2))
    middle = centre if centre is not None and centre in graph else max(nodes, key=lambda node: len(graph[node]))
    start = _rings(graph, nodes, middle)
    if len(nodes) <= _MOST_EXACT:
        found = nx.kamada_kawai_layout(graph, dict(nx.all_pairs_shortest_path_length(graph)), pos=start)
    else:
        found = nx.spring_layout(graph, pos=start, seed=1540, iterations=120, k=2.2 / math.sqrt(len(nodes)))
    places = np.array([found[node] for node in nodes], dtype=float)
    places -= places[nodes.index(middle)]
    if len(nodes) > _MOST_EXACT:
        # Springs throw what hangs on one line far out.
        places *= (np.linalg.norm(places, axis=1, keepdims=True) + 1e-9) ** -0.3
    spread = float(np.sqrt(np.mean(np.sum(places**2, axis=1)))) or 1.0
    # So that the discs of this radius, taken as a whole, hold the boxes with air between them.
    radius = math.sqrt(_AIR * float(np.sum((sizes[:, 0] + _GAP) * (sizes[:, 1] + _GAP))) / math.pi / _WIDE / 2)
    places *= radius / spread * np.array([_WIDE, 1.0])
    return _apart(places, sizes)


def _rings(graph: nx.Graph[str], nodes: list[str], middle: str) -> dict[str, tuple[float, float]]:
    """Rings around the middle by distance, each in the order of the nodes; near what it is linked with on the last."""
    away = nx.single_source_shortest_path_length(graph, middle)
    angles: dict[str, float] = {middle: 0.0}
    for ring in range(1, max(away.values()) + 1):
        on = [node for node in nodes if away[node] == ring]
        if ring > 1:
            inner = {node: [angles[other] for other in graph[node] if away[other] == ring - 1] for node in on}
            on.sort(key=lambda node: math.atan2(sum(map(math.sin, inner[node])), sum(map(math.cos, inner[node]))))
            first = [math.atan2(sum(map(math.sin, inner[on[0]])), sum(map(math.cos, inner[on[0]])))]
        else:
            first = [-math.pi / 2]
        angles |= {node: first[0] + 2 * math.pi * number / len(on) for number, node in enumerate(on)}
    # Nothing exactly on one line: the solver could not leave it.
    return {
        node: (away[node] * math.cos(angle) + 1e-3 * number, away[node] * math.sin(angle) - 1e-3 * number)
        for number, (node, angle) in enumerate(angles.items())
    }


def _apart(places: Points, sizes: Points) -> Points:
    """Push boxes off each other, each pair along the way that is shorter, until none overlap."""
    x, y = places.T.copy()
    wide, tall = (side[:, None] / 2 + side[None, :] / 2 + _GAP for side in sizes.T)
    np.fill_diagonal(wide, -1.0)
    # Of two on one spot, the first in order goes one way and the second the other.
    order = np.sign(np.subtract.outer(np.arange(len(x)), np.arange(len(x)))) * 1e-6
    for _ in range(_ROUNDS):
        right, down = np.subtract.outer(x, x) + order, np.subtract.outer(y, y) + order
        over_x, over_y = wide - np.abs(right), tall - np.abs(down)
        hit = (over_x > _NEARLY) & (over_y > _NEARLY)
        if not hit.any():
            break
        aside = over_x < over_y
        x += _STEP * np.where(hit & aside, np.copysign(over_x, right), 0.0).sum(axis=1)
        y += _STEP * np.where(hit & ~aside, np.copysign(over_y, down), 0.0).sum(axis=1)
    return np.stack([x, y], axis=1)


def _packed(groups: list[list[str]], parts: list[Points], sizes: list[Points]) -> dict[str, tuple[float, float]]:
    """The components in shelves from left to right and from top to bottom."""
    corners = [
        ((part - size / 2).min(axis=0), (part + size / 2).max(axis=0)) for part, size in zip(parts, sizes, strict=True)
    ]
    areas = [float(np.prod(high - low + _GAP)) for low, high in corners]
    widest = max((float((high - low)[0]) for low, high in corners), default=0.0)
    width = max(widest, math.sqrt(sum(areas) * _WIDE * 1.2))
    found: dict[str, tuple[float, float]] = {}
    x = y = shelf = 0.0
    for group, part, (low, high) in zip(groups, parts, corners, strict=True):
        wide, tall = high - low
        if x and x + wide > width:
            x, y, shelf = 0.0, y + shelf + 2 * _GAP, 0.0
        moved = part - low + np.array([x, y])
        found |= {node: (float(place[0]), float(place[1])) for node, place in zip(group, moved, strict=True)}
        x, shelf = x + wide + 2 * _GAP, max(shelf, tall)
    return found
