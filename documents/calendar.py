"""The calendar of dated events as an iCalendar file (RFC 5545): all-day events, the same file for the same data."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from documents.form import plain, web_address
from graph.store import Store
from queries.answer import Ref, Source, count
from queries.assemble import data_version, sources_of
from queries.dated_events import DatedEvent, Precision, dated_events
from queries.parameters import ParameterError, visible

_VAGUE: dict[Precision, str] = {"month": "to a month", "quarter": "to a quarter", "longer": "to a longer time"}
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")
_CAVEAT = "Events as sources held by Light Footprint date them; to be confirmed with the organiser."


@dataclass(frozen=True, slots=True)
class Written:
    """A calendar, and how many events it holds and leaves out by how well their dates are known."""

    content: bytes
    events: int
    left_out: dict[Precision, int]

    def sentence(self) -> str:
        """It in a sentence."""
        told = f"{count(self.events, 'event')} with dates known to the day"
        if not self.left_out:
            return f"{told}."
        vague = ", ".join(f"{number:,} {_VAGUE[how]}" for how, number in self.left_out.items())
        return f"{told}; left out, as their dates are known less well: {vague}."


def calendar_file(graph: Store, since: date, until: date, *, committee: bool = False) -> Written:
    """The events between two days (both included) that sources date to the day.

    All-day events; the end is the day after the last (RFC 5545, 3.6.1). An event of which only the Committee may know
    is marked confidential. Raises `ParameterError` where the days are the wrong way round.
    """
    if since > until:
        raise ParameterError(f"--since {since.isoformat()} lies after --until {until.isoformat()}.")
    seen = visible(committee)
    found = dated_events(graph, since, until, seen)
    exact = [one for one in found if one.precision == "days"]
    vague: Counter[Precision] = Counter(one.precision for one in found if one.precision != "days")
    ids = sorted({id_ for one in exact for id_ in one.sources})
    sources = {one.id: one for one in sources_of(graph, [Ref(type="Source", id=id_) for id_ in ids])}
    calendar = Calendar()
    calendar.add("PRODID", "-//Light Footprint//Dated events//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", f"Resolution 1540 (2004): events {since.isoformat()} to {until.isoformat()}")
    calendar.add("X-WR-CALDESC", f"{_CAVEAT} Data version {data_version(graph, seen)}.")
    for one in sorted(exact, key=lambda event: (event.first, event.last, event.id)):
        calendar.add_component(_event(one, [sources[id_] for id_ in one.sources if id_ in sources]))
    left_out: dict[Precision, int] = {how: vague[how] for how in _VAGUE if vague[how]}
    return Written(calendar.to_ical(), len(exact), left_out)


def _event(one: DatedEvent, sources: list[Source]) -> Event:
    event = Event()
    event.add("UID", f"{hashlib.blake2b(f'{one.type} {one.id}'.encode(), digest_size=12).hexdigest()}@light-footprint")
    # Not the moment of export: the same data make the same file.
    event.add("DTSTAMP", datetime.combine(one.first, time(), UTC))
    event.add("DTSTART", one.first)
    event.add("DTEND", one.last + timedelta(days=1))
    event.add("SUMMARY", plain(one.title))
    event.add("DESCRIPTION", "\n".join(_described(one, sources)))
    event.add("TRANSP", "TRANSPARENT")
    if one.hosts:
        event.add("LOCATION", plain(", ".join(host.name for host in one.hosts)))
    if one.themes:
        event.add("CATEGORIES", [plain(theme.name) for theme in one.themes])
    if address := next(filter(None, map(web_address, sources)), None):
        event.add("URL", address)
    event.add("CLASS", "PUBLIC" if one.visibility == "public" else "CONFIDENTIAL")
    return event


def _described(one: DatedEvent, sources: list[Source]) -> list[str]:
    """Who takes part, the date as the source writes it, the sources, and what to keep in mind."""
    lists = (
        ("States", [state.name for state in one.states]),
        ("Organisations", [body.name for body in one.organisations]),
        ("Provided or organised by", [body.name for body in one.providers]),
    )
    told = [f"Kind: {plain(one.kind)}"]
    told += [f"{lead}: {plain(', '.join(names))}" for lead, names in lists if names]
    told.append(f"Date as the source has it: {plain(one.text)}")
    if not _DAYS.fullmatch(one.text.strip()):
        told.append("The source gives the date in words: these are the days that it may mean.")
    told += [
        f"Source: {plain(source.title)}, {plain(source.publisher or 'publisher not stated')}" for source in sources
    ]
    return [*told, _CAVEAT]
