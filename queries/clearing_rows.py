"""The rows of a clearing plan: for each need the partner, the next best and why not, and what would change it."""

from __future__ import annotations

from collections import defaultdict

from queries.answer import Named, Row, Shape, count
from queries.candidates import Partner
from queries.flow import FULL, Flow, Plan
from queries.needs_open import OpenNeed, OpenNeeds

# So many partners are looked at for what one place more, or one exclusion less, would change.
_MOST_CHANGES = 3
_MOST_SERVED = 2


class Matched(Shape):
    """A partner for a need: its score as in `partners`, the agencies through which, and where to write."""

    id: str
    name: str
    kind: str
    score: float
    through: tuple[Named, ...]
    contact: str | None


class RunnerUp(Shape):
    """The best of the other partners, with its score and why the need did not go to it."""

    id: str
    name: str
    score: float
    why: str


class Clearing(Row):
    """A need and the partner that the plan gives it, with the features of that partner; or why none, and what would
    change that. The score stands with the partner: needs have none. `excluded`: partners that bear on it and that
    the user excluded."""

    need: OpenNeed
    themes: tuple[Named, ...]
    partner: Matched | None
    runner_up: RunnerUp | None
    unmet: str | None
    changes: tuple[str, ...]
    excluded: tuple[Named, ...]

    def cells(self) -> dict[str, str]:
        """The need, whose it is, the partner and the runner-up."""
        need, partner, next_ = self.need, self.partner, self.runner_up
        costs = "".join(f"\n{amount:,.0f} {currency}" for currency, amount in need.costs.items())
        agencies = ", ".join(one.name for one in partner.through[:2]) if partner else ""
        through = f"\nthrough {agencies}{' and others' if partner and len(partner.through) > 2 else ''}"
        taken = f"{partner.name} ({partner.score:.2f}){through if agencies else ''}" if partner else "no partner"
        return {
            "Need": f"{need.subject}\n{need.id}{costs}",
            "Of": f"{need.whose}\n{need.date or 'no date'}",
            "Partner": taken,
            "Next": f"{next_.name} ({next_.score:.2f})" if next_ else "no other",
        }

    def why(self, most: int = 3) -> list[str]:
        """What speaks for the partner and why not the next; or why nobody, and what would change that."""
        told = super().why(most - 1) if self.partner else [self.unmet or ""]
        if self.runner_up:
            told.append(f"Not {self.runner_up.name}: {self.runner_up.why}")
        if self.partner and self.excluded:
            told.append(f"Excluded by you: {', '.join(one.name for one in self.excluded)}.")
        return [*told, *self.changes, *([self.need.note] if self.need.note else [])]


class Board:
    """All needs and partners with the plan that is best for them together."""

    def __init__(
        self,
        needs: OpenNeeds,
        candidates: dict[str, list[Partner]],
        themes: dict[str, str],
        own: dict[str, int],
        each: int,
        barred: list[tuple[str, str]],
        at_least: float,
    ) -> None:
        """`candidates` by need, best first, of which those that score `at_least` that count; the names of all
        `themes`; `own` capacities of partners, `each` of all others; `barred` pairs of a partner and a need, request,
        plan, State or organisation (empty: all)."""
        self._needs = {need.id: need for need in needs.needs}
        self._themes = themes
        self._least = at_least
        candidates = {id_: [one for one in those if (one.score or 0) >= at_least] for id_, those in candidates.items()}
        self._candidates = candidates
        known = {one.partner.id for those in candidates.values() for one in those}
        self._idle = sorted(({*own} | {partner for partner, _ in barred}) - known)
        self._places = {id_: own.get(id_, each) for id_ in known}
        self._barred = {
            (need.id, partner)
            for partner, what in barred
            for need in needs.needs
            if what in ("", need.id, need.stated_in, *(one.id for one in need.of))
        }
        worth = {id_: {one.partner.id: _worth(one) for one in those} for id_, those in candidates.items()}
        self._flow = Flow(worth, self._places, self._barred)
        self.plan = self._flow.plan()
        self._more: dict[str, Plan] = {}
        self._served: dict[str, list[str]] = defaultdict(list)
        for need_id in self._needs:
            if need_id in self.plan.partner:
                self._served[self.plan.partner[need_id]].append(need_id)

    def without_effect(self) -> list[str]:
        """The partners named by the user that bear on none of the needs."""
        return self._idle

    def row(self, need: OpenNeed) -> Clearing:
        """The row of a need."""
        those = self._candidates[need.id]
        open_ = [one for one in those if (need.id, one.partner.id) not in self._barred]
        barred = [one for one in those if (need.id, one.partner.id) in self._barred]
        chosen = next((one for one in open_ if one.partner.id == self.plan.partner.get(need.id)), None)
        next_ = next((one for one in open_ if one is not chosen), None)
        unmet = None if chosen else self._unmet(need, open_, barred)
        return Clearing(
            score=None,
            features=chosen.features if chosen else (),
            need=need,
            themes=tuple(Named(id=theme, name=self._themes[theme]) for theme in need.themes),
            partner=_matched(chosen) if chosen else None,
            runner_up=self._runner_up(next_, chosen) if next_ else None,
            unmet=unmet,
            changes=() if chosen else tuple(self._changes(need, open_, barred)),
            excluded=tuple(Named(id=one.partner.id, name=one.partner.name) for one in barred),
        )

    def _runner_up(self, other: Partner, chosen: Partner | None) -> RunnerUp:
        id_, places = other.partner.id, self._places[other.partner.id]
        served = self._served[id_]
        full = len(served) >= places
        taken = f"its {count(places, 'place')} {'goes' if places == 1 else 'go'} to {self._said(served)}"
        if not places:
            why = "by its capacity of 0 it takes nothing."
        elif not chosen:
            why = f"{taken}."
        elif _worth(other) < _worth(chosen):
            why = f"it scores lower here, and {taken}." if full else "it scores lower here."
        elif full:
            alike = "the same" if _worth(other) == _worth(chosen) else "higher"
            better = "at least as good" if alike == "the same" else "better"
            why = f"it would score {alike} here, but {taken}; all in all the plan is {better} that way."
        else:
            why = "it scores the same here; among equally good plans the first by ids is taken."
        return RunnerUp(id=id_, name=other.partner.name, score=other.score or 0.0, why=why)

    def _said(self, needs: list[str]) -> str:
        more = f" and {count(len(needs) - _MOST_SERVED, 'other need')}" if len(needs) > _MOST_SERVED else ""
        return ", ".join(self._needs[id_].said for id_ in needs[:_MOST_SERVED]) + more

    def _unmet(self, need: OpenNeed, open_: list[Partner], barred: list[Partner]) -> str:
        if not need.themes:
            return "What is asked for is not known here by any theme, so no partner can be matched."
        least = f" (with a score of {self._least:g} or more)" if self._least else ""
        if open_:
            one = len(open_) == 1
            which = "The only partner" if one else f"None of the {len(open_)} partners"
            return f"{which} of which something known bears on it{least} has {'no' if one else 'a'} place left for it."
        if barred:
            return f"Every partner of which something known bears on it{least} is excluded."
        return f"Nothing that is known of any partner bears on it{least}."

    def _changes(self, need: OpenNeed, open_: list[Partner], barred: list[Partner]) -> list[str]:
        """What would let this need be met: one more place, an exclusion less, an offer, or a clearer request."""
        themes = " or ".join(self._themes[theme].lower() for theme in need.themes)
        if not themes:
            return ["A statement of what is needed would let partners be matched."]
        if not open_ and not barred:
            return [f"An offer of help with {themes} that is open to {need.whose} would change that."]
        told = []
        for one in open_[:_MOST_CHANGES]:
            id_ = one.partner.id
            if id_ not in self._more:
                self._more[id_] = self._flow.plan(more=id_)
            told.append(self._with_more(need, one, self._more[id_]))
        for one in barred[:_MOST_CHANGES]:
            if need.id in self._flow.plan(allowing=(need.id, one.partner.id)).partner:
                told.append(f"Without its exclusion, {one.partner.name} ({one.score:.2f}) would take it.")
        return told

    def _with_more(self, need: OpenNeed, one: Partner, plan: Plan) -> str:
        place = f"One more place at {one.partner.name}"
        taker = plan.partner.get(need.id)
        if taker == one.partner.id:
            return f"{place} would serve it (score {one.score:.2f})."
        if taker:
            other = next(those for those in self._candidates[need.id] if those.partner.id == taker)
            return f"{place} would let {other.partner.name} serve it (score {other.score:.2f}), as another need moves."
        gained = [self._needs[id_].said for id_ in plan.partner if id_ not in self.plan.partner]
        return f"{place} ({one.score:.2f}) would first serve {gained[0]}." if gained else f"{place} would not suffice."


def _worth(partner: Partner) -> int:
    return round((partner.score or 0.0) * FULL)


def _matched(one: Partner) -> Matched:
    return Matched(
        id=one.partner.id, name=one.partner.name, kind=one.partner.kind, score=one.score or 0.0, through=one.through,
        contact=one.contact,
    )  # fmt: skip
