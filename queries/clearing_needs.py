"""The needs that are open on a date: those that requests state, and the costed lines of plans, by plan and theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.evidence import YEARS_HELD, years_after
from graph.store import Store
from queries.answer import Named, Ref, Shape, count
from queries.asker import Asker
from queries.entry_points import OPEN_YEARS
from queries.text import cypher


class OpenNeed(Shape):
    """A need: who has it, since when, under which themes, and where it is stated (a request or a plan).

    Of a plan's lines under one theme: how many there are (`lines`; 0 where the plan gives only the total of a
    capacity) and what they are expected to cost, by currency. `note`: what is to be known of it besides.
    """

    id: str
    subject: str
    kind: Literal["request", "plan"]
    stated_in: str
    of: tuple[Named, ...]
    date: str | None
    themes: tuple[Named, ...]
    lines: int | None
    costs: dict[str, float]
    note: str | None

    @property
    def whose(self) -> str:
        """Who has the need."""
        return " and ".join(one.name for one in self.of)

    @property
    def said(self) -> str:
        """The need in a few words, as other rows name it."""
        return f"{self.whose}: {self.subject} ({self.id})"

    @property
    def ref(self) -> Ref:
        """The request or plan."""
        return Ref(type="Request" if self.kind == "request" else "ActionPlan", id=self.stated_in)


@dataclass(frozen=True, slots=True)
class Needs:
    """The open needs in the order of who has them, and what the ranking of partners has to know of each (by id).

    `replied`: needs of requests to which a reply is told by then, so that they are not among the open ones.
    """

    rows: list[OpenNeed]
    replied: list[OpenNeed]
    askers: dict[str, Asker]

    def only(self, holds: Callable[[OpenNeed], bool]) -> Needs:
        """Those of which something holds."""
        return Needs([one for one in self.rows if holds(one)], [one for one in self.replied if holds(one)], self.askers)


@dataclass(frozen=True, slots=True)
class _Found:
    """A need before it is known where its States stand: those who have it, and the organisations among them."""

    need: OpenNeed
    joint: tuple[str, ...]
    preferred: frozenset[str] = frozenset()
    replied: bool = False


def open_needs(graph: Store, on: date, themes: dict[str, str], seen: list[str]) -> Needs:
    """Read them all, in four statements. `themes` are the names of all themes."""
    found = _requested(graph.ask(cypher("clearing"), {"as_of": on, "visible": seen}), on, themes)
    spell = {"open_since": years_after(on, -OPEN_YEARS), "open_until": years_after(on, OPEN_YEARS)}
    found += _planned(graph.ask(cypher("clearing_plans"), {"as_of": on, "visible": seen, **spell}), themes)
    found.sort(key=lambda one: (one.need.whose, one.need.kind != "request", one.need.id))
    joint = sorted({id_ for one in found for id_ in one.joint})
    members: dict[str, list[str]] = {id_: [] for id_ in joint}
    for row in graph.ask(cypher("clearing_members"), {"organisations": joint, "as_of": on}) if joint else []:
        members[row["id"]].append(row["iso3"])
    states = {one.need.id: [iso3 for who in one.need.of for iso3 in members.get(who.id, [who.id])] for one in found}
    asked = sorted({iso3 for those in states.values() for iso3 in those})
    places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": asked, "as_of": on})}
    askers = {
        one.need.id: _asker(one, {iso3: places[iso3] for iso3 in states[one.need.id] if iso3 in places})
        for one in found
    }
    return Needs([one.need for one in found if not one.replied], [one.need for one in found if one.replied], askers)


def _asker(found: _Found, places: dict[str, dict[str, Any]]) -> Asker:
    need = found.need
    return Asker(
        need.of[0].id, need.whose, places, frozenset(theme.id for theme in need.themes), False, found.preferred,
        (need.stated_in,) if need.kind == "request" else (),
    )  # fmt: skip


def _requested(rows: list[dict[str, Any]], on: date, themes: dict[str, str]) -> list[_Found]:
    """The needs of requests, each with whether a reply is told by then."""
    requests: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        requests[row["id"]].append(row)
    return [need for makers in requests.values() for need in _stated(makers, on, themes)]


def _replied(request: dict[str, Any], on: date) -> bool:
    """Whether a reply is told by then: the dated ones decide; without any, a word of a reply counts at any date."""
    dates = [offer["earliest"] for offer in request["offers"]]
    if dated := [day for day in dates if day is not None]:
        return bool(min(dated) <= on)
    return bool(dates or request["answered_by"] or request["answering"])


def _stated(makers: list[dict[str, Any]], on: date, themes: dict[str, str]) -> list[_Found]:
    """The needs of one request; one that states none is itself the need."""
    request = makers[0]
    whole = [{"id": request["id"], "subject": request["subject"], "themes": []}]
    note = None
    if request["date_latest"] is not None and years_after(request["date_latest"], YEARS_HELD["stated_need"]) < on:
        note = (
            f"The request is more than {YEARS_HELD['stated_need']} years old on the date; whether it still stands is "
            "for those who made it to say."
        )
    return [
        _Found(
            OpenNeed(
                id=need["id"], subject=need["subject"], kind="request", stated_in=request["id"],
                of=tuple(Named(id=one["who"], name=one["who_name"]) for one in makers), date=request["date"],
                themes=_named(need["themes"] or request["themes"], themes), lines=None, costs={}, note=note,
            ),
            tuple(maker["who"] for maker in makers if maker["joint"]),
            frozenset(one for maker in makers for one in maker["preferred"]),
            _replied(request, on),
        )
        for need in sorted(request["needs"] or whole, key=lambda one: str(one["id"]))
    ]  # fmt: skip


def _planned(rows: list[dict[str, Any]], themes: dict[str, str]) -> list[_Found]:
    """One need for each plan and theme: its lines, or the totals where the plan gives no lines."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[(row["id"], row["theme"])].append(row)
    return [_lines(those, themes) for those in groups.values()]


def _lines(rows: list[dict[str, Any]], themes: dict[str, str]) -> _Found:
    first = rows[0]
    lines = [row for row in rows if row["level"] == "line"]
    makers = {row["who"]: row for row in rows}
    own = [row for row in lines or rows if row["who"] == first["who"]]
    number = sum(row["number"] for row in own)
    what = count(number, "costed line") if lines else f"{count(number, 'total')} (the lines are not known here)"
    dates = " to ".join(one for one in (first["start"], first["end"]) if one)
    return _Found(
        OpenNeed(
            id=f"{first['id']}#{first['theme']}", subject=f"{themes[first['theme']]}, {what} of its plan", kind="plan",
            stated_in=first["id"], of=tuple(Named(id=who, name=row["who_name"]) for who, row in makers.items()),
            date=dates or None, themes=_named([first["theme"]], themes), lines=number if lines else 0,
            costs={row["currency"] or "no currency given": round(row["cost"], 2) for row in own if row["costed"]},
            note=None,
        ),
        tuple(who for who, row in makers.items() if row["joint"]),
    )  # fmt: skip


def _named(ids: Iterable[str], themes: dict[str, str]) -> tuple[Named, ...]:
    return tuple(Named(id=id_, name=themes[id_]) for id_ in sorted(set(ids)))
