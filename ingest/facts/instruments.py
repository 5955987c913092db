"""The six treaties: title, place in the matrix, date of adoption, and what a missing name means.

Dates of adoption were read in the pages named as the second source of each row; no list of parties gives
them.
"""

from pathlib import Path

from ingest.facts.tables import Row, write

COLUMNS = [
    "id",
    "title",
    "short_title",
    "obligation",
    "adopted",
    "negative_note",
    "source",
]
BWC = "Convention on the Prohibition of the Development, Production and Stockpiling of Bacteriological"
CWC = "Convention on the Prohibition of the Development, Production, Stockpiling and Use of Chemical Weapons"
CPPNM = "Convention on the Physical Protection of Nuclear Material"
NOT_A_PARTY = "a State that it does not name was no party then"
MAY_HAVE_JOINED = "a State that it does not name may have joined since"

INSTRUMENTS: tuple[Row, ...] = (
    {
        "id": "npt",
        "title": "Treaty on the Non-Proliferation of Nuclear Weapons",
        "short_title": "NPT",
        "obligation": "OP1/1",
        "adopted": "1968-06-12",
        "negative_note": f"The list is complete on 23 January 2026: {NOT_A_PARTY}.",
        "source": "npt-status|un-avl",
    },
    {
        "id": "icsant",
        "title": "International Convention for the Suppression of Acts of Nuclear Terrorism",
        "short_title": "ICSANT",
        "obligation": "OP1/3",
        "adopted": "2005-04-13",
        "negative_note": f"The list is complete for March 2015 only: {MAY_HAVE_JOINED}.",
        "source": "icsant-status-2015|nea-icsant",
    },
    {
        "id": "cppnm",
        "title": CPPNM,
        "short_title": "CPPNM",
        "obligation": "OP1/4",
        "adopted": "1979-10-26",
        "negative_note": f"The list is good up to March 2020: {MAY_HAVE_JOINED}.",
        "source": "cppnm-status|kremlin-cppnm-amendment",
    },
    {
        "id": "cppnm-a",
        "title": f"Amendment to the {CPPNM}",
        "short_title": "CPPNM Amendment",
        "obligation": "OP1/5",
        "adopted": "2005-07-08",
        "negative_note": f"The list is good up to 25 April 2025: {MAY_HAVE_JOINED}.",
        "source": "cppnm-amendment-status|kremlin-cppnm-amendment",
    },
    {
        "id": "cwc",
        "title": f"{CWC} and on their Destruction",
        "short_title": "CWC",
        "obligation": "OP1/7",
        "adopted": "1992-09-03",
        "negative_note": f"The list is complete on 3 February 2026: {NOT_A_PARTY}.",
        "source": "cwc-status|un-avl",
    },
    {
        "id": "bwc",
        "title": f"{BWC} (Biological) and Toxin Weapons and on their Destruction",
        "short_title": "BWC",
        "obligation": "OP1/8",
        "adopted": "1971-12-16",
        "negative_note": (
            "The list is complete for May 2025 but for one of Chad, Djibouti, Eritrea, Israel and Namibia: "
            "of these five nothing is said."
        ),
        "source": "bwc-status|un-avl",
    },
)
STATUS_SOURCES = {row["id"]: row["source"].split("|")[0] for row in INSTRUMENTS}
"""The source of the list of parties to each treaty."""


def make(out: Path) -> int:
    """Write `instruments.csv`; returns the number of rows."""
    return write(out / "instruments.csv", COLUMNS, INSTRUMENTS)
