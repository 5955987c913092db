"""The form for points of contact: institutions; a person is named only where the person agreed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from graph.records import Link, Record
from ingest.catalogue import from_links
from ingest.dates import dated
from ingest.desk import Desk
from ingest.forms.fields import Form, Party, cited
from ingest.kinds import Kind
from ingest.rejects import FieldError
from ingest.rows import Vague, YesNo


class ContactForm(Form):
    """Whom to write to about resolution 1540 in a State or an organisation."""

    party: Party = Field(
        title="State or organisation", description="For whom it speaks, by name, code or id.", examples=["Kenya"]
    )
    institution: str = Field(
        title="Institution", description="The institution and the office in it.",
        examples=["Ministry of Foreign Affairs, Disarmament Division (illustrative)"],
    )  # fmt: skip
    subject: str | None = Field(None, title="Subject", description="What to write for, if not everything.")
    person: str | None = Field(
        None, title="Person", description="Name and title, only with the person's consent; else leave it blank."
    )
    consent: YesNo = Field(
        False, title="Consent of the person", description="`yes` if the person agreed to be named here.",
        examples=["no"],
    )  # fmt: skip
    email: str | None = Field(None, title="E-mail", description="Of the office; a person's own only with consent.")
    telephone: str | None = Field(None, title="Telephone", description="Likewise.")
    address: str | None = Field(None, title="Address", description="Postal address of the office.")
    date: Vague | None = Field(None, title="As of", description="When this was so.", examples=["2026-05"])


def records(place: str, row: ContactForm, desk: Desk) -> Iterator[Record]:
    """A point of contact; a person without consent is no part of it, and the row is not taken: nothing is kept."""
    if row.person and not row.consent:
        # The value is not repeated: rejects are kept in a file.
        raise FieldError("person", "is given without consent; say yes under the consent, or leave the name out")
    sources, cited_records = cited(row)
    yield from cited_records
    said = row.model_dump(
        include={"institution", "subject", "person", "email", "telephone", "address", "note", "visibility"}
    )
    label = desk.world.parties.get(row.party, "Organisation")
    links = (Link("SPEAKS_FOR", label, row.party), *from_links(sources))
    id_ = desk.own(row.reference) or desk.key("POC", row.party, row.institution, row.subject or "")
    yield Record("PointOfContact", id_, {**said, **dated(row.date)}, links, line=place)


CONTACT = Kind("contact", "Points of contact", ContactForm, records)
