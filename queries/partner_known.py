"""What is known of one partner, as far as it can matter to whoever asks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from queries.asker import Asker
from queries.support import fits

# In a partner's share of all that is known under a theme, what is meant for or was in the region counts twice.
_NEAR_COUNTS = 2.0
# The records behind the kinds of pieces of evidence.
KINDS = {
    "offer": "Offer",
    "mandate": "Mandate",
    "precedent": "Precedent",
    "programme": "Programme",
    "activity": "Activity",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one partner as far as it can matter to whoever asks: pieces by kind, each once.

    `amounts` is how much it is known for by theme: each precedent is one piece of help, shared out over its themes,
    and twice that in the region; its open offers and standing mandates add one piece a theme, and twice that where
    they name the region.
    """

    first: dict[str, Any]
    offers: list[dict[str, Any]]
    open_offers: list[dict[str, Any]]
    done: list[dict[str, Any]]
    programmes: list[dict[str, Any]]
    amounts: dict[str, float]

    @classmethod
    def of(cls, pieces: list[dict[str, Any]], asker: Asker) -> Known:
        """Sort the pieces; programmes only where they run in a State that asks and open a theme that is asked for."""
        kinds: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KINDS}
        for piece in pieces:
            if piece["kind"] != "programme" or _carries(piece, asker):
                kinds[piece["kind"]].setdefault(piece["id"], piece)
        own, mandates, precedents, reported, running = (
            list(kinds[kind].values()) for kind in ("offer", "mandate", "precedent", "activity", "programme")
        )
        offers = [*own, *mandates]
        fitting = [o for o in offers if any(fits(o, iso3, place) for iso3, place in asker.places.items())]
        amounts = _amounts(precedents, fitting, asker)
        return cls(pieces[0], offers, fitting, [*precedents, *reported], running, amounts)


def _carries(programme: dict[str, Any], asker: Asker) -> bool:
    """A State that carries out programmes at home is no partner of its own organisation by that."""
    return (
        programme["partner"] not in asker.places
        and programme["places"][0] in asker.places
        and not asker.themes.isdisjoint(programme["themes"])
    )


def _amounts(precedents: list[dict[str, Any]], offers: list[dict[str, Any]], asker: Asker) -> dict[str, float]:
    amounts: dict[str, float] = defaultdict(float)
    for one in precedents:
        near = 1.0 if asker.nearness(one["places"]) == "elsewhere" else _NEAR_COUNTS
        for theme in one["themes"]:
            amounts[theme] += near / math.sqrt(len(one["themes"]))
    offered: dict[str, float] = {}
    for one in offers:
        near = _NEAR_COUNTS if one["places"] else 1.0
        for theme in one["themes"]:
            offered[theme] = max(offered.get(theme, 0.0), near / math.sqrt(len(one["themes"])))
    for theme, amount in offered.items():
        amounts[theme] += amount
    return dict(amounts)


def totals(everybody: Iterable[Known]) -> dict[str, float]:
    """How much all partners together are known for, by theme."""
    found: dict[str, float] = defaultdict(float)
    for one in everybody:
        for theme, amount in one.amounts.items():
            found[theme] += amount
    return dict(found)
