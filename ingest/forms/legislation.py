"""The form for laws, regulations and control lists."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Organisation, States, cited
from ingest.kinds import Kind
from ingest.legislation import LawRow, law_records
from ingest.obligations import sections_of
from ingest.rejects import FieldError
from ingest.rows import Vague


class LegislationForm(Form):
    """A law, regulation or control list."""

    states: States = Field(
        (), title="States", description="The States that enacted it, by name or ISO code.", examples=["Kenya"]
    )
    organisation: Organisation | None = Field(None, title="Organisation", description="Or the organisation that did.")
    title: str = Field(
        title="Title of the law", description="Its title, in English where there is one.",
        examples=["Strategic goods act (illustrative)"],
    )  # fmt: skip
    date: Vague | None = Field(None, title="Date", description="When it was enacted: 2009-10-01, 2009-10 or 2009.")
    kind: str = Field("law", title="Kind", description="act, regulation, decree, penal code provision, control list …")
    subject: str | None = Field(None, title="Subject", description="What it is about, in a few words.")
    sections: Names = Field(
        (), title="Sections of the matrix", description="On which it bears: OP2, OP3ab-NW, OP3ab-CW, OP3ab-BW, OP3cd …"
    )
    address: str | None = Field(None, title="Address of the text", description="Where the text is on the web.")
    verification: str | None = Field(
        None, title="How it was seen", description="Such as: its own page read, a secondary source."
    )


def records(place: str, row: LegislationForm, desk: Desk) -> Iterator[Record]:
    """A law, and what it says of its States: that something is on file in these sections."""
    if not row.states and not row.organisation:
        raise FieldError("states", "names neither a State nor an organisation")
    known = sections_of(desk.world.obligations)
    for section in row.sections:
        if section not in known:
            raise FieldError("sections", f"is no section of the matrix; they are {', '.join(known)}", section)
    sources, cited_records = cited(row)
    yield from cited_records
    states = tuple(dict.fromkeys(row.states))
    who = "-".join(states) or row.organisation or ""
    said = row.model_dump(include={"organisation", "title", "kind", "subject", "sections", "address"})
    law = LawRow(
        **said, states=states, id=desk.own(row.reference) or desk.key("LAW", who, row.title), date=row.date,
        note=row.note, verification=row.verification, visibility=row.visibility, source=sources,
    )  # fmt: skip
    yield from law_records([(place, law)], desk.world)


KIND = Kind("legislation", "Legislation", LegislationForm, records)
