"""States' own national action plans for health security: that there is one, and what its lines and totals cost.

From `gaps/jee_naphs_status.csv` (three lists of plans, of 2021-03, 2023-05 and 2023-09-08),
`gaps/naphs_costs.csv` (totals of 14 plans) and `gaps/naphs_line_items_cbrn.csv` (2,221 lines of 10 plans).
Costs are need as planned, never funds. A blank cost is not told, 0 is a cost of nothing. Lines and totals
tell the same money twice (`level`), and do not always agree: the note says where they differ by over 5%.
A plan's sources and lines stand in the same order.

Dropped: rows on evaluations, the plan of Zanzibar (no State; the note of Tanzania names it), States without
a plan, each line's long requirement and its category. The whole plan's total stands with the plan, not among
its needs. Cleaned: leftovers of a spreadsheet, runs of blanks, all beyond 300 signs, amounts beyond the cent.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from ingest.facts.states import short_name
from ingest.facts.tables import Row, country_codes, is_state, read, write
from ingest.layouts.naphs import WHOLE, amounts, line, price, total

PLAN_COLUMNS = [
    "id", "state", "kind", "title", "submitted", "start", "end", "status", "cost", "currency", "price_year",
    "source", "line", "note",
]  # fmt: skip
NEED_COLUMNS = [
    "id", "plan", "subject", "themes", "capacity", "requirement", "cost", "currency", "price_year",
    "cost_usd_2024", "year", "level", "source", "line", "note",
]  # fmt: skip
KIND = "national action plan for health security"
DIFFERENCE = Decimal("0.05")
"""How far the lines may be from their total before a note says so."""
YEARS, MONTH, WEEK = 5, 31, 7
DATED, LISTED, EARLIER = "naphs-dates-2023", "naphs-status-2023", "naphs-dates-2021"
LINES, TOTALS = "costed-naphs-lines", "costed-naphs-totals"
LISTS = {
    "NAPHS_PUBLISHED": DATED,
    "NAPHS_FIRST_COMPLETION_DATE": DATED,
    "PUBLISHED_NAPHS": LISTED,
    "COMPLETED_NAPHS": LISTED,
    "NAPHS_COMPLETED": EARLIER,
}
"""Which list has an indicator; of a list with two, the second says more and is the one referred to."""
REMARKS = {
    "JEE was never completed": "the list of dates finds no joint external evaluation of this State",
    "Summary published only": "only a summary is published",
    "completed in French": "written in French",
}
"""What the notes of the lists say, in our words."""
OF_A_STATE = {"TZA": "a plan of Zanzibar, dated 2018-07-22 in the list of 2023-05, has no row of its own"}

Told = dict[str, tuple[int, Row]]
"""What the lists say of one State: line and row by indicator."""


def totals(data: Path) -> Iterator[Row]:
    """The totals as we write them, with the State and the length; the capacity of a whole plan is `total`."""
    for number, row in read(data / "gaps/naphs_costs.csv"):
        try:
            told = amounts(row)
        except ValueError as error:
            raise ValueError(f"naphs_costs.csv, line {number}: {error}") from error
        yield told | {"state": row["iso3"], "line": str(number)}


def lists(data: Path) -> dict[str, Told]:
    """What the three lists say of the plans, by State."""
    told: defaultdict[str, Told] = defaultdict(dict)
    for number, row in read(data / "gaps/jee_naphs_status.csv"):
        if row["indicator"] in LISTS and row["iso3"]:
            told[row["iso3"]][row["indicator"]] = (number, row)
    return dict(told)


def day(text: str) -> str:
    """`17-Jun-2022` or `17 Jun 2022` as an ISO date; others as they are."""
    if re.fullmatch(r"\d\d[- ]\w{3}[- ]\d{4}", text):
        return datetime.strptime(text.replace(" ", "-"), "%d-%b-%Y").date().isoformat()
    return text


def known(iso: str) -> str:
    """As much of a date as is likely known: the lists write a bare year or month as its first day.

    The wider period stays true where the first day was meant.
    """
    return iso.removesuffix("-01").removesuffix("-01") if iso.endswith("-01-01") else iso.removesuffix("-01")


def dates(told: Told) -> tuple[list[str], list[str]]:
    """The dates of the first completion in the lists of 2023 and 2021, and of further completions."""
    _, later = told.get("NAPHS_FIRST_COMPLETION_DATE", (0, {"value": "", "note": ""}))
    _, earlier = told.get("NAPHS_COMPLETED", (0, {"note": ""}))
    first, *more = sorted(day(part.strip()) for part in later["value"].split("/"))
    more += [day(part) for part in re.findall(r"\d\d-\w{3}-\d{4}", later["note"])]
    return [first, earlier["note"].removeprefix("NAPHS date ")], [one for one in more if one != first]


def submitted(told: Told) -> tuple[str, list[str]]:
    """When the plan was first completed, and notes on what else the lists say.

    Of two days that of the list of 2023 holds, which names what it dates: that of 2021 is mostly the first
    day of the same week. That of 2021 holds where it is over a month earlier, as the plan was there then,
    and where the other is a first day of a month in another week (see `known`).
    """
    (later, earlier), more = dates(told)
    apart = (date.fromisoformat(later) - date.fromisoformat(earlier)).days if later and earlier else 0
    same_week = 0 < apart < WEEK
    chosen, other = later or earlier, earlier if later else ""
    if apart > MONTH or (apart and not same_week and known(later) != later):
        chosen, other = earlier, later
    listed = "2021-03" if other == earlier else "2023-05"
    notes = [f"{other} in the list of {listed}"] if other and other != chosen else []
    notes += [f"the list of 2023-05 also names a completion on {one}" for one in more]
    return chosen if same_week else known(chosen), notes


def true(told: Told, *indicators: str) -> bool:
    """Whether a list says yes to one of these."""
    return any(told[one][1]["value"] in {"TRUE", "yes"} for one in indicators if one in told)


def standing(told: Told, costed: bool) -> tuple[str, list[str]]:
    """The status of a plan, and notes where the lists and the costs differ."""
    published = true(told, "NAPHS_PUBLISHED", "PUBLISHED_NAPHS")
    notes = []
    if not true(told, "NAPHS_COMPLETED", "COMPLETED_NAPHS"):
        notes.append("completed in none of the lists; its costs are in the set of 2026-04-28")
    elif not true(told, "COMPLETED_NAPHS"):
        notes.append("not completed in the list of 2023-09-08")
    if costed and not published and not notes:
        notes.append("published in neither list of 2023; its costs are in the set of 2026-04-28")
    return "published" if published or costed else "completed", notes


def span(own: list[Row], cost: Row | None) -> tuple[str, str, list[str]]:
    """First and last year of a plan: from its lines, and to the length the costs name; with notes."""
    years = sorted(year for row in own for year in re.findall(r"\d{4}", row["year_calendar"]))
    five = cost is not None and cost["length"] == "5-year"
    notes = []
    if own and cost and (lines := price(own[0]["currency_original"])).items() - cost.items():
        notes.append(f"lines in {lines['currency']} of {lines['price_year']}")
    if not years:
        return "", "", [*notes, "a plan for five years; the first is not told"] if five else notes
    end = max(years[-1], str(int(years[0]) + YEARS - 1)) if five else years[-1]
    if end != years[-1]:
        notes.append(f"its lines here end in {years[-1]}; the end is that of five years")
    return years[0], end, notes


def plans(data: Path, costs: list[Row], items: list[tuple[int, Row]]) -> Iterator[Row]:
    """One row a State with a completed or costed plan."""
    codes = {iso3: code for iso3, code in country_codes(data).items() if is_state(code)}
    whole = {row["state"]: row for row in costs if row["capacity"] == "total"}
    for iso3, told in sorted(lists(data).items()):
        planned = iso3 in whole or "NAPHS_FIRST_COMPLETION_DATE" in told
        if iso3 not in codes or not (planned or true(told, "NAPHS_COMPLETED", "COMPLETED_NAPHS")):
            continue
        cost = whole.get(iso3)
        own = [(number, row) for number, row in items if row["iso3"] == iso3]
        done, notes = submitted(told)
        status, doubts = standing(told, cost is not None)
        start, end, years = span([row for _, row in own], cost)
        remarks = [ours for theirs, ours in REMARKS.items() if any(theirs in row["note"] for _, row in told.values())]
        sources = {source: str(told[one][0]) for one, source in LISTS.items() if one in told}
        sources |= ({TOTALS: cost["line"]} if cost else {}) | ({LINES: str(own[0][0])} if own else {})
        article = "the " if "(the)" in codes[iso3]["UNTERM English Short"] else ""
        title = f"National action plan for health security of {article}{short_name(codes[iso3], 'en')}"
        yield {
            "id": f"PLAN/{iso3}/naphs", "state": iso3, "kind": KIND,
            "title": f"{title}, {start}-{end}" if start else title,
            "submitted": done, "start": start, "end": end, "status": status,
            "source": "|".join(sources), "line": "|".join(sources.values()),
            "note": "; ".join([*notes, *doubts, *years, *remarks, *filter(None, [OF_A_STATE.get(iso3)])]),
        } | ({key: cost[key] for key in ("cost", "currency", "price_year")} if cost else {})  # fmt: skip


def line_needs(items: list[tuple[int, Row]]) -> Iterator[Row]:
    """One row a line of a plan."""
    for number, row in items:
        yield line(row, f"PLAN/{row['iso3']}/naphs") | {"source": LINES, "line": str(number)}


def total_needs(costs: list[Row], items: list[tuple[int, Row]]) -> Iterator[Row]:
    """One row a plan and core capacity."""
    added: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for _, row in items:
        added[row["iso3"], row["core_capacity"]] += Decimal(row["cost_usd2024"] or "0")
    for cost in costs:
        name, plan, dollars = cost["capacity"], f"PLAN/{cost['state']}/naphs", Decimal(cost["cost_usd_2024"])
        if name == WHOLE:
            continue
        lines = added.get((cost["state"], name), dollars)
        differs = abs(lines - dollars) > DIFFERENCE * dollars
        note = f"the plan's lines in the other file add up to {lines:.0f} USD of 2024" if differs else ""
        need = total(cost, plan) | {"source": TOTALS, "note": note}
        yield {key: value for key, value in need.items() if key in NEED_COLUMNS}


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `health_plans.csv` and `plan_needs.csv`; returns the number of rows of each."""
    costs, items = list(totals(data)), list(read(data / "gaps/naphs_line_items_cbrn.csv"))
    needs = sorted(total_needs(costs, items), key=lambda row: row["id"])
    needs += sorted(line_needs(items), key=lambda row: int(row["id"].partition("#")[2]))
    return {
        "health_plans.csv": write(out / "health_plans.csv", PLAN_COLUMNS, plans(data, costs, items)),
        "plan_needs.csv": write(out / "plan_needs.csv", NEED_COLUMNS, sorted(needs, key=lambda row: row["plan"])),
    }
