"""What an action plan's row is made of: the State's own words, what exists, what is open to it, what could be done."""

from __future__ import annotations

from typing import Any, Literal

from queries.answer import Named, Ref, Row, Shape, StateName, count, joined
from queries.state import StateReading

CourseKind = Literal["programme", "own plan", "offer", "known help", "laws", "pool", "together", "request"]
_MOST_NAMES = 4


class OwnWord(Shape):
    """What the State has said itself, or what it received: a record, or a sum of `number` like ones (`amount` in
    `currency`); `who` answered it or gave it, `detail` is what else is told."""

    kind: str
    text: str
    date: str | None
    detail: str | None
    who: tuple[str, ...]
    number: int
    amount: float | None
    currency: str | None
    records: tuple[Ref, ...]

    def line(self) -> str:
        """It in a sentence without its end."""
        many = f", {count(self.number, 'costed line')}" if self.kind == "plan" and self.detail == "line" else ""
        text = f"{count(self.number, 'activity')} {self.text}" if self.kind == "help reported" else self.text
        text = f"Law: {text}" if self.kind == "law" else text
        money = f"{self.amount:,.0f} {self.currency or '(no currency given)'}" if self.amount else ""
        who = f"{_WHO.get(self.kind, 'by')} {', '.join(self.who)}" if self.who else ""
        with_ = {"joint request": "made by", "request": "made with"}.get(self.kind)
        made = f"{with_} {self.detail}" if with_ and self.detail else ""
        told = [part for part in (self.date, made, who, money) if part]
        outcome = f": {self.detail}" if self.kind == "help received" and self.detail else ""
        brackets = f" ({'; '.join(told)})" if told else ""
        return f"{text}{many}{brackets}{outcome}"


_WHO = {"request": "answered by", "joint request": "answered by", "help received": "given by"}


class OpenCarrier(Shape):
    """A programme under way (or the State's own costed plan) that could carry the theme, and how."""

    id: str
    title: str
    start: str | None
    end: str | None
    dates_uncertain: bool
    funders: tuple[Named, ...]
    implementers: tuple[Named, ...]
    how: str
    directness: int
    ends: str
    own_plan: bool

    @property
    def ref(self) -> Ref:
        """The record."""
        return Ref(type="ActionPlan" if self.own_plan else "Programme", id=self.id)


class OpenOffer(Shape):
    """An offer whose limits take the State in: `basis` is `offer`, or `programme` where it is known from a partner's
    work alone; `regional` where it names the State or its region."""

    id: str
    subject: str
    partner: Named
    through: tuple[str, ...]
    basis: str
    date: str | None
    regional: bool

    @property
    def ref(self) -> Ref:
        """The record."""
        return Ref(type="Offer", id=self.id)


class LikeLaw(Shape):
    """A law of a State that is like this one, and why it is."""

    id: str
    title: str
    state: str
    why: str
    address: str | None


class PlanPool(Shape):
    """A pool to draw lessons together in which the State would take part: who else has experience, who has a need,
    and which organisations could bring them together."""

    id: str
    name: str
    conveners: tuple[Named, ...]
    experience: tuple[StateName, ...]
    need: tuple[StateName, ...]
    records: tuple[Ref, ...]


class Neighbours(Shape):
    """A regional organisation whose other members' fields were recorded alike: `states` of `members` others."""

    organisation: Named
    item: Named
    states: tuple[StateName, ...]
    members: int
    records: tuple[Ref, ...]

    def sentence(self) -> str:
        """It in a sentence."""
        return (
            f"{self.item.name}: for {len(self.states)} of the {self.members} other members of "
            f"{self.organisation.name} a source recorded incomplete or no entry too."
        )


class Course(Shape):
    """A possible course of action: what could be done, why, until when by the data if they tell, and which draft
    serves it."""

    letter: str
    kind: CourseKind
    what: str
    why: str
    until: str | None
    draft: str | None
    records: tuple[Ref, ...]

    def line(self) -> str:
        """The course in a line."""
        draft = f"`footprint draft {self.draft}` makes a draft to change." if self.draft else None
        return f"{self.letter}: {' '.join(part for part in (self.what, self.why, self.until, draft) if part)}"


class Step(Shape):
    """A known date and what it means for the plan."""

    when: str
    what: str
    records: tuple[Ref, ...]


class PlanTheme(Row):
    """A theme of the plan: its place among the State's own priorities (from 1; none: not named), how it is known to
    read, what the State itself said and has, what is open to it, and possible courses of action, light ones first.
    `opportunity` marks a theme on which no source speaks of something to be done: what is open there is told, and it
    is no gap."""

    id: str
    name: str
    priority: int | None
    opportunity: bool
    readings: tuple[StateReading, ...]
    stated: tuple[OwnWord, ...]
    exists: tuple[OwnWord, ...]
    laws: tuple[OwnWord, ...]
    carriers: tuple[OpenCarrier, ...]
    offers: tuple[OpenOffer, ...]
    like_laws: tuple[LikeLaw, ...]
    pool: PlanPool | None
    together: tuple[Neighbours, ...]
    courses: tuple[Course, ...]
    timeline: tuple[Step, ...]
    evaluation: tuple[str, ...]

    def cells(self) -> dict[str, str]:
        """The theme, what is known, and what is open to the State."""
        place = f"\nthe State's priority {self.priority}" if self.priority else ""
        place += "\nan opportunity" if self.opportunity else ""
        known = [f"{one.name}: {one.reading}" for one in self.readings if one.reading != "unknown"]
        silent = [one for one in self.readings if one.reading == "unknown"]
        known += [f"{one.name}: unknown (last seen: {one.last_seen})" for one in silent if one.last_seen]
        if unknown := [one.name for one in silent if not one.last_seen]:
            known.append(f"unknown: {', '.join(unknown)}")
        offered = sum(one.basis == "offer" for one in self.offers)
        numbers = (
            (len(self.stated), "statement of its own", "statements of its own"),
            (len(self.carriers), "programme or plan under way", "programmes or plans under way"),
            (offered, "offer", "offers"),
            (len(self.offers) - offered, "known from a partner's work", "known from partners' work"),
            (len(self.like_laws), "law of a like State", "laws of like States"),
        )
        open_ = [f"{number} {one if number == 1 else many}" for number, one, many in numbers if number]
        return {
            "Theme": f"{self.name}\n{self.id}{place}",
            "What is known": "\n".join(known),
            "Open to it": "\n".join(open_) or "nothing known",
        }

    def why(self, most: int = 3) -> list[str]:
        """What the State said itself, every course of action, the known dates, and how one would see progress."""
        stated = [f"The State's own word: {one.line()}." for one in self.stated]
        courses = [f"Course {one.line()}" for one in self.courses]
        dates = [f"Date: {one.when}: {one.what}" for one in self.timeline]
        seen = [f"To be seen later: {one}" for one in self.evaluation]
        return [*stated, *courses, *dates, *seen]

    def records(self) -> list[Ref]:
        """All records that the row rests on."""
        found = [Ref(type="Statement", id=st.id) for one in self.readings for st in one.statements]
        found += [ref for one in (*self.stated, *self.exists, *self.laws) for ref in one.records]
        found += [one.ref for one in self.carriers] + [one.ref for one in self.offers]
        found += [Ref(type="Legislation", id=one.id) for one in self.like_laws]
        found += self.pool.records if self.pool else ()
        return found + [ref for near in self.together for ref in near.records]


def _detail(level: str | list[str] | None) -> str | None:
    """The level as told; of a request by whom, or with whom, it was made."""
    return (joined(level) if level else None) if isinstance(level, list) else level


def own_words(rows: list[dict[str, Any]]) -> list[OwnWord]:
    """Rows of `action_plan.cypher` on one theme; of a plan its total where it has one, else the sum of its lines."""
    totals = {(row["id"], row["text"]) for row in rows if row["level"] == "total"}
    told = []
    for row in sorted(
        rows, key=lambda row: (str(row["kind"]), str(row["date"] or ""), str(row["id"]), str(row["text"]))
    ):
        if row["kind"] == "plan" and row["level"] == "line" and (row["id"], row["text"]) in totals:
            continue
        told.append(
            OwnWord(
                **{key: row[key] for key in ("kind", "text", "date", "number")},
                detail=_detail(row["level"]),
                who=tuple(sorted(row["who"]))[:_MOST_NAMES],
                amount=row["amount"] or None,
                currency=row["currency"] if row["amount"] else None,
                records=(
                    Ref(type=row["type"], id=row["id"]),
                    *(Ref(type="Source", id=source) for source in sorted(row["sources"])),
                ),
            )
        )
    return told
