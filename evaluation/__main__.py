"""`make evaluate`: how good the suggestions are on the documented help of the graph, in tables."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict

from evaluation.cases import Asked, Asking, dated_only, from_graph
from evaluation.evaluate import Evaluation, half, of
from evaluation.programmes import evaluate_programmes
from evaluation.weights import choose
from graph.store import Store
from queries.partner_features import PartnerWeights


def groups(found: Evaluation) -> str:
    """A Markdown table of the mean reciprocal rank by theme and by region."""
    lines = ["| cases | n | partners | popularity in the theme |", "|---|---|---|---|"]
    for name, one in found.groups.items():
        lines.append(
            f"| {name} | {one['n']} | {one['mrr']['value']:.2f} | {one['theme_popularity_mrr']['value']:.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print everything."""
    with Store() as graph:
        asking = Asking(graph)
        asked = asking.all(from_graph(graph))
        if not asked:
            sys.exit("The graph holds no documented help; load the facts first: footprint load")
        programmes = evaluate_programmes(graph)
    halves: dict[int, list[Asked]] = {0: [], 1: []}
    for one in asked:
        halves[half(one.case)].append(one)
    everything = of("all cases of the graph", asked, asking.left_out)
    sys.stdout.write(f"{everything.table()}\n\n")
    sys.stdout.write(f"{of('the half on which no weight was chosen', halves[1], Counter()).table()}\n\n")
    sys.stdout.write(f"{of('the half on which the weights were chosen', halves[0], Counter()).table()}\n\n")
    strict = [dated_only(one) for one in halves[1]]
    sys.stdout.write(f"{of('the unseen half, offers without a date left out', strict, Counter()).table()}\n\n")
    sys.stdout.write(f"{groups(everything)}\n\n")
    sys.stdout.write(f"Weights in use: {asdict(PartnerWeights())}\n")
    sys.stdout.write(f"Chosen anew on the first half: {asdict(choose(halves[0]))}\n\n")
    sys.stdout.write(f"{programmes.table()}\n")


if __name__ == "__main__":
    main()
