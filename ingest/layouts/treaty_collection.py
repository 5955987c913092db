"""Status of a treaty in the layout of the UN Treaty Collection: a row a participant, its signature and its consent.

A list names all participants, so a member State that it does not name was neither signatory nor party on its day.
This is said only where the list is whole: where each of its rows was read, and where it has all who, by the facts that
ship, had joined before its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from graph.records import Record
from ingest.dates import Period, when
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.layouts.columns import Dates, StateRow, about_states, by_row, column, must_fit
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.shipped import FACTS
from ingest.statements import TreatyRow, treaty_records
from ingest.states import StateRow as OfStates
from ingest.tables import Table
from ingest.titles import fold
from ingest.world import World

# Chapter and number in the collection, in figures and as it prints them.
CHAPTERS = {
    "18-9": "bombings", "18-11": "financing", "18-15": "icsant", "26-3": "cwc", "26-4": "ctbt", "27-8-a": "cartagena",
    "xviii-9": "bombings", "xviii-11": "financing", "xviii-15": "icsant", "xxvi-3": "cwc", "xxvi-4": "ctbt",
    "xxvii-8-a": "cartagena",
}  # fmt: skip
LETTERS = {
    "": "ratification", "a": "accession", "A": "acceptance", "AA": "approval", "d": "succession",
    "c": "formal confirmation", "s": "definitive signature",
}  # fmt: skip
_ACT = re.compile(r"(.*?\d)\s*([A-Za-z]*)\s*\Z")
_TREATY = ("treaty", "instrument", "convention")
_AS_AT = ("status as at", "as at", "as of", "observed", "date")
_ENDED = ("withdrawal", "denunciation", "withdrawn", "end date")
_WHICH = (
    "the list does not say of which treaty it is: name the file after its chapter in the collection (26-3.csv for the "
    "Chemical Weapons Convention) or after the treaty (cwc.csv), or add a column 'Treaty'"
)
_WHEN = (
    "the list does not say of which day it is: put the date into the file's name, such as 26-3_2026-02-03.csv, or add "
    "a column 'Status as at'"
)


def instrument(world: World, written: str) -> str:
    """The id of a treaty by its id, short title or title; blank for one that is not known."""
    wanted = fold(written)
    return next(
        (one.id for one in world.instruments.values() if wanted in map(fold, (one.id, one.short_title, one.title))), ""
    )


def in_words(world: World, name: str) -> str:
    """The treaty that is named in the name of a file, by its chapter, id or short title; blank where none is."""
    for chapter, known in CHAPTERS.items():
        if re.search(rf"(?<![\w-]){chapter}(?![a-z0-9-])", name.casefold()):
            return known
    words = f" {fold(name)} "
    named = [
        (len(fold(called)), one.id)
        for one in world.instruments.values()
        for called in (one.id, one.short_title, one.title)
        if f" {fold(called)} " in words
    ]
    return max(named)[1] if named else ""


class TreatyCollection:
    """The status of a treaty in the layout of the UN Treaty Collection."""

    name = "treaty-collection"
    title = "Treaty status (UN Treaty Collection)"

    def fits(self, header: Sequence[str]) -> int:
        """How many of its columns there are, if none of participant, signature and consent lacks."""
        participant, consent = column(header, ("participant",)), _consent(header)
        signed = any(fold(one).startswith("signature") for one in header)
        return 3 if participant and consent and signed else 0

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """Who is party and who has signed only; of the other member States, that they are not listed."""
        must_fit(self.fits(table.header), table, "Participant, Signature, Ratification or Accession")
        yield from by_row(treaty_records(_rows(table, desk), desk.world), table, desk)


def _consent(header: Sequence[str]) -> str:
    words = ("ratification", "accession", "succession")
    return next(
        (one for one in header if any(word in fold(one) for word in words) and "signature" not in fold(one)), ""
    )


def _rows(table: Table, desk: Desk) -> Iterator[tuple[str, TreatyRow]]:
    of_treaty, of_all = (
        column(table.header, _TREATY),
        next(filter(None, (in_words(desk.world, one) for one in (table.name, desk.dataset, *table.above))), ""),
    )
    if not of_treaty and not of_all:
        raise UnreadableFileError(f"{table.name}: {_WHICH}.")
    dates = Dates.of(table, desk, _AS_AT, _WHEN)
    before, last = len(desk.rejects.found), table.header_line
    lists: dict[str, tuple[Period, set[str]]] = {}
    for row in about_states(table, desk):
        last, written = row.place, row.cells.get(of_treaty, "")
        treaty = instrument(desk.world, written) if written else of_all
        try:
            if not treaty:
                raise ValueError(
                    f"{written!r} is no treaty that is known; there are {', '.join(desk.world.instruments)}"
                )
            observed = dates(row)
            found = _participant(row, table, treaty, observed)
        except ValueError as error:
            desk.rejects.add(table.name, row.place, "", str(error), " | ".join(row.cells.values()))
        else:
            lists.setdefault(treaty, (observed, set()))[1].add(row.party)
            if found.status == "party" or row.party in _since():
                yield row.place, found
            else:
                desk.rejects.notes[f"{treaty}: named without consent, and no member State"] += 1
    for treaty, (observed, parties) in lists.items():
        if doubt := _doubt(treaty, observed, parties, len(desk.rejects.found) > before):
            desk.rejects.notes[f"{treaty}: nothing is said of States that are not on the list, as {doubt}"] += 1
        else:
            yield from ((last, one) for one in _not_listed(treaty, observed, parties))


def _doubt(treaty: str, observed: Period, parties: set[str], broken: bool) -> str:
    """Why a list may not be whole; blank where nothing speaks against it."""
    if broken:
        return "not all of its rows could be read"
    lacking = sorted(_joined(treaty, observed) - parties)
    return f"{len(lacking)} are not that had joined before, such as {lacking[0]}" if lacking else ""


def _participant(row: StateRow, table: Table, treaty: str, observed: Period) -> TreatyRow:
    """What a row says; `ValueError` where a date cannot be read, or is later than the list."""
    signature = next(row.cells[one] for one in table.header if fold(one).startswith("signature"))
    signed, how_signed = _act(signature, observed)
    since, how = _act(row.cells[_consent(table.header)], observed)
    until, _ = _act(row.cells.get(column(table.header, _ENDED), ""), observed)
    if since:
        return TreatyRow(
            party=row.party, instrument=treaty, status="party", valid_from=since, valid_to=until, observed=observed,
            source=(), note=LETTERS[how],
        )  # fmt: skip
    how_signed = "succeeded to the signature" if how_signed == "d" else "signed"
    note = f"{how_signed} {signed.text}, not party in the source" if signed else "named without signature or consent"
    return TreatyRow(
        party=row.party, instrument=treaty, status="not listed", observed=observed, source=(), note=note,
        remark=f"the list is of {observed.text}",
    )  # fmt: skip


def _act(written: str, observed: Period) -> tuple[Period | None, str]:
    """The date of an act and the letter of its kind."""
    if not written:
        return None, ""
    told = _ACT.match(written)
    if told is None or told[2] not in LETTERS:
        raise ValueError(f"{written!r} is no date with the letter of an act, such as 24 Sep 2003 a")
    day = when(told[1])
    if day.earliest and observed.latest and day.earliest > observed.latest:
        raise ValueError(f"{written!r} is later than the list, which is of {observed.text}")
    return day, told[2]


def _not_listed(treaty: str, observed: Period, parties: set[str]) -> Iterator[TreatyRow]:
    for state in sorted(_members(observed) - parties):
        yield TreatyRow(
            party=state, instrument=treaty, status="not listed", observed=observed, source=(),
            note="not named in the source", remark=f"the list names all participants of {observed.text}",
        )  # fmt: skip


def _members(observed: Period) -> set[str]:
    """The members of the United Nations that there were."""
    return {state for state, since in _since().items() if _came_before(since, observed)}


@cache
def _since() -> dict[str, Period | None]:
    """The members of the United Nations, and since when those exist that are young."""
    rows = (row for _, row in read(FACTS / "states.csv", OfStates, Rejects()))
    return {row.iso3: row.since for row in rows if row.status == "member"}


def _joined(treaty: str, observed: Period) -> set[str]:
    """Who had joined a treaty before, by the facts that ship, and has not left it."""
    rows = (row for _, row in read(FACTS / "treaties.csv", TreatyRow, Rejects()))
    return {
        row.party
        for row in rows
        if row.instrument == treaty and row.valid_from and not row.valid_to and _came_before(row.valid_from, observed)
    }


def _came_before(day: Period | None, other: Period) -> bool:
    """Whether a day had surely come before another; one that is not told had."""
    return day is None or (day.latest is not None and other.earliest is not None and day.latest <= other.earliest)
