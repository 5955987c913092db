"""The relationship types, each declared once."""

from __future__ import annotations

from typing import LiteralString

from graph.schema import Property, RelationshipType

_PARTIES: tuple[LiteralString, ...] = ("State", "Territory")
_PARTNERS: tuple[LiteralString, ...] = ("State", "Territory", "Organisation")
_WRITTEN = Property("written", "LIST<STRING>", "The names as the source writes them.")
_HOW = Property("how", "STRING", "Why the work can carry the theme, and what could be added.")
_DIRECTNESS = Property("directness", "INTEGER", "3 the same work, 2 the same people or institutions, 1 could be added.")

RELATIONSHIPS = (
    RelationshipType(
        "PART_OF",
        "Belongs to something larger.",
        ("State", "Territory", "Region", "Organisation", "Obligation"),
        ("Region", "State", "Organisation", "Obligation"),
    ),
    RelationshipType(
        "MEMBER_OF",
        "Is or was a member.",
        (*_PARTIES, "Organisation"),
        ("Organisation",),
        (
            Property(
                "status",
                "STRING",
                "member, associate, observer, former, donor, supporter …; `sources differ` where they do.",
            ),
            Property("since", "DATE", "The first day, where known."),
            Property("until", "DATE", "The day on which it ended, where it did."),
            Property("since_text", "STRING", "The first day as the source writes it, which may be a year alone."),
            Property("until_text", "STRING", "The end as the source writes it."),
            Property("note", "STRING", "Corrections to the source, suspensions."),
            Property("source", "STRING", "Id of the source of this membership."),
        ),
        owner="end",
    ),
    RelationshipType(
        "BORDERS",
        "Shares a land border with (stored from each side that says so).",
        _PARTIES,
        _PARTIES,
        (Property("km", "FLOAT", "Length of the border in kilometres."),),
    ),
    RelationshipType("HAS_FIELD", "Has this field.", _PARTIES, ("Field",), owner="end"),
    RelationshipType(
        "CONCERNS",
        "Is about this obligation or theme.",
        ("Field", "Obligation", "Need", "Request", "Precedent", "Activity", "Benefit"),
        ("Obligation", "Theme"),
    ),
    RelationshipType("ABOUT", "Speaks about this field.", ("Statement",), ("Field",)),
    RelationshipType(
        "FROM",
        "Comes from this source.",
        (
            "State",
            "Territory",
            "Region",
            "Organisation",
            "Obligation",
            "Theme",
            "Statement",
            "Request",
            "Need",
            "Offer",
            "Mandate",
            "Precedent",
            "Programme",
            "Sector",
            "Legislation",
            "Activity",
            "ActionPlan",
            "Benefit",
            "PointOfContact",
        ),
        ("Source",),
        (Property("source_line", "STRING", "Line of the file that was read; none where a page was."),),
    ),
    RelationshipType("MADE_BY", "Was made by.", ("Request", "Offer", "Mandate", "ActionPlan"), _PARTNERS, (_WRITTEN,)),
    RelationshipType("STATES_NEED", "States this need.", ("Request", "ActionPlan"), ("Need",), owner="end"),
    RelationshipType("PREFERS", "Asks for this partner.", ("Request",), _PARTNERS),
    RelationshipType(
        "COVERS",
        "Offers help with, or exists for.",
        ("Offer", "Mandate"),
        ("Obligation", "Theme"),
        (Property("scope", "STRING", "`theme`, or `general` for an offer for the whole resolution."),),
    ),
    RelationshipType("LIMITED_TO", "Is limited to.", ("Offer", "Mandate"), (*_PARTNERS, "Region")),
    RelationshipType("EXCLUDES", "Leaves out.", ("Offer",), (*_PARTNERS, "Region", "Theme")),
    RelationshipType(
        "ANSWERS", "Answers this request.", ("Offer", *_PARTNERS), ("Request",), (_WRITTEN,), owner="either"
    ),
    RelationshipType(
        "ACTIVE_IN",
        "Takes place in.",
        ("Programme",),
        (*_PARTIES, "Region"),
        (Property("percentage", "FLOAT", "Share of the activity, in per cent, where the source says."),),
    ),
    RelationshipType("FUNDED_BY", "Is paid for by.", ("Programme",), _PARTNERS, (_WRITTEN,)),
    RelationshipType("IMPLEMENTED_BY", "Is carried out by.", ("Programme", "Activity"), _PARTNERS, (_WRITTEN,)),
    RelationshipType(
        "IN_SECTOR",
        "Is coded under.",
        ("Programme",),
        ("Sector",),
        (Property("percentage", "FLOAT", "Share of the activity, in per cent, where the source says."),),
    ),
    RelationshipType("OPENS", "Work in this sector can carry the theme.", ("Sector",), ("Theme",), (_HOW, _DIRECTNESS)),
    RelationshipType(
        "TOUCHES",
        "The title points to the theme.",
        ("Programme",),
        ("Theme",),
        (Property("rule", "STRING", "Id of the title rule."), _HOW, _DIRECTNESS),
    ),
    RelationshipType("PROVIDED_BY", "Was provided by.", ("Precedent", "Activity"), _PARTNERS, (_WRITTEN,)),
    RelationshipType("RECEIVED_BY", "Was received by.", ("Precedent", "Activity"), _PARTNERS, (_WRITTEN,)),
    RelationshipType(
        "INVOLVES",
        "Has as a participant.",
        ("Activity",),
        _PARTNERS,
        (_WRITTEN, Property("role", "STRING", "host, subject, participant, organiser, funder, reviewer.")),
    ),
    RelationshipType("SPEAKS_FOR", "Is to be written to about.", ("PointOfContact",), _PARTNERS),
    RelationshipType("ENACTED_BY", "Was enacted by.", ("Legislation",), _PARTNERS),
    RelationshipType(
        "IMPLEMENTS",
        "Bears on this section of the matrix (on which row, is not said).",
        ("Legislation",),
        ("Obligation",),
    ),
)
