"""States and territories: names, regions, languages, law, borders, ports, reactors.

From `reference/country-codes.csv` (datasets/country-codes, PDDL) and `harvest/state_context.csv` (World
Factbook, CC0). Dropped: the Factbook's sentences (only what they say of language and law is kept), the
category "socialist" of legal systems (no tradition of its own here), the parts of a coastline that is told
in total and parts, and the Factbook's facts about territories.
"""

import re
from pathlib import Path

from ingest.facts.checked import CODES, LANGUAGES, NAMES, OTHER_NAMES, SINCE, SOURCES, TRADITIONS, WORDS
from ingest.facts.common_names import COMMON_NAMES
from ingest.facts.tables import OBSERVERS, Row, context, country_codes, is_state, write

STATE_COLUMNS = [
    "iso3",
    "iso2",
    "m49",
    "name",
    "status",
    "since",
    "region",
    "subregion",
    "intermediate_region",
    "name_en",
    "name_fr",
    "name_es",
    "name_ar",
    "name_zh",
    "name_ru",
    "other_names",
    "languages",
    "legal_traditions",
    "neighbours",
    "coastline_km",
    "landlocked",
    "ports",
    "ports_year",
    "reactors",
    "lldc",
    "ldc",
    "sids",
    "source",
]
TERRITORY_COLUMNS = [
    "id",
    "iso3",
    "iso2",
    "m49",
    "name",
    "other_names",
    "part_of",
    "region",
    "subregion",
    "kind",
    "source",
]
UNTERM = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic", "zh": "Chinese", "ru": "Russian"}
ARTICLE = re.compile(r"\s*\((?:the|l['’]|l[aeo]s?|el)\)|\s*\*+")
TRADITION_WORDS = ("civil", "common", "customary", "religious")
OTHER_PARTIES = frozenset({"COK", "NIU", "TWN"})
"""Parties to treaties or members of bodies in their own right that are no member or observer State."""


def short_name(code: Row, language: str) -> str:
    """The State's short name in one of the six languages, without article and footnote sign."""
    official = code[f"official_name_{'cn' if language == 'zh' else language}"]
    name = ARTICLE.sub("", code[f"UNTERM {UNTERM[language]} Short"] or official)
    return NAMES.get(code["ISO3166-1-Alpha-3"], name) if language == "en" else name


def languages(code: Row, facts: Row) -> str:
    """Official languages: checked by hand, else the Factbook's, else those coded with the State's region."""
    iso3, iso2 = code["ISO3166-1-Alpha-3"], code["ISO3166-1-Alpha-2"]
    if iso3 in LANGUAGES:
        return LANGUAGES[iso3]
    told = [
        word
        for word in facts["official_languages"].split(";")
        if word and "official" not in word and "note" not in word
    ]
    if told:
        return "|".join(dict.fromkeys(WORDS.get(word, word) for word in told))
    tags = [tag.split("-") for tag in code["Languages"].split(",")]
    return "|".join(CODES[tag[0]] for tag in tags if tag[1:] == [iso2] and tag[0] in CODES)


def traditions(iso3: str, facts: Row) -> str:
    """Legal traditions, checked where the keyword reading erred."""
    told = facts["legal_traditions"].split(";")
    return TRADITIONS.get(iso3) or "|".join(word for word in TRADITION_WORDS if word in told)


def neighbours(facts: Row) -> str:
    """`ISO3:km` for each neighbour; lengths of one told twice (Gaza and the West Bank) are added."""
    lengths: dict[str, float] = {}
    for pair in filter(None, facts["neighbour_border_km"].split(";")):
        iso3, length = pair.split(":")
        lengths[iso3] = lengths.get(iso3, 0.0) + float(length)
    return "|".join(f"{iso3}:{length:g}" for iso3, length in sorted(lengths.items()))


def leading_number(text: str) -> str:
    """The number a text begins with, without thousands separators; empty where there is none."""
    match = re.match(r"([\d,.]+) km", text)
    return match[1].replace(",", "") if match else ""


def with_year(text: str) -> tuple[str, str]:
    """Number and year of a text such as "17 (2024)"."""
    match = re.fullmatch(r"(\d+) \((\d{4})\)", text)
    return (match[1], match[2]) if match else ("", "")


def other_names(code: Row, *known: str) -> str:
    """Other names of the entry, without those it is listed under already."""
    listed = [code.get("official_name_en", ""), code.get("CLDR display name", "")]
    for table in (OTHER_NAMES, COMMON_NAMES):
        listed += table.get(code["ISO3166-1-Alpha-3"], "").split("|")
    names = sorted(dict.fromkeys(listed), key=str.casefold)
    return "|".join(name for name in names if name and name not in known)


def state(code: Row, facts: Row) -> Row:
    """The row of one State."""
    iso3 = code["ISO3166-1-Alpha-3"]
    names = {f"name_{language}": short_name(code, language) for language in UNTERM}
    ports, ports_year = with_year(facts["total_ports"])
    return {
        "iso3": iso3,
        "iso2": code["ISO3166-1-Alpha-2"],
        "m49": code["M49"].zfill(3),
        "name": names["name_en"],
        "status": "observer" if iso3 in OBSERVERS else "member",
        "since": SINCE.get(iso3, ""),
        "region": code["Region Name"],
        "subregion": code["Sub-region Name"],
        "intermediate_region": code["Intermediate Region Name"],
        **names,
        "other_names": other_names(code, names["name_en"]),
        "languages": languages(code, facts),
        "legal_traditions": traditions(iso3, facts),
        "neighbours": neighbours(facts),
        "coastline_km": leading_number(facts["coastline"]),
        "landlocked": facts["landlocked"],
        "ports": ports,
        "ports_year": ports_year,
        "reactors": with_year(facts["operational_nuclear_reactors"])[0],
        "lldc": "yes" if code["Land Locked Developing Countries (LLDC)"] else "no",
        "ldc": "yes" if code["Least Developed Countries (LDC)"] else "no",
        "sids": "yes" if code["Small Island Developing States (SIDS)"] else "no",
        "source": "|".join(filter(None, ["un-country-codes", "factbook", SOURCES.get(iso3, "")])),
    }


def territory(code: Row, iso3_of: dict[str, str]) -> Row:
    """The row of a territory or other party; `part_of` where the source names the State it belongs to."""
    iso3, name = code["ISO3166-1-Alpha-3"], short_name(code, "en")
    match = re.search(r" of ([A-Z]{2})$", code["is_independent"])
    return {
        "id": iso3,
        "iso3": iso3,
        "iso2": code["ISO3166-1-Alpha-2"],
        "m49": code["M49"].zfill(3),
        "name": name,
        "other_names": other_names(code, name),
        "part_of": iso3_of[match[1]] if match else "",
        "region": code["Region Name"],
        "subregion": code["Sub-region Name"],
        "kind": "other party" if iso3 in OTHER_PARTIES else "territory",
        "source": "un-country-codes",
    }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `states.csv` (193 members, 2 observers) and `territories.csv`; returns their numbers of rows."""
    codes, facts = country_codes(data), context(data)
    iso3_of = {code["ISO3166-1-Alpha-2"]: iso3 for iso3, code in codes.items()}
    states = [state(code, facts[iso3]) for iso3, code in sorted(codes.items()) if is_state(code)]
    others = [territory(code, iso3_of) for code in codes.values() if not is_state(code)]
    kosovo = facts["XKX"]
    others.append(
        {
            "id": "XKX",
            "iso3": "XKX",
            "iso2": "XK",
            "name": f"{kosovo['state']} (under Security Council resolution 1244 (1999))",
            "other_names": kosovo["state"],
            "kind": "other party",
            "source": "factbook",
        }
    )
    others.sort(key=lambda row: row["id"])
    return {
        "states.csv": write(out / "states.csv", STATE_COLUMNS, states),
        "territories.csv": write(out / "territories.csv", TERRITORY_COLUMNS, others),
    }
