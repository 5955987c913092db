"""Requests with their needs, offers, and precedents of help.

The column `line` of these tables is the line of the collection in which a page was noted, so that they can be compared;
the source of a record is the page, which has no lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.dates import dated
from ingest.obligations import ThemeRow
from ingest.partners import PartnerNames
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, Vague, Visibility, read
from ingest.statements import Readings, stated_needs
from ingest.states import party_labels, region_names

_WORDS = "text:"


class RequestRow(FactRow):
    """A request."""

    id: str
    made_by: str
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
    provider: str
    date: Vague | None = None
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
    names, readings, parties = PartnerNames.of(folder), Readings.of(folder, rejects), party_labels(folder)
    needs: dict[str, list[tuple[str, NeedRow]]] = defaultdict(list)
    for line, need in read(folder / "needs.csv", NeedRow, rejects):
        needs[need.request].append((line, need))
    for line, row in read(folder / "requests.csv", RequestRow, rejects):
        answers, unresolved = names.links("ANSWERS", row.answered_by)
        yield from unresolved
        properties = {
            "subject": row.subject,
            "answered_by": list(row.answered_by),
            "note": row.note,
            "visibility": row.visibility,
            **dated(row.date),
        }
        label = parties.get(row.made_by, "Organisation")
        links = [Link("MADE_BY", label, row.made_by), *answers, *_themes(row.themes), *from_links(row.source)]
        links += [Link("PREFERS", parties.get(who, "Organisation"), who) for who in row.preferred]
        yield Record("Request", row.id, properties, tuple(links), line=line)
        for need_line, need in needs[row.id]:
            said = {"subject": need.subject, "visibility": row.visibility}
            own = (Link("STATES_NEED", "Request", row.id), *_themes(need.themes), *from_links(need.source))
            yield Record("Need", need.id, said, own, line=need_line)
        if label == "State":
            own_needs = ((need.id, need.themes, need.subject) for _, need in needs[row.id])
            yield from stated_needs(row.made_by, label, own_needs, readings, row.date, row.source, row.visibility, line)


def offers(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Offers, with the regions they are limited to and what they exclude."""
    names, parties = PartnerNames.of(folder), party_labels(folder)
    places = Places.of(folder, parties)
    for line, row in read(folder / "offers.csv", OfferRow, rejects):
        providers, unresolved = names.links("MADE_BY", (row.provider,))
        yield from unresolved
        properties = {
            "subject": row.subject,
            "basis": row.offer_basis,
            "means": list(row.means),
            "kinds": list(row.kinds),
            "scope": row.scope,
            "excluded": [part.removeprefix(_WORDS).strip() for part in row.excluded if part.startswith(_WORDS)],
            "contact": row.contact,
            "visibility": "public",
            **dated(row.date),
        }
        links = [*providers, *from_links(row.source)]
        links += [Link("COVERS", "Theme", theme, {"scope": row.scope}) for theme in dict.fromkeys(row.themes)]
        links += [places.link("LIMITED_TO", place) for place in row.regions if place != "world"]
        links += [places.link("EXCLUDES", what) for what in row.excluded if not what.startswith(_WORDS)]
        if row.in_reply_to:
            links.append(Link("ANSWERS", "Request", row.in_reply_to))
        yield Record("Offer", row.id, properties, tuple(links), line=line)


class Places(dict[str, str]):
    """The label behind a word that limits or excludes: a region, State, organisation or theme."""

    @classmethod
    def of(cls, folder: Path, parties: dict[str, str]) -> Places:
        """Parties, themes and regions as the folder has them."""
        themes = {row.id: "Theme" for _, row in read(folder / "themes.csv", ThemeRow, Rejects())}
        return cls(parties | themes | dict.fromkeys(region_names(folder), "Region"))

    def link(self, type_: str, word: str) -> Link:
        """The link to what the word names; what is none of these is an organisation."""
        return Link(type_, self.get(word, "Organisation"), word)


def precedents(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Precedents with providers, recipients and themes."""
    names, parties = PartnerNames.of(folder), party_labels(folder)
    for line, row in read(folder / "precedents.csv", PrecedentRow, rejects):
        providers, unresolved = names.links("PROVIDED_BY", row.providers)
        yield from unresolved
        properties = row.model_dump(include={"title", "kind", "rode_on", "outcome", "recipients_text", "visibility"})
        recipients = [Link("RECEIVED_BY", parties.get(who, "State"), who) for who in row.recipients]
        recipients += [Link("RECEIVED_BY", "Organisation", who) for who in row.recipient_organisations]
        links = (*providers, *recipients, *_themes(row.themes), *from_links(row.source))
        yield Record("Precedent", row.id, {**properties, **dated(row.date)}, links, line=line)
