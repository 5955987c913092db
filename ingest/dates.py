"""Dates as sources write them: a day, a month, a year, a span, or "before", "by", "after" a date."""

from __future__ import annotations

import calendar
import contextlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from graph.schema import Value

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?\Z")
_YEARS = re.compile(r"(\d{4})\s*[-\N{EN DASH}]\s*(\d{4})\Z")
# With the month as a word; and in numbers, where the order of day and month is that of the publisher.
_DAYS = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y")
_MONTHS = ("%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%b-%y")
_DAYS_IN_NUMBERS, _MONTHS_IN_NUMBERS = "%d/%m/%Y", "%m/%Y"
# A cell of a spreadsheet may hold the time as well.
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\Z")
_EITHER_WAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})\Z")
_OPEN = re.compile(r"(\d{4})\s*[-\N{EN DASH}]\Z")


@dataclass(frozen=True, slots=True)
class Period:
    """What a written date can mean: the text, the earliest and the latest day; `None` where it is open."""

    text: str
    earliest: date | None
    latest: date | None

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A whole year."""
        return cls(str(year), date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        """From the first day of one year to the last day of another, or of the same."""
        return cls(f"{first}-{last}" if last != first else str(first), date(first, 1, 1), date(last, 12, 31))


def dated(period: Period | None, name: Literal["date", "start", "end"] = "date") -> dict[str, Value]:
    """The properties of a date as a record has them: text, earliest and latest day; none where there is no date."""
    if period is None:
        return {}
    return {f"{name}_text": period.text, f"{name}_earliest": period.earliest, f"{name}_latest": period.latest}


def parse(text: str) -> Period:
    """Read a written date; `ValueError` says what was expected.

    Understood: `2009-10-01`, `2009-10`, `2009`, `2008-2011` (years), `2004-` (open end), `before D`, `by D`,
    `after D`, and `D/D` (from and to), where D is one of the first three.
    """
    try:
        return _parse(text.strip())
    except OverflowError:
        raise ValueError(f"{text!r} is beyond the years 1 to 9999") from None


def _parse(text: str) -> Period:
    if timed := _TIMED.match(text):
        return Period(text, *_part(timed[1]))
    if _EITHER_WAY.match(text):
        raise ValueError(f"{text!r} {_either_way(text)}")
    word, _, rest = text.partition(" ")
    if word == "before":
        return Period(text, None, _part(rest)[0] - timedelta(days=1))
    if word == "by":
        return Period(text, None, _part(rest)[1])
    if word == "after":
        return Period(text, _part(rest)[1] + timedelta(days=1), None)
    if open_end := _OPEN.match(text):
        return Period(text, date(int(open_end[1]), 1, 1), None)
    if years := _YEARS.match(text):
        return _ordered(text, date(int(years[1]), 1, 1), date(int(years[2]), 12, 31))
    if "/" in text:
        first, _, last = text.partition("/")
        return _ordered(text, _part(first)[0], _part(last)[1])
    return Period(text, *_part(text))


def _either_way(text: str) -> str:
    """Why a date in numbers with the year at its end is not taken, and how to write it."""
    first, second, year = (int(part) for part in re.split(r"[/.-]", text))
    if year < 100:
        return "does not say the century, and perhaps not which number is the day; write it as 2009-10-01"
    found = set()
    for month, day in ((first, second), (second, first)):
        with contextlib.suppress(ValueError):
            found.add(date(year, month, day))
    if not found:
        return "is not in the calendar"
    (one,) = found if len(found) == 1 else (None,)
    return f"is to be written as {one}" if one else "does not say which number is the day; write it as 2009-10-01"


def _ordered(text: str, earliest: date, latest: date) -> Period:
    if earliest > latest:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(text, earliest, latest)


def _part(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    match = _DATE.match(text.strip())
    if not match:
        examples = "2009-10-01, 2009-10, 2009, 2008-2011, 4 May 2009 or before 2009-06-02"
        raise ValueError(f"{text!r} is not a date such as {examples}")
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar") from None


@lru_cache(maxsize=4096)
def when(written: str, in_numbers: bool = True) -> Period:
    """A date as sources write it (`29 Dec 2005`, `Dec-2018`, `2018-12`, `2018`); `ValueError` says what is expected.

    `29/12/2005` only `in_numbers`, where it is known that the day comes first.
    """
    plain = " ".join(written.split()).removesuffix(" 00:00:00")
    for form in (*_DAYS, *((_DAYS_IN_NUMBERS,) if in_numbers else ())):
        if day := _read(plain, form):
            return parse(day.date().isoformat())
    for form in (*_MONTHS, *((_MONTHS_IN_NUMBERS,) if in_numbers else ())):
        if month := _read(plain, form):
            return parse(month.strftime("%Y-%m"))
    try:
        return parse(plain)
    except ValueError:
        if not in_numbers:
            raise
        raise ValueError(f"{written!r} is no date such as 2026-05-04, 2026-05, 2026, 4 May 2026 or May 2026") from None


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None
