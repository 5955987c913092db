"""How high the true partners of documented help stand in the suggestions, beside chance and plain counts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.cases import Asked, Asking, Case, from_graph
from evaluation.files import from_file
from evaluation.measures import Estimate, by_chance, ceiling, macro, mean, measured, summary
from evaluation.rankings import BASELINES, suggested
from graph.store import Store

SHOWN = ("hit_at_1", "hit_at_3", "hit_at_5", "hit_at_10", "mrr", "recall_at_5", "macro_recall_at_10")
CEILING = "macro_recall_ceiling"
# Groups of fewer cases say nothing.
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured: over all cases, by theme and region, and on the half on which no weight was chosen.

    `measures` are the question's, with the ceiling of macro recall; `baselines` the same by name. `left_out` counts
    cases that could not be asked, by reason. `groups` are pairs of a question's and the best baseline's reciprocal
    rank by theme and region.
    """

    cases: str
    n: int
    providers: int
    measures: dict[str, Estimate]
    baselines: dict[str, dict[str, Estimate]]
    groups: dict[str, dict[str, Any]]
    left_out: dict[str, int]

    def table(self) -> str:
        """A Markdown table: a line a ranking, a column a measure, the bounds in brackets."""
        lines = [f"{self.cases}: {self.n} cases, {self.providers} providers", ""]
        if self.n:
            lines += ["| ranking | " + " | ".join(SHOWN) + " |", "|---" * (len(SHOWN) + 1) + "|"]
            for name, measures in (("partners", self.measures), *self.baselines.items()):
                lines.append(f"| {name} | " + " | ".join(str(measures[one]) for one in SHOWN) + " |")
            lines += ["", f"Ceiling of macro recall: {self.measures[CEILING]}."]
        lines += ["", *(f"Left out {reason}: {number}." for reason, number in self.left_out.items())]
        return "\n".join(lines).rstrip()

    def as_json(self) -> dict[str, Any]:
        """`n`, each measure as `{value, low, high}`, `baselines` by name, and what else was found.

        Without a case each of the three is null.
        """
        baselines = self.baselines or {name: {} for name in ("chance", *BASELINES)}
        return {
            "n": self.n,
            **{name: _said(self.measures.get(name)) for name in (*SHOWN, CEILING)},
            "baselines": {name: {one: _said(each.get(one)) for one in SHOWN} for name, each in baselines.items()},
            "cases": self.cases,
            "providers": self.providers,
            "by": self.groups,
            "left_out": self.left_out,
        }


def evaluate(graph: Store, precedents: Path | None = None) -> Evaluation:
    """Ask all documented cases of help again: those of the graph, or of a file with the columns of a table of cases.

    Each is asked as of the day before it began, without itself and what was learned from it. Raises `CaseError` for a
    file that cannot be read.
    """
    asking = Asking(graph)
    cases = from_file(graph, precedents, asking.left_out) if precedents else from_graph(graph)
    return of(str(precedents) if precedents else "the precedents of the graph", asking.all(cases), asking.left_out)


def of(title: str, asked: Sequence[Asked], left_out: Counter[str]) -> Evaluation:
    """The evaluation of cases as asked."""
    if not asked:
        return Evaluation(title, 0, 0, {}, {}, {}, dict(sorted(left_out.items())))
    ours = [measured(one, suggested(one)) for one in asked]
    others = {name: [measured(one, rank(one)) for one in asked] for name, rank in BASELINES.items()}
    measures = {**summary(ours), CEILING: macro([ceiling(one) for one in asked])}
    baselines = {"chance": summary([by_chance(one) for one in asked])}
    baselines |= {name: summary(those) for name, those in others.items()}
    groups: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(asked):
        for theme in sorted(one.case.themes):
            groups[f"theme {theme}"].append(number)
        groups[f"region {one.region}"].append(number)
    by = {
        name: {
            "n": len(numbers),
            "mrr": asdict(mean([ours[i].reciprocal for i in numbers])),
            "theme_popularity_mrr": asdict(mean([others["theme"][i].reciprocal for i in numbers])),
        }
        for name, numbers in sorted(groups.items())
        if len(numbers) >= _LEAST
    }
    providers = {one for each in asked for one in each.case.providers}
    return Evaluation(title, len(asked), len(providers), measures, baselines, by, dict(sorted(left_out.items())))


def _said(one: Estimate | None) -> dict[str, float | None]:
    return asdict(one) if one else {"value": None, "low": None, "high": None}


def half(case: Case) -> int:
    """0 for the half on which weights were chosen, 1 for the half on which they are reported: by a hash of the id."""
    return hashlib.blake2b(case.id.encode(), digest_size=1).digest()[0] % 2
