"""How far each kind of evidence carries: the rules by which statements of different age and kind are read.

A field reads `in place`, `incomplete`, `no entry` or `unknown`. Unknown is not a gap. The figures are domain
rules of this project: for how many years a negative of each kind is taken to hold after its observation.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

Reading = Literal["in place", "incomplete", "no entry", "unknown"]
Kind = Literal["matrix", "treaty", "assessment", "stated_need", "law", "self_assessment", "index"]

READINGS: tuple[Reading, ...] = get_args(Reading)
KINDS: tuple[Kind, ...] = get_args(Kind)
NEGATIVE: tuple[Reading, ...] = ("incomplete", "no entry")

# Years that a negative holds from its observation. A law says something is there: it is never a negative.
YEARS_HELD: dict[Kind, int] = {
    "treaty": 3,
    "matrix": 8,
    "assessment": 10,
    "stated_need": 5,
    "index": 4,
    "self_assessment": 3,
    "law": 8,
}
# What a question reads unless the user says otherwise: not private bodies' indices, not self-assessments.
DEFAULT_EVIDENCE: tuple[Kind, ...] = ("matrix", "treaty", "assessment", "stated_need", "law")

DISCLAIMER = (
    "This is a tool for matching assistance, not for judging compliance: a field that reads incomplete or "
    "no entry says what a named source recorded on a date, and no source is not a gap."
)


def years_after(day: date, years: int) -> date:
    """The same day so many years later (29 February becomes 28 February), within the years that a date can have."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def holds(
    kind: Kind, reading: Reading, observed: date, valid_from: date | None = None, valid_to: date | None = None
) -> tuple[date, date | None]:
    """The first and the last day on which a statement is taken to hold (no last day: it holds on).

    A dated positive (a ratification) holds from its own date, not before, and ends with a withdrawal; one
    without a date holds from its observation. A negative holds from its observation for `YEARS_HELD` years.
    """
    if reading in NEGATIVE:
        return observed, years_after(observed, YEARS_HELD[kind])
    return valid_from or observed, valid_to
