"""Words in a programme's title that point to a theme (rules) or say that no component fits (limits), kept as data.

A rule adds what a sector code does not say; a limit takes back what a code or a rule says too much, such as works,
fees and pay booked under a code for justice or security.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.records import Link
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, read
from ingest.sectors import SectorThemeRow

_NOT_WORD = re.compile(r"[\W_]+")


class TitleRuleRow(FactRow):
    """A rule: any of the words (a trailing `*` stands for any ending), unless one of the others is there."""

    id: str
    pattern_words: Listed
    unless: Listed = ()
    languages: Listed
    theme: str
    directness: Literal["1", "2", "3"]
    how: str
    reason: str
    source: str


class TitleLimitRow(FactRow):
    """A limit: a title with any of the words, and none of the others, names nothing that a component could join.

    With `sectors` (beginnings of sector ids, such as `DAC/15`) it holds only where these alone open a theme: every
    sector that does begins so, and the title points to none.
    """

    id: str
    pattern_words: Listed
    unless: Listed = ()
    languages: Listed
    sectors: Listed = ()
    reason: str
    source: str


def fold(text: str) -> str:
    """Lower case, no accents, every run of other characters one blank: what rules and titles are compared in."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    alternatives = []
    for word in words:
        ending = r"\w*" if word.endswith("*") else ""
        alternatives.append(re.escape(fold(word.rstrip("*"))) + ending)
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)") if alternatives else None


@dataclass(frozen=True, slots=True)
class TitleRules:
    """The rules, ready to be applied to titles."""

    rules: tuple[tuple[TitleRuleRow, re.Pattern[str], re.Pattern[str] | None], ...]

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> TitleRules:
        """Read `title_rules.csv`."""
        made = []
        for _, row in read(folder / "title_rules.csv", TitleRuleRow, rejects):
            if pattern := _pattern(row.pattern_words):
                made.append((row, pattern, _pattern(row.unless)))
        return cls(tuple(made))

    def links(self, title: str) -> list[Link]:
        """A `TOUCHES` for each theme that the title points to; of several rules for one theme, the most direct."""
        folded = fold(title)
        best: dict[str, TitleRuleRow] = {}
        for row, pattern, unless in self.rules:
            if pattern.search(folded) and not (unless and unless.search(folded)):
                held = best.get(row.theme)
                if held is None or (row.directness, held.id) > (held.directness, row.id):
                    best[row.theme] = row
        return [
            Link("TOUCHES", "Theme", theme, {"rule": row.id, "how": row.how, "directness": int(row.directness)})
            for theme, row in sorted(best.items())
        ]


@dataclass(frozen=True, slots=True)
class TitleLimits:
    """The limits, ready to be applied to programmes, in the order of the table."""

    limits: tuple[tuple[TitleLimitRow, re.Pattern[str], re.Pattern[str] | None], ...]
    opening: frozenset[str]

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> TitleLimits:
        """Read `title_limits.csv`, and from `sector_themes.csv` which sectors open a theme."""
        made = []
        for _, row in read(folder / "title_limits.csv", TitleLimitRow, rejects):
            if pattern := _pattern(row.pattern_words):
                made.append((row, pattern, _pattern(row.unless)))
        opening = frozenset(row.sector for _, row in read(folder / "sector_themes.csv", SectorThemeRow, rejects))
        return cls(tuple(made), opening)

    def closed(self, title: str, sectors: Iterable[str], touches: bool) -> str | None:
        """Why no component can join, in a sentence; `None` where no limit holds. `touches`: the title names a theme."""
        folded = fold(title)
        opened = [sector for sector in sectors if sector in self.opening]
        for row, pattern, unless in self.limits:
            only = not row.sectors or (opened and not touches and all(one.startswith(row.sectors) for one in opened))
            if only and pattern.search(folded) and not (unless and unless.search(folded)):
                return row.reason
        return None
