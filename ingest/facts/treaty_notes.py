"""The notes of the harvested lists of parties, told again in a few words of our own."""

import re

from ingest.facts.tables import Row

ACTIONS = re.compile(r"^(ratification|accession|succession|acceptance|approval)")


def positive_note(row: Row) -> str:
    """How the party became one."""
    note, parts = row["note"], []
    if action := ACTIONS.match(note):
        parts.append(action[1])
    elif not row["date"] and (force := re.match(r"entry into force for the State ([\d-]+)", note)):
        parts.append(f"in force for it since {force[1]}; date of consent not given")
    elif not row["date"]:
        parts.append("named or counted as a party; date not given")
    if "announced withdrawal" in note:
        parts.append("announced its withdrawal on 2003-01-10; the parties differ about its effect")
    if "further binding actions succession" in note:
        parts.append("later a succession as well")
    if "ratified the convention" in note:
        parts.append("ratification")
    if "most recently" in note:
        parts.append("named as the latest to join; day not given")
    if "acceded to" in note:
        parts.append("accession")
    if before := re.search(r"listed in IEADB under [^(]+\(pre-(\d{4})\)", note):
        parts.append(f"in the source under the State's name before {before[1]}")
    return "; ".join(parts)


def signed(row: Row) -> str:
    """Why a State is not listed as a party."""
    date = re.search(r"signed (\d{4}-\d\d-\d\d)", row["note"])
    if date:
        return f"signed {date[1]}, not party in the source"
    return "signed, not party in the source" if row["status"] == "signatory" else "not named in the source"
