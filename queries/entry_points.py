"""Which programmes that are under way in a State could carry a 1540 component."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, count, score
from queries.assemble import assemble, today
from queries.names import Names
from queries.parameters import (
    AsOf,
    AState,
    Committee,
    Limit,
    Theme,
    Weights,
    WeightSet,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.readings import readings_of
from queries.reality import Reality
from queries.text import cypher
from queries.themes import all_themes, themes_of

# 95 % of the 845 programmes in Sierra Leone whose start and end the source gives lasted no longer than this.
OPEN_YEARS = 7
# A code says how money was booked, a title what the work is. Of the programmes read and labelled, those whose title
# names the field were real entry points far more often than those known by a code alone (`docs/evaluation.md`).
_CODE_ALONE = 0.5
# Time left counts in full from two years on: enough to agree on a component and carry it out.
_FULL_DAYS = 730
# Size counts in full up to one million and not at all from a hundred million on, in the programme's currency.
_SMALL, _LARGE = 1e6, 1e8
_END_KINDS = {"actual": "", "planned": " as planned", None: " (the source does not say whether planned or actual)"}
_DIRECT = {3: "is the same work", 2: "reaches the same people or institutions", 1: "could take it up with some effort"}


@dataclass(frozen=True, slots=True)
class EntryPointWeights(WeightSet):
    """What each feature of an entry point weighs."""

    directness: float = 4.0
    time_left: float = 2.0
    known_partner: float = 2.0
    need: float = 1.0
    small: float = 1.0
    reality: float = 1.0


class OpenTheme(Shape):
    """A theme that the programme could carry: how, and how directly (3 the same work … 1 with effort)."""

    id: str
    name: str
    how: str
    directness: int


class CarrierProgramme(Shape):
    """A programme: dates as the source writes them, `dates_uncertain` where it may but need not run."""

    id: str
    title: str
    start: str | None
    end: str | None
    dates_uncertain: bool
    funders: tuple[Named, ...]
    implementers: tuple[Named, ...]
    amount: float | None
    currency: str | None


class EntryPoint(Row):
    """A programme and the themes that it could carry, the most direct first."""

    programme: CarrierProgramme
    themes: tuple[OpenTheme, ...]

    def cells(self) -> dict[str, str]:
        """Programme, when it runs and who stands behind it, what it could carry."""
        p = self.programme
        uncertain = "\ndates uncertain" if p.dates_uncertain else ""
        funders = ", ".join(one.name for one in p.funders) or "funder not stated"
        through = f"\nby {', '.join(one.name for one in p.implementers)}" if p.implementers else ""
        amount = f"\n{p.currency or ''} {p.amount:,.0f}".replace("\n ", "\n") if p.amount else ""
        more = f"\nand {len(self.themes) - 3} more" if len(self.themes) > 3 else ""
        return {
            "Programme": f"{p.title}\n{p.id}",
            "Runs": f"{p.start or '?'}\n{p.end or 'no end stated'}{uncertain}",
            "Funded by": f"{funders}{through}{amount}",
            "Could carry": "\n".join(theme.name for theme in self.themes[:3]) + more,
        }


def entry_points(
    graph: Store,
    state: AState,
    theme: Theme = None,
    *,
    as_of: AsOf = None,
    limit: Limit = 20,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[EntryPoint]:
    """Find programmes under way that could carry a 1540 component.

    Programmes in the State that may run on the date and whose sector or title opens one of the themes, and the
    State's own costed plans (the amount is then what the plan is expected to cost), ranked by
    how direct the link is, how much time is left, whether a partner known for 1540 help funds or implements it,
    whether the State is known to need help there, small size, and the State's own reality (ports, borders,
    reactors, minerals). Raises `ParameterError` for a name that is not known or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(EntryPointWeights(), weights)
    names = Names(graph, seen)
    meant = names.state(state)
    item = names.item(theme) if theme is not None else None
    themes = themes_of(graph, item) if item else all_themes(graph)
    known = {"states": [meant.id], "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    rows = entry_points_of(graph, meant.id, themes, readings_of(graph, known), on, seen, weight)
    return assemble(
        graph,
        "entry_points",
        said(
            state=meant.id,
            theme=item.id if item else None,
            as_of=on.isoformat(),
            limit=limit,
            weights=dict(weights or {}),
        ),
        on,
        rows,
        limit,
        _caveats(rows[:limit]),
        seen=seen,
    )


def entry_points_of(
    graph: Store, state: str, themes: list[str], readings: Iterable[dict[str, Any]], on: date, seen: list[str],
    weight: EntryPointWeights,
) -> list[EntryPoint]:  # fmt: skip
    """All entry points of a State under the themes, the best first; `readings` are the State's own (`item`, `reading`
    and `statements`, each with `id` and `text`)."""
    parameters = {
        "state": state,
        "themes": themes,
        "as_of": on,
        "open_since": years_after(on, -OPEN_YEARS),
        "open_until": years_after(on, OPEN_YEARS),
        "visible": seen,
    }
    found = graph.ask(cypher("entry_points"), parameters)
    ids = sorted({one for row in found for one in (*row["funders"], *row["implementers"])})
    asked = {"ids": ids, "as_of": on, "recorded": today(), "year_before": years_after(on, -1), "visible": seen}
    # An agency of two organisations is shown with the first of them.
    helpers = {row["id"]: row for row in reversed(graph.ask(cypher("helpers"), asked))}
    needs = {row["item"]: row for row in readings if row["reading"] in NEGATIVE}
    reality = Reality.of(graph, state, on)
    rows = [_entry_point(row, on, helpers, needs, reality, weight) for row in found]
    return sorted(rows, key=lambda one: (-(one.score or 0), one.programme.id))


def _entry_point(
    row: dict[str, Any], on: date, helpers: dict[str, Any], needs: dict[str, Any], reality: Reality,
    weight: EntryPointWeights,
) -> EntryPoint:  # fmt: skip
    best: dict[str, dict[str, Any]] = {}
    for one in sorted(row["opens"], key=lambda one: (-one["directness"], one["by"], one["through"], one["how"])):
        best.setdefault(one["theme"], one)
    told = {one["theme"] for one in row["opens"] if one["by"] != "sector"}
    direct = {theme: one["directness"] - (0 if theme in told else _CODE_ALONE) for theme, one in best.items()}
    opens = sorted(best.values(), key=lambda one: (-direct[one["theme"]], one["theme"] not in needs, one["theme"]))
    programme = Ref(type=row["type"], id=row["id"])
    features = [
        _directness(opens[0], direct[opens[0]["theme"]], programme, weight),
        _time_left(row, on, programme, weight),
        _known_partner(row, helpers, weight),
        _need(opens, needs, weight),
    ]
    if row["amount"] is not None and row["amount"] > 0:
        features.append(_small(row, programme, weight))
    if fact := reality.sentence([one["theme"] for one in opens]):
        state = Ref(type="State", id=reality.state)
        features.append(Feature(name="reality", value=1, weight=weight.reality, sentence=fact, records=(state,)))
    return EntryPoint(
        score=score(tuple(features)),
        features=tuple(features),
        programme=CarrierProgramme(
            **{key: row[key] for key in ("id", "title", "start", "end", "amount", "currency")},
            dates_uncertain=_uncertain(row, on),
            funders=_named(row["funders"], helpers),
            implementers=_named(row["implementers"], helpers),
        ),
        themes=tuple(
            OpenTheme(id=one["theme"], name=one["name"], how=one["how"], directness=one["directness"]) for one in opens
        ),
    )


def _named(ids: list[str], helpers: dict[str, Any]) -> tuple[Named, ...]:
    return tuple(Named(id=one, name=helpers[one]["name"]) for one in sorted(set(ids)))


def _uncertain(row: dict[str, Any], on: date) -> bool:
    """Whether the programme may, but need not, run on that day."""
    began, ended = row["start_latest"], row["end_earliest"]
    return began is None or ended is None or began > on or ended < on


def _directness(one: dict[str, Any], direct: float, programme: Ref, weight: EntryPointWeights) -> Feature:
    link = {"sector": f"the sector {one['through']}", "title": "the title", "plan": "the costed lines"}[one["by"]]
    return Feature(
        name="directness",
        value=round(direct / 3, 4),
        weight=weight.directness,
        sentence=f"By {link}, it {_DIRECT[one['directness']]} ({one['name']}): {one['how']}",
        records=(programme,),
    )


def _time_left(row: dict[str, Any], on: date, programme: Ref, weight: EntryPointWeights) -> Feature:
    if row["end_latest"] is None:
        value, sentence = 0.25, "The source gives no end, so how much time is left is not known."
    else:
        days = (row["end_latest"] - on) / timedelta(days=1)
        value, months = min(days / _FULL_DAYS, 1.0), round(days / 30.44)
        left = f"about {count(months, 'month')}" if months else "less than a month"
        sentence = f"It ends {row['end']}{_END_KINDS[row['end_kind']]}, which leaves {left}."
    return Feature(
        name="time_left", value=round(value, 4), weight=weight.time_left, sentence=sentence, records=(programme,)
    )


def _known_for(helper: dict[str, Any]) -> tuple[int, int, int, str]:
    """What orders partners that stand behind one programme: the one with most precedents first."""
    return -len(helper["precedents"]), -len(helper["offers"]), -len(helper["reported"]), str(helper["id"])


def _known_partner(row: dict[str, Any], helpers: dict[str, Any], weight: EntryPointWeights) -> Feature:
    for role, ids in (("funds", row["funders"]), ("implements", row["implementers"])):
        ranked = sorted(set(ids), key=lambda one: _known_for(helpers[one]))
        for one in ranked:
            who = helpers[one]
            records = [Ref(type="Precedent", id=id_) for id_ in sorted(who["precedents"])]
            records += [Ref(type="Offer", id=id_) for id_ in sorted(who["offers"])]
            records += [Ref(type="Activity", id=id_) for id_ in sorted(who["reported"])]
            if records:
                above = f" ({who['partner_name']})" if who["partner"] != one else ""
                numbers = (
                    (who["precedents"], "precedent"), (who["offers"], "offer"), (who["reported"], "reported activity"),
                )  # fmt: skip
                done = " and ".join(count(len(those), noun) for those, noun in numbers if those)
                return Feature(
                    name="known_partner",
                    value=1,
                    weight=weight.known_partner,
                    sentence=f"{who['name']}{above} {role} it and is known for 1540 help by then: {done}.",
                    records=tuple(records),
                )
    sentence = "No funder or implementer is known here for 1540 help by then."
    return Feature(name="known_partner", value=0, weight=weight.known_partner, sentence=sentence)


def _need(opens: list[dict[str, Any]], needs: dict[str, Any], weight: EntryPointWeights) -> Feature:
    for one in opens:
        if need := needs.get(one["theme"]):
            statements = need["statements"]
            return Feature(
                name="need",
                value=1,
                weight=weight.need,
                sentence=f"A source asks for more on {one['name'].lower()}: {statements[0]['text']}.",
                records=tuple(Ref(type="Statement", id=st["id"]) for st in statements),
            )
    sentence = "No source held on that date speaks of a need under these themes (which is not to say there is none)."
    return Feature(name="need", value=0, weight=weight.need, sentence=sentence)


def _small(row: dict[str, Any], programme: Ref, weight: EntryPointWeights) -> Feature:
    size = math.log(max(row["amount"], _SMALL) / _SMALL) / math.log(_LARGE / _SMALL)
    sentence = f"Its size is {row['amount']:,.0f} {row['currency'] or '(no currency given)'}."
    return Feature(
        name="small", value=round(max(0.0, 1 - size), 4), weight=weight.small, sentence=sentence, records=(programme,)
    )


def _caveats(rows: list[EntryPoint]) -> list[str]:
    caveats = [
        "A sector code or a word in a title opens a door; whether the programme can take a 1540 component is for its "
        "partners to say.",
    ]
    if any(row.programme.dates_uncertain for row in rows):
        caveats.append(
            "Dates marked uncertain may or may not include the day asked about; a programme without an end in its "
            f"source is listed for {OPEN_YEARS} years after its start."
        )
    return caveats
