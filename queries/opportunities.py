"""Which needs, groupings and programmes fit what a provider offers and did: the reverse of `partners`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, StateName, score
from queries.assemble import assemble, today
from queries.candidates import Evidence
from queries.grouping_rows import Grouping
from queries.groupings import groupings
from queries.names import Meant, Names
from queries.needs_open import NO_CURRENCY, OpenNeed, OpenNeeds
from queries.opportunities_entries import Entry, Needs, entries, running
from queries.opportunities_fit import Fit, OpportunityWeights, as_pieces, realities
from queries.opportunities_rows import Opportunity, caveats
from queries.parameters import (
    About,
    AsOf,
    Committee,
    Limit,
    Theme,
    Weights,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.support import CAVEAT_UNDATED, undated
from queries.text import cypher
from queries.themes import themes_of
from queries.where import PLACES, states_within

_ANY_TREATY = "treaty-participation"
_MOST_GROUPINGS = 50


def opportunities(
    graph: Store,
    partner: Annotated[
        str, Doc("The provider: a State or an organisation; its agencies count too."), About(("state", "organisation"))
    ],
    theme: Theme = None,
    *,
    region: Annotated[
        str | None, Doc("Only where these are: a State, an organisation (its members) or a region.")
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 30,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Opportunity]:
    """Find what fits a provider: open needs, groupings that could ask together, and programmes to join.

    Needs are those of requests without a reply by then and of costed plans that may run, by plan and theme. Programmes
    are the provider's own where a need is known, and others' where a State itself states one. Ordered by how well each
    fits what the provider offers and did (the features of `partners`, the other way round), and by the reality of both
    sides. What its offers' limits and exclusions shut out, they do not cover. Raises `ParameterError` for names that
    are not known or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(OpportunityWeights(), weights)
    names = Names(graph, seen)
    meant = names.find(partner, ("State", "Organisation", "Territory"))
    item = names.item(theme) if theme is not None else None
    place = names.find(region, PLACES) if region is not None else None
    within = states_within(graph, place, on) if place else None
    all_names = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    wanted = set(themes_of(graph, item)) if item else set(all_names)
    opened = OpenNeeds.read(graph, on, seen).only(
        lambda need: (
            (within is None or not within.isdisjoint(need.states))
            and (item is None or not wanted.isdisjoint(need.themes))
        )
    )
    world = _World.read(graph, meant, opened, wanted, within, weight, on, seen)
    rows = world.needs(all_names) + world.entry_points(all_names)
    shared = world.themes & wanted
    told: list[str] = []
    if shared:
        organisation = place.id if place and place.type == "Organisation" else None
        together = groupings(
            graph, organisation=organisation, theme=tuple(sorted(shared)), as_of=on, limit=_MOST_GROUPINGS,
            committee=committee,
        )  # fmt: skip
        alike = world.groupings(graph, together.rows, wanted, all_names)
        rows += alike
        # What a grouping says of the partners that could help it may rest on offers of others.
        told += [one for one in together.caveats if alike and one == CAVEAT_UNDATED]
    rows.sort(key=lambda one: (-(one.score or 0), one.kind, one.id))
    parameters = said(
        partner=meant.id, theme=item.id if item else None, region=place.id if place else None, as_of=on.isoformat(),
        limit=limit, weights=dict(weights or {}),
    )  # fmt: skip
    told += undated(world.fit.pieces, (ref for row in rows[:limit] for one in row.features for ref in one.records))
    held = [*caveats(meant, world.fit, opened), *dict.fromkeys(told)]
    return assemble(graph, "opportunities", parameters, on, rows, limit, held, seen=seen)


@dataclass(frozen=True, slots=True)
class _World:
    """The provider and all that it might help with, read in a fixed number of queries."""

    provider: str
    fit: Fit
    stated: list[OpenNeed]
    within: frozenset[str] | None
    themes: frozenset[str]
    own: list[dict[str, Any]]
    there: list[dict[str, Any]]
    needed: Needs
    wanted: frozenset[str]

    @classmethod
    def read(
        cls, graph: Store, meant: Meant, opened: OpenNeeds, wanted: set[str], within: frozenset[str] | None,
        weight: OpportunityWeights, on: date, seen: list[str],
    ) -> _World:  # fmt: skip
        evidence = Evidence.read(graph, [], [], on, [], seen).pieces
        pieces = [one for those in evidence.values() for one in those if meant.id in (one["partner"], one["agency"])]
        themes = frozenset(theme for one in pieces for theme in one["themes"])
        stated = [
            one for one in opened.needs
            if not wanted.isdisjoint(one.themes) and all(maker.id != meant.id for maker in one.of)
        ]  # fmt: skip
        own = running(graph, "opportunities", on, wanted, seen, partner=meant.id)
        for row in own:
            row["states"] = [s for s in row["states"] if s != meant.id and (within is None or s in within)]
        own = [row for row in own if row["states"]]
        asking = {s for one in stated for s in one.states if s != meant.id and (within is None or s in within)}
        mine = {row["id"] for row in own}
        there = [
            row
            for row in running(graph, "opportunities_there", on, themes & wanted, seen, states=sorted(asking))
            if row["id"] not in mine
        ]
        needed = {s for row in own for s in row["states"]}
        states = needed | {s for row in there for s in row["states"]} | {s for one in stated for s in one.states}
        place_of = {"states": sorted({meant.id, *states}), "as_of": on}
        places = {row["iso3"]: row for row in graph.ask(cypher("places"), place_of)}
        found = graph.ask(
            cypher("opportunities_offers"), {"ids": sorted({o["id"] for o in pieces if o["kind"] == "offer"})}
        )
        self = {"name": meant.name, "kind": "organisation", "languages": [], "legal_traditions": []}
        self |= {**places[meant.id], "kind": "State"} if meant.id in places else {}
        fit = Fit(
            pieces, as_pieces(own, meant.id, self), {row["id"]: row for row in found}, places,
            realities(graph, states, on), weight, on,
        )  # fmt: skip
        read = Needs.of(graph, stated, needed, on, seen)
        return cls(meant.id, fit, stated, within, themes, own, there, read, frozenset(wanted))

    def needs(self, names: dict[str, str]) -> list[Opportunity]:
        """The open needs of others that bear on a theme asked for."""
        rows = []
        for one in self.stated:
            themes = [theme for theme in one.themes if theme in self.wanted]
            features = self.fit.features(
                one.who.id, one.whose, one.states, themes, frozenset(one.preferred), one.requests
            )
            if features:
                rows.append(self._need(one, themes, features, names))
        return rows

    def _need(
        self, one: OpenNeed, themes: list[str], features: tuple[Feature, ...], names: dict[str, str]
    ) -> Opportunity:
        if one.kind == "request":
            told = self.fit.asked_lately(one.date, one.latest, one.ref)
        else:
            told = Feature(
                name="asked_lately", value=1, weight=self.fit.weight.asked_lately, records=(one.ref,),
                sentence=f"A costed plan that may run asks for it ({one.date}).",
            )  # fmt: skip
        fact = self.fit.reality_of(one.states, themes)
        cost = next(iter(one.costs.items())) if len(one.costs) == 1 else None
        return self._row(
            "need", one.id, one.subject, one.who, one.states, themes,
            (*features, told, *([fact] if fact else [])), names, when=one.date, amount=cost[1] if cost else None,
            currency=cost[0] if cost and cost[0] != NO_CURRENCY else None,
        )  # fmt: skip

    def entry_points(self, names: dict[str, str]) -> list[Opportunity]:
        """The provider's own programmes where a need is known, and others' where a State states one."""
        found = entries(self.own, self.needed, self.fit, True, names)
        found += entries(self.there, self.needed, self.fit, False, names)
        return [self._entry(one, names) for one in found]

    def _entry(self, one: Entry, names: dict[str, str]) -> Opportunity:
        row = one.said
        return self._row(
            "entry point", row["id"], row["title"], None, one.states, one.themes, one.features, names,
            when=f"{row['start'] or '?'} to {row['end'] or 'no end stated'}",
            amount=row["amount"] if (row["amount"] or 0) > 0 else None,
            currency=row["currency"] if (row["amount"] or 0) > 0 else None,
        )  # fmt: skip

    def groupings(
        self, graph: Store, found: tuple[Grouping, ...], wanted: set[str], names: dict[str, str]
    ) -> list[Opportunity]:
        """The groupings without the provider among them, under the themes of what they share."""
        kept = [one for one in found if self._may_help(one)]
        self._also_place(graph, {state.iso3 for one in kept for state in one.states})
        asked = sorted({item.id for one in kept for item in one.shared})
        items = {row["id"]: row["themes"] for row in graph.ask(cypher("items"), {"asked": asked})} if asked else {}
        rows = []
        for one in kept:
            told = {theme for item in one.shared for theme in items[item.id]} & wanted
            themes = sorted(told - {_ANY_TREATY} or told)
            states = tuple(state.iso3 for state in one.states)
            name = one.organisation.name if one.organisation else "these States"
            features = self.fit.features("grouping", name, states, themes)
            if features:
                rows.append(self._grouping(one, states, themes, features, names))
        return rows

    def _may_help(self, one: Grouping) -> bool:
        states = {state.iso3 for state in one.states}
        if self.provider in states:
            return False
        if self.within is None:
            return True
        return bool(states & self.within) if len(self.within) == 1 else states <= self.within

    def _also_place(self, graph: Store, states: set[str]) -> None:
        missing = sorted(states - self.fit.places.keys())
        asked = {"states": missing, "as_of": self.fit.on}
        self.fit.places.update({row["iso3"]: row for row in graph.ask(cypher("places"), asked)})
        self.fit.reality.update(realities(graph, missing, self.fit.on))

    def _grouping(
        self, one: Grouping, states: tuple[str, ...], themes: list[str], features: tuple[Feature, ...],
        names: dict[str, str],
    ) -> Opportunity:  # fmt: skip
        records = tuple(Ref(type="Statement", id=st.id) for item in one.shared for st in item.statements)
        why = " ".join(one.why(2))
        features = (
            *features,
            Feature(
                name="together", value=one.score or 0, weight=self.fit.weight.together, records=records, sentence=why
            ),
        )  # fmt: skip
        if fact := self.fit.reality_of(states, themes):
            features = (*features, fact)
        title = f"{len(states)} States that could ask together: {', '.join(item.name for item in one.shared[:3])}"
        return self._row(
            "grouping", f"{'+'.join(states)}/{'+'.join(item.id for item in one.shared)}", title, one.organisation,
            states, themes, features, names,
        )  # fmt: skip

    def _row(
        self, kind: Literal["need", "grouping", "entry point"], id_: str, title: str, whose: Named | None,
        states: tuple[str, ...], themes: list[str] | tuple[str, ...], features: tuple[Feature, ...],
        names: dict[str, str], when: str | None = None, amount: float | None = None, currency: str | None = None,
    ) -> Opportunity:  # fmt: skip
        places = self.fit.places
        return Opportunity(
            score=score(features), features=features, kind=kind, id=id_, title=title, whose=whose,
            states=tuple(
                StateName(iso3=iso3, name=places[iso3]["name"]) for iso3 in sorted(states) if iso3 in places
            ),
            themes=tuple(Named(id=theme, name=names[theme]) for theme in themes), when=when, amount=amount,
            currency=currency,
        )  # fmt: skip
