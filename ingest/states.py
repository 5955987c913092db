"""States, territories and regions: the United Nations' names and codes, and the facts of each State's reality."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.rejects import Rejects
from ingest.rows import Code3, FactRow, Listed, Number, Vague, YesNo, read

_M49 = ("un-country-codes",)


class StateRow(FactRow):
    """A State."""

    iso3: Code3
    iso2: str
    m49: str
    name: str
    status: str
    since: Vague | None = None
    region: str
    subregion: str
    intermediate_region: str | None = None
    name_en: str
    name_fr: str
    name_es: str
    name_ar: str
    name_zh: str
    name_ru: str
    other_names: Listed = ()
    languages: Listed = ()
    legal_traditions: Listed = ()
    neighbours: Listed = ()
    coastline_km: Number | None = None
    landlocked: YesNo | None = None
    ports: int | None = None
    ports_year: int | None = None
    reactors: int | None = None
    lldc: YesNo
    ldc: YesNo
    sids: YesNo
    source: Listed

    def names(self) -> tuple[str, ...]:
        """Its name, in the six languages of the United Nations and as people write it."""
        official = (self.name_en, self.name_fr, self.name_es, self.name_ar, self.name_zh, self.name_ru)
        return (self.name, *official, *self.other_names)


class TerritoryRow(FactRow):
    """A territory or other party."""

    id: Code3
    iso3: str | None = None
    iso2: str | None = None
    m49: str | None = None
    name: str
    other_names: Listed = ()
    part_of: Code3 | None = None
    region: str | None = None
    subregion: str | None = None
    kind: str
    source: Listed


def records(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Regions first, then States and territories, then the borders between them."""
    states = list(read(folder / "states.csv", StateRow, rejects))
    territories = list(read(folder / "territories.csv", TerritoryRow, rejects))
    yield from _regions([row for _, row in states], [row for _, row in territories])
    known = {row.iso3: "State" for _, row in states} | {row.id: "Territory" for _, row in territories}
    for line, row in states:
        yield _state(row, line, known)
    for line, territory in territories:
        yield _territory(territory, line)


def party_labels(folder: Path) -> dict[str, str]:
    """`State` or `Territory` by code, for the tables that name parties by code alone."""
    ignored = Rejects()
    return {row.iso3: "State" for _, row in read(folder / "states.csv", StateRow, ignored)} | {
        row.id: "Territory" for _, row in read(folder / "territories.csv", TerritoryRow, ignored)
    }


def region_names(folder: Path) -> set[str]:
    """The names of the regions of all levels."""
    ignored = Rejects()
    states = [row for _, row in read(folder / "states.csv", StateRow, ignored)]
    territories = [row for _, row in read(folder / "territories.csv", TerritoryRow, ignored)]
    return {record.key for record in _regions(states, territories)}


def party_by_code(folder: Path) -> dict[str, tuple[str, str]]:
    """Label and key of each State and territory by its ISO 3166 codes of two and of three letters."""
    ignored = Rejects()
    found: dict[str, tuple[str, str]] = {}
    for _, state in read(folder / "states.csv", StateRow, ignored):
        found[state.iso3] = found[state.iso2] = ("State", state.iso3)
    for _, row in read(folder / "territories.csv", TerritoryRow, ignored):
        found[row.id] = ("Territory", row.id)
        if row.iso2:
            found[row.iso2] = ("Territory", row.id)
    return found


def _regions(states: list[StateRow], territories: list[TerritoryRow]) -> Iterator[Record]:
    parents: dict[str, tuple[str, str | None]] = {}
    rows: list[StateRow | TerritoryRow] = [*states, *territories]
    for row in rows:
        if row.region:
            parents.setdefault(row.region, ("region", None))
        if row.subregion and row.region:
            parents.setdefault(row.subregion, ("subregion", row.region))
        if isinstance(row, StateRow) and row.intermediate_region:
            parents.setdefault(row.intermediate_region, ("intermediate region", row.subregion))
    order = ("region", "subregion", "intermediate region")
    for name, (level, parent) in sorted(parents.items(), key=lambda item: (order.index(item[1][0]), item[0])):
        links = (Link("PART_OF", "Region", parent),) if parent else ()
        yield Record("Region", name, {"name": name, "level": level}, (*links, *from_links(_M49)))


def _state(row: StateRow, line: str, known: dict[str, str]) -> Record:
    properties = row.model_dump(
        include={
            "iso2", "m49", "name", "name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru", "status",
            "coastline_km", "landlocked", "ports", "ports_year", "reactors", "ldc", "lldc", "sids",
        },
        exclude_none=True,
    )  # fmt: skip
    properties |= {
        "other_names": list(row.other_names),
        "languages": list(row.languages),
        "legal_traditions": list(row.legal_traditions),
        "since": row.since.earliest if row.since else None,
    }
    links = [Link("PART_OF", "Region", row.intermediate_region or row.subregion), *from_links(row.source)]
    for neighbour in row.neighbours:
        code, _, km = neighbour.partition(":")
        links.append(Link("BORDERS", known[code], code, {"km": float(km) if km else None}))
    return Record("State", row.iso3, properties, tuple(links), line=line)


def _territory(row: TerritoryRow, line: str) -> Record:
    properties = row.model_dump(include={"iso2", "m49", "name", "kind"}, exclude_none=True)
    properties["other_names"] = list(row.other_names)
    links = list(from_links(row.source))
    if region := row.subregion or row.region:
        links.append(Link("PART_OF", "Region", region))
    if row.part_of:
        links.append(Link("PART_OF", "State", row.part_of))
    return Record("Territory", row.id, properties, tuple(links), line=line)
