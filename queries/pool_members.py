"""Who is in a pool, and on what evidence: States with experience, States with a need, and who offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, YEARS_HELD, years_after
from queries.answer import Named, Ref, Shape
from queries.assemble import today
from queries.held_together import Holder, Known, holders_of
from queries.kept import Kept, Rows
from queries.laws import laws_held
from queries.support import fits
from queries.text import cypher

Kind = Literal[
    "received", "gave", "event", "in place", "reported", "law", "request", "own plan", "assessment", "not listed"
]
# Experience that a source tells of in itself; help reported by its provider and a law of the section say less.
STRONG = frozenset({"received", "gave", "event", "in place"})
# What a State says itself.
STATED = frozenset({"request", "own plan"})
_WORDS: dict[Kind, str] = {
    "received": "received help",
    "gave": "gave help",
    "event": "took part",
    "in place": "in place by a source",
    "reported": "received help that its provider reports",
    "law": "has a law on file in this section of the matrix (what it covers, no source here says)",
    "request": "asked the Committee",
    "own plan": "states the need in its own plan",
    "assessment": "an assessor asked for more",
    "not listed": "not on a list of parties",
}
_ORDER: tuple[Kind, ...] = tuple(_WORDS)
_NEED_KINDS = frozenset({"request", "own plan", "assessment", "not listed"})
_NEEDS: dict[str, Kind] = {"stated_need": "own plan", "treaty": "not listed"}


class Evidence(Shape):
    """One kind of evidence on one State: a sentence with the first of the records, and all of them."""

    kind: Kind
    sentence: str
    records: tuple[Ref, ...]


class Member(Shape):
    """A State of a pool and what is known of it in this role."""

    iso3: str
    name: str
    evidence: tuple[Evidence, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its evidence."""
        return frozenset(one.kind for one in self.evidence)


class Offering(Shape):
    """Who offers, which of the States with a need it may reach, and the offers.

    `basis` is `offer` where at least one of them was made as an offer, and `programme` where all are known from the
    partner's own work and none was made to the Committee.
    """

    partner: Named
    basis: Literal["offer", "programme"]
    reaches: tuple[str, ...]
    offers: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Evidenced:
    """All that is known under the themes, read once for all pools."""

    experience: dict[str, tuple[Evidence, ...]]
    need: dict[str, tuple[Evidence, ...]]
    offers: list[dict[str, Any]]
    known: Known

    @classmethod
    def read(cls, kept: Kept, holders: Iterable[Holder], item: str, on: date, seen: list[str]) -> Evidenced:
        """Six statements, however many States and pools there are."""
        graph = kept.graph
        (found,) = kept.ask("items", {"asked": [item]})
        themes, items = sorted(found["themes"]), set(found["items"])
        own = items & set(themes) or items
        known = _known(kept, holders, items, on, seen)
        asked = {
            "themes": themes, "as_of": on, "recorded": today(), "year_before": years_after(on, -1),
            "asked_since": years_after(on, -(YEARS_HELD["stated_need"] or 0)), "visible": seen,
        }  # fmt: skip
        rows = graph.ask(cypher("pools"), asked)
        laws = laws_told(laws_held(kept, on, seen), found["sections"])
        offers = graph.ask(cypher("pools_offers"), {"themes": themes, "as_of": on, "visible": seen})
        return evidenced(rows, known, own, laws, offers)

    def members(self, states: Iterable[str], role: Literal["experience", "need"]) -> tuple[Member, ...]:
        """The States that have evidence in a role, in alphabetical order."""
        held = self.experience if role == "experience" else self.need
        found = [Member(iso3=one, name=self.known.name(one), evidence=held[one]) for one in states if one in held]
        return tuple(sorted(found, key=lambda member: (member.name, member.iso3)))

    def offerings(self, states: Iterable[str]) -> tuple[Offering, ...]:
        """Who offers what may reach at least one of the States, in alphabetical order."""
        asked = sorted(states)
        by: dict[tuple[str, str], list[tuple[dict[str, Any], list[str]]]] = defaultdict(list)
        for offer in self.offers:
            reached = [one for one in asked if one != offer["who"] and fits(offer, one, self.known.places[one])]
            if reached:
                by[(offer["name"], offer["who"])].append((offer, reached))
        return tuple(
            Offering(
                partner=Named(id=who, name=name),
                basis="offer" if any(offer["basis"] != "programme" for offer, _ in those) else "programme",
                reaches=tuple(sorted({one for _, reached in those for one in reached})),
                offers=tuple(Named(id=offer["id"], name=offer["title"]) for offer, _ in those),
            )
            for (name, who), those in sorted(by.items())
        )


def _known(kept: Kept, holders: Iterable[Holder], items: set[str], on: date, seen: list[str]) -> Known:
    """How the items read for the States, and where these stand: as `Known.read`, found from the few items."""
    states = sorted({iso3 for holder in holders for iso3 in holder.states})
    asked = {"items": sorted(items), "states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    rows = {(row["iso3"], row["item"]): row for row in kept.graph.ask(cypher("pools_readings"), asked)}
    places = {row["iso3"]: row for row in kept.ask("places", {"states": states, "as_of": on})}
    return Known(rows, {}, places, {item: row["name"] for (_, item), row in rows.items()})


def _readings(known: Known, own: set[str]) -> Iterable[tuple[str, Kind, Ref, str]]:
    """What the statements that count say: a need under any of the items, experience under the themes themselves."""
    for (iso3, item), row in sorted(known.rows.items()):
        for st in row["statements"]:
            ref = Ref(type="Statement", id=st["id"])
            if st["reading"] in NEGATIVE:
                yield iso3, _NEEDS.get(st["kind"], "assessment"), ref, st["text"]
            elif row["reading"] == "in place" and item in own:
                yield iso3, "in place", ref, st["text"]


def laws_told(rows: Rows, sections: Iterable[str | None]) -> list[tuple[str, Kind, Ref, str]]:
    """The laws (rows of `laws.cypher`) that are of these sections of the matrix, as experience of who passed each."""
    wanted = {f"section/{one}" for one in sections if one}
    return [
        (maker, "law", Ref(type="Legislation", id=row["id"]), f"{row['title']} ({row['date'] or 'undated'})")
        for row in rows
        if row["section"] in wanted
        for maker in row["makers"]
    ]


def evidenced(
    rows: Iterable[dict[str, Any]],
    known: Known,
    own: set[str],
    laws: Iterable[tuple[str, Kind, Ref, str]],
    offers: list[dict[str, Any]],
) -> Evidenced:
    """What rows of `pools.cypher`, readings and laws come to; in place counts as experience under items of `own`."""
    told: dict[tuple[str, Kind], dict[Ref, str]] = defaultdict(dict)
    for row in rows:
        text = f"{row['title']} ({row['date'] or 'undated'})"
        told[(row["iso3"], row["kind"])][Ref(type=row["type"], id=row["id"])] = text
    for iso3, kind, ref, text in [*_readings(known, own), *laws]:
        told[(iso3, kind)][ref] = text
    return Evidenced(
        _evidence({key: those for key, those in told.items() if key[1] not in _NEED_KINDS}),
        _evidence({key: those for key, those in told.items() if key[1] in _NEED_KINDS}),
        offers,
        known,
    )


def _evidence(told: dict[tuple[str, Kind], dict[Ref, str]]) -> dict[str, tuple[Evidence, ...]]:
    """By State, one piece a kind, in the order of the kinds."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for (iso3, kind), those in sorted(told.items(), key=lambda item: (item[0][0], _ORDER.index(item[0][1]))):
        records = sorted(those, key=lambda ref: ref.id)
        more = f" and {len(records) - 1} more" if len(records) > 1 else ""
        sentence = f"{_WORDS[kind]}: {those[records[0]]}{more}"
        found[iso3].append(Evidence(kind=kind, sentence=sentence, records=tuple(records)))
    return {iso3: tuple(pieces) for iso3, pieces in found.items()}


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may sit together: a region, an organisation, or those of a continent who share a language."""

    id: str
    name: str
    kind: Literal["organisation", "region", "language"]
    states: frozenset[str]


def circles(kept: Kept, on: date) -> tuple[list[Holder], list[Circle]]:
    """All sub-regions, regional organisations, and languages within a continent; and the holders behind them.

    A whole continent is no pool of its own: it is asked for by name.
    """
    holders = holders_of(kept.graph, None, on)
    regions = kept.ask("pools_regions", {"as_of": on})
    found = [
        Circle(one.organisation.id, one.organisation.name, "organisation", frozenset(one.states))
        for one in holders
        if one.organisation
    ]
    found += [
        Circle(row["id"], row["name"], "region", frozenset(row["states"]))
        for row in regions
        if row["level"] != "region"
    ]
    for one in holders:
        if one.organisation is None and not one.contiguous:
            language = one.order[1]
            found += [
                Circle(f"{language} in {row['name']}", f"{language} in {row['name']}", "language", frozenset(both))
                for row in regions
                if row["level"] == "region" and (both := set(one.states) & set(row["states"]))
            ]
    return holders, found
