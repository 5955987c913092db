"""What the fields of answers stand for: the one table by which `viz.network` turns any row into nodes and edges."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHO = ("Organisation", "State", "Territory", "Region", "Request", "Need")
_ITEM = ("Theme", "Obligation")
_ISO3 = re.compile(r"[A-Z]{3}\Z")
_MATRIX = re.compile(r"(OP\d|section/)")
# What an identifier begins with tells its type wherever the field leaves more than one open.
_BEGINS = {
    "REQ/": "Request", "OFFER/": "Offer", "MANDATE/": "Mandate", "PREC/": "Precedent", "LAW/": "Legislation",
    "PLAN/": "ActionPlan", "ACT/": "Activity",
}  # fmt: skip
_BY_FORM = {*_BEGINS.values(), "Need", "State", "Obligation", "Grouping", "Region"}


@dataclass(frozen=True, slots=True)
class Part:
    """A field: of which types its objects are, and the words on the edge from what has the field to the object."""

    types: tuple[str, ...]
    says: str


# By field; where a field of one model says something else, by model and field.
PARTS = {
    "adding": Part(("State",), "others would join without a shared item"),
    "benefits": Part(("Benefit",), "also brings"),
    "carriers": Part(("Programme", "ActionPlan"), "could be carried by"),
    "conveners": Part(_WHO, "could be convened by"),
    "covered": Part(_ITEM, "opens, as asked"),
    "drops": Part(_ITEM, "would not share"),
    "entries": Part(("Programme",), "holds"),
    "events": Part(("Activity",), "is one of two events"),
    "example": Part(("Precedent",), "for example"),
    "excluded": Part(_WHO, "left out"),
    "experience": Part(("State",), "has experience"),
    "funders": Part(_WHO, "funded by"),
    "implementers": Part(_WHO, "carried out by"),
    "iso3": Part(("State",), "speaks of"),
    "item": Part(_ITEM, "share"),
    "law": Part(("Legislation",), "is a law"),
    "like_laws": Part(("Legislation",), "a law to read"),
    "need": Part(("Need", "Request", "ActionPlan", "State"), "wants help"),
    "no_source": Part(("State",), "no source speaks for"),
    "none_known_in": Part(("State",), "none known in"),
    "of": Part(_WHO, "stated by"),
    "offers": Part(("Offer", "Mandate"), "offered in"),
    "organisation": Part(_WHO, "within"),
    "organisations": Part(_WHO, "with"),
    "otherwise": Part(("Statement",), "says otherwise"),
    "partner": Part(_WHO, "could be helped by"),
    "partners": Part(_WHO, "could be helped by"),
    "perhaps_same": Part(("Precedent", "Activity"), "perhaps the same as"),
    "pool": Part(("Pool",), "could meet in"),
    "precedent": Part(("Precedent",), "is help that took place"),
    "preferred": Part(_WHO, "prefers"),
    "programme": Part(("Programme", "ActionPlan"), "could be carried by"),
    "programmes": Part(("Programme", "ActionPlan"), "could be carried by"),
    "providers": Part(_WHO, "provided by"),
    "reaches": Part(("State",), "reaches"),
    "readings": Part(_ITEM, "reads"),
    "recipients": Part(_WHO, "received by"),
    "record": Part(("Request", "Offer"), "worded in"),
    "records": Part(("Source",), "rests on"),
    "regions": Part(("Region", "Organisation"), "in"),
    "rode_on": Part(("Precedent",), "rode on existing work"),
    "runner_up": Part(_WHO, "runner-up"),
    "section": Part(_ITEM, "belongs to"),
    "shared": Part(_ITEM, "shares"),
    "sources": Part(("Source",), "from"),
    "stated_in": Part(("Request", "ActionPlan", "Programme"), "stated in"),
    "state": Part(("State",), "in"),
    "statements": Part(("Statement",), "rests on"),
    "states": Part(("State",), "for"),
    "theme": Part(_ITEM, "concerns"),
    "themes": Part(_ITEM, "concerns"),
    "through": Part(_WHO, "through"),
    "to": Part(_WHO, "leads to"),
    "who": Part(_WHO, "later given by"),
    "whose": Part(_WHO, "is of"),
    "Backer.programmes": Part(("Programme",), "works in"),
    "CarrierProgramme.themes": Part(_ITEM, "could carry"),
    "CarrierTitle.iso3": Part(("State",), "in"),
    "Doubling.partners": Part(_WHO, "both at work"),
    "Doubling.programmes": Part(("Programme",), "both at work in"),
    "EntryPoint.themes": Part(_ITEM, "could carry"),
    "Grouping.organisation": Part(_WHO, "lies within"),
    "Grouping.states": Part(("State",), "brings together"),
    "Law.organisations": Part(_WHO, "made by"),
    "Law.states": Part(("State",), "made by"),
    "ProviderOverlap.programmes": Part(("Programme",), "works in"),
    "ProviderOverlap.themes": Part(_ITEM, "opens"),
    "Neighbours.states": Part(("State",), "with"),
}  # fmt: skip


# What a row is where it is none of the fields above, by its model; a row that is no record is of a type of `MADE`.
ROWS: dict[str, tuple[str, ...]] = {
    "Clash": ("Collision",),
    "CommonGap": _ITEM,
    "Explained": _ITEM,
    "FieldReading": ("Form field",),
    "Grouping": ("Grouping",),
    "Opportunity": ("Programme", "Grouping", "Need", "ActionPlan"),
    "PlanTheme": _ITEM,
    "Pool": ("Pool",),
    "ProviderOverlap": _WHO,
    "StateSection": ("Heading", "Obligation"),
    "ThemeOverlap": _ITEM,
    "Uncovered": ("Theme", "Obligation", "Need", "ActionPlan", "Offer"),
}
# Those types with their colours.
MADE = {
    "Grouping": "#34495e", "Pool": "#4a6fa5", "Collision": "#8e5572", "Form field": "#5d6d7e", "Heading": "#5d6d7e",
    "Row": "#5d6d7e",
}  # fmt: skip
# The words on the edge from a row to who or what was asked about, by question.
SAYS = {
    "action_plan": "is a theme for the plan of",
    "clashes": "may collide in",
    "clearing": "is an open need in",
    "cobenefits": "brings more in",
    "common_gaps": "is counted over",
    "completeness": "is a field of",
    "coverage": "is looked at in",
    "entry_points": "runs in",
    "explain": "is read for",
    "groupings": "lies within",
    "laws": "may be of use to",
    "network": "is linked with",
    "opportunities": "fits",
    "overlap": "is looked at for",
    "partners": "could help",
    "pools": "could draw lessons on",
    "precedents": "is help near to",
    "search": "is found by",
    "state": "is on record for",
}
# Who asked, or what was asked about: the first of these that is given stands in the middle.
PARAMETERS = {
    "focus": _WHO, "who": _WHO, "state": ("State", "Territory"), "partner": _WHO, "record": ("Request", "Offer"),
    "organisation": _WHO, "region": _WHO, "item": _ITEM, "theme": _ITEM, "section": _ITEM, "priorities": _ITEM,
}  # fmt: skip
# Fields that hold identifiers as bare text.
BARE = frozenset({"states", "themes", "programmes", "covered", "drops", "reaches", "stated_in", "sources", "preferred"})


def part(model: str, field: str) -> Part | None:
    """What the field stands for; `None` where it is not known."""
    return PARTS.get(f"{model}.{field}") or PARTS.get(field)


def type_of(id_: str, types: tuple[str, ...]) -> str:
    """Which of the types a record with this id is, by the form of the id; the first where that does not tell."""
    if len(types) == 1:
        return types[0]
    begins = next((type_ for begin, type_ in _BEGINS.items() if id_.startswith(begin)), "")
    if begins in ("Request", "ActionPlan") and "#" in id_:
        begins = "Need"
    if begins in types:
        return begins
    if "State" in types and _ISO3.match(id_):
        return "State"
    if "Obligation" in types and _MATRIX.match(id_):
        return "Obligation"
    if "Grouping" in types and "+" in id_:
        return "Grouping"
    if "Region" in types and id_[:1].isupper():
        return "Region"
    plain = [one for one in types if one not in _BY_FORM]
    return plain[0] if plain else types[0]
