"""The calendar file, read back with icalendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from documents.calendar import calendar_file
from graph.records import Link, Record
from graph.store import Store
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

SINCE, UNTIL = date(2020, 1, 1), date(2020, 12, 31)


def event(
    number: int, first: date, last: date, text: str, visibility: str = "public", title: str = "Invented course"
) -> Record:
    said: dict[str, Any] = {
        "title": f"{title} {number}", "kind": "workshop", "date_text": text, "date_earliest": first,
        "date_latest": last,
        "visibility": visibility,
    }  # fmt: skip
    links = (
        Link("INVOLVES", "State", "AAA", {"role": "host"}), Link("CONCERNS", "Theme", "border-control"),
        Link("FROM", "Source", "invented"),
    )  # fmt: skip
    return Record("Activity", f"ACT/{number}", said, links)


def world() -> list[Record]:
    hostile = "=cmd \x07\r\nBEGIN:VEVENT; a, b"
    return [
        Record("Source", "invented", {"title": "Invented source", "url": "https://example.org/a"}),
        Record("State", "AAA", {"name": "State AAA"}),
        Record("Theme", "border-control", {"name": "Border control", "sections": ["OP3cd"]}),
        event(1, date(2020, 3, 2), date(2020, 3, 4), "2020-03-02/2020-03-04"),
        event(2, date(2020, 5, 7), date(2020, 5, 7), "2020-05-07", title=hostile),
        event(3, date(2020, 6, 1), date(2020, 6, 30), "2020-06"),
        event(4, date(2020, 1, 1), date(2020, 12, 31), "2020"),
        event(5, date(2020, 8, 1), date(2020, 8, 10), "early August 2020"),
        event(6, date(2020, 9, 1), date(2020, 9, 2), "2020-09-01/2020-09-02", "committee"),
        event(7, date(2021, 3, 2), date(2021, 3, 4), "2021-03-02/2021-03-04"),
    ]


def read(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content.decode()).walk("VEVENT"))


def test_events_read_back(scratch: Store) -> None:
    write(scratch, world())
    written = calendar_file(scratch, SINCE, UNTIL)
    events = read(written.content)

    assert [(one.decoded("DTSTART"), one.decoded("DTEND")) for one in events] == [
        (date(2020, 3, 2), date(2020, 3, 5)), (date(2020, 5, 7), date(2020, 5, 8)),
        (date(2020, 8, 1), date(2020, 8, 11)),
    ]  # fmt: skip
    assert (written.events, written.left_out) == (3, {"month": 1, "longer": 1})
    assert written.sentence() == (
        "3 events with dates known to the day; left out, as their dates are known less well: 1 to a month, "
        "1 to a longer time."
    )
    first, hostile, vague = events
    assert first.decoded("DTSTAMP") == datetime(2020, 3, 2, tzinfo=UTC)
    assert (str(first["LOCATION"]), str(first["URL"]), str(first["CLASS"])) == (
        "State AAA", "https://example.org/a", "PUBLIC",
    )  # fmt: skip
    assert [str(one) for one in first["CATEGORIES"].cats] == ["Border control"]
    assert "Source: Invented source" in first["DESCRIPTION"]
    assert "the days that it may mean" not in first["DESCRIPTION"]
    assert "the days that it may mean" in vague["DESCRIPTION"]
    assert str(hostile["SUMMARY"]) == "=cmd BEGIN:VEVENT; a, b 2"
    assert len({str(one["UID"]) for one in events}) == 3
    # The same data make the same file, and a narrower window the same events.
    assert calendar_file(scratch, SINCE, UNTIL).content == written.content
    narrow = read(calendar_file(scratch, date(2020, 5, 1), date(2020, 5, 31)).content)
    assert [str(one["UID"]) for one in narrow] == [str(hostile["UID"])]


@ONE_ENGINE
def test_the_committees_events_are_for_the_committee(scratch: Store) -> None:
    write(scratch, world())

    assert b"2020-09-01" not in calendar_file(scratch, SINCE, UNTIL).content
    events = read(calendar_file(scratch, SINCE, UNTIL, committee=True).content)
    assert [str(one["CLASS"]) for one in events] == ["PUBLIC", "PUBLIC", "PUBLIC", "CONFIDENTIAL"]
    with pytest.raises(ParameterError, match="lies after"):
        calendar_file(scratch, UNTIL, SINCE)


@ONE_ENGINE
def test_the_shipped_events(shipped: Store) -> None:
    written = calendar_file(shipped, date(2015, 1, 1), date(2019, 12, 31))
    events = read(written.content)

    assert len(events) == written.events > 100
    assert all(one.decoded("DTSTART") < one.decoded("DTEND") for one in events)
    assert len({str(one["UID"]) for one in events}) == len(events)
    assert written.left_out["longer"] > 0
