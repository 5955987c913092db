"""Costed national action plans for health security, line by line and in totals, as their public data set has them.

Costs are need as planned, never funds. A blank cost is not told, 0 is a cost of nothing. The makers of the facts that
ship read the same tables with the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache

from pydantic import ValidationError

from graph.records import Record
from ingest.desk import Desk
from ingest.layouts.columns import CODE, NO_THEME, STATE, StateRow, about_states, by_row, column, must_fit
from ingest.layouts.indicators import indicators
from ingest.plans import PlanNeedRow, PlanRow, plan_need_records
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.shipped import FACTS
from ingest.tables import Table
from ingest.titles import fold

# How the indicators of totals begin in a table with a row for each.
COSTS = "NAPHS_COST_"
CURRENCIES = {"CFA": "XOF", "Kyats": "MMK"}
"""Codes for names in the source; only Benin's plan is in francs, so they are those of West Africa."""
LEFTOVERS = {"_x000D_": " ", "_x001F_": "\N{DEGREE SIGN}"}
"""What a spreadsheet left: a line end, and the degree sign of a refrigerator ("+2 to 8", "-20", "-80")."""
NO_ACTIVITY = frozenset({"No cost"})
"""Remarks that stand where the activity belongs; there the requirement is the subject."""
AS_EVALUATED = {"R.14.1": "R.3.1"}
"""The plan of Afghanistan counts the link of health and security as its area 14; it has one indicator."""
LONGEST = 300
WHOLE = "total"
_WHOLE_PLANS = "costs of whole plans: these stand with the plans themselves"

Cells = dict[str, str]


def money(text: str) -> str:
    """An amount to the cent, without idle zeros; blank where there is none, `ValueError` for what is no number."""
    try:
        return f"{Decimal(text).quantize(Decimal('0.01')):f}".removesuffix(".00") if text else ""
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount, such as 1200 or 1200.50") from None


def price(text: str) -> Cells:
    """`USD (2019)` as currency and year of prices."""
    match = re.fullmatch(r"(\w+) \((\d{4})\)", text)
    if match is None:
        raise ValueError(f"{text!r} is no currency with a year, such as USD (2019)")
    return {"currency": CURRENCIES.get(match[1], match[1]), "price_year": match[2]}


def subject(row: Mapping[str, str]) -> tuple[str, list[str]]:
    """The activity of a line, cleaned and cut at a blank; and notes."""
    text, notes = row["activity"], []
    if text in NO_ACTIVITY:
        text, notes = row["requirement"], [f"the requirement; in place of the activity stands “{text}”"]
    for leftover, sign in LEFTOVERS.items():
        text = text.replace(leftover, sign)
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return text[: LONGEST - 1].rpartition(" ")[0] + "…", [*notes, "subject shortened"]
    return text, notes


def requirement(row: Mapping[str, str]) -> tuple[str, list[str]]:
    """The indicator of the evaluations by which a line is numbered, and the number as a note."""
    number = re.fullmatch(r"([A-Za-z]+\.\d+(?:\.\d+)?)\.\d+", row["requirement"])
    if number is None:
        return "", []
    code = AS_EVALUATED.get(number[1], number[1])
    known = indicators().knows("JEE", code)
    return code if known else "", [f"number {row['requirement']} in the plan"]


def year(text: str) -> tuple[str, list[str]]:
    """The calendar years of a line as a date, with a note where years between are left out."""
    years = re.findall(r"\d{4}", text)
    if len(years) < 2:
        return "".join(years), []
    whole = int(years[-1]) - int(years[0]) + 1 == len(years)
    return f"{years[0]}-{years[-1]}", [] if whole else [f"in {', '.join(years[:-1])} and {years[-1]}"]


def themes(capacity: str) -> str:
    """The themes of a core capacity, as a list in one cell; `ValueError` for one that is not in the table."""
    found = indicators().find("NAPHS", capacity)
    if found is None:
        raise ValueError(f"{capacity!r} is no core capacity that the table of indicators has")
    return "|".join(found.themes)


def line(row: Mapping[str, str], plan: str) -> Cells:
    """A line of a plan as a need; `ValueError` where it has another shape."""
    (text, cut), (code, number), (when, gaps) = subject(row), requirement(row), year(row["year_calendar"])
    return {
        "id": f"{plan}#{row['line_item_id']}", "plan": plan, "subject": text, "requirement": code,
        "themes": themes(row["core_capacity"]), "capacity": row["core_capacity"],
        "cost": money(row["cost_original"]), "cost_usd_2024": money(row["cost_usd2024"]), "year": when, "level": "line",
        "note": "; ".join([*number, *cut, *gaps]),
    } | price(row["currency_original"])  # fmt: skip


def amounts(row: Mapping[str, str]) -> Cells:
    """The amounts of a total, the length of its plan, and its capacity, which is `total` for the whole of a plan."""
    amount, _, currency = row["value"].partition(" ")
    match = re.fullmatch(r"Cost of (\S+) .*core capacity: (.+)", row["indicator_text"])
    dollars = re.match(r"= ([\d.]+) USD \(2024\)", row["note"])
    if match is None or dollars is None:
        raise ValueError("the row has another shape than the totals of costed plans")
    return price(currency) | {
        "length": match[1], "capacity": match[2], "cost": money(amount), "cost_usd_2024": money(dollars[1]),
    }  # fmt: skip


def total(told: Cells, plan: str) -> Cells:
    """The total for one capacity as a need, of what `amounts` gives."""
    name = told["capacity"]
    return {key: value for key, value in told.items() if key != "length"} | {
        "id": f"{plan}#total-{name.casefold().replace(',', '').replace(' ', '-')}",
        "plan": plan,
        "subject": f"{name}: all of the plan's activities",
        "themes": themes(name),
        "level": "total",
    }


class CostedLines:
    """The lines of costed plans."""

    name = "costed-plan"
    title = "Lines of costed health-security plans"
    columns = (
        "line_item_id", "core_capacity", "requirement", "activity", "year_calendar", "cost_original",
        "currency_original", "cost_usd2024",
    )  # fmt: skip

    def fits(self, header: Sequence[str]) -> int:
        """How many of its columns there are, if none lacks."""
        state = column(header, CODE) or column(header, STATE)
        return len(self.columns) + 1 if state and all(column(header, (one,)) for one in self.columns) else 0

    def read(self, table: Table, desk: Desk) -> Iterator[Record]:
        """The needs, and that their States themselves have costed them."""
        must_fit(self.fits(table.header), table, f"state or iso3, {', '.join(self.columns)}")
        for record in needs(about_states(table, desk), table, desk, line):
            # Totals of the same plan in another table of the data set are a statement of their own.
            yield replace(record, key=f"{record.key}/lines") if record.label == "Statement" else record


def needs(rows: Iterable[StateRow], table: Table, desk: Desk, made: Callable[[Cells, str], Cells]) -> Iterator[Record]:
    """Records of the needs that rows tell, as `made` reads them for a plan; what cannot be read is rejected."""
    plans: dict[str, PlanRow] = {}
    found: list[tuple[str, PlanNeedRow]] = []
    for row in rows:
        cells = {fold(header).replace(" ", "_"): text for header, text in row.cells.items()}
        capacity = cells.get("core_capacity") or cells.get("indicator_text", "").partition("core capacity: ")[2]
        if capacity == WHOLE or not indicators().find("NAPHS", capacity):
            desk.rejects.notes[_WHOLE_PLANS if capacity == WHOLE else NO_THEME] += 1
            continue
        try:
            plan = _plan(row.party, desk)
            need = PlanNeedRow.model_validate(made(cells, plan.id) | {"source": ()})
        except ValidationError as error:
            desk.rejects.add_validation(table.name, row.place, error)
        except ValueError as error:
            desk.rejects.add(table.name, row.place, "", str(error), row.party)
        else:
            plans[plan.id] = plan
            found.append((row.place, need))
    yield from by_row(plan_need_records(found, plans, desk.world), table, desk)


def _plan(party: str, desk: Desk) -> PlanRow:
    """The plan of a State whose costs are told: of this data set, else of the facts that ship."""
    own = [plan for plan in desk.plans.values() if plan.state == party]
    if len(own) > 1:
        raise ValueError("the data set has more than one plan of this State, and the row does not say which it is")
    if own:
        return own[0]
    if party not in _known_plans():
        raise ValueError(
            "no plan of this State is known: give it in the form of action plans, in one data set with these costs"
        )
    return _known_plans()[party]


@cache
def _known_plans() -> dict[str, PlanRow]:
    return {row.state: row for _, row in read(FACTS / "health_plans.csv", PlanRow, Rejects())}
