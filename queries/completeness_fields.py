"""The fields of a request and of an offer: what is held, and by which small rule that reads stated or vague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Reading = Literal["stated", "vague", "not stated", "not held here"]
Row = dict[str, Any]

# The rules of vagueness: figures of this project, each with its reason.
# A month is as exact as the question which offers and programmes there were then needs.
_DAYS = 31
# More than a quarter of the 33 themes fits nearly every provider, so nothing is told apart.
_THEMES = 8
# "Drafting of laws" or "Customs training" leaves open which laws, or training in what.
_NEED_WORDS = 4
_OFFER_WORDS = 5
# One need that spans more themes is a programme: several providers would have to share it without knowing their part.
_NEED_THEMES = 4
# What is left for later cannot be matched now.
_DEFERRED = ("to be specified", "to be determined", "to be defined", "to be agreed")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the template: what a record holds in it, how that reads and why, and why it matters for matching.

    `reads` gives held value, reading and the rule applied; without it the graph's model does not carry the field.
    `matters` holds for any record; counts are added by the question.
    """

    id: str
    name: str
    matters: str
    reads: Callable[[Row], tuple[str | None, Reading, str]] | None = None

    def of(self, row: Row) -> tuple[str | None, Reading, str]:
        """Held value (or none), reading, rule."""
        if self.reads:
            return self.reads(row)
        return None, "not held here", "The graph has no place for this field: that says nothing on the record itself."


def quoted(text: str) -> str:
    """The text between quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _makers(row: Row) -> tuple[str | None, Reading, str]:
    held = ", ".join(sorted(one["name"] for one in row["makers"]))
    if all(one["unresolved"] for one in row["makers"]):
        return held, "vague", "The name is not in the table of partners' names, so nobody can be suggested by it."
    return held, "stated", "It names a State or organisation that the graph knows."


def _date(row: Row) -> tuple[str | None, Reading, str]:
    earliest, latest = row["earliest"], row["latest"]
    if not row["date"]:
        return None, "not stated", "No date is given."
    if earliest is None or latest is None:
        return row["date"], "vague", "It gives one end of a period alone."
    if (latest - earliest).days > _DAYS:
        return row["date"], "vague", "It spans more than a month; offers and programmes come and go in that time."
    return row["date"], "stated", "It is exact to a month or better."


def _themes(row: Row) -> tuple[str | None, Reading, str]:
    held = ", ".join(sorted(row["themes"])) or None
    if not row["themes"]:
        if row["scope"] == "general":
            return "resolution 1540 (2004) as a whole", "vague", "It is for the whole resolution and names no theme."
        return None, "not stated", "No theme or operative paragraph is given."
    if len(row["themes"]) > _THEMES:
        return held, "vague", f"It names more than {_THEMES} themes, which fits nearly every provider."
    return held, "stated", f"It names {_THEMES} themes or fewer."


def _needs(row: Row) -> tuple[str | None, Reading, str]:
    if not row["needs"]:
        return None, "not stated", "No single need is given."
    held = "; ".join(one["text"] for one in row["needs"])
    for one in row["needs"]:
        if any(word in one["text"].lower() for word in _DEFERRED):
            return held, "vague", f"{quoted(one['text'])} leaves the substance for later."
        if len(one["text"].split()) < _NEED_WORDS:
            why = f"has fewer than {_NEED_WORDS} words, which leaves open what exactly is needed."
            return held, "vague", f"{quoted(one['text'])} {why}"
        if one["themes"] > _NEED_THEMES:
            why = f"spans more than {_NEED_THEMES} themes: who would do which part, is left open."
            return held, "vague", f"{quoted(one['text'])} {why}"
    return held, "stated", f"Each need has {_NEED_WORDS} words or more and spans {_NEED_THEMES} themes or fewer."


def _listed(key: str, missing: str, given: str) -> Callable[[Row], tuple[str | None, Reading, str]]:
    """A field that holds a list: stated where it has anything."""

    def reads(row: Row) -> tuple[str | None, Reading, str]:
        names = sorted(one["name"] if isinstance(one, dict) else one for one in row[key])
        return (", ".join(names), "stated", given) if names else (None, "not stated", missing)

    return reads


def _subject(row: Row) -> tuple[str | None, Reading, str]:
    if len(row["subject"].split()) < _OFFER_WORDS:
        return row["subject"], "vague", f"It has fewer than {_OFFER_WORDS} words, which leaves open what can be had."
    return row["subject"], "stated", f"It says in {_OFFER_WORDS} words or more what can be had."


def _exclusions(row: Row) -> tuple[str | None, Reading, str]:
    names = sorted(one["name"] for one in row["excluded"])
    held = "; ".join([*names, *row["words"]]) or None
    if row["words"] and not names:
        return held, "vague", "It excludes in words alone, which no question can check State by State."
    if names:
        return held, "stated", "It names whom or what it leaves out."
    return None, "not stated", "It names no exclusion; there may be none."


def _contact(row: Row) -> tuple[str | None, Reading, str]:
    contact = row["contact"]
    if not contact:
        return None, "not stated", "No institution to write to is given."
    if contact.casefold() in {name.casefold() for one in row["makers"] for name in (one["name"], one["id"])}:
        return contact, "vague", "It names the body as a whole and no office."
    return contact, "stated", "It names an institution or office to write to."


REQUEST = (
    Field(
        "requester",
        "Requesting State or organisation",
        "Regions, languages and legal traditions follow from it.",
        _makers,
    ),
    Field("date", "Date", "It decides which offers and programmes there were then.", _date),
    Field("point_of_contact", "Point of contact", "A provider that cannot ask back is slow to answer."),
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
    Field("existing", "What exists already", "Help can build on it instead of beginning anew, and can ride on it."),
    Field("kind_of_help", "Kind of help", "Expertise, training, equipment and money come from different providers."),
    Field("weapon_type", "Type of weapon or material", "Specialised organisations work on one type alone."),
    Field("time_frame", "Time-frame", "It tells which programmes run long enough to carry the help."),
    Field("parallel", "Parallel requests", "They show what others already consider, so that work is not doubled."),
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
