"""The treaties and arrangements that paragraph 1 of the matrix asks about: title, row, date, what silence means.

Dates of adoption were read in the pages named as the second source of a row. Where none was read, the day of
the first signature in the list of parties stands; an arrangement without a text of its own (the two
initiatives) has the day on which it was announced. `positive_word` is what a State is called that takes part.
"""

from pathlib import Path

from ingest.facts.tables import Row, write

COLUMNS = [
    "id",
    "title",
    "short_title",
    "obligation",
    "adopted",
    "negative_note",
    "source",
    "positive_word",
]
BWC = "Convention on the Prohibition of the Development, Production and Stockpiling of Bacteriological"
CWC = "Convention on the Prohibition of the Development, Production, Stockpiling and Use of Chemical Weapons"
CPPNM = "Convention on the Physical Protection of Nuclear Material"
SUA = "Convention for the Suppression of Unlawful Acts against the Safety of Maritime Navigation"
GENEVA = "Protocol for the Prohibition of the Use in War of Asphyxiating, Poisonous or Other Gases"
TLATELOLCO = "Treaty for the Prohibition of Nuclear Weapons in Latin America and the Caribbean"
RAROTONGA = "South Pacific Nuclear Free Zone Treaty"
PELINDABA = "African Nuclear-Weapon-Free Zone Treaty"
SEMIPALATINSK = "Treaty on a Nuclear-Weapon-Free Zone in Central Asia"
MODEL = "Model Protocol Additional to the Agreement(s) between State(s) and the International Atomic Energy Agency"

NOT_A_PARTY = "a State that it does not name was no party then"
MAY_HAVE_JOINED = "a State that it does not name may have joined since"
JANUARY_2026 = f"The list is complete on 23 January 2026: {NOT_A_PARTY}."
FEBRUARY_2026 = f"The list is complete on 3 February 2026: {NOT_A_PARTY}."
RATIFIED_2026 = "The list is complete on 3 February 2026; not in force, so it names the States that have ratified it."
MARCH_2015 = f"The list is complete for March 2015 only: {MAY_HAVE_JOINED}."
SNAPSHOT_2015 = (
    f"The list was taken in March 2015; its latest act is of May 2014 or before: {MAY_HAVE_JOINED}, or shortly before."
)
POSITIVES = "The list is good for those that it names; of a State that it does not name nothing is said."
ZONE = "The list is good for those that it names; a State outside the zone cannot join, so nothing is said of others."
INVITED = "The list is good for those that it names; only the States invited can join, so nothing is said of others."
PARTIAL = "The list is not complete: of a State that it does not name nothing is said."
JUNE_2011 = "The list is of 30 June 2011: of a State that it does not name nothing is said."

TABLE: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    ("npt", "Treaty on the Non-Proliferation of Nuclear Weapons",
     "NPT", "OP1/1", "1968-06-12", JANUARY_2026, "npt-status|un-avl", "party"),
    ("tlatelolco", TLATELOLCO,
     "Treaty of Tlatelolco", "OP1/2", "1967-02-14", ZONE,
     "nwfz-status|centre-for-international-law-treaty-tlatelolco", "party"),
    ("tlatelolco-1", f"Additional Protocol I to the {TLATELOLCO}",
     "Tlatelolco Protocol I", "OP1/2", "1967-02-14", INVITED,
     "nwfz-status|centre-for-international-law-treaty-tlatelolco", "party"),
    ("tlatelolco-2", f"Additional Protocol II to the {TLATELOLCO}",
     "Tlatelolco Protocol II", "OP1/2", "1967-02-14", INVITED,
     "nwfz-status|centre-for-international-law-treaty-tlatelolco", "party"),
    ("rarotonga", RAROTONGA,
     "Treaty of Rarotonga", "OP1/2", "1985-08-06", ZONE, "nwfz-status", "party"),
    ("rarotonga-2", f"Protocol 2 to the {RAROTONGA}",
     "Rarotonga Protocol 2", "OP1/2", "1986-08-08", INVITED,
     "nwfz-status|university-of-oslo-protocol-treaty-rarotonga", "party"),
    ("rarotonga-3", f"Protocol 3 to the {RAROTONGA}",
     "Rarotonga Protocol 3", "OP1/2", "1986", INVITED, "nwfz-status", "party"),
    ("bangkok", "Treaty on the Southeast Asia Nuclear Weapon-Free Zone",
     "Treaty of Bangkok", "OP1/2", "1995-12-15", ZONE, "nwfz-status", "party"),
    ("pelindaba", PELINDABA,
     "Treaty of Pelindaba", "OP1/2", "1996-04-11", ZONE, "nwfz-status", "party"),
    ("pelindaba-1", f"Protocol I to the {PELINDABA}",
     "Pelindaba Protocol I", "OP1/2", "1996-04-11", INVITED, "nwfz-status", "party"),
    ("pelindaba-2", f"Protocol II to the {PELINDABA}",
     "Pelindaba Protocol II", "OP1/2", "1996-04-11", INVITED,
     "nwfz-status|centre-for-international-law-protocol-treaty-pelindaba", "party"),
    ("semipalatinsk", SEMIPALATINSK,
     "Treaty of Semipalatinsk", "OP1/2", "2006-09-08", ZONE, "nwfz-status", "party"),
    ("semipalatinsk-1", f"Protocol to the {SEMIPALATINSK}",
     "Semipalatinsk Protocol", "OP1/2", "by 2014-05-06", INVITED, "nwfz-status", "party"),
    ("icsant", "International Convention for the Suppression of Acts of Nuclear Terrorism",
     "ICSANT", "OP1/3", "2005-04-13", MARCH_2015, "icsant-status-2015|nea-icsant", "party"),
    ("cppnm", CPPNM,
     "CPPNM", "OP1/4", "1979-10-26", f"The list is good up to March 2020: {MAY_HAVE_JOINED}.",
     "cppnm-status|kremlin-cppnm-amendment", "party"),
    ("cppnm-a", f"Amendment to the {CPPNM}",
     "CPPNM Amendment", "OP1/5", "2005-07-08", f"The list is good up to 25 April 2025: {MAY_HAVE_JOINED}.",
     "cppnm-amendment-status|kremlin-cppnm-amendment", "party"),
    ("ctbt", "Comprehensive Nuclear-Test-Ban Treaty",
     "CTBT", "OP1/6", "1996-09-10", RATIFIED_2026,
     "ctbt-status|ministry-of-defence-viet-nam-test-ban-treaty", "ratifying State"),
    ("cwc", f"{CWC} and on their Destruction",
     "CWC", "OP1/7", "1992-09-03", FEBRUARY_2026, "cwc-status|un-avl", "party"),
    ("bwc", f"{BWC} (Biological) and Toxin Weapons and on their Destruction",
     "BWC", "OP1/8", "1971-12-16",
     "The list is complete for May 2025 but for one of Chad, Djibouti, Eritrea, Israel and Namibia: "
     "of these five nothing is said.", "bwc-status|un-avl", "party"),
    ("geneva-protocol", f"{GENEVA}, and of Bacteriological Methods of Warfare",
     "Geneva Protocol", "OP1/9", "1925-06-17", POSITIVES, "geneva-protocol-status", "party"),
    ("bombings", "International Convention for the Suppression of Terrorist Bombings",
     "Terrorist Bombings Convention", "OP1/10", "1997-12-15", SNAPSHOT_2015,
     "bombings-status-2015|jewish-virtual-library-resolution-terrorist-bombings", "party"),
    ("cartagena", "Cartagena Protocol on Biosafety to the Convention on Biological Diversity",
     "Cartagena Protocol", "OP1/10", "2000-01-29", SNAPSHOT_2015,
     "cartagena-status-2015|informea-cartagena-protocol", "party"),
    ("financing", "International Convention for the Suppression of the Financing of Terrorism",
     "Terrorism Financing Convention", "OP1/11", "1999-12-09", SNAPSHOT_2015,
     "financing-status-2015|united-nations-office-of-convention-financing-terrorism", "party"),
    ("sua-2005", f"Protocol of 2005 to the {SUA}",
     "SUA Protocol 2005", "OP1/12", "2005-10-14", PARTIAL,
     "verdragenbank-sua-2005|united-nations-instruments-against-terrorism", "party"),
    ("beijing-2010", "Convention on the Suppression of Unlawful Acts Relating to International Civil Aviation",
     "Beijing Convention", "OP1/14", "2010-09-10", PARTIAL, "wikipedia-beijing-2016", "party"),
    ("iaea-ap", f"{MODEL} for the Application of Safeguards, as concluded with each State",
     "IAEA Additional Protocol", "OP1/15", "1997-05", JUNE_2011,
     "dfat-additional-protocols-2011|iaea-model-additional-protocol", "party"),
    ("iaea", "Statute of the International Atomic Energy Agency",
     "IAEA", "OP1/16", "1956-10-23", POSITIVES, "iaea-members|iaea-approval-statute", "member"),
    ("hcoc", "Hague Code of Conduct against Ballistic Missile Proliferation",
     "HCoC", "OP1/17", "2002-11-25", PARTIAL,
     "nti-hcoc|eu-non-proliferation-consortium-code-conduct", "subscribing State"),
    ("gicnt", "Global Initiative to Combat Nuclear Terrorism",
     "GICNT", "OP1/18", "2006-07-15", PARTIAL,
     "gicnt-partners|united-states-department-of-global-initiative-nuclear-terrorism", "partner nation"),
    ("psi", "Proliferation Security Initiative",
     "PSI", "OP1/18", "2003-05-31", PARTIAL,
     "mofa-japan-psi|australian-department-of-start-interdiction-initiative", "endorsing State"),
)  # fmt: skip
INSTRUMENTS: tuple[Row, ...] = tuple(dict(zip(COLUMNS, row, strict=True)) for row in TABLE)
STATUS_SOURCES = {row["id"]: row["source"].split("|")[0] for row in INSTRUMENTS}
"""The source of the list of parties to each treaty."""


def make(out: Path) -> int:
    """Write `instruments.csv`; returns the number of rows."""
    return write(out / "instruments.csv", COLUMNS, INSTRUMENTS)
