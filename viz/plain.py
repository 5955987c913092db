"""The one place where what answers say becomes plain values: for files of other programs, pages and pictures."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

# What XML cannot hold, control characters, and marks that turn the direction of the text that follows.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile("[\u2028\u2029]")


def clean(text: str) -> str:
    """The text without characters that XML, a page or a picture cannot hold or that would mislead a reader."""
    return _BREAKS.sub(" ", _UNFIT.sub("", text))


def plain(value: Any) -> str | int | float | bool:
    """A value as text, number or truth: dates as ISO text, lists joined by `; `."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(str(plain(one)) for one in value)
    return clean(str(value))
