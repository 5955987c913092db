"""The needs of a date, by whether a reply is told: of requests, and of States' own costed plans, by plan and theme.

The one notion of an open need: `clearing`, `opportunities`, `coverage` and `completeness` all read it here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from graph.evidence import YEARS_HELD, years_after
from graph.store import Store
from queries.answer import Named, Ref, Shape, count, joined
from queries.entry_points import OPEN_YEARS
from queries.text import cypher

CAVEAT_OPEN = (
    "A need counts as open from the date of its request on while no reply is told, one of a costed plan while the plan "
    "may run: no source says of any need that it was met, nor which lines of a plan are funded. Whether a need still "
    "stands is for the State to say."
)
NO_CURRENCY = "no currency given"
# A stated need counts in full while a statement of one is held; then less by age.
_FULL_YEARS = YEARS_HELD["stated_need"]
_UNDATED = 0.5


class Reply(Shape):
    """What is told of replies to a request by the date: by whom, and the date of the first that has one."""

    by: tuple[str, ...]
    since: str | None


class OpenNeed(Shape):
    """A need: who has it, since when, under which themes (ids), and where it is stated (a request or a plan).

    `states`: its States, of an organisation the members on the date. `preferred`: whom the request asks for. Of a
    plan's lines under one theme: how many there are (`lines`; 0 where only the total of a capacity is known) and what
    they are expected to cost, by currency. `date` is the source's text, `latest` the latest day that it can mean (of a
    plan none: it runs). `note`: what is to be known of it besides. With a `reply` it is not among the open ones.
    """

    id: str
    subject: str
    kind: Literal["request", "plan"]
    stated_in: str
    of: tuple[Named, ...]
    states: tuple[str, ...]
    date: str | None
    latest: datetime.date | None
    themes: tuple[str, ...]
    preferred: tuple[str, ...]
    lines: int | None
    costs: dict[str, float]
    note: str | None
    reply: Reply | None

    @property
    def whose(self) -> str:
        """Who has the need."""
        return joined([one.name for one in self.of])

    @property
    def who(self) -> Named:
        """Whoever has the need; several under their names by the id of the request or plan that is theirs together."""
        return self.of[0] if len(self.of) == 1 else Named(id=self.stated_in, name=self.whose)

    @property
    def said(self) -> str:
        """The need in a few words, as other rows name it."""
        return f"{self.whose}: {self.subject} ({self.id})"

    @property
    def ref(self) -> Ref:
        """The request or plan."""
        return Ref(type="Request" if self.kind == "request" else "ActionPlan", id=self.stated_in)

    @property
    def requests(self) -> tuple[str, ...]:
        """The request, as an `Asker` has it."""
        return (self.stated_in,) if self.kind == "request" else ()


@dataclass(frozen=True, slots=True)
class OpenNeeds:
    """The needs in the order of who has them: those without a reply by then, and those with one (`replied`)."""

    needs: tuple[OpenNeed, ...]
    replied: tuple[OpenNeed, ...]

    @classmethod
    def read(cls, graph: Store, on: datetime.date, seen: list[str]) -> OpenNeeds:
        """Two queries: the requests made by then, and the plans that may run."""
        asked = {"as_of": on, "visible": seen}
        found = [need for row in graph.ask(cypher("needs_open"), asked) for need in _requested(row, on)]
        spell = {"open_since": years_after(on, -OPEN_YEARS), "open_until": years_after(on, OPEN_YEARS)}
        by_theme: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in graph.ask(cypher("needs_planned"), {**asked, **spell}):
            by_theme[(row["id"], row["theme"])].append(row)
        found += [_planned(rows) for rows in by_theme.values()]
        found.sort(key=lambda one: (one.whose, one.kind != "request", one.id))
        return cls(tuple(one for one in found if not one.reply), tuple(one for one in found if one.reply))

    def only(self, holds: Callable[[OpenNeed], bool]) -> OpenNeeds:
        """Those of which something holds."""
        return OpenNeeds(tuple(filter(holds, self.needs)), tuple(filter(holds, self.replied)))

    def caveats(self) -> list[str]:
        """What is to be said with every answer that rests on these needs."""
        told = [CAVEAT_OPEN]
        if replied := {need.stated_in: need.reply for need in self.replied if need.reply}:
            told.append(
                f"To {count(len(replied), 'request')} a reply is told by then, so "
                f"{count(len(self.replied), 'need')} {'is' if len(self.replied) == 1 else 'are'} left out: "
                f"{'; '.join(f'{id_} ({_told(reply)})' for id_, reply in sorted(replied.items()))}. "
                "A reply need not have met any of them."
            )
        vague = {need.stated_in for need in self.needs if not need.themes}
        if silent := len(vague - {need.stated_in for need in self.needs if need.themes}):
            told.append(f"Of {count(silent, 'request')} it is not known here what they ask for, under any theme.")
        if any(need.kind == "plan" for need in self.needs):
            told.append("A line of a plan under several themes counts under each, so costs are never to be added.")
        return told


def _told(reply: Reply) -> str:
    return f"{', '.join(reply.by)}; {f'first dated {reply.since}' if reply.since else 'without a date'}"


def _reply(request: dict[str, Any], on: datetime.date) -> Reply | None:
    """The dated replies decide whether one is told by then; without any, a word of a reply counts at any date."""
    offers = [one for one in request["offers"] if not one["earliest"] or one["earliest"] <= on]
    dated = [(one["earliest"], one["date"]) for one in request["offers"] if one["earliest"]]
    first, since = min(dated, default=(on, None))
    by = {*request["answering"], *(name for one in offers for name in one["by"])} or set(request["answered_by"])
    return Reply(by=tuple(sorted(by)), since=since) if first <= on and (offers or by) else None


def _requested(row: dict[str, Any], on: datetime.date) -> list[OpenNeed]:
    """The needs of one request; one that states none is itself the need."""
    note = None
    if row["latest"] and years_after(row["latest"], _FULL_YEARS) < on:
        note = (
            f"The request is more than {_FULL_YEARS} years old on the date; whether it still stands is for those who "
            "made it to say."
        )
    reply = _reply(row, on)
    return [
        OpenNeed(
            id=need["id"], subject=need["subject"], kind="request", stated_in=row["id"], date=row["date"],
            latest=row["latest"], themes=tuple(sorted(set(need["themes"] or row["themes"]))), lines=None, costs={},
            preferred=tuple(sorted(set(row["preferred"]))), note=note, reply=reply, **_makers(row),
        )
        for need in row["needs"] or [{"id": row["id"], "subject": row["subject"], "themes": []}]
    ]  # fmt: skip


def _planned(rows: list[dict[str, Any]]) -> OpenNeed:
    """What a plan asks for under one theme: its lines, or its totals (which hold lines) where no line is known."""
    first = rows[0]
    lines = [row for row in rows if row["level"] != "total"]
    number = sum(row["number"] for row in lines or rows)
    what, unknown = (count(number, "costed line"), "") if lines else (count(number, "total"), " (its lines: not known)")
    return OpenNeed(
        id=f"{first['id']}#{first['theme']}", kind="plan", stated_in=first["id"],
        subject=f"{first['theme_name']}, {what} of the {first['title'][0].lower()}{first['title'][1:]}{unknown}",
        date=" to ".join(one for one in (first["start"], first["end"]) if one) or None, latest=None,
        themes=(first["theme"],), preferred=(), lines=number if lines else 0,
        costs={row["currency"] or NO_CURRENCY: round(row["cost"], 2) for row in lines or rows if row["costed"]},
        note=None, reply=None, **_makers(first),
    )  # fmt: skip


def _makers(row: dict[str, Any]) -> dict[str, Any]:
    states = {iso3 for one in row["makers"] for iso3 in one["states"]}
    return {
        "of": tuple(Named(id=one["id"], name=one["name"]) for one in row["makers"]),
        "states": tuple(sorted(states)),
    }


def recency(latest: datetime.date | None, on: datetime.date) -> float:
    """How much something said on a day still counts: in full for five years, then less by age; undated, half."""
    if latest is None:
        return _UNDATED
    years = max((on - latest).days / 365.25, 0.0)
    return round(min(1.0, _FULL_YEARS / years) if years else 1.0, 4)


def age(latest: datetime.date | None, on: datetime.date) -> str:
    """How long before the date that was, in whole years."""
    if latest is None:
        return "the source gives no date"
    years = int((on - latest).days / 365.25)
    return "less than a year before" if years < 1 else f"{years} year{'s' if years > 1 else ''} before"
