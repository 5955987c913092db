"""Parties, members, partners and subscribing States from lists that are good for those that they name only.

From `treaties/status/` the lists named in `FILES`. A State that such a list does not name, or names with its
signature only, is dropped: nothing is known of it (51 rows of the Geneva Protocol, 31 of the IAEA, 20 of the
code of conduct, 15 signatures of zone treaties, 85 of additional protocols, and China's domestic act on the
Beijing Convention). What the lists write as date of reading is told again in `OBSERVED`, the pages that
they name in `PAGES`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.facts import instruments
from ingest.facts.tables import Row, read
from ingest.facts.treaty_notes import positive_note

FILES = {
    "beijing-2010": "beijing_convention_2010",
    "geneva-protocol": "geneva_protocol_1925",
    "gicnt": "gicnt",
    "hcoc": "hcoc",
    "iaea": "iaea_membership",
    "iaea-ap": "iaea_additional_protocol_2011",
    "psi": "psi",
    "sua-2005": "sua_2005_protocol",
}
ZONES = {
    "CANWFZ Protocol": "semipalatinsk-1",
    "Pelindaba Protocol I": "pelindaba-1",
    "Pelindaba Protocol II": "pelindaba-2",
    "Rarotonga Protocol II": "rarotonga-2",
    "Rarotonga Protocol III": "rarotonga-3",
    "Tlatelolco Additional Protocol I": "tlatelolco-1",
    "Tlatelolco Additional Protocol II": "tlatelolco-2",
    "Treaty of Bangkok (1995)": "bangkok",
    "Treaty of Pelindaba (1996)": "pelindaba",
    "Treaty of Rarotonga (1985)": "rarotonga",
    "Treaty of Semipalatinsk / CANWFZ (2006)": "semipalatinsk",
    "Treaty of Tlatelolco (1967)": "tlatelolco",
}
"""The instruments by the names that the list of zone treaties uses."""
OBSERVED = {
    # 138 States subscribed in June 2017 and the 144th in August 2023, so a page that counts 142 is of between.
    "stored page stating 142 subscribing States, date not shown": "2017-06/2023-08",
    "stored page, latest declaration read 2020-05-26": "after 2020-05-26",
    # The list counts; the day on which somebody fetched it does not.
    "2026-06-14 (retrieval date in the file); source list of 2025-01": "2025-01",
}
VERDRAGENBANK = "https://verdragenbank.overheid.nl/nl/Verdrag/Details/011471_b"
NTI = "https://www.nti.org/education-center/treaties-and-regimes/"
IPFS = "https://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq.ipfs.dweb.link/wiki/"
PAGES: dict[str, tuple[str, str]] = {
    f"{IPFS}Beijing_Convention.html": (
        "wikipedia-beijing-2016", "one of 16 that had joined by the end of October 2016; date not given",
    ),
    "https://sfdas.org/news/oaci-convention-de-beijing-de-sept-2010-repression-actes-illicites-diriges-contre-"
    "laviation-civile": ("sfdas-france-beijing-convention", "ratification"),
    "https://www.icao.int/Newsroom/Pages/Beijing-Convention-to-enter-into-force-on-1-July-2018.aspx": (
        "icao-turkiye-beijing-convention", "day of the ceremony of deposit; that of the instrument is not given",
    ),
    f"{NTI}hague-code-conduct-against-ballistic-missile-proliferation-hcoc/": (
        "nti-hcoc", "subscribing State; date not given",
    ),
    "http://www.nti.org/d_newswire/issues/2003/3/31/13s.html": (
        "nuclear-threat-initiative-three-states-joining-code-conduct",
        "subscribing State; joined between the signing of November 2002 and March 2003",
    ),
    "https://armscontrol.org/act/2003_01-02/icoc_janfeb03": (
        "arms-control-association-signing-code-conduct",
        "subscribing State; signed at the conference of 25 and 26 November 2002",
    ),
    "https://en.wikipedia.org/wiki/International_Code_of_Conduct_against_Ballistic_Missile_Proliferation": (
        "wikipedia-india-code-conduct", "subscribing State",
    ),
    "https://www.mofa.go.jp/mofaj/dns/n_s_ne/page24_000720.html": (
        "mofa-japan-psi", "endorsing State, one of the 21 of the Operational Experts Group; date not given",
    ),
    "https://tass.com/world/1741191/amp": (
        "tass-african-states-joining-interdiction-initiative",
        "endorsing State; joined at a meeting of 31 January to 2 February 2024, its last day given",
    ),
    "https://www.reuters.com/article/idUSN27421752": (
        "reuters-states-interdiction-initiative", "endorsing State; one of those named of 95; date not given",
    ),
    "http://el.tufs.ac.jp/prseas/html/pc/News20140603_233910.html": (
        "tufs-viet-nam-interdiction-initiative", "endorsing State",
    ),
    VERDRAGENBANK: ("verdragenbank-sua-2005", ""),
    "https://www.global-regulation.com/translation/switzerland/2976001/": (
        "global-regulation-switzerland-maritime-safety-protocol", "ratification; in force for it since 2010-07-28",
    ),
}  # fmt: skip
"""Single pages: source, and what a row that rests on the page is told to be."""


def sources(instrument: str, row: Row) -> str:
    """The sources of a row: the pages that it names, else the list."""
    named = [PAGES[url][0] for url in row["source_repo_or_url"].split(" ; ") if url in PAGES]
    if instrument == "iaea" and "factbook" in row["source_repo_or_url"]:
        named = [instruments.STATUS_SOURCES["iaea"], "factbook-io-membership"]
    return "|".join(named or [instruments.STATUS_SOURCES[instrument]])


def member_note(row: Row) -> str:
    """What the two lists of the members of the IAEA say."""
    dated = "member; day of the ratification of the Statute" if row["date"] else "member; date not given"
    return f"{dated}; named by one of two lists only" if "NOT listed" in row["note"] else dated


def note(instrument: str, row: Row) -> str:
    """How a row came to be listed."""
    if instrument == "iaea":
        return member_note(row)
    if instrument == "iaea-ap":
        return "in force on 30 June 2011; day of entry into force not given"
    if instrument == "gicnt":
        first = "endorsed the principles at the first meeting, October 2006"
        return f"partner nation; {first if row['date'] else 'date not given'}"
    if row["source_repo_or_url"] == VERDRAGENBANK:
        return "day of its declaration, as a rule that of the deposit" if row["date"] else "date not given"
    told = [PAGES[url][1] for url in row["source_repo_or_url"].split(" ; ") if url in PAGES]
    return "; ".join(part for part in told if part) if told else positive_note(row)


def positives(data: Path, file: str) -> Iterator[tuple[int, Row]]:
    """The parties and members of a list, with their lines."""
    for line, row in read(data / "treaties/status" / f"{file}.csv"):
        if row["status"] in {"party", "member"}:
            yield line, row


def fact(instrument: str, line: int, row: Row) -> Row:
    """A row of a list as a row of the table."""
    observed = OBSERVED.get(row["as_of"], row["as_of"])
    if not re.fullmatch(r"[\d/-]+|after [\d-]+", observed):
        raise ValueError(f"line {line} of the list of {instrument}: {observed!r} is no date")
    return {
        "party": row["iso3"],
        "instrument": instrument,
        "status": "party",
        "valid_from": row["date"],
        "observed": observed,
        "source": sources(instrument, row),
        "line": str(line),
        "note": note(instrument, row),
    }


def rows(data: Path) -> Iterator[Row]:
    """The rows of all these lists."""
    for instrument, file in FILES.items():
        yield from (fact(instrument, line, row) for line, row in positives(data, file))
    for line, row in positives(data, "nwfz_treaties"):
        yield fact(ZONES[row["instrument"]], line, row)
