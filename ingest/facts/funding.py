"""Funds for health security by core capacity: what States and organisations disbursed and received, 2014-2022.

From `indicators/ghs_funding_by_capacity.csv` (Georgetown's tracking of funds): one row a name and year there,
one row a name, direction and capacity here, years added up, in dollars of each year. Kept are the six
capacities that bear on the themes; the columns are named after the first edition of the joint external
evaluation, in which R.3 links public health and security authorities. A fund that serves several capacities
may count under each, and what one disbursed another received: no sum over capacities or directions.

`who` is the State, or the name in the spelling that our table of partners has: as written (Africa CDC), or
without the abbreviation in brackets (then `note` has what is written). First and last year are those of an
amount above zero.

Dropped of 699 sums: 195 below 100,000 dollars, 67 of names that are in none of our tables of organisations
(foundations, charities, firms), 5 of territories and Kosovo, which are no States; `left_out` counts them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.facts.evaluations import BIO, BORDER, CHEMICAL, LABORATORY, POLICE, RADIATION
from ingest.facts.tables import Row, country_codes, is_state, read, write
from ingest.partners import PartnerNames, slug

COLUMNS = [
    "id",
    "who",
    "who_kind",
    "direction",
    "capacity",
    "themes",
    "first_year",
    "last_year",
    "amount",
    "currency",
    "source",
    "line",
    "note",
]
CAPACITIES = {
    "p6": ("P.6", "Biosafety and Biosecurity", BIO),
    "poe": ("PoE", "Points of Entry", BORDER),
    "ce": ("CE", "Chemical Events", CHEMICAL),
    "re": ("RE", "Radiation Emergencies", RADIATION),
    "r3": ("R.3", "Linking Public Health and Security Authorities", POLICE),
    "d1": ("D.1", "National Laboratory System", LABORATORY),
}
DIRECTIONS = ("disbursed", "received")
LEAST = 100_000
SOURCE = "ghs-tracking"
FACTS = Path(__file__).resolve().parent.parent / "data"
ABBREVIATION = re.compile(r" \([^()]*\)$")

Yearly = list[tuple[int, str, int]]
"""Line, year and amount of each year of which the source tells an amount."""
Sum = tuple[str, str, str, str]
"""Name, ISO 3166 alpha-3 (or blank), direction and column of a capacity."""


def sums(data: Path) -> dict[Sum, Yearly]:
    """What the source tells, by name, direction and capacity; a blank is nothing told."""
    told: dict[Sum, Yearly] = {}
    for line, row in read(data / "indicators/ghs_funding_by_capacity.csv"):
        for column in CAPACITIES:
            for direction in DIRECTIONS:
                if amount := row[f"{column}_{direction}"]:
                    key = (row["name"], row["iso3"], direction, column)
                    told.setdefault(key, []).append((line, row["year"], int(amount)))
    return told


def spelling(name: str, table: dict[str, tuple[str, str]]) -> str:
    """The name as the table of partners has it, if it is an organisation's; else blank."""
    for one in (name, ABBREVIATION.sub("", name), ABBREVIATION.sub("", name).removeprefix("The ")):
        if table.get(" ".join(one.casefold().split()), ("", ""))[0] == "Organisation":
            return one
    return ""


def placed(data: Path) -> Iterator[tuple[Sum, Yearly, str, str]]:
    """Each sum with who it is of and their kind, or with a blank and why it is left out."""
    states = {iso3 for iso3, code in country_codes(data).items() if is_state(code)}
    table = PartnerNames.of(FACTS).table
    for key, years in sums(data).items():
        name, iso3, _, _ = key
        if sum(amount for _, _, amount in years) < LEAST:
            yield key, years, "", "below 100,000 dollars"
        elif iso3 in states:
            yield key, years, iso3, "State"
        elif iso3:
            yield key, years, "", "no State"
        elif who := spelling(name, table):
            yield key, years, who, "Organisation"
        else:
            yield key, years, "", "no organisation that we know"


def left_out(data: Path) -> dict[str, int]:
    """How many sums are dropped, by reason."""
    return dict(Counter(reason for _, _, who, reason in placed(data) if not who))


def rows(data: Path) -> Iterator[Row]:
    """One row a State or organisation, direction and capacity."""
    for (name, _, direction, column), years, who, kind in placed(data):
        if not who:
            continue
        code, capacity, themes = CAPACITIES[column]
        active = sorted(year for _, year, amount in years if amount)
        yield {
            "id": f"FUND/{who if kind == 'State' else slug(who)}/{direction}/{code}",
            "who": who,
            "who_kind": kind,
            "direction": direction,
            "capacity": capacity,
            "themes": themes,
            "first_year": active[0],
            "last_year": active[-1],
            "amount": str(sum(amount for _, _, amount in years)),
            "currency": "USD",
            "source": SOURCE,
            "line": "|".join(str(line) for line in sorted(line for line, _, _ in years)),
            "note": f"written {name}" if kind != "State" and name != who else "",
        }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `funding.csv`; returns its number of rows, and of the sums left out by reason."""
    written = write(out / "funding.csv", COLUMNS, sorted(rows(data), key=lambda row: row["id"]))
    return {"funding.csv": written} | {f"left out: {why}": number for why, number in sorted(left_out(data).items())}
