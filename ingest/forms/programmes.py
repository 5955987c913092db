"""The form for programmes that stand in a table of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Themes, cited
from ingest.kinds import Kind
from ingest.programmes import DateKind, Programme, Share
from ingest.rejects import FieldError
from ingest.rows import Number, Vague

_DAC = "DAC"


class ProgrammeForm(Form):
    """A development or security programme, planned, under way or ended."""

    title: str = Field(title="Title", description="Its title.", examples=["Border management reform (illustrative)"])
    countries: Names = Field(
        title="Recipient countries", description="Where it takes place, by ISO code or name.", examples=["Kenya; UG"]
    )
    start: Vague | None = Field(None, title="Start", description="When it begins or began.", examples=["2025-01"])
    end: Vague | None = Field(None, title="End", description="When it ends or ended.", examples=["2028"])
    start_kind: DateKind | None = Field(None, title="Kind of start", description="`actual` or `planned`.")
    end_kind: DateKind | None = Field(None, title="Kind of end", description="`actual` or `planned`.")
    funders: Names = Field((), title="Funders", description="Who pays.", examples=["European Union"])
    implementers: Names = Field((), title="Implementers", description="Who carries it out.", examples=["IOM"])
    sectors: Names = Field((), title="Sector codes", description="Purpose codes.", examples=["15210; 33120"])
    sector_vocabulary: str = Field(
        _DAC, title="Sector vocabulary", description="Of which list the codes are: DAC, AidData …", examples=[_DAC]
    )
    amount: Number | None = Field(None, title="Amount", description="Money committed.", examples=["1,500,000"])
    currency: str | None = Field(None, title="Currency", description="Its ISO code.", examples=["EUR"])
    status: str | None = Field(None, title="Status", description="As its owner calls it; no evidence that it runs.")
    publisher: str | None = Field(None, title="Reported by", description="Who keeps the table.")
    themes: Themes = Field((), title="Themes", description="Only those that the source itself names.")


def records(place: str, row: ProgrammeForm, desk: Desk) -> Iterator[Record]:
    """A programme, tagged by its sectors and the words of its title as all programmes are."""
    sources, cited_records = cited(row)
    yield from cited_records
    first, last = _day(row.start, "earliest"), _day(row.end, "latest")
    if first and last and last < first:
        raise FieldError("end", f"is before the start, {row.start.text if row.start else ''}", row.end and row.end.text)
    said = row.model_dump(
        include={"title", "start_kind", "end_kind", "funders", "implementers", "amount", "currency", "status",
                 "publisher", "themes", "note"}
    )  # fmt: skip
    codes = (one if "/" in one else f"{row.sector_vocabulary}/{one}" for one in dict.fromkeys(row.sectors))
    programme = Programme(
        **said, id=desk.own(row.reference) or desk.key("PROG", desk.dataset, row.title), start=row.start, end=row.end,
        countries=tuple(Share(code=one) for one in dict.fromkeys(row.countries)),
        sectors=tuple(Share(code=one) for one in codes), source=sources, visibility=row.visibility,
    )  # fmt: skip
    yield from desk.programmes.records(programme, desk.file, place)


def _day(period: Vague | None, which: str) -> date | None:
    return getattr(period, which) if period else None


KIND = Kind("programme", "Programmes", ProgrammeForm, records)
