"""The kinds of fields that forms have. What names a State, a theme or an organisation is looked up while it is read.

The look-up is the `World` that is given as pydantic's validation context; an unknown word is an error that suggests
what may be meant. In the schema for JSON all of these are plain words.
"""

from __future__ import annotations

import re
from typing import Annotated, cast

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from graph.records import Record
from ingest.catalogue import SourceRow, source_record
from ingest.partners import slug
from ingest.rows import FactRow, Visibility
from ingest.world import World

# Between the parts of a list; a `;` within brackets belongs to a name ("EU CBRN CoE Project 99 (A; B)").
_BETWEEN = re.compile(r"[|\n]|;(?![^(]*\))")


def _world(info: ValidationInfo) -> World:
    return cast("World", info.context)


def _once(value: tuple[str, ...]) -> tuple[str, ...]:
    """What is named twice, by two names perhaps, is named once."""
    return tuple(dict.fromkeys(value))


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in _BETWEEN.split(value) if part.strip())
    return value


State = Annotated[str, AfterValidator(lambda written, info: _world(info).state(written))]
Theme = Annotated[str, AfterValidator(lambda written, info: _world(info).theme(written))]
Obligation = Annotated[str, AfterValidator(lambda written, info: _world(info).obligation(written))]
Organisation = Annotated[str, AfterValidator(lambda written, info: _world(info).organisation(written))]
# A State, a territory or an organisation.
Party = Annotated[str, AfterValidator(lambda written, info: _world(info).party(written))]
# A party, a region or `world`.
Place = Annotated[str, AfterValidator(lambda written, info: _world(info).region_or_party(written))]

States = Annotated[tuple[State, ...], BeforeValidator(_split), AfterValidator(_once)]
Themes = Annotated[tuple[Theme, ...], BeforeValidator(_split), AfterValidator(_once)]
Obligations = Annotated[tuple[Obligation, ...], BeforeValidator(_split), AfterValidator(_once)]
Organisations = Annotated[tuple[Organisation, ...], BeforeValidator(_split), AfterValidator(_once)]
Parties = Annotated[tuple[Party, ...], BeforeValidator(_split), AfterValidator(_once)]
Places = Annotated[tuple[Place, ...], BeforeValidator(_split), AfterValidator(_once)]
# Names as they are written, resolved later by the table of partners' names.
Names = Annotated[tuple[str, ...], BeforeValidator(_split), AfterValidator(_once)]


class Form(FactRow):
    """What every form asks besides its own fields: where it is from, and who may see it."""

    reference: str | None = Field(
        None, title="Reference", description="Your own number or name for it, the same each time. Else one is made."
    )
    source: str | None = Field(None, title="Source document", description="Title of the document that says so, if any.")
    source_publisher: str | None = Field(None, title="Source publisher", description="Who published the document.")
    source_date: str | None = Field(None, title="Source date", description="The date that the document speaks of.")
    source_url: str | None = Field(None, title="Source address", description="Where the document is on the web.")
    source_licence: str | None = Field(None, title="Source licence", description="On what terms it may be used.")
    visibility: Visibility = Field(
        "public", title="Visibility", description="`public`, or `committee` for the Committee and its experts alone."
    )
    note: str | None = Field(None, title="Note", description="What else is to be known.")


def cited(form: Form) -> tuple[tuple[str, ...], list[Record]]:
    """The id of the document that a row names as its source, and its record; nothing where it names none."""
    if not form.source:
        return (), []
    id_ = f"cited:{slug(' '.join(filter(None, (form.source, form.source_date))))}"
    row = SourceRow(
        id=id_, title=form.source, publisher=form.source_publisher or "not stated", date=form.source_date,
        url=form.source_url, licence=form.source_licence or "not stated",
    )  # fmt: skip
    return (id_,), [source_record(row, "")]
