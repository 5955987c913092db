"""Rows that cannot be taken: kept with file, line, field and reason, so that somebody can mend them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from graph.errors import GraphError
from graph.files import folder, whole
from graph.harmless import cell

_FIELDS = ("file", "line", "field", "reason", "value")
_TAKEN = "; the row was taken without it"
_LONGEST = 100
# What pydantic says in words for programmers, by its types of errors.
_IN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is no field of this form",
    "float_parsing": "should be a number such as 1250.50",
    "float_type": "should be a number such as 1250.50",
    "finite_number": "should be a number such as 1250.50",
    "int_parsing": "should be a whole number",
    "bool_parsing": "should be yes or no",
}


class KeptRejectsError(GraphError):
    """A file of kept rejects cannot be read; the message says which and what to do."""


class FieldError(ValueError):
    """What is wrong with one field of a row that was found after the fields were looked at one by one."""

    def __init__(self, field: str, reason: str, value: object = "") -> None:
        """Name the field, what is wrong, and what stood there."""
        super().__init__(reason)
        self.field, self.value = field, str(value)


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that is wrong in one row."""

    file: str
    line: str
    field: str
    reason: str
    value: str = ""
    row_left_out: bool = True


@dataclass(slots=True)
class Rejects:
    """The rejects of one load."""

    found: list[Reject] = field(default_factory=list)
    # What is no fault of a row but is to be known of the file, and how often.
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, line: int | str, field_: str, reason: str, value: object = "") -> None:
        """Note one."""
        self.found.append(Reject(file, str(line), field_, reason, str(value)[:200]))

    def add_field(self, file: str, line: int | str, field_: str, reason: str, value: object = "") -> None:
        """Note a field that was left out while the row itself was taken."""
        self.found.append(Reject(file, str(line), field_, f"{reason}{_TAKEN}", str(value)[:200], False))

    def add_validation(
        self,
        file: str,
        line: int | str,
        error: ValidationError,
        words: Mapping[str, str] | None = None,
        lines: Mapping[str, str] | None = None,
    ) -> None:
        """Note each field that pydantic found wrong; `words` are the names of fields as the user knows them, `lines`
        theirs where each has one of its own.
        """
        for one in error.errors(include_url=False):
            # Which of the parts of a list it is, the value tells.
            where = ".".join((words or {}).get(part, part) for part in one["loc"] if isinstance(part, str))
            given = one.get("input", "")
            reason = _IN_WORDS.get(one["type"], one["msg"].removeprefix("Value error, "))
            own = (lines or {}).get(str(next(iter(one["loc"]), "")), line)
            self.add(file, own, where, reason, "" if isinstance(given, dict) else given)

    @property
    def rows(self) -> int:
        """How many rows (not fields) were left out."""
        return len({(one.file, one.line) for one in self.found if one.row_left_out})

    def rows_of(self, wanted: Callable[[str], bool]) -> int:
        """How many rows were left out of the files whose names are wanted."""
        return len({(one.file, one.line) for one in self.found if one.row_left_out and wanted(one.file)})

    def write(self, path: Path) -> None:
        """Write them as CSV, or take an old file away where there are none."""
        if not self.found:
            path.unlink(missing_ok=True)
            return
        folder(path.parent)
        with (
            whole(path) as raw,
            io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(_FIELDS)
            for one in self.found:
                writer.writerow(map(cell, (one.file, one.line, one.field, one.reason, one.value)))


def kept_in(data_dir: Path, dataset: str, dry_run: bool = False) -> Path:
    """Where the rejects of the last load of a data set, or dry run, are kept; a file only where there were any."""
    return data_dir / "rejects" / f"{_file_name(dataset)}{'.dry-run' if dry_run else ''}.csv"


def kept(data_dir: Path, dataset: str) -> list[Reject]:
    """The rejects of the last load of a data set, in their order, cells as a spreadsheet can open them.

    Raises `KeptRejectsError` for a file that is not as `Rejects.write` leaves it.
    """
    path = kept_in(data_dir, dataset)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unfit(path, getattr(error, "strerror", None) or str(error)) from error
    if not lines or tuple(lines[0]) != _FIELDS:
        raise _unfit(path, f"its first line is not {','.join(_FIELDS)}")
    found = []
    for number, one in enumerate(lines[1:], start=1):
        if len(one) != len(_FIELDS):
            raise _unfit(path, f"entry {number} has {len(one)} fields in the place of {len(_FIELDS)}")
        where, line, name, reason, value = one
        found.append(Reject(where, line, name, reason, value, not reason.endswith(_TAKEN)))
    return found


def _unfit(path: Path, why: str) -> KeptRejectsError:
    return KeptRejectsError(
        f"{path} is not a list of rejects as a load keeps it: {why}. Delete it; the next load of the data set makes a "
        "new one."
    )


def _file_name(dataset: str) -> str:
    """The name of a data set as that of a file; where characters had to go, a hash keeps two names apart."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", dataset)
    if plain == dataset and len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_LONGEST]}-{hashlib.blake2b(dataset.encode(errors='backslashreplace'), digest_size=4).hexdigest()}"
