"""Words in a programme's title that point to a theme (rules) or say that no component fits (limits), kept as data.

A rule adds what a sector code does not say; a limit takes back what a code or a rule says too much, such as works,
fees and pay booked under a code for justice or security.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from graph.records import Link
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, read
from ingest.sectors import SectorThemeRow

_NOT_WORD = re.compile(r"[\W_]+")
# Arabic letters that are written now one way, now another (alef, ya, ta marbuta, kaf of other keyboards), its digits,
# and signs within words that nobody sees (tatweel, joiners, marks of direction, soft hyphen).
_ONE_WAY = str.maketrans(
    "\u0671\u0649\u06cc\u0629\u06a9" + "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
    "\u0627\u064a\u064a\u0647\u0643" + "0123456789",
    "\u0640\u200c\u200d\u200e\u200f\u00ad",
)
_ARABIC = re.compile("[\u0620-\u064a]")
_START = 6
# Stands for any word in Arabic letters among the beginnings of words.
_IN_ARABIC = "*"
# What Arabic writes together with the word that follows: "and" or "so", then the article with or without "by", "like"
# or "for", or one of these alone. A rule has the bare word.
_WRITTEN_TOGETHER = (
    "(?:[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644|[\u0628\u0643\u0644])|[\u0648\u0641])?"
)


class TitleRuleRow(FactRow):
    """A rule: any of the words (a trailing `*` stands for any ending), unless one of the others is there.

    Arabic words stand without the article and without what is written together with them.
    """

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
    """Lower case, no accents, every run of other characters one blank: what rules and titles are compared in.

    Arabic loses its vowel signs, and letters that are written in several ways become one.
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.translate(_ONE_WAY)).strip()


@dataclass(frozen=True, slots=True)
class Title:
    """A title to look into: folded, with a blank before and after; and how its words begin, up to six letters."""

    folded: str
    starts: frozenset[str]

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, title: str) -> Title:
        """Fold it; the titles of one programme are looked into several times."""
        folded = fold(title)
        starts = {word[:length] for word in folded.split() for length in range(1, _START + 1)}
        if _ARABIC.search(folded):
            starts.add(_IN_ARABIC)
        return cls(f" {folded} ", frozenset(starts))


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found in titles. Most titles have none that begins as one of them does, which is quickly seen."""

    pattern: re.Pattern[str]
    starts: frozenset[str]

    @classmethod
    @cache
    def of(cls, words: tuple[str, ...]) -> Words | None:
        """The pattern goes from blank to blank. The tables are read for each data set anew: each is made once."""
        latin, arabic, starts = [], [], set()
        for word in words:
            bare, ending = fold(word.rstrip("*")), r"\w*" if word.endswith("*") else ""
            if _ARABIC.search(bare):
                arabic.append(" ".join(_WRITTEN_TOGETHER + re.escape(part) for part in bare.split()) + ending)
                starts.add(_IN_ARABIC)
            else:
                latin.append(re.escape(bare) + ending)
                starts.add(bare.split()[0][:_START])
        if arabic:
            latin.append(f"(?={_ARABIC.pattern})(?:{'|'.join(arabic)})")
        return cls(re.compile(f" (?:{'|'.join(latin)})(?= )"), frozenset(starts)) if latin else None

    def are_in(self, title: Title) -> bool:
        """Whether any of the words stands in the title."""
        return not self.starts.isdisjoint(title.starts) and self.pattern.search(title.folded) is not None


@dataclass(frozen=True, slots=True)
class TitleRules:
    """The rules, ready to be applied to titles."""

    rules: tuple[tuple[TitleRuleRow, Words, Words | None], ...]
    # How the words of any rule begin: which rules, as places among them.
    by_start: dict[str, list[int]]

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> TitleRules:
        """Read `title_rules.csv`."""
        made = []
        for _, row in read(folder / "title_rules.csv", TitleRuleRow, rejects):
            if words := Words.of(row.pattern_words):
                made.append((row, words, Words.of(row.unless)))
        by_start: dict[str, list[int]] = {}
        for place, (_, words, _) in enumerate(made):
            for start in words.starts:
                by_start.setdefault(start, []).append(place)
        return cls(tuple(made), by_start)

    def links(self, title: str) -> list[Link]:
        """A `TOUCHES` for each theme that the title points to; of several rules for one theme, the most direct."""
        looked_into = Title.of(title)
        best: dict[str, TitleRuleRow] = {}
        places = {place for start in looked_into.starts & self.by_start.keys() for place in self.by_start[start]}
        for row, words, unless in (self.rules[place] for place in places):
            if words.are_in(looked_into) and not (unless and unless.are_in(looked_into)):
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

    limits: tuple[tuple[TitleLimitRow, Words, Words | None], ...]
    opening: frozenset[str]

    @classmethod
    def of(cls, folder: Path, rejects: Rejects) -> TitleLimits:
        """Read `title_limits.csv`, and from `sector_themes.csv` which sectors open a theme."""
        made = []
        for _, row in read(folder / "title_limits.csv", TitleLimitRow, rejects):
            if words := Words.of(row.pattern_words):
                made.append((row, words, Words.of(row.unless)))
        opening = frozenset(row.sector for _, row in read(folder / "sector_themes.csv", SectorThemeRow, rejects))
        return cls(tuple(made), opening)

    def closed(self, title: str, sectors: Iterable[str], touches: bool) -> str | None:
        """Why no component can join, in a sentence; `None` where no limit holds. `touches`: the title names a theme."""
        looked_into = Title.of(title)
        opened = [sector for sector in sectors if sector in self.opening]
        for row, words, unless in self.limits:
            only = not row.sectors or (opened and not touches and all(one.startswith(row.sectors) for one in opened))
            if only and words.are_in(looked_into) and not (unless and unless.are_in(looked_into)):
                return row.reason
        return None
