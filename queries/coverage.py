"""Which needs and themes no offer covers, which are covered elsewhere only, and which offers nobody is known to use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from graph.evidence import DEFAULT_EVIDENCE, DISCLAIMER, NEGATIVE, years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, count, joined
from queries.assemble import assemble, today
from queries.entry_points import OPEN_YEARS
from queries.names import Names
from queries.needs_open import OpenNeed, OpenNeeds
from queries.parameters import AsOf, Committee, Limit, ParameterError, checked_limit, said, visible
from queries.readings import readings_of
from queries.support import fits
from queries.text import cypher
from queries.where import PLACES, Where, states_within

Kind = Literal[
    "need without an offer", "theme without an offer", "theme offered elsewhere only", "offer not known to be used"
]
_KINDS: tuple[Kind, ...] = get_args(Kind)
# Of fewer States a count would tell who they are.
_LEAST = 3
_MOST_ORGANISATIONS = 3
CAVEAT_USED = (
    "Not known to be used means: no source held here says that the offer answered a request, that its maker answered "
    "one under its themes, or that its maker (with the agencies under the same State or organisation) gave or reports "
    "help under one of its themes since it was made. It may well have been used; much help is never reported."
)


class Uncovered(Row):
    """A need, theme or offer, and what is not known to be there for it.

    `states` counts the States that read incomplete or no entry under a theme (`None` for one or two), or to which an
    offer is open; `None` for a need. `regions`: of a theme that is offered or known somewhere, the regions and regional
    organisations in none of whose States it is.
    """

    kind: Kind
    id: str
    name: str
    detail: str
    themes: tuple[Named, ...]
    states: int | None
    regions: tuple[Named, ...] = ()

    def cells(self) -> dict[str, str]:
        """What it is and under which themes."""
        return {
            "What": f"{self.kind}: {self.name}",
            "What is known": self.detail,
            "Themes": ", ".join(one.name for one in self.themes) or "none named",
        }


def coverage(
    graph: Store,
    *,
    region: Where = None,
    as_of: AsOf = None,
    limit: Limit = 200,
    committee: Committee = False,
) -> Answer[Uncovered]:
    """Show needs and themes that no offer covers, where nobody covers a theme, and offers not known to be used.

    A theme or need is covered by an offer that names the theme and is open, by its limits and exclusions, to one of
    the States concerned; an offer for the resolution as a whole that does not name the theme is told apart. One row a
    theme, with the regions where none is known. Ordered by kind, themes of which a need is known first, then by name:
    nothing is scored, and States are counted, not compared. Raises `ParameterError` for a name that is not known, a
    region without States or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    place = Names(graph, seen).find(region, PLACES) if region is not None else None
    held = _Held.read(graph, states_within(graph, place, on) if place else None, on, seen)
    rows = [*held.by_need(), *held.by_theme(held.gaps(graph, seen)), *held.by_offer()]
    rows.sort(key=lambda one: (_KINDS.index(one.kind), not held.known(one), one.name, one.id))
    parameters = said(region=place.id if place else None, as_of=on.isoformat(), limit=limit)
    return assemble(graph, "coverage", parameters, on, rows, limit, held.caveats(), seen=seen)


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the answer rests on: offers with the States that each is open to, needs, and by theme and State the
    statements of readings incomplete or without entry."""

    states: frozenset[str]
    themes: dict[str, str]
    offers: list[dict[str, Any]]
    open_to: dict[str, frozenset[str]]
    needs: OpenNeeds
    asked: dict[str, dict[str, list[str]]]
    on: date

    @classmethod
    def read(cls, graph: Store, within: frozenset[str] | None, on: date, seen: list[str]) -> _Held:
        """A fixed number of queries, however many States, offers and themes there are."""
        everybody = [row["iso3"] for row in graph.ask(cypher("everywhere"), {"as_of": on})]
        states = [iso3 for iso3 in everybody if within is None or iso3 in within]
        if not states:
            raise ParameterError(f"The graph knows no States there on {on.isoformat()}.")
        places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": states, "as_of": on})}
        themes = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
        asked = {"as_of": on, "year_before": years_after(on, -1), "recorded": today(), "visible": seen}
        offers = graph.ask(cypher("coverage"), asked)
        open_to = {
            offer["id"]: frozenset(
                iso3 for iso3, place in places.items()
                if iso3 not in {one["id"] for one in offer["partners"]} and fits(offer, iso3, place)
            )
            for offer in offers
        }  # fmt: skip
        needs = OpenNeeds.read(graph, on, seen).only(lambda one: not places.keys().isdisjoint(one.states))
        readings: dict[str, dict[str, list[str]]] = defaultdict(dict)
        wanted = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
        for row in readings_of(graph, wanted):
            if row["reading"] in NEGATIVE:
                readings[row["item"]][row["iso3"]] = [st["id"] for st in row["statements"]]
        return cls(frozenset(states), themes, offers, open_to, needs, dict(readings), on)

    def _covering(self, theme: str, states: frozenset[str]) -> list[dict[str, Any]]:
        """The offers that name the theme and are open to one of the States."""
        return [
            offer for offer in self.offers
            if theme in offer["themes"] and theme not in offer["excluded"] and self.open_to[offer["id"]] & states
        ]  # fmt: skip

    def _general(self, states: frozenset[str]) -> list[dict[str, Any]]:
        return [o for o in self.offers if o["scope"] == "general" and self.open_to[o["id"]] & states]

    def _named(self, themes: list[str]) -> tuple[Named, ...]:
        return tuple(Named(id=theme, name=self.themes[theme]) for theme in sorted(themes, key=self.themes.__getitem__))

    def gaps(self, graph: Store, seen: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The regions and regional organisations without help under a theme that is offered or known somewhere.

        Two queries: the regions; and where a programme that may run opens one of the themes that they lack.
        """
        somewhere = sorted({theme for offer in self.offers for theme in offer["themes"]})
        regions = graph.ask(cypher("coverage_regions"), {"states": sorted(self.states), "as_of": self.on})
        lacking = [
            (theme, row) for row in regions for theme in somewhere
            if theme in self.themes and not self._covering(theme, frozenset(row["states"]))
        ]  # fmt: skip
        asked = {
            "themes": sorted({theme for theme, _ in lacking}),
            "states": sorted({iso3 for _, row in lacking for iso3 in row["states"]}), "as_of": self.on,
            "open_since": years_after(self.on, -OPEN_YEARS), "open_until": years_after(self.on, OPEN_YEARS),
            "visible": seen,
        }  # fmt: skip
        present = {(row["theme"], row["iso3"]) for row in graph.ask(cypher("coverage_presence"), asked)}
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for theme, row in sorted(lacking, key=lambda pair: (pair[1]["type"] != "Region", pair[1]["name"])):
            if not any((theme, iso3) in present for iso3 in row["states"]):
                found[theme].append(row)
        return dict(found)

    def known(self, row: Uncovered) -> bool:
        """Whether a need or a reading is known under what the row names; always so of needs and offers."""
        return row.id not in self.themes or bool(self._asking(row.id) or self.asked.get(row.id))

    def _asking(self, theme: str) -> list[OpenNeed]:
        return [one for one in self.needs.needs if theme in one.themes]

    def by_theme(self, gaps: dict[str, list[dict[str, Any]]]) -> list[Uncovered]:
        """Themes that no offer names, that are known from partners' work alone, or that some regions lack."""
        rows = []
        for theme in self.themes:
            covering = self._covering(theme, self.states)
            offered, lacking = any(one["basis"] == "offer" for one in covering), gaps.get(theme, [])
            if offered and not lacking:
                continue
            parts = [] if offered else [self._unnamed(theme, covering)]
            if lacking:
                parts.append(_elsewhere(lacking))
            asked, states = self._asking(theme), len(self.asked.get(theme, ()))
            detail = " ".join([*parts, _demand(len(asked), states)])
            rest = [_offer(one) for one in covering] + [one.ref for one in asked]
            rest += [Ref(type=row["type"], id=row["id"]) for row in lacking]
            if states >= _LEAST:
                rest += [
                    Ref(type="Statement", id=id_)
                    for id_ in sorted({i for st in self.asked[theme].values() for i in st})
                ]
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, rest),), id=theme, name=self.themes[theme], detail=detail,
                    kind="theme offered elsewhere only" if offered else "theme without an offer",
                    themes=self._named([theme]), states=states if states >= _LEAST or not states else None,
                    regions=tuple(Named(id=row["id"], name=row["name"]) for row in lacking),
                )
            )  # fmt: skip
        return rows

    def _unnamed(self, theme: str, covering: list[dict[str, Any]]) -> str:
        made = any(theme in one["themes"] and one["basis"] == "offer" for one in self.offers)
        none = f"No offer {'open there ' if made else ''}names it"
        if covering:
            who = sorted({one["name"] for offer in covering for one in offer["partners"]})
            return f"{none}; {joined(who)} {'is' if len(who) == 1 else 'are'} known to work on it."
        if general := len(self._general(self.states)):
            return f"{none}; {count(general, 'offer')} for the resolution in general may take it in."
        return f"{none}, and none for the resolution in general is open there."

    def by_need(self) -> list[Uncovered]:
        """Open needs with a theme that no offer open to the State (or to a member) names."""
        rows = []
        for one in self.needs.needs:
            states = self.states.intersection(one.states)
            missing = [theme for theme in one.themes if not self._covering(theme, states)]
            if not missing:
                continue
            of = "" if len(one.themes) == 1 else f" under {len(missing)} of its {len(one.themes)} themes"
            general = len(self._general(states))
            may = f"; {count(general, 'offer')} for the resolution in general may take it in" if general else ""
            told = f"Stated {one.date}." if one.date else "Stated without a date."
            detail = f"{told} No offer or known help open there names it{of}{may}."
            rest = [one.ref, *(_offer(offer) for offer in self._general(states))]
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, rest),), kind="need without an offer", id=one.id,
                    name=f"{one.whose}, {one.subject}", detail=detail, themes=self._named(missing), states=None,
                )
            )  # fmt: skip
        return rows

    def by_offer(self) -> list[Uncovered]:
        """Offers of which no use is known."""
        rows = []
        for offer in self.offers:
            open_to = len(self.open_to[offer["id"]])
            if offer["used"] or not open_to:
                continue
            who = ", ".join(sorted(one["name"] for one in offer["partners"]))
            when = offer["date"] or "no date in the source"
            what = "Offered" if offer["basis"] == "offer" else "Not offered to the Committee, but known from its work"
            detail = f"{what} ({when}). By its limits it is open to {count(open_to, 'State')}."
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, [_offer(offer)]),),
                    kind="offer not known to be used", id=offer["id"], name=f"{who}, {offer['title']}",
                    themes=self._named(offer["themes"]),
                    states=open_to, detail=detail,
                )
            )  # fmt: skip
        return rows

    def caveats(self) -> list[str]:
        """What to keep in mind."""
        return [
            DISCLAIMER,
            "Only what the graph holds counts: a theme, need or region listed here may well be served by somebody.",
            CAVEAT_USED,
            *self.needs.caveats(),
            "Offers without a date in their source count at any date, and so does any help under their themes.",
            "Regions are told of themes that an offer or known help names somewhere; the JSON names them all.",
            "A programme opens a theme by its sector or title, whoever pays for it; it need not work on it.",
            f"Counted over {count(len(self.states), 'State')}; how many read so is not given for fewer than three.",
        ]


def _rests_on(detail: str, records: Iterable[Ref]) -> Feature:
    """What a row says with the records that it rests on; it weighs nothing, for nothing is scored."""
    return Feature(name="held", value=1, weight=0, sentence=detail, records=tuple(dict.fromkeys(records)))


def _offer(offer: dict[str, Any]) -> Ref:
    return Ref(type="Offer", id=offer["id"])


def _elsewhere(regions: list[dict[str, Any]]) -> str:
    """Where a theme that is offered or known elsewhere has nobody: the regions, and how many organisations."""
    names = [row["name"] for row in regions if row["type"] == "Region"]
    bodies = [row["name"] for row in regions if row["type"] != "Region"]
    if len(bodies) > _MOST_ORGANISATIONS:
        bodies = [count(len(bodies), "regional organisation")]
    return f"No offer or known help under it, and no programme that may run and opens it, in {joined(names + bodies)}."


def _demand(needs: int, states: int) -> str:
    """How much is known to be asked for under a theme, States counted only where there are three or more."""
    asked = count(needs, "open need") if needs else "no open need"
    if not states:
        return f"Under it, {asked} and no reading incomplete or without entry are known."
    many = count(states, "State") if states >= _LEAST else "fewer than three States"
    return f"Under it, {asked} {'are' if needs > 1 else 'is'} known, and {many} read incomplete or no entry."
