"""How well a need, a grouping or a programme fits what one provider offers and did: the features of `partners`,
asked the other way round, and those of the opportunity itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.store import Store
from queries.answer import Feature, Ref, count
from queries.asker import Asker
from queries.needs_open import age, recency
from queries.partner_features import BEARING, PartnerWeights, features_of
from queries.partner_known import Known
from queries.reality import ARRANGEMENTS, Reality
from queries.text import cypher


@dataclass(frozen=True, slots=True)
class OpportunityWeights(PartnerWeights):
    """What each feature of an opportunity weighs: those of `partners`, and its own."""

    asked_lately: float = 1.0
    offered_lately: float = 0.5
    reality: float = 1.0
    together: float = 1.0
    directness: float = 2.0
    own: float = 2.0
    need: float = 2.0
    time_left: float = 1.0


def realities(graph: Store, states: Iterable[str], on: date) -> dict[str, Reality]:
    """What the sources say of these States themselves, in one query."""
    found = {}
    for row in graph.ask(
        cypher("opportunities_reality"), {"states": sorted(states), "as_of": on, "minerals": list(ARRANGEMENTS)}
    ):
        neighbours = sorted(row.pop("neighbours"), key=lambda one: str(one["name"]))
        minerals = sorted(row.pop("minerals"), key=lambda one: ARRANGEMENTS.index(one["id"]))
        found[row["state"]] = Reality(**row, neighbours=tuple(neighbours), minerals=tuple(minerals))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """One provider as seen by those who may be helped: `pieces` as `Evidence` has them, those of its `running`
    programmes by State, `offers` by id with dates, `places` and `reality` of all States concerned."""

    pieces: list[dict[str, Any]]
    running: dict[str, list[dict[str, Any]]]
    offers: dict[str, dict[str, Any]]
    places: dict[str, dict[str, Any]]
    reality: dict[str, Reality]
    weight: OpportunityWeights
    on: date
    _known: dict[Any, tuple[Known, tuple[Feature, ...]]] = field(default_factory=dict)

    def features(
        self,
        who: str,
        name: str,
        states: Iterable[str],
        themes: Iterable[str],
        preferred: frozenset[str] = frozenset(),
        requests: tuple[str, ...] = (),
    ) -> tuple[Feature, ...]:
        """The reasons for which `partners` would list the provider; none where nothing known of it bears on this."""
        key = (who, tuple(sorted(states)), frozenset(themes), preferred, requests)
        if key not in self._known:
            there = (piece for iso3 in key[1] for piece in self.running.get(iso3, ()))
            pieces = [*self.pieces, *sorted(there, key=lambda piece: str(piece["id"]))]
            if not pieces:
                return ()
            places = {iso3: self.places[iso3] for iso3 in key[1] if iso3 in self.places}
            asker = Asker(who, name, places, key[2], False, preferred, requests)
            known = Known.of(pieces, asker)
            self._known[key] = known, (features_of(known, None, asker, self.weight) if places and key[2] else ())
        known, features = self._known[key]
        if not any(one.value for one in features if one.name in BEARING):
            return ()
        offered = self._offered_lately(known, key[2])
        return (*features, offered) if offered else features

    def _offered_lately(self, known: Known, themes: frozenset[str]) -> Feature | None:
        """How old the latest offer is that takes in one of the States and one of the themes (or is general)."""
        offers = [one for one in known.open_offers if one["kind"] == "offer"]
        bearing = [o for o in offers if themes & set(o["themes"]) or o["scope"] == "general"]
        if not bearing:
            return None
        latest = max(bearing, key=lambda o: (recency(self._dated(o), self.on), self._dated(o) or date.min, o["id"]))
        day = self._dated(latest)
        what = "offer" if self.offers[latest["id"]]["basis"] == "offer" else "known work of this kind"
        when = f"is dated {latest['date']} ({age(day, self.on)})" if day else "is not dated in its source"
        return Feature(
            name="offered_lately", value=recency(day, self.on), weight=self.weight.offered_lately,
            sentence=f"Its latest {what} that bears on this {when}: {latest['title']}.",
            records=(Ref(type="Offer", id=latest["id"]),),
        )  # fmt: skip

    def _dated(self, offer: dict[str, Any]) -> date | None:
        latest: date | None = self.offers[offer["id"]]["latest"]
        return latest

    def asked_lately(self, text: str | None, latest: date | None, record: Ref) -> Feature:
        """How long ago a need was stated."""
        when = f"in a request dated {text} ({age(latest, self.on)})" if text else "in a request without a date"
        return Feature(
            name="asked_lately", value=recency(latest, self.on), weight=self.weight.asked_lately,
            sentence=f"The need was stated {when}.", records=(record,),
        )  # fmt: skip

    def reality_of(self, states: Iterable[str], themes: Iterable[str]) -> Feature | None:
        """Facts of the States themselves that bear on the themes, as a share of the States; none where none do."""
        asked, wanted = sorted(states), sorted(themes)
        told = {iso3: self.reality[iso3].sentence(wanted) for iso3 in asked if iso3 in self.reality}
        facts = {iso3: sentence for iso3, sentence in told.items() if sentence}
        if not facts:
            return None
        more = f" (and {count(len(facts) - 1, 'State')} more)" if len(facts) > 1 else ""
        first = min(facts)
        return Feature(
            name="reality", value=round(len(facts) / len(asked), 4), weight=self.weight.reality,
            sentence=f"{facts[first][:-1]}{more}.", records=tuple(Ref(type="State", id=iso3) for iso3 in sorted(facts)),
        )  # fmt: skip


def as_pieces(rows: Iterable[dict[str, Any]], who: str, place: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The provider's own programmes (rows of `opportunities.cypher`) in the shape of `Evidence`, by State."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        piece = {
            "kind": "programme", "id": row["id"], "title": row["title"], "date": row["start"], "partner": who,
            "name": place["name"], "partner_kind": place["kind"], "agency": who, "agency_name": place["name"],
            "languages": place["languages"], "legal_traditions": place["legal_traditions"], "scope": None,
            "contact": None, "themes": sorted({one["theme"] for one in row["opens"]}), "excluded": [], "answers": [],
        }  # fmt: skip
        for iso3 in row["states"]:
            found[iso3].append({**piece, "places": [iso3]})
    return dict(found)
