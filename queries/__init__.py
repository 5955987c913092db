"""Questions to the graph: each has a `.cypher` and, beside it, a module with one function of the same name.

The function's signature and docstring are the only declaration; the command line reads them from `questions()`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

from queries.answer import Answer


def questions() -> dict[str, Callable[..., Answer[Any]]]:
    """All questions by name: the modules of this package with a function called like them."""
    found: dict[str, Callable[..., Answer[Any]]] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda one: one.name):
        function = getattr(importlib.import_module(f"{__name__}.{module.name}"), module.name, None)
        if inspect.isfunction(function) and next(iter(inspect.signature(function).parameters)) == "graph":
            found[module.name] = function
    return found
