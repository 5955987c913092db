"""What the form of a State's matrix asks, the rows that the facts have, and the columns of its sheets.

Editions of the matrix differ: a State's own form may have rows that the facts do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from graph.harmless import looks_like_formula
from ingest.forms.fields import State
from ingest.obligations import MatrixRow
from ingest.rejects import Rejects
from ingest.rows import FactRow, Vague, Visibility, YesNo, read
from ingest.shipped import FACTS

# The first column of a cover, by which it is known, and the second; the first of a section's sheet.
COVER, ANSWER, ROW = "Cover of the matrix", "Answer", "Row"
# A field of a row: weapon (empty where the section does not part them) and column.
Where = tuple[str, str]
What = Literal["value", "document", "remarks"]

_WORDS = {"framework": "national legal framework", "enforcement": "enforcement", "yes": "YES"}
_WEAPONS = {"N": "nuclear", "C": "chemical", "B": "biological"}
_SHARED_DOCUMENT = {"yes": "Relevant information"}
# Letters and marks of other keyboards that look the same count as what they look like.
_VALUES = {"x": "X", "х": "X", "?": "?", "؟": "?", "？": "?", "na": "NA", "n/a": "NA"}
_WRITE = "should be X, ?, NA or empty"
_MARK = re.compile(r"(?:^|(?<=[;\t\n]))'")


def _value(written: object) -> object:
    if isinstance(written, str) and written.strip():
        try:
            return _VALUES[written.strip().casefold()]
        except KeyError:
            raise ValueError(_WRITE) from None
    return written


def _weapon(written: object) -> object:
    return written.strip().upper().removesuffix("W") if isinstance(written, str) else written


class Cover(FactRow):
    """Whose matrix it is, and of when."""

    state: State = Field(title="State", description="The State, by name or ISO code.")
    date: Vague = Field(
        title="Date of the matrix",
        description="The day of which it speaks, or the month or year where that is all that is known: 2017-05-31.",
    )
    edition: str | None = Field(
        None, title="Edition of the form", description="The edition of the Committee's form, such as 2017."
    )
    complete: YesNo = Field(
        title="Complete",
        description="`yes` if the whole matrix is here: then an empty field says that there is no entry. Else `no`.",
    )
    approved: Vague | None = Field(
        None, title="Approved by the Committee on", description="The date; empty where there is none or none is known."
    )
    visibility: Visibility = Field(
        "public", title="Visibility", description="`public`, or `committee` for the Committee and its experts alone."
    )


class Entry(FactRow):
    """What a matrix has in one field."""

    section: str = Field(title="Section", description="The section of the matrix, such as OP2 or OP3cd.")
    row: Annotated[int, Field(ge=1)] = Field(title="Row", description="The number of the row in its section.")
    label: str | None = Field(None, title="Label", description="The words of the row.")
    weapon: Annotated[Literal["N", "C", "B"], BeforeValidator(_weapon)] | None = Field(
        None, title="Weapon", description="N, C or B; empty in sections that do not part them."
    )
    column: Literal["framework", "enforcement", "yes"] = Field(
        "yes", title="Column", description="`framework`, `enforcement`, or `yes` in sections that have one column."
    )
    value: Annotated[Literal["X", "?", "NA"] | None, BeforeValidator(_value)] = Field(
        None,
        title="Value",
        description="X: steps taken or specific references given, which is not to say that the obligation is met in "
        "full. ?: a reference that is not directly relevant or not complete. NA: not applicable. Empty: no entry.",
    )
    document: str | None = Field(
        None,
        title="Source document",
        description="What the matrix names as the source; in OP 1 the signature, accession or ratification.",
    )
    remarks: str | None = Field(None, title="Remarks", description="Remarks of the matrix on this field.")


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a matrix with its cover, as text: a line of the layout for machines."""

    section: str
    row: int
    label: str
    weapon: str
    column: str
    state: str = ""
    date: str = ""
    edition: str = ""
    complete: str = ""
    approved: str = ""
    visibility: str = ""
    value: str = ""
    document: str = ""
    remarks: str = ""

    @property
    def cover(self) -> tuple[str, ...]:
        """What the cover says, in the order of its fields."""
        return tuple(getattr(self, name) for name in Cover.model_fields)

    def under(self, cover: tuple[str, ...]) -> Line:
        """The line with another cover."""
        said = {**asdict(self), **dict(zip(Cover.model_fields, cover, strict=True))}
        return Line(**said)

    @property
    def where(self) -> Where:
        """Which field of its row it is."""
        return self.weapon, self.column


@dataclass(frozen=True, slots=True)
class Slot:
    """What a column of a sheet holds: of one field, or of all with its column, or of all of a row."""

    what: What
    weapon: str = ""
    column: str = ""

    @property
    def own(self) -> bool:
        """Whether it is the further column of a single field for what has a shared one."""
        return self.what != "value" and bool(self.weapon)


@cache
def rows_known() -> Mapping[str, tuple[MatrixRow, ...]]:
    """The rows of the matrix that the facts have, by section, both in their order."""
    found: dict[str, list[MatrixRow]] = {}
    for _, row in read(FACTS / "matrix_rows.csv", MatrixRow, Rejects()):
        found.setdefault(row.section, []).append(row)
    return {section: tuple(rows) for section, rows in found.items()}


def fields_of(section: str) -> list[Where]:
    """The fields that a row of the section has."""
    first = rows_known()[section][0]
    return [(weapon, column) for weapon in first.weapons or ("",) for column in first.columns]


def words_of(where: Where) -> str:
    """A field in words; none where its row has no other."""
    weapon, column = where
    return f"{_WORDS[column]}, {_WEAPONS[weapon]}" if weapon else ""


def template_lines() -> list[Line]:
    """An empty line for each field of the rows that the facts have."""
    return [
        Line(section, row.row, row.label, weapon, column)
        for section, rows in rows_known().items()
        for row in rows
        for weapon, column in fields_of(section)
    ]


def label_title(section: str) -> str:
    """The title of the column with the words of a row."""
    return "Instrument" if section == "OP1" else "Subject"


@cache
def slots(section: str) -> Mapping[str, Slot]:
    """The columns of the section's sheet by their titles; those of a single field's own texts stand last."""
    fields = fields_of(section)
    weapons = list(dict.fromkeys(weapon for weapon, _ in fields))
    found: dict[str, Slot] = {}
    own: dict[str, Slot] = {}
    for column in dict.fromkeys(column for _, column in fields):
        word = _WORDS[column]
        capital = f"{word[0].upper()}{word[1:]}"
        for weapon in weapons:
            title = f"{weapon}: {word}" if len(weapons) > 1 else capital
            found[title] = Slot("value", weapon, column)
            if len(weapons) > 1:
                own[f"{title}, source document"] = Slot("document", weapon, column)
            if len(fields) > 1:
                own[f"{title}, remarks"] = Slot("remarks", weapon, column)
        found[_SHARED_DOCUMENT.get(column, f"{capital}: source document")] = Slot("document", "", column)
    return {**found, "Remarks": Slot("remarks"), **own}


def spread(text: str, column: str, values: Mapping[Where, str]) -> dict[Where, str]:
    """What a shared text says of each field of a row: it goes with X and ?, else with what is filled, else with all.

    `column` is that of the fields among which it is shared, empty for all of the row.
    """
    among = [where for where in values if column in ("", where[1])]
    noted = [where for where in among if values[where] in ("X", "?")]
    meant = noted or [where for where in among if values[where]] or among
    return {where: text if where in meant else "" for where in among}


def as_written(text: str) -> str:
    """The text of a CSV file without the apostrophes of `graph.harmless.cell` before what looks like a formula."""
    return _MARK.sub(lambda mark: "" if looks_like_formula(text[mark.end() :]) else "'", text)
