"""What each grade of each kind of evidence reads as: a table of the project, not of any source.

Allowed readings: in place, incomplete, no entry, unknown. An assessor's low grade says that more is asked
for, so it is "incomplete"; "no entry" is kept for a blank field and for a State that a complete list does
not name.
"""

from pathlib import Path

from ingest.facts.tables import write

COLUMNS = [
    "kind",
    "scale",
    "grade",
    "reading",
    "reason",
    "source",
]
TECHNICAL, EFFECT, HEALTH = "FATF technical compliance", "FATF effectiveness", "JEE score"
READINGS = (
    (
        "treaty",
        "treaty",
        "party",
        "in place",
        "The source names the State as a party, from the date that it gives.",
    ),
    (
        "treaty",
        "treaty",
        "not listed",
        "no entry",
        "A list that is complete for that date does not name the State as a party.",
    ),
    (
        "assessment",
        TECHNICAL,
        "C",
        "in place",
        "The assessor found every element of the standard in the law and rules.",
    ),
    (
        "assessment",
        TECHNICAL,
        "LC",
        "in place",
        "The assessor found the standard in the law and rules, with minor points left to settle.",
    ),
    (
        "assessment",
        TECHNICAL,
        "PC",
        "incomplete",
        "The assessor found part of the standard and asked for more.",
    ),
    (
        "assessment",
        TECHNICAL,
        "NC",
        "incomplete",
        "The assessor found little of the standard so far and asked for more.",
    ),
    (
        "assessment",
        TECHNICAL,
        "NA",
        "unknown",
        "The assessor did not apply the standard here, which says nothing either way.",
    ),
    ("assessment", EFFECT, "HE", "in place", "The assessor saw the outcome reached to a very large extent."),
    (
        "assessment",
        EFFECT,
        "SE",
        "in place",
        "The assessor saw the outcome reached to a large extent and asked for moderate improvements.",
    ),
    (
        "assessment",
        EFFECT,
        "ME",
        "incomplete",
        "The assessor saw the outcome reached to some extent and asked for major improvements.",
    ),
    (
        "assessment",
        EFFECT,
        "LE",
        "incomplete",
        "The assessor saw the outcome reached to a small extent and asked for fundamental improvements.",
    ),
    (
        "assessment",
        HEALTH,
        "1",
        "incomplete",
        "The evaluation found no capacity of this kind yet and asked for more.",
    ),
    (
        "assessment",
        HEALTH,
        "1.5",
        "incomplete",
        "The evaluation stood between no and limited capacity and asked for more.",
    ),
    ("assessment", HEALTH, "2", "incomplete", "The evaluation found limited capacity and asked for more."),
    (
        "assessment",
        HEALTH,
        "2.5",
        "incomplete",
        "The evaluation stood between limited and developed capacity and asked for more.",
    ),
    (
        "assessment",
        HEALTH,
        "3",
        "incomplete",
        "The evaluation found developed capacity that still had to be extended or secured.",
    ),
    ("assessment", HEALTH, "4", "in place", "The evaluation found the capacity at work across the country."),
    ("assessment", HEALTH, "5", "in place", "The evaluation found the capacity at work and able to last."),
    ("matrix", "matrix", "X", "in place", "The matrix notes a measure in this field."),
    (
        "matrix",
        "matrix",
        "?",
        "incomplete",
        "The matrix notes something in this field that calls for more information.",
    ),
    (
        "matrix",
        "matrix",
        "blank",
        "no entry",
        "The matrix has nothing in this field, which may also mean that nothing was reported.",
    ),
    (
        "matrix",
        "matrix",
        "NA",
        "unknown",
        "The matrix marks the field as one that does not apply, which says nothing either way.",
    ),
    (
        "stated_need",
        "stated need",
        "line",
        "incomplete",
        "The State itself asked for this or costed it in a plan of its own.",
    ),
    (
        "law",
        "law",
        "on file",
        "unknown",
        "A law that bears on this section is on file; which rows of it the law covers, no source here says.",
    ),
)


def make(out: Path) -> int:
    """Write `readings.csv`; returns the number of rows."""
    return write(
        out / "readings.csv",
        COLUMNS,
        (dict(zip(COLUMNS, (*row, "lightfootprint-readings"), strict=True)) for row in READINGS),
    )
