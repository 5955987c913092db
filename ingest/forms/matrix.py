"""A State's matrix: a workbook with a cover and a sheet a section, or one table with a line a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from graph.records import Record
from ingest.desk import Desk, placed
from ingest.files import UnreadableFileError
from ingest.forms.matrix_form import (
    ANSWER,
    COVER,
    ROW,
    Cover,
    Entry,
    Slot,
    What,
    as_written,
    fields_of,
    label_title,
    rows_known,
    slots,
    spread,
)
from ingest.forms.matrix_said import Row, records
from ingest.rejects import FieldError
from ingest.rows import FactRow
from ingest.tables import BEYOND, NO_VALUE, NO_VALUE_REASON, Table
from ingest.titles import fold

_LABELS = frozenset(fold(label_title(section)) for section in ("OP1", "OP2"))
_NOT_KNOWN = "rows of a matrix that the rows known here do not have: kept as they stand, and not read"
ModelT = TypeVar("ModelT", bound=FactRow)


def _names(*models: type[FactRow]) -> dict[str, str]:
    """The fields by what a header may call them, folded."""
    fields = [(name, one.title or name) for model in models for name, one in model.model_fields.items()]
    return {fold(word): name for name, title in fields for word in (name, title)}


_COVER, _FLAT = _names(Cover), _names(Cover, Entry)
# All that a column of any section's sheet may be called.
_SHEET = {fold(ROW), *_LABELS, *(fold(title) for section in rows_known() for title in slots(section))}
_NEEDED = ("state", "date", "complete", "section", "row", "value")


class MatrixReader:
    """Reads the sheets of a matrix, and the table of its lines."""

    name = "matrix"
    title = "Matrix of a State"

    def fits(self, header: Sequence[str]) -> int:
        """How many columns are known of a cover, of a section or of the lines; 0 where it is none of them."""
        words = {fold(one) for one in header}
        if _is_cover(words):
            return 2
        if _is_section(words):
            return 1 + max(len(words & {fold(title) for title in slots(section)}) for section in rows_known())
        known = {_FLAT[word] for word in words if word in _FLAT}
        return len(known) if known.issuperset(_NEEDED) else 0

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The records of a sheet or table; a cover has none and is kept for the sheets that follow it."""
        words = {fold(one) for one in table.header}
        if _is_cover(words):
            self._cover(table, desk)
        elif _is_section(words):
            yield from self._section(table, desk)
        else:
            yield from self._lines(table, desk)

    def _cover(self, table: Table, desk: Desk) -> None:
        first, second = (next(one for one in table.header if fold(one) == fold(word)) for word in (COVER, ANSWER))
        values, words, places = {}, {}, {}
        for place, cells in table.rows():
            if name := _COVER.get(fold(cells[first])):
                values[name], words[name], places[name] = cells[second], cells[first], place
            else:
                desk.rejects.add_field(table.name, place, cells[first], "no field of the cover is called so")
        cover = desk.covers[_book(table)] = _valid(Cover, values, table.name, table.header_line, desk, words, places)
        if cover is None:
            reason = "cannot be used, so that nothing of the workbook was taken"
            desk.rejects.add(table.name, table.header_line, COVER, reason)

    def _section(self, table: Table, desk: Desk) -> Iterator[Record]:
        if _book(table) not in desk.covers:
            raise UnreadableFileError(
                f"{table.name}: a sheet with {COVER!r}, which says whose matrix it is, must stand before it."
            )
        cover = desk.covers[_book(table)]
        if cover is None:
            return
        _refuse_unknown(table, desk, _SHEET)
        for place, cells in table.rows():
            try:
                entries = list(_entries(cells))
            except FieldError as error:
                desk.rejects.add(table.name, place, error.field, str(error), error.value)
                continue
            for values, words in entries:
                yield from _field(cover, values, table.name, place, desk, words)

    def _lines(self, table: Table, desk: Desk) -> Iterator[Record]:
        _refuse_unknown(table, desk, set(_FLAT))
        words = {_FLAT[fold(header)]: header for header in table.header if fold(header) in _FLAT}
        for place, cells in table.rows():
            values = {
                _FLAT.get(fold(header), header): text if table.sheet else as_written(text)
                for header, text in cells.items()
            }
            values = {name: text for name, text in values.items() if name in words or name == BEYOND}
            about = {name: values.pop(name) for name in Cover.model_fields if name in values}
            if cover := _valid(Cover, about, table.name, place, desk, words):
                yield from _field(cover, values, table.name, place, desk, words)


READER = MatrixReader()


def _is_cover(words: set[str]) -> bool:
    return {fold(COVER), fold(ANSWER)} <= words


def _is_section(words: set[str]) -> bool:
    return fold(ROW) in words and bool(words & _LABELS)


def _book(table: Table) -> str:
    """The name of the workbook to which a sheet belongs."""
    return table.name.removesuffix(f"!{table.sheet}") if table.sheet else table.name


def _refuse_unknown(table: Table, desk: Desk, known: set[str]) -> None:
    if unknown := ", ".join(header for header in table.header if fold(header) not in known):
        desk.rejects.add_field(table.name, table.header_line, unknown, "no column of a matrix is called so")


def _entries(cells: Mapping[str, str]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The fields of a row of a sheet: their values by name, and what the sheet calls these."""
    headers = {fold(header): header for header in cells}
    written = cells[headers[fold(ROW)]]
    section, _, number = written.rpartition("/")
    if section not in rows_known() or not number.isdecimal():
        reason = f"should be a section and a number, such as {next(iter(rows_known()))}/1"
        raise FieldError(headers[fold(ROW)], reason, written)
    own = {fold(ROW), *_LABELS, *(fold(title) for title in slots(section))}
    for word in headers.keys() - own:
        if cells[headers[word]] and (word in _SHEET or headers[word] == BEYOND):
            raise FieldError(headers[word], f"is no column of section {section}", cells[headers[word]])
    label = next(headers[word] for word in _LABELS if word in headers)
    found: dict[Slot, tuple[str, str]] = {
        slot: (headers[fold(title)], cells[headers[fold(title)]])
        for title, slot in slots(section).items()
        if fold(title) in headers
    }
    empty = ("", "")
    fields = {where: found.get(Slot("value", *where), empty) for where in fields_of(section)}
    filled = {where: text for where, (_, text) in fields.items()}
    for (weapon, column), (title, value) in fields.items():
        values = {"section": section, "row": number, "label": cells[label], "weapon": weapon, "column": column}
        words = {"row": headers[fold(ROW)], "section": headers[fold(ROW)], "label": label, "value": title}
        values["value"] = value
        for what, group in _shared(column):
            header, text = found.get(Slot(what, weapon, column), empty) if weapon else empty
            if not text:
                header, shared = found.get(Slot(what, "", group), empty)
                text = spread(shared, group, filled)[(weapon, column)]
            values[what], words[what] = text, header
        yield values, words


def _shared(column: str) -> tuple[tuple[What, str], ...]:
    """The texts that fields can share, and the column whose fields do; none: all of the row."""
    return ("document", column), ("remarks", "")


def _valid(
    model: type[ModelT],
    values: Mapping[str, str],
    file: str,
    place: str,
    desk: Desk,
    words: Mapping[str, str],
    places: Mapping[str, str] | None = None,
) -> ModelT | None:
    """The values as a model; nothing where they cannot be, which then stands among the rejects.

    `places` are those of the values where each has one of its own.
    """
    if left_out := [name for name, text in values.items() if text == NO_VALUE]:
        for name in left_out:
            desk.rejects.add(file, place, words.get(name, name), NO_VALUE_REASON)
        return None
    try:
        return model.model_validate(values, context=desk.world)
    except ValidationError as error:
        desk.rejects.add_validation(file, place, error, words, places)
        return None


def _field(
    cover: Cover, values: Mapping[str, str], file: str, place: str, desk: Desk, words: Mapping[str, str]
) -> Iterator[Record]:
    """The records of a field; nothing where it cannot be taken, which then stands among the rejects."""
    entry = _valid(Entry, values, file, place, desk, words)
    if entry is None:
        return
    try:
        row = Row.of(entry)
        made = list(records(cover, entry, row, desk.world))
    except FieldError as error:
        desk.rejects.add(file, place, words.get(error.field, error.field), str(error), error.value)
        return
    if row.known is None and (entry.weapon or "", entry.column) == fields_of(row.section)[0]:
        desk.rejects.notes[_NOT_KNOWN] += 1
    for record in made:
        key = f"{record.key} ({desk.dataset})" if record.label == "Statement" else record.key
        yield placed(replace(record, key=key), file, place)
