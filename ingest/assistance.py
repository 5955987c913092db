"""Requests with their needs, offers, and precedents of help.

The column `line` of these tables is the line of the collection in which a page was noted, so that they can be compared;
the source of a record is the page, which has no lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.dates import Period, dated, parse
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Rows, Vague, Visibility, read
from ingest.statements import StatedNeed, stated_needs
from ingest.world import World

WORDS = "text:"
EVERYWHERE = "world"


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
    contact: str | None = None
    contact_person: str | None = None
    parallel: str | None = None
    visibility: Visibility
    source: Listed
    line: Listed = ()
    note: str | None = None


class NeedRow(FactRow):
    """A need of a request; without a visibility of its own it is as visible as that."""

    id: str
    request: str
    subject: str
    themes: Listed = ()
    help: Listed = ()
    weapons: Listed = ()
    existing: str | None = None
    beneficiary: str | None = None
    time_frame: str | None = None
    visibility: Visibility | None = None
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


@dataclass
class Asked:
    """A request with the needs that have been read of it so far, each with its line."""

    line: str
    row: RequestRow
    needs: list[tuple[str, NeedRow]] = field(default_factory=list)


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
    """One request with its needs; each State that asks states them of its own fields."""
    answers, unresolved = world.names.links("ANSWERS", row.answered_by)
    yield from unresolved
    said = row.model_dump(include={"subject", "contact", "contact_person", "parallel", "note", "visibility"})
    properties = {**said, "answered_by": list(row.answered_by), **dated(row.date)}
    links = [Link("MADE_BY", world.parties.get(who, "Organisation"), who) for who in dict.fromkeys(row.made_by)]
    links += [*answers, *_themes(row.themes), *from_links(row.source)]
    links += [Link("PREFERS", world.parties.get(who, "Organisation"), who) for who in dict.fromkeys(row.preferred)]
    yield Record("Request", row.id, properties, tuple(links), line=line)
    stated = []
    for need_line, need in needs:
        yield _need(need_line, need, row)
        stated.append(StatedNeed(need.id, need.themes, need.subject, _narrower(need, row), need_line))
    for who in dict.fromkeys(row.made_by):
        if world.parties.get(who) == "State":
            yield from stated_needs(who, stated, world, row.date, row.source)


def _narrower(need: NeedRow, request: RequestRow) -> Visibility:
    """A need is never shown to more than its request."""
    return "committee" if "committee" in (need.visibility, request.visibility) else "public"


def _need(line: str, row: NeedRow, request: RequestRow) -> Record:
    said = row.model_dump(include={"subject", "existing", "beneficiary", "note"})
    said |= {"kinds": list(row.help), "weapons": list(row.weapons), "visibility": _narrower(row, request)}
    if row.time_frame:
        period = time_frame(row.time_frame)
        said |= {"time_frame_text": row.time_frame}
        said |= {"time_frame_earliest": period.earliest, "time_frame_latest": period.latest} if period else {}
    links = (Link("STATES_NEED", "Request", request.id), *_themes(row.themes), *from_links(row.source))
    return Record("Need", row.id, said, links, line=line)


def time_frame(text: str) -> Period | None:
    """The days that a time-frame names; `None` where it names none, such as "as soon as possible"."""
    try:
        return parse(text)
    except ValueError:
        return None


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
            "excluded": [part.removeprefix(WORDS).strip() for part in row.excluded if part.startswith(WORDS)],
            "contact": row.contact,
            "note": row.note,
            "visibility": row.visibility,
            **dated(row.date),
        }
        links = [*providers, *from_links(row.source)]
        links += [Link("COVERS", "Theme", theme, {"scope": row.scope}) for theme in dict.fromkeys(row.themes)]
        links += [world.place("LIMITED_TO", place) for place in dict.fromkeys(row.regions) if place != EVERYWHERE]
        links += [world.place("EXCLUDES", what) for what in dict.fromkeys(row.excluded) if not what.startswith(WORDS)]
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
