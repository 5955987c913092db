"""Rows that cannot be taken: kept with file, line, field and reason, so that somebody can mend them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from graph.files import folder, whole
from graph.harmless import cell

_FIELDS = ("file", "line", "field", "reason", "value")


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
        self.found.append(
            Reject(file, str(line), field_, f"{reason}; the row was taken without it", str(value)[:200], False)
        )

    def add_validation(self, file: str, line: int | str, error: ValidationError) -> None:
        """Note each field that pydantic found wrong."""
        for one in error.errors(include_url=False):
            where = ".".join(str(part) for part in one["loc"])
            given = one.get("input", "")
            self.add(
                file, line, where, one["msg"].removeprefix("Value error, "), "" if isinstance(given, dict) else given
            )

    @property
    def rows(self) -> int:
        """How many rows (not fields) were left out."""
        return len({(one.file, one.line) for one in self.found if one.row_left_out})

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
