"""Who is party to the six treaties that paragraph 1 of the matrix asks about.

From `treaties/status/*.csv` and `treaties/18-15.csv`; the treaties themselves are in `instruments.py`. A
State that a list does not name is written as "not listed" only where the list is complete, with the date up
to which it is. For the nuclear terrorism convention that is the snapshot of March 2015, so a negative there
is old and lapses. Dropped, because no source tells: five States of which exactly one is a party to the
Biological Weapons Convention.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ingest.facts import instruments
from ingest.facts.tables import Row, country_codes, is_state, read, write

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

FILES = {"npt": "npt", "cppnm": "cppnm_1980", "cppnm-a": "cppnm_amendment_2005", "cwc": "cwc", "bwc": "bwc"}
NEGATIVES_OBSERVED = {"cppnm": "2020-03", "cppnm-a": "2025-04-25"}
"""Where a list is good for a negative only up to a date before the one at which it was read."""
UNKNOWN = {"bwc": frozenset({"TCD", "DJI", "ERI", "ISR", "NAM"}), "npt": frozenset({"SSD"})}
ACTIONS = re.compile(r"^(ratification|accession|succession|acceptance|approval)")
SNAPSHOT = "2015-03"
NAMES_2015 = {
    "Czech Republic": "CZE",
    "Côte d'Ivoire": "CIV",
    "St. Vincent and the Grenadines": "VCT",
    "Swaziland": "SWZ",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Turkey": "TUR",
}
"""Names in the snapshot of 2015 that the country codes do not have."""
READ_ELSEWHERE = {
    "ECU": {
        "status": "party",
        "valid_from": "2025-02-07",
        "observed": "2025-02",
        "source": "unodc-icsant-ecuador",
        "line": "",
        "note": "ratification; the harvested list gives an earlier date that belongs to Palau",
    }
}
"""Parties to the nuclear terrorism convention of which a better page was read than the harvested one."""
LETTERS = {"a": "accession", "A": "acceptance", "AA": "approval", "d": "succession"}


def positive_note(row: Row) -> str:
    """How the party became one, in a few words of our own."""
    note, parts = row["note"], []
    if action := ACTIONS.match(note):
        parts.append(action[1])
    elif not row["date"] and (force := re.match(r"entry into force for the State ([\d-]+)", note)):
        parts.append(f"in force for it since {force[1]}; date of consent not given")
    elif not row["date"]:
        parts.append("named or counted as a party; date not given")
    if "announced withdrawal" in note:
        parts.append("announced its withdrawal on 2003-01-10; the parties differ about its effect")
    if "further binding actions succession" in note:
        parts.append("later a succession as well")
    if "ratified the convention" in note:
        parts.append("ratification")
    if "most recently" in note:
        parts.append("named as the latest to join; day not given")
    if "acceded to" in note:
        parts.append("accession")
    return "; ".join(parts)


def signed(row: Row) -> str:
    """Note of a State that is not listed as a party."""
    date = re.search(r"signed (\d{4}-\d\d-\d\d)", row["note"])
    if date:
        return f"signed {date[1]}, not party in the source"
    return "signed, not party in the source" if row["status"] == "signatory" else "not named in the source"


def listed(data: Path, instrument: str) -> Iterator[Row]:
    """The rows of one of the five treaties whose list is complete."""
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


def iso_date(text: str) -> str:
    """`29 Dec 2005` as `2005-12-29`."""
    return datetime.strptime(text, "%d %b %Y").date().isoformat()


def nuclear_terrorism(data: Path) -> Iterator[Row]:
    """The rows of the nuclear terrorism convention: the snapshot of 2015, and parties told by later pages."""
    codes = {iso3: code for iso3, code in country_codes(data).items() if is_state(code)}
    columns = ("official_name_en", "CLDR display name")
    names = {code[column]: iso3 for iso3, code in codes.items() for column in columns} | NAMES_2015
    pages = read(data / "treaties/status/icsant.csv")
    later = {row["iso3"]: (line, row) for line, row in pages if row["status"] == "party"}
    snapshot: dict[str, tuple[str, str, str]] = {}
    for number, told in read(data / "treaties/18-15.csv"):
        participant, signature, consent = told.values()
        snapshot[names[participant]] = (str(number), signature, consent)
    for iso3 in codes:
        line, signature, consent = snapshot.get(iso3, ("", "", ""))
        row = {"party": iso3, "instrument": "icsant", "line": line}
        row |= {"source": "icsant-status-2015", "observed": SNAPSHOT}
        if word := re.fullmatch(r"(\d+ \w+ \d{4}) ?(\w*)", consent):
            note = LETTERS.get(word[2], "ratification")
            yield row | {"status": "party", "valid_from": iso_date(word[1]), "note": note}
        elif iso3 in READ_ELSEWHERE:
            yield row | READ_ELSEWHERE[iso3]
        elif iso3 in later:
            number, told = later[iso3]
            observed = told["as_of"] if re.fullmatch(r"[\d-]+", told["as_of"]) else "after 2015-03-14"
            row |= {"source": "icsant-status-later", "line": str(number), "observed": observed}
            yield row | {"status": "party", "valid_from": told["date"], "note": positive_note(told)}
        elif codes[iso3]["is_independent"] == "Yes" and iso3 != "VAT":
            how = "succeeded to the signature" if signature.endswith(" d") else "signed"
            date = signature.removesuffix(" d")
            note = f"{how} {iso_date(date)}, not party in the source" if date else "not named in the source"
            yield row | {"status": "not listed", "note": note}


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `instruments.csv` and `treaties.csv`; returns the number of rows of each."""
    rows = [row for instrument in FILES for row in listed(data, instrument)] + list(nuclear_terrorism(data))
    rows.sort(key=lambda row: (row["instrument"], row["party"]))
    return {
        "instruments.csv": instruments.make(out),
        "treaties.csv": write(out / "treaties.csv", TREATY_COLUMNS, rows),
    }
