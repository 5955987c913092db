"""How statements fold into one reading of a field or theme, and why each counts or does not.

The rule is that of `readings.cypher`, told statement by statement: of each source and kind the latest count, among
those that are taken to hold on the date; any `incomplete` or `no entry` wins over `in place`; nothing is `unknown`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import NEGATIVE, YEARS_HELD, Reading

COUNTS = "counts"
SET_ASIDE = "set aside: "
ON_FILE = "on file; what it covers, no source here says"
CAVEAT_LATEST = (
    "Of each source and kind the latest statement counts alone: after a later re-rating of one FATF indicator, an "
    "older rating of the other is not read."
)
ENDED = "held until "


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as `explain.cypher` gives it, and its part in the reading: `counts`, or why it does not."""

    said: dict[str, Any]
    part: str

    @property
    def counts(self) -> bool:
        """Whether the reading rests on it."""
        return self.part == COUNTS

    @property
    def ended(self) -> bool:
        """Whether it held once and does no longer."""
        return self.part.startswith(ENDED)


@dataclass(frozen=True, slots=True)
class Folded:
    """An item of one State: its reading on the date, whether statements differ, and every statement."""

    iso3: str
    item: str
    name: str
    reading: Reading
    conflict: bool
    told: tuple[Told, ...]

    @property
    def no_longer(self) -> tuple[str, ...]:
        """What was read once and is not now, where something else is: each with the reason."""
        old = [one for one in self.told if one.ended or one.part.startswith(SET_ASIDE)]
        return () if self.reading == "unknown" else tuple(f"{one.said['text']}, {_short(one)}" for one in old)

    @property
    def last_seen(self) -> str | None:
        """Where nothing holds on the date: what held last, and until when; `None` where nothing ever did."""
        ended = [one for one in self.told if one.ended]
        if self.reading != "unknown" or not ended:
            return None
        last = max(ended, key=lambda one: (one.said["holds_until"], one.said["id"]))
        return f"{last.said['text']}; held until {last.said['holds_until']}"


def _short(one: Told) -> str:
    return f"held until {one.said['holds_until']}" if one.ended else "set aside by a later one of the same source"


def fold(rows: Iterable[dict[str, Any]], on: date, evidence: Iterable[str]) -> dict[tuple[str, str], Folded]:
    """The items behind the rows of `explain.cypher`, by State and item, each statement with its part."""
    kinds = frozenset(evidence)
    items: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        items[(row["iso3"], row["item"])].append(row)
    return {key: _item(key, those, on, kinds) for key, those in items.items()}


def _item(key: tuple[str, str], rows: list[dict[str, Any]], on: date, kinds: frozenset[str]) -> Folded:
    reasons = [_not_held(row, on, kinds) for row in rows]
    latest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row, reason in zip(rows, reasons, strict=True):
        if not reason:
            for source in row["sources"]:
                place = (row["field"], source["id"], row["kind"])
                if place not in latest or latest[place]["observed_at"] < row["observed_at"]:
                    latest[place] = row
    parts: dict[str, Told] = {}
    for row, reason in zip(rows, reasons, strict=True):
        one = Told(row, reason or _later(row, latest))
        # A statement about several cells of one theme is told once; it counts if it counts in any of them.
        if row["id"] not in parts or one.counts:
            parts[row["id"]] = one
    told = tuple(parts.values())
    readings = {one.said["reading"] for one in told if one.counts}
    reading: Reading = "unknown"
    for candidate in (*NEGATIVE, "in place"):
        if candidate in readings:
            reading = candidate
            break
    ordered = sorted(told, key=lambda one: (not one.counts, -one.said["observed_at"].toordinal(), one.said["id"]))
    return Folded(*key, rows[0]["name"], reading, "in place" in readings and len(readings) > 1, tuple(ordered))


def _not_held(row: dict[str, Any], on: date, kinds: frozenset[str]) -> str:
    """Why a statement is not read at all on that day; empty where it is."""
    if row["kind"] not in kinds:
        return f"not read: evidence of the kind {row['kind']} was not asked for"
    if row["holds_from"] > on:
        return f"not yet: it holds from {row['holds_from']}"
    if row["reading"] == "unknown":
        return ON_FILE if row["kind"] == "law" else "says nothing either way"
    if row["holds_until"] is not None and row["holds_until"] < on:
        if row["reading"] in NEGATIVE:
            return f"held until {row['holds_until']}: this kind is held for {YEARS_HELD[row['kind']]} years"
        return f"held until {row['holds_until']}"
    return ""


def _later(row: dict[str, Any], latest: dict[tuple[str, str, str], dict[str, Any]]) -> str:
    """Whether a statement that holds is the latest of any of its sources; if not, which came after it."""
    newest = [latest[(row["field"], source["id"], row["kind"])] for source in row["sources"]]
    if not newest or any(one["observed_at"] == row["observed_at"] for one in newest):
        return COUNTS if newest else "not read: it names no source"
    return f"{SET_ASIDE}the same source said later, {newest[0]['text']}"
