"""What a table can be: the kinds that can be loaded, and how one is recognised by its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import ValidationError

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form
from ingest.rejects import FieldError
from ingest.tables import NO_VALUE, NO_VALUE_REASON, Table
from ingest.titles import fold

Closing = Callable[[Desk], Iterable[Record]]


class Reader(Protocol):
    """What can be made of tables of one kind: a form of ours, or a layout in which somebody publishes."""

    @property
    def name(self) -> str:
        """What `--kind` takes."""

    @property
    def title(self) -> str:
        """What it is, in words."""

    def fits(self, header: Sequence[str]) -> int:
        """How many columns are known; 0 where it is no such table."""

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The records; what cannot be taken goes to the desk's rejects."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A form that users fill in.

    `name` is what `footprint template` and `--kind` take, `title` the name of its sheet. `records` makes records of a
    valid row at a place in its file; `FieldError` in it is a row that cannot be taken. An `upright` form has a column
    for each record, and the names of the fields in the first. `inner` are properties in JSON that hold rows of another
    kind: its name, and the field of it that names the record to which they belong. `closing` gives what rows say only
    together, after the last row of a data set whose kind has the same.
    """

    name: str
    title: str
    form: type[Form]
    records: Callable[[str, Any, Desk], Iterable[Record]]
    upright: bool = False
    inner: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    closing: Closing | None = None

    def columns(self) -> dict[str, str]:
        """The fields by all that a header may call them: their names and titles, folded."""
        found: dict[str, str] = {}
        for name, one in self.form.model_fields.items():
            found[fold(name)] = name
            found[fold(one.title or name)] = name
        return found

    def known(self, header: Sequence[str]) -> int:
        """How many columns are fields of the form."""
        columns = self.columns()
        return len({columns[fold(one)] for one in header if fold(one) in columns})

    def missing(self, header: Sequence[str]) -> list[str]:
        """The titles of the fields that must have a column and do not."""
        columns = self.columns()
        there = {columns[fold(one)] for one in header if fold(one) in columns}
        fields = self.form.model_fields.items()
        return [one.title or name for name, one in fields if one.is_required() and name not in there]

    def fits(self, header: Sequence[str]) -> int:
        """How many columns are fields of the form; 0 where one that must be there is not."""
        return 0 if self.missing(header) else self.known(header)

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The records of a table; what is wrong goes to the rejects, under the header's own word for the field."""
        columns = self.columns()
        named = {header: columns[fold(header)] for header in table.header if fold(header) in columns}
        if unknown := ", ".join(header for header in table.header if header not in named):
            desk.rejects.add_field(table.name, table.header_line, unknown, f"no field of {self.title!r} is called so")
        words = {name: table.words.get(header, header) for header, name in named.items()}
        for place, cells in table.rows():
            left_out = [header for header, text in cells.items() if text == NO_VALUE and header in named]
            for header in left_out:
                desk.rejects.add(table.name, place, table.words.get(header, header), NO_VALUE_REASON)
            # What stands under no header at all keeps its own name, which no form has: the row is refused.
            values = {
                named.get(header, header): text
                for header, text in cells.items()
                if header in named or header not in table.header
            }
            if left_out:
                desk.tried[self.name] += 1
            else:
                yield from self.row(values, table.name, place, desk, words)

    def row(
        self, values: Mapping[str, Any], file: str, place: str, desk: Desk, words: Mapping[str, str] | None = None
    ) -> Iterator[Record]:
        """The records of one row; one that cannot be taken goes to the rejects.

        `words` are the names of fields as the user knows them, where these are others.
        """
        told, desk.file = words or {}, file
        desk.tried[self.name] += 1
        try:
            made = list(self.records(place, self.form.model_validate(values, context=desk.world), desk))
        except ValidationError as error:
            desk.rejects.add_validation(file, place, error, told)
        except FieldError as error:
            desk.rejects.add(file, place, told.get(error.field, error.field), str(error), error.value)
        else:
            yield from desk.traced(made, file, place)
