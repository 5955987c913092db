"""A light action plan of one State: what is known by theme, what is open to it, and what could be done."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import DEFAULT_EVIDENCE, DISCLAIMER, NEGATIVE
from graph.store import Store
from queries.action_plan_around import MOST_MEMBERS, Around
from queries.action_plan_courses import Open, courses, evaluation, timeline
from queries.action_plan_features import features_of
from queries.action_plan_open import Found, carrier_of, like_law_of, offers_of
from queries.action_plan_parts import LikeLaw, OpenCarrier, OwnWord, PlanTheme, own_words
from queries.action_plan_pools import PlanPools
from queries.action_plan_themes import ANY_TREATY, About, laws_on_file, themes_read
from queries.answer import Answer, Named
from queries.assemble import assemble, today
from queries.entry_points import EntryPoint, EntryPointWeights, entry_points_of
from queries.fold import CAVEAT_LATEST
from queries.kept import Kept
from queries.law_likeness import LawWeights, stems
from queries.laws import OnFile, laws_held, ordered_laws, sections_of
from queries.names import Meant, Names, not_a_state
from queries.parameters import MAX_LIMIT, AsOf, AState, Committee, Limit, checked_limit, said, visible
from queries.state import StateReading, readings_by_section
from queries.support import CAVEAT_UNDATED
from queries.text import cypher

_STATED = ("request", "need", "joint request", "plan")
_MOST_CARRIERS = 3
_MOST_LAWS = 3
CAVEAT_LAWS = "Laws are known by section of the matrix, not by row; nothing is said on what a law covers or how well."
CAVEAT_OPPORTUNITIES = (
    "Rows marked as an opportunity tell which programmes under way and which offers the State could use there; whether "
    "there is a need, the State alone can say."
)


def action_plan(
    graph: Store,
    state: AState,
    *,
    priorities: Annotated[
        tuple[str, ...], Doc("Themes or obligations that the State itself puts first, in its order; all alike if none.")
    ] = (),
    as_of: AsOf = None,
    limit: Limit = 40,
    committee: Committee = False,
) -> Answer[PlanTheme]:
    """Set out a light action plan of a State by theme: what is known, what is open to it, what could be done.

    The State's own priorities come first, in its order; then, by name, the themes on which it has stated a need
    itself or a source recorded incomplete or no entry. For each: programmes and plans under way, offers open to it,
    laws of States alike, neighbours recorded alike; possible courses of action with alternatives, light ones first;
    known dates; and what could be observed later. What is unknown is said to be unknown and is no gap. Where nothing
    is stated or recorded on the date, the themes that programmes under way or offers open are told as opportunities.
    Raises `ParameterError` for a name that is not known or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    names = Names(graph, seen)
    meant = names.state(state)
    chosen = _chosen(graph, names, priorities)
    known = _Known.read(Kept(graph, seen), meant, on, seen)
    rows = [known.row(theme, chosen.index(theme) + 1) for theme in chosen]
    further = sorted(set(known.themes) - set(chosen), key=lambda theme: known.themes[theme].name)
    rows += [known.row(theme, None) for theme in further if known.speaks(theme)]
    silent = not any(known.speaks(theme) for theme in known.themes)
    if silent:
        rows += [known.row(theme, None) for theme in further if known.opens(theme)]
    parameters = said(state=meant.id, name=meant.name, priorities=tuple(chosen), as_of=on.isoformat(), limit=limit)
    records = [ref for row in rows[:limit] for ref in row.records()]
    caveats = [*_caveats(known, rows, chosen, silent), *not_a_state(meant)]
    if any(offer.date is None for row in rows[:limit] for offer in row.offers):
        caveats.append(CAVEAT_UNDATED)
    return assemble(graph, "action_plan", parameters, on, rows, limit, caveats, records, seen=seen)


def _chosen(graph: Store, names: Names, priorities: tuple[str, ...]) -> list[str]:
    """The themes behind the State's priorities, each once, in its order."""
    asked = [names.item(one) for one in priorities]
    if not asked:
        return []
    found = {row["id"]: row["themes"] for row in graph.ask(cypher("items"), {"asked": [one.id for one in asked]})}
    themes: dict[str, None] = {}
    for one in asked:
        behind = sorted(theme for theme in found[one.id] if theme)
        if one.type == "Obligation":
            behind = [theme for theme in behind if theme != ANY_TREATY] or behind
        themes.update(dict.fromkeys(behind))
    return list(themes)


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is known of the State, read once; rows are folded from it."""

    meant: Meant
    themes: dict[str, About]
    readings: dict[str, StateReading]
    on_file: dict[str, list[OwnWord]]
    own: dict[str, list[OwnWord]]
    entries: list[EntryPoint]
    like: dict[str, list[OnFile]]
    sections: dict[str, Named]
    found: Found

    @classmethod
    def read(cls, kept: Kept, meant: Meant, on: date, seen: list[str]) -> _Known:
        """A few statements, whatever the number of themes."""
        graph, state = kept.graph, meant.id
        # What surrounds the State takes as long to read as all that is its own: both are asked at the same time.
        with ThreadPoolExecutor(1) as beside:
            asked_around = beside.submit(Around.read, graph, state, on, seen)
            held = readings_by_section(kept, state, on, list(DEFAULT_EVIDENCE), seen)
            asked = {"state": state, "as_of": on, "recorded": today(), "visible": seen}
            by_theme: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for row in graph.ask(cypher("action_plan"), asked):
                by_theme[row["theme"]].append(row)
            readings = {one.id: one for _, _, those in held for one in those}
            needs = [{**one.model_dump(), "item": one.id} for one in readings.values()]
            every = [row["id"] for row in kept.ask("themes")]
            entries = entry_points_of(graph, state, every, needs, on, seen, EntryPointWeights())[:MAX_LIMIT]
            themes, sections = themes_read(kept, held), sections_of(kept)
            like: dict[str, list[OnFile]] = defaultdict(list)
            for law in ordered_laws(kept, state, sections, {}, LawWeights(), on, seen):
                if not law.own:
                    like[law.row["section"]].append(law)
            around = asked_around.result()
        offers = offers_of(kept, state, around.places[state], sorted(themes), on, seen)
        return cls(
            meant, themes, readings,
            laws_on_file(laws_held(kept, on, seen), state),
            {theme: own_words(rows) for theme, rows in by_theme.items()},
            entries, like, sections,
            Found(offers, around.neighbours(), PlanPools.of(around, kept, themes, on, seen)),
        )  # fmt: skip

    def own_of(self, theme: str) -> tuple[tuple[OwnWord, ...], tuple[OwnWord, ...]]:
        """What the State stated itself, and what it received or took part in."""
        words = self.own.get(theme, [])
        return (
            tuple(one for one in words if one.kind in _STATED),
            tuple(one for one in words if one.kind not in _STATED),
        )

    def speaks(self, theme: str) -> bool:
        """Whether a source recorded something to be done under the theme, or the State stated a need itself."""
        negative = any(self.readings[item].reading in NEGATIVE for item in self.themes[theme].items)
        return negative or bool(self.own_of(theme)[0])

    def opens(self, theme: str) -> bool:
        """Whether a programme or plan under way, or an offer that was made, opens the theme."""
        offers = self.found.offers.get(theme, ())
        return bool(self._carriers(theme)) or any(one.basis == "offer" for one in offers)

    def row(self, theme: str, priority: int | None) -> PlanTheme:
        """The row of a theme."""
        about = self.themes[theme]
        stated, exists = self.own_of(theme)
        readings = tuple(self.readings[item] for item in about.items)
        opened = Open(
            state=self.meant.name,
            iso3=self.meant.id,
            theme=about.name,
            theme_id=theme,
            carriers=self._carriers(theme),
            offers=self.found.offers.get(theme, ()),
            like_laws=self._like_laws(about),
            pool=self.found.pools.best(theme, about),
            together=tuple(
                near for one in readings if one.reading in NEGATIVE for near in self.found.neighbours.get(one.id, ())
            ),
        )
        on_file = tuple(self.on_file.get(about.section, ()))
        opportunity = not priority and not self.speaks(theme)
        return PlanTheme(
            score=None, features=features_of(opened, readings, stated, (*on_file, *exists)), id=theme,
            name=about.name, priority=priority, opportunity=opportunity, readings=readings, stated=stated,
            exists=exists, laws=on_file, carriers=opened.carriers, offers=opened.offers, like_laws=opened.like_laws,
            pool=opened.pool,
            together=opened.together, courses=courses(opened), timeline=timeline(opened, stated),
            evaluation=evaluation(opened, readings, len(on_file)),
        )  # fmt: skip

    def _carriers(self, theme: str) -> tuple[OpenCarrier, ...]:
        """The programmes and own plans that could carry the theme: most directly first, then as entry points rank."""
        found = [
            (-opens.directness, place, carrier_of(one, opens.how, opens.directness))
            for place, one in enumerate(self.entries)
            for opens in one.themes
            if opens.id == theme
        ]
        return tuple(one for _, _, one in sorted(found, key=lambda key: key[:2])[:_MOST_CARRIERS])

    def _like_laws(self, about: About) -> tuple[LikeLaw, ...]:
        """Laws of States alike on the section; first those whose title or subject has a word of the theme."""
        words = set(stems(about.name))
        ordered = sorted(
            self.like.get(about.section, []),
            key=lambda one: not words & set(stems(f"{one.row['title']} {one.row['subject'] or ''}")),
        )
        return tuple(like_law_of(one.told(self.sections)) for one in ordered[:_MOST_LAWS])


def _caveats(known: _Known, rows: list[PlanTheme], chosen: list[str], silent: bool) -> list[str]:
    caveats = [DISCLAIMER]
    if silent:
        read = any(_read(known, theme) for theme in known.themes)
        speaks = (
            "No source held here records anything as incomplete or without entry" if read
            else "No source held here speaks of any field"
        )  # fmt: skip
        caveats.append(
            f"{speaks} for {known.meant.name} on that date, and no request or need of its own is held by then. What is "
            "unknown is no gap."
        )
    if any(row.opportunity for row in rows):
        caveats.append(CAVEAT_OPPORTUNITIES)
    if chosen:
        caveats.append("The State's own priorities stand first, in its order; the other themes by name, all alike.")
    else:
        caveats.append(
            "No priorities of the State were given, so all themes count alike and stand by name; where "
            "they are given, they stand first."
        )
    if any(row.pool for row in rows):
        caveats.append(
            "Pools to draw lessons in are looked for among the State's sub-regions and regional organisations of at "
            f"most {MOST_MEMBERS} States, one a theme; the question pools gives all of one theme."
        )
    shown = {row.id for row in rows}
    unknown = [
        about.name for theme, about in sorted(known.themes.items()) if theme not in shown and not _read(known, theme)
    ]
    if unknown:
        caveats.append(
            f"Unknown, as no source held here speaks of them on that date, which is no gap: {', '.join(unknown)}."
        )
        caveats.append("A theme that is unknown gets its row if it is named as a priority.")
    caveats += [
        "A course of action is a possibility to look at, not advice; whether a programme, partner or neighbour is "
        "ready for it is for them to say.",
        CAVEAT_LATEST,
        CAVEAT_LAWS,
    ]
    return caveats


def _read(known: _Known, theme: str) -> bool:
    return any(known.readings[item].reading != "unknown" for item in known.themes[theme].items)
