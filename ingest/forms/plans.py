"""The forms for action plans and for the lines of costed plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from graph.records import Record
from ingest.desk import Desk
from ingest.forms.fields import Form, State, Themes, cited
from ingest.kinds import Kind
from ingest.partners import slug
from ingest.plans import PlanNeedRow, PlanRow, plan_need_record, plan_record, plan_statements
from ingest.rejects import FieldError
from ingest.rows import Number, Vague


class ActionPlanForm(Form):
    """A State's own plan, for resolution 1540 or another."""

    state: State = Field(title="State", description="Whose plan it is, by name or ISO code.", examples=["Kenya"])
    title: str = Field(title="Title", description="Its title.", examples=["National action plan (illustrative)"])
    kind: str = Field(
        "voluntary national action plan", title="Kind", description="What plan it is.",
        examples=["national action plan for health security"],
    )  # fmt: skip
    submitted: Vague | None = Field(None, title="Submitted", description="When it was submitted.", examples=["2024-05"])
    start: Vague | None = Field(None, title="Start", description="When it begins.", examples=["2024"])
    end: Vague | None = Field(None, title="End", description="When it ends.", examples=["2028"])
    status: str | None = Field(
        None, title="Status", description="Submitted, adopted, completed …", examples=["adopted"]
    )
    cost: Number | None = Field(None, title="Cost", description="What the whole plan is expected to cost.")
    currency: str | None = Field(None, title="Currency", description="Its ISO code, such as USD.")
    price_year: int | None = Field(None, title="Price year", description="The year of the prices.")


class PlanNeedForm(Form):
    """A line of a costed plan, or its total for one capacity."""

    plan: str | None = Field(
        None, title="Plan", description="Reference of the plan; may stay blank if the data set has one plan."
    )
    subject: str = Field(title="Subject", description="What is needed.", examples=["Biosafety training"])
    themes: Themes = Field((), title="Themes", description="What it is about.", examples=["biosafety-biosecurity"])
    capacity: str = Field(title="Capacity", description="The capacity it serves.", examples=["Biosafety"])
    requirement: str | None = Field(None, title="Requirement", description="The indicator or requirement.")
    cost: Number | None = Field(None, title="Cost", description="What it is expected to cost.", examples=["12,000"])
    currency: str | None = Field(None, title="Currency", description="Its ISO code.", examples=["USD"])
    price_year: int | None = Field(None, title="Price year", description="The year of the prices.")
    year: Vague | None = Field(None, title="Year", description="When it is to be done.")
    level: Literal["line", "total"] = Field(
        "line", title="Level", description="`line`, or `total` of all lines of a capacity."
    )


def action_plan(place: str, row: ActionPlanForm, desk: Desk) -> Iterator[Record]:
    """A plan."""
    sources, cited_records = cited(row)
    yield from cited_records
    reference = desk.own(row.reference) or desk.key("PLAN", row.state, row.title)
    said = row.model_dump(
        include={"state", "kind", "title", "status", "cost", "currency", "price_year", "visibility", "note"}
    )
    dates = {"submitted": row.submitted, "start": row.start, "end": row.end}
    plan = PlanRow(**said, **dates, id=reference, source=sources)
    desk.plans[reference] = plan
    yield plan_record(place, plan, desk.world)


def plan_need(place: str, row: PlanNeedForm, desk: Desk) -> Iterator[Record]:
    """A line of a plan; what a State says with all of them is said at the end."""
    # A line that names none is of the only plan there is: of the only one in the files, good or bad.
    only = len(desk.plans) == 1 and desk.tried[ACTION_PLAN.name] <= 1
    plan = desk.own(row.plan) or (next(iter(desk.plans)) if only else "")
    if plan not in desk.plans:
        raise FieldError("plan", "names no plan of this data set", row.plan or "")
    sources, cited_records = cited(row)
    yield from cited_records
    said = row.model_dump(
        include={"subject", "themes", "capacity", "requirement", "cost", "currency", "price_year", "level", "note"}
    )
    id_ = desk.own(row.reference) or f"{plan}#{slug(row.capacity)}/{slug(row.subject)}"
    need = PlanNeedRow(**said, id=id_, plan=plan, year=row.year, source=sources)
    desk.plan_needs.append((f"{desk.file}:{place}", need))
    yield plan_need_record(place, need, desk.plans[plan])


def stated(desk: Desk) -> Iterable[Record]:
    """That the States themselves have costed what their plans name: a statement a plan and capacity."""
    for record in plan_statements(desk.plan_needs, desk.plans, desk.world):
        file, _, place = record.line.rpartition(":")
        yield from desk.traced([record], file, place)
    desk.plan_needs.clear()


ACTION_PLAN = Kind("action-plan", "Action plans", ActionPlanForm, action_plan, inner={"lines": ("plan-need", "plan")})
PLAN_NEED = Kind("plan-need", "Plan lines", PlanNeedForm, plan_need, closing=stated)
