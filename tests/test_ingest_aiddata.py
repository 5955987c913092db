"""AidData's packages: what is one, what is read of it, and what cannot be."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import aiddata
from ingest.programmes import Programme, ProgrammeRecords
from ingest.rejects import Reject, Rejects
from ingest.shipped import FACTS
from ingest.tables import Table, grids

MADE = ProgrammeRecords(FACTS, Rejects())
COLUMNS = (
    "project_id", "is_geocoded", "project_title", "start_actual_isodate", "start_actual_type", "end_actual_isodate",
    "end_actual_type", "donors", "donors_iso3", "recipients", "recipients_iso3", "ad_sector_codes", "ad_sector_names",
    "ad_purpose_codes", "ad_purpose_names", "status", "transactions_start_year", "transactions_end_year",
    "total_commitments", "total_disbursements",
)  # fmt: skip
# An invented project of an invented database.
PROJECT = {
    "project_id": "ZZ/000001", "is_geocoded": "1", "project_title": "Example Customs Reform",
    "start_actual_isodate": "2005-10-17", "start_actual_type": "start-actual",
    "end_actual_isodate": "2013-12-31", "end_actual_type": "end-actual",
    "donors": "Example Bank|Example Fund|Example Bank", "donors_iso3": "DAC", "recipients": "Sierra Leone|Liberia",
    "recipients_iso3": "SLE|LBR", "ad_sector_codes": "331|151", "ad_sector_names": "Trade|Government",
    "ad_purpose_codes": "33120|15121|15000", "ad_purpose_names": "Trade facilitation|Finance|Government",
    "status": "Completion", "transactions_start_year": "2004", "transactions_end_year": "2014",
    "total_commitments": "36149108.0", "total_disbursements": "1.0",
}  # fmt: skip


def table(*rows: Mapping[str, str], columns: tuple[str, ...] = COLUMNS, more: str = "") -> Table:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return of_csv("projects.csv", (text.getvalue() + more).encode())


def of_csv(name: str, raw: bytes) -> Table:
    (grid,) = grids(name, lambda: io.BytesIO(raw))
    return grid.table()


def read(*rows: Mapping[str, str], more: str = "") -> tuple[list[Programme], list[Reject]]:
    rejects = Rejects()
    found = [one for _, one in aiddata.programmes(table(*rows, more=more), "file:x", rejects, MADE.sectors)]
    return found, rejects.found


def test_a_project_becomes_a_programme() -> None:
    carried_out = {"ZZ/000001": ("Example Ministry (Office A; Office B)", "")}

    ((place, made),) = aiddata.programmes(table(PROJECT), "file:x", Rejects(), MADE.sectors, carried_out)

    assert (place, made.id, made.title) == ("2", "ZZ/000001", "Example Customs Reform")
    assert (made.funders, made.implementers) == (
        ("Example Bank", "Example Fund"), ("Example Ministry (Office A; Office B)",)
    )  # fmt: skip
    assert [one.code for one in made.countries] == ["SLE", "LBR"]
    assert [one.code for one in made.sectors] == ["DAC/33120", "AidData/15121", "AidData/15000"]
    assert made.start is not None
    assert made.end is not None
    assert (made.start.text, made.start_kind, made.end.text, made.end_kind) == (
        "2005-10-17", "actual", "2013-12-31", "actual"
    )  # fmt: skip
    assert (made.amount, made.currency, made.status) == (36149108.0, "USD", "Completion")
    assert (made.publisher, made.note, made.source) == ("AidData", None, ("file:x",))


def test_sectors_stand_in_where_there_are_no_purposes_and_names_where_there_are_no_codes_of_states() -> None:
    ((made,), rejected) = read(PROJECT | {"ad_purpose_codes": "", "recipients_iso3": ""})

    records = list(MADE.records(made, "projects.csv", "2"))

    assert rejected == []
    assert [one.code for one in made.sectors] == ["DAC/331", "DAC/151"]
    assert {link.key for link in records[-1].links if link.type == "ACTIVE_IN"} == {"SLE", "LBR"}


def test_years_of_transactions_stand_in_for_dates_and_the_note_says_so() -> None:
    ((made,), _) = read(PROJECT | {"start_actual_isodate": "", "start_actual_type": "start-actual"})

    assert made.start is not None
    assert (made.start.text, made.start_kind) == ("2004", None)
    assert made.note == "Where only a year is given, it is that of the first or last transaction."


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("start_actual_isodate", "17/10/2005", "is no date such as 2009-10-01"),
        ("end_actual_isodate", "2013-02-30", "is no date such as 2009-10-01"),
        ("total_commitments", "a lot", "is no number"),
    ],
)
def test_a_field_that_cannot_be_taken_costs_itself_alone(field: str, written: str, reason: str) -> None:
    ((made,), (noted,)) = read(PROJECT | {field: written})

    assert made.id == "ZZ/000001"
    assert (noted.file, noted.line, noted.field, noted.value, noted.row_left_out) == (
        "projects.csv", "2", field, written, False
    )  # fmt: skip
    assert noted.reason.startswith(reason)


def test_a_year_of_transactions_that_is_none_costs_itself_alone() -> None:
    ((made,), (noted,)) = read(PROJECT | {"end_actual_isodate": "", "transactions_end_year": "20000"})

    assert made.end is None
    assert (noted.field, noted.value, noted.row_left_out) == ("transactions_end_year", "20000", False)


def test_a_row_that_cannot_be_taken_is_rejected_and_the_others_are_read() -> None:
    longer = ",".join([*PROJECT.values(), "beyond"]) + "\r\n"

    found, rejected = read(PROJECT | {"project_id": ""}, PROJECT, more=longer)

    assert [one.id for one in found] == ["ZZ/000001"]
    assert [(one.line, one.field, one.row_left_out) for one in rejected] == [
        ("2", "project_id", True), ("4", "(more cells than the header has)", True)
    ]  # fmt: skip


@pytest.mark.parametrize("total", ["", "0", "-5"])
def test_nothing_committed_is_no_amount(total: str) -> None:
    ((made,), rejected) = read(PROJECT | {"total_commitments": total})

    assert (made.amount, made.currency, rejected) == (None, None, [])


def test_other_tables_of_a_package_are_not_taken_for_its_projects() -> None:
    assert aiddata.looks_like(COLUMNS)
    assert not aiddata.looks_like((*COLUMNS, "project_location_id"))
    assert not aiddata.looks_like(("project_id", "title"))


def test_who_carries_out_a_project_stands_in_another_table_if_it_has_that_column() -> None:
    told = of_csv("a.csv", b"project_id,Implementer\nZZ/1,Ministry (A; B);  Fund\n")
    other = of_csv("a.csv", b"project_id,Province\nZZ/1,North\n")

    assert aiddata.implementers(told) == {"ZZ/1": ("Ministry (A; B)", "Fund")}
    assert aiddata.implementers(other) == {}


def test_the_manifest_tells_what_to_cite() -> None:
    extras = [{"key": "Licenses Name", "value": "Example Licence"}, {"key": "Citation", "value": "AidData. 2017."}]

    cited = aiddata.cited(json.dumps({"title": "Example AIMS", "extras": extras}).encode(), "file:x")

    assert (cited.id, cited.title, cited.licence, cited.citation) == (
        "file:x", "Example AIMS", "Example Licence", "AidData. 2017."
    )  # fmt: skip


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"title": 1, "extras": [1, {}]}', b'{"extras": 1}']
)
def test_a_manifest_that_says_nothing_leaves_the_licence_not_stated(raw: bytes) -> None:
    assert aiddata.cited(raw, "file:x").licence == "not stated"


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=20) | st.sampled_from(["|", "nan", "9999", "1e400"])))
def test_whatever_stands_in_the_cells_gives_a_programme_that_fits_the_model_or_a_reject(cells: dict[str, str]) -> None:
    rejects = Rejects()
    said = Table("projects.csv", "", COLUMNS, "1", lambda: iter([("2", cells)]))

    found = list(aiddata.programmes(said, "file:x", rejects, MADE.sectors))

    assert len(found) + rejects.rows == 1
    for place, programme in found:
        for record in MADE.records(programme, "projects.csv", place):
            record.check()


def test_a_real_package_is_read_whole(data: Path) -> None:
    (path,) = (data / "programmes").glob("SierraLeoneAIMS*.zip")
    with zipfile.ZipFile(path) as archive:
        raw = {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith((".csv", ".json"))}
    tables = {name: of_csv(name, text) for name, text in raw.items() if name.endswith(".csv")}
    rejects = Rejects()

    found = [
        programme
        for _, programme in aiddata.programmes(
            tables[aiddata.PROJECTS], "file:x", rejects, MADE.sectors, aiddata.implementers(tables[aiddata.ANCILLARY])
        )
    ]

    assert [name for name, one in tables.items() if aiddata.looks_like(one.header)] == [aiddata.PROJECTS]
    assert rejects.found == []
    assert len({one.id for one in found}) == len(found) == 880
    assert {one.countries[0].code for one in found} == {"SLE"}
    assert all(one.start and one.sectors and one.implementers for one in found)
    assert sum(one.note is not None for one in found) == 35
    cited = aiddata.cited(raw[aiddata.MANIFEST], "file:x")
    assert (cited.title, cited.publisher) == ("SierraLeoneAIMS GeocodedResearchRelease", "AidData")
    assert cited.licence.startswith("Open Data Commons Attribution 1.0")
