"""How a grade of a source reads: `readings.csv` maps each grade of each kind to a reading, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from pathlib import Path

from graph.evidence import Kind, Reading
from ingest.rejects import Rejects
from ingest.rows import FactRow, Number, read


class ReadingRow(FactRow):
    """How a grade reads; of numbers, how those from `low` to `high` do."""

    kind: Kind
    scale: str
    grade: str
    low: Number | None = None
    high: Number | None = None
    reading: Reading
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Readings:
    """The table of readings by kind, scale and grade."""

    rows: dict[tuple[str, str, str], ReadingRow]

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> Readings:
        """Read `readings.csv`."""
        table = read(folder / "readings.csv", ReadingRow, rejects)
        return cls({(row.kind, row.scale, row.grade): row for _, row in table})

    def read(self, kind: Kind, scale: str, grade: str) -> ReadingRow:
        """How that grade reads, or the range in which a number lies; `ValueError` where the table does not say.

        A number on the border of two ranges belongs to the upper one, and 0 to itself.
        """
        if row := self.rows.get((kind, scale, grade)):
            return row
        value = _number(grade)
        of_scale = [row for row in self.rows.values() if (row.kind, row.scale) == (kind, scale)]
        ranges = [
            row for row in of_scale if row.low is not None and row.high is not None and row.low <= value <= row.high
        ]
        if ranges:
            return max(ranges, key=lambda row: (row.low or 0, row.low == row.high == value))
        told = ", ".join(row.grade for row in of_scale)
        there_are = f"; there are: {told}" if told else ""
        raise ValueError(f"the table of readings has no grade {grade!r} on the scale {scale!r}{there_are}")


def _number(grade: str) -> float:
    """The number that a grade is; one that is in no range where it is none."""
    try:
        return float(grade)
    except ValueError:
        return nan
