"""What no offer covers, which offers nobody is known to have used, and which regions have no provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from graph.evidence import DEFAULT_EVIDENCE, DISCLAIMER, NEGATIVE, years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, count
from queries.assemble import assemble, today
from queries.entry_points import OPEN_YEARS
from queries.names import Names
from queries.needs_open import CAVEAT_OPEN, OpenNeed, OpenNeeds
from queries.parameters import AsOf, Committee, Limit, ParameterError, checked_limit, said, visible
from queries.support import fits
from queries.text import cypher
from queries.where import PLACES, Where, states_within

Kind = Literal[
    "theme without an offer", "need without an offer", "offer not known to be used", "region without a provider"
]
_KINDS: tuple[Kind, ...] = get_args(Kind)
# Of fewer States a count would tell who they are.
_LEAST = 3
CAVEAT_USED = (
    "Not known to be used means: no source held here says that the offer answered a request, that its maker answered "
    "one under its themes, or that its maker (with the agencies under the same State or organisation) gave or reports "
    "help under one of its themes since it was made. It may well have been used; much help is never reported."
)


class Uncovered(Row):
    """A theme, need, offer or region, and what is not known to be there for it.

    `states` counts the States that read incomplete or no entry under a theme (`None` for one or two), to which an
    offer is open, or that a region has; `None` for a need.
    """

    kind: Kind
    id: str
    name: str
    detail: str
    themes: tuple[Named, ...]
    states: int | None

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
    """Show themes and needs that no offer covers, offers not known to be used, and regions without a provider.

    A theme or need is covered by an offer that names the theme and is open, by its limits and exclusions, to one of
    the States concerned; an offer for the resolution as a whole that does not name the theme is told apart. Ordered
    by kind, then by name: nothing is scored, and States are counted, not compared. Raises `ParameterError` for a
    name that is not known, a region without States or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    place = Names(graph, seen).find(region, PLACES) if region else None
    held = _Held.read(graph, states_within(graph, place, on) if place else None, on, seen)
    rows = [*held.by_theme(), *held.by_need(), *held.by_offer(), *held.by_region(graph)]
    rows.sort(key=lambda one: (_KINDS.index(one.kind), one.name, one.id))
    parameters = said(region=place.id if place else None, as_of=on.isoformat(), limit=limit)
    return assemble(graph, "coverage", parameters, on, rows, limit, held.caveats())


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the answer rests on: offers with the States that each is open to, needs, readings, programmes."""

    states: frozenset[str]
    themes: dict[str, str]
    offers: list[dict[str, Any]]
    open_to: dict[str, frozenset[str]]
    needs: list[OpenNeed]
    silent: int
    asked: dict[str, set[str]]
    statements: dict[str, set[str]]
    present: dict[str, set[str]]
    on: date
    refs: dict[str, Ref]

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
        opened = OpenNeeds.read(graph, on, seen)
        needs = [one for one in opened.needs if not places.keys().isdisjoint(one.states)]
        readings: dict[str, set[str]] = defaultdict(set)
        statements: dict[str, set[str]] = defaultdict(set)
        wanted = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
        for row in graph.ask(cypher("readings"), wanted):
            if row["reading"] in NEGATIVE:
                readings[row["item"]].add(row["iso3"])
                statements[row["item"]].update(st["id"] for st in row["statements"])
        present: dict[str, set[str]] = defaultdict(set)
        running = {
            "themes": sorted(themes), "as_of": on, "open_since": years_after(on, -OPEN_YEARS),
            "open_until": years_after(on, OPEN_YEARS), "visible": seen,
        }  # fmt: skip
        for row in graph.ask(cypher("coverage_presence"), running):
            present[row["theme"]].add(row["iso3"])
        refs = {one.id: one.record for one in needs} | {o["id"]: Ref(type="Offer", id=o["id"]) for o in offers}
        return cls(
            frozenset(states), themes, offers, open_to, needs, opened.silent, dict(readings), dict(statements),
            dict(present), on, refs,
        )  # fmt: skip

    def _covering(self, theme: str, states: frozenset[str]) -> list[dict[str, Any]]:
        """The offers that name the theme and are open to one of the States."""
        return [
            offer for offer in self.offers
            if theme in offer["themes"] and theme not in offer["excluded"] and self.open_to[offer["id"]] & states
        ]  # fmt: skip

    def _anybody(self, theme: str, states: frozenset[str]) -> bool:
        """Whether an offer is open to one of the States, or a programme there opens the theme."""
        return bool(self._covering(theme, states) or self.present.get(theme, set()) & states)

    def _general(self, states: frozenset[str]) -> list[dict[str, Any]]:
        return [o for o in self.offers if o["scope"] == "general" and self.open_to[o["id"]] & states]

    def _named(self, themes: list[str]) -> tuple[Named, ...]:
        return tuple(Named(id=theme, name=self.themes[theme]) for theme in sorted(themes, key=self.themes.__getitem__))

    def by_theme(self) -> list[Uncovered]:
        """Themes that no offer names, or that are known from partners' work alone."""
        rows = []
        general = len(self._general(self.states))
        for theme, name in self.themes.items():
            covering = self._covering(theme, self.states)
            made = [one for one in covering if one["basis"] == "offer"]
            if made:
                continue
            if covering:
                who = sorted({one["name"] for offer in covering for one in offer["partners"]})
                told = f"No offer names it; {_and(who)} {'is' if len(who) == 1 else 'are'} known to work on it."
            elif general:
                told = f"No offer names it; {count(general, 'offer')} for the resolution in general may take it in."
            else:
                told = "No offer names it, and none for the resolution in general is open there."
            asked = [one for one in self.needs if theme in one.themes]
            states = len(self.asked.get(theme, ()))
            detail = f"{told} {_demand(len(asked), states)}"
            rest = [self.refs[one["id"]] for one in covering] + [one.record for one in asked]
            if states >= _LEAST:
                rest += [Ref(type="Statement", id=id_) for id_ in sorted(self.statements[theme])]
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, rest),), kind="theme without an offer", id=theme, name=name,
                    detail=detail, themes=self._named([theme]),
                    states=states if states >= _LEAST or not states else None,
                )
            )  # fmt: skip
        return rows

    def by_need(self) -> list[Uncovered]:
        """Open needs with a theme that no offer open to the State (or to a member) names."""
        rows = []
        for one in self.needs:
            states = self.states.intersection(one.states)
            missing = [theme for theme in one.themes if not self._covering(theme, states)]
            if not missing:
                continue
            of = "" if len(one.themes) == 1 else f" under {len(missing)} of its {len(one.themes)} themes"
            general = len(self._general(states))
            may = f"; {count(general, 'offer')} for the resolution in general may take it in" if general else ""
            told = f"Stated {one.said}." if one.said else "Stated without a date."
            what = one.title if one.kind == "request" else f"{self.themes[one.themes[0]]}: {one.title}"
            detail = f"{told} No offer or known help open there names it{of}{may}."
            rest = [one.record, *(self.refs[offer["id"]] for offer in self._general(states))]
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, rest),), kind="need without an offer", id=one.id,
                    name=f"{one.who_name}, {what}", detail=detail,
                    themes=self._named(missing), states=None,
                )
            )  # fmt: skip
        return rows

    def by_offer(self) -> list[Uncovered]:
        """Offers of which no use is known."""
        rows = []
        for offer in self.offers:
            uses = offer["answered"] + offer["maker_answered"] + offer["helped"] + offer["reported"]
            open_to = len(self.open_to[offer["id"]])
            if uses or not open_to:
                continue
            who = ", ".join(sorted(one["name"] for one in offer["partners"]))
            when = offer["date"] or "no date in the source"
            what = "Offered" if offer["basis"] == "offer" else "Not offered to the Committee, but known from its work"
            detail = f"{what} ({when}). By its limits it is open to {count(open_to, 'State')}."
            rows.append(
                Uncovered(
                    score=None, features=(_rests_on(detail, [self.refs[offer["id"]]]),),
                    kind="offer not known to be used", id=offer["id"], name=f"{who}, {offer['title']}",
                    themes=self._named(offer["themes"]),
                    states=open_to, detail=detail,
                )
            )  # fmt: skip
        return rows

    def by_region(self, graph: Store) -> list[Uncovered]:
        """Regions and regional organisations, each with the themes that are offered elsewhere alone."""
        rows = []
        somewhere = {theme for offer in self.offers for theme in offer["themes"]}
        asked = {"states": sorted(self.states), "as_of": self.on}
        for row in graph.ask(cypher("coverage_regions"), asked):
            states = frozenset(row["states"])
            missing = [
                theme for theme in self.themes
                if theme in somewhere and not self._anybody(theme, states)
            ]  # fmt: skip
            if missing:
                which = "this theme" if len(missing) == 1 else f"one of these {len(missing)} themes"
                detail = (
                    f"Of its {count(len(states), 'State')}, none has an offer (or known help) open to it that names "
                    f"{which}, nor a programme that may run and opens it."
                )
                rows.append(
                    Uncovered(
                        score=None, features=(_rests_on(detail, [Ref(type=row["type"], id=row["id"])]),),
                        kind="region without a provider", id=row["id"], name=row["name"], detail=detail,
                        themes=self._named(missing), states=len(states),
                    )
                )  # fmt: skip
        return rows

    def caveats(self) -> list[str]:
        """What to keep in mind."""
        caveats = [
            DISCLAIMER,
            "Only what the graph holds counts: a theme, need or region listed here may well be served by somebody.",
            CAVEAT_USED,
            CAVEAT_OPEN,
            "Offers without a date in their source count at any date, and so does any help under their themes.",
            "Regions are listed under themes that some offer names, wherever it is open; one that none names is "
            "listed as a theme only.",
            "A programme opens a theme by its sector or title, whoever pays for it; it need not work on it.",
            f"Counted over {count(len(self.states), 'State')}; how many read so is not given for fewer than three.",
        ]
        if self.silent:
            caveats.append(f"Of {count(self.silent, 'request')} the sources give the name alone, and no need is known.")
        return caveats


def _rests_on(detail: str, records: Iterable[Ref]) -> Feature:
    """What a row says with the records that it rests on; it weighs nothing, for nothing is scored."""
    return Feature(name="held", value=1, weight=0, sentence=detail, records=tuple(dict.fromkeys(records)))


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else "".join(names)


def _demand(needs: int, states: int) -> str:
    """How much is known to be asked for under a theme, States counted only where there are three or more."""
    asked = count(needs, "open need") if needs else "no open need"
    if not states:
        return f"Under it, {asked} and no reading incomplete or without entry are known."
    many = count(states, "State") if states >= _LEAST else "fewer than three States"
    return (
        f"Under it, {asked} is known, and {many} read incomplete or no entry."
        if needs == 1 or not needs
        else (f"Under it, {asked} are known, and {many} read incomplete or no entry.")
    )
