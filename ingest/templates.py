"""Forms to fill in, made from the kinds that can be loaded: workbooks, headers for CSV, and JSON Schemas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from graph.files import whole
from ingest.explained import asked
from ingest.kinds import Kind
from ingest.registry import FORMS


def _matrix(path: Path) -> None:
    """The matrix of a State: its rows by section in a workbook, or a line a field in CSV."""
    # Slow to import, and loading does without.
    from ingest.forms.matrix_files import write_template  # noqa: PLC0415

    write_template(path)


# Templates that are not made from a kind: by name, what writes one to a path. Its docstring says what it is.
OTHERS: Mapping[str, Callable[[Path], None]] = {"matrix": _matrix}


def workbook(kind: Kind) -> bytes:
    """The form for Excel and LibreOffice, records within its own on sheets of their own."""
    # Slow to import, and loading does without.
    from ingest.template_workbook import workbook as made  # noqa: PLC0415

    return made(kind, FORMS)


def header(kind: Kind) -> bytes:
    """The first line of a CSV file, with the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([one.title for one in asked(kind)])
    return out.getvalue().encode("utf-8-sig")


def schema(kind: Kind) -> bytes:
    """The JSON Schema of a document of the kind, as `docs/schemas/` has it."""
    from ingest.template_schema import schema as made  # noqa: PLC0415

    return (json.dumps(made(kind, FORMS), indent=2, ensure_ascii=False) + "\n").encode()


WRITERS: Mapping[str, Callable[[Kind], bytes]] = {".xlsx": workbook, ".csv": header, ".json": schema}


def write(name: str, path: Path) -> None:
    """Write a template to a path, whose suffix says for what program; `OSError` says why it cannot be written.

    `name` is of `FORMS` or `OTHERS`, and the suffix of a form one of `WRITERS`.
    """
    if name in OTHERS:
        OTHERS[name](path)
        return
    content = WRITERS[path.suffix.lower()](FORMS[name])
    with whole(path) as file:
        file.write(content)
