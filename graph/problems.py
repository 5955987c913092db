"""What a check of the data found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the check that found it, and which record or line it is and why."""

    check: str
    what: str
