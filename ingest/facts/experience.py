"""Help against proliferation that took place: 641 activities of 18 publishers, presence and experience of providers.

From `programmes/recent/nonproliferation_assistance_iati.csv`, whose 741 rows are one for each State or region of an
activity; here they are one row again, with the sum of the shares that the source gives. The years are those of
money, up to July 2021: they tell neither a day nor that anything still runs. What the United States publish are
lines of contracts, often one workshop: no programmes. Themes come from the tags of the search that found the
activities (`TAGS`), from words of the title (`WORDS`) and from those title rules that name the same work (directness
3). Dropped: regions (the note has their codes), references after names, redacted and pending names. In 62 activities
the title shows that a tag means something else (`NOT_MEANT`); they keep their rows, without the theme of that tag.
"""

import re
from collections import defaultdict
from pathlib import Path

from ingest.facts.recent import mend
from ingest.facts.tables import Row, blanks, context, country_codes, read, write
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.titles import TitleRules, fold

COLUMNS = [
    "id", "title", "funders", "implementers", "countries", "themes", "first_year", "last_year", "amount", "currency",
    "kind", "source", "line", "note",
]  # fmt: skip
FILE = Path("programmes/recent/nonproliferation_assistance_iati.csv")
SOURCE = "iati-nonproliferation-2021"
CONTRACTS = "[US-USAGOV]"
"""The publisher whose activities are lines of contracts."""

TAGS = {
    "export_control": ("export-control-law", "The tag was given for export control, of which the law is the base."),
    "nuclear_security": ("nuclear-physical-protection", "Nuclear security guards material and sites."),
    "nuclear_safety": ("", "Safety is about accidents; only the title tells of sources, waste or emergencies."),
    "safeguards_iaea": ("nuclear-accounting", "Safeguards are the accounting of nuclear material."),
    "bio": ("biosafety-biosecurity", "The tag was given for work on dangerous pathogens and their laboratories."),
    "cbrn": ("emergency-response", "The answer to such incidents is what all centres of excellence share."),
    "chemical": ("chemical-security", "The tag was given for the security of chemicals."),
    "container_control": (
        "customs-enforcement|transit-transshipment",
        "Joint units of customs and police pick containers that come, go or are reloaded.",
    ),
    "wmd_np": ("counter-proliferation-culture", "The tag names the aim in general, and so does this theme."),
}
"""The theme that each tag stands for, and why."""
WORDS = {
    "exbs|related border security|border enforcement|border police|border guard*|border s|state border": (
        "border-control", "The titles name services at the border as those helped."),
    "customs": ("customs-enforcement", "The title names customs."),
    "commodity identification|cit|cross reference guide|commodity transfers": (
        "control-lists", "Officers learn to tell the goods of the lists."),
    "licensing": ("licensing", "The title names licences, in export control."),
    "end use|end user": ("end-use-catch-all", "The title names checks of users and uses."),
    "enterprise outreach|internal compliance|ind compliance|government outreach": (
        "industry-outreach", "The title names work with firms."),
    "uscg|united states coast guard*|dhsuscg06*|maritime": (
        "maritime-port-security", "A coast guard trains, or the title names the sea."),
    "office of radiological security|radioactive source*|disused sealed|radiological security|radioactiv*": (
        "radioactive-sources", "The title names radioactive sources or waste."),
    "radiation": ("radioactive-sources", "Authorities for radiation oversee sources in hospitals and industry."),
    "smuggling detection|detector laboratory|detection architecture*|nuclear smuggling|simfox|x ray": (
        "detection-equipment", "The title names the finding of material, or its tools."),
    "illicit trafficking|investigat*|crime scene|counterproliferation program|resident legal advisor|mentorship": (
        "law-enforcement", "The title names police, investigation or prosecution."),
    "forensic*|crime scene|evidence": ("laboratories-forensics", "The title names traces and evidence."),
    "nuclear material control|material management|safeguards": (
        "nuclear-accounting", "The title names the accounts of nuclear material."),
    "emergency|first response|first responder*|medical preparedness|mass gathering|contamination": (
        "emergency-response", "The title names the answer to an incident."),
    "international legal frameworks|ctbt*|opcw": ("treaty-participation", "The title names a treaty or its body."),
    "proliferation financing|counterproliferation finance": ("proliferation-finance", "The title names financing."),
    "legal framework*|legislation": ("prohibitions-biological", "The title names the law on biological security."),
    "regional secretariat*|regional secretariats|national cwmd strategy|whole of government": (
        "reporting-action-plans", "Secretariats and strategies bring the agencies of a State together."),
    "unscr": ("reporting-action-plans", "The title names the carrying out of Council resolutions."),
    "proliferation sensitive goods|diversion|transfer proliferation": (
        "export-control-law", "The title names illicit transfers."),
    "education|curriculum|edu": ("academic-outreach", "The title names teaching."),
    "uranium": ("strategic-minerals", "The title names uranium sites."),
}  # fmt: skip
"""Words of titles (a trailing `*` stands for any ending), the theme, and why."""
ONLY_WITH = {"prohibitions-biological": "bio", "licensing": "export_control"}
"""Themes that words give only to an activity with this tag."""
NOT_MEANT = (
    ("safeguards_iaea", "ctbt*|radioisotopes|infectious diseases|peaceful uses|irrs"),
    ("nuclear_security", "office of radiological security|radioactive sources|disused sealed|emergency preparedness"),
    ("bio", "resilience to biosecur"),
    ("wmd_np", "mitigating the impact of disasters|tactical nuclear weapons"),
    ("cbrn", "communication strategy"),
)
"""Tags that a title shows to mean something else: peaceful uses, sources, pests of plants, disasters."""
NO_NAME = re.compile(r"information redacted|pending approval|not available|miscellaneous foreign|\W*", re.IGNORECASE)


def pattern(words: str) -> re.Pattern[str]:
    """What finds any of the words in a folded title."""
    found = (re.escape(fold(word)) + (r"\w*" if word.endswith("*") else "") for word in words.split("|"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)")


WORD_PATTERNS = tuple((pattern(words), theme) for words, (theme, _) in WORDS.items())
OTHER_PATTERNS = tuple((tag, pattern(words)) for tag, words in NOT_MEANT)


def themes(title: str, tags: list[str], rules: TitleRules) -> list[str]:
    """The themes of an activity, in the order of their names."""
    folded = fold(title)
    other = {tag for tag, found in OTHER_PATTERNS if found.search(folded)}
    given = {theme for tag in tags if tag not in other for theme in TAGS[tag][0].split("|") if theme}
    given |= {theme for found, theme in WORD_PATTERNS if found.search(folded) and ONLY_WITH.get(theme, tags[0]) in tags}
    given |= {link.key for link in rules.links(title) if link.properties["directness"] == 3}
    return sorted(given)


def names(rows: list[Row], role: str) -> str:
    """The names of all rows of an activity, without references, each once."""
    parts = [blanks(re.sub(r"\[[^\]]*\]", "", part)) for row in rows for part in mend(row[role]).split(";")]
    spaced = [re.sub(r"(?<=[a-z])(?=(Nuclear Security Fund|Training and|and Justice))", " ", part) for part in parts]
    return "|".join(dict.fromkeys(name.replace("|", "/") for name in spaced if not NO_NAME.fullmatch(name)))


def amount(rows: list[Row]) -> tuple[str, str]:
    """The sum of commitments, else of spending, else of budgets from 2018 on, and which of them it is."""
    kinds = (
        ("commitments_usd", "commitments"), ("spend_usd", "spending"), ("budget_usd_2018_on", "budgets from 2018 on")
    )  # fmt: skip
    for column, kind in kinds:
        if total := sum(int(float(row[column] or 0)) for row in rows):
            return str(total), f"amount = {kind}"
    return "", ""


def activity(rows: list[tuple[int, Row]], known: frozenset[str], rules: TitleRules) -> Row:
    """The row of one activity from its rows, one for each State or region."""
    lines, told = [line for line, _ in rows], [row for _, row in rows]
    first = told[0]
    title = mend(first["title"])
    sum_, note = amount(told)
    regions = sorted({row["region_code"] for row in told if row["region_code"]})
    shared = sum_ and any(row["multi_country"] == "1.0" for row in told)
    notes = [note, "sum of the shares of the States and regions that were found" if shared else ""]
    notes.append(f"region {', '.join(regions)}" if regions else "")
    return {
        "id": first["identifier"],
        "title": title,
        "funders": names(told, "funders"),
        "implementers": names(told, "implementers"),
        "countries": "|".join(sorted({row["recipient_iso3"] for row in told} & known)),
        "themes": "|".join(themes(title, first["np_tags"].split(";"), rules)),
        "first_year": min(row["first_year"] for row in told),
        "last_year": max(row["last_year"] for row in told),
        "amount": sum_,
        "currency": "USD" if sum_ else "",
        "kind": "contract line" if CONTRACTS in first["reporting_org"] else "activity",
        "source": SOURCE,
        "line": str(min(lines)),
        "note": "; ".join(part for part in notes if part),
    }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `experience.csv`; returns the number of rows."""
    known = frozenset(country_codes(data).keys() | context(data).keys()) - {""}
    rules = TitleRules.of(FACTS, Rejects())
    grouped: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in read(data / FILE):
        grouped[row["identifier"]].append((line, row))
    rows = [activity(grouped[key], known, rules) for key in sorted(grouped)]
    return {"experience.csv": write(out / "experience.csv", COLUMNS, rows)}
