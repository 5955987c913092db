"""The themes of an action plan: what is read under each, and the State's own laws by section of the matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from queries.action_plan_parts import OwnWord
from queries.answer import Ref
from queries.kept import Kept, Rows
from queries.state import SectionReadings

ANY_TREATY = "treaty-participation"


@dataclass(frozen=True, slots=True)
class About:
    """A theme: its name, the items that are read under it, and its main section of the matrix.

    `concerns` and `sections` are all items and sections of the matrix under it, where others are asked about: a treaty
    row is read under its own theme, and under treaty participation only if it has no other.
    """

    name: str
    items: tuple[str, ...]
    section: str
    concerns: frozenset[str]
    sections: frozenset[str]


def themes_read(kept: Kept, held: Iterable[SectionReadings]) -> dict[str, About]:
    """All themes that a section of the matrix holds, by id."""
    placed = {one.id: (section, one.name) for section, _, those in held for one in those}
    rows = kept.ask("items", {"asked": sorted(one for one in placed if "/" not in one)})
    under = {row["id"]: [item for item in row["items"] if item in placed and item != row["id"]] for row in rows}
    apart = {item for theme, those in under.items() if theme != ANY_TREATY for item in those}
    found = {}
    for row in rows:
        theme = row["id"]
        section, name = placed[theme]
        items = sorted((item for item in under[theme] if theme != ANY_TREATY or item not in apart), key=_by_number)
        sections = frozenset(one for one in row["sections"] if one)
        found[theme] = About(name, (theme, *items), section, frozenset(row["items"]), sections)
    return found


def _by_number(item: str) -> tuple[str, int]:
    head, _, tail = item.rpartition("/")
    return head, int(tail) if tail.isdigit() else 0


def laws_on_file(rows: Rows, state: str) -> dict[str, list[OwnWord]]:
    """The State's own laws by section, of rows of `laws.cypher`."""
    found: dict[str, list[OwnWord]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["date"] or "", row["id"])):
        if state in row["makers"]:
            law = OwnWord(
                kind="law", text=row["title"], date=row["date"], detail=row["subject"], who=(), number=1, amount=None,
                currency=None, records=(Ref(type="Legislation", id=row["id"]),),
            )  # fmt: skip
            found[row["section"]].append(law)
    return found
