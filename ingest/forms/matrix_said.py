"""What a matrix says of one field as records: a statement on that field, from the State's matrix.

A row that the facts know by its words says what it says of that row. Any other is kept as it stands with its section,
and not read: which obligation a row of another edition means is not to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.records import Record
from ingest.catalogue import SourceRow, source_record
from ingest.forms.matrix_form import Cover, Entry, Where, fields_of, rows_known, words_of
from ingest.obligations import MatrixRow, section_id
from ingest.rejects import FieldError
from ingest.statements import Said
from ingest.titles import fold
from ingest.world import World


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a form has it: its own number and words, and the row of the facts that it is, if any."""

    section: str
    number: int
    label: str
    known: MatrixRow | None

    @classmethod
    def of(cls, entry: Entry) -> Row:
        """Look for the row by its words, or where it has none by its number; `FieldError` where that cannot be."""
        if entry.section not in rows_known():
            raise FieldError(
                "section", f"is no section of the matrix; they are {', '.join(rows_known())}", entry.section
            )
        among = rows_known()[entry.section]
        if entry.label:
            found = next((row for row in among if fold(row.label) == fold(entry.label)), None)
        else:
            found = next((row for row in among if row.row == entry.row), None)
            if found is None:
                raise FieldError("label", "is missing, and no row with that number is known", entry.row)
        return cls(entry.section, entry.row, entry.label or (found.label if found else ""), found)

    @property
    def as_in_facts(self) -> bool:
        """Whether the facts have it with the same number and words."""
        return self.known is not None and (self.known.row, self.known.label) == (self.number, self.label)


def records(cover: Cover, entry: Entry, row: Row, world: World) -> Iterator[Record]:
    """What a matrix says of one field; `FieldError` where its row has no such field.

    An empty field of a matrix that is not complete says nothing; there is a statement of it only where the form has
    more to keep: a text, or a row with a number or words of its own.
    """
    where: Where = (entry.weapon or "", entry.column)
    if where not in fields_of(row.section):
        raise FieldError("column", f"is no field of section {row.section}", " ".join(filter(None, where)))
    if not (entry.value or entry.document or entry.remarks or cover.complete) and row.as_in_facts:
        return
    scale = "matrix, not complete" if not (entry.value or cover.complete) else "matrix"
    reading = world.readings.read("matrix", scale if row.known else "matrix, other row", entry.value or "blank")
    target = section_id(row.section)
    if row.known:
        target = "/".join(filter(None, (row.known.id, *(where if where[0] else ()))))
    source = _source(cover)
    yield source
    own = {
        "row_label": row.label, "document": entry.document, "edition": cover.edition, "complete": cover.complete,
        "approved": cover.approved.text if cover.approved else None,
    }  # fmt: skip
    said = Said(
        cover.state, world.parties[cover.state], (("Obligation", target),), reading,
        "/".join(filter(None, (row.section, str(row.number), *where))), cover.date.text, _text(cover, entry, row),
        cover.date, (source.key,), None, "", visibility=cover.visibility, note=entry.remarks,
    )  # fmt: skip
    for record in said.records():
        more: dict[str, Any] = own if record.label == "Statement" else {}
        yield replace(record, properties={**record.properties, **more})


def _text(cover: Cover, entry: Entry, row: Row) -> str:
    told = entry.value or ("no entry" if cover.complete else "empty")
    where = words_of((entry.weapon or "", entry.column))
    return f"Matrix of {cover.date.text}, {row.label}: {told}{f' ({where})' if where else ''}"


def _source(cover: Cover) -> Record:
    """The State's matrix, the same in all editions: a later one of it takes the place of an earlier one.

    What the Committee approved and what it did not, or of which that is not known, are two sources.
    """
    id_, approved = f"matrix:{cover.state}", "approved by the 1540 Committee"
    publisher = "1540 Committee"
    if cover.approved is None:
        id_, approved, publisher = f"{id_}:as-loaded", "approval by the 1540 Committee not stated", "as loaded"
    title = f"1540 matrix of {cover.state}, {approved}"
    return source_record(SourceRow(id=id_, title=title, publisher=publisher, licence="not stated"), "")
