"""Every programme in Sierra Leone's development assistance database, as AidData released it (880 of them).

From `programmes/SierraLeoneAIMS….zip`: `projects.csv`, with the implementers of `projects_ancillary.csv`.
Sector codes are those of the DAC where the DAC's list has them (`reference/iati-Sector.xml`, withdrawn
codes too), else AidData's own. Dropped: nothing but the placeholder "To be specified" among implementers,
and whatever of a date is not a date. Titles and funders stand as published.
"""

import re
import zipfile
from datetime import date
from pathlib import Path

from ingest.facts.tables import Row, blanks, numbered, write

COLUMNS = [
    "id",
    "title",
    "start",
    "end",
    "start_kind",
    "end_kind",
    "funders",
    "implementers",
    "sectors",
    "amount",
    "currency",
    "status",
    "countries",
    "source",
    "line",
]
ARCHIVE = Path("programmes/SierraLeoneAIMS_GeocodedResearchRelease_Level1_v1.0.0.zip")
NO_NAME = frozenset({"", "To be specified"})

OTHER_MEANING = frozenset({"15121"})
"""Codes that the DAC's list has with another meaning (there foreign affairs, here public finance)."""


def outside_brackets(text: str, separator: str = ";") -> list[str]:
    """The parts of a text between separators outside round brackets, trimmed, blanks in them collapsed.

    A closing bracket without an opening one counts for nothing.
    """
    parts, depth, part = [], 0, ""
    for sign in text:
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign == separator and not depth:
            parts.append(part)
            part = ""
        else:
            part += sign
    return [blanks(name) for name in (*parts, part)]


def valid_date(text: str) -> str:
    """The text if it is an ISO date, else nothing."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


def dac_codes(data: Path) -> frozenset[str]:
    """The five-digit codes of the DAC's list, active and withdrawn."""
    text = (data / "reference/iati-Sector.xml").read_text(encoding="utf-8")
    return frozenset(re.findall(r"<code>(\d{5})</code>", text))


def sectors(codes: str, dac: frozenset[str]) -> str:
    """Sector ids of a `|` list of purpose codes."""
    told = [code for code in codes.split("|") if code]
    return "|".join(dict.fromkeys(f"{'DAC' if code in dac - OTHER_MEANING else 'AidData'}/{code}" for code in told))


def amount(text: str) -> str:
    """A sum in US dollars without an empty fraction; empty where none is told."""
    return re.sub(r"\.0+$", "", text.strip())


def programme(line: int, row: Row, implementers: str, dac: frozenset[str]) -> Row:
    """The row of one programme."""
    names = [name for name in outside_brackets(implementers) if name not in NO_NAME]
    funders = [name.strip() for name in row["donors"].split("|") if name.strip()]
    sum_ = amount(row["total_commitments"])
    return {
        "id": row["project_id"],
        "title": row["project_title"].strip(),
        "start": valid_date(row["start_actual_isodate"]),
        "end": valid_date(row["end_actual_isodate"]),
        "start_kind": "actual" if row["start_actual_type"] == "start-actual" else "",
        "end_kind": "actual" if row["end_actual_type"] == "end-actual" else "",
        "funders": "|".join(dict.fromkeys(funders)),
        "implementers": "|".join(dict.fromkeys(names)),
        "sectors": sectors(row["ad_purpose_codes"], dac),
        "amount": sum_,
        "currency": "USD" if sum_ else "",
        "status": row["status"],
        "countries": row["recipients_iso3"],
        "source": "aiddata-sierra-leone",
        "line": str(line),
    }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `programmes_sle.csv`; returns the number of rows."""
    with zipfile.ZipFile(data / ARCHIVE) as archive:
        projects, ancillary = (
            list(numbered(archive.read(f"{ARCHIVE.stem}/data/{name}.csv").decode("utf-8-sig")))
            for name in ("projects", "projects_ancillary")
        )
    implementers = {row["project_id"]: row["Implementer"] for _, row in ancillary}
    dac = dac_codes(data)
    rows = [programme(line, row, implementers.get(row["project_id"], ""), dac) for line, row in projects]
    rows.sort(key=lambda row: row["id"])
    return {"programmes_sle.csv": write(out / "programmes_sle.csv", COLUMNS, rows)}
