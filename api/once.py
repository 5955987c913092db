"""What may be said once is refused where it is said twice: of two values the last would win without a word."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from typing import Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError

_TWICE = "Give it once."


async def _said_once(request: Request) -> None:
    """`RequestValidationError` for a parameter, or a name in a JSON body, that is given twice."""
    wrong = _repeated("query", request.query_params.multi_items())
    if wrong:
        single = _single(request)
        wrong = [where for where in wrong if where[1] in single]
    if request.method == "POST":
        # What is no JSON, or nested without end, is told by those who read it.
        with suppress(ValueError, RecursionError):
            json.loads(await request.body(), object_pairs_hook=lambda pairs: wrong.extend(_repeated("body", pairs)))
    if wrong:
        raise RequestValidationError([{"type": "said_twice", "loc": where, "msg": _TWICE} for where in wrong])


def _single(request: Request) -> set[str]:
    """The parameters of the query that the description of this route does not give as lists."""
    described = request.app.openapi()["paths"].get(request.scope["route"].path, {}).get(request.method.lower(), {})
    takes: list[dict[str, Any]] = described.get("parameters", [])
    return {one["name"] for one in takes if one["in"] == "query" and one["schema"].get("type") != "array"}


def _repeated(where: str, pairs: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(where, name) for name, times in Counter(name for name, _ in pairs).items() if times > 1]


SAID_ONCE = Depends(_said_once)
