"""The one place where what answers say becomes plain values: for files of other programs, pages and pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.harmless import clean


def plain(value: Any) -> str | int | float | bool:
    """A value as text, number or truth: dates as ISO text, lists joined by `; `."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(str(plain(one)) for one in value)
    return clean(str(value))
