"""Grades of indicators as their tables write them: which edition of a tool it is, and what a cell says."""

from __future__ import annotations

from ingest.dates import Period
from ingest.layouts.indicators import IndicatorRow
from ingest.statements import ScoreRow
from ingest.titles import fold
from ingest.world import World

# Scales whose grades are numbers up to 100.
_OF_100 = frozenset({"GHS points", "SPAR percent"})
_NO_DATA = frozenset({"no data", "n a", "na", "not available", "nd"})
_SIGNS = frozenset({"-", "–", "—", "..", "…"})
# The second edition of the self-assessment, with other numbers for its capacities, is that of the reports for 2021.
_SECOND_SPAR = 2021


def edition_of(scheme: str, observed: Period) -> str:
    """The edition of a tool that its date tells; blank where it tells none."""
    if scheme != "SPAR" or observed.earliest is None:
        return ""
    return "2" if observed.earliest.year >= _SECOND_SPAR else "1"


def is_blank(indicator: IndicatorRow, written: str) -> bool:
    """Whether a cell says nothing; a dash does so where grades are letters or levels."""
    return not written or (written in _SIGNS and indicator.scale not in _OF_100)


def grade(indicator: IndicatorRow, written: str, world: World) -> str:
    """A grade as the table of readings has it; `ValueError` where it has none.

    `no data` is a grade, and 0 is another.
    """
    plain = written.strip()
    if indicator.scale in _OF_100:
        plain = plain.removesuffix("of 100").strip()
        plain = "no data" if fold(plain) in _NO_DATA or plain in _SIGNS else _of_100(plain)
    else:
        plain = plain.upper()
    world.readings.read(indicator.kind, indicator.scale, plain)
    return plain


def _of_100(written: str) -> str:
    try:
        value = float(written)
    except ValueError:
        raise ValueError(f"{written!r} is neither a number from 0 to 100 nor `no data`") from None
    if 0 < value <= 1:
        raise ValueError(f"{written!r} looks like a share of 1: write 80 in the place of 0.8")
    return written


def score(
    party: str, indicator: IndicatorRow, written: str, observed: Period, edition: str, world: World, note: str = ""
) -> ScoreRow:
    """What a cell says of a State; `ValueError` as in `grade`."""
    return ScoreRow(
        party=party, scheme=indicator.scheme, indicator=indicator.id, edition=edition, kind=indicator.kind,
        scale=indicator.scale, grade=grade(indicator, written, world), themes=indicator.themes, observed=observed,
        note=note or indicator.title,
    )  # fmt: skip
