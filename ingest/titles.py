"""Title rules: words in a programme's title that point to a theme, kept as data with a reason each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.records import Link
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, read

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
