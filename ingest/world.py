"""What the facts that ship know of the world, ready for look-ups while rows are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from graph.records import Link
from ingest.obligations import MatrixRow, ParagraphRow, ThemeRow, cells, section_id
from ingest.organisations import OrganisationRow
from ingest.partners import PartnerNames, PartnerRow, folded
from ingest.readings import Readings
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Vague, read
from ingest.states import StateRow, TerritoryRow, party_labels, region_names
from ingest.titles import fold

# Below this likeness (of 100) a suggestion puzzles more than it helps.
_NEAR = 65
_SHORTEST = 4
# The alpha-3 codes that ISO 3166-1 leaves to its users, and so never gives to a State.
_INVENTED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


class InstrumentRow(FactRow):
    """A treaty and the obligation row it stands for."""

    id: str
    title: str
    short_title: str
    obligation: str
    adopted: Vague
    negative_note: str
    source: Listed
    positive_word: str = "party"


@dataclass(frozen=True, slots=True)
class World:
    """Parties by code (`State` or `Territory`), names of partners, readings, instruments; and words of people.

    `states`, `themes`, `obligations` and `regions` give the code or id by names and ids as `fold` makes them.
    """

    parties: dict[str, str]
    names: PartnerNames
    readings: Readings
    instruments: dict[str, InstrumentRow]
    states: dict[str, str]
    themes: dict[str, str]
    obligations: dict[str, str]
    regions: dict[str, str]
    organisations: dict[str, str]
    # Ids of requests that the graph holds.
    requests: set[str] = field(default_factory=set)
    # Whether States may be invented: then each code that is nobody's stands for one.
    practice: bool = False

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> World:
        """Read what is needed from a folder of facts."""
        return cls(
            party_labels(folder), PartnerNames.of(folder), Readings.of(folder, rejects),
            {row.id: row for _, row in read(folder / "instruments.csv", InstrumentRow, rejects)},
            _states(folder), _themes(folder), _obligations(folder),
            {fold(name): name for name in region_names(folder)}, _organisations(folder),
        )  # fmt: skip

    def learn(self, organisation: str, names: Iterable[str]) -> None:
        """Take in an organisation that the facts do not know, or further names of one; what is known stays."""
        for name in (organisation, *names):
            self.organisations.setdefault(fold(name), organisation)
            self.names.table.setdefault(folded(name), ("Organisation", organisation))

    def learn_party(self, code: str, label: str, names: Iterable[str]) -> None:
        """Take in a State or territory that the facts do not know, or further names of one; what is known stays."""
        self.parties.setdefault(code, label)
        for name in (code, *names):
            self.states.setdefault(fold(name), code)

    def invented(self, label: str, code: str) -> bool:
        """Whether that is an invented State."""
        return self.practice and label == "State" and _INVENTED.fullmatch(code) is not None

    def _invent(self, written: str) -> None:
        """Take in a code that is nobody's as a State, in a graph for practice; elsewhere say that there is one."""
        code, name = written.strip().upper(), fold(written)
        if not _INVENTED.fullmatch(code) or name in {**self.states, **self.organisations, **self.regions}:
            return
        if not self.practice:
            raise ValueError(
                f"{written!r} is the code of no State; invented States are taken in a graph for practice alone, with "
                "FOOTPRINT_PRACTICE=yes"
            )
        self.learn_party(code, "State", ())

    def place(self, type_: str, word: str) -> Link:
        """The link to what a word names that limits or excludes: a party, theme or region, else an organisation."""
        label = self.parties.get(word) or ("Theme" if word in self.themes.values() else "")
        return Link(type_, label or ("Region" if word in self.regions.values() else "Organisation"), word)

    def state(self, written: str) -> str:
        """The code of a State or territory by its code or name; `ValueError` suggests what may be meant."""
        self._invent(written)
        return _found(self.states, written, "State or territory")

    def organisation(self, written: str) -> str:
        """The id of an organisation by its id or a name; `ValueError` suggests what may be meant."""
        return _found(self.organisations, written, "organisation")

    def party(self, written: str) -> str:
        """The code of a State or territory, or the id of an organisation; `ValueError` suggests what may be meant."""
        self._invent(written)
        return _found(self.states | self.organisations, written, "State, territory or organisation")

    def region_or_party(self, written: str) -> str:
        """The name of a region, `world`, or a party; `ValueError` suggests what may be meant."""
        self._invent(written)
        known = {"world": "world", **self.organisations, **self.states, **self.regions}
        return _found(known, written, "region, State, territory or organisation")

    def theme(self, written: str) -> str:
        """The id of a theme by its id or name; `ValueError` suggests what may be meant."""
        return _found(self.themes, written, "theme")

    def obligation(self, written: str) -> str:
        """The id of a paragraph, section, row or cell by its id; `ValueError` suggests what may be meant."""
        return _found(self.obligations, written, "paragraph, section, row or cell of the matrix")


def _found(known: dict[str, str], written: str, what: str) -> str:
    wanted = fold(written)
    if wanted in known:
        return known[wanted]
    # Codes are too short to be near anything by more than chance.
    names = [name for name in known if len(name) >= _SHORTEST]
    near = process.extractOne(wanted, names, scorer=fuzz.WRatio, score_cutoff=_NEAR)
    hint = f"; perhaps {known[near[0]]} ({near[0]})" if near and near[0] != fold(known[near[0]]) else ""
    hint = hint or (f"; perhaps {known[near[0]]}" if near else "")
    raise ValueError(f"{written!r} is no {what} that is known{hint}")


def _states(folder: Path) -> dict[str, str]:
    ignored = Rejects()
    found: dict[str, str] = {}
    for _, row in read(folder / "states.csv", StateRow, ignored):
        for name in (row.iso3, row.iso2, *row.names()):
            found.setdefault(fold(name), row.iso3)
    for _, territory in read(folder / "territories.csv", TerritoryRow, ignored):
        for name in (territory.id, territory.iso2 or "", territory.name, *territory.other_names):
            if name:
                found.setdefault(fold(name), territory.id)
    return found


def _organisations(folder: Path) -> dict[str, str]:
    ignored = Rejects()
    found: dict[str, str] = {}
    for _, row in read(folder / "organisations.csv", OrganisationRow, ignored):
        for name in (row.id, row.name, row.short_name or "", *row.aliases):
            found.setdefault(fold(name), row.id)
    for _, partner in read(folder / "partners.csv", PartnerRow, ignored):
        if partner.agency:
            for name in (partner.agency, partner.written, partner.agency_name or ""):
                found.setdefault(fold(name), partner.agency)
    found.pop("", None)
    return found


def _themes(folder: Path) -> dict[str, str]:
    rows = [row for _, row in read(folder / "themes.csv", ThemeRow, Rejects())]
    return {fold(name): row.id for row in rows for name in (row.id, row.name)}


def _obligations(folder: Path) -> dict[str, str]:
    ids = [row.id for _, row in read(folder / "paragraphs.csv", ParagraphRow, Rejects())]
    for _, row in read(folder / "matrix_rows.csv", MatrixRow, Rejects()):
        ids += [section_id(row.section), row.id, *(cell for _, _, cell in cells(row))]
    return {fold(one): one for one in ids}
