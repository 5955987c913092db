"""The programmes in Sierra Leone's development assistance database, as AidData released it (880 of them).

From `programmes/SierraLeoneAIMS….zip`: `projects.csv`, with the implementers of `projects_ancillary.csv`.
Sector codes are those of the DAC where the DAC's list has them, else AidData's own. Dropped here: nothing but
placeholders among names, and whatever of a date is not a date; `aiddata.py` selects what ships.
"""

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from ingest import aiddata
from ingest.facts.tables import Row, numbered

ARCHIVE = Path("programmes/SierraLeoneAIMS_GeocodedResearchRelease_Level1_v1.0.0.zip")
NO_NAME = frozenset({"", "To be specified", "Unspecified"})


def valid_date(text: str) -> str:
    """The text if it is an ISO date, else nothing."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


def sectors(codes: Iterable[str], dac: Collection[str]) -> str:
    """Sector ids of purpose codes, as the reader of AidData's packages gives them."""
    return "|".join(aiddata.sectors(codes, dac))


def names(written: Iterable[str]) -> str:
    """A list of names, each once, without placeholders."""
    return "|".join(dict.fromkeys(name for one in written if (name := one.strip()) not in NO_NAME))


def amount(text: str) -> str:
    """A sum in US dollars without an empty fraction; empty where none is told."""
    return re.sub(r"\.0+$", "", text.strip())


def programme(line: int, row: Row, implementers: str, dac: Collection[str]) -> Row:
    """The row of one programme."""
    sum_ = amount(row["total_commitments"])
    return {
        "id": row["project_id"],
        "title": row["project_title"].strip(),
        "start": valid_date(row["start_actual_isodate"]),
        "end": valid_date(row["end_actual_isodate"]),
        "start_kind": "actual" if row["start_actual_type"] == "start-actual" else "",
        "end_kind": "actual" if row["end_actual_type"] == "end-actual" else "",
        "funders": names(row["donors"].split("|")),
        "implementers": names(aiddata.outside_brackets(implementers)),
        "sectors": sectors(row["ad_purpose_codes"].split("|"), dac),
        "amount": sum_,
        "currency": "USD" if sum_ else "",
        "status": row["status"],
        "countries": row["recipients_iso3"],
        "source": "aiddata-sierra-leone",
        "line": str(line),
    }


def programmes(data: Path, dac: Collection[str]) -> Iterator[Row]:
    """All rows, in the order of the source; `dac` are the codes of the DAC's lists."""
    with zipfile.ZipFile(data / ARCHIVE) as archive:
        projects, ancillary = (
            list(numbered(archive.read(f"{ARCHIVE.stem}/data/{name}.csv").decode("utf-8-sig")))
            for name in ("projects", "projects_ancillary")
        )
    implementers = {row["project_id"]: row["Implementer"] for _, row in ancillary}
    for line, row in projects:
        yield programme(line, row, implementers.get(row["project_id"], ""), dac)
