"""Plans for health security and funds by capacity say what their files say, and no more."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import dates
from ingest.facts import funding, health_plans
from ingest.facts.evaluations import INDICATORS
from ingest.facts.tables import country_codes, is_state, read

Rows = dict[str, dict[str, str]]


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    by_id = {row["id"]: row for row in found}
    assert len(by_id) == len(found)
    return by_id


@pytest.fixture(scope="module")
def made(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plans")
    health_plans.make(data, out)
    funding.make(data, out)
    return out


@pytest.fixture(scope="module")
def plans(made: Path) -> Rows:
    return table(made / "health_plans.csv")


@pytest.fixture(scope="module")
def needs(made: Path) -> Rows:
    return table(made / "plan_needs.csv")


@pytest.fixture(scope="module")
def funds(made: Path) -> Rows:
    return table(made / "funding.csv")


def states(data: Path) -> set[str]:
    return {iso3 for iso3, code in country_codes(data).items() if is_state(code)}


def test_every_completed_or_costed_plan_of_a_state_is_there(plans: Rows, data: Path) -> None:
    told = [row for _, row in read(data / "gaps/jee_naphs_status.csv") if row["iso3"]]
    yes = {"NAPHS_COMPLETED": "yes", "COMPLETED_NAPHS": "TRUE"}
    completed = {row["iso3"] for row in told if yes.get(row["indicator"]) == row["value"]}
    completed |= {row["iso3"] for row in told if row["indicator"] == "NAPHS_FIRST_COMPLETION_DATE"}
    costed = {row["iso3"] for _, row in read(data / "gaps/naphs_costs.csv")}

    assert {row["state"] for row in plans.values()} == completed | costed
    assert {row["state"] for row in plans.values()} <= states(data)
    assert {row["state"] for row in plans.values() if row["cost"]} == costed


def test_the_plan_of_sierra_leone_worked_out_by_hand(plans: Rows) -> None:
    plan = plans["PLAN/SLE/naphs"]

    assert plan["title"] == "National action plan for health security of Sierra Leone, 2018-2022"
    assert (plan["submitted"], plan["status"]) == ("2017-11-10", "published")
    assert (plan["cost"], plan["currency"], plan["price_year"]) == ("291130326", "USD", "2018")
    assert plan["note"] == "2017-11-07 in the list of 2021-03; lines in SLL of 2018"


@pytest.mark.parametrize(
    ("state", "submitted", "why"),
    [
        ("AFG", "2018-09-20", "two days of one week: the one that names what it dates"),
        ("AUS", "2018-12-03", "a day before the first of a month"),
        ("BTN", "2019-03-01", "a first of a month that ends the week the other list names"),
        ("COG", "", "completed, no date told"),
        ("FIN", "2017-11-07", "listed years before the other date"),
        ("KHM", "2017-10", "the first of a month in both lists"),
        ("LSO", "2019-09-13", "two dates in one cell"),
        ("MDV", "2018", "the first of January in both lists"),
        ("ETH", "2018-04-30", "in the list of 2021 alone"),
    ],
)
def test_when_a_plan_was_completed(plans: Rows, state: str, submitted: str, why: str) -> None:
    assert plans[f"PLAN/{state}/naphs"]["submitted"] == submitted, why


def test_lists_that_differ_are_both_told(plans: Rows) -> None:
    assert "not completed in the list of 2023-09-08" in plans["PLAN/KAZ/naphs"]["note"]
    assert "completed in none of the lists" in plans["PLAN/MKD/naphs"]["note"]
    assert "published in neither list of 2023" in plans["PLAN/CMR/naphs"]["note"]
    assert "2022-10-19 in the list of 2023-05" in plans["PLAN/SDN/naphs"]["note"]


def test_each_line_of_the_file_is_a_need_with_its_cost(needs: Rows, data: Path) -> None:
    lines = {row["line"]: row for row in needs.values() if row["level"] == "line"}
    source = {str(line): row for line, row in read(data / "gaps/naphs_line_items_cbrn.csv")}

    assert lines.keys() == source.keys()
    for line, row in source.items():
        ours = lines[line]
        assert ours["id"] == f"PLAN/{row['iso3']}/naphs#{row['line_item_id']}"
        assert ours["plan"] == f"PLAN/{row['iso3']}/naphs"
        assert bool(ours["cost"]) == bool(row["cost_original"])
        assert Decimal(ours["cost"] or 0) == Decimal(row["cost_original"] or 0)
        assert row["currency_original"].endswith(f"({ours['price_year']})")
    assert (sum(not row["cost"] for row in lines.values()), sum(row["cost"] == "0" for row in lines.values())) == (
        71,
        84,
    )


def test_totals_stand_beside_the_lines_and_say_where_these_differ(needs: Rows, data: Path) -> None:
    totals = {key: row for key, row in needs.items() if row["level"] == "total"}
    whole = sum("core capacity: total" in row["indicator_text"] for _, row in read(data / "gaps/naphs_costs.csv"))
    ports = totals["PLAN/BEN/naphs#total-points-of-entry"]

    assert len(totals) == len(list(read(data / "gaps/naphs_costs.csv"))) - whole == 97
    assert (ports["cost"], ports["currency"], ports["cost_usd_2024"]) == ("1895073000", "XOF", "4005047.28")
    assert ports["note"] == "the plan's lines in the other file add up to 977743 USD of 2024"
    assert totals["PLAN/UGA/naphs#total-points-of-entry"]["note"] == ""


def test_needs_are_clean_and_lead_to_plans_and_themes(needs: Rows, plans: Rows) -> None:
    for row in needs.values():
        assert row["plan"] in plans
        assert 0 < len(row["subject"]) <= 300
        assert "_x00" not in row["subject"]
        assert "  " not in row["subject"]
        assert bool(row["themes"]) == (row["capacity"] != "National Legislation, Policy and Financing")
        assert row["requirement"] in {"", *INDICATORS}
    assert needs["PLAN/AFG/naphs#85"]["requirement"] == "P.6.1"
    assert needs["PLAN/ERI/naphs#2313"]["subject"] == "Develop MOU between ministries"


def test_dates_and_years_are_of_the_grammar(plans: Rows, needs: Rows, funds: Rows) -> None:
    written = {row[column] for row in plans.values() for column in ("submitted", "start", "end")}
    written |= {row["year"] for row in needs.values()}
    written |= {row[column] for row in funds.values() for column in ("first_year", "last_year")}

    for one in written - {""}:
        dates.parse(one)


def test_funds_are_the_sums_of_the_file(funds: Rows, data: Path) -> None:
    source = list(read(data / "indicators/ghs_funding_by_capacity.csv"))
    ports = funds["FUND/SLE/received/PoE"]
    years = [
        (row["year"], int(row["poe_received"])) for _, row in source if row["iso3"] == "SLE" and row["poe_received"]
    ]

    assert int(ports["amount"]) == sum(amount for _, amount in years) == 19129073
    assert (ports["first_year"], ports["last_year"]) == (min(years)[0], max(years)[0]) == ("2014", "2021")
    assert all(int(row["amount"]) >= 100_000 for row in funds.values())
    assert {row["who"] for row in funds.values() if row["who_kind"] == "State"} <= states(data)


def test_what_is_left_out_of_the_funds_is_counted(funds: Rows, data: Path) -> None:
    assert len(funds) + sum(funding.left_out(data).values()) == len(funding.sums(data))
    assert funding.left_out(data)["below 100,000 dollars"] == 195


def test_an_organisation_with_its_abbreviation_in_brackets_is_known(funds: Rows) -> None:
    row = funds["FUND/international-atomic-energy-agency/received/RE"]

    assert row["who"] == "International Atomic Energy Agency"
    assert row["note"] == "written International Atomic Energy Agency (IAEA)"
