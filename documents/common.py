"""What all drafts share: the mark, blanks, tables of statements and of the codes that sources use, what to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from documents.form import Blank, Block, Bullets, Citations, Cite, Heading, Line, Paragraph, Table
from graph.evidence import DISCLAIMER
from queries.answer import Ref, Row
from queries.fold import Folded, Told

NONE_HELD = "No source held here speaks of it on that date (unknown; this is no gap)."
_DATE_AT_END = re.compile(r",? \(?\d{4}[^,]*$")


def mark(made: date, as_of: date, version: str, who: str) -> str:
    """The mark that says what a draft is, from what it was made, and who changes it."""
    day = "" if as_of == made else f", as known of {as_of.isoformat()}"
    return (
        f"Draft made by Light Footprint on {made.isoformat()} from data version {version}{day}; for {who} to change. "
        "It states no position of anyone. What is marked [to be filled: …] is not known to the tool."
    )


def caveats(given: Iterable[str]) -> tuple[str, ...]:
    """The caveats of an answer with the disclaimer before them, each once; without hints for the command line."""
    return tuple(one for one in dict.fromkeys((DISCLAIMER, *given)) if " --" not in one)


def blank(what: str) -> Line:
    """A line that is a blank alone."""
    return (Blank(what),)


def blanks(lead_and_what: Iterable[tuple[str, str]]) -> Bullets:
    """A list of blanks, each after its lead."""
    return Bullets(tuple((f"{lead}: ", Blank(what)) for lead, what in lead_and_what))


def contact_of(who: str) -> Bullets:
    """The blanks for a point of contact."""
    return blanks(
        (
            ("Name and title", f"point of contact of {who}"),
            ("Institution", "ministry, agency or secretariat"),
            ("Telephone and e-mail", "of the point of contact"),
        )
    )


def signature() -> tuple[Block, ...]:
    """The blanks at the end of a request."""
    return (
        Heading("Signature"),
        blanks((("Place and date", "when it is signed"), ("Name, title and signature", "who signs"))),
    )


def counting(folded: Folded | None) -> list[Told]:
    """The statements that a reading rests on."""
    return [one for one in folded.told if one.counts] if folded else []


def statement_refs(folded: Iterable[Folded]) -> list[Ref]:
    """The records of all statements that count, with their own sources."""
    return [Ref(type="Statement", id=one.said["id"]) for each in folded for one in counting(each)]


def code_of(told: Told) -> str:
    """A statement without its date: the source's indicator and code, such as `FATF R.7: PC`."""
    return _DATE_AT_END.sub("", str(told.said["text"]))


def codes(folded: Iterable[Folded], cited: Citations) -> Table | None:
    """The codes and words of the sources and how each is read here; `None` where there is nothing to explain."""
    rows: dict[tuple[str, str], list[Ref]] = {}
    for each in folded:
        for one in counting(each):
            # What a State states itself is in words, not in codes.
            if one.said["grade"] and one.said["reason"] and one.said["kind"] != "stated_need":
                key = (code_of(one), str(one.said["reason"]))
                rows.setdefault(key, []).append(Ref(type="Statement", id=one.said["id"]))
    if not rows:
        return None
    return Table(
        "Codes and words of the sources, and how they are read here",
        ("As the source writes it", "How it is read here", "Scale in"),
        tuple(((code,), (reason,), sources(cited, *refs)) for (code, reason), refs in sorted(rows.items())),
        (3, 6, 1.5),
    )


def sources(cited: Citations, *records: Ref) -> Line:
    """The citation of records as a cell of its own."""
    return tuple(piece for piece in cited.of(*records) if isinstance(piece, Cite)) or ("not stated",)


def when(text: str | None) -> str:
    """A date as the source has it."""
    return text or "undated"


def table_or(text: str, table: Table) -> Block:
    """The table, or a sentence where it has no rows."""
    return table if table.rows else Paragraph((text,))


# Numbers by which partners are ranked among each other are for the table of the question, not for a letter.
_RANKING = ("share", "focus")


def reasons(row: Row, most: int = 2) -> str:
    """The weightiest reasons that speak for a partner, in sentences."""
    telling = [one for one in row.features if one.value * one.weight > 0 and one.name not in _RANKING]
    telling.sort(key=lambda one: -one.value * one.weight)
    return " ".join(one.sentence for one in telling[:most])
