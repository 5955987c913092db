"""Parties to four conventions from the snapshots of the UN Treaty Collection of March 2015.

From `treaties/18-9.csv`, `18-11.csv`, `18-15.csv` and `27-8-a.csv`; of nuclear terrorism also from
`treaties/status/icsant.csv`, which names later parties. A member State that a snapshot does not name, or names
with its signature only, reads "not listed" of that month. Dropped: the European Union (party to the Cartagena
Protocol, no State) and the Cook Islands' signature of that protocol (negatives are told of the 193 members
only). Not read at all: `26-3.csv` and `26-4.csv`, as newer lists of these two treaties are at hand.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ingest.facts import instruments
from ingest.facts.tables import OBSERVERS, Row, country_codes, is_state, read
from ingest.facts.treaty_notes import positive_note
from ingest.layouts.treaty_collection import LETTERS

SNAPSHOT = "2015-03"
FILES = {"bombings": "18-9", "financing": "18-11", "icsant": "18-15", "cartagena": "27-8-a"}
NAMES_2015 = {
    "Czech Republic": "CZE",
    "Côte d'Ivoire": "CIV",
    "St. Kitts and Nevis": "KNA",
    "St. Vincent and the Grenadines": "VCT",
    "Swaziland": "SWZ",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Turkey": "TUR",
}
"""Names in the snapshots of 2015 that the country codes do not have."""
NOT_STATES = frozenset({"European Union"})
OTHER_PARTIES = frozenset({"COK", "NIU"})
"""Parties to treaties in their own right that are no member or observer States."""
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


def iso_date(text: str) -> str:
    """`29 Dec 2005` as `2005-12-29`."""
    return datetime.strptime(text, "%d %b %Y").date().isoformat()


def names(data: Path) -> dict[str, str]:
    """The codes of States and other parties by the names that the snapshots use."""
    codes = country_codes(data)
    parties = {iso3: code for iso3, code in codes.items() if is_state(code) or iso3 in OTHER_PARTIES}
    columns = ("official_name_en", "CLDR display name")
    return {code[column]: iso3 for iso3, code in parties.items() for column in columns} | NAMES_2015


def acts(data: Path, instrument: str) -> dict[str, tuple[str, str, str]]:
    """Line, signature and consent as the snapshot writes them, by State."""
    codes = names(data)
    found = {}
    for number, told in read(data / "treaties" / f"{FILES[instrument]}.csv"):
        participant, signature, consent = told.values()
        if participant not in NOT_STATES:
            found[codes[participant]] = (str(number), signature, consent)
    return found


def snapshot(data: Path, instrument: str) -> Iterator[Row]:
    """The rows of one convention: its parties, and the member States that it does not show as such."""
    told = acts(data, instrument)
    states = {iso3 for iso3, code in country_codes(data).items() if is_state(code)}
    for iso3 in sorted(states | told.keys()):
        line, signature, consent = told.get(iso3, ("", "", ""))
        row = {"party": iso3, "instrument": instrument, "line": line}
        row |= {"source": instruments.STATUS_SOURCES[instrument], "observed": SNAPSHOT}
        if word := re.fullmatch(r"(\d+ \w+ \d{4}) ?(\w*)", consent):
            note = LETTERS[word[2]]
            yield row | {"status": "party", "valid_from": iso_date(word[1]), "note": note}
        elif iso3 in states - OBSERVERS:
            how = "succeeded to the signature" if signature.endswith(" d") else "signed"
            date = signature.removesuffix(" d")
            note = f"{how} {iso_date(date)}, not party in the source" if date else "not named in the source"
            yield row | {"status": "not listed", "note": note}


def rows(data: Path) -> Iterator[Row]:
    """The rows of the four conventions; for nuclear terrorism, later pages overrule a negative."""
    pages = read(data / "treaties/status/icsant.csv")
    later = {row["iso3"]: (line, row) for line, row in pages if row["status"] == "party"}
    for instrument in FILES:
        for row in snapshot(data, instrument):
            iso3 = row["party"]
            if instrument != "icsant" or row["status"] == "party":
                yield row
            elif iso3 in READ_ELSEWHERE:
                yield row | READ_ELSEWHERE[iso3]
            elif iso3 in later:
                number, told = later[iso3]
                observed = told["as_of"] if re.fullmatch(r"[\d-]+", told["as_of"]) else "after 2015-03-14"
                yield row | {
                    "status": "party",
                    "valid_from": told["date"],
                    "observed": observed,
                    "source": "icsant-status-later",
                    "line": str(number),
                    "note": positive_note(told),
                }
            else:
                yield row
