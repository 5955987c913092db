"""What the tests of the evaluation write: help, offers and a small world."""

from __future__ import annotations

from datetime import date

from graph.records import Link, Record
from graph.store import Store
from tests.helpers import write

BORDER, TRANSPORT = "border-control", "transport"


def help_given(key: str, by: str, whom: str, theme: str, day: str | None) -> Record:
    on = date.fromisoformat(day) if day else None
    dated = {"date_text": day, "date_earliest": on, "date_latest": on}
    links = [Link("PROVIDED_BY", "State" if one.isupper() else "Organisation", one) for one in by.split()]
    links += [Link("RECEIVED_BY", "State", one) for one in whom.split()]
    about = {"title": f"Case {key}", "kind": "help", "visibility": "public", **dated}
    return Record("Precedent", key, about, (*links, Link("CONCERNS", "Theme", theme)))


def offered(key: str, by: str, day: str, *links: Link) -> Record:
    on = date.fromisoformat(day)
    said = {"subject": key, "scope": "theme", "basis": "offer", "visibility": "public"}
    covers = (Link("MADE_BY", "Organisation", by), Link("COVERS", "Theme", BORDER), *links)
    return Record("Offer", key, {**said, "date_text": day, "date_earliest": on, "date_latest": on}, covers)


def world(store: Store, *records: Record) -> None:
    """AAA and BBB in one subregion, CCC and DDD in none, an agency of DDD, three organisations."""
    here = (Link("PART_OF", "Region", "Here"),)
    write(store, [
        Record("Region", "Here", {"name": "Here", "level": "region"}),
        *(Record("State", one, {"name": f"State {one}"}, here if one < "C" else ()) for one in ("AAA", "BBB")),
        *(Record("State", one, {"name": f"State {one}"}) for one in ("CCC", "DDD")),
        *(Record("Organisation", f"org-{one}", {"name": f"Org {one}"}) for one in ("one", "two", "three")),
        Record("Organisation", "agency", {"name": "Agency of DDD"}, (Link("PART_OF", "State", "DDD"),)),
        Record("Theme", BORDER, {"name": "Border control"}),
        Record("Theme", TRANSPORT, {"name": "Transport"}),
        *records,
    ])  # fmt: skip
