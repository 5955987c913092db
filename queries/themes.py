"""The themes behind what is asked for."""

from __future__ import annotations

from graph.store import Store
from queries.names import Meant
from queries.parameters import ParameterError
from queries.text import cypher


def all_themes(graph: Store) -> list[str]:
    """The ids of all themes, in order."""
    return [row["id"] for row in graph.ask(cypher("themes"))]


def themes_of(graph: Store, item: Meant) -> list[str]:
    """The ids of the themes of a theme or obligation, in order; `ParameterError` where it has none."""
    themes = sorted({theme for row in graph.ask(cypher("items"), {"asked": [item.id]}) for theme in row["themes"]})
    if not themes:
        raise ParameterError(f"{item.name} ({item.id}) has no theme by which help could be found; ask by a theme.")
    return themes
