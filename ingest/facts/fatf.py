"""Two grades of the Financial Action Task Force on the financing of proliferation: R.7 and IO.11.

From `gaps/fatf_r7_io11.csv`, a public transcription of the FATF's table. Recommendation 7 may be graded
again in follow-up reports, so it speaks of the latest report; Immediate Outcome 11 is graded in the mutual
evaluation and speaks of its date. Dropped: rows without a grade (there are none at present).
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.facts import readings
from ingest.facts.tables import Row, read, write
from ingest.layouts.long import RATED

COLUMNS = [
    "party",
    "indicator",
    "grade",
    "year",
    "report",
    "evaluation",
    "methodology",
    "observed",
    "source",
    "line",
]
INDICATORS = {"FATF_R7": "R.7", "FATF_IO11": "IO.11"}


def grades(data: Path) -> Iterator[Row]:
    """One row a jurisdiction and indicator; raises ValueError where the note does not tell the dates."""
    for line, row in read(data / "gaps/fatf_r7_io11.csv"):
        if not row["value"]:
            continue
        note = RATED.match(row["note"])
        if note is None:
            raise ValueError(f"fatf_r7_io11.csv, line {line}: no dates in the note")
        methodology, evaluation, report = note.groups()
        indicator = INDICATORS[row["indicator"]]
        observed = report if indicator == "R.7" else evaluation
        if observed[:4] != row["year"]:
            raise ValueError(f"fatf_r7_io11.csv, line {line}: the year and the note differ")
        yield {
            "party": row["iso3"],
            "indicator": indicator,
            "grade": row["value"],
            "year": row["year"],
            "report": report if indicator == "R.7" else "",
            "evaluation": evaluation,
            "methodology": methodology,
            "observed": observed,
            "source": "fatf-ratings",
            "line": str(line),
        }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `fatf.csv` and the table of readings, `readings.csv`; returns the number of rows of each."""
    rows = sorted(grades(data), key=lambda row: (row["party"], row["indicator"]))
    return {"fatf.csv": write(out / "fatf.csv", COLUMNS, rows), "readings.csv": readings.make(out)}
