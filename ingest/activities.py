"""Dated events with their participants, and help as those who give it report it themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.dates import Period, dated
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Number, Rows, Vague, Visibility, read
from ingest.world import World

_ROLES = ("subject", "host", "organiser", "funder", "reviewer", "participant")


class ActivityRow(FactRow):
    """An event; `participants` are written `role:ISO3` or `role:name as the source writes it`."""

    id: str
    title: str
    kind: str
    date: Vague | None = None
    participants: Listed = ()
    themes: Listed = ()
    detail: str | None = None
    outcome: str | None = None
    visibility: Visibility = "public"
    source: Listed
    line: Listed = ()
    note: str | None = None


class ExperienceRow(FactRow):
    """An activity that is such help, as its provider reports it."""

    id: str
    title: str
    funders: Listed = ()
    implementers: Listed = ()
    countries: Listed = ()
    themes: Listed = ()
    first_year: int | None = None
    last_year: int | None = None
    amount: Number | None = None
    currency: str | None = None
    kind: str
    source: Listed
    line: str
    note: str | None = None


class FundingRow(FactRow):
    """Money for one capacity over some years: disbursed by one giver, or received in one State."""

    id: str
    who: str
    who_kind: Literal["State", "Organisation"]
    direction: Literal["disbursed", "received"]
    capacity: str
    themes: Listed
    first_year: int
    last_year: int
    amount: Number
    currency: str
    source: Listed
    line: Listed
    note: str | None = None


def _themes(themes: tuple[str, ...]) -> list[Link]:
    return [Link("CONCERNS", "Theme", theme) for theme in dict.fromkeys(themes)]


def _years(first: int | None, last: int | None) -> dict[str, Value]:
    begins, ends = first or last, last or first
    return dated(Period.of_years(begins, ends)) if begins and ends else {}


def events(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Visits, peer reviews, evaluations, workshops and reports; one told by several sources is one."""
    yield from event_records(read(folder / "activities.csv", ActivityRow, rejects), World.of(folder, rejects))


def event_records(rows: Rows[ActivityRow], world: World) -> Iterator[Record]:
    """Each event with its participants by role."""
    parties = world.parties
    for line, row in rows:
        links: list[Link] = []
        for role in _ROLES:
            those = [who.strip() for said, _, who in (one.partition(":") for one in row.participants) if said == role]
            found, unresolved = world.names.links("INVOLVES", [who for who in those if who not in parties])
            yield from unresolved
            found += [Link("INVOLVES", parties[who], who) for who in dict.fromkeys(those) if who in parties]
            links += [
                Link("INVOLVES", one.label, one.key, {**one.properties, "role": role}, ordinal=_ROLES.index(role))
                for one in found
            ]
        said = row.model_dump(include={"title", "kind", "detail", "outcome", "note"})
        properties = {**said, "visibility": row.visibility, **dated(row.date)}
        links += [*_themes(row.themes), *from_links(row.source)]
        yield Record("Activity", row.id, properties, tuple(links), line=line)


def experience(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Activities that are such help: presence and experience of those who fund and carry them out."""
    world = World.of(folder, rejects)
    names, parties = world.names, world.parties
    for line, row in read(folder / "experience.csv", ExperienceRow, rejects):
        providers, unresolved = names.links("PROVIDED_BY", row.funders)
        through, more = names.links("IMPLEMENTED_BY", row.implementers)
        yield from (*unresolved, *more)
        properties: dict[str, Value] = {
            **row.model_dump(include={"title", "kind", "amount", "currency", "note"}),
            "visibility": "public",
            **_years(row.first_year, row.last_year),
        }
        where = [Link("RECEIVED_BY", parties.get(code, "State"), code) for code in row.countries]
        links = (*providers, *through, *where, *_themes(row.themes), *from_links(row.source, row.line))
        yield Record("Activity", row.id, properties, links, line=line)


def funding(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Money disbursed and received for capacities of health security, summed over the years."""
    world = World.of(folder, rejects)
    names, parties = world.names, world.parties
    for line, row in read(folder / "funding.csv", FundingRow, rejects):
        type_ = "PROVIDED_BY" if row.direction == "disbursed" else "RECEIVED_BY"
        if row.who_kind == "State":
            links = [Link(type_, parties[row.who], row.who)]
        else:
            links, unresolved = names.links(type_, (row.who,))
            yield from unresolved
        verb = f"{row.direction} {'by' if row.direction == 'disbursed' else 'in'} {row.who}"
        properties: dict[str, Value] = {
            "title": f"Money for {row.capacity}, {verb}, {row.first_year}-{row.last_year}",
            **row.model_dump(include={"amount", "currency", "note"}),
            "kind": "funding",
            "visibility": "public",
            **_years(row.first_year, row.last_year),
        }
        links = [*links, *_themes(row.themes), *from_links(row.source, row.line)]
        yield Record("Activity", row.id, properties, tuple(links), line=line)
