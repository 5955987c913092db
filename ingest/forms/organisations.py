"""The forms for organisations and for their members; what both say of one organisation is one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Organisation, Parties, Party, cited
from ingest.kinds import Kind
from ingest.partners import slug
from ingest.rejects import FieldError
from ingest.rows import Vague, YesNo

Status = Literal["member", "associate", "observer", "former", "candidate", "donor", "supporter"]


class OrganisationForm(Form):
    """An organisation, and those who are its members now where more is not known of their membership."""

    name: str = Field(
        title="Name",
        description="Its name, in English where it has one.",
        examples=["Gulf of Guinea Border Forum (illustrative)"],
    )
    short_name: str | None = Field(None, title="Abbreviation", description="Its abbreviation.", examples=["GGBF"])
    kind: str = Field(
        "organisation",
        title="Kind",
        description="Regional organisation, UN entity, agency …",
        examples=["regional organisation"],
    )
    regional: YesNo = Field(
        title="Regional",
        description="`yes` if it is a regional or sub-regional organisation, else `no`.",
        examples=["yes"],
    )
    other_names: Names = Field((), title="Other names", description="Other names that people use.")
    url: str | None = Field(None, title="Web address", description="Its own address on the web.")
    members: Parties = Field(
        (),
        title="Members",
        description="Its members now; dates are for the form of members.",
        examples=["Kenya; Uganda"],
    )


class MembershipForm(Form):
    """That a State or organisation is or was a member; two spells of membership are two rows."""

    organisation: Organisation = Field(
        title="Organisation", description="Its id, name or abbreviation.", examples=["African Union"]
    )
    member: Party = Field(title="Member", description="The State or organisation.", examples=["Kenya"])
    status: Status = Field("member", title="Status", description="What the member is.", examples=["member"])
    since: Vague | None = Field(
        None, title="Since", description="The first day, month or year.", examples=["2002-07-09"]
    )
    until: Vague | None = Field(None, title="Until", description="The day on which it ended, where it did.")


def organisation(place: str, row: OrganisationForm, desk: Desk) -> Iterator[Record]:
    """Keep the organisation until all of its members are read."""
    id_ = row.reference or slug(row.short_name or row.name)
    if id_ in desk.held and desk.held[id_].properties:
        raise FieldError("name", "is given twice in this data set", row.name)
    desk.world.learn(id_, filter(None, (row.name, row.short_name, *row.other_names)))
    sources, cited_records = cited(row)
    yield from cited_records
    said = row.model_dump(include={"name", "short_name", "kind", "regional", "url"}, exclude_none=True)
    said["other_names"] = list(row.other_names)
    links = [_member(desk, who, ordinal=0, status="member") for who in dict.fromkeys(row.members)]
    desk.hold(Record("Organisation", id_, said, (*links, *from_links(sources)), line=place))


def membership(place: str, row: MembershipForm, desk: Desk) -> Iterator[Record]:
    """Add the membership to its organisation."""
    sources, cited_records = cited(row)
    yield from cited_records
    first, last = row.since.earliest if row.since else None, row.until.latest if row.until else None
    if row.until and first and last and last < first:
        raise FieldError("until", "lies before the beginning of the membership", row.until.text)
    held = desk.held.get(row.organisation)
    spells = sum(link.key == row.member for link in held.links) if held else 0
    link = _member(
        desk, row.member, ordinal=spells, status=row.status,
        since=first, until=last,
        since_text=row.since.text if row.since else None, until_text=row.until.text if row.until else None,
        note=row.note, source=sources[0] if sources else desk.source,
    )  # fmt: skip
    desk.hold(Record("Organisation", row.organisation, {}, (link,), line=place))


def _member(desk: Desk, who: str, ordinal: int, **said: Value) -> Link:
    return Link("MEMBER_OF", desk.world.parties.get(who, "Organisation"), who, {"source": desk.source, **said}, ordinal)


ORGANISATION = Kind("organisation", "Organisations", OrganisationForm, organisation, closing=Desk.let_go)
MEMBERSHIP = Kind("membership", "Members", MembershipForm, membership, closing=Desk.let_go)
