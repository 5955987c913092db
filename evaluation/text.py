"""The evaluation's own Cypher and tables, read from the files beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import LiteralString

from graph.store import Store

HERE = Path(__file__).parent


@cache
def cypher(name: str) -> LiteralString:
    """The single statement of `evaluation/NAME.cypher`."""
    (statement,) = Store.read_file(HERE / f"{name}.cypher")
    return statement
