"""Programmes on security, borders, justice and dangerous materials that were collected by hand from pages.

From `harvest/ssr_programmes.csv`, `programmes/cbrn_programmes.csv` and `programmes/known_projects_cbrn.csv`.
Left out, each with its reason in `known_tables.py`: what `programmes_recent.csv` tells, what another
row here tells, and rows that name no State (in the first file they ship, since they name who pays and who
carries out). Words that name nobody ("consortium", "Government") are dropped from
funders and implementers. A date ships where it is the programme's own; dates of news stand in the note. The US
rows are sums of a fiscal year, not programmes with a life of their own.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ingest.aiddata import outside_brackets
from ingest.dates import parse
from ingest.facts import known_tables as tables
from ingest.facts.known_tables import CBRN, KNOWN, SSR
from ingest.facts.tables import Row, blanks, read, write
from ingest.partners import slug

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
    "publisher",
    "source",
    "line",
    "themes",
    "note",
]
REFERENCES = Path(__file__).resolve().parent.parent / "data/references.csv"
NAMES = {
    SSR: ("state_iso3", "donor", "implementer", "theme", "source_url"),
    CBRN: ("partner_states_iso3", "funder", "implementer", "theme", "source"),
    KNOWN: ("", "funder", "lead/consortium", "theme", "source"),
}
"""The columns of each file for States, funders, implementers, subject and pages."""
NOBODY = frozenset({"", "consortium", "grants", "multi-donor", "Government"})
SCALE = {None: 1, "M": 10**6, "million": 10**6, "billion": 10**9}
SMALL_WORDS = frozenset({"a", "and", "for", "in", "of", "on", "the", "to"})
US_SUM = "sum of what was recorded for the fiscal year; a State that is absent means nothing"


@cache
def pages() -> dict[str, Row]:
    """The pages that single rows refer to, by address."""
    return {row["url"]: row for _, row in read(REFERENCES)}


def addresses(text: str) -> list[str]:
    """The addresses of a cell; a file of the US repository by its own address."""
    if found := re.match(r"(https://github\.com/\S+) .*, (\S+)@(\w{40})$", text):
        return [f"{found[1]}/blob/{found[3]}/{found[2]}"]
    return text.split(" ; ")


def date(text: str) -> str:
    """The text if it is a date of the grammar, else nothing: unknown stays unknown."""
    try:
        return parse(text).text
    except ValueError:
        return ""


def money(row: Row) -> tuple[str, str]:
    """A sum and its currency; nothing where the text does not begin with one."""
    if row.get("currency"):
        return re.sub(r"\.0+$", "", row["amount"]), row["currency"]
    found = re.match(r"(?:about )?([A-Z]{3}) (\d[\d.,]*)(?: (M|million|billion)\b)?", row.get("amount", ""))
    if not found:
        return "", ""
    sum_ = float(found[2].replace(",", "")) * SCALE[found[3]]
    return str(int(sum_) if sum_.is_integer() else sum_), found[1]


def names(text: str) -> str:
    """Names as written; a semicolon within brackets parts nothing, and words that name nobody drop out."""
    return "|".join(dict.fromkeys(name for name in outside_brackets(text) if name not in NOBODY))


def sectors(row: Row) -> str:
    """Purpose codes of the DAC that the source gives, as told in a file's note."""
    told = re.search(r"(?:DAC|purpose code) (\d{5}(?:, \d{5})*)", row.get("source_note", ""))
    return "|".join(f"DAC/{code}" for code in told[1].split(", ")) if told else ""


def themes(file: str, text: str) -> str:
    """Our themes that the file's words on the subject say."""
    found = [theme for words, (theme, _) in tables.THEMES.items() if re.search(words, text, re.IGNORECASE)]
    if file == CBRN and re.search(tables.CBRN_LAW[0], text):
        found += tables.CBRN_LAW[1].split("|")
    return "|".join(dict.fromkeys(found))


def own_id(title: str, countries: list[str]) -> str:
    """An id of ours, such as `SSR/GMB/eu-support-security-sector-reform`."""
    words = [word for word in slug(title).split("-") if word not in SMALL_WORDS]
    place = countries[0] if len(countries) == 1 else "several" if countries else "none"
    return f"SSR/{place}/{'-'.join(words[:5])}"


def left_out(file: str, line: int, row: Row) -> str:
    """Why a row does not ship; empty where it does."""
    if line in tables.RECENT[file]:
        return "left out: told among the recent programmes"
    if line in tables.TOLD_HERE.get(file, {}):
        return "left out: told by another row"
    no_states = file == CBRN and not row["partner_states_iso3"]
    if no_states or line in tables.NO_STATES.get(file, {}):
        return "left out: names no State"
    return ""


def programme(file: str, line: int, row: Row) -> Row:
    """The row of one programme, with what was judged by hand in its place."""
    states, funders, implementers, subject, source = NAMES[file]
    changes = tables.CHANGES[file].get(line, {})
    countries = [code for code in changes.get("countries", row.get(states, "")).split(";") if code]
    sum_, currency = money(row)
    told = [pages()[address] for address in addresses(row[source])]
    made = {
        "id": row.get("identifier") or own_id(row["title"], countries),
        "title": blanks(row["title"]),
        "start": date(row["start"]),
        "end": date(row.get("end", "")),
        "funders": names(row[funders]),
        "implementers": names(row[implementers]),
        "sectors": sectors(row),
        "amount": sum_,
        "publisher": told[0]["publisher"],
        "source": "|".join(dict.fromkeys(page["id"] for page in told)),
        "line": str(line),
        "themes": themes(file, row[subject]),
        "note": US_SUM if row.get("identifier", "").startswith("US-CWMD") else "",
    }
    made |= changes | {"countries": "|".join(countries)}
    return made | {"currency": currency if made["amount"] else ""}


def rows(data: Path, counts: dict[str, int]) -> Iterator[Row]:
    """The programmes of the three files; what stays out is counted by its reason."""
    for file in NAMES:
        for line, row in read(data / file):
            if reason := left_out(file, line, row):
                counts[reason] = counts.get(reason, 0) + 1
            else:
                yield programme(file, line, row)


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `programmes_known.csv`; returns the number of rows, and of those left out by reason."""
    counts: dict[str, int] = {}
    made = sorted(rows(data, counts), key=lambda row: row["id"])
    if len({row["id"] for row in made}) != len(made):
        raise ValueError("programmes_known.csv: an id comes twice")
    written = write(out / "programmes_known.csv", COLUMNS, made)
    return {"programmes_known.csv": written} | dict(sorted(counts.items()))
