"""Scores of WHO joint external evaluations that bear on the themes, 2016-2020.

From `gaps/jee_scores.csv`. The two editions of the tool differ (the third laboratory indicator has another
subject in each), so the edition stands in its own column. Dropped: indicators on law and coordination in
general (P.1, P.2) and on zoonotic or real-time surveillance (D.3), which say nothing on our themes, and
empty or non-numeric scores (there are none at present).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.facts.tables import Row, read, write
from ingest.layouts.indicators import indicators
from ingest.layouts.long import mission

COLUMNS = [
    "party",
    "indicator",
    "edition",
    "grade",
    "date",
    "themes",
    "observed",
    "source",
    "line",
    "note",
]
BIO, BORDER, CHEMICAL = "biosafety-biosecurity", "border-control", "chemical-security|emergency-response"
RADIATION, POLICE, LABORATORY = (
    "radioactive-sources|emergency-response",
    "law-enforcement",
    "laboratories-forensics",
)
# Title and themes of the indicators of the first two editions, by the table of all of them.
INDICATORS = {
    row.id: (row.title, "|".join(row.themes))
    for (_, edition), row in indicators().schemes["JEE"].items()
    if edition in ("1", "2")
}


def scores(data: Path) -> Iterator[Row]:
    """One row a State, indicator and edition; the date is that of the mission."""
    for line, row in read(data / "gaps/jee_scores.csv"):
        tool, _, indicator = row["indicator"].partition("_")
        if indicator not in INDICATORS or not re.fullmatch(r"[1-5](\.5)?", row["value"]):
            continue
        date = mission(row["note"]) or row["year"]
        yield {
            "party": row["iso3"],
            "indicator": indicator,
            "edition": tool.removeprefix("JEE"),
            "grade": row["value"],
            "date": date,
            "themes": INDICATORS[indicator][1],
            "observed": date,
            "source": "jee-scores",
            "line": str(line),
            "note": "half a point, as the source has it" if "." in row["value"] else "",
        }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `evaluations.csv`; returns the number of rows."""
    rows = sorted(scores(data), key=lambda row: (row["party"], row["indicator"], row["edition"]))
    return {"evaluations.csv": write(out / "evaluations.csv", COLUMNS, rows)}
