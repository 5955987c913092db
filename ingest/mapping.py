"""A mapping file: which columns of a table of one's own are which fields of a form, written as YAML.

`footprint template programmes --for FILE` writes one with its best guesses; `FILE.mapping.yaml` beside a table is used
by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import fuzz, process

from ingest.dates import Period
from ingest.explained import asked
from ingest.files import UnreadableFileError
from ingest.kinds import Kind
from ingest.rows import LIST_SEPARATOR
from ingest.tables import Table
from ingest.titles import fold

# What columns of programmes are often called besides.
_ALSO = {
    "reference": ("project no", "project number", "project id", "activity id", "identifier", "number", "id"),
    "title": ("project title", "title of project", "title of the project", "project name", "activity title", "name"),
    "countries": ("country", "countries", "recipient", "recipient country", "beneficiary country", "beneficiary"),
    "start": ("start date", "date of start", "begin", "from"),
    "end": ("end date", "date of end", "until", "closing date"),
    "funders": ("donor", "donors", "funder", "funding organisation", "funded by", "financed by"),
    "implementers": ("implementer", "implementing partner", "implementing agency", "implementing organisation"),
    "sectors": ("sector", "sectors", "sector code", "purpose code"),
    "amount": ("budget", "total budget", "commitment", "total commitment", "cost", "value"),
}
_LONGEST = 256 * 1024
# Below this likeness (of 100) a column is not taken for a field.
_NEAR = 85


class Columns(BaseModel):
    """What a mapping file says.

    `columns` are headers by field; `values` stand in every row; `dates` is how days are written, as in strftime
    (`%d/%m/%Y`); `lists` what stands between the parts of a list; `decimal` the sign before the decimals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str = "programme"
    columns: dict[str, str | None]
    values: dict[str, str | None] = Field(default_factory=dict)
    dates: str | None = None
    lists: str | None = None
    decimal: Literal[".", ","] = "."


def of(path: Path) -> Columns:
    """Read a mapping file; `UnreadableFileError` names line or field."""
    try:
        raw = path.read_bytes()[: _LONGEST + 1]
        if len(raw) > _LONGEST:
            raise UnreadableFileError(f"{path.name} is too large for a mapping file.")
        # The aliases of YAML could unfold without end; a mapping needs none.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(raw, Loader=yaml.SafeLoader)):
            raise UnreadableFileError(f"{path.name} has an alias (*), which a mapping file does not need.")
        return Columns.model_validate(yaml.safe_load(raw) or {})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UnreadableFileError(f"{path.name}{line}: {getattr(error, 'problem', None) or 'is no YAML'}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise UnreadableFileError(f"{path.name}, {where}: {first['msg']}.") from error
    except OSError as error:
        raise UnreadableFileError(f"{path.name} cannot be read: {error.strerror}.") from error


def mapped(table: Table, told: Columns, kind: Kind, name: str) -> Table:
    """The table under the fields of a form; `UnreadableFileError` where the mapping `name` does not fit."""
    fields = kind.form.model_fields
    columns = {field: header for field, header in told.columns.items() if header}
    values = {field: value for field, value in told.values.items() if value}
    for field in (*columns, *values):
        if field not in fields:
            raise UnreadableFileError(f"{name}: {field!r} is no field of {kind.title!r}; they are {', '.join(fields)}.")
    for field, header in columns.items():
        if header not in table.header:
            raise UnreadableFileError(f"{table.name} has no column {header!r}, which {name} gives for {field!r}.")

    if missing := [field for field, one in fields.items() if one.is_required() and field not in columns | values]:
        raise UnreadableFileError(f"{name} names no column for {missing[0]!r}, which {kind.title!r} must have.")

    def rows() -> Iterator[tuple[str, dict[str, str]]]:
        for place, cells in table.rows():
            own = {field: cells[header] for field, header in columns.items()}
            beyond = {key: cell for key, cell in cells.items() if key not in table.header}
            yield place, {field: _said(cell, field, told, kind) for field, cell in (values | own).items()} | beyond

    return Table(table.name, table.sheet, tuple(values | columns), table.header_line, rows, columns)


def _said(cell: str, field: str, told: Columns, kind: Kind) -> str:
    """A cell as the form writes it: days as 2009-10-01, lists with `|`, decimals after a point.

    What is written in another way stays as it is, for the form to judge.
    """
    types = set(_types(kind.form.model_fields[field].annotation))
    if told.dates and Period in types:
        try:
            return datetime.strptime(cell, told.dates).date().isoformat()
        except ValueError:
            return cell
    if told.lists and tuple in types:
        return cell.replace(told.lists, LIST_SEPARATOR)
    if told.decimal == "," and float in types:
        return cell.replace(".", "").replace(" ", "").replace(",", ".")
    return cell


def _types(annotation: Any) -> Iterator[Any]:
    yield get_origin(annotation) or annotation
    for one in get_args(annotation):
        yield from _types(one)


def _nearest(field: str, title: str, folded: dict[str, str]) -> str | None:
    """The header that is surely a field; of several the most alike."""
    names = (fold(title), *_ALSO.get(field, ()))
    near = [process.extractOne(name, folded, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR) for name in names]
    return max((one for one in near if one), key=lambda one: one[1])[2] if any(near) else None


def draft(kind: Kind, header: Sequence[str]) -> str:
    """A mapping file to be completed, with those columns that are surely which field."""
    # What stands in brackets behind a name is a unit or an explanation.
    folded = {one: fold(re.sub(r"\(.*?\)", "", one)) for one in header}
    lines = [
        f"# Which columns of your table are which fields of the form {kind.title!r}.",
        "# Write the header of your column behind each field, in quotes; leave blank what your table does not have.",
        f"kind: {kind.name}",
        "columns:",
    ]
    for one in asked(kind):
        header_ = _nearest(one.name, one.title, folded)
        guess = yaml.safe_dump(header_, default_style='"', allow_unicode=True, width=10_000).strip() if header_ else ""
        must = " Must be there." if one.needed else ""
        lines += [f"  # {one.description}{must}", f"  {one.name}: {guess}".rstrip()]
    lines += [
        "# What is the same in every row, such as  currency: EUR",
        "values: {}",
        "# How days are written in your table, such as %d/%m/%Y; blank if as 2009-10-01, 2009-10 or 2009.",
        "dates:",
        '# What stands between the parts of a list, if not ; or |, such as ", ".',
        "lists:",
        '# The sign before the decimals of a number: "." or ",".',
        'decimal: "."',
    ]
    if header:
        lines += ["# The columns of your table:", *(f"#   {one}" for one in header)]
    return "\n".join(lines) + "\n"
