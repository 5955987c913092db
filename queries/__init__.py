"""Questions to the graph: each has a `.cypher` and, beside it, a module with one function of the same name.

The function's signature and docstring are the only declaration; the command line reads them from `questions()`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any, get_type_hints

from queries.answer import Answer


def questions() -> dict[str, Callable[..., Answer[Any]]]:
    """All questions by name: the modules of this package with a function called like them that gives an `Answer`."""
    found: dict[str, Callable[..., Answer[Any]]] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda one: one.name):
        question = _question(importlib.import_module(f"{__name__}.{module.name}"), module.name)
        if question:
            found[module.name] = question
    return found


def _question(module: ModuleType, name: str) -> Callable[..., Answer[Any]] | None:
    """The question in this module, if there is one: a helper that happens to be called like its module is none."""
    function = getattr(module, name, None)
    if not inspect.isfunction(function) or next(iter(inspect.signature(function).parameters), "") != "graph":
        return None
    gives = get_type_hints(function).get("return")
    return function if inspect.isclass(gives) and issubclass(gives, Answer) else None
