"""Tables with a row for each State and indicator: FATF ratings, joint external evaluations, self-assessments, costs.

The layout of public data sets on health security: `state`, `iso3`, `indicator` (`FATF_R7`, `JEE2_P.6.1`,
`SPAR_C.4.2`, `NAPHS_COST_…`), `value`, `year`, and a `note` that may tell dates better than the year does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.records import Record
from ingest.dates import Period, when
from ingest.desk import Desk
from ingest.layouts import naphs
from ingest.layouts.columns import BLANK, CODE, NO_THEME, STATE, StateRow, about_states, by_row, column, must_fit
from ingest.layouts.indicators import indicators
from ingest.layouts.scores import edition_of, is_blank, score
from ingest.statements import ScoreRow, score_records
from ingest.tables import Table
from ingest.titles import fold

NAME = "indicator-table"
_COLUMNS = ("indicator", "value", "year")
_CODE = re.compile(r"(FATF|JEE|SPAR|GHS)([1-3]?)[_ ](.+)\Z")
# What the note of a FATF rating tells: methodology, date of the mutual evaluation, date of the latest report.
RATED = re.compile(r"(\d{4}) methodology; MER date (\d{4}-\d\d); ratings table date \([^)]*\) (\d{4}-\d\d);")
_MISSION = re.compile(r"JEE mission date (\d{4}-\d\d-\d\d)")


def mission(note: str) -> str:
    """The date of the mission of a joint external evaluation, where a note tells it, else blank."""
    told = _MISSION.search(note)
    return told[1] if told else ""


class LongTable:
    """A table with a row for each State and indicator."""

    name = NAME
    title = "Indicators, a row each"

    def fits(self, header: Sequence[str]) -> int:
        """How many of its columns there are, if none of those that it must have lacks."""
        found = [column(header, (name,)) for name in _COLUMNS]
        state = column(header, CODE) or column(header, STATE)
        return len(found) + 1 if state and all(found) else 0

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The statements of its rows; those on costs of plans are needs as well."""
        must_fit(self.fits(table.header), table, "state or iso3, indicator, value, year")
        costs: list[StateRow] = []
        yield from by_row(score_records(_scores(table, desk, costs), desk.world), table, desk)
        yield from naphs.needs(costs, table, desk, lambda cells, plan: naphs.total(naphs.amounts(cells), plan))


def _scores(table: Table, desk: Desk, costs: list[StateRow]) -> Iterator[tuple[str, ScoreRow]]:
    """What rows say of their States; those on what plans cost are set aside."""
    for row in about_states(table, desk):
        written = _cell(row, "indicator")
        if written.startswith(naphs.COSTS):
            costs.append(row)
        elif not (named := _CODE.match(written)) or not indicators().knows(named[1], named[3]):
            desk.rejects.notes[NO_THEME] += 1
        elif found := _score(row, named, table, desk):
            yield row.place, found


def _cell(row: StateRow, name: str) -> str:
    return next((text for header, text in row.cells.items() if fold(header) == name), "")


def _score(row: StateRow, named: re.Match[str], table: Table, desk: Desk) -> ScoreRow | None:
    """What a row says of its State; nothing where it is blank, or on none of the themes in its edition of the tool."""
    value = _cell(row, "value")
    scheme, edition, code = named.groups()
    try:
        observed = _observed(row, scheme, code)
        edition = edition or edition_of(scheme, observed)
        if scheme == "JEE" and not edition:
            raise ValueError("the edition of the tool has to be told: JEE1_, JEE2_ or JEE3_ before the code")
        indicator = indicators().find(scheme, code, edition)
        if indicator is None or is_blank(indicator, value):
            desk.rejects.notes[BLANK if indicator else NO_THEME] += 1
            return None
        return score(row.party, indicator, value, observed, edition, desk.world)
    except ValueError as error:
        desk.rejects.add(table.name, row.place, "value", str(error), f"{_cell(row, 'indicator')}: {value}")
        return None


def _observed(row: StateRow, scheme: str, code: str) -> Period:
    """When it was rated, as exactly as the row tells; `ValueError` where it does not."""
    note, year = _cell(row, "note"), _cell(row, "year")
    if scheme == "FATF" and (rated := RATED.match(note)):
        return when(rated[2] if fold(code).startswith("io") else rated[3])
    if scheme == "JEE" and (day := mission(note)):
        return when(day)
    if not year:
        raise ValueError("the year is not told")
    return when(year)
