"""Needs that are open on a date: of requests to the Committee, and of States' own costed plans, by theme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import YEARS_HELD, years_after
from graph.store import Store
from queries.answer import Ref
from queries.entry_points import OPEN_YEARS
from queries.text import cypher

CAVEAT_OPEN = (
    "A request counts as open from its date on, since the sources do not say of any need that it was met; a costed "
    "plan while it may run. Whether a need still stands is for the State to say."
)
# A stated need counts in full while a statement of one is held; then less by age.
_FULL_YEARS = YEARS_HELD["stated_need"]
_UNDATED = 0.5


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """One need of a request, or what a plan asks for under one theme; `states` are the maker or its members.

    `said` is the source's own text; `latest` the latest day that it can mean (of a plan, none: it runs). `cost` is the
    sum of the lines in `currency`, `None` where no line has one or the lines differ in currency.
    """

    id: str
    kind: str
    title: str
    record: Ref
    part_of: str
    who: str
    who_name: str
    states: tuple[str, ...]
    themes: tuple[str, ...]
    preferred: frozenset[str]
    said: str | None
    latest: date | None
    answers: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    cost: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class OpenNeeds:
    """All open needs, by id; `silent` counts the requests whose content the sources do not give."""

    needs: tuple[OpenNeed, ...]
    silent: int

    @classmethod
    def read(cls, graph: Store, on: date, seen: list[str]) -> OpenNeeds:
        """Two queries: the requests made by then, and the plans that may run."""
        requests = graph.ask(cypher("needs_open"), {"as_of": on, "visible": seen})
        told = [need for row in requests for need in _of_request(row)]
        known = {one.part_of for one in told}
        parameters = {
            "as_of": on, "open_since": years_after(on, -OPEN_YEARS), "open_until": years_after(on, OPEN_YEARS),
            "visible": seen,
        }  # fmt: skip
        planned = _of_plans(graph.ask(cypher("needs_planned"), parameters))
        silent = {row["id"] for row in requests} - known
        return cls(tuple(sorted([*told, *planned], key=lambda one: one.id)), len(silent))


def _of_request(row: dict[str, Any]) -> list[OpenNeed]:
    """Its needs, each under its own themes or else the request's; the request itself where it states none."""
    needs = row["needs"] or [{"id": row["id"], "title": row["title"], "themes": row["themes"]}]
    found = []
    for need in needs:
        if themes := tuple(sorted(set(need["themes"] or row["themes"]))):
            found.append(
                OpenNeed(
                    id=need["id"], kind="request", title=need["title"], part_of=row["id"], themes=themes,
                    record=Ref(type="Need" if row["needs"] else "Request", id=need["id"]),
                    who=row["who"], who_name=row["who_name"],
                    states=tuple(row["members"]) if row["organisation"] else (row["who"],),
                    preferred=frozenset(row["preferred"]), said=row["date"], latest=row["latest"],
                    answers=tuple(sorted((one["id"], one["name"]) for one in row["answers"])),
                )
            )  # fmt: skip
    return found


def _of_plans(rows: list[dict[str, Any]]) -> list[OpenNeed]:
    """One need a plan and theme: from its lines, or from its totals (which hold lines) where no line has the theme."""
    by_theme: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_theme[(row["id"], row["theme"])].append(row)
    found = []
    for (plan, theme), those in sorted(by_theme.items()):
        lines = [row for row in those if row["level"] != "total"] or those
        currencies = {row["currency"] for row in lines if row["cost"]}
        first = lines[0]
        runs = f"{first['start'] or '?'} to {first['end']}" if first["end"] else first["start"]
        found.append(
            OpenNeed(
                id=f"{plan}/{theme}", kind="plan", title=first["title"], part_of=plan, themes=(theme,),
                record=Ref(type="ActionPlan", id=plan), who=first["who"], who_name=first["who_name"],
                states=(first["who"],), preferred=frozenset(), said=runs, latest=None,
                lines=sum(row["lines"] for row in lines) if lines[0]["level"] != "total" else 0,
                cost=sum(row["cost"] for row in lines) if len(currencies) == 1 else None,
                currency=currencies.pop() if len(currencies) == 1 else None,
            )
        )  # fmt: skip
    return found


def recency(latest: date | None, on: date) -> float:
    """How much something said on a day still counts: in full for five years, then less by age; undated, half."""
    if latest is None:
        return _UNDATED
    years = max((on - latest).days / 365.25, 0.0)
    return round(min(1.0, _FULL_YEARS / years) if years else 1.0, 4)


def age(latest: date | None, on: date) -> str:
    """How long before the date that was, in whole years."""
    if latest is None:
        return "the source gives no date"
    years = int((on - latest).days / 365.25)
    return "less than a year before" if years < 1 else f"{years} year{'s' if years > 1 else ''} before"
