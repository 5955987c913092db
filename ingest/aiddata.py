"""Programmes in the data packages of AidData: `projects.csv`, with lists parted by `|`, and what lies beside it.

Columns as in AidData's releases of national aid databases, 2016 and 2017 (level 1): codes of donors and recipients by
ISO 3166, sectors and purposes by AidData's own codes, which are mostly those of the DAC. Amounts are in US dollars as
AidData converts them. The same programmes lie in the package as IATI 1.04, under other identifiers and with less said
of sectors: whoever loads a package leaves that file alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field, ValidationError

from ingest.catalogue import SourceRow
from ingest.dates import Period
from ingest.iati_xml import number
from ingest.programmes import Programme, Share
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed
from ingest.tables import NO_VALUE, NO_VALUE_REASON, Table

PROJECTS, ANCILLARY, MANIFEST = "projects.csv", "projects_ancillary.csv", "datapackage.json"
"""The files of a package that are read, by their names in whatever folder."""

_NEEDED = frozenset({"project_id", "project_title", "recipients", "ad_sector_codes"})
# A row for each location of a programme, or for each of its transactions.
_NOT_PROJECTS = frozenset({"project_location_id", "transaction_id"})
OTHER_MEANING = frozenset({"15121"})
"""Codes that the DAC's list has with another meaning (there foreign affairs, here public finance)."""
_BY_TRANSACTIONS = "Where only a year is given, it is that of the first or last transaction."


class _ProjectRow(FactRow):
    """A row of `projects.csv`, as far as it is read."""

    project_id: str = Field(max_length=500)
    project_title: str | None = None
    start_actual_isodate: str | None = None
    start_actual_type: str | None = None
    end_actual_isodate: str | None = None
    end_actual_type: str | None = None
    donors: Listed = ()
    recipients: Listed = ()
    recipients_iso3: Listed = ()
    ad_sector_codes: Listed = ()
    ad_purpose_codes: Listed = ()
    status: str | None = None
    transactions_start_year: str | None = None
    transactions_end_year: str | None = None
    total_commitments: str | None = None


def looks_like(header: Sequence[str]) -> bool:
    """Whether a table with these columns is the `projects.csv` of a package."""
    return set(header) >= _NEEDED and _NOT_PROJECTS.isdisjoint(header)


def programmes(
    table: Table,
    source: str,
    rejects: Rejects,
    known: Collection[str] = (),
    implementers: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[tuple[str, Programme]]:
    """The programmes of `projects.csv` with their places; a row without identifier goes to the rejects.

    `known` are the ids of the sectors that there are, such as `DAC/15210`; `implementers` names by project.
    """
    dac = {code for vocabulary, _, code in (one.partition("/") for one in known) if vocabulary == "DAC"}
    fields = _ProjectRow.model_fields
    for place, cells in table.rows():
        # A cell beyond the header is in no column: it has to be refused, where other columns are merely not read.
        said = {name: cell for name, cell in cells.items() if name in fields or name not in table.header}
        if without := [name for name, cell in said.items() if cell == NO_VALUE]:
            rejects.add(table.name, place, without[0], NO_VALUE_REASON)
            continue
        try:
            row = _ProjectRow.model_validate(said)
        except ValidationError as error:
            rejects.add_validation(table.name, place, error)
            continue
        yield place, _Read(table.name, place, rejects).programme(row, source, dac, implementers or {})


def implementers(ancillary: Table) -> dict[str, tuple[str, ...]]:
    """Who carries out each project, by `projects_ancillary.csv`; nothing where that has other columns."""
    names = {name.casefold(): name for name in ancillary.header}
    project, implementer = names.get("project_id"), names.get("implementer")
    if project is None or implementer is None:
        return {}
    return {cells[project]: tuple(outside_brackets(cells[implementer])) for _, cells in ancillary.rows()}


def cited(manifest: bytes, source: str) -> SourceRow:
    """The package as a source, by its `datapackage.json` as far as that says something; `source` is the id."""
    said = _manifest(manifest)
    told = {str(one.get("key")): str(one.get("value")) for one in _dictionaries(said.get("extras"))}
    licence = " ".join(filter(None, (told.get(f"Licenses {what}") for what in ("Name", "Version", "Url"))))
    return SourceRow(
        id=source,
        title=str(said.get("title") or "Data package of AidData"),
        publisher=told.get("Publishers Name") or "AidData",
        licence=licence or "not stated",
        citation=told.get("Citation") or None,
    )


def _manifest(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _dictionaries(said: object) -> list[dict[str, Any]]:
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def sectors(codes: Iterable[str], dac: Collection[str]) -> tuple[str, ...]:
    """Sector ids of sector or purpose codes: `DAC/…` for those in the DAC's lists, else `AidData/…`."""
    told = (f"{'DAC' if code in dac and code not in OTHER_MEANING else 'AidData'}/{code}" for code in codes if code)
    return tuple(dict.fromkeys(told))


def outside_brackets(text: str, separator: str = ";") -> list[str]:
    """The parts of a text between separators outside round brackets, trimmed, blanks in them collapsed.

    A closing bracket without an opening one counts for nothing.
    """
    parts, depth, part = [], 0, ""
    for sign in text:
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign == separator and not depth:
            parts.append(part)
            part = ""
        else:
            part += sign
    return [" ".join(name.split()) for name in (*parts, part)]


class _Read:
    """Reads the fields of one row; those that cannot be taken are noted."""

    def __init__(self, file: str, place: str, rejects: Rejects) -> None:
        self.file, self.place, self.rejects = file, place, rejects

    def programme(
        self, row: _ProjectRow, source: str, dac: Collection[str], implementers: Mapping[str, tuple[str, ...]]
    ) -> Programme:
        start, end = self._day(row, "start_actual_isodate"), self._day(row, "end_actual_isodate")
        first = None if start else self._year(row, "transactions_start_year")
        last = None if end else self._year(row, "transactions_end_year")
        amount = self._amount(row)
        return Programme(
            id=row.project_id,
            title=row.project_title or row.project_id,
            start=start or first,
            start_kind="actual" if start and row.start_actual_type == "start-actual" else None,
            end=end or last,
            end_kind="actual" if end and row.end_actual_type == "end-actual" else None,
            funders=tuple(dict.fromkeys(row.donors)),
            implementers=tuple(dict.fromkeys(filter(None, implementers.get(row.project_id, ())))),
            sectors=tuple(Share(code=code) for code in sectors(row.ad_purpose_codes or row.ad_sector_codes, dac)),
            countries=tuple(Share(code=one) for one in dict.fromkeys(row.recipients_iso3 or row.recipients)),
            amount=amount,
            currency="USD" if amount else None,
            status=row.status,
            publisher="AidData",
            note=_BY_TRANSACTIONS if first or last else None,
            source=(source,),
        )

    def _day(self, row: _ProjectRow, field: str) -> Period | None:
        text = getattr(row, field)
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            self.rejects.add_field(self.file, self.place, field, "is no date such as 2009-10-01", text)
            return None
        return Period(day.isoformat(), day, day) if day else None

    def _year(self, row: _ProjectRow, field: str) -> Period | None:
        text = getattr(row, field)
        try:
            return Period.of_year(int(text)) if text else None
        except (ValueError, OverflowError):
            self.rejects.add_field(self.file, self.place, field, "is no year", text)
            return None

    def _amount(self, row: _ProjectRow) -> float | None:
        """The commitments, where they are more than nothing."""
        try:
            total = number(row.total_commitments) if row.total_commitments else 0.0
        except ValueError as error:
            self.rejects.add_field(self.file, self.place, "total_commitments", "is no number", error)
            return None
        return total if total > 0 else None
