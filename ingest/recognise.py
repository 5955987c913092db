"""What a file is: IATI activities, one of the forms, or a layout in which somebody publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graph.records import Record
from ingest import documents, files, iati_files, mapping, packages
from ingest.desk import Desk, placed
from ingest.files import MAPPING, Entry, Meter, UnreadableFileError
from ingest.kinds import Closing, Kind, Reader
from ingest.registry import FORMS, READERS
from ingest.tables import Grid, Table, grids
from ingest.titles import fold

# Sheets of our own templates that hold no records.
EXPLANATIONS = "Explanations"
IATI = "IATI activities"
# Asks which of some kinds a table is; gives the name of one.
Ask = Callable[[str, Sequence[Reader]], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a path that is of one kind: `name` for messages, and its records; `order` after what it builds on."""

    path: Path
    name: str
    kind: str
    order: int
    records: Callable[[Desk], Iterator[Record]]
    closing: Closing | None = None


class UnknownKindError(UnreadableFileError):
    """A table that is none of the kinds; the message says what comes nearest."""


@dataclass(frozen=True, slots=True)
class Told:
    """What users say of their tables: the kind of all of them, a mapping file for all of them, whom to ask in doubt."""

    kind: str = ""
    mapping: Path | None = None
    ask: Ask | None = None


def pieces(path: Path, name: str, meter: Meter, told: Told) -> Iterator[Piece]:
    """What is behind a file that messages call `name`, by kind.
    Raises `UnreadableFileError` for what cannot be opened or is of no kind.
    """
    found = files.entries(path, name, meter)
    if not told.kind and (package := packages.package(path, found, meter)):
        yield Piece(path, package.projects.name, packages.TITLE, _order(IATI), package.records)
        return
    if files.holds_xml(path):
        yield Piece(path, name, IATI, _order(IATI), partial(_activities, path, meter))
    for entry in found:
        if entry.is_document:
            for form, rows in documents.rows(entry.name, entry.open, FORMS).items():
                kind_ = FORMS[form]
                read = partial(documents.records, entry.name, rows, kind_)
                yield Piece(path, entry.name, kind_.title, _order(form), read, kind_.closing)
        else:
            yield from _tables(path, entry, told)


def _order(name: str) -> int:
    names = [*READERS, IATI]
    return names.index(name)


def _activities(path: Path, meter: Meter, desk: Desk) -> Iterator[Record]:
    """The records of all IATI files behind a path; one that cannot be read is passed over, and said at the end."""
    with closing(iati_files.activities(path, meter, desk.source, desk.rejects, desk.country)) as found:
        for member, line, programme in found:
            for record in desk.programmes.records(programme, member, line):
                yield placed(record, member, line)


def _tables(path: Path, entry: Entry, told: Told) -> Iterator[Piece]:
    """The tables of a CSV file or a workbook; of a workbook's sheets some may hold something else."""
    found, unknown = [], []
    for grid in grids(entry.name.removesuffix(".gz"), entry.open):
        if fold(grid.sheet) == fold(EXPLANATIONS):
            continue
        try:
            table, reader = recognised(grid, told, path.with_name(path.name + MAPPING))
        except UnknownKindError as problem:
            unknown.append(problem)
        else:
            closing = reader.closing if isinstance(reader, Kind) else None
            read = partial(reader.read, table)
            found.append(Piece(path, grid.name, reader.title, _order(reader.name), read, closing))
    if unknown and not found:
        raise unknown[0]
    yield from found


def recognised(grid: Grid, told: Told, beside: Path) -> tuple[Table, Reader]:
    """The table of a sheet and what it is; `beside` is where a mapping file of its own would be.

    What the user says decides, then the name of the sheet, then the columns. Where two kinds fit alike the user is
    asked; where that cannot be, or none fits, `UnknownKindError` says what could be.
    """
    if file := told.mapping or (beside if beside.is_file() else None):
        columns = mapping.of(file)
        if columns.kind not in FORMS:
            raise UnreadableFileError(f"{file.name}: {columns.kind!r} is no form; there are {', '.join(FORMS)}.")
        form = FORMS[columns.kind]
        return mapping.mapped(grid.table(), columns, form, file.name), form
    if told.kind:
        return _as(grid, READERS[told.kind]), READERS[told.kind]
    for form in FORMS.values():
        if grid.sheet and fold(grid.sheet) == fold(form.title):
            return _as(grid, form), form
    table = grid.table()
    fitting: dict[str, int] = {name: one.fits(table.header) for name, one in READERS.items()}
    upright = [form for form in FORMS.values() if form.upright and grid.sheet]
    on_its_side = _on_its_side(grid) if upright else None
    sideways = {form.name: form.fits(on_its_side.header) for form in upright} if on_its_side else {}
    best = max((*fitting.values(), *sideways.values()))
    names = [name for name in READERS if best in (fitting.get(name), sideways.get(name))]
    if not best:
        raise UnknownKindError(f"{grid.name} is no table that is known: {_nearest(table.header)}")
    if len(names) > 1:
        if told.ask is None:
            raise UnknownKindError(f"{grid.name} can be {' or '.join(names)}; say which with --kind.")
        names = [told.ask(grid.name, [READERS[name] for name in names])]
    (name,) = names
    return (on_its_side if on_its_side and sideways.get(name) == best else table), READERS[name]


def _on_its_side(grid: Grid) -> Table | None:
    """The sheet as a form on its side; none where it cannot be one."""
    try:
        return grid.sideways()
    except UnreadableFileError:
        return None


def _as(grid: Grid, reader: Reader) -> Table:
    """The sheet as a table of that kind, on its side where that is how more columns are known."""
    table = grid.table()
    if isinstance(reader, Kind) and reader.upright and (on_its_side := _on_its_side(grid)):
        table = max(table, on_its_side, key=lambda one: reader.known(one.header))
    if isinstance(reader, Kind) and (missing := reader.missing(table.header)):
        raise UnreadableFileError(f"{table.name} lacks the column {missing[0]!r}, which {reader.title!r} must have.")
    return table


def _nearest(header: Sequence[str]) -> str:
    """What a header looks like and lacks, in words."""
    known, form = max(((one.known(header), one) for one in FORMS.values()), key=lambda found: found[0])
    if not known:
        return "none of its columns is known. Forms to fill in: footprint template."
    lacking = ", ".join(repr(name) for name in form.missing(header))
    return f"as {form.title!r} it lacks {lacking}. Say what it is with --kind, or see footprint template {form.name}."
