"""Small worlds for property tests: a few States and everything that the three questions look at, drawn at random.

A world is what is loaded first and what of it is loaded again (`Small.then`), so that some records and links are no
longer said. Dates lie on and next to `DAYS`, the days that questions are asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from graph.evidence import KINDS, READINGS, holds
from graph.records import Link, Record
from graph.schema import Value

T = TypeVar("T")
DAYS = (date(2010, 6, 1), date(2016, 2, 29))
STATES = ("AAA", "BBB", "CCC", "DDD")
TERRITORY = "TTT"
THEMES = ("border-control", "nuclear-accounting", "transport", "treaty-participation")
OBLIGATIONS = ("OP1/1", "OP1/2", "OP3", "OP3/1")
REGIONAL = ("org-a", "org-b")
AGENCIES = {"agency-of-aaa": ("State", "AAA"), "agency-of-org-b": ("Organisation", "org-b"), "agency-alone": None}
PARTNERS = (
    *(("State", one) for one in STATES[:2]),
    *(("Organisation", one) for one in (*REGIONAL, *AGENCIES, "unresolved:x")),
)
PLACES = (("Region", "North"), ("Region", "World"), ("State", "AAA"), ("Organisation", "org-a"))
_SPAN = timedelta(days=365 * 8)
_NEAR = sorted({day + timedelta(days=step) for day in DAYS for step in (-3000, -700, -1, 0, 1, 500)})
_REMOVABLE = ("Offer", "Precedent", "Activity", "Programme", "Statement", "Request", "Need", "Field")
_KEPT = ("FROM", "ABOUT", "HAS_FIELD", "MADE_BY", "STATES_NEED")


@dataclass(frozen=True, slots=True)
class Small:
    """A small world: the records of the first load and of the second (the same where nothing is taken out)."""

    seed: int
    first: tuple[Record, ...] = field(repr=False)
    then: tuple[Record, ...] = field(repr=False)

    def keys(self, label: str) -> list[str]:
        """The keys of what is still said of a type."""
        return [record.key for record in self.then if record.label == label]


class Draw:
    """Short ways to draw from one seed (Hypothesis's own draws make worlds too empty to find much in few examples)."""

    def __init__(self, seed: int) -> None:
        """Begin."""
        self._random = Random(seed)

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        return self._random.choice(of)

    def some(self, of: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """Some of them, each at most once."""
        limit = len(of) if most is None else min(most, len(of))
        return self._random.sample(of, self._random.randint(min(least, limit), limit))

    def number(self, least: int, most: int) -> int:
        """A number from least to most."""
        return self._random.randint(least, most)

    def chance(self, of: int = 2) -> bool:
        """True about once in so many times."""
        return self._random.randrange(of) == 0

    def day(self) -> date | None:
        """A day near those that are asked about, or none."""
        return self.one((*_NEAR, None))

    def visibility(self) -> str:
        """Mostly public."""
        return self.one(("public", "public", "public", "committee"))

    def vague(self, what: str) -> dict[str, Value]:
        """A date that may be vague: a day, a span, open on one side, or none."""
        earliest = self.one(_NEAR)
        latest = earliest + self.one((timedelta(), timedelta(days=364), _SPAN))
        earliest_, latest_ = self.one(
            ((earliest, latest), (earliest, latest), (None, latest), (earliest, None), (None, None))
        )
        return {f"{what}_text": "some day", f"{what}_earliest": earliest_, f"{what}_latest": latest_}


def _links(type_: str, targets: Sequence[tuple[str, str]], properties: dict[str, Value] | None = None) -> list[Link]:
    return [Link(type_, label, key, properties or {}) for label, key in targets]


def _themes(d: Draw, type_: str, least: int = 0) -> list[Link]:
    return _links(type_, [("Theme", one) for one in d.some(THEMES, least, 2)])


def _world(d: Draw, states: Sequence[str]) -> list[Record]:
    """Regions, States with borders, a territory, organisations with memberships."""
    made = [
        Record("Source", "source-1", {"title": "One"}),
        Record("Source", "source-2", {"title": "Two"}),
        Record("Region", "World", {"name": "World", "level": "region"}),
    ]
    for region in ("North", "South"):
        made.append(
            Record("Region", region, {"name": region, "level": "subregion"}, (Link("PART_OF", "Region", "World"),))
        )
    made.append(Record("Territory", TERRITORY, {"name": TERRITORY}, (Link("PART_OF", "Region", "South"),)))
    for number, state in enumerate(states):
        said: dict[str, Value] = {
            "name": state,
            "languages": sorted(d.some(("English", "French"))),
            "legal_traditions": sorted(d.some(("civil", "common"))),
            "ports": d.one((None, 0, 3)),
            "coastline_km": d.one((None, 0.0, 12.5)),
            "reactors": d.one((None, 0, 2)),
            "since": d.one((None, None, None, *_NEAR)),
        }
        links = _links("PART_OF", [("Region", d.one(("North", "South")))])
        others = [*(("State", one) for one in states[:number]), ("Territory", TERRITORY)]
        links += _links("BORDERS", d.some(others), {"km": 7.0})
        made.append(Record("State", state, said, tuple(links)))
    for organisation in REGIONAL:
        links = []
        for state in d.some(states):
            for ordinal in range(d.one((1, 1, 1, 2))):
                status = d.one(("member", "member", "member", "former", "associate"))
                spell: dict[str, Value] = {
                    "status": status,
                    "since": d.day() if d.chance() else None,
                    "until": d.day() if d.chance() or status == "former" else None,
                }
                links.append(Link("MEMBER_OF", "State", state, spell, ordinal))
        said = {"name": organisation, "regional": True, "kind": "regional organisation"}
        made.append(Record("Organisation", organisation, said, tuple(links)))
    for agency, above in AGENCIES.items():
        made.append(
            Record("Organisation", agency, {"name": agency}, tuple(_links("PART_OF", [above] if above else [])))
        )
    made.append(Record("Organisation", "unresolved:x", {"name": "x", "unresolved": True}))
    return made


def _obligations(d: Draw) -> list[Record]:
    """Themes, two treaty rows of OP 1, and a row of OP 3 with a cell."""
    made = [Record("Theme", theme, {"name": theme}) for theme in THEMES]
    for key in ("OP1", "OP3"):
        made.append(Record("Obligation", key, {"name": key, "level": "paragraph"}))
    for key in ("OP1/1", "OP1/2"):
        links = [Link("PART_OF", "Obligation", "OP1"), Link("CONCERNS", "Theme", "treaty-participation")]
        links += _links("CONCERNS", [("Theme", one) for one in d.some(THEMES[:3], 0, 1)])
        made.append(Record("Obligation", key, {"name": key, "level": "row", "section": "OP1"}, tuple(links)))
    for key, above, level in (("OP3/1", "OP3", "row"), ("OP3/1/N/framework", "OP3/1", "cell")):
        links = [Link("PART_OF", "Obligation", above), *_themes(d, "CONCERNS", 1)]
        made.append(Record("Obligation", key, {"name": key, "level": level, "section": "OP3"}, tuple(links)))
    return made


def _statements(d: Draw, states: Sequence[str]) -> list[Record]:
    """Fields of States and the territory, and what sources say of them."""
    made: list[Record] = []
    targets = [("Theme", one) for one in THEMES[:2]]
    targets += [("Obligation", one) for one in ("OP1/1", "OP1/2", "OP3/1/N/framework")]
    for place in (*states, TERRITORY):
        label = "Territory" if place == TERRITORY else "State"
        for target in d.some(targets, 0 if label == "Territory" else 2):
            key = f"{place}/{target[1]}"
            links = (Link("HAS_FIELD", label, place), Link("CONCERNS", *target))
            made.append(Record("Field", key, {}, links))
            for number in range(d.one((1, 1, 2, 3))):
                made.append(_statement(d, key, number))
    return made


def _statement(d: Draw, field: str, number: int) -> Record:
    kind = d.one((*KINDS, "treaty", "assessment"))
    reading = d.one((*READINGS, "incomplete", "no entry", "incomplete", "no entry"))
    observed = d.one(_NEAR)
    valid_from = d.day() if d.chance(3) else None
    valid_to = d.day() if d.chance(4) else None
    first, last = holds(kind, reading, observed, valid_from, valid_to)
    said: dict[str, Value] = {
        "text": f"{kind} {number}: {reading}", "kind": kind, "reading": reading, "observed_at": observed,
        "valid_from": valid_from, "valid_to": valid_to, "holds_from": first, "holds_until": last,
        "visibility": d.visibility(),
    }  # fmt: skip
    links = (Link("ABOUT", "Field", field), Link("FROM", "Source", d.one(("source-1", "source-2"))))
    return Record("Statement", f"{field}#{number}", said, links)


def _programmes(d: Draw, states: Sequence[str]) -> list[Record]:
    """Two sectors and some programmes with their places, sectors, title links and partners."""
    made = []
    how: dict[str, Value] = {"how": "so"}
    for sector in ("S1", "S2"):
        links = tuple(
            replace(one, properties={**how, "directness": d.one((1, 2, 3))}) for one in _themes(d, "OPENS", 1)
        )
        made.append(Record("Sector", sector, {"code": sector, "name": sector}, links))
    places = [*(("State", one) for one in states), ("Territory", TERRITORY)]
    for number in range(d.number(0, 5)):
        said: dict[str, Value] = {
            "title": f"Programme {number}",
            "amount": d.one((None, -1.0, 0.0, 2e5, 5e6, 3e9)),
            "closed": d.one((None, None, None, "Its title names fees.")),
            "visibility": d.visibility(),
            **d.vague("start"),
            **(d.vague("end") if d.chance() else {"end_earliest": (end := d.day()), "end_latest": end}),
        }
        links_ = _links("ACTIVE_IN", d.some(places, 1)) + _links(
            "IN_SECTOR", [("Sector", s) for s in d.some(("S1", "S2"))]
        )
        links_ += [
            replace(one, properties={**how, "rule": "R", "directness": d.one((1, 2, 3))})
            for one in _themes(d, "TOUCHES")
        ]
        links_ += _links("FUNDED_BY", d.some(PARTNERS, 0, 2)) + _links("IMPLEMENTED_BY", d.some(PARTNERS, 0, 2))
        made.append(Record("Programme", f"P{number}", said, tuple(links_)))
    return made


def _help(d: Draw, states: Sequence[str]) -> list[Record]:
    """Requests with needs, offers, precedents."""
    made = []
    requests = [f"REQ/{number}" for number in range(d.number(0, 2))]
    for key in requests:
        makers = [("Organisation", "org-a"), *(("State", one) for one in states)]
        makers = d.some(makers, 2, 3) if d.chance(4) else [d.one(makers)]
        said: dict[str, Value] = {"subject": key, "visibility": d.visibility(), **d.vague("date")}
        links = [*_links("MADE_BY", makers), *_themes(d, "CONCERNS"), *_links("PREFERS", d.some(PARTNERS, 0, 2))]
        made.append(Record("Request", key, said, tuple(links)))
        if d.chance():
            own = (Link("STATES_NEED", "Request", key), *_themes(d, "CONCERNS", 1))
            made.append(Record("Need", f"{key}/1", {"subject": "a need", "visibility": d.visibility()}, own))
    for number in range(d.number(1, 5)):
        scope = d.one(("general", "theme", "theme"))
        said = {
            "subject": f"Offer {number}", "scope": scope, "contact": d.one((None, f"Office {number}")),
            "visibility": d.visibility(), **d.vague("date"),
        }  # fmt: skip
        links = [*_links("MADE_BY", [d.one(PARTNERS)]), *_themes(d, "COVERS", 1)]
        links += _links("LIMITED_TO", d.some(PLACES, 0, 1)) + _links(
            "EXCLUDES", d.some(PLACES, 0, 1) if d.chance(3) else []
        )
        links += _links("ANSWERS", [("Request", one) for one in d.some(requests)] if requests else [])
        made.append(Record("Offer", f"OFFER/{number}", said, tuple(links)))
    recipients = (*(("State", one) for one in states), ("Territory", TERRITORY), ("Organisation", "org-a"))
    for number in range(d.number(0, 5)):
        kind = d.one(("help", "help", "help", "pledge", "event"))
        said = {"title": f"Precedent {number}", "kind": kind, "visibility": d.visibility(), **d.vague("date")}
        links = [*_links("PROVIDED_BY", d.some(PARTNERS, 1, 2)), *_links("RECEIVED_BY", d.some(recipients, 0, 2))]
        made.append(Record("Precedent", f"PREC/{number}", said, (*links, *_themes(d, "CONCERNS"))))
    for number in range(d.number(0, 3)):
        kind = d.one(("activity", "contract line", "visit"))
        said = {"title": f"Activity {number}", "kind": kind, "visibility": d.visibility(), **d.vague("date")}
        links = [*_links("PROVIDED_BY", d.some(PARTNERS, 1, 2)), *_links("RECEIVED_BY", d.some(recipients, 0, 2))]
        made.append(Record("Activity", f"ACT/{number}", said, (*links, *_themes(d, "CONCERNS"))))
    for number in range(d.number(0, 2)):
        key, by = f"PLAN/{number}", d.one(states)
        said = {
            "title": key, "kind": "plan", "cost": d.one((None, 2e5, 3e9)), "visibility": d.visibility(),
            **d.vague("date"),
            **(d.vague("start") if d.chance() else {}),
            **(d.vague("end") if d.chance() else {}),
        }  # fmt: skip
        made.append(Record("ActionPlan", key, said, tuple(_links("MADE_BY", [("State", by)]))))
        for line in range(d.number(0, 2)):
            own = (Link("STATES_NEED", "ActionPlan", key), *_themes(d, "CONCERNS"))
            made.append(Record("Need", f"{key}#{line}", {"subject": "a line", "visibility": d.visibility()}, own))
    return made


def _again(d: Draw, first: Sequence[Record]) -> list[Record]:
    """What the second load still says: some records and some links are gone."""
    removable = [record for record in first if record.label in _REMOVABLE]
    gone = {(one.label, one.key) for one in d.some(removable, 0, 4)} if removable else set()
    loose = [
        (number, link)
        for number, record in enumerate(first)
        for link in record.links
        if link.type not in _KEPT and (link.type, record.label) != ("CONCERNS", "Obligation")
    ]
    without = {(number, id(link)) for number, link in d.some(loose, 0, 6)}
    return [
        replace(record, links=tuple(link for link in record.links if (number, id(link)) not in without))
        for number, record in enumerate(first)
        if (record.label, record.key) not in gone
    ]


def world(seed: int) -> Small:
    """The small world of that seed."""
    d = Draw(seed)
    states = STATES[: d.number(2, len(STATES))]
    records = [
        *_world(d, states),
        *_obligations(d),
        *_statements(d, states),
        *_programmes(d, states),
        *_help(d, states),
    ]
    again = _again(d, records) if d.chance() else records
    return Small(seed, tuple(records), tuple(again))


def worlds() -> st.SearchStrategy[Small]:
    """Small worlds."""
    return st.builds(world, st.integers(0, 2**32))


def item_sets() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """States with the items that each has, for closed sets alone."""
    items: Any = st.frozensets(st.sampled_from("pqrstuv"))
    return st.dictionaries(st.sampled_from("ABCDEFGH"), items, max_size=7)
