"""Who could help a group of States, and which programmes that run there could carry it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.regional_choice import Choice
from graph.store import Store
from queries.asker import Asker
from queries.candidates import Evidence, Partner, ranked
from queries.partner_features import PartnerWeights
from queries.support import undated
from queries.text import cypher

_MOST_IN_A_STATE = 2
_MOST = 10


@dataclass(frozen=True, slots=True)
class Carrier:
    """A programme that may run in one of the States, how it could carry a subject, and when it runs."""

    id: str
    title: str
    iso3: str
    runs: str
    funders: str
    how: str
    directness: int


def partners_of(graph: Store, choice: Choice, on: date, seen: list[str], most: int) -> tuple[list[Partner], list[str]]:
    """The first partners for these States and subjects as `partners` ranks them, and a caveat on their offers if due.

    Never one of the States themselves.
    """
    asked = {"states": list(choice.codes), "as_of": on}
    places = {row["iso3"]: row for row in graph.ask(cypher("places"), asked)}
    id_ = choice.organisation.id if choice.organisation else ""
    asker = Asker(id_, choice.who, places, frozenset(choice.themes), False, frozenset(), ())
    evidence = Evidence.read(graph, places, choice.themes, on, [], seen)
    found = [one for one in ranked(evidence, asker, PartnerWeights()) if one.partner.id not in places][:most]
    pieces = (piece for those in evidence.pieces.values() for piece in those)
    return found, undated(pieces, (ref for one in found for feature in one.features for ref in feature.records))


def carriers_of(graph: Store, choice: Choice, on: date, seen: list[str]) -> list[Carrier]:
    """At most two programmes a State and ten in all, the most direct first."""
    found, _ = choice.support.programmes(choice.codes, tuple(one.id for one in choice.items))
    asked = {"ids": sorted({one.id for one in found}), "themes": list(choice.themes)}
    rows = {row["id"]: row for row in graph.ask(cypher("action_plan_carriers"), asked)} if found else {}
    carriers = [_carrier(rows[one.id], one.iso3) for one in found]
    carriers.sort(key=lambda one: (-one.directness, one.iso3, one.id))
    numbers: Counter[str] = Counter()
    kept = []
    for one in carriers:
        numbers[one.iso3] += 1
        if numbers[one.iso3] <= _MOST_IN_A_STATE:
            kept.append(one)
    return sorted(kept[:_MOST], key=lambda one: (one.iso3, -one.directness, one.id))


def _carrier(row: dict[str, Any], iso3: str) -> Carrier:
    best = min(row["opens"], key=lambda one: (-one["directness"], one["theme"], one["how"]))
    funders = ", ".join(sorted(row["funders"])[:2])
    runs = f"{row['start'] or '?'} to {row['end'] or 'no end stated'}"
    return Carrier(row["id"], row["title"], iso3, runs, funders, best["how"], best["directness"])
