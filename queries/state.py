"""Everything that is held about one State, by section of the matrix."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from graph.evidence import DISCLAIMER, Reading, years_after
from graph.store import Store
from queries.answer import Answer, Ref, Row, Shape, count
from queries.assemble import assemble, today
from queries.entry_points import OPEN_YEARS
from queries.fold import CAVEAT_LATEST, Folded, fold
from queries.held import HEADINGS, Entry, entries
from queries.kept import Kept
from queries.names import Names, not_a_state
from queries.parameters import AsOf, AState, Committee, EvidenceKinds, checked_evidence, said, visible
from queries.reality import Reality
from queries.support import fits
from queries.text import cypher

_MATRIX = "section/"


class QuotedStatement(Shape):
    """A statement that counts: its text, when it was observed, and the ids of its sources."""

    id: str
    text: str
    reading: Reading
    observed: str
    sources: tuple[str, ...]


class StateReading(Shape):
    """How one field reads, and the statements that it rests on, as quoted."""

    id: str
    name: str
    reading: Reading
    conflict: bool
    statements: tuple[QuotedStatement, ...]
    last_seen: str | None
    no_longer: tuple[str, ...]

    def line(self) -> str:
        """The reading in a line."""
        differ = ", statements differ" if self.conflict else ""
        told = f" ({'; '.join(one.text for one in self.statements)})" if self.statements else ""
        seen = f" (last seen: {self.last_seen})" if self.last_seen else ""
        old = f"; no longer read: {'; '.join(self.no_longer)}" if self.no_longer else ""
        return f"{self.name}: {self.reading}{differ}{told}{seen}{old}"


# A section of the matrix: its id and title, and how all that belongs to it reads.
SectionReadings = tuple[str, str, tuple[StateReading, ...]]


class StateSection(Row):
    """A section of the matrix with its readings and laws, or one kind of record held about the State."""

    id: str
    title: str
    readings: tuple[StateReading, ...]
    entries: tuple[Entry, ...]

    def cells(self) -> dict[str, str]:
        """The section and how much is held."""
        parts = Counter(one.reading for one in self.readings)
        held = [f"{number} {reading}" for reading, number in sorted(parts.items())]
        if self.entries:
            nouns = Counter(one.noun() for one in self.entries)
            held += [count(number, noun) for noun, number in sorted(nouns.items())]
        return {"Section": self.title, "Held here": ", ".join(held) or "nothing is held here"}

    def why(self, most: int = 3) -> list[str]:
        """Every reading that is known, those that are not in one line, then every entry."""
        known = [one.line() for one in self.readings if one.reading != "unknown" or one.last_seen]
        unknown = [one.name for one in self.readings if one.reading == "unknown" and not one.last_seen]
        silent = [f"Unknown, as no source held here gives a reading: {', '.join(unknown)}."] if unknown else []
        return [*known, *silent, *(one.line() for one in self.entries)]


def state(
    graph: Store,
    state: AState,
    *,
    as_of: AsOf = None,
    evidence: EvidenceKinds = (),
    committee: Committee = False,
) -> Answer[StateSection]:
    """Show everything that is held about one State, by section of the matrix.

    How each treaty row and theme reads with the statements behind it, and what is unknown; laws; then the State's
    reality, requests and needs, plans, offers by it and open to it, programmes that may run on the date, help
    given and received, events and memberships. Raises `ParameterError` for a name that is not known.
    """
    on, seen = as_of or today(), visible(committee)
    kinds = checked_evidence(evidence)
    meant = Names(graph, seen).state(state)
    kept = Kept(graph, seen)
    sections = readings_by_section(kept, meant.id, on, kinds, seen)
    parameters = {
        "state": meant.id,
        "as_of": on,
        "recorded": today(),
        "open_since": years_after(on, -OPEN_YEARS),
        "open_until": years_after(on, OPEN_YEARS),
        "visible": seen,
    }
    records = graph.ask(cypher("state"), parameters)
    held: dict[str, list[Entry]] = defaultdict(list)
    for heading, entry in entries([*records, *_offers(kept, meant.id, on, seen)], Reality.of(graph, meant.id, on)):
        held[heading].append(entry)
    rows = [
        StateSection(score=None, features=(), id=id_, title=title, readings=found, entries=tuple(held[id_]))
        for id_, title, found in (*sections, *((id_, title, ()) for id_, title in HEADINGS.items()))
    ]
    further = [record for row in rows for entry in row.entries for record in entry.records]
    further += [Ref(type="Statement", id=st.id) for row in rows for one in row.readings for st in one.statements]
    parameters_said = said(state=meant.id, name=meant.name, as_of=on.isoformat(), evidence=tuple(kinds))
    return assemble(
        graph,
        "state",
        parameters_said,
        on,
        rows,
        len(rows),
        [*_caveats(meant.name), *not_a_state(meant)],
        further,
        seen=seen,
    )


def readings_by_section(kept: Kept, state: str, on: date, kinds: list[str], seen: list[str]) -> list[SectionReadings]:
    """The sections of the matrix in their order, each with its title and how all that belongs to it reads."""
    found = sorted(kept.ask("sections"), key=lambda row: (row["place"], row["number"], row["item"] or ""))
    items = sorted(row["item"] for row in found if row["item"])
    folded = fold(kept.graph.ask(cypher("explain"), {"states": [state], "items": items, "visible": seen}), on, kinds)
    titles = {row["section"]: row["name"] for row in found if not row["item"]}
    readings: dict[str, list[StateReading]] = defaultdict(list)
    for row in found:
        if row["item"]:
            readings[row["section"]].append(_reading(row["item"], row["name"], folded.get((state, row["item"]))))
    return [(section, title, tuple(readings[section])) for section, title in titles.items()]


def _reading(item: str, name: str, folded: Folded | None) -> StateReading:
    if folded is None:
        return StateReading(
            id=item, name=name, reading="unknown", conflict=False, statements=(), last_seen=None, no_longer=()
        )
    return StateReading(
        id=item,
        name=name,
        reading=folded.reading,
        conflict=folded.conflict,
        statements=tuple(
            QuotedStatement(
                **{key: one.said[key] for key in ("id", "text", "reading", "observed")},
                sources=tuple(sorted(source["id"] for source in one.said["sources"])),
            )
            for one in folded.told
            if one.counts
        ),
        last_seen=folded.last_seen,
        no_longer=folded.no_longer,
    )


def offers_open(kept: Kept, state: str, place: dict[str, Any], on: date, seen: list[str]) -> list[dict[str, Any]]:
    """The offers of others whose limits take the State in and whose exclusions do not (rows of `open_offers.cypher`).

    What was offered in reply to a request is open to whoever made that request. `place` is where the State stands (its
    row of `places.cypher`).
    """
    own = {state, *place["organisations"]}
    return [
        offer
        for offer in kept.ask("open_offers", {"as_of": on, "visible": seen})
        if state not in offer["makers"] and fits(offer, state, place)
        if not offer["askers"] or own.intersection(offer["askers"])
    ]


def _offers(kept: Kept, state: str, on: date, seen: list[str]) -> list[dict[str, Any]]:
    """The offers open to the State, as rows of `state.cypher`."""
    (place,) = kept.graph.ask(cypher("places"), {"states": [state], "as_of": on})
    return [
        {
            "kind": "offer open", "role": offer["basis"], "id": offer["id"], "title": offer["title"],
            "date": offer["date"], "detail": None, "status": None if offer["places"] else "no region named",
            "who": offer["who"], "number": 1, "amount": None, "currency": None, "sources": [],
        }
        for offer in offers_open(kept, state, place, on, seen)
    ]  # fmt: skip


def _caveats(name: str) -> list[str]:
    return [
        DISCLAIMER,
        "Unknown means that no source held here speaks on that date; it is no gap.",
        CAVEAT_LATEST,
        "Laws are known by section of the matrix, not by row; nothing is said on what a law covers or how well.",
        "Offers and memberships without a date in their source count at any date. Money reported for several themes "
        "stands under each of them, so such sums are never to be added.",
        f"A correction about {name} is best made at the source named, for its next edition. Here, `footprint explain` "
        "gives the data set and line of every statement; a corrected row or a file of your own replaces or adds to it.",
    ]
