"""Requests with their needs, offers, and precedents of help.

The column `line` of these tables is the line of the collection in which a page was noted, so that they can be compared;
the source of a record is the page, which has no lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.dates import dated
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Rows, Vague, Visibility, read
from ingest.statements import stated_needs
from ingest.world import World

_WORDS = "text:"


class RequestRow(FactRow):
    """A request."""

    id: str
    made_by: Listed = Field(min_length=1)
    made_by_kind: Literal["State", "Organisation"]
    date: Vague
    subject: str
    themes: Listed = ()
    obligations_text: str | None = None
    preferred: Listed = ()
    answered_by: Listed = ()
    visibility: Visibility
    source: Listed
    line: Listed = ()
    note: str | None = None


class NeedRow(FactRow):
    """A need of a request."""

    id: str
    request: str
    subject: str
    themes: Listed = ()
    source: Listed
    line: Listed = ()
    note: str | None = None


class OfferRow(FactRow):
    """An offer, or a programme known from a provider's work."""

    id: str
    provider: Listed = Field(min_length=1)
    date: Vague | None = None
    visibility: Visibility = "public"
    means: Listed = ()
    kinds: Listed = ()
    themes: Listed = ()
    scope: Literal["general", "theme"]
    regions: Listed = ()
    excluded: Listed = ()
    in_reply_to: str | None = None
    offer_basis: Literal["offer", "programme"]
    contact: str | None = None
    subject: str
    source: Listed
    line: Listed = ()
    note: str | None = None


class PrecedentRow(FactRow):
    """Help that took place, or was planned, proposed or pledged."""

    id: str
    title: str
    providers: Listed = ()
    recipients: Listed = ()
    recipient_organisations: Listed = ()
    recipients_text: str | None = None
    themes: Listed = ()
    date: Vague | None = None
    kind: Literal["help", "plan", "proposal", "pledge", "event", "model", "principle", "tool"]
    rode_on: str | None = None
    outcome: str | None = None
    visibility: Visibility
    source: Listed
    line: Listed = ()
    note: str | None = None


def _themes(themes: tuple[str, ...]) -> list[Link]:
    return [Link("CONCERNS", "Theme", theme) for theme in dict.fromkeys(themes)]


def requests(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Requests, then their needs; a State's own needs are statements about its fields as well."""
    world = World.of(folder, rejects)
    needs: dict[str, list[tuple[str, NeedRow]]] = defaultdict(list)
    for line, need in read(folder / "needs.csv", NeedRow, rejects):
        needs[need.request].append((line, need))
    for line, row in read(folder / "requests.csv", RequestRow, rejects):
        yield from request_records(line, row, needs[row.id], world)


def request_records(line: str, row: RequestRow, needs: Rows[NeedRow], world: World) -> Iterator[Record]:
    """One request with its needs."""
    answers, unresolved = world.names.links("ANSWERS", row.answered_by)
    yield from unresolved
    properties = {
        "subject": row.subject,
        "answered_by": list(row.answered_by),
        "note": row.note,
        "visibility": row.visibility,
        **dated(row.date),
    }
    links = [Link("MADE_BY", world.parties.get(who, "Organisation"), who) for who in row.made_by]
    links += [*answers, *_themes(row.themes), *from_links(row.source)]
    links += [Link("PREFERS", world.parties.get(who, "Organisation"), who) for who in row.preferred]
    yield Record("Request", row.id, properties, tuple(links), line=line)
    own_needs = []
    for need_line, need in needs:
        said = {"subject": need.subject, "visibility": row.visibility}
        own = (Link("STATES_NEED", "Request", row.id), *_themes(need.themes), *from_links(need.source))
        yield Record("Need", need.id, said, own, line=need_line)
        own_needs.append((need.id, need.themes, need.subject))
    for who in row.made_by:
        if world.parties.get(who) == "State":
            yield from stated_needs(who, own_needs, world, row.date, row.source, row.visibility, line)


def offers(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Offers, with the regions they are limited to and what they exclude."""
    yield from offer_records(read(folder / "offers.csv", OfferRow, rejects), World.of(folder, rejects))


def offer_records(rows: Rows[OfferRow], world: World) -> Iterator[Record]:
    """Each offer with who makes it, what it covers and where."""
    for line, row in rows:
        providers, unresolved = world.names.links("MADE_BY", row.provider)
        yield from unresolved
        properties = {
            "subject": row.subject,
            "basis": row.offer_basis,
            "means": list(row.means),
            "kinds": list(row.kinds),
            "scope": row.scope,
            "excluded": [part.removeprefix(_WORDS).strip() for part in row.excluded if part.startswith(_WORDS)],
            "contact": row.contact,
            "visibility": row.visibility,
            **dated(row.date),
        }
        links = [*providers, *from_links(row.source)]
        links += [Link("COVERS", "Theme", theme, {"scope": row.scope}) for theme in dict.fromkeys(row.themes)]
        links += [world.place("LIMITED_TO", place) for place in row.regions if place != "world"]
        links += [world.place("EXCLUDES", what) for what in row.excluded if not what.startswith(_WORDS)]
        if row.in_reply_to:
            links.append(Link("ANSWERS", "Request", row.in_reply_to))
        yield Record("Offer", row.id, properties, tuple(links), line=line)


def precedents(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Precedents with providers, recipients and themes."""
    yield from precedent_records(read(folder / "precedents.csv", PrecedentRow, rejects), World.of(folder, rejects))


def precedent_records(rows: Rows[PrecedentRow], world: World) -> Iterator[Record]:
    """Each precedent with who helped, who was helped, and with what."""
    for line, row in rows:
        providers, unresolved = world.names.links("PROVIDED_BY", row.providers)
        yield from unresolved
        properties = row.model_dump(include={"title", "kind", "rode_on", "outcome", "recipients_text", "visibility"})
        recipients = [Link("RECEIVED_BY", world.parties.get(who, "State"), who) for who in row.recipients]
        recipients += [Link("RECEIVED_BY", "Organisation", who) for who in row.recipient_organisations]
        links = (*providers, *recipients, *_themes(row.themes), *from_links(row.source))
        yield Record("Precedent", row.id, {**properties, **dated(row.date)}, links, line=line)
