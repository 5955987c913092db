"""The form for parties to treaties and members of arrangements, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form, State, cited
from ingest.kinds import Kind
from ingest.layouts.treaty_collection import instrument
from ingest.rejects import FieldError
from ingest.rows import Vague
from ingest.statements import TreatyRow, treaty_records


class TreatyForm(Form):
    """That a State is party to a treaty, or that a complete list does not name it."""

    state: State = Field(title="State", description="The State or territory, by name or ISO code.", examples=["Kenya"])
    treaty: str = Field(title="Treaty", description="Its short title, such as CWC, ICSANT or CPPNM.", examples=["CWC"])
    status: Literal["party", "not listed"] = Field(
        title="Status", description="`party`, or `not listed` where a list of all parties does not name the State.",
        examples=["party"],
    )  # fmt: skip
    since: Vague | None = Field(None, title="Since", description="From when it is bound.", examples=["1997-04-25"])
    until: Vague | None = Field(None, title="Until", description="When its withdrawal took effect, where it left.")
    seen: Vague = Field(title="Status as at", description="The day that the source speaks of.", examples=["2026-02-03"])


def records(place: str, row: TreatyForm, desk: Desk) -> Iterator[Record]:
    """A statement about the row of the matrix that stands for the treaty."""
    treaty = instrument(desk.world, row.treaty)
    if not treaty:
        known = ", ".join(one.short_title for one in desk.world.instruments.values())
        raise FieldError("treaty", f"is no treaty that is known; there are {known}", row.treaty)
    if row.status == "not listed" and (row.since or row.until):
        raise FieldError("since", "a State that is not listed has no date of joining or leaving")
    sources, cited_records = cited(row)
    yield from cited_records
    said = TreatyRow(
        party=row.state, instrument=treaty, status=row.status, valid_from=row.since, valid_to=row.until,
        observed=row.seen, source=sources, visibility=row.visibility, note=row.note,
        remark=f"the list is complete for {row.seen.text}",
    )  # fmt: skip
    yield from treaty_records([(place, said)], desk.world)


KIND = Kind("treaty", "Parties to treaties", TreatyForm, records)
