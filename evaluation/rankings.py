"""Rankings of the partners that something is known of: the question's own, and plain counts to compare it with."""

from __future__ import annotations

from collections.abc import Callable

from evaluation.cases import Asked
from queries.candidates import ranked
from queries.partner_features import PartnerWeights

Ranking = list[str]


def suggested(asked: Asked, weight: PartnerWeights | None = None) -> Ranking:
    """The partners as the question `partners` ranks them; those that it does not list come nowhere."""
    return [row.partner.id for row in ranked(asked.evidence, asked.asker, weight or PartnerWeights())]


def counted(asked: Asked, theme: bool, region: bool) -> Ranking:
    """Partners by the number of precedents known by that day: all, or those under a theme asked for, or near, or both.

    Near is the same recipient or the same region or organisation, as in the question. Ties go to the partner with
    more precedents of all, then by id.
    """

    def numbers(partner: str) -> tuple[int, int, str]:
        precedents = {p["id"]: p for p in asked.evidence.pieces[partner] if p["kind"] == "precedent"}
        alike = [
            one
            for one in precedents.values()
            if (not theme or not asked.asker.themes.isdisjoint(one["themes"]))
            and (not region or asked.asker.nearness(one["places"]) != "elsewhere")
        ]
        return -len(alike), -len(precedents), partner

    return sorted(asked.evidence.pieces, key=numbers)


BASELINES: dict[str, Callable[[Asked], Ranking]] = {
    "popularity": lambda asked: counted(asked, theme=False, region=False),
    "region": lambda asked: counted(asked, theme=False, region=True),
    "theme": lambda asked: counted(asked, theme=True, region=False),
    "region_theme": lambda asked: counted(asked, theme=True, region=True),
}
