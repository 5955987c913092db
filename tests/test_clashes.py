"""`clashes` and the dated events behind it: small calendars by hand, and the one that ships."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from queries import questions
from queries.answer import Named, StateName
from queries.clashes import Clash, clashes
from queries.collisions import Place, collisions, told_once
from queries.dated_events import DatedEvent, dated_events, precision
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

SINCE, UNTIL = date(2020, 1, 1), date(2020, 12, 31)
WORLD = [
    Record("Source", "source-1", {"title": "One"}),
    Record("Region", "North", {"name": "North", "level": "subregion"}),
    *(
        Record("State", one, {"name": f"State {one}"}, (Link("PART_OF", "Region", "North"),) if one != "CCC" else ())
        for one in ("AAA", "BBB", "CCC", "DON")
    ),
    Record("Organisation", "org-c", {"name": "Org C"}, (Link("MEMBER_OF", "State", "CCC", {"status": "member"}),)),
    Record("Organisation", "giver", {"name": "Giver"}),
    Record("Organisation", "agency-don", {"name": "Agency of DON"}, (Link("PART_OF", "State", "DON"),)),
    Record("Theme", "licensing", {"name": "Licensing"}),
    Record("Theme", "transport", {"name": "Transport"}),
]


def event(id_: str, days: str, *links: Link, label: str = "Activity", **said: Any) -> Record:
    """An event on `FIRST/LAST`, with links besides that to its source."""
    first, _, last = days.partition("/")
    dates: dict[str, Value] = {
        "date_text": days, "date_earliest": date.fromisoformat(first), "date_latest": date.fromisoformat(last or first),
    }  # fmt: skip
    told = {"title": id_, "kind": "workshop", "visibility": "public", **dates, **said}
    return Record(label, id_, told, (*links, Link("FROM", "Source", "source-1")))


def host(iso3: str) -> Link:
    """The State that hosts."""
    return Link("INVOLVES", "State", iso3, {"role": "host"})


def organiser(id_: str) -> Link:
    """The organisation that organises."""
    return Link("INVOLVES", "Organisation", id_, {"role": "organiser"})


def on(theme: str) -> Link:
    """What it is about."""
    return Link("CONCERNS", "Theme", theme)


def pairs(rows: tuple[Clash, ...]) -> dict[tuple[str, str], tuple[str, int]]:
    """How each pair collides, and how far apart it is."""
    return {(row.events[0].id, row.events[1].id): (row.collide, row.apart) for row in rows}


CALENDAR = [
    event("a-1", "2020-03-02/2020-03-05", host("AAA"), on("licensing")),
    event("a-2", "2020-03-05/2020-03-06", host("AAA"), on("transport")),  # overlaps with a-1 on a day
    event("a-3", "2020-03-07", host("AAA")),  # the day after a-2, two days after a-1
    event("g-1", "2020-05-04/2020-05-08", host("BBB"), organiser("giver")),
    event("g-2", "2020-05-09", host("CCC"), organiser("giver"), on("licensing")),  # the day after, by the same giver
    event("year", "2020-01-01/2020-12-31", host("AAA"), organiser("giver"), on("licensing")),
    event("month", "2020-08-01/2020-08-31", host("AAA"), organiser("giver"), on("transport")),
    event("b-1", "2020-11-20/2020-11-21", host("BBB"), on("transport")),  # AAA's region, 81 days after the month ends
    event("c-org", "2020-07-01", Link("INVOLVES", "Organisation", "org-c", {"role": "participant"}), on("licensing")),
    event("hidden", "2020-03-05", host("AAA"), on("licensing"), visibility="committee"),
]


def test_a_small_calendar_by_hand(scratch: Store) -> None:
    write(scratch, [*WORLD, *CALENDAR])
    answer = clashes(scratch, SINCE, UNTIL, as_of=date(2021, 1, 1), limit=100)

    assert pairs(answer.rows) == {
        ("a-1", "a-2"): ("days", 0),
        ("a-2", "a-3"): ("days", 1),
        ("g-1", "g-2"): ("days", 1),
        ("g-2", "c-org"): ("quarter", 53),  # 9 May to 1 July; CCC is a member of the organisation
        ("month", "b-1"): ("quarter", 81),  # 31 August to 20 November, in one region
    }
    rows = {(row.events[0].id, row.events[1].id): row for row in answer.rows}
    assert rows[("a-1", "a-2")].suggestion.startswith(
        "Both call on State AAA, on other themes: the two could have been"
    )
    assert [one.id for one in rows[("g-1", "g-2")].providers] == ["giver"]
    assert [one.id for one in rows[("g-2", "c-org")].through] == ["org-c"]
    assert [one.id for one in rows[("month", "b-1")].regions] == ["North"]
    assert [one.id for one in answer.sources] == ["source-1"]
    assert all(row.features and row.suggestion for row in answer.rows)
    assert any(one == "Left out as known to the year, or longer than three months: 1." for one in answer.caveats)


@ONE_ENGINE
def test_the_days_asked_about_visibility_and_one_event_told_twice(scratch: Store) -> None:
    twice = event(
        "PREC/a-1", "2020-03-02/2020-03-05", Link("RECEIVED_BY", "State", "AAA"),
        Link("PROVIDED_BY", "Organisation", "agency-don"),
        label="Precedent", kind="help", title="The workshop a-1 in State AAA",
    )  # fmt: skip
    told = [
        replace(one, properties={**one.properties, "title": "Workshop a-1 in AAA"}) if one.key == "a-1" else one
        for one in CALENDAR
    ]
    write(scratch, [*WORLD, *told, twice])

    # An event of March asked from the last day of it: what it collides with may lie before.
    march = clashes(scratch, date(2020, 3, 6), date(2020, 3, 7))
    assert pairs(march.rows) == {("a-1", "a-2"): ("days", 0), ("a-2", "a-3"): ("days", 1)}
    assert pairs(clashes(scratch, date(2020, 3, 7), date(2020, 3, 7)).rows) == {("a-2", "a-3"): ("days", 1)}
    (pair,) = [row for row in march.rows if row.events[0].id == "a-1"]
    assert [one.id for one in pair.events[0].perhaps_same] == ["PREC/a-1"]
    assert [one.id for one in pair.events[0].providers] == ["DON"]

    assert "hidden" not in clashes(scratch, SINCE, UNTIL).model_dump_json()
    assert ("a-1", "hidden") in pairs(clashes(scratch, SINCE, UNTIL, committee=True).rows)


@ONE_ENGINE
def test_dated_events_as_a_calendar_takes_them(scratch: Store) -> None:
    never = [
        event("report", "2020-02-01", host("AAA"), kind="report"),
        event("money", "2020-02-01", host("AAA"), kind="funding"),
        event("model", "2020-02-01", label="Precedent", kind="model"),
        Record("Activity", "after", {"title": "x", "kind": "visit", "visibility": "public", "date_earliest": SINCE}),
    ]
    write(scratch, [*WORLD, *CALENDAR, *never])
    found = {one.id: one for one in dated_events(scratch, date(2020, 5, 8), date(2020, 7, 1), ["public"])}

    assert list(found) == ["year", "g-1", "g-2", "c-org"]
    one = found["g-1"]
    assert (one.type, one.first, one.last, one.text) == (
        "Activity",
        date(2020, 5, 4),
        date(2020, 5, 8),
        "2020-05-04/2020-05-08",
    )
    assert one.states == one.hosts == (StateName(iso3="BBB", name="State BBB"),)
    assert (one.providers, one.themes, one.sources) == ((Named(id="giver", name="Giver"),), (), ("source-1",))
    assert (one.precision, found["year"].precision) == ("days", "longer")
    assert "dated_events" not in questions()


@ONE_ENGINE
def test_the_calendar_that_ships(shipped: Store) -> None:
    answer = clashes(shipped, date(2004, 1, 1), date(2026, 12, 31), limit=500)
    found = pairs(answer.rows)

    # An evaluation of Ghana and a course in Accra, on the same five days.
    assert found[("ACT/2017-02/gha-jee", "PREC/243-nuclear-radiological-security-course-accra")] == ("days", 0)
    assert not [pair for pair in found if all(one.endswith("-jee") for one in pair)]
    # Told by two lists: one event, so it does not collide with itself.
    assert ("ACT/2022-12/mng-plan-items", "PREC/160-ranking-plan-items-mongolia") not in found
    assert any("PREC/160-ranking-plan-items-mongolia" in one for one in answer.caveats)
    scores = [row.score or 0 for row in answer.rows]
    assert scores == sorted(scores, reverse=True)
    assert answer.sources


@ONE_ENGINE
def test_bounds_are_told(shipped: Store) -> None:
    with pytest.raises(ParameterError, match="lies before the first"):
        clashes(shipped, date(2020, 2, 1), date(2020, 1, 1))
    with pytest.raises(ParameterError):
        clashes(shipped, limit=0)
    assert clashes(shipped, as_of=date(2020, 2, 29)).parameters["until"] == "2021-02-28"


# Pure parts ------------------------------------------------------------------------------------------------------


def made(number: int, first: date, length: int, state: str, theme: str) -> DatedEvent:
    """An event of one State under one theme, without provider."""
    last = first + timedelta(days=length)
    return DatedEvent(
        id=f"E{number}", type="Activity", kind="workshop", title=f"Event {number}", first=first, last=last, text="",
        precision=precision(first, last), states=(StateName(iso3=state, name=state),), organisations=(), hosts=(),
        providers=(), themes=(Named(id=theme, name=theme),), sources=(), visibility="public",
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 110), st.sampled_from("AB"), st.sampled_from("xy")), max_size=12
    )
)
def test_the_sweep_finds_what_comparing_every_pair_finds(drawn: list[tuple[int, int, str, str]]) -> None:
    events = [
        made(n, SINCE + timedelta(days=day), length, state, theme)
        for n, (day, length, state, theme) in enumerate(drawn)
    ]
    places = {one: Place(frozenset(), frozenset()) for one in "AB"}
    found = collisions([one for one in told_once(events) if not one.also], places, date.min, date.max)
    expected = set()
    single = {one.told.id for one in told_once(events) if not one.also}
    for a in events:
        for b in events:
            if (
                a.id < b.id
                and {a.id, b.id} <= single
                and a.states == b.states
                and (a.last - a.first).days < 92 > (b.last - b.first).days
            ):
                free = max((b.first - a.last).days, (a.first - b.last).days)
                short = max((a.last - a.first).days, (b.last - b.first).days) < 21
                if (short and free <= 1) or (a.themes == b.themes and free <= 90):
                    expected.add(frozenset((a.id, b.id)))
    assert {frozenset((one.first.told.id, one.second.told.id)) for one in found} == expected


@pytest.mark.parametrize(
    ("days", "known"), [(1, "days"), (21, "days"), (22, "month"), (31, "month"), (92, "quarter"), (93, "longer")]
)
def test_how_well_a_time_is_known(days: int, known: str) -> None:
    assert precision(SINCE, SINCE + timedelta(days=days - 1)) == known
