"""Programmes as records, whichever source they come from; and the fact files of programmes that ship."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.dates import Period, dated
from ingest.partners import PartnerNames
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Number, Vague, Visibility, read
from ingest.sectors import SectorRow
from ingest.states import party_by_code
from ingest.titles import TitleLimits, TitleRules

DateKind = Literal["actual", "planned"]
LONGEST_CODE = 200
_NO_COUNTRY = "programmes that name no country that is known, so no question about a State finds them"
_SAID: dict[str, Value] = {
    "rule": "source",
    "how": "The source itself names this as a subject of the programme.",
    "directness": 3,
}


class Share(BaseModel):
    """A code with its share of the programme, in per cent, where the source says."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(min_length=1, max_length=LONGEST_CODE)
    percentage: float | None = Field(None, allow_inf_nan=False)


class Programme(BaseModel):
    """A programme before it becomes a record.

    `titles` are those in other languages, `sectors` ids such as `DAC/15210`, `countries` ISO 3166 codes or names of
    States, `regions` names of regions of the United Nations; `planned_start` and `planned_end` what was planned,
    where something else is known to have been.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str = Field(min_length=1, max_length=500)
    title: str = Field(min_length=1)
    titles: tuple[str, ...] = ()
    start: Period | None = None
    end: Period | None = None
    start_kind: DateKind | None = None
    end_kind: DateKind | None = None
    planned_start: str | None = None
    planned_end: str | None = None
    funders: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    sectors: tuple[Share, ...] = ()
    countries: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    amount: float | None = Field(None, allow_inf_nan=False)
    currency: str | None = None
    status: str | None = None
    publisher: str | None = None
    subjects: tuple[str, ...] = ()
    note: str | None = None
    # Themes that the source itself names.
    themes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    line: str = ""
    visibility: Visibility = "public"

    @property
    def words(self) -> str:
        """All titles together: a word in one language that keeps a rule off keeps it off in the others."""
        return " / ".join((self.title, *self.titles))


class ProgrammeRow(FactRow):
    """A row of a fact file of programmes."""

    id: str
    title: str
    start: Vague | None = None
    end: Vague | None = None
    start_kind: DateKind | None = None
    end_kind: DateKind | None = None
    funders: Listed = ()
    implementers: Listed = ()
    sectors: Listed = ()
    amount: Number | None = None
    currency: str | None = None
    status: str | None = None
    countries: Listed = ()
    publisher: str | None = None
    subjects: Listed = ()
    relevance: Literal["A", "B"] | None = None
    themes: Listed = ()
    source: Listed
    line: str
    note: str | None = None


# The fields that a record has as the programme does.
_AS_THEY_STAND = (
    "title", "start_kind", "end_kind", "planned_start", "planned_end", "amount", "currency", "status", "publisher",
    "note",
)  # fmt: skip


class ProgrammeRecords:
    """Turns programmes into records: names resolved, sectors known, titles read for themes."""

    def __init__(self, facts: Path, rejects: Rejects) -> None:
        """Read the tables that it needs from the folder of facts."""
        self.rejects = rejects
        self.names = PartnerNames.of(facts)
        self.rules = TitleRules.of(facts, rejects)
        self.limits = TitleLimits.of(facts, rejects)
        # The keys of unresolved names for which there is a record already.
        self.named: set[str] = set()
        self.parties = party_by_code(facts)
        self.sectors = {row.id for _, row in read(facts / "sectors.csv", SectorRow, rejects)}

    def records(self, programme: Programme, file: str, line: str, where: str = "") -> Iterator[Record]:
        """What the programme needs that no earlier one did (unresolved names, unknown sectors), then itself.

        `file` and `line` are for rejects; `where` is the line as the record keeps it, if not `line`.
        """
        funders, unresolved = self.names.links("FUNDED_BY", programme.funders)
        places = list(self._places(programme, file, line))
        recipient = (places[0].label, places[0].key) if len(places) == 1 and not programme.regions else None
        implementers, more = self.names.links("IMPLEMENTED_BY", programme.implementers, recipient)
        for organisation in (*unresolved, *more):
            if organisation.key not in self.named:
                self.named.add(organisation.key)
                yield organisation
        regions = (Link("ACTIVE_IN", "Region", one.code, {"percentage": one.percentage}) for one in programme.regions)
        links = [*funders, *implementers, *places, *regions]
        shares: dict[str, float | None] = {}
        for share in programme.sectors:
            shares.setdefault(share.code, share.percentage)
        for sector, percentage in shares.items():
            if sector not in self.sectors:
                self.sectors.add(sector)
                yield _unknown_sector(sector)
            links.append(Link("IN_SECTOR", "Sector", sector, {"percentage": percentage}))
        touches = self._touches(programme)
        links += [*touches, *from_links(programme.source, programme.line or None)]
        properties: dict[str, Value] = {
            name: value for name in _AS_THEY_STAND if (value := getattr(programme, name)) is not None
        }
        properties["titles"] = list(programme.titles) or None
        properties["subjects"] = list(programme.subjects) or None
        # What the source itself names as a subject, no word in the title takes back.
        if not programme.themes:
            properties["closed"] = self.limits.closed(programme.words, shares, touches=bool(touches))
        properties |= {**dated(programme.start, "start"), **dated(programme.end, "end")}
        properties["visibility"] = programme.visibility
        if not places:
            self.rejects.notes[_NO_COUNTRY] += 1
        if programme.start and programme.end and _ends_before_it_starts(programme.start, programme.end):
            self.rejects.notes["programmes that end before they start, so they never count as running"] += 1
        yield Record("Programme", programme.id, properties, tuple(links), line=where or line)

    def _touches(self, programme: Programme) -> list[Link]:
        """The themes that the source names, then those that the titles point to besides."""
        said = [Link("TOUCHES", "Theme", theme, dict(_SAID)) for theme in dict.fromkeys(programme.themes)]
        return said + [link for link in self.rules.links(programme.words) if link.key not in programme.themes]

    def _places(self, programme: Programme, file: str, line: str) -> Iterator[Link]:
        shares: dict[tuple[str, str], float | None] = {}
        for share in programme.countries:
            party = self.parties.get(share.code.upper()) or self._by_name(share.code)
            if party is None:
                reason = "is no ISO 3166 code and no name of a State"
                self.rejects.add_field(file, line, "recipient-country", reason, share.code)
            else:
                shares.setdefault(party, share.percentage)
        for (label, key), percentage in shares.items():
            yield Link("ACTIVE_IN", label, key, {"percentage": percentage})

    def _by_name(self, name: str) -> tuple[str, str] | None:
        party = self.names.table.get(" ".join(name.casefold().split()))
        return party if party and party[0] != "Organisation" else None


def _ends_before_it_starts(start: Period, end: Period) -> bool:
    return start.earliest is not None and end.latest is not None and end.latest < start.earliest


def _unknown_sector(sector: str) -> Record:
    vocabulary, _, code = sector.partition("/")
    return Record("Sector", sector, {"vocabulary": vocabulary, "code": code, "name": f"{code} (not in the code list)"})


def from_file(name: str, lines: bool = True) -> Callable[[Path, Rejects], Iterator[Record]]:
    """The reader of a fact file of programmes by its name; without `lines` its sources are pages, which have none."""

    def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
        made = ProgrammeRecords(folder, rejects)
        for line, row in read(folder / name, ProgrammeRow, rejects):
            fields = row.model_dump(exclude={"countries", "sectors", "start", "end", "relevance"})
            if not lines:
                fields["line"] = ""
            programme = Programme(
                **fields,
                start=row.start,
                end=row.end,
                countries=tuple(Share(code=code) for code in row.countries),
                sectors=tuple(Share(code=code) for code in row.sectors),
            )
            yield from made.records(programme, name, line)

    return records
