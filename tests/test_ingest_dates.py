"""Dates as sources write them: what each form means, and that nothing but `ValueError` ever comes out."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.dates import Period, parse

DAYS = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
# Pieces of which written dates are made, so that random texts come near to real ones.
PIECES = st.sampled_from(
    [
        "before ", "by ", "after ", "-", "\N{EN DASH}", "/", " ", "0000", "0001", "1999", "2009", "9999", "01", "02",
        "12", "13", "29", "30", "31", "2008-2011", "2004-", "٢٠٠٩", "x",
    ]
)  # fmt: skip


def years_of(day: date) -> str:
    return f"{day.year:04d}"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2009-10-01", date(2009, 10, 1), date(2009, 10, 1)),
        ("2012-02-29", date(2012, 2, 29), date(2012, 2, 29)),
        ("2009-10", date(2009, 10, 1), date(2009, 10, 31)),
        ("2011-02", date(2011, 2, 1), date(2011, 2, 28)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2009-12", date(2009, 12, 1), date(2009, 12, 31)),
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("2008-2011", date(2008, 1, 1), date(2011, 12, 31)),
        ("2008 - 2011", date(2008, 1, 1), date(2011, 12, 31)),
        ("2008\N{EN DASH}2011", date(2008, 1, 1), date(2011, 12, 31)),
        ("2008-2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2004-", date(2004, 1, 1), None),
        ("2004\N{EN DASH}", date(2004, 1, 1), None),
        ("before 2009-06-02", None, date(2009, 6, 1)),
        ("before 2009-06", None, date(2009, 5, 31)),
        ("before 2009", None, date(2008, 12, 31)),
        ("by 2009-06-02", None, date(2009, 6, 2)),
        ("by 2012-02", None, date(2012, 2, 29)),
        ("by 2011", None, date(2011, 12, 31)),
        ("after 2009-06-30", date(2009, 7, 1), None),
        ("after 2009-12", date(2010, 1, 1), None),
        ("after 2009", date(2010, 1, 1), None),
        ("2019-11-06/2019-11-07", date(2019, 11, 6), date(2019, 11, 7)),
        ("2024-07/2025-02", date(2024, 7, 1), date(2025, 2, 28)),
        ("2024/2025-02", date(2024, 1, 1), date(2025, 2, 28)),
        ("2024 / 2025", date(2024, 1, 1), date(2025, 12, 31)),
        ("  2009  ", date(2009, 1, 1), date(2009, 12, 31)),
        ("2024-01-02 03:04:05", date(2024, 1, 2), date(2024, 1, 2)),
    ],
)
def test_every_written_form_means_its_earliest_and_latest_day(
    text: str, earliest: date | None, latest: date | None
) -> None:
    period = parse(text)

    assert period == Period(text.strip(), earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "by", "before", "after ", "soon", "2009-13", "2009-02-30", "2011-02-29", "2009-1-1", "09", "20091001",
        "01/10/2009", "2009/", "/2009", "2009/2010/2011", "0000", "0000-", "by 0000",
        "Before 2009", "by by 2009", "after 2008-2011", "2009 (planned)", "12009", "2009-10-",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@pytest.mark.parametrize("text", ["2011-2008", "2011/2008", "2009-10-02/2009-10-01", "2009-11/2009-10-31"])
def test_a_period_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse(text)


def test_the_message_names_the_text_and_what_was_expected() -> None:
    with pytest.raises(ValueError, match="'next spring' is not a date such as 2009-10-01, 2009-10, 2009"):
        parse("next spring")


@pytest.mark.parametrize("text", ["before 0001", "before 0001-01-01", "after 9999", "after 9999-12-31"])
def test_a_date_beyond_the_calendar_is_refused_and_does_not_overflow(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@settings(report_multiple_bugs=False)
@given(st.text() | st.lists(PIECES, max_size=6).map("".join))
@example("before 0001")
@example("after 9999-12")
@example("٢٠٠٩")
def test_any_text_either_parses_with_its_days_in_order_or_is_a_value_error(text: str) -> None:
    try:
        period = parse(text)
    except ValueError:
        return

    assert period.text == text.strip()
    assert period.earliest or period.latest
    if period.earliest and period.latest:
        assert period.earliest <= period.latest


@given(DAYS)
def test_a_day_means_itself_and_lies_in_its_month_and_its_year(day: date) -> None:
    exact, month, year = parse(day.isoformat()), parse(day.isoformat()[:7]), parse(years_of(day))

    assert (exact.earliest, exact.latest) == (day, day)
    for wider in (month, year):
        assert wider.earliest is not None
        assert wider.latest is not None
        assert wider.earliest <= day <= wider.latest


@given(DAYS)
def test_before_by_and_after_meet_without_a_gap(day: date) -> None:
    before, by, after = (parse(f"{word} {day.isoformat()}") for word in ("before", "by", "after"))

    assert (before.earliest, before.latest) == (None, day - timedelta(days=1))
    assert (by.earliest, by.latest) == (None, day)
    assert (after.earliest, after.latest) == (day + timedelta(days=1), None)


@given(DAYS, DAYS)
def test_a_span_goes_from_its_first_to_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))

    days = parse(f"{first.isoformat()}/{last.isoformat()}")
    years = parse(f"{years_of(first)}-{years_of(last)}")

    assert (days.earliest, days.latest) == (first, last)
    assert (years.earliest, years.latest) == (date(first.year, 1, 1), date(last.year, 12, 31))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/12/2024", "'31/12/2024' is to be written as 2024-12-31"),
        ("12.31.2024", "'12.31.2024' is to be written as 2024-12-31"),
        ("04/04/2024", "'04/04/2024' is to be written as 2024-04-04"),
        ("03/04/2024", "'03/04/2024' does not say which number is the day; write it as 2009-10-01"),
        ("31/02/2027", "'31/02/2027' is not in the calendar"),
        (
            "1.2.24",
            "'1.2.24' does not say the century, and perhaps not which number is the day; write it as 2009-10-01",
        ),
        ("2009-13", "'2009-13' is not in the calendar"),
        ("2009-02-29", "'2009-02-29' is not in the calendar"),
    ],
)
def test_what_is_no_date_is_said_in_words_that_help(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        parse(text)
