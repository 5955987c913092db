"""How a grade of a source reads: `readings.csv` maps each grade of each kind to a reading, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.evidence import Kind, Reading
from ingest.rejects import Rejects
from ingest.rows import FactRow, read


class ReadingRow(FactRow):
    """How a grade reads."""

    kind: Kind
    scale: str
    grade: str
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
        """How that grade reads; `ValueError` where the table does not say."""
        try:
            return self.rows[(kind, scale, grade)]
        except KeyError:
            raise ValueError(f"the table of readings has no grade {grade!r} on the scale {scale!r}") from None
