"""Laws, decrees, control lists and model texts, and the sections of the matrix that they bear on.

From `harvest/legislation.csv` (316 rows). Dropped, 22: bills and drafts (12), titles seen in a list only (7) and
rows that still want a check (3). A section says what a law is about, never that a row of the matrix is met.
Left without a section, 16: acts on genetically modified organisms, which are no pathogen security, and two
whose subject was not read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ingest.facts.tables import Row, read, write

COLUMNS = [
    "id",
    "states",
    "organisation",
    "title",
    "date",
    "kind",
    "subject",
    "sections",
    "address",
    "verification",
    "source",
    "line",
    "note",
]
REFERENCES = Path(__file__).resolve().parent.parent / "data" / "references.csv"
WITHOUT_PAGE = "collected-laws"
"""The source of a law whose page the collection does not name."""

LEFT_OUT = frozenset({"title only", "check", "read; bill or draft"})
VERIFICATION = {"no web address from the store": "no web address"}
SECTIONS = {"OP6": "OP6-7-8d"}
KINDS = {"regulations": "regulation"}
PARTIES = {
    "European Union": ("", "european-union", ""),
    "CIS (model law)": ("", "cis", ""),
    "Commonwealth Secretariat": ("", "commonwealth", ""),
    "ICRC and VERTIC": ("", "vertic", "with the International Committee of the Red Cross"),
    "RUSI (model law)": ("", "rusi", ""),
    "Indonesia and VERTIC (model law)": ("", "vertic", "with Indonesia; a model, not a law of Indonesia"),
    "Eurasian Economic Community": ("", "", "text of the Eurasian Economic Community, dissolved in 2014"),
    "G5 Sahel and Senegal": ("BFA|MLI|MRT|NER|SEN|TCD", "", "the five G5 Sahel States of 2018 and Senegal"),
}
"""States, organisation and a remark for texts that are not the law of one State; the list of organisations does
not have the Eurasian Economic Community."""

GENETIC = re.compile(r"\bGMOs?\b|\bGE products\b|genetically")
NO_SECTION = {
    ("BTN", "Biosafety Act of Bhutan, 2015"): "on genetically modified organisms: no pathogen security",
    ("LCA", "Biosafety Act"): "whether it goes beyond genetically modified organisms was not read",
    ("STP", "Decree No. 40/99"): "its subject was not read beyond the title",
}
NO_ADDRESS = frozenset({"588677.hkshunfangtrade.tech", "enow.com"})
"""Hosts that are no address of the law: a strange copy of PacLII, and a page without a path of its own."""

SUBJECTS = (
    ("creates authority and laboratory", "prohibits production, transfer and transport; an authority and a laboratory"),
    ("adopts EU control list", "strategic trade control; the list of the European Union taken as the national one"),
    ("CARICOM security assistance treaty", "puts the CARICOM security assistance treaty of 2006 into force"),
)
"""Subjects that the collection tells at length, by a part of its words, in ours."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WRITTEN_DATE = re.compile(rf"\b(\d{{1,2}} (?:{MONTHS}) \d{{4}})\b")
NOT_FOR_READERS = (
    r"named (with (this official address|official URL) )?in a public source-audit list",
    r"named in a public repository( list of NZ Acts| file)?",
    r"\(?\b(find_string|register) id[^);]*\)?",
    r"no address given by the store - CHECK on legifrance\.gouv\.fr|store gave no address",
    r"(title quoted|quoted|list of acts|licence template|text|README)? ?in (a )?public repository( README| file)?",
    r"public repository (text|README)|title read in excerpt|year = title not stated there",
    r"\(long address shortened by us\)|\(address shortened\)",
)
WORDS = (
    ("in excerpt", "in the text read"),
    ("Inter-Parliamentary Assembly of CIS, 4 December 2004", "adopted by the assembly of the CIS on 2004-12-04"),
    ("CBRN Safety and Security Agency", "CBRN agency"),
    ("law text; news energynews.oedigital.com and srnnews.com (Reuters)", "law text; two news pages"),
    ("weapons ban from stlucianewsonline.com", "a news page on the ban"),
    ("page gives link to laws.justice.gc.ca H-5.67", "the page links to the official text"),
    ("listing position read under this State", "listed under this State"),
    ("the line shows", "told as"),
    ("'came into effect last year' (article of Oct 2021)", "in force in 2020 by an article of Oct 2021"),
)
"""What the collection says about its own tools, and words of its own that need others here."""


def slug(text: str, longest: int = 60) -> str:
    """A text as letters, digits and hyphens, cut between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    return words if len(words) <= longest else words[: longest + 1].rpartition("-")[0]


def page_ids(titles: Iterable[tuple[str, str]], references: Path = REFERENCES) -> dict[str, str]:
    """The source id of each address: that of `references.csv`, or the one it gets there from host and title."""
    ids = {row["url"]: row["id"] for _, row in read(references) if row["url"]}
    taken = set(ids.values())
    for address, title in titles:
        if address in ids:
            continue
        host = (urlsplit(address).hostname or "").removeprefix("www.").strip(".")
        base = f"{slug(host)}-{slug(title, 40)}"
        number = next(n for n in range(1, 1000) if (base if n == 1 else f"{base}-{n}") not in taken)
        ids[address] = base if number == 1 else f"{base}-{number}"
        taken.add(ids[address])
    return ids


def page_titles(rows: list[Row]) -> dict[str, str]:
    """What each page is called: its law, or the State whose laws it tells."""
    told: dict[str, list[Row]] = {}
    for row in rows:
        if row["source_url"].startswith("http"):
            told.setdefault(row["source_url"], []).append(row)
    titles = {}
    for address, laws in told.items():
        states = {law["state"] for law in laws}
        if len(laws) == 1:
            titles[address] = laws[0]["title"]
        else:
            titles[address] = f"Laws of {laws[0]['state']}" if len(states) == 1 else "Laws of several States"
    return titles


def date(row: Row) -> str:
    """The day that the title gives where it is in the year given, else the year."""
    for written in WRITTEN_DATE.findall(row["title"]):
        day = datetime.strptime(written, "%d %B %Y").date()
        if str(day.year) == row["year"]:
            return day.isoformat()
    return row["year"]


def section(row: Row) -> tuple[str, str]:
    """The section that a law bears on, or why none."""
    if reason := NO_SECTION.get((row["state_iso3"], row["title"])):
        return "", reason
    if row["matrix_area"] == "OP3ab-BW" and GENETIC.search(f"{row['title']} {row['subject']} {row['source_note']}"):
        return "", "on genetically modified organisms: no pathogen security"
    return SECTIONS.get(row["matrix_area"], row["matrix_area"]), ""


def note(row: Row, *remarks: str) -> str:
    """The collection's remark without what it says about its own tools, after our own remarks."""
    text = row["source_note"]
    for pattern in NOT_FOR_READERS:
        text = re.sub(pattern, "", text)
    for word, better in WORDS:
        text = text.replace(word, better)
    parts = [part.strip(" ,;:") for part in text.replace("; GMO focus", "").split(";")]
    return "; ".join(part for part in (*remarks, *parts) if part)


def kept(data: Path) -> list[tuple[int, Row]]:
    """The rows that ship, with their lines."""
    rows = read(data / "harvest/legislation.csv")
    return [(line, row) for line, row in rows if row["verification"] not in LEFT_OUT]


def law(line: int, row: Row, page: str) -> Row:
    """One row of `laws.csv`, still without its id."""
    states, organisation, remark = PARTIES.get(row["state"], (row["state_iso3"], "", ""))
    sections, reason = section(row)
    host = urlsplit(row["source_url"]).hostname
    return {
        "states": states,
        "organisation": organisation,
        "title": row["title"],
        "date": date(row),
        "kind": KINDS.get(row["instrument_type"], row["instrument_type"]),
        "subject": next((ours for part, ours in SUBJECTS if part in row["subject"]), row["subject"]),
        "sections": sections,
        "address": row["source_url"] if host and host not in NO_ADDRESS else "",
        "verification": VERIFICATION.get(row["verification"], row["verification"]),
        "source": page,
        "line": str(line),
        "note": note(row, remark, reason),
    }


def laws(data: Path) -> Iterator[Row]:
    """The laws in the order of the file; two of one party with one slug are told apart by a number."""
    rows = kept(data)
    pages = page_ids(page_titles([row for _, row in rows]).items())
    taken: set[str] = set()
    for line, row in rows:
        told = law(line, row, pages.get(row["source_url"], WITHOUT_PAGE))
        several = "|" in told["states"] or not told["states"]
        base = f"LAW/{told['organisation'] or 'regional' if several else told['states']}/{slug(row['title'])}"
        told["id"] = next(key for n in range(1, 99) if (key := base if n == 1 else f"{base}-{n}") not in taken)
        taken.add(told["id"])
        yield told


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `laws.csv`; returns its number of rows, how many have no section and how many were left out."""
    rows = sorted(laws(data), key=lambda row: row["id"])
    everything = sum(1 for _ in read(data / "harvest/legislation.csv"))
    return {
        "laws.csv": write(out / "laws.csv", COLUMNS, rows),
        "without a section: acts on modified organisms, subject not read": sum(
            1 for row in rows if not row["sections"]
        ),
        "left out: bills and drafts, titles alone, not sure": everything - len(rows),
    }
