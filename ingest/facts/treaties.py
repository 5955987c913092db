"""Who is party to, or takes part in, the treaties and arrangements of paragraph 1 of the matrix.

From `treaties/`; the instruments themselves are in `instruments.py`. Three kinds of list: those that are
complete up to a date (here), the snapshots of 2015 (`snapshots.py`), and those that are good for the names
they give and no more (`members.py`). A State that a list does not name is written as "not listed" only where
the list is complete, with the date up to which it is. Dropped, because no source tells: five States of which
exactly one is a party to the Biological Weapons Convention, and South Sudan for the Non-Proliferation
Treaty. The export-control regimes are memberships, not instruments, and are read elsewhere.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.facts import instruments, members, snapshots
from ingest.facts.tables import Row, read, write
from ingest.facts.treaty_notes import positive_note, signed

TREATY_COLUMNS = [
    "party",
    "instrument",
    "status",
    "valid_from",
    "valid_to",
    "observed",
    "source",
    "line",
    "note",
]

FILES = {
    "npt": "npt",
    "cppnm": "cppnm_1980",
    "cppnm-a": "cppnm_amendment_2005",
    "ctbt": "ctbt",
    "cwc": "cwc",
    "bwc": "bwc",
}
NEGATIVES_OBSERVED = {"cppnm": "2020-03", "cppnm-a": "2025-04-25"}
"""Where a list is good for a negative only up to a date before the one at which it was read."""
UNKNOWN = {"bwc": frozenset({"TCD", "DJI", "ERI", "ISR", "NAM"}), "npt": frozenset({"SSD"})}
CORRECTIONS: dict[tuple[str, str], tuple[Row, str]] = {
    ("ctbt", "RUS"): (
        {
            "note": "signed 1996-09-24; an earlier ratification was withdrawn, see the row of the list of 2015",
        },
        "The list shows the signature only; that of 2015 has the ratification, and a page tells of its end.",
    ),
    ("iaea", "KHM"): (
        {"valid_from": "2009-11-23", "note": "member; rejoined, after a first membership from 1958 to 2003-03-26"},
        "The date in the list is that of a membership that ended; the note of the row gives the second.",
    ),
    ("iaea", "SRB"): (
        {"valid_from": "", "note": "member; the date in the source is that of Yugoslavia"},
        "The Statute was ratified in 1957 by Yugoslavia; when the present State became a member no row tells.",
    ),
    ("geneva-protocol", "SRB"): (
        {"note": "accession; the source also has a withdrawal on the same day, read as a change of the State's name"},
        "On 3 June 2006 the union with Montenegro ended; one day cannot both begin and end an obligation.",
    ),
    ("psi", "RUS"): (
        {
            "valid_from": "2004",
            "valid_to": "2022",
            "observed": "2024-02-02",
            "note": "endorsing State; joined 2004, suspended its part in 2022",
        },
        "The row is dated by the older of its two pages; the newer says when it joined and that it does not take part.",
    ),
}
"""Where a row does not say what its source says or what can be: the cells put right, and why."""


def listed(data: Path, instrument: str) -> Iterator[Row]:
    """The rows of one of the treaties whose list is complete."""
    source = instruments.STATUS_SOURCES[instrument]
    for line, row in read(data / "treaties/status" / f"{FILES[instrument]}.csv"):
        party = row["status"] == "party"
        if not party and row["iso3"] in UNKNOWN.get(instrument, ()):
            continue
        yield {
            "party": row["iso3"],
            "instrument": instrument,
            "status": "party" if party else "not listed",
            "valid_from": row["date"] if party else "",
            "observed": row["as_of"] if party else NEGATIVES_OBSERVED.get(instrument, row["as_of"]),
            "source": source,
            "line": str(line),
            "note": positive_note(row) if party else signed(row),
        }


def corrected(row: Row) -> Row:
    """The row with the cells of `CORRECTIONS` put right."""
    cells, _ = CORRECTIONS.get((row["instrument"], row["party"]), ({}, ""))
    return row | cells


ENDED: tuple[Row, ...] = (
    {
        "party": "RUS",
        "instrument": "ctbt",
        "status": "party",
        "valid_from": "2000-06-30",
        "valid_to": "2023-11",
        "observed": "2015-03",
        "source": "ctbt-status-2015|tass-ratification-test-ban-treaty",
        "line": "138",
        "note": "ratification; withdrawn by a law of November 2023",
    },
)
"""Ratifications that the newest list no longer shows, with their end."""


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `instruments.csv` and `treaties.csv`; returns the number of rows of each."""
    rows = [row for instrument in FILES for row in listed(data, instrument)]
    rows += [*snapshots.rows(data), *members.rows(data)]
    rows = sorted([*map(corrected, rows), *ENDED], key=lambda row: (row["instrument"], row["party"], row["observed"]))
    return {
        "instruments.csv": instruments.make(out),
        "treaties.csv": write(out / "treaties.csv", TREATY_COLUMNS, rows),
    }
