"""The same for programmes: does the question find who funds one, from what was known the day before it began?

The suggestions are made for help with resolution 1540, not to foretell who pays for development programmes; this
measures how much of the one the other shows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.cases import Asked, Asking, Case
from evaluation.evaluate import Evaluation
from evaluation.measures import by_chance, ceiling, macro, measured, summary
from evaluation.rankings import Ranking, suggested
from evaluation.text import cypher
from graph.store import Store
from queries.candidates import Evidence
from queries.parameters import PUBLIC

# A few funders report most programmes, and a few States have most: the sample is spread over both.
SAMPLE = 150
_A_STATE = 5
_A_FUNDER = 15


@dataclass(frozen=True, slots=True)
class Begun:
    """A programme whose start is known: States and funders by id; `surely` is the last day on which it may begin."""

    id: str
    title: str
    began: date
    surely: date
    places: frozenset[str]
    themes: frozenset[str]
    funders: frozenset[str]
    unresolved: bool

    @property
    def case(self) -> Case:
        """As a case of help: who gave it is who funds it."""
        return Case(self.id, self.funders, tuple(sorted(self.places)), "", self.themes, self.began, None)


def begun(graph: Store) -> list[Begun]:
    """All programmes with a known start that the public may see, by id. A State that pays at home is no funder."""
    rows: list[dict[str, Any]] = graph.ask(cypher("programmes"), {"visible": list(PUBLIC)})
    return [
        Begun(
            row["id"], row["title"] or "", row["began"], row["began_latest"], frozenset(row["places"]),
            frozenset(row["themes"]),
            frozenset(one["id"] for one in row["funders"] if one["resolved"]).difference(row["places"]),
            not all(one["resolved"] for one in row["funders"]),
        )
        for row in rows
    ]  # fmt: skip


def sample(programmes: Iterable[Begun], left_out: Counter[str], size: int = SAMPLE) -> list[Begun]:
    """Programmes in one State that open a theme, whose funders are all resolved: at most so many, the same each time.

    In the order of a hash of the id, at most five a State and fifteen a funder. What cannot be a case is counted.
    """
    states: Counter[str] = Counter()
    funders: Counter[str] = Counter()
    found: list[Begun] = []
    for one in sorted(programmes, key=lambda p: hashlib.blake2b(p.id.encode(), digest_size=8).digest()):
        if reason := _unfit(one):
            left_out[reason] += 1
            continue
        (place,) = one.places
        if len(found) < size and states[place] < _A_STATE and all(funders[f] < _A_FUNDER for f in one.funders):
            found.append(one)
            states[place] += 1
            funders.update(one.funders)
    return found


def _unfit(one: Begun) -> str:
    if len(one.places) != 1:
        return "not in one State"
    if not one.themes:
        return "that open no theme"
    if one.unresolved:
        return "with a funder whose name is not resolved"
    return "" if one.funders else "without a funder from abroad"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The programmes that had surely begun by a day, but for the case itself."""

    programmes: list[Begun]

    @classmethod
    def than(cls, case: Begun, programmes: Sequence[Begun]) -> Earlier:
        """Another record of the same name in the same State may be the same programme, so it is left out too."""
        on = case.case.asked_on
        return cls([one for one in programmes if one.surely <= on and not _same(one, case)])

    def counted(self, case: Begun, theme: bool, state: bool) -> Ranking:
        """Funders by the number of these programmes: all, or those under a theme of the case, or in its State, or both.

        Ties go to the funder with more of all, then by id.
        """
        alike: Counter[str] = Counter()
        every: Counter[str] = Counter()
        for one in self.programmes:
            every.update(one.funders)
            on_theme = not theme or not one.themes.isdisjoint(case.themes)
            if on_theme and (not state or not one.places.isdisjoint(case.places)):
                alike.update(one.funders)
        return sorted(every.keys() - case.places, key=lambda f: (-alike[f], -every[f], f))


def _same(one: Begun, other: Begun) -> bool:
    title = " ".join(one.title.casefold().split())
    return one.id == other.id or (
        title == " ".join(other.title.casefold().split()) and not one.places.isdisjoint(other.places)
    )


def _before(asked: Asked, earlier: Earlier) -> Asked:
    """Without the programmes of which it is not certain that they had begun, which a question shows with a caveat."""
    certain = {one.id for one in earlier.programmes}
    kept = {
        partner: [p for p in pieces if p["kind"] != "programme" or p["id"] in certain]
        for partner, pieces in asked.evidence.pieces.items()
    }
    return replace(asked, evidence=Evidence({partner: pieces for partner, pieces in kept.items() if pieces}))


def evaluate_programmes(graph: Store, size: int = SAMPLE) -> Evaluation:
    """Where the true funder of a programme stands the day before it began, beside chance and plain counts.

    Chance draws from all of whom something was known that day, as partner or as funder; whoever is not among them is
    above the ceiling.
    """
    programmes = begun(graph)
    asking = Asking(graph)
    chosen = sample(programmes, asking.left_out, size)
    rankings: dict[str, list[Ranking]] = {}
    asked, everybody = [], []
    for one, answer in zip(chosen, asking.all(each.case for each in chosen), strict=True):
        earlier = Earlier.than(one, programmes)
        before = _before(answer, earlier)
        ours, funders = suggested(before), earlier.counted(one, theme=False, state=False)
        known = dict.fromkeys((*before.evidence.pieces, *funders))
        asked.append(before)
        everybody.append(replace(before, evidence=Evidence({partner: [] for partner in known})))
        for name, ranking in (
            ("partners", ours),
            ("partners that had funded a programme", [partner for partner in ours if partner in set(funders)]),
            ("funders", funders),
            ("funders in the State", earlier.counted(one, theme=False, state=True)),
            ("funders under the themes", earlier.counted(one, theme=True, state=False)),
            ("funders in the State under the themes", earlier.counted(one, theme=True, state=True)),
        ):
            rankings.setdefault(name, []).append(ranking)
    title = "programmes, by who funds them"
    if not asked:
        return Evaluation(title, 0, 0, {}, {}, {}, dict(sorted(asking.left_out.items())))
    found = {
        name: summary([measured(one, ranking) for one, ranking in zip(asked, those, strict=True)])
        for name, those in rankings.items()
    }
    measures = {**found.pop("partners"), "macro_recall_ceiling": macro([ceiling(one) for one in everybody])}
    baselines = {"chance": summary([by_chance(one) for one in everybody]), **found}
    providers = {funder for one in chosen for funder in one.funders}
    return Evaluation(title, len(asked), len(providers), measures, baselines, {}, dict(sorted(asking.left_out.items())))
