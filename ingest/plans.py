"""States' own plans: for resolution 1540, and costed ones for health security with their lines as needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from graph.records import Link, Record
from graph.schema import Value
from ingest.catalogue import from_links
from ingest.dates import Period, dated
from ingest.rejects import Rejects
from ingest.rows import Code3, FactRow, Listed, Number, Rows, Vague, Visibility, read
from ingest.statements import Said
from ingest.world import World


class PlanRow(FactRow):
    """A plan."""

    id: str
    state: Code3
    kind: str
    title: str
    submitted: Vague | None = None
    start: Vague | None = None
    end: Vague | None = None
    status: str | None = None
    cost: Number | None = None
    currency: str | None = None
    price_year: int | None = None
    visibility: Visibility = "public"
    source: Listed
    line: Listed = ()
    note: str | None = None


class PlanNeedRow(FactRow):
    """A line of a costed plan, or its total for one capacity."""

    id: str
    plan: str
    subject: str
    themes: Listed = ()
    capacity: str
    requirement: str | None = None
    cost: Number | None = None
    currency: str | None = None
    price_year: int | None = None
    cost_usd_2024: Number | None = None
    year: Vague | None = None
    level: Literal["line", "total"]
    source: Listed
    line: str | None = None
    note: str | None = None


def action_plans(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """Voluntary national action plans for resolution 1540."""
    world = World.of(folder, rejects)
    for line, row in read(folder / "action_plans.csv", PlanRow, rejects):
        yield plan_record(line, row, world)


def health_plans(folder: Path, rejects: Rejects) -> Iterator[Record]:
    """National action plans for health security; what they cost is a need that the State itself states."""
    world = World.of(folder, rejects)
    plans = {}
    for line, row in read(folder / "health_plans.csv", PlanRow, rejects):
        plans[row.id] = row
        yield plan_record(line, row, world)
    yield from plan_need_records(read(folder / "plan_needs.csv", PlanNeedRow, rejects), plans, world)


def plan_need_records(rows: Rows[PlanNeedRow], plans: Mapping[str, PlanRow], world: World) -> Iterator[Record]:
    """The lines and totals of costed plans, and what they say of their State's fields."""
    needs = list(rows)
    for line, need in needs:
        yield plan_need_record(line, need, plans[need.plan])
    yield from plan_statements(needs, plans, world)


def plan_statements(rows: Rows[PlanNeedRow], plans: Mapping[str, PlanRow], world: World) -> Iterator[Record]:
    """What the lines and totals of plans say together of their States' fields, a statement a plan and capacity."""
    asked: dict[tuple[str, str], list[tuple[str, PlanNeedRow]]] = defaultdict(list)
    for line, need in rows:
        asked[(need.plan, need.capacity)].append((line, need))
    for (plan, _), needs in asked.items():
        yield from _statement(plans[plan], needs, world)


def plan_record(line: str, row: PlanRow, world: World) -> Record:
    """A plan of a State."""
    properties: dict[str, Value] = {
        **row.model_dump(include={"kind", "title", "status", "cost", "currency", "price_year", "note"}),
        "visibility": row.visibility,
        **dated(row.submitted),
        **dated(row.start, "start"),
        **dated(row.end, "end"),
    }
    links = (Link("MADE_BY", world.parties[row.state], row.state), *from_links(row.source, row.line))
    return Record("ActionPlan", row.id, properties, links, line=line)


def plan_need_record(line: str, row: PlanNeedRow, plan: PlanRow) -> Record:
    """A line of a plan, or its total for one capacity."""
    said = {
        "subject", "capacity", "requirement", "cost", "currency", "price_year", "cost_usd_2024", "level",
    }  # fmt: skip
    links = (
        Link("STATES_NEED", "ActionPlan", row.plan),
        *(Link("CONCERNS", "Theme", theme) for theme in dict.fromkeys(row.themes)),
        *from_links(row.source, row.line),
    )
    return Record(
        "Need",
        row.id,
        {**row.model_dump(include=said), **dated(row.year), "visibility": plan.visibility},
        links,
        line=line,
    )


def _statement(plan: PlanRow, needs: list[tuple[str, PlanNeedRow]], world: World) -> Iterator[Record]:
    """One statement a plan and capacity, however many lines: that the State itself has costed it."""
    line, first = next(((line, need) for line, need in needs if need.level == "total"), needs[0])
    observed = _observed(plan, first)
    if not first.themes or observed is None:
        return
    lines = sum(need.level == "line" for _, need in needs)
    told = [f"{lines:,} {'line' if lines == 1 else 'lines'}"] if lines else []
    if first.level == "total" and first.cost is not None:
        told.append(f"{first.cost:,.0f} {first.currency or ''}".strip())
    text = f"own costed plan: {', '.join(told) or 'named'} for {first.capacity} ({observed.text})"
    yield from Said(
        plan.state, world.parties[plan.state], tuple(("Theme", theme) for theme in first.themes),
        world.readings.read("stated_need", "stated need", "line"), f"plan: {first.capacity}", plan.id, text, observed,
        first.source, first.line, line, visibility=plan.visibility,
    ).records()  # fmt: skip


def _observed(plan: PlanRow, need: PlanNeedRow) -> Period | None:
    """When the plan spoke: the day on which it was completed, else its start, else the year of its prices."""
    if period := plan.submitted or plan.start:
        return period
    year = need.price_year or plan.price_year
    return None if year is None else Period.of_year(year)
