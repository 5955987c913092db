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
INDICATOR_COLUMNS = [
    "id",
    "scheme",
    "title",
    "themes",
    "source",
]
BIO, BORDER, CHEMICAL = "biosafety-biosecurity", "border-control", "chemical-security|emergency-response"
RADIATION, POLICE, LABORATORY = (
    "radioactive-sources|emergency-response",
    "law-enforcement",
    "laboratories-forensics",
)
INDICATORS = {
    "P.6.1": ("A national system for biosafety and biosecurity that covers all kinds of facilities", BIO),
    "P.6.2": ("Training and practice in biosafety and biosecurity", BIO),
    "PoE.1": ("Standing health capacities at ports, airports and land crossings", BORDER),
    "PoE.2": ("Response to health events at ports, airports and land crossings", BORDER),
    "CE.1": ("Ways to detect and respond to chemical events", CHEMICAL),
    "CE.2": ("Policies, plans and resources for managing chemical events", CHEMICAL),
    "RE.1": ("Ways to detect and respond to radiological and nuclear events", RADIATION),
    "RE.2": ("Policies, plans and resources for managing radiation events", RADIATION),
    "R.3.1": (
        "Health authorities linked with police, border control and customs when an event may be deliberate",
        POLICE,
    ),
    "D.1.1": ("Laboratory tests for the diseases that matter most", LABORATORY),
    "D.1.2": ("Sending samples to the laboratory that can test them", LABORATORY),
    "D.1.3": (
        "Diagnosis near the patient (first edition); a national network of diagnosis (second edition)",
        LABORATORY,
    ),
    "D.1.4": ("Quality system of laboratories", LABORATORY),
}
FATF_INDICATORS = {
    "R.7": (
        "Rules on targeted financial sanctions against the financing of proliferation",
        "proliferation-finance",
    ),
    "IO.11": (
        "Effect of financial sanctions against the financing of proliferation",
        "proliferation-finance",
    ),
}


def scores(data: Path) -> Iterator[Row]:
    """One row a State, indicator and edition; the date is that of the mission."""
    for line, row in read(data / "gaps/jee_scores.csv"):
        tool, _, indicator = row["indicator"].partition("_")
        if indicator not in INDICATORS or not re.fullmatch(r"[1-5](\.5)?", row["value"]):
            continue
        mission = re.search(r"JEE mission date (\d{4}-\d\d-\d\d)", row["note"])
        date = mission[1] if mission else row["year"]
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
    """Write `evaluations.csv` and `indicators.csv` (the FATF's too); returns the number of rows of each."""
    rows = sorted(scores(data), key=lambda row: (row["party"], row["indicator"], row["edition"]))
    schemes = (("JEE", INDICATORS, "jee-scores"), ("FATF", FATF_INDICATORS, "fatf-ratings"))
    titles = [
        {"id": key, "scheme": scheme, "title": title, "themes": themes, "source": source}
        for scheme, table, source in schemes
        for key, (title, themes) in table.items()
    ]
    return {
        "evaluations.csv": write(out / "evaluations.csv", COLUMNS, rows),
        "indicators.csv": write(
            out / "indicators.csv",
            INDICATOR_COLUMNS,
            sorted(titles, key=lambda row: (row["scheme"], row["id"])),
        ),
    }
