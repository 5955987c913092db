"""The form for grades of indicators: an assessor's, an index's, or the State's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form, Obligations, State, Themes, cited
from ingest.kinds import Kind
from ingest.layouts.indicators import IndicatorRow, indicators
from ingest.layouts.scores import edition_of, grade
from ingest.readings import ReadingRow
from ingest.rejects import FieldError
from ingest.rows import Vague
from ingest.statements import ScoreRow, score_records


class IndicatorForm(Form):
    """A grade that a State has for an indicator, by a table that is known or by one of your own."""

    state: State = Field(title="State", description="The State or territory, by name or ISO code.", examples=["Kenya"])
    indicator: str = Field(
        title="Indicator", description="Scheme and code: FATF R.7, JEE3 P.7.1, SPAR C.4.2, GHS 1.3.1a; or your own.",
        examples=["FATF R.7"],
    )  # fmt: skip
    edition: Literal["1", "2", "3"] | None = Field(
        None, title="Edition", description="Of the tool, where its codes changed and the indicator does not tell it."
    )
    grade: str = Field(title="Grade", description="As the source writes it: LC, 3, 60, no data.", examples=["LC"])
    date: Vague = Field(title="Date", description="When it was given: a day, month or year.", examples=["2025-06"])
    themes: Themes = Field((), title="Themes", description="Of an indicator of your own: what it is about.")
    obligations: Obligations = Field(
        (), title="Obligations", description="Or rows or cells of the matrix, by their ids."
    )
    kind: Literal["assessment", "self_assessment", "index"] | None = Field(
        None, title="Kind of evidence", description="Of an indicator of your own: who gave the grade."
    )
    reads: Literal["in place", "incomplete", "unknown"] | None = Field(
        None, title="Reads", description="Of an indicator of your own: what the grade means for the State's field."
    )
    reason: str | None = Field(None, title="Reason", description="Of an indicator of your own: why it reads so.")


def records(place: str, row: IndicatorForm, desk: Desk) -> Iterator[Record]:
    """A statement about the fields of a State; that of an indicator of one's own says itself how it reads."""
    sources, cited_records = cited(row)
    try:
        known = indicators().named(row.indicator, row.edition or edition_of(row.indicator[:4], row.date))
    except ValueError as error:
        raise FieldError("edition", str(error)) from error
    said: dict[str, Any] = {
        "party": row.state, "observed": row.date, "obligations": row.obligations, "source": sources,
        "visibility": row.visibility, "note": row.note,
    }  # fmt: skip
    score = _known(row, *known, said, desk) if known else _own(row, said)
    yield from cited_records
    yield from score_records([(place, score)], desk.world)


def _known(row: IndicatorForm, indicator: IndicatorRow, edition: str, said: dict[str, Any], desk: Desk) -> ScoreRow:
    if row.kind or row.reads or row.reason:
        raise FieldError("indicator", "is one of the table, which says how it reads", row.indicator)
    try:
        written = grade(indicator, row.grade, desk.world)
    except ValueError as error:
        raise FieldError("grade", str(error), row.grade) from error
    return ScoreRow(
        **said, scheme=indicator.scheme, indicator=indicator.id, edition=edition, kind=indicator.kind,
        scale=indicator.scale, grade=written, themes=tuple(dict.fromkeys((*indicator.themes, *row.themes))),
    )  # fmt: skip


def _own(row: IndicatorForm, said: dict[str, Any]) -> ScoreRow:
    if not (row.kind and row.reads and row.reason and (row.themes or row.obligations)):
        needed = "the kind of evidence, how it reads, the reason, and themes or obligations"
        raise FieldError("indicator", f"is none of the table; one of your own needs besides {needed}", row.indicator)
    scale = f"of {row.indicator}"
    reading = ReadingRow(
        kind=row.kind, scale=scale, grade=row.grade, reading=row.reads, reason=row.reason, source=row.source or "own"
    )
    return ScoreRow(
        **said, scheme="", indicator=row.indicator, edition=row.edition or "", kind=row.kind, scale=scale,
        grade=row.grade, themes=row.themes, reading=reading,
    )  # fmt: skip


KIND = Kind("indicator", "Indicators", IndicatorForm, records)
