"""The questions' own Cypher, read from the file beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import LiteralString

from graph.store import Store

_HERE = Path(__file__).parent


@cache
def cypher(name: str) -> LiteralString:
    """The single statement of `queries/NAME.cypher`."""
    (statement,) = Store.read_file(_HERE / f"{name}.cypher")
    return statement
