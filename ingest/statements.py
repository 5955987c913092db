"""What sources say about States' fields: treaty status, FATF ratings, WHO evaluations, needs that States state.

`readings.csv` maps each grade of each kind to a reading with the reason; how long a statement holds is
`graph.evidence`'s rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from graph.evidence import Kind, holds
from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.dates import Period
from ingest.readings import ReadingRow
from ingest.rejects import Rejects
from ingest.rows import Code3, FactRow, Listed, Rows, Vague, Visibility, read
from ingest.world import World


class TreatyRow(FactRow):
    """Whether a party is named as bound by an instrument."""

    party: Code3
    instrument: str
    status: str
    valid_from: Vague | None = None
    valid_to: Vague | None = None
    observed: Vague
    source: Listed
    line: str | None = None
    visibility: Visibility = "public"
    note: str | None = None
    # How far the list that does not name the party can be trusted, where that is not what the instrument says of its.
    remark: str | None = None


class FatfRow(FactRow):
    """A rating of Recommendation 7 or Immediate Outcome 11."""

    party: Code3
    indicator: str
    grade: str
    year: int
    report: Vague | None = None
    evaluation: Vague | None = None
    methodology: str | None = None
    observed: Vague
    source: Listed
    line: str


class EvaluationRow(FactRow):
    """A score of a joint external evaluation."""

    party: Code3
    indicator: str
    edition: str
    grade: str
    date: Vague
    themes: Listed
    observed: Vague
    source: Listed
    line: str
    note: str | None = None


class ScoreRow(FactRow):
    """A grade that an assessor, an index or the State itself gives for an indicator that we map to themes."""

    party: Code3
    scheme: str = ""
    indicator: str
    edition: str = ""
    kind: Kind
    scale: str
    grade: str
    themes: Listed = ()
    obligations: Listed = ()
    observed: Vague
    source: Listed = ()
    line: str | None = None
    visibility: Visibility = "public"
    note: str | None = None
    # Of an indicator that the table of readings does not have.
    reading: ReadingRow | None = None


# How the grades of each scheme are quoted: whose they are, and of how many.
_QUOTED = {
    "FATF": ("FATF", ""),
    "JEE": ("WHO joint external evaluation", " of 5"),
    "SPAR": ("Self-assessment for WHO", " of 100"),
    "GHS": ("Global Health Security Index", " of 100"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement before it becomes a record: about the fields `targets` (label, id) of one party."""

    party: str
    party_label: str
    targets: tuple[tuple[str, str], ...]
    reading: ReadingRow
    indicator: str
    edition: str
    text: str
    observed: Period
    sources: tuple[str, ...]
    source_line: str | None
    line: str
    valid_from: Period | None = None
    valid_to: Period | None = None
    visibility: str = "public"
    note: str | None = None
    # The source's own words, where the reading is of a range of values.
    grade: str = ""

    def records(self) -> Iterator[Record]:
        """The fields it is about, then the statement."""
        fields = []
        for label, target in self.targets:
            fields.append(f"{self.party}/{target}")
            own = (Link("HAS_FIELD", self.party_label, self.party), Link("CONCERNS", label, target))
            yield Record("Field", fields[-1], {}, own, line=self.line)
        observed = _day(self.observed)
        begins = _day(self.valid_from) if self.valid_from else None
        ends = _day(self.valid_to) if self.valid_to else None
        first, last = holds(self.reading.kind, self.reading.reading, observed, begins, ends)
        properties: dict[str, Value] = {
            "text": self.text,
            "kind": self.reading.kind,
            "indicator": self.indicator,
            "grade": self.grade or self.reading.grade,
            "reading": self.reading.reading,
            "reason": self.reading.reason,
            "observed_text": self.observed.text,
            "observed_at": observed,
            "valid_from": begins,
            "valid_to": ends,
            "holds_from": first,
            "holds_until": last,
            "note": self.note,
            "visibility": self.visibility,
        }
        links = tuple(Link("ABOUT", "Field", field) for field in fields)
        key = f"{self.party}/{self.indicator}/{self.edition}"
        yield Record(
            "Statement", key, properties, (*links, *from_links(self.sources, self.source_line)), line=self.line
        )


def _day(period: Period) -> date:
    """The day by which a vague date had surely come."""
    day = period.latest or period.earliest
    if day is None:
        raise ValueError(f"{period.text!r} names no day at all")
    return day


def treaties(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Parties to treaties, from `treaties.csv`."""
    yield from treaty_records(read(folder / "treaties.csv", TreatyRow, rejects), World.of(folder, rejects))


def treaty_records(rows: Rows[TreatyRow], world: World) -> Iterator[Record]:
    """Who is bound by which instrument, and who is not named as bound."""
    for line, row in rows:
        instrument = world.instruments[row.instrument]
        if row.status == "party":
            since = f" since {row.valid_from.text}" if row.valid_from else f" (seen {row.observed.text})"
            text, remark = f"{instrument.short_title}: {instrument.positive_word}{since}", None
        else:
            text = f"{instrument.short_title}: not listed as {instrument.positive_word}, {row.observed.text}"
            remark = row.remark or instrument.negative_note.rstrip(".")
        yield from Said(
            row.party, world.parties[row.party], (("Obligation", instrument.obligation),),
            world.readings.read("treaty", "treaty", row.status), instrument.short_title, row.observed.text, text,
            row.observed, row.source, row.line, line, row.valid_from, row.valid_to, visibility=row.visibility,
            note="; ".join(one for one in (row.note, remark) if one) or None,
        ).records()  # fmt: skip


def fatf(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """FATF ratings on proliferation financing, from `fatf.csv`."""
    yield from fatf_records(read(folder / "fatf.csv", FatfRow, rejects), World.of(folder, rejects))


def fatf_records(rows: Rows[FatfRow], world: World) -> Iterator[Record]:
    """What the assessors of mutual evaluations rated."""
    for line, row in rows:
        scale = "FATF technical compliance" if row.indicator.startswith("R.") else "FATF effectiveness"
        said = row.model_dump(include={"party", "indicator", "grade", "source", "line"})
        score = ScoreRow(
            **said, scheme="FATF", kind="assessment", scale=scale, themes=("proliferation-finance",),
            observed=row.observed,
        )  # fmt: skip
        yield from score_records([(line, score)], world)


def evaluations(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Scores of WHO joint external evaluations, from `evaluations.csv`."""
    yield from evaluation_records(read(folder / "evaluations.csv", EvaluationRow, rejects), World.of(folder, rejects))


def evaluation_records(rows: Rows[EvaluationRow], world: World) -> Iterator[Record]:
    """What the teams of joint external evaluations scored."""
    for line, row in rows:
        said = row.model_dump(include={"party", "indicator", "edition", "grade", "themes", "source", "line", "note"})
        score = ScoreRow(**said, scheme="JEE", kind="assessment", scale="JEE score", observed=row.date)
        yield from score_records([(line, score)], world)


def score_records(rows: Rows[ScoreRow], world: World) -> Iterator[Record]:
    """What grades of indicators say of the fields on which the indicators bear."""
    for line, row in rows:
        whose, of = _QUOTED.get(row.scheme, (row.scheme, ""))
        grade = row.grade if row.grade == "no data" else f"{row.grade}{of}"
        reading = row.reading or world.readings.read(row.kind, row.scale, row.grade)
        yield from Said(
            row.party, world.parties[row.party],
            (*(("Theme", theme) for theme in row.themes), *(("Obligation", one) for one in row.obligations)), reading,
            f"{row.scheme} {row.indicator}".strip(), "/".join(filter(None, (row.edition, row.observed.text))),
            f"{whose} {row.indicator}: {grade}, {row.observed.text}".strip(), row.observed, row.source, row.line, line,
            visibility=row.visibility, note=row.note, grade=row.grade if reading.low is None else grade,
        ).records()  # fmt: skip


class StatedNeed(NamedTuple):
    """A need of a request, as far as it is a statement about fields."""

    id: str
    themes: tuple[str, ...]
    subject: str
    visibility: str
    line: str


def stated_needs(
    party: str, needs: Iterable[StatedNeed], world: World, observed: Period, sources: tuple[str, ...]
) -> Iterator[Record]:
    """A State's own needs as statements about its fields."""
    reading = world.readings.read("stated_need", "stated need", "line")
    for number, need in enumerate(needs, start=1):
        if need.themes:
            yield from Said(
                party, world.parties[party], tuple(("Theme", theme) for theme in dict.fromkeys(need.themes)), reading,
                f"stated need {number}", need.id, f"asked for: {need.subject} ({observed.text})", observed, sources,
                None, need.line, visibility=need.visibility,
            ).records()  # fmt: skip
