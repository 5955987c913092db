"""What the layouts of others have in common: a row a State, dates of every kind, and what is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.records import Record
from ingest import dates
from ingest.dates import Period, when
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.tables import BEYOND, NO_VALUE, NO_VALUE_REASON, Table
from ingest.titles import fold

CODE = ("iso3", "ISO3166-1-Alpha-3", "iso code", "iso 3 code", "country code", "state code")
STATE = (
    "state", "country", "jurisdiction", "participant", "member state", "state or territory", "country or territory",
    "country name", "state party",
)  # fmt: skip
BLANK = "cells that are blank: nothing is said there"
NO_THEME = "indicators that bear on none of the themes were passed over"
_NO_STATE = "rows about a region or organisation, no State"
_REGIONS = frozenset(
    {"world", "global", "total", "average", "all countries", "afro", "amro", "emro", "euro", "searo", "wpro", "eu 27"}
)
_IN_A_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-([01]\d)(?:-([0-3]\d))?)?(?![\d]|-\d)")


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row about one State or territory: its place in the file, whom it is about, its cells by header."""

    place: str
    party: str
    cells: Mapping[str, str]


def column(header: Iterable[str], names: Sequence[str]) -> str:
    """The first of some columns that a header has, under its own word; blank where it has none."""
    there = {fold(one): one for one in header}
    return next((there[fold(name)] for name in names if fold(name) in there), "")


def must_fit(known: int, table: Table, needed: str) -> None:
    """Raise `UnreadableFileError` for a table that the user calls a layout whose columns (`needed`) it lacks."""
    if not known:
        raise UnreadableFileError(f"{table.name} lacks columns that this layout has: {needed}.")


def about_states(table: Table, desk: Desk) -> Iterator[StateRow]:
    """The rows of a table that are about a State or territory; others are noted, or rejected where nobody is found."""
    of_code, of_state = column(table.header, CODE), column(table.header, STATE)
    for place, cells in table.rows():
        broken = next((header for header, text in cells.items() if text == NO_VALUE), "")
        if broken or BEYOND in cells:
            reason = NO_VALUE_REASON if broken else "there are more cells than the header has"
            desk.rejects.add(table.name, place, broken or BEYOND, reason, cells.get(BEYOND, ""))
            continue
        try:
            party = _party(desk, cells.get(of_code, ""), cells.get(of_state, ""))
        except ValueError as error:
            desk.rejects.add(table.name, place, of_state or of_code, str(error), cells.get(of_state or of_code, ""))
        else:
            if party:
                yield StateRow(place, party, cells)
            else:
                desk.rejects.notes[f"{_NO_STATE} ({cells.get(of_state) or cells[of_code]})"] += 1


def _party(desk: Desk, iso3: str, written: str) -> str:
    """The code of a State or territory; blank for a region or an organisation."""
    world = desk.world
    if not (iso3 or written):
        raise ValueError("names no State")
    if iso3.upper() in world.parties:
        return iso3.upper()
    # Notes of lists stand behind a name as figures or signs.
    name = re.sub(r"[\s\d,*†‡]+\Z|\s*\[[^\]]*\]\Z", "", written) or iso3
    if fold(name) in world.states:
        return world.states[fold(name)]
    if fold(name) in _REGIONS or fold(name) in world.regions or fold(name) in world.organisations:
        return ""
    return world.state(name)


@dataclass(frozen=True, slots=True)
class Dates:
    """Of which day the rows of a table are: by a column, else by the name of the file or data set, or what
    stands above."""

    column: str
    of_all: Period | None

    @classmethod
    def of(cls, table: Table, desk: Desk, names: Sequence[str], missing: str) -> Dates:
        """Look where the dates are; `UnreadableFileError` says `missing` where there are none."""
        told = (table.name, desk.dataset, *table.above)
        of_all = next((found for one in told if (found := _in_name(one))), None)
        dates_ = cls(column(table.header, names), of_all)
        if not dates_.column and of_all is None:
            raise UnreadableFileError(f"{table.name}: {missing}.")
        return dates_

    def __call__(self, row: StateRow) -> Period:
        """The date of a row; `ValueError` where it has none or one that cannot be read."""
        if written := row.cells.get(self.column, ""):
            return when(written)
        if self.of_all is None:
            raise ValueError("the row has no date")
        return self.of_all


def _in_name(name: str) -> Period | None:
    """The date in a name such as `spar_2022.tsv` or `26-3_2026-02-03.csv`; `None` for none, or more than one."""
    found = {"-".join(filter(None, match.groups())) for match in _IN_A_NAME.finditer(name)}
    return dates.parse(found.pop()) if len(found) == 1 else None


def by_row(made: Iterable[Record], table: Table, desk: Desk) -> Iterator[Record]:
    """The records with what traces them to their row, where each has the place of its row as its line."""
    for record in made:
        yield from desk.traced([record], table.name, record.line)
