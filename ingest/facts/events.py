"""Dated events about the resolution, joint external evaluations of WHO, and voluntary national action plans.

From `harvest/action_plans.csv` (104 rows; what each is taken to say stands in `events_told.py`) and from the
rows on joint external evaluations in `gaps/jee_naphs_status.csv`, three data sets.

Dropped of the first: world counts (10), procedures and positions of the Committee (5), findings of studies (3),
a decision on bills (1), a paper without a date (1); two events are told in full among the precedents. Dropped
of the second: what says that no evaluation took place, or that one was planned (158 rows).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ingest.facts.evaluations import INDICATORS
from ingest.facts.events_told import EVENTS, LEFT_OUT, PLANS, PRECEDENTS, SIDE_LIST, Plan, Told
from ingest.facts.laws import kept, page_ids, page_titles
from ingest.facts.states import short_name
from ingest.facts.tables import Row, country_codes, read, write

ACTIVITY_COLUMNS = [
    "id",
    "title",
    "kind",
    "date",
    "participants",
    "themes",
    "detail",
    "outcome",
    "source",
    "line",
    "note",
]
PLAN_COLUMNS = [
    "id",
    "state",
    "kind",
    "title",
    "submitted",
    "start",
    "end",
    "status",
    "cost",
    "currency",
    "price_year",
    "source",
    "line",
    "note",
]
STATUS, LAST_DAY, DONE = "JEE_STATUS", "JEE_FIRST_END_DATE", "COMPLETED_JEE"
DATA_SETS = {STATUS: "jee-scores", LAST_DAY: "naphs-dates-2023", DONE: "naphs-status-2023"}
ZANZIBAR = "Tanzania (Zanzibar)"
"""A part of a State with a mission of its own; the source gives it no code."""
ENTRIES: tuple[Told | Plan, ...] = (*EVENTS, *PLANS)
JEE_THEMES = "|".join(sorted({theme for _, themes in INDICATORS.values() for theme in themes.split("|")}))


def addresses(text: str) -> list[str]:
    """The addresses in a cell or in an entry, in their order."""
    return re.findall(r"https?://\S+", text)


def prefix(date: str) -> str:
    """The month, or else the year, that an identifier begins with."""
    return re.sub(r"^(\d{4}(-\d\d)?).*", r"\1", date).replace(" ", "-")


def names(data: Path) -> dict[str, str]:
    """Short English names of States and territories."""
    return {iso3: short_name(code, "en") for iso3, code in country_codes(data).items()}


def told_rows(data: Path) -> dict[int, Row]:
    """The rows of the collection by line."""
    return dict(read(data / "harvest/action_plans.csv"))


def page_names(rows: dict[int, Row]) -> dict[str, str]:
    """What each page is called: the first event or plan that it tells, or a list of titles."""
    titles: dict[str, str] = {}
    for entry in ENTRIES:
        title = entry.title if isinstance(entry, Told) else f"Action plan {entry.state}"
        if entry.note.startswith(SIDE_LIST):
            title = "Titles of documents"
        for address in told_by(entry, rows):
            titles.setdefault(address, title)
    return titles


def pages(data: Path, rows: dict[int, Row]) -> dict[str, str]:
    """The source id of each address; a page that tells a law too has the id that it has there."""
    of_laws = page_titles([row for _, row in kept(data)])
    return page_ids((*of_laws.items(), *page_names(rows).items()))


def told_by(entry: Told | Plan, rows: dict[int, Row]) -> list[str]:
    """The addresses of the pages that tell an event or a plan."""
    found = [one for line in entry.lines for one in addresses(rows[line]["source_url"])] + addresses(entry.pages)
    return list(dict.fromkeys(found))


def activities(rows: dict[int, Row], ids: dict[str, str]) -> Iterator[Row]:
    """The events of the collection."""
    for told in EVENTS:
        date = told.date or rows[told.lines[0]]["date"]
        yield {
            "id": f"ACT/{prefix(date)}/{told.key}",
            "title": told.title,
            "kind": told.kind,
            "date": date,
            "participants": told.who,
            "themes": told.themes,
            "detail": told.detail,
            "outcome": told.outcome,
            "source": "|".join(ids[address] for address in told_by(told, rows)),
            "line": "|".join(map(str, told.lines)),
            "note": told.note,
        }


def mission_date(first: str, last: str) -> tuple[str, str]:
    """When a mission took place, and a remark on it."""
    if first and last:
        return (f"{first}/{last}", "") if first < last else (last, "both data sets give this one day")
    if first:
        return first, "one day given; for other missions that is the first"
    return (last, "last day of the mission") if last else ("by 2023-09-08", "named as done; no data set gives a day")


def missions(data: Path) -> dict[str, dict[str, tuple[int, Row]]]:
    """The rows of each mission that took place, by who was evaluated and indicator."""
    found: dict[str, dict[str, tuple[int, Row]]] = defaultdict(dict)
    for line, row in read(data / "gaps/jee_naphs_status.csv"):
        value, indicator = row["value"], row["indicator"]
        done = {STATUS: value.startswith("Completed"), LAST_DAY: True, DONE: value == "TRUE"}
        if done.get(indicator):
            found[row["iso3"] or row["state"]][indicator] = (line, row)
    return found


def evaluations(data: Path) -> Iterator[Row]:
    """The joint external evaluations that took place, one a State and mission."""
    state_names = names(data)
    for who, rows in missions(data).items():
        first = rows[STATUS][1]["note"].removeprefix("JEE date ") if STATUS in rows else ""
        last = rows[LAST_DAY][1]["value"] if LAST_DAY in rows else ""
        date, remark = mission_date(first, last)
        unpublished = STATUS in rows and rows[STATUS][1]["value"] == "Completed but Unpublished"
        place = "Zanzibar" if who == ZANZIBAR else state_names[who]
        yield {
            "id": f"ACT/{prefix(date)}/{'zanzibar' if who == ZANZIBAR else who.lower()}-jee",
            "title": f"Joint external evaluation of {place}",
            "kind": "joint external evaluation",
            "date": date,
            "participants": f"subject:{'TZA' if who == ZANZIBAR else who}|organiser:WHO",
            "themes": JEE_THEMES,
            "detail": "a part of the State with a mission of its own" if who == ZANZIBAR else "",
            "outcome": "report not published by March 2021" if unpublished else "",
            "source": "|".join(DATA_SETS[key] for key in DATA_SETS if key in rows),
            "line": "|".join(str(rows[key][0]) for key in DATA_SETS if key in rows),
            "note": remark,
        }


def plans(rows: dict[int, Row], ids: dict[str, str], state_names: dict[str, str]) -> Iterator[Row]:
    """The action plans of the collection."""
    for plan in PLANS:
        years = f", {plan.start}-{plan.end}" if plan.start else ""
        yield {
            "id": f"PLAN/{plan.state}/1540/{plan.key}",
            "state": plan.state,
            "kind": "voluntary national action plan",
            "title": f"National action plan of {state_names[plan.state]} on the resolution{years}",
            "submitted": plan.submitted,
            "start": plan.start,
            "end": plan.end,
            "status": plan.status,
            "source": "|".join(ids[address] for address in told_by(plan, rows)),
            "line": "|".join(map(str, plan.lines)),
            "note": plan.note,
        }


def make(data: Path, out: Path) -> dict[str, int]:
    """Write `activities.csv` and `action_plans.csv`; returns the rows of each and what was left out.

    Raises ValueError where a row of the collection is neither told nor left out.
    """
    rows = told_rows(data)
    used = {line for entry in ENTRIES for line in entry.lines}
    dropped = {line for lines in LEFT_OUT.values() for line in lines}
    if used | dropped != set(rows) or used & dropped:
        raise ValueError(f"action_plans.csv: lines {sorted((used | dropped) ^ set(rows))} are not judged once")
    ids = pages(data, rows)
    events = sorted((*activities(rows, ids), *evaluations(data)), key=lambda row: row["id"])
    written = sorted(plans(rows, ids, names(data)), key=lambda row: row["id"])
    return {
        "activities.csv": write(out / "activities.csv", ACTIVITY_COLUMNS, events),
        "action_plans.csv": write(out / "action_plans.csv", PLAN_COLUMNS, written),
        **{f"left out: {reason}": len(lines) for reason, lines in LEFT_OUT.items()},
        "left out: told among the precedents": len(PRECEDENTS),
    }
