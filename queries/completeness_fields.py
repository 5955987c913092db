"""The fields of a request and of an offer: what is held, and by which small rule that reads stated or vague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from graph import vagueness

Reading = Literal["stated", "vague", "not stated"]
Reads = tuple[str | None, Reading, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the template: what a record holds in it, how that reads and why, and why it matters for matching.

    `of` gives held value (or none), reading, and the rule applied. `matters` holds for any record; counts are added by
    the question.
    """

    id: str
    name: str
    matters: str
    of: Callable[[Row], Reads]


def quoted(text: str) -> str:
    """The text between quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _makers(row: Row) -> Reads:
    held = ", ".join(sorted(one["name"] for one in row["makers"]))
    if all(one["unresolved"] for one in row["makers"]):
        return held, "vague", "The name is not in the table of partners' names, so nobody can be suggested by it."
    return held, "stated", "It names a State or organisation that the graph knows."


def _date(row: Row) -> Reads:
    if not row["date"]:
        return None, "not stated", "No date is given."
    why = vagueness.vague_date(row["earliest"], row["latest"])
    return row["date"], *_read(why, "It is exact to a month or better.")


def _read(why: str | None, stated: str) -> tuple[Reading, str]:
    """Vague with the reason, or stated."""
    return ("vague", f"It {why}.") if why else ("stated", stated)


def _themes(row: Row) -> Reads:
    if not row["themes"]:
        if row["scope"] == "general":
            return "resolution 1540 (2004) as a whole", "vague", "It is for the whole resolution and names no theme."
        return None, "not stated", "No theme or operative paragraph is given."
    why = vagueness.vague_themes(len(row["themes"]))
    return ", ".join(sorted(row["themes"])), *_read(why, f"It names {vagueness.THEMES} themes or fewer.")


def _needs(row: Row) -> Reads:
    if not row["needs"]:
        return None, "not stated", "No single need is given."
    held = "; ".join(one["text"] for one in row["needs"])
    for one in row["needs"]:
        if why := vagueness.vague_need(one["text"], one["themes"]):
            return held, "vague", f"{quoted(one['text'])} {why}."
    words, themes = vagueness.NEED_WORDS, vagueness.NEED_THEMES
    return held, "stated", f"Each need has {words} words or more and spans {themes} themes or fewer."


def _of_needs(
    key: str, given: str, vague: Callable[[dict[str, Any]], str | None] = lambda _: None
) -> Callable[[Row], Reads]:
    """A field that each need has for itself: stated where all state it and none is vague."""

    def reads(row: Row) -> Reads:
        told = [one for one in row["needs"] if one[key]]
        if not told:
            return None, "not stated", "No need gives it." if row["needs"] else "No single need is given that could."
        texts = (", ".join(one[key]) if isinstance(one[key], list) else one[key] for one in told)
        held = "; ".join(dict.fromkeys(texts))
        for one in told:
            if why := vague(one):
                return held, "vague", f"For {quoted(one['text'])} it {why}."
        if len(told) < len(row["needs"]):
            return held, "vague", f"It is given for {len(told)} of {len(row['needs'])} needs."
        return held, "stated", given

    return reads


def _undated(need: dict[str, Any]) -> str | None:
    return vagueness.vague_time_frame(need["earliest"], need["latest"])


def _parallel(row: Row) -> Reads:
    if row["parallel"]:
        return row["parallel"], "stated", "It says who else was asked."
    return None, "not stated", "No request to others is named; there may be none."


def _listed(key: str, missing: str, given: str) -> Callable[[Row], Reads]:
    """A field that holds a list: stated where it has anything."""

    def reads(row: Row) -> Reads:
        names = sorted(one["name"] if isinstance(one, dict) else one for one in row[key])
        return (", ".join(names), "stated", given) if names else (None, "not stated", missing)

    return reads


def _subject(row: Row) -> Reads:
    given = f"It says in {vagueness.OFFER_WORDS} words or more what can be had."
    return row["subject"], *_read(vagueness.vague_offer(row["subject"]), given)


def _exclusions(row: Row) -> Reads:
    names = sorted(one["name"] for one in row["excluded"])
    held = "; ".join([*names, *row["words"]]) or None
    if row["words"] and not names:
        return held, "vague", f"It {vagueness.IN_WORDS}."
    if names:
        return held, "stated", "It names whom or what it leaves out."
    return None, "not stated", "It names no exclusion; there may be none."


def _contact(row: Row) -> Reads:
    contact = row["contact"]
    if not contact:
        return None, "not stated", "No institution to write to is given."
    if contact.casefold() in {name.casefold() for one in row["makers"] for name in (one["name"], one["id"])}:
        return contact, "vague", "It names the body as a whole and no office."
    contact = f"{contact} ({row['person']})" if row["person"] else contact
    return contact, "stated", "It names an institution or office to write to."


REQUEST = (
    Field(
        "requester",
        "Requesting State or organisation",
        "Regions, languages and legal traditions follow from it.",
        _makers,
    ),
    Field("date", "Date", "It decides which offers and programmes there were then.", _date),
    Field("point_of_contact", "Point of contact", "A provider that cannot ask back is slow to answer.", _contact),
    Field("subject_area", "Subject area (themes, operative paragraph)", "Partners are found by theme.", _themes),
    Field(
        "needs",
        "Specific needs",
        "Each need can go to the partner that fits it, and small ones go quickly.",
        _needs,
    ),
    Field(
        "preferred",
        "Preferred partners",
        "A partner that is asked for is listed higher; nobody is shut out.",
        _listed(
            "preferred",
            "No partner is asked for by name; the requester may have no preference.",
            "It asks for partners by name.",
        ),
    ),
    Field(
        "existing",
        "What exists already",
        "Help can build on it instead of beginning anew, and can ride on it.",
        _of_needs("existing", "It says what is there."),
    ),
    Field(
        "kind_of_help",
        "Kind of help",
        "Expertise, training, equipment and money come from different providers.",
        _of_needs("kind_of_help", "It says which kind.", lambda one: vagueness.vague_help(one["kind_of_help"])),
    ),
    Field(
        "weapon_type",
        "Type of weapon or material",
        "Specialised organisations work on one type alone.",
        _of_needs("weapons", "It names the types."),
    ),
    Field(
        "time_frame",
        "Time-frame",
        "It tells which programmes run long enough to carry the help.",
        _of_needs("time_frame", "It gives a time.", _undated),
    ),
    Field(
        "parallel",
        "Parallel requests",
        "They show what others already consider, so that work is not doubled.",
        _parallel,
    ),
)
OFFER = (
    Field("provider", "Provider", "It is whom a match is made with.", _makers),
    Field("date", "Date", "It tells how old the offer is; without it, it counts at any date.", _date),
    Field(
        "means",
        "Means (expertise, training, equipment, financial)",
        "A request for equipment and an offer of courses do not meet.",
        _listed("means", "No means are given.", "It says by which means."),
    ),
    Field(
        "kinds",
        "Kind (legal, implementation, reporting, information)",
        "Drafting of laws and carrying them out are asked for apart.",
        _listed("kinds", "No kind is given.", "It says which kind."),
    ),
    Field("subject", "Subject", "It is what a requester reads first.", _subject),
    Field(
        "scope",
        "Scope (themes)",
        "Needs are found by theme; an offer that names none counts for less under each.",
        _themes,
    ),
    Field(
        "regions",
        "Regions",
        "An offer that names no region counts as open to all States, which may promise too much.",
        _listed("places", "No region is named.", "It names the regions or States that it is for."),
    ),
    Field("exclusions", "Exclusions", "States that are left out should not be sent to this provider.", _exclusions),
    Field(
        "in_reply_to",
        "In reply to",
        "A reply is meant for whoever asked; any other offer, for all to whom it is open.",
        _listed("answers", "It names no request; it may have been made to all.", "It names what it answers."),
    ),
    Field("contact", "Contact", "A requester has to know where to write.", _contact),
)
FIELDS = {"Request": REQUEST, "Offer": OFFER}


def wording(field: str, type_: str, row: Row) -> str | None:
    """A wording for the field of a record of that type which another record has; `None` where it states none.

    For what exists already: what help rode on. For the kind of help: what offers name as kinds and means.
    """
    if field == "existing":
        return str(row["words"][0]) if row["type"] == "Precedent" else None
    if field == "kind_of_help":
        names = [*row["kinds"], *row["means"]]
        return ", ".join(names) if row["type"] == "Offer" and row["kinds"] and row["means"] else None
    if row["type"] != type_:
        return None
    held, reading, _ = next(one for one in FIELDS[type_] if one.id == field).of(row)
    return held if reading == "stated" else None
