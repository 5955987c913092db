"""Programmes from the national aid databases that AidData released, where they touch a theme.

From `iati/iati_*.xml` (Nigeria, Timor-Leste in two files, DR Congo, Iraq, Somalia; read with the project's own
IATI reader) and `programmes/SierraLeoneAIMS….zip` (`sierra_leone.py`), 7,112 in all. Kept is what has a start
date and a sector that opens a theme (`sector_themes.csv`, whatever the directness) or a title that a rule links
to one (`title_rules.csv`); so whoever edits these tables makes this file again. How often something is left out,
`make` returns. Of Nigeria's 481 activities two have a start, of the 134 in Timor-Leste's file in IATI 1.04 none:
what dates there are belong to transactions, which are no starts. No id comes twice.

Countries are those that the activity names, else the one whose database it is: most activities of DR Congo and
many of Timor-Leste name none. Sector codes are kept as given, as `DAC/…` where the DAC's lists (groups too) have
them and as `AidData/…` where not (150, 120, 700); shares in per cent are left out. Funders only: the files name
no implementers, "Unspecified" is no name, and no date is planned. Titles stand as published but for `REPAIRS`.
Amounts are the sum of the commitments; a sum of nothing or less says nothing.

Dates that cannot be (before 1950, after 2045, an end before its start) are left out while the row stays. The
Somali file mixes up day and month (see `Release`), so of its dates that could be read both ways only the year
is kept. The IATI files call every end actual, even one after the day on which the file was made: there the kind
is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.dates import parse
from ingest.facts import sierra_leone
from ingest.facts.tables import Row, blanks, country_codes, read, write
from ingest.iati import activities
from ingest.programmes import Programme
from ingest.rejects import Rejects
from ingest.titles import TitleRules

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
FILE = "programmes_aiddata.csv"
FACTS = Path(__file__).resolve().parent.parent / "data"
FIRST_YEAR, LAST_YEAR = 1950, 2045


@dataclass(frozen=True, slots=True)
class Release:
    """A file, its source id, the State whose database it is, its day, and whether its dates mix up day and month.

    `made` is the `generated-datetime` that AidData's IATI files give. Of the 1,217 Somali starts 470 are on 2 to 12
    January and 35 on the first of another month; in the other files it is the other way round. All four Somali ends
    before the start come after it when read the other way, and the "16 days of activism" (SOM/000652), given as 25 to
    12 November 2011, become 25 November to 11 December.
    """

    file: str
    source: str
    state: str
    made: date = date(2016, 4, 18)
    mixed_up: bool = False


SIERRA_LEONE = Release(sierra_leone.ARCHIVE.name, "aiddata-sierra-leone", "SLE", made=date(2017, 3, 20))
RELEASES = (
    Release("iati_1.04_NigeriaAIMS_GeocodedResearchRelease.xml", "aiddata-nigeria", "NGA"),
    Release("iati_1.04_TimorLesteAIMS_GeocodedResearchRelease.xml", "aiddata-timor-leste-1-04", "TLS"),
    Release("iati_2.03_DRC-AIMS_GeocodedResearchRelease.xml", "aiddata-drc", "COD"),
    Release("iati_2.03_IraqAIMS_GeocodedResearchRelease.xml", "aiddata-iraq", "IRQ"),
    Release("iati_2.03_SomaliaAIMS_GeocodedResearchRelease.xml", "aiddata-somalia", "SOM", mixed_up=True),
    Release("iati_2.03_TimorLesteAIMS_GeocodedResearchRelease.xml", "aiddata-timor-leste", "TLS"),
)

REPAIRS = {
    "ﾒ": "’",  # U+FF92 in Iraq: byte 92 of Windows-1252, taken for a negative number
    "ﾖ": "–",  # U+FF96 in Iraq: byte 96, the same
    "\uffa0": " ",  # Iraq: byte A0, the same
    "ΓÇÕ": "’",  # Sierra Leone: the three bytes of the apostrophe in a DOS code page
    "πÇÇ": " ",  # Sierra Leone: the three bytes of the ideographic blank in a DOS code page
}
"""Signs in titles that a wrong encoding left behind, and what they were."""


def mended(title: str) -> str:
    """The title without the traces of wrong encodings."""
    whole = title
    for wrong, right in REPAIRS.items():
        whole = whole.replace(wrong, right)
    return title if whole == title else blanks(whole)


def unsure(text: str) -> bool:
    """Whether a date could also be read with day and month the other way round."""
    return bool(text) and date.fromisoformat(text).day <= 12 and text[5:7] != text[8:10]


def with_sound_dates(row: Row, release: Release, counts: Counter[str]) -> Row:
    """The row without dates that cannot be, and with no more of the others than is sure."""
    row = dict(row)
    for which in ("start", "end"):
        if row[which] and not FIRST_YEAR <= int(row[which][:4]) <= LAST_YEAR:
            row |= {which: "", f"{which}_kind": ""}
            counts["dates outside 1950 to 2045, left out"] += 1
        if release.mixed_up and unsure(row[which]):
            row[which] = row[which][:4]
            counts["dates of which only the year is sure"] += 1
    if row["start"] and row["end"]:
        first, last = parse(row["start"]).earliest, parse(row["end"]).latest
        if first and last and last < first:
            row |= {"end": "", "end_kind": ""}
            counts["ends before their start, left out"] += 1
    if row["end_kind"] and (last := parse(row["end"]).latest) and last > release.made:
        row["end_kind"] = ""
        counts["ends after the file was made, not called actual"] += 1
    return row


def activity(line: str, told: Programme, release: Release, iso3: dict[str, str], dac: frozenset[str]) -> Row:
    """The row of one IATI activity."""
    sum_ = f"{told.amount:.2f}".rstrip("0").rstrip(".") if told.amount and told.amount > 0 else ""
    countries = dict.fromkeys(iso3[share.code.upper()] for share in told.countries)
    return {
        "id": told.id,
        "title": told.title,
        "start": told.start.text if told.start else "",
        "end": told.end.text if told.end else "",
        "start_kind": told.start_kind or "",
        "end_kind": told.end_kind or "",
        "funders": sierra_leone.names(told.funders),
        "implementers": sierra_leone.names(told.implementers),
        "sectors": sierra_leone.sectors((share.code.partition("/")[2] for share in told.sectors), dac),
        "amount": sum_,
        "currency": (told.currency or "") if sum_ else "",
        "status": told.status or "",
        "countries": "|".join(countries) or release.state,
        "source": release.source,
        "line": line,
    }


def published(data: Path) -> Iterator[tuple[Row, Release]]:
    """The rows of all files, each with the file that it is from.

    Raises ValueError where the reader could not take something: none of these files has such a thing today.
    """
    dac = frozenset(row["code"] for _, row in read(FACTS / "sectors.csv") if row["vocabulary"] in ("DAC", "DAC3"))
    iso3 = {row["ISO3166-1-Alpha-2"]: code for code, row in country_codes(data).items()}
    rejects = Rejects()
    for release in RELEASES:
        with (data / "iati" / release.file).open("rb") as stream:
            for line, told in activities(stream, release.file, release.source, rejects):
                yield activity(line, told, release, iso3, dac), release
    if rejects.found:
        raise ValueError(f"not taken by the IATI reader: {rejects.found[:5]}")
    for row in sierra_leone.programmes(data, dac):
        yield row, SIERRA_LEONE


def selected(data: Path, counts: Counter[str]) -> Iterator[Row]:
    """The rows that touch a theme and have a start, each id once; counts all others."""
    opens = {row["sector"] for _, row in read(FACTS / "sector_themes.csv")}
    rules = TitleRules.of(FACTS, Rejects())
    seen: set[str] = set()
    for row, release in published(data):
        counts["read in all"] += 1
        if row["id"] in seen:
            counts["left out, the same id again"] += 1
            continue
        seen.add(row["id"])
        title = mended(row["title"])
        if opens.isdisjoint(row["sectors"].split("|")) and not rules.links(title):
            counts["left out, neither sector nor title points to a theme"] += 1
            continue
        notes = Counter[str]()
        sound = with_sound_dates(row, release, notes)
        if not sound["start"]:
            counts["left out, touches a theme but has no start date"] += 1
            continue
        counts["titles mended"] += title != row["title"]
        counts.update(notes)
        yield sound | {"title": title}


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `programmes_aiddata.csv`; returns the number of its rows, and of what else happened to those read."""
    counts = Counter[str]()
    rows = sorted(selected(data, counts), key=lambda row: row["id"])
    return {FILE: write(out / FILE, COLUMNS, rows), **dict(sorted(counts.items()))}
