"""An answer as a file for spreadsheets and other programs.

`csv` and `xlsx` hold the table of `queries.table`. `json` is the whole answer; `ndjson` its rows alone, one a line as
they stand in the JSON, so that tools for tables can read it: what holds for the answer as a whole (caveats, sources,
data version) is in the JSON. No cell of a file can become a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.harmless import cell
from queries.answer import Answer
from queries.table import Value, flat
from viz.about import SOURCE, facts, source
from viz.workbook import workbook


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format: its media type, the ending of its files, and what writes an answer in it."""

    media_type: str
    suffix: str
    write: Callable[[Answer[Any]], bytes]


def noted_csv(answer: Answer[Any]) -> bytes:
    """The rows, and after an empty line what has to be known about them, a fact a line, and the sources.

    For people who carry the file on; programs read the rows alone better without.
    """
    about = [*facts(answer), (), SOURCE, *map(source, answer.sources)]
    return _csv(answer) + _lines([(), *about]).encode("utf-8", errors="replace")


def _csv(answer: Answer[Any]) -> bytes:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it."""
    table = flat(answer)
    return _lines([[column.name for column in table.columns], *table.rows]).encode("utf-8-sig", errors="replace")


def _lines(rows: Iterable[Iterable[Value]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Value) -> Value:
    """Numbers as they are, dates in ISO form, `true` and `false`; nothing for `None`."""
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _json(answer: Answer[Any]) -> bytes:
    return f"{answer.model_dump_json(indent=2)}\n".encode()


def _ndjson(answer: Answer[Any]) -> bytes:
    return "".join(f"{row.model_dump_json()}\n" for row in answer.rows).encode()


FORMATS: dict[str, TableFormat] = {
    "csv": TableFormat("text/csv; charset=utf-8", ".csv", _csv),
    "xlsx": TableFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", workbook),
    "ndjson": TableFormat("application/x-ndjson", ".ndjson", _ndjson),
    "json": TableFormat("application/json", ".json", _json),
}
