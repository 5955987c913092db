"""The form for offers: what becomes of rows, and a load that questions can be asked about. All offers are invented."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from graph.store import Store
from ingest.forms.offers import OFFER
from ingest.load import load_paths
from queries.completeness import completeness
from queries.partners import partners
from tests.helpers import ONE_ENGINE, write
from tests.test_forms_requests import base, desk, linked, problems, rows

OFFERED: dict[str, Any] = {
    "provider": "Japan", "subject": "Boats for patrols on common rivers (illustrative)", "means": "materials; money",
    "kinds": "implementation; laws", "themes": "border-control; licensing", "regions": "Africa; Africa",
    "excluded": "Zambia; licensing; States without a river", "contact": "Office 7 (illustrative)", "date": "2026-06",
    "note": "n",
}  # fmt: skip
KEY = "OFFER/japan/boats-for-patrols-on-common-rivers-illustrative"


def test_all_fields_are_kept() -> None:
    at = desk()
    at.world.requests.add("REQ/BWA-NAM-ZMB/2026-05")

    (offer,) = rows(at, OFFER, {**OFFERED, "in_reply_to": "REQ/BWA-NAM-ZMB/2026-05"})

    offer.check()
    assert (offer.key, linked(offer, "MADE_BY"), linked(offer, "ANSWERS")) == (
        KEY, ["JPN"], ["REQ/BWA-NAM-ZMB/2026-05"],
    )  # fmt: skip
    said = {
        "means": ["equipment", "financial"], "kinds": ["implementation", "legal"], "scope": "theme", "basis": "offer",
        "excluded": ["States without a river"], "contact": "Office 7 (illustrative)", "visibility": "public",
        "date_text": "2026-06", "note": "n",
    }  # fmt: skip
    assert said.items() <= offer.properties.items()
    assert linked(offer, "COVERS") == ["border-control", "licensing"]
    assert (linked(offer, "LIMITED_TO"), linked(offer, "EXCLUDES")) == (["Africa"], ["ZMB", "licensing"])
    assert linked(offer, "FROM") == ["file:mine"]
    assert not at.rejects.found
    assert not at.rejects.notes


def test_an_offer_that_names_no_theme_is_general_and_said_to_be_vague_by_field() -> None:
    at = desk()
    unresolved, offer = rows(
        at, OFFER, {"provider": "Institute of Nowhere", "subject": "Help", "excluded": "world", "regions": "world"}
    )

    assert (unresolved.key, offer.properties["scope"]) == ("unresolved:institute-of-nowhere", "general")
    assert (linked(offer, "LIMITED_TO"), linked(offer, "EXCLUDES")) == ([], [])
    assert {
        "offers without 'Date'", "offers without 'Means'", "offers without 'Contact'",
        "offers in which 'Subject' is vague, as it has fewer than 5 words, which leaves open what can be had",
        "offers in which 'Exclusions' is vague, as it excludes in words alone, which no question can check State by "
        "State",
    } <= at.rejects.notes.keys()  # fmt: skip


def test_words_that_are_none_and_providers_that_are_nobody_are_rejected_by_field() -> None:
    at = desk()
    found = rows(
        at, OFFER, {**OFFERED, "means": "prayer"}, {**OFFERED, "provider": ";"}, {**OFFERED, "themes": "rivers"},
        {**OFFERED, "provider": "Private investment"},
    )  # fmt: skip

    assert not found
    assert [(line, field) for line, field, _ in problems(at)] == [
        ("2", "means"), ("3", "provider"), ("4", "themes"), ("5", "provider"),
    ]  # fmt: skip
    assert at.rejects.found[0].reason == "'prayer' is none of expertise, training, equipment, financial"


@ONE_ENGINE
def test_an_offer_in_reply_to_a_request_of_the_same_file_is_found(scratch: Store, tmp_path: Path) -> None:
    write(scratch, base())
    asked = {"reference": "R/1", "made_by": "Namibia", "date": "2026-05", "subject": "Rivers", "consent": "yes",
             "themes": "border-control"}  # fmt: skip
    offered = {**OFFERED, "provider": "Botswana", "regions": "", "in_reply_to": "R/1"}
    for name, row in (("1_offers", offered), ("2_requests", asked)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(row), list(row.values())])

    (done,) = load_paths(scratch, [tmp_path], name="mine")

    assert (done.error, done.counts.rejected) == ("", 0)
    rows_ = {row.field: row for row in completeness(scratch, KEY.replace("japan", "botswana")).rows}
    assert (rows_["in_reply_to"].held, rows_["exclusions"].reading) == ("R/1", "stated")
    assert [(row.partner.id, row.contact) for row in partners(scratch, "R/1").rows] == [
        ("BWA", "Office 7 (illustrative)")
    ]


def test_a_reply_to_a_request_that_nobody_holds_is_refused() -> None:
    at = desk()

    assert not rows(at, OFFER, {**OFFERED, "in_reply_to": "REQ/NOBODY/1999"})

    ((field, reason, value),) = [(one.field, one.reason, one.value) for one in at.rejects.found]
    assert (field, reason) == ("in_reply_to", "is no request of this data set or of the graph")
    assert value == "REQ/NOBODY/1999"


def test_a_number_of_the_makers_own_is_told_with_the_id_that_may_be_meant() -> None:
    at = desk()
    at.world.requests.add("asked.xlsx/ILL-1")

    assert not rows(at, OFFER, {**OFFERED, "in_reply_to": "ILL-1"})

    assert at.rejects.found[0].reason.endswith("of the graph; perhaps asked.xlsx/ILL-1")
    at.world.requests.remove("asked.xlsx/ILL-1")
