"""Members of the export-control regimes, the bodies against money laundering and some wide organisations.

From `treaties/status/` (the five regimes, the IAEA), `gaps/regime_memberships.csv` (FATF, its regional bodies,
WCO, INTERPOL; December 2025) and `reference/factbook_io_membership.csv`, which is read for every body that it
knows. Where only one of two lists names a member, the row says so. Where a page in `DATES` has the date, or a list
of the body's own, the row names that page as its source, and the files stand behind it. What is written here
differs from the files in `LEFT_OUT`, `ADDED` and `OTHERWISE` alone, each with its reason. Bodies that no such file
lists (police, customs, MONEYVAL, GABAC, EITI, Kimberley Process) are in the hand-kept `memberships.csv`.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.facts.tables import Row, read, write

COLUMNS = ["organisation", "member", "status", "since", "until", "source", "note"]
FACTBOOK, DATA_SET, REGULATION = "factbook-io-membership", "internacia-db", "us-ear-country-groups"
FIPS = {"EE": "european-union", "KV": "XKX", "RI": "SRB"}
"""Members in the Factbook's rows that have no ISO code."""

REGIMES = {
    "nsg": "nuclear-suppliers-group",
    "australia_group": "australia-group",
    "mtcr": "mtcr",
    "wassenaar": "wassenaar-arrangement",
    "zangger_committee": "zangger-committee",
}
BODIES = {
    "APG": ("apg", ()),
    "CFATF": ("cfatf", ()),
    "EAG": ("eag", ()),
    "ESAAMLG": ("esaamlg", ()),
    "FATF": ("fatf", ("FATF",)),
    "GAFISUD": ("gafilat", ()),
    "GIABA": ("giaba", ()),
    "INTERPOL": ("interpol", ("Interpol",)),
    "MENAFATF": ("menafatf", ()),
    "WCO": ("wco", ("WCO",)),
}
"""Bodies of `gaps/regime_memberships.csv` and what the Factbook calls them, where it has them."""
FACTBOOK_ONLY = {"ARF": "asean-regional-forum", "CICA": "cica", "OIF": "oif", "SELEC": "selec"}
STATUS = {"observer": "observer", "subbureau": "sub-bureau"}
ORDER = ("member", "associate", "observer", "sub-bureau", "sources differ", "former")

AG, WA, NSG, SELEC = "australia-group", "wassenaar-arrangement", "nuclear-suppliers-group", "selec"
DATES = (
    (NSG, "1974", "nsg-participants", "CAN FRA DEU JPN RUS GBR USA"),
    (NSG, "1978", "nsg-participants", "AUS BEL CHE ITA NLD POL SWE"),
    (NSG, "1980", "nsg-participants", "FIN"),
    (NSG, "1984", "nsg-participants", "BGR DNK GRC IRL LUX"),
    (NSG, "1985", "nsg-participants", "HUN"),
    (NSG, "1986", "nsg-participants", "PRT"),
    (NSG, "1988", "nsg-participants", "ESP"),
    (NSG, "1989", "nsg-participants", "NOR"),
    (NSG, "1990", "nsg-participants", "ROU"),
    (NSG, "1991", "nsg-participants", "AUT"),
    (NSG, "1993-03-05", "nsg-participants", "CZE SVK"),
    (NSG, "1994", "nsg-participants", "ARG NZL"),
    (NSG, "1995", "nsg-participants", "KOR ZAF"),
    (NSG, "1996", "nsg-participants", "BRA UKR"),
    (NSG, "1997", "nsg-participants", "LVA"),
    (NSG, "2000", "nsg-participants", "BLR CYP SVN TUR"),
    (NSG, "2002", "nsg-participants", "KAZ"),
    (NSG, "2004", "nsg-participants", "CHN EST LTU MLT"),
    (NSG, "2005", "nsg-participants", "HRV"),
    (NSG, "2009", "nsg-participants", "ISL"),
    (NSG, "2012", "nsg-participants", "MEX"),
    (NSG, "2013", "nsg-participants", "SRB"),
    (AG, "1985", "flavorcloud-ag", "AUS BEL CAN DNK FRA DEU GRC IRL ITA JPN LUX NLD NZL GBR USA"),
    (AG, "by 1996-10", "fas-ag-1996", "ARG AUT CHE CZE ESP FIN HUN ISL KOR NOR POL PRT ROU SVK SWE"),
    (AG, "by 2001-05", "metaglossary-ag-2001", "CYP TUR european-union"),
    (AG, "2013-08-12", "dfat-ag-mexico", "MEX"),
    (AG, "2018-01-19", "dfat-ag-india", "IND"),
    (WA, "1996", "bis-wassenaar-2004", "ARG AUS AUT BEL BGR CAN CHE CZE DEU DNK ESP FIN FRA GBR GRC HUN IRL"),
    (WA, "1996", "bis-wassenaar-2004", "ITA JPN KOR LUX NLD NOR NZL POL PRT ROU RUS SVK SWE TUR UKR USA"),
    (WA, "2004-12", "unoda-yearbook-2004-wassenaar", "SVN"),
    (WA, "2005-06-29", "mvep-wassenaar-2005", "HRV"),
    (WA, "2012-01-25", "dialogo-wassenaar-mexico", "MEX"),
    (WA, "2017-12-08", "mea-wassenaar-india", "IND"),
    ("fatf", "2003", "fic-fatf", "RUS ZAF"),
    (
        "cfatf",
        "",
        "cfatf-news-2024",
        "ABW AIA ATG BHS BLZ BMU BRB CUW CYM DMA GRD GUY HTI JAM KNA LCA MSR SUR SXM TCA TTO",
    ),
    ("cfatf", "", "cfatf-news-2024", "TCA TTO VCT VEN VGB"),
    ("esaamlg", "", "fia-uganda-esaamlg", "AGO BDI BWA ERI ETH KEN LSO MDG MOZ MUS MWI NAM RWA SSD SWZ SYC TZA UGA"),
    ("esaamlg", "", "fia-uganda-esaamlg", "ZAF ZMB ZWE"),
    ("eag", "2004-10-06", "afmrk-eag", "BLR CHN KAZ KGZ RUS TJK"),
    ("eag", "2005", "afmrk-eag", "UZB"),
    ("eag", "2010", "afmrk-eag", "IND TKM"),
    ("gafilat", "2000-12-08", "gafilat-history", "ARG BOL BRA CHL COL ECU PER PRY URY"),
    ("gafilat", "2006", "gafilat-history", "MEX"),
    ("gafilat", "2010", "gafilat-history", "CRI PAN"),
    ("gafilat", "2012", "gafilat-history", "CUB"),
    ("gafilat", "2013", "gafilat-history", "GTM HND NIC"),
    ("menafatf", "2004-11-30", "menafatf-founding", "ARE BHR DZA EGY JOR KWT LBN MAR OMN QAT SAU SYR TUN YEM"),
    ("menafatf", "2005-09", "menafatf-2005", "IRQ MRT"),
    ("interpol", "2011-10-31", "rednotice-interpol-2011", "CUW SSD SXM"),
    ("wco", "2023-01-26", "einpresswire-wco-2023", "SLB"),
    ("wco", "2024-02-02", "bcbp-wco-2024", "PLW"),
    ("cica", "2014-05-20", "allmedialink-cica-2014", "BGD"),
    (SELEC, "2011-10-07", "selec-about", "ALB BGR BIH GRC HUN MDA MKD MNE ROU SRB TUR"),
)
NOTES = (
    (NSG, "CZE SVK", "Czechoslovakia took part from 1978"),
    (AG, "AUS BEL CAN DNK FRA DEU GRC IRL ITA JPN LUX NLD NZL GBR USA", "among the first 15 participants"),
    (AG, "IND", "not in the Factbook"),
    (WA, "EST LTU LVA MLT ZAF", "joined after October 2004 (not in the list of 33 then); date not found"),
    (
        "fatf",
        "RUS",
        "suspended since 2023-02-24 (Interfax-Ukraine), still in October 2024; later decisions not read",
    ),
    ("fatf", "NLD", "for the whole Kingdom; the Factbook lists Aruba and Curaçao as well"),
    ("apg", "AFG", "inactive, as the group's own list says"),
    ("gafilat", "DOM SLV", "joined after the list of 2013; date not found"),
    ("wco", "HND", "suspended, in the Factbook"),
)
LEFT_OUT = {
    ("fatf", "ABW"): "part of the Kingdom of the Netherlands, which is the member",
    ("fatf", "CUW"): "part of the Kingdom of the Netherlands, which is the member",
    ("cfatf", "DOM"): "not in the body's own list of December 2024; a member of GAFILAT",
    ("cfatf", "GTM"): "not in the body's own list of December 2024; a member of GAFILAT",
    ("cfatf", "SLV"): "not in the body's own list of December 2024; a member of GAFILAT",
    ("menafatf", "COM"): "a page on the body counts 21 members; the Comoros belong to GIABA",
    ("interpol", "COK"): "only in the data set, which is two above the 196 that INTERPOL has",
    ("interpol", "NIU"): "only in the data set, which is two above the 196 that INTERPOL has",
    ("selec", "CZE"): "neither in the body's own list nor among its signatories",
    ("cica", "BDI"): "only in the Factbook; not among the 28 that a page of 2022 names",
    ("cica", "BGD"): "observer in the Factbook; a member, see below",
    ("cica", "LKA"): "observer in the Factbook; a member, see below",
    ("cica", "QAT"): "observer in the Factbook; a member, see below",
    ("selec", "HRV"): "a member no longer, see below",
    ("selec", "SVN"): "a member no longer, see below",
    ("oif", "BFA"): "announced that it leaves, see below",
    ("oif", "NER"): "announced that it leaves, see below",
}
CAME_BACK = "member from outside ECOWAS; missing in the data set of December 2025"
AS_ECOWAS = "as a member of ECOWAS, which it left on that day; whether it paused until 2025-12-14 is not said"
LEAVES = "corrected: member in the Factbook; the page tells of the announcement of 17 March 2025"
NOT_LISTED = "corrected: member in the Factbook; signed the convention of 2009, not in the body's present list"
ADDED = (
    (AG, "european-union", "member", "", "", "metaglossary-ag-2001", "through the European Commission"),
    (NSG, "european-union", "observer", "", "", "nsg-participants", "the European Commission"),
    ("zangger-committee", "european-union", "observer", "", "", FACTBOOK, ""),
    (WA, "ISL", "sources differ", "", "", REGULATION,
     "a participant in the US regulation of June 2026; not among the 42 of the Factbook and of internacia-db"),
    ("fatf", "IDN", "member", "2023-10-27", "", "antara-fatf-2023", "corrected: missing in both lists"),
    ("fatf", "gcc", "member", "", "", "believersias-fatf", "one of two regional organisations among the members"),
    ("cfatf", "USA", "member", "2024-12-04", "", "cfatf-news-2024", "corrected: missing in the data set"),
    *(("giaba", s, "member", "2025-12-14", "", "gazettesahel-giaba-2025", CAME_BACK) for s in ("BFA", "MLI", "NER")),
    *(("giaba", s, "former", "", "2025-01-29", "gazettesahel-giaba-2025", AS_ECOWAS) for s in ("BFA", "MLI", "NER")),
    ("wco", "XKX", "member", "2017", "", "wikipedia-wco-members", "corrected: missing in both lists"),
    ("cica", "BGD", "member", "", "", "", "corrected: observer in the Factbook"),
    ("cica", "KWT", "member", "2022-10-13", "", "newsaz-cica-2022", "added: not in the Factbook"),
    ("cica", "LKA", "member", "", "", "newsaz-cica-2022", "corrected: observer in the Factbook"),
    ("cica", "PSE", "member", "", "", "newsaz-cica-2022", "added: not in the Factbook"),
    ("cica", "QAT", "member", "", "", "newsaz-cica-2022", "corrected: observer in the Factbook"),
    *((SELEC, s, "former", "2011-10-07", "", "selec-history", NOT_LISTED) for s in ("HRV", "SVN")),
    *(("oif", s, "former", "", "2025-03-17", "afrikahabari-oif-2025", LEAVES) for s in ("BFA", "NER")),
    ("iaea", "KHM", "former", "1958-02-06", "2003-03-26", "iaea-statute", "withdrew; a member again since 2009"),
)  # fmt: skip
OTHERWISE = {
    ("wco", "european-union"): {
        "status": "observer",
        "since": "2007-07-01",
        "source": "wikipedia-wco-members",
        "note": "rights akin to those of a member; member in the Factbook",
    },
    ("iaea", "KHM"): {"since": "2009-11-23", "note": "also a member from 1958 to 2003"},
    ("fatf", "european-union"): {"note": "the European Commission"},
}
"""Values that replace those of the row made from the lists."""


def factbook(data: Path) -> dict[str, dict[str, str]]:
    """Status by member for each organisation of the Factbook."""
    found: dict[str, dict[str, str]] = {}
    for _, row in read(data / "reference/factbook_io_membership.csv"):
        if member := row["iso3"] or FIPS.get(row["fips"], ""):
            found.setdefault(row["organisation"], {})[member] = STATUS.get(row["note"], "member")
    return found


def membership(organisation: str, member: str, status: str, source: str, note: str = "", since: str = "") -> Row:
    """One row without an end."""
    row = {"organisation": organisation, "member": member, "status": status, "since": since, "until": ""}
    return row | {"source": source, "note": note}


def regimes(data: Path) -> Iterator[Row]:
    """The participants of the five export-control regimes."""
    for file, organisation in REGIMES.items():
        for _, row in read(data / "treaties/status" / f"{file}.csv"):
            if row["status"] != "member":
                continue
            source, note = REGULATION, ""
            if organisation == "zangger-committee":
                known = "Factbook lists" in row["note"]
                source, note = (FACTBOOK, "") if known else (DATA_SET, "not in the Factbook")
            elif row["date"]:
                source = "mtcr-years"
            yield membership(organisation, row["iso3"], "member", source, note, row["date"])


def bodies(data: Path, books: dict[str, dict[str, str]]) -> Iterator[Row]:
    """FATF and its regional bodies, INTERPOL and WCO: those whom the data set or the Factbook names."""
    listed: dict[str, set[str]] = {}
    for _, row in read(data / "gaps/regime_memberships.csv"):
        listed.setdefault(row["indicator"].removeprefix("MEMBER_"), set()).add(row["iso3"])
    for indicator, (organisation, names) in BODIES.items():
        known = {member: status for name in names for member, status in books[name].items()}
        for member in listed[indicator] | known.keys():
            note = ""
            if names and member not in known:
                note = "corrected: missing in the Factbook"
            elif member not in listed[indicator]:
                note = "only in the Factbook"
            source = FACTBOOK if member in known else DATA_SET
            yield membership(organisation, member, known.get(member, "member"), source, note)


def atomic_energy(data: Path) -> Iterator[Row]:
    """Members of the IAEA with the day on which they ratified its Statute, where the source has it."""
    for _, row in read(data / "treaties/status/iaea_membership.csv"):
        if row["status"] == "member":
            source = "iaea-statute" if row["date"] else FACTBOOK
            note = "not in the Factbook" if "NOT listed by the Factbook" in row["note"] else ""
            yield membership("iaea", row["iso3"], "member", source, note, row["date"])


def corrected(rows: list[Row]) -> list[Row]:
    """The rows with what `LEFT_OUT`, `ADDED`, `DATES`, `NOTES` and `OTHERWISE` say; each must meet a row."""
    made = {(row["organisation"], row["member"]): row for row in rows}
    for key in LEFT_OUT:
        del made[key]
    more = [dict(zip(COLUMNS, values, strict=True)) for values in ADDED]
    made |= {(row["organisation"], row["member"]): row for row in more if row["status"] != "former"}
    for organisation, since, source, members in DATES:
        for member in members.split():
            made[organisation, member] |= {"since": since, "source": source}
    for organisation, members, note in NOTES:
        for member in members.split():
            row = made[organisation, member]
            row["note"] = "; ".join(filter(None, (row["note"], note)))
    for key, other in OTHERWISE.items():
        made[key] |= other
    return [*made.values(), *(row for row in more if row["status"] == "former")]


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `regime_members.csv`; returns how many rows it has and how many of the sources' were left out."""
    books = factbook(data)
    rows = [*regimes(data), *bodies(data, books), *atomic_energy(data)]
    for name, organisation in FACTBOOK_ONLY.items():
        rows += [membership(organisation, member, status, FACTBOOK) for member, status in books[name].items()]
    rows = corrected(rows)
    rows.sort(key=lambda row: (row["organisation"], ORDER.index(row["status"]), row["member"]))
    return {
        "regime_members.csv": write(out / "regime_members.csv", COLUMNS, rows),
        "left out: listed by mistake or otherwise, see LEFT_OUT": len(LEFT_OUT),
    }
