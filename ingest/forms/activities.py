"""The forms for dated events, and for help that took place (precedents)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from graph.records import Record
from ingest.activities import ActivityRow, event_records
from ingest.assistance import PrecedentRow, precedent_records
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Organisations, States, Themes, cited
from ingest.kinds import Kind
from ingest.rejects import FieldError
from ingest.rows import Vague
from ingest.world import World

_ROLES = {
    "subjects": "subject", "hosts": "host", "organisers": "organiser", "funders": "funder", "reviewers": "reviewer",
    "participants": "participant",
}  # fmt: skip


class ActivityForm(Form):
    """A visit, peer review, workshop, training or other dated event."""

    title: str = Field(title="Title", description="What took place or will.", examples=["Workshop on licensing"])
    kind: str = Field(
        "event", title="Kind", description="visit, peer review, workshop, training …", examples=["workshop"]
    )
    date: Vague = Field(
        title="Date", description="A day, month or year, or from/to.", examples=["2026-03-02/2026-03-04"]
    )
    subjects: Names = Field((), title="About", description="The States that it was about (visits, reviews, reports).")
    hosts: Names = Field((), title="Hosts", description="The States or organisations that hosted it.")
    organisers: Names = Field((), title="Organisers", description="Who organised it.", examples=["UNODA"])
    funders: Names = Field((), title="Funders", description="Who paid for it.")
    reviewers: Names = Field((), title="Reviewers", description="Who reviewed, in a peer review.")
    participants: Names = Field((), title="Participants", description="Who took part.", examples=["Kenya; Uganda"])
    themes: Themes = Field((), title="Themes", description="What it was about.", examples=["licensing"])
    detail: str | None = Field(None, title="Detail", description="What else is known.")
    outcome: str | None = Field(None, title="Outcome", description="What came of it.")


class PrecedentForm(Form):
    """Help that took place, or was planned, proposed or pledged."""

    title: str = Field(title="Title", description="What was done.", examples=["Drafting of a control list"])
    providers: Names = Field(title="Providers", description="Who helped.", examples=["UNODC; Canada"])
    recipients: States = Field((), title="Recipient States", description="Who was helped.", examples=["Kenya"])
    recipient_organisations: Organisations = Field(
        (), title="Recipient organisations", description="Or the organisations that were."
    )
    themes: Themes = Field((), title="Themes", description="What it was about.", examples=["control-lists"])
    date: Vague | None = Field(None, title="Date", description="A day, month, year, or from/to.", examples=["2024"])
    kind: Literal["help", "plan", "proposal", "pledge", "event", "model", "principle", "tool"] = Field(
        "help", title="Kind", description="`help` if it took place; else what it was.", examples=["help"]
    )
    rode_on: str | None = Field(None, title="Rode on", description="What existing work it rode on.")
    outcome: str | None = Field(None, title="Outcome", description="What came of it.")


def activity(place: str, row: ActivityForm, desk: Desk) -> Iterator[Record]:
    """An event with its participants by role."""
    sources, cited_records = cited(row)
    yield from cited_records
    participants = tuple(
        f"{role}:{_code(desk.world, who)}" for field, role in _ROLES.items() for who in getattr(row, field)
    )
    if not participants:
        raise FieldError("participants", "names nobody: say who took part, hosted or was visited")
    said = row.model_dump(include={"title", "kind", "themes", "detail", "outcome", "visibility", "note"})
    id_ = desk.own(row.reference) or desk.key("ACT", row.date.text, row.title)
    event = ActivityRow(**said, id=id_, date=row.date, participants=participants, source=sources)
    yield from event_records([(place, event)], desk.world)


def precedent(place: str, row: PrecedentForm, desk: Desk) -> Iterator[Record]:
    """Help with who gave and who received it."""
    sources, cited_records = cited(row)
    yield from cited_records
    said = row.model_dump(
        include={"title", "providers", "recipients", "recipient_organisations", "themes", "kind", "rode_on", "outcome",
                 "visibility", "note"}
    )  # fmt: skip
    id_ = desk.own(row.reference) or desk.key("PREC", row.date.text if row.date else "", row.title)
    yield from precedent_records([(place, PrecedentRow(**said, id=id_, date=row.date, source=sources))], desk.world)


def _code(world: World, written: str) -> str:
    """The code of a State that is written by name; any other name as it is."""
    try:
        return world.state(written)
    except ValueError:
        return written


ACTIVITY = Kind("activity", "Activities", ActivityForm, activity)
PRECEDENT = Kind("precedent", "Precedents", PrecedentForm, precedent)
