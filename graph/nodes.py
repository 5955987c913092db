"""All node types, each declared once."""

from __future__ import annotations

from graph.nodes_help import HELP
from graph.nodes_world import WORLD

NODES = (*WORLD, *HELP)
