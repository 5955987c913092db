"""Words of free texts: regions in descriptions of recipients, themes in descriptions of help."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from evaluation.text import HERE, cypher
from graph.store import Store
from queries.names import fold


@cache
def _rules(table: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The rules of a table of this folder, in its order: words (with `*` for any ending) and what they mean."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((_pattern(row["words"]), tuple(row["means"].split("|"))) for row in rows)


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(fold(one.rstrip("*"))) + (r"\w*" if one.endswith("*") else "") for one in words.split("|")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of the graph."""

    levels: dict[str, str]

    @classmethod
    def read(cls, graph: Store) -> Regions:
        """One query."""
        return cls({row["id"]: row["level"] for row in graph.ask(cypher("regions"))})

    def named_in(self, text: str) -> tuple[str, ...]:
        """The regions that a description such as `14 Asia-Pacific States` means, by the first rule that applies."""
        folded = fold(text)
        return next((means for pattern, means in _rules("region_words") if pattern.search(folded)), ())

    def of(self, places: dict[str, dict[str, Any]]) -> str:
        """The continent of most of the States; `several regions` where none has more than half of them."""
        counted = Counter(
            one for place in places.values() for one in place["regions"] if self.levels.get(one) == "region"
        )
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        return ranked[0][0] if ranked and ranked[0][1] * 2 > len(places) else "several regions"


def themes_in(text: str, known: Iterable[str]) -> frozenset[str]:
    """The themes that a description of help means: all rules that apply; without any, the paragraphs it names."""
    folded, allowed = fold(text), set(known)
    found = {theme for pattern, means in _rules("theme_words") for theme in means if pattern.search(folded)}
    if not found:
        found = {theme for pattern, means in _rules("paragraph_words") for theme in means if pattern.search(folded)}
    return frozenset(found & allowed)
