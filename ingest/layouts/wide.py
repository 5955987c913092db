"""Tables with a row a State and a column an indicator: GHS Index, self-assessments for WHO, FATF ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.records import Record
from ingest.dates import Period, when
from ingest.desk import Desk
from ingest.layouts.columns import (
    BLANK,
    CODE,
    NO_THEME,
    STATE,
    Dates,
    StateRow,
    about_states,
    by_row,
    column,
    must_fit,
)
from ingest.layouts.indicators import IndicatorRow, indicators
from ingest.layouts.scores import edition_of, is_blank, score
from ingest.statements import ScoreRow, score_records
from ingest.tables import Table
from ingest.titles import fold

_DATE = (
    "observed", "date", "as of", "report date", "date of report", "date of latest report", "publication date", "year",
)  # fmt: skip
# In FATF tables: when the mutual evaluation was adopted, and what the row's own report is.
_EVALUATED = ("mer date", "date of mer", "mutual evaluation date", "date of mutual evaluation")
_REPORT = ("report type", "type of report", "type")
# Of the self-assessment, which the date tells; the other schemes have one.
_EDITIONS = ("", "1", "2")
_NO_DATE = "the table does not say when: add a column 'Year' or 'Date', or put the year into the file's name"


@dataclass(frozen=True, slots=True)
class WideTable:
    """A table whose columns are indicators of one scheme; `least` of them have to be there."""

    name: str
    title: str
    scheme: str
    least: int = 2

    def fits(self, header: Sequence[str]) -> int:
        """How many columns are indicators, with the one that names the State; 0 where it is another table."""
        state = column(header, CODE) or column(header, STATE)
        known = len({id(found) for edition in _EDITIONS for found in self._known(header, edition).values()})
        return known + 1 if state and known >= self.least else 0

    def _known(self, header: Sequence[str], edition: str) -> dict[str, IndicatorRow]:
        """The columns that are indicators in an edition; a code may have the question behind it: `1.3.1a) Records`."""
        found = {one: indicators().find(self.scheme, one.partition(")")[0], edition) for one in header}
        return {one: row for one, row in found.items() if row}

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The statements of its rows. What is blank says nothing, `no data` says that, and 0 is a value."""
        must_fit(
            self.fits(table.header),
            table,
            "a State, and indicators such as 1.3.1a, C.4.2, R.7",
        )
        known = {edition: self._known(table.header, edition) for edition in _EDITIONS}
        about = {column(table.header, names) for names in (CODE, STATE, _DATE, _EVALUATED, _REPORT)}
        used = about.union(*known.values())
        if passed_over := sum(one not in used for one in table.header):
            desk.rejects.notes[f"columns: {NO_THEME}"] += passed_over
        yield from by_row(score_records(self._scores(table, desk, known), desk.world), table, desk)

    def _scores(
        self, table: Table, desk: Desk, known: dict[str, dict[str, IndicatorRow]]
    ) -> Iterator[tuple[str, ScoreRow]]:
        dates = Dates.of(table, desk, _DATE, _NO_DATE)
        for row in about_states(table, desk):
            try:
                observed = dates(row)
            except ValueError as error:
                desk.rejects.add(table.name, row.place, dates.column, str(error), row.cells.get(dates.column))
                continue
            edition = edition_of(self.scheme, observed)
            for header, indicator in known[edition].items():
                written = row.cells[header]
                if is_blank(indicator, written):
                    desk.rejects.notes[BLANK] += 1
                    continue
                try:
                    told = _of_evaluation(row, table, observed) if indicator.scale == "FATF effectiveness" else observed
                    yield row.place, score(row.party, indicator, written, told, edition, desk.world)
                except ValueError as error:
                    desk.rejects.add_field(table.name, row.place, header, str(error), written)


def _of_evaluation(row: StateRow, table: Table, observed: Period) -> Period:
    """When an outcome was rated: by the mutual evaluation, of which a later report in the row tells the end only."""
    if written := row.cells.get(column(table.header, _EVALUATED), ""):
        return when(written)
    report = fold(row.cells.get(column(table.header, _REPORT), ""))
    if "fur" not in report.replace("furs", "fur").split() and "follow" not in report:
        return observed
    return Period(f"by {observed.text}", None, observed.latest)


GHS = WideTable("ghs-index", "Global Health Security Index", "GHS")
SPAR = WideTable("spar", "Self-assessments for WHO (SPAR)", "SPAR")
FATF = WideTable("fatf-ratings", "FATF ratings", "FATF")
