"""Judgements of hand behind `known.py`: rows left out, values that the files do not mean as they stand, themes.

Lines are those of the files. A date that is only the date of a news item, a hand-over or an agreement is not
the start of a programme: it moves to the note, and the start stays unknown.
"""

SSR, CBRN, KNOWN = "harvest/ssr_programmes.csv", "programmes/cbrn_programmes.csv", "programmes/known_projects_cbrn.csv"

RECENT = {
    SSR: {
        4: "", 6: "", 8: "ACA/2019/041-701", 12: "", 15: "T05-EUTF-SAH-GH-01", 19: "", 21: "", 22: "",
        28: "44000-P163428", 32: "", 33: "", 35: "", 38: "44000-P167817", 39: "44000-P159040",
        40: "44000-P161163", 59: "T05-EUTF-NOA-REG-07", 61: "", 68: "", 73: "MW/FED/038-584",
    },
    CBRN: {24: "XI-IATI-EC_FPI-2020/415-595", 26: "", 27: "", 30: "", 31: ""},
    KNOWN: {3: "", 4: ""},
}  # fmt: skip
"""Told in `programmes/recent/programmes_recent.csv`, under the identifier named if it has one there."""
TOLD_HERE = {
    SSR: {10: "one hand-over within BOMCA 10, which programmes_recent.csv has"},
    KNOWN: {5: "project 25, which cbrn_programmes.csv has with its States"},
}
"""Told by another row."""
NO_STATES = {
    KNOWN: {2: "only a region is named", 6: "global"},
}
"""No State to place it in; the rows of `cbrn_programmes.csv` without States go by rule."""

ASEAN = "BRN;KHM;IDN;LAO;MYS;MMR;PHL;SGP;THA;VNM"
CARICOM = "ATG;BHS;BRB;BLZ;DMA;GRD;GUY;HTI;JAM;KNA;LCA;VCT;SUR;TTO"

CHANGES: dict[str, dict[int, dict[str, str]]] = {
    SSR: {
        2: {"note": "grant signed; dates not given"},
        3: {"note": "dates not given"},
        5: {"start": "after 2023-06", "note": "two years; day of launch not given"},
        7: {"start": "", "end": "", "note": "launched on 18 November for four years; the year is not given"},
        9: {
            "status": "planned", "start_kind": "planned", "end_kind": "planned", "amount": "4000000",
            "note": "action document; only the Afghan part, the Central Asian one is BOMCA 10",
        },
        11: {
            "end": "",
            "note": "at work in 2021, the year of the report; may be one with the Danish-supported programme "
            "of 2015-2025 that another source tells",
        },
        13: {"note": "dates not given"},
        14: {"end": "", "note": "goods delivered on 2020-06-12; dates of the project not given"},
        16: {"start": "", "note": "vessels and vehicles handed over on 2022-07-05; dates of the project not given"},
        17: {"start": "by 2024-09-24", "note": "date of a news item on its work"},
        18: {"end_kind": "actual", "note": "closing event on that day"},
        20: {"start": "", "status": "announced", "note": "a grant announced on 2022-02-16; no start is told"},
        23: {"start": "", "end": "2022-08", "end_kind": "actual", "note": "handed over in that month"},
        24: {"note": "date not given; older"},
        25: {"id": "SE-0-SE-6-15961"},
        26: {"note": "the day on which the grant was given"},
        27: {"end_kind": "actual", "note": "equipment handed over in that month"},
        30: {"note": "dates not given"},
        31: {"note": "for partner States of the European Union, none of them named"},
        34: {"note": "for the African Union and AFRIPOL"},
        36: {"note": "packages are renewed every two years"},
        37: {"end_kind": "planned", "note": "three years from its launch"},
        42: {
            "amount": "",
            "note": "15 partner States, five of them named; over EUR 45 million in 2013-2019, some EUR 16.72 million "
            "in 2020-2022",
        },
        46: {"note": "a mission of the advisory team, not a programme in the State"},
        43: {"note": "a mission of the advisory team"},
        44: {"note": "a mission of the advisory team"},
        45: {"note": "a mission of the advisory team"},
        47: {"note": "a mission of the advisory team"},
        48: {"note": "about that sum; 2019 is the year in which its office opened"},
        49: {"status": "announced", "note": "release of the EU; date of it not sure"},
        50: {"status": "announced", "note": "release of the EU; date of it not sure"},
        52: {"start": "", "status": "announced", "note": "a top-up announced in April 2019; dates not given"},
        53: {"start": "", "status": "announced", "note": "fact sheet of December 2017; dates not given"},
        54: {"start": "", "status": "announced", "note": "press of November 2020; dates not given"},
        55: {
            "countries": ASEAN, "status": "announced", "start_kind": "planned", "end_kind": "planned",
            "note": "announced in August 2017 for the ten members of ASEAN; their names are our reading",
        },
        56: {
            "countries": ASEAN, "status": "announced", "start_kind": "planned", "end_kind": "planned",
            "note": "announced in August 2017 for the States of ASEAN; their names are our reading",
        },
        57: {"note": "also told as a precedent: PREC/088"},
        58: {"status": "agreement signed", "note": "the day on which the grant agreement was signed"},
        60: {"start": "by 2022", "note": "year of a news item on its work"},
        62: {"start": "by 2021", "note": "year of the report"},
        63: {"note": "told in a report of 2021"},
        64: {"start": "", "status": "approved", "note": "money approved, perhaps in 2023; no start is told"},
        66: {"start": "", "note": "a memorandum was being written, perhaps in 2023; dates not given"},
        67: {"start": "by 2023-05-23", "note": "day of its eighth yearly meeting"},
        69: {"note": "dates not given"},
        71: {"id": "44000-P176549", "status": "approved", "note": "the day of the bank's approval"},
        72: {"start": "", "status": "announced", "note": "news of April 2019; dates not given"},
        74: {"status": "planned", "start_kind": "planned", "note": "action plan of 2017"},
        75: {"note": "dates not given"},
        76: {"note": "dates not given"},
        77: {
            "end": "",
            "note": "at work in 2022; USD 832 million by 2023 in another source; the States are the file's reading of "
            "CARICOM, with the Dominican Republic",
        },
        78: {"note": "in nine Pacific States, none of them named"},
    },
    CBRN: {
        3: {"note": "22 States in four regions, four of them named; also told as a precedent: PREC/032"},
        4: {
            "implementers": "VERTIC (lead)|UNODC|BAFA",
            "note": "the end is that of the last visit told",
        },
        5: {"note": "24 months"},
        9: {"note": "region of the Atlantic coast of Africa; three States are named"},
        11: {"note": "24 months"},
        13: {"note": "launched in that month"},
        14: {"note": "also told as a precedent, it seems: PREC/286"},
        16: {"note": "title in the file's words; start reckoned from its three years; also a precedent: PREC/235"},
        18: {"note": "the two seats named in the title, it serves their regions; also a precedent: PREC/046"},
        23: {"note": "seat of the secretariat, which serves the Gulf States"},
        25: {"note": "also for the States of the Gulf Cooperation Council, not named one by one"},
        29: {"end_kind": "planned", "note": "a visit in July 2025; work is to follow in 2026-2029"},
        36: {"note": "States on an undated page of about 2010; also told as a precedent: PREC/041"},
        37: {"note": "list of States cut short in the text read"},
    },
    KNOWN: {
        7: {
            "id": "CARICOM-UN-1540", "countries": CARICOM, "funders": "Canada|USA",
            "note": "for the members of CARICOM; their names are our reading; also told as a precedent: PREC/013",
        },
    },
}  # fmt: skip
"""Values in the place of those of the file, by file and line."""

THEMES = {
    r"border|points of entry": ("border-control", "borders or their posts"),
    r"customs|trade facilitation": ("customs-enforcement", "customs and what they clear"),
    r"detect|scan|spectrometers": ("detection-equipment", "detection or scanning"),
    r"(?<!land )\b(sea)?ports?\b|maritime|container": (
        "maritime-port-security",
        "ports, sea or containers",
    ),
    r"police|policing|penal|criminal|courts|judiciary|investigation team": (
        "law-enforcement",
        "police, courts or cases",
    ),
    r"export control": ("export-control-law", "export control by name"),
    r"licensing": ("licensing", "licensing by name"),
    r"import/export": ("import-control", "controls of import"),
    r"transhipment": ("transit-transshipment", "trans-shipment by name"),
    r"strategic trade law": ("export-control-law", "law on strategic trade"),
    r"AML|sanctions": ("proliferation-finance", "money laundering and sanctions"),
    r"dangerous chemicals": ("chemical-security", "dangerous chemicals"),
    r"biosafety|biosecurity|biological": ("biosafety-biosecurity", "biosafety or biosecurity by name"),
    r"laborator|forensics|diagnostics": ("laboratories-forensics", "laboratories or what they do"),
    r"radiological": ("radioactive-sources", "radiological materials"),
    r"first response|response planning|^response\b|crisis": ("emergency-response", "response to incidents"),
    r"awareness": ("academic-outreach", "awareness at universities"),
}
"""Words of the files' `theme` that say one of our themes, with what they speak of."""
CBRN_LAW = (
    r"legislation|legal framework",
    "prohibitions-chemical|prohibitions-biological|prohibitions-nuclear",
    "laws on these weapons and materials, in the file that is about nothing else",
)
