"""`completeness`: a request and an offer read field by field, on a small made-up world and on the facts."""

from __future__ import annotations

from datetime import date

import pytest

from graph.store import Store
from queries.answer import Answer
from queries.completeness import FieldReading, completeness
from queries.completeness_fields import OFFER, REQUEST
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write
from tests.test_opportunities import made_up

DAY = date(2016, 6, 1)


def readings(answer: Answer[FieldReading]) -> dict[str, str]:
    """How each field reads."""
    return {row.field: row.reading for row in answer.rows}


def test_a_request_and_an_offer_by_hand(scratch: Store) -> None:
    write(scratch, made_up())
    request = completeness(scratch, "REQ/AAA", as_of=DAY)
    rows = {row.field: row for row in request.rows}

    assert [row.field for row in request.rows] == [one.id for one in REQUEST]
    assert readings(request) == {
        "requester": "stated", "date": "stated", "point_of_contact": "not stated", "subject_area": "stated",
        "needs": "vague", "preferred": "not stated", "existing": "not stated", "kind_of_help": "not stated",
        "weapon_type": "not stated", "time_frame": "not stated", "parallel": "not stated",
    }  # fmt: skip
    assert rows["needs"].rule.startswith("“Licensing” has fewer than 4 words")
    assert rows["needs"].held == "Scanners for two crossing points; Licensing"
    # One public offer, open to the North.
    assert "1 of 1 offer held here is open to it" in rows["requester"].matters
    assert all(row.score is None and not any(one.weight for one in row.features) for row in request.rows)
    assert [(one.name, [ref.id for ref in one.records]) for one in rows["needs"].features[:2]] == [
        ("held", ["REQ/AAA"]), ("matters", []),
    ]  # fmt: skip
    assert [one.sentence for one in rows["needs"].features] == rows["needs"].why()

    offer = completeness(scratch, "OFFER/1", as_of=DAY)
    assert [row.field for row in offer.rows] == [one.id for one in OFFER]
    assert readings(offer) == {
        "provider": "stated", "date": "stated", "means": "stated", "kinds": "not stated", "subject": "stated",
        "scope": "stated", "regions": "stated", "exclusions": "not stated", "in_reply_to": "not stated",
        "contact": "stated",
    }  # fmt: skip
    told = {row.field: row.matters for row in offer.rows}
    assert told["regions"].endswith("As it stands it is open to 2 States; with no region named, to 3.")
    # Of AAA's two needs and its plan, borders and biosafety; the request of BBB is the Committee's.
    assert told["scope"].endswith("Of 3 open needs where it is open, its themes name 2.")


@ONE_ENGINE
def test_committee_records_examples_and_dates(scratch: Store) -> None:
    write(scratch, made_up())

    with pytest.raises(ParameterError, match=r"No request or offer is called 'OFFER/2'"):
        completeness(scratch, "OFFER/2", as_of=DAY)
    hidden = {row.field: row for row in completeness(scratch, "OFFER/2", as_of=DAY, committee=True).rows}
    assert (hidden["subject"].reading, hidden["contact"].reading) == ("vague", "not stated")
    assert hidden["contact"].example is not None
    assert (hidden["contact"].example.text, hidden["contact"].example.record.id) == ("Office 7", "OFFER/1")
    with pytest.raises(ParameterError, match="was not made by 2015-12-31"):
        completeness(scratch, "REQ/AAA", as_of=date(2015, 12, 31))
    with pytest.raises(ParameterError):
        completeness(scratch, "PLAN/AAA", as_of=DAY)


@ONE_ENGINE
def test_the_request_of_caricom(shipped: Store) -> None:
    """The names of the request alone are in the text read for Azerbaijan; of CARICOM three needs and nine themes."""
    answer = completeness(shipped, "REQ/CARICOM/2009-06")
    rows = {row.field: row for row in answer.rows}

    assert (rows["date"].reading, rows["subject_area"].reading, rows["needs"].reading) == ("vague", "vague", "vague")
    assert rows["needs"].rule.startswith("“Drafting of laws” has fewer than 4 words")
    example = rows["needs"].example
    assert example is not None
    assert (example.record.type, example.record.id) == ("Request", "REQ/ALB/2004-10")
    assert [(ref.type, ref.id) for ref in rows["needs"].features[-1].records] == [("Request", "REQ/ALB/2004-10")]
    assert {"1540-committee-requests-of-states"} <= {source.id for source in answer.sources}
    azerbaijan = readings(completeness(shipped, "REQ/AZE/2008-2011"))
    assert (azerbaijan["subject_area"], azerbaijan["needs"]) == ("not stated", "not stated")
    text = " ".join(" ".join((row.rule, row.matters, row.name)) for row in answer.rows).lower()
    assert not any(word in text for word in ("fail", "poor", "wrong", "omit", "complian"))
