"""The graph from scripts and notebooks, and the command `footprint`.

Every question is a function here, on the graph of the settings (`FOOTPRINT_…`), opened at the first question:

    import footprint

    footprint.partners("CARICOM", theme="border-control", as_of="2009-06-01")

`dir(footprint)` names the questions and `help(footprint.partners)` explains one. `connect` opens another graph,
`to_networkx` makes a network of an answer, `py2neo` gives a py2neo `Graph`. An answer has `to_frame()` (pandas), and
notebooks show it as a table.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from footprint.face import Footprint, connect, py2neo, to_networkx
    from queries.answer import Answer

__all__ = ["Footprint", "connect", "py2neo", "to_networkx"]


def __getattr__(name: str) -> Callable[..., Answer[Any]]:
    """The question of that name, or one of `__all__`: looked up when asked for, as they take a while to import."""
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    face = importlib.import_module(f"{__name__}.face")
    found: Callable[..., Answer[Any]] = getattr(face, name) if name in __all__ else face.on_default(name)
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, *importlib.import_module(f"{__name__}.face").names()])
