"""The forms for requests and needs: what becomes of rows, and a load that questions can be asked about.

All that is asked for is invented, though States have their real codes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from graph.records import Record
from graph.store import Store
from ingest.desk import Desk
from ingest.forms.requests import NEED, REQUEST, let_go
from ingest.kinds import Kind
from ingest.load import load_paths
from ingest.registry import FORMS
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.world import World
from queries.completeness import completeness
from queries.state import state
from tests.helpers import ONE_ENGINE, write

Row = Mapping[str, Any]
ASKED: Row = {"made_by": "Botswana; NAM | Zambia; Namibia", "date": "2026-05", "subject": "Rivers (illustrative)"}
NEEDED: Row = {"subject": "Boats for the patrols on the river (illustrative)", "themes": "border-control"}


@cache
def world() -> World:
    """What the facts know."""
    return World.of(FACTS, Rejects())


def desk() -> Desk:
    """A new load."""
    return Desk("mine", world(), Rejects())


def rows(at: Desk, kind: Kind, *those: Row, file: str = "mine.csv") -> list[Record]:
    """The records that rows give at once."""
    return [record for number, one in enumerate(those, start=2) for record in kind.row(one, file, str(number), at)]


def read(at: Desk, requests: Iterable[Row] = (ASKED,), needs: Iterable[Row] = (NEEDED,)) -> list[Record]:
    """The records of requests and needs, as a load has them."""
    return [*rows(at, REQUEST, *requests), *rows(at, NEED, *needs, file="needs.csv"), *let_go(at)]


def of(records: Iterable[Record], label: str) -> dict[str, Record]:
    """Those of a type by key."""
    return {record.key: record for record in records if record.label == label}


def linked(record: Record, type_: str) -> list[str]:
    """The keys to which links of a type lead."""
    return [link.key for link in record.links if link.type == type_]


def problems(at: Desk) -> list[tuple[str, str, bool]]:
    """Line and field of each reject, and whether the row was left out."""
    return [(one.line, one.field, one.row_left_out) for one in at.rejects.found]


def test_a_request_of_three_states_is_one_with_three_makers_who_each_state_its_needs() -> None:
    at = desk()
    found = read(at)

    (request,) = of(found, "Request").values()
    assert (request.key, linked(request, "MADE_BY")) == ("REQ/BWA-NAM-ZMB/2026-05", ["BWA", "NAM", "ZMB"])
    assert (request.line, request.properties["visibility"]) == ("mine.csv:2", "committee")
    # Without subject areas of its own it has those of its needs.
    assert linked(request, "CONCERNS") == ["border-control"]
    (need,) = of(found, "Need").values()
    assert (need.key, need.line, need.properties["visibility"]) == (f"{request.key}#1", "needs.csv:2", "committee")
    statements = of(found, "Statement").values()
    assert sorted(linked(one, "ABOUT")[0] for one in statements) == [
        f"{one}/border-control" for one in ("BWA", "NAM", "ZMB")
    ]
    assert {(one.line, one.properties["visibility"]) for one in statements} == {("needs.csv:2", "committee")}
    assert all(one.key.endswith(" (mine)") for one in statements)
    assert all(linked(one, "FROM") == ["file:mine"] for one in (request, need, *statements))
    assert found.index(request) < found.index(need)
    for record in found:
        record.check()
    assert not at.rejects.found


def test_all_fields_of_the_template_are_kept_and_words_are_those_of_offers() -> None:
    at = desk()
    asked = {
        **ASKED, "made_by": "caricom", "contact": "Office 7 (illustrative)", "contact_person": "A. Example",
        "contact_consent": "yes", "preferred": "Japan; Institute of Nowhere; JPN", "parallel": "To nobody",
        "consent": "yes", "note": "n", "answered_by": "Germany",
    }  # fmt: skip
    needed = {
        **NEEDED, "help": "Experts; drafting of laws; study tour", "weapons": "N; B; nw", "existing": "One boat",
        "beneficiary": "Coast guard", "time_frame": "2027-01/2028-06", "note": "m",
    }  # fmt: skip
    found = read(at, [asked], [needed, {**NEEDED, "time_frame": "soon", "visibility": "committee"}])

    request = of(found, "Request")["REQ/CARICOM/2026-05"]
    said = {"contact": "Office 7 (illustrative)", "contact_person": "A. Example", "parallel": "To nobody", "note": "n"}
    assert said.items() <= request.properties.items()
    assert linked(request, "PREFERS") == ["JPN", "unresolved:institute-of-nowhere"]
    assert linked(request, "ANSWERS") == ["DEU"]
    assert of(found, "Organisation").keys() == {"unresolved:institute-of-nowhere"}
    first, second = of(found, "Need").values()
    assert first.properties["kinds"] == ["expertise", "legal", "study tour"]
    assert first.properties["weapons"] == ["nuclear", "biological"]
    days = [str(first.properties[f"time_frame_{one}"]) for one in ("text", "earliest", "latest")]
    assert days == ["2027-01/2028-06", "2027-01-01", "2028-06-30"]
    assert (first.properties["existing"], first.properties["beneficiary"]) == ("One boat", "Coast guard")
    assert (second.properties["time_frame_text"], second.properties.get("time_frame_latest")) == ("soon", None)
    assert (first.properties["visibility"], second.properties["visibility"]) == ("public", "committee")
    # An organisation's request says nothing of the fields of States.
    assert not of(found, "Statement")


def test_a_person_without_consent_and_publicity_without_consent_are_not_taken() -> None:
    at = desk()
    found = read(at, [{**ASKED, "contact_person": "A. Example", "visibility": "public"}])

    (request,) = of(found, "Request").values()
    assert (request.properties["contact_person"], request.properties["visibility"]) == (None, "committee")
    assert problems(at) == [("2", "Person to contact", False), ("2", "Visibility", False)]
    assert not any("Example" in one.value for one in at.rejects.found)
    hidden = read(desk(), [{**ASKED, "consent": "yes", "visibility": "committee"}])
    assert of(hidden, "Request")["REQ/BWA-NAM-ZMB/2026-05"].properties["visibility"] == "committee"


def test_what_cannot_be_used_is_left_out_and_its_field_named() -> None:
    at = desk()
    no_date = {name: value for name, value in ASKED.items() if name != "date"}
    asked = [
        no_date, {**ASKED, "made_by": "Nowhere"}, {**ASKED, "made_by": ";"}, {**ASKED, "reference": "R/1"},
        {**ASKED, "reference": "R/1"}, {**ASKED, "reference": "R/2"},
    ]  # fmt: skip
    needed = [{**NEEDED, "request": "R/1"}, {**NEEDED, "request": "R/9"}, NEEDED,
              {**NEEDED, "request": "R/1", "weapons": "catapults"}]  # fmt: skip
    found = read(at, asked, needed)

    assert of(found, "Request").keys() == {"R/1"}
    assert of(found, "Need").keys() == {"R/1#1"}
    assert [(line, field) for line, field, _ in problems(at)] == [
        ("2", "date"), ("3", "made_by"), ("4", "made_by"), ("6", "reference"),
        ("3", "request"), ("4", "request"), ("5", "weapons"), ("7", "Subject areas"),
    ]  # fmt: skip
    reasons = [one.reason for one in at.rejects.found]
    assert reasons[-3:] == [
        "is to name the request to which the need belongs: this data set has 2 requests",
        "'catapults' is none of N, C, B, nuclear, chemical, biological, means of delivery, all",
        "no need and no subject area is given, so nobody could be found for it",
    ]
    alone = desk()
    assert not read(alone, [], [NEEDED])
    assert problems(alone) == [("2", "request", True)]


def test_requests_of_one_maker_and_month_get_numbers_and_themes_alone_are_enough() -> None:
    at = desk()
    asked = {**ASKED, "made_by": "Kenya", "themes": "licensing"}
    found = read(at, [asked, {**asked, "date": "2026-05-09"}, {**asked, "date": "2026"}], [])

    assert list(of(found, "Request")) == ["REQ/KEN/2026-05", "REQ/KEN/2026-05-2", "REQ/KEN/2026"]


def test_what_is_vague_or_missing_is_taken_and_said_by_field() -> None:
    at = desk()
    read(at, [{**ASKED, "date": "2026"}], [{**NEEDED, "subject": "Training", "time_frame": "soon", "help": "a visit"}])

    assert not at.rejects.found
    assert {
        "requests without 'Point of contact'", "requests without 'Preferred partners'", "needs without 'Weapon type'",
        "requests in which 'Date of the request' is vague, as it spans more than a month; offers and programmes come "
        "and go in that time",
        "needs in which 'Specific need' is vague, as it has fewer than 4 words, which leaves open what exactly is "
        "needed",
        "needs in which 'Time-frame' is vague, as it gives no date, so no programme can be compared by it",
        "needs in which 'Kind of help' is vague, as it uses none of the words of offers: expertise, training, "
        "equipment, financial, legal, implementation, reporting, information",
    } <= at.rejects.notes.keys()  # fmt: skip
    assert (
        at.rejects.notes[
            "requests, needs and offers with such fields (`footprint completeness ID` reads them one by one)"
        ]
        == 2
    )


def workbook(path: Path) -> Path:
    """The form as a workbook: the request on its side, its needs in rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Request"
    titles = {name: field.title for name, field in REQUEST.form.model_fields.items()}
    for name, value in {**ASKED, "consent": "yes", "contact": "Office 7 (illustrative)"}.items():
        sheet.append([titles[name], value])
    needs = book.create_sheet("Needs")
    titles = {name: field.title for name, field in NEED.form.model_fields.items()}
    needs.append([titles[name] for name in (*NEEDED, "help")])
    needs.append([*NEEDED.values(), "equipment"])
    book.save(path)
    return path


def base() -> list[Record]:
    """Three States, two themes, one section of the matrix."""
    section = Record("Obligation", "section/OP3cd", {"name": "Borders", "level": "section", "row": 1})
    states = {"BWA": "Botswana", "NAM": "Namibia", "ZMB": "Zambia"}
    themes = ("border-control", "licensing")
    return [
        section, *(Record("State", iso3, {"name": name}) for iso3, name in states.items()),
        *(Record("Theme", one, {"name": one, "sections": ["OP3cd"]}) for one in themes),
    ]  # fmt: skip


@ONE_ENGINE
def test_a_workbook_and_json_load_and_show_where_a_user_looks(scratch: Store, tmp_path: Path) -> None:
    write(scratch, base())
    document = {
        "request": [
            {**ASKED, "made_by": ["ZMB"], "subject": f"Ask {number} (illustrative)",
             "needs": [{"subject": "A register of all licences (illustrative)", "themes": ["licensing"]}]}
            for number in (1, 2)
        ]
    }  # fmt: skip
    (tmp_path / "asked.json").write_text(json.dumps(document), encoding="utf-8")

    done = load_paths(scratch, [workbook(tmp_path / "form.xlsx"), tmp_path / "asked.json"])

    assert [(one.error, one.counts.rejected) for one in done] == [("", 0), ("", 0)]
    key = "REQ/BWA-NAM-ZMB/2026-05"
    rows_ = {row.field: row for row in completeness(scratch, key).rows}
    assert (rows_["requester"].held, rows_["kind_of_help"].held) == ("Botswana, Namibia, Zambia", "equipment")
    answer = state(scratch, "ZMB")
    held = {one.id: one.line() for row in answer.rows for one in row.entries}
    assert (
        held[key] == "Rivers (illustrative) (2026-05; made with Botswana and Namibia): contact: Office 7 (illustrative)"
    )
    assert held[f"{key}#1"].endswith(": kind of help: equipment")
    assert not {one for one in held if one.startswith("REQ/ZMB")}
    hidden = {one.id for row in state(scratch, "ZMB", committee=True).rows for one in row.entries}
    assert {"REQ/ZMB/2026-05", "REQ/ZMB/2026-05-2", "REQ/ZMB/2026-05#1", "REQ/ZMB/2026-05-2#1"} <= hidden
    again = load_paths(scratch, [tmp_path / "asked.json"])
    assert (again[0].counts.new, again[0].counts.changed, again[0].counts.gone) == (0, 0, 0)


@ONE_ENGINE
def test_requests_come_before_needs_whatever_the_order_of_the_files(scratch: Store, tmp_path: Path) -> None:
    write(scratch, base())
    for name, row in (("a_needs", NEEDED), ("b_requests", ASKED)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(row), list(row.values())])

    (done,) = load_paths(scratch, [tmp_path], name="mine")

    assert (done.error, done.counts.rejected, done.kind) == ("", 0, "Request, Needs")
    assert list(FORMS).index("request") < list(FORMS).index("need") < list(FORMS).index("offer")
