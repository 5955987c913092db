"""Programmes through which a provider could help where help is needed: its own, and others' where it has an offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, years_after
from graph.store import Store
from queries.answer import Feature, Ref
from queries.entry_points import OPEN_YEARS
from queries.needs_open import OpenNeed
from queries.opportunities_fit import Fit, OpportunityWeights
from queries.readings import readings_of
from queries.text import cypher

# As in entry_points: time left counts in full from two years on; without an end in the source, a quarter.
_FULL_DAYS = 730
_NO_END = 0.25
_DIRECT = {3: "is the same work", 2: "reaches the same people or institutions", 1: "could take it up with some effort"}
# A need that the State itself states counts in full, one that another source speaks of, half.
_READ = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme, the States of it with a need, the themes needed there, and its reasons."""

    said: dict[str, Any]
    states: tuple[str, ...]
    themes: tuple[str, ...]
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What is needed where: by State and theme, what the State itself states, and what other sources say."""

    stated: dict[tuple[str, str], OpenNeed]
    read: dict[tuple[str, str], dict[str, Any]]

    @classmethod
    def of(cls, graph: Store, stated: Iterable[OpenNeed], states: Iterable[str], on: date, seen: list[str]) -> Needs:
        """One query: how the themes read in these States."""
        asked = {"states": sorted(states), "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
        read = {(row["iso3"], row["item"]): row for row in readings_of(graph, asked) if row["reading"] in NEGATIVE}
        return cls({(s, t): need for need in stated for s in need.states for t in need.themes}, read)

    def known(self, iso3: str, theme: str, read: bool) -> bool:
        """Whether the State states a need under the theme, or (with `read`) another source speaks of one."""
        return (iso3, theme) in self.stated or (read and (iso3, theme) in self.read)


def running(
    graph: Store, name: str, on: date, themes: Iterable[str], seen: list[str], **of: Any
) -> list[dict[str, Any]]:
    """The rows of `opportunities.cypher` or `opportunities_there.cypher`."""
    parameters = {
        "as_of": on, "open_since": years_after(on, -OPEN_YEARS), "open_until": years_after(on, OPEN_YEARS),
        "themes": sorted(themes), "visible": seen, **of,
    }  # fmt: skip
    return graph.ask(cypher(name), parameters)


def entries(rows: list[dict[str, Any]], needs: Needs, fit: Fit, own: bool, names: dict[str, str]) -> list[Entry]:
    """The programmes among the rows that run where one of the themes that they open is needed."""
    found = []
    for row in rows:
        opened = {one["theme"] for one in row["opens"]}
        where = {iso3: {theme for theme in opened if needs.known(iso3, theme, read=own)} for iso3 in row["states"]}
        states = tuple(sorted(iso3 for iso3, wanted in where.items() if wanted))
        themes = tuple(sorted({theme for wanted in where.values() for theme in wanted}))
        if states and (entry := _entry(row, states, themes, needs, fit, own, names)):
            found.append(entry)
    return found


def _entry(
    row: dict[str, Any], states: tuple[str, ...], themes: tuple[str, ...], needs: Needs, fit: Fit, own: bool,
    names: dict[str, str],
) -> Entry | None:  # fmt: skip
    # That it is there is told by the programme itself, not once more by the feature of `partners`.
    where = states[0] if len(states) == 1 else "the States"
    name = fit.places[states[0]]["name"] if len(states) == 1 else "these States"
    of_partner = tuple(one for one in fit.features(where, name, states, themes) if one.name != "present")
    if not of_partner:
        return None
    programme, weight = Ref(type="Programme", id=row["id"]), fit.weight
    features = [
        *of_partner, _own(row, own, programme, weight), _directness(row, themes, programme, names, weight),
        _need(states, themes, needs, names, fit), _time_left(row, fit.on, programme, weight),
    ]  # fmt: skip
    if fact := fit.reality_of(states, themes):
        features.append(fact)
    return Entry(row, states, themes, tuple(features))


def _own(row: dict[str, Any], own: bool, programme: Ref, weight: OpportunityWeights) -> Feature:
    agencies = ", ".join(sorted(row["agencies"])[:3])
    if own:
        roles = {"FUNDED_BY": "funds it", "IMPLEMENTED_BY": "carries it out"}
        does = " and ".join(words for role, words in roles.items() if role in row["roles"])
        sentence = f"The provider itself {does} ({agencies})."
    else:
        sentence = f"Others stand behind it: {agencies or 'no source says who'}."
    return Feature(name="own", value=float(own), weight=weight.own, sentence=sentence, records=(programme,))


def _directness(
    row: dict[str, Any], themes: tuple[str, ...], programme: Ref, names: dict[str, str], weight: OpportunityWeights
) -> Feature:
    fitting = [one for one in row["opens"] if one["theme"] in themes]
    best = min(fitting, key=lambda one: (-one["directness"], one["theme"], one["through"], one["how"]))
    sentence = f"By {best['through']}, it {_DIRECT[best['directness']]} ({names[best['theme']]}): {best['how']}"
    return Feature(
        name="directness", value=round(best["directness"] / 3, 4), weight=weight.directness, sentence=sentence,
        records=(programme,),
    )  # fmt: skip


def _need(states: tuple[str, ...], themes: tuple[str, ...], needs: Needs, names: dict[str, str], fit: Fit) -> Feature:
    pairs = [(iso3, theme) for iso3 in states for theme in themes]
    stated = [pair for pair in pairs if pair in needs.stated]
    if stated:
        iso3, theme = stated[0]
        need = needs.stated[stated[0]]
        sentence = (
            f"{need.whose} states a need on {names[theme].lower()} there ({need.date or 'undated'}): {need.subject}."
        )
        records = tuple(dict.fromkeys(needs.stated[pair].ref for pair in stated))
        return Feature(name="need", value=1, weight=fit.weight.need, sentence=sentence, records=records)
    read = [pair for pair in pairs if pair in needs.read]
    iso3, theme = read[0]
    statements = [st for pair in read for st in needs.read[pair]["statements"] if st["reading"] in NEGATIVE]
    where = fit.places[iso3]["name"]
    return Feature(
        name="need", value=_READ, weight=fit.weight.need,
        sentence=f"In {where}, a source asks for more on {names[theme].lower()}: {statements[0]['text']}.",
        records=tuple(Ref(type="Statement", id=id_) for id_ in sorted({st["id"] for st in statements})),
    )  # fmt: skip


def _time_left(row: dict[str, Any], on: date, programme: Ref, weight: OpportunityWeights) -> Feature:
    if row["end_latest"] is None:
        value, sentence = _NO_END, "The source gives no end, so how much time is left is not known."
    else:
        days = (row["end_latest"] - on) / timedelta(days=1)
        value, sentence = min(days / _FULL_DAYS, 1.0), f"It ends {row['end']}."
    return Feature(
        name="time_left", value=round(value, 4), weight=weight.time_left, sentence=sentence, records=(programme,)
    )
