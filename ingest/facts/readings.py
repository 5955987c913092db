"""What each grade of each kind of evidence reads as: a table of the project, not of any source.

Allowed readings: in place, incomplete, no entry, unknown. An assessor's low grade says that more is asked
for, so it is "incomplete"; "no entry" is kept for a blank field and for a State that a complete list does
not name. Where a source gives numbers, a grade is a range of them.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.facts.tables import Row, write

COLUMNS = [
    "kind",
    "scale",
    "grade",
    "low",
    "high",
    "reading",
    "reason",
    "source",
]
TECHNICAL, EFFECT, HEALTH = "FATF technical compliance", "FATF effectiveness", "JEE score"
POINTS, PERCENT = "GHS points", "SPAR percent"
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
    (
        "matrix",
        "matrix",
        "X",
        "in place",
        "The matrix notes steps taken or gives specific references, which is not to say that the obligation is met in "
        "full.",
    ),
    (
        "matrix",
        "matrix",
        "?",
        "incomplete",
        "The matrix notes a reference that is not directly relevant or not complete: it calls for more information.",
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
        "matrix",
        "matrix, not complete",
        "blank",
        "unknown",
        "The form does not say that the matrix is complete, so an empty field says nothing either way.",
    ),
    *(
        (
            "matrix",
            "matrix, other row",
            grade,
            "unknown",
            "The row is not among those known here: it is kept as it stands, and what it means is not guessed.",
        )
        for grade in ("X", "?", "blank", "NA")
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
    ("index", POINTS, "0", "incomplete", "The index found nothing of what it asks for in what is published."),
    ("index", POINTS, "above 0, below 50", "incomplete", "The index gives few of its points."),
    ("index", POINTS, "50 or more, below 100", "incomplete", "The index gives a part of its points."),
    (
        "index",
        POINTS,
        "100",
        "in place",
        "The index found all that it asks for, in what is published; a private body's count settles nothing.",
    ),
    ("index", POINTS, "no data", "unknown", "The index says that it has no data here, which says nothing either way."),
    (
        "self_assessment",
        PERCENT,
        "0",
        "incomplete",
        "The State itself reported nothing of this capacity as yet.",
    ),
    (
        "self_assessment",
        PERCENT,
        "above 0, below 50",
        "incomplete",
        "The State itself reported no or limited capacity (levels 1 and 2 of 5).",
    ),
    (
        "self_assessment",
        PERCENT,
        "50 or more, below 80",
        "incomplete",
        "The State itself reported a developed capacity (level 3 of 5); an external evaluation reads alike.",
    ),
    (
        "self_assessment",
        PERCENT,
        "80 or more",
        "in place",
        "The State itself reported the capacity at work (levels 4 and 5 of 5); an external evaluation reads alike.",
    ),
    (
        "self_assessment",
        PERCENT,
        "no data",
        "unknown",
        "The source says that it has no data here, which says nothing either way.",
    ),
)
# The least and the greatest value of grades that are a range; a value on a border belongs to the upper one.
RANGES = {
    (POINTS, "0"): ("0", "0"),
    (POINTS, "above 0, below 50"): ("0", "50"),
    (POINTS, "50 or more, below 100"): ("50", "100"),
    (POINTS, "100"): ("100", "100"),
    (PERCENT, "0"): ("0", "0"),
    (PERCENT, "above 0, below 50"): ("0", "50"),
    (PERCENT, "50 or more, below 80"): ("50", "80"),
    (PERCENT, "80 or more"): ("80", "100"),
}


def rows() -> Iterator[Row]:
    """The table as it is written."""
    for kind, scale, grade, reading, reason in READINGS:
        low, high = RANGES.get((scale, grade), ("", ""))
        yield {
            "kind": kind, "scale": scale, "grade": grade, "low": low, "high": high, "reading": reading,
            "reason": reason, "source": "lightfootprint-readings",
        }  # fmt: skip


def make(out: Path) -> int:
    """Write `readings.csv`; returns the number of rows."""
    return write(out / "readings.csv", COLUMNS, rows())
