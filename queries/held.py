"""The records held about a State besides statements: each as an entry under a heading, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from queries.answer import Ref, Shape, count, joined
from queries.reality import Reality

HEADINGS = {
    "reality": "The State's own reality",
    "requests": "Requests and needs",
    "plans": "Action plans",
    "offers-made": "Offers made by it",
    "offers-open": "Offers open to it",
    "offers-known": "Help that partners are known to give, and that may be open to it",
    "programmes": "Programmes that may run on the date",
    "received": "Help received",
    "given": "Help given",
    "activities": "Visits, evaluations, workshops and reports",
    "memberships": "Memberships",
    "contacts": "Points of contact",
}
_MOST_NAMES = 4


class Entry(Shape):
    """A record, or a sum of like ones: `kind`, what it is, when, who else, money, and the records behind it."""

    kind: str
    id: str
    title: str
    date: str | None
    detail: str | None
    status: str | None
    role: str | None
    who: tuple[str, ...]
    number: int
    amount: float | None
    currency: str | None
    records: tuple[Ref, ...]

    def noun(self) -> str:
        """What kind of record it is, in the singular."""
        if self.kind.startswith("offer") and self.role == "programme":
            return "partner programme"
        return _NOUNS.get(self.kind, self.kind)

    def line(self) -> str:
        """The entry in a line."""
        what = f"{_LABELS.get(self.kind, '')}{self.title}"
        if self.kind == "planned need":
            what += f", {count(self.number, 'costed line')}" if self.role == "line" else ", the plan's total"
        elif self.number > 1:
            what += f", {self.number:,} of them"
        told = (self.date, self.status, _people(self.kind, self.who), _money(self.amount, self.currency))
        more = f": {self.detail}" if self.detail else ""
        return f"{what}{_brackets([part for part in told if part])}{more}"


_LABELS = {"law": "Law: ", "need": "Need: ", "reported help": "As reported: "}
_NOUNS = {
    "activity": "event", "offer made": "offer", "offer open": "offer", "planned need": "costed capacity",
    "reported help": "reported theme", "contact": "point of contact",
}  # fmt: skip
_WITH = {
    "offer made": "through", "offer open": "from", "programme": "funded by", "request": "answered by",
    "activity": "with", "precedent": "with",
}  # fmt: skip
# What a request, a need and a point of contact say besides, in this order, and the words before it.
_DETAILS = {
    "kind_of_help": "kind of help: ", "weapons": "weapons: ", "time_frame": "time-frame: ", "beneficiary": "for: ",
    "existing": "exists already: ", "contact": "contact: ", "parallel": "also asked for elsewhere: ",
    "person": "", "email": "", "telephone": "", "address": "", "note": "",
}  # fmt: skip
_TYPES = {
    "law": "Legislation", "plan": "ActionPlan", "planned need": "ActionPlan", "request": "Request", "need": "Need",
    "offer made": "Offer", "offer open": "Offer", "precedent": "Precedent", "programme": "Programme",
    "activity": "Activity", "reported help": "Theme", "membership": "Organisation",
    "contact": "PointOfContact",
}  # fmt: skip


def entries(rows: Iterable[dict[str, Any]], reality: Reality) -> Iterator[tuple[str, Entry]]:
    """The entries with their headings: a section of the matrix for laws, else one of `HEADINGS`."""
    for fact, record in reality.facts():
        yield "reality", _fact(fact, record)
    for row in sorted(rows, key=_order):
        yield _heading(row), _entry(row)


def _order(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return str(row["kind"]), str(row["role"]), str(row["date"] or ""), str(row["id"])


def _heading(row: dict[str, Any]) -> str:
    kind, role = row["kind"], row["role"]
    if kind == "law":
        return str(role)
    if kind in ("precedent", "reported help"):
        return "given" if role in ("given", "PROVIDED_BY") else "received"
    if kind == "offer open":
        return "offers-open" if role == "offer" else "offers-known"
    return {
        "request": "requests", "need": "requests", "planned need": "plans", "plan": "plans",
        "offer made": "offers-made", "programme": "programmes", "activity": "activities",
        "membership": "memberships", "contact": "contacts",
    }[kind]  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        **{name: row[name] for name in ("kind", "id", "title", "date", "number")},
        **_told(row),
        who=tuple(sorted(row["who"])),
        amount=row["amount"] or None,
        currency=row["currency"] if row["amount"] else None,
        # A membership and a sum have sources that the organisation or theme itself does not have.
        records=(
            Ref(type=_TYPES[row["kind"]], id=row["id"]),
            *(Ref(type="Source", id=source) for source in sorted(filter(None, row["sources"]))),
        ),
    )


def _told(row: dict[str, Any]) -> dict[str, str | None]:
    """What else is told of a record, and in what role; of a request by whom, or with whom, it was made."""
    detail, status, role = row["detail"], row["status"], row["role"]
    if isinstance(detail, dict):
        parts = [f"{words}{_words(detail[name])}" for name, words in _DETAILS.items() if detail.get(name)]
        detail = "; ".join(parts) or None
    if row["kind"] == "request":
        others = joined(status) if status else None
        status = f"made {'with' if role == 'own' else 'by'} {others}" if others else None
        role = others if role == "joint" else role
    return {"detail": detail, "status": status, "role": role}


def _words(value: str | list[str]) -> str:
    return value if isinstance(value, str) else joined(value)


def _fact(sentence: str, record: Ref) -> Entry:
    return Entry(
        kind="fact", id=record.id, title=sentence, date=None, detail=None, status=None, role=None, who=(), number=1,
        amount=None, currency=None, records=(record,),
    )  # fmt: skip


def _people(kind: str, who: tuple[str, ...]) -> str:
    more = f" and {count(len(who) - _MOST_NAMES, 'other')}" if len(who) > _MOST_NAMES else ""
    return f"{_WITH.get(kind, 'by')} {', '.join(who[:_MOST_NAMES])}{more}" if who else ""


def _money(amount: float | None, currency: str | None) -> str:
    return f"{amount:,.0f} {currency or '(no currency given)'}" if amount else ""


def _brackets(parts: list[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""
