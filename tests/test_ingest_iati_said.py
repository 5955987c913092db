"""What an IATI activity says of itself: titles in several languages, dates planned and actual, money, kin."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.programmes import Programme, ProgrammeRecords
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from tests.iati_samples import document, one, paid, parsed, read_one

MADE = ProgrammeRecords(FACTS, Rejects())


def said(programme: Programme) -> dict[str, Any]:
    *_, record = MADE.records(programme, "f.xml", "1")
    record.check()
    return dict(record.properties)


def day(type_: str, written: str) -> str:
    return f'<activity-date type="{type_}" iso-date="{written}"/>'


# --- titles -------------------------------------------------------------------------------------------------------

TITLES = (
    "<title><narrative xml:lang='fr'>Réforme de la douane</narrative><narrative{}>Public finance</narrative></title>"
)


def test_titles_in_other_languages_are_kept_and_point_to_themes_as_the_english_one_does() -> None:
    read = read_one(TITLES.format(" xml:lang='en'"))

    (record,) = MADE.records(read, "f.xml", "1")

    assert (read.title, read.titles) == ("Public finance", ("Réforme de la douane",))
    assert record.properties["titles"] == ["Réforme de la douane"]
    assert "customs-enforcement" in {link.key for link in record.links if link.type == "TOUCHES"}


def test_of_two_titles_the_more_direct_rule_speaks_for_a_theme() -> None:
    def touched(*titles: str) -> dict[str, object]:
        read = read_one("".join(f"<title>{title}</title>" for title in titles))
        (record,) = MADE.records(read, "f.xml", "1")
        return {link.key: link.properties["directness"] for link in record.links if link.type == "TOUCHES"}

    assert touched("Frontier posts") == {"border-control": 2}
    assert touched("Frontier posts", "Border management") == {"border-control": 3}
    assert touched("Border management", "Frontier posts") == {"border-control": 3}


def test_a_word_that_keeps_a_title_open_keeps_it_open_in_the_other_languages() -> None:
    justice = '<sector code="15130" percentage="100"/>'
    english, swedish = "<title>Access to justice for women</title>", "<title>UN Women i samverkan</title>"

    assert said(read_one(swedish, justice)).get("closed")
    assert not said(read_one(english, justice)).get("closed")
    assert not said(read_one(english, swedish, justice)).get("closed")


def test_a_narrative_without_language_is_in_that_of_the_activity() -> None:
    assert read_one(TITLES.format(""), said='xml:lang="en"').title == "Public finance"
    assert read_one(TITLES.format(""), said='xml:lang="es"').title == "Réforme de la douane"


def test_a_title_said_twice_is_one_and_no_title_is_no_list() -> None:
    assert read_one("<title>Help</title><title xml:lang='en'>Help</title>").titles == ()
    assert said(read_one("<title>Help</title>"))["titles"] is None


# --- dates --------------------------------------------------------------------------------------------------------


def test_planned_dates_stay_readable_beside_other_actual_ones() -> None:
    read = said(
        read_one(day("1", "2019-01-01"), day("2", "2019-03-01"), day("3", "2021-12-31"), day("4", "2022-06-30"))
    )

    assert (read["start_text"], read["start_kind"], read["planned_start"]) == ("2019-03-01", "actual", "2019-01-01")
    assert (read["end_text"], read["end_kind"], read["planned_end"]) == ("2022-06-30", "actual", "2021-12-31")


def test_a_plan_that_was_kept_or_is_all_there_is_is_not_said_twice() -> None:
    read = said(read_one(day("1", "2019-01-01"), day("2", "2019-01-01"), day("3", "2021-12-31")))

    assert (read["start_kind"], read["end_kind"]) == ("actual", "planned")
    assert not {"planned_start", "planned_end"} & read.keys()


def test_a_date_given_twice_was_moved_so_the_first_start_and_the_last_end_hold() -> None:
    read = read_one(*(day(type_, written) for type_ in "24" for written in ("2020-02-01", "2020-01-01", "2020-03-01")))

    assert read.start is not None
    assert read.end is not None
    assert (read.start.text, read.end.text) == ("2020-01-01", "2020-03-01")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [("2012", date(2012, 1, 1), date(2012, 12, 31)), ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
     ("2012-02-15Z", date(2012, 2, 15), date(2012, 2, 15))],
)  # fmt: skip
def test_a_date_that_is_a_year_or_a_month_is_as_vague_as_it_is(written: str, first: date, last: date) -> None:
    read = read_one(f'<activity-date type="start-actual">{written}</activity-date>')

    assert read.start is not None
    assert (read.start.earliest, read.start.latest) == (first, last)


# --- money --------------------------------------------------------------------------------------------------------


def test_several_currencies_are_kept_in_words() -> None:
    read = read_one(paid(value="1,200,000", currency="EUR"), paid(value="300000.5"), paid(currency=""))

    assert (read.amount, read.currency) == (None, None)
    assert read.note == "Commitments in several currencies: 1,200,000 EUR; 300,000.50 USD; 100."


def test_more_taken_back_than_committed_is_no_amount() -> None:
    read = read_one(paid(value="-25000"), paid(value="100"))

    assert (read.amount, read.currency) == (None, None)
    assert read.note == "Commitments taken back exceed those made: -24,900 USD."


@pytest.mark.parametrize(
    "other",
    [
        paid(type_="3"), paid(type_="11"), paid(type_="D"), "<transaction/>",
        '<budget type="1" status="2"><value currency="EUR">999</value></budget>',
        '<planned-disbursement><value currency="EUR">999</value></planned-disbursement>',
    ],
)  # fmt: skip
def test_only_outgoing_commitments_are_the_amount(other: str) -> None:
    read = read_one(paid(), other)

    assert (read.amount, read.currency, read.note) == (100.0, "USD", None)


def test_a_value_that_is_no_number_is_noted_with_what_stands_there() -> None:
    rejects = Rejects()

    read = read_one(paid(), paid(value="1.000,50"), rejects=rejects)

    assert read.amount == 100.0
    assert [(one.field, one.value) for one in rejects.found] == [("transaction value", "1.000,50")]


# --- kin and reporters --------------------------------------------------------------------------------------------


def test_a_part_of_another_activity_says_so_and_the_load_counts_it() -> None:
    rejects = Rejects()

    read = read_one('<related-activity type="1" ref="XX-1"/><related-activity type="2" ref="XX-2"/>', rejects=rejects)

    assert read.note == "Part of XX-1, whose amount may hold this one."
    assert dict(rejects.notes) == {"programmes that are part of another activity, whose amount may hold theirs": 1}


@pytest.mark.parametrize(("value", "second"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_who_reports_for_others_is_told(value: str, second: bool) -> None:
    read = read_one(
        f'<reporting-org ref="XX" secondary-reporter="{value}"><narrative>Reporter</narrative></reporting-org>'
    )

    assert (read.publisher, read.note) == ("Reporter", "Its publisher reports it second-hand." if second else None)


def test_blanks_around_and_within_an_identifier_do_not_make_another_one_and_letters_do() -> None:
    read = parsed(document(one("XX-1 a"), one("\n XX-1\t a\n"), one("xx-1 a")))

    assert [programme.id for _, programme in read] == ["XX-1 a", "XX-1 a", "xx-1 a"]
