"""`clearing` and its solver: by hand, against brute force on small cases and networkx on the facts that ship."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import product
from random import Random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer import Typer
from typer.main import get_command

from footprint.commands import command
from graph.records import Link, Record
from graph.store import Store
from queries import clearing_rows
from queries.answer import Answer
from queries.clearing import clearing
from queries.clearing_rows import Clearing
from queries.flow import FULL, Flow
from queries.parameters import ParameterError
from queries.partners import partners
from queries.support import CAVEAT_UNDATED
from tests.helpers import ONE_ENGINE, write

Worth = Mapping[str, Mapping[str, int]]
Pairs = Collection[tuple[str, str]]

# The solver --------------------------------------------------------------------------------------------------------


def by_trying(worth: Worth, places: Mapping[str, int], barred: Pairs) -> tuple[dict[str, str], int]:
    """The best plan of all there are: most needs, most worth, then the first need's first partner, and so on."""
    needs, names = sorted(worth), sorted({one for those in worth.values() for one in those})
    best: tuple[int, int, tuple[int, ...]] | None = None
    for pick in product(range(len(names) + 1), repeat=len(needs)):
        pairs = [(need, names[at]) for need, at in zip(needs, pick, strict=True) if at < len(names)]
        if any(partner not in worth[need] or (need, partner) in barred for need, partner in pairs):
            continue
        if any(sum(one == name for _, one in pairs) > places.get(name, 0) for name in names):
            continue
        key = (-len(pairs), -sum(worth[need][partner] for need, partner in pairs), pick)
        best = key if best is None else min(best, key)
    assert best is not None
    chosen = {need: names[at] for need, at in zip(needs, best[2], strict=True) if at < len(names)}
    return chosen, -best[1]


def by_networkx(worth: Worth, places: Mapping[str, int], barred: Pairs) -> tuple[dict[str, str], int]:
    """The same by networkx' network simplex, whose integers are exact however long: so the order by ids is a digit
    for each need, in a base above the number of partners, below what the match costs."""
    needs, names = sorted(worth), sorted({one for those in worth.values() for one in those})
    base, digits = len(names) + 1, len(needs)
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_node("source", demand=-len(needs))
    graph.add_node("sink", demand=len(needs))
    for place, need in enumerate(needs):
        digit = base ** (digits - 1 - place)
        graph.add_edge("source", ("need", need), capacity=1, weight=0)
        nobody = FULL * (len(needs) + 1) * base**digits + len(names) * digit
        graph.add_edge(("need", need), "sink", capacity=1, weight=nobody)
        for rank, name in enumerate(names):
            if name in worth[need] and (need, name) not in barred:
                weight = (FULL - worth[need][name]) * base**digits + rank * digit
                graph.add_edge(("need", need), ("partner", name), capacity=1, weight=weight)
    for name in names:
        graph.add_edge(("partner", name), "sink", capacity=places.get(name, 0), weight=0)
    _, flow = nx.network_simplex(graph)
    chosen = {need: to[1] for need in needs for to, units in flow[("need", need)].items() if units and to != "sink"}
    return chosen, sum(worth[need][name] for need, name in chosen.items())


@st.composite
def markets(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], dict[str, int], set[tuple[str, str]]]:
    """Up to five needs and three partners, with few different worths, so that many plans are equally good."""
    names = ["p", "q", "r"][: draw(st.integers(1, 3))]
    worths = st.sampled_from([0, 5000, FULL]) if draw(st.booleans()) else st.integers(0, FULL)
    needs = [f"need {number}" for number in range(draw(st.integers(0, 5)))]
    worth = {need: draw(st.dictionaries(st.sampled_from(names), worths)) for need in needs}
    places = draw(st.dictionaries(st.sampled_from(names), st.integers(0, 3)))
    arcs = [(need, name) for need, those in worth.items() for name in those]
    return worth, places, draw(st.sets(st.sampled_from(arcs), max_size=3)) if arcs else set()


@settings(max_examples=80, deadline=None)
@given(markets())
def test_the_plan_is_the_one_found_by_trying_all(
    market: tuple[dict[str, dict[str, int]], dict[str, int], set[tuple[str, str]]],
) -> None:
    worth, places, barred = market
    flow = Flow(worth, places, barred)
    plan = flow.plan()

    assert (plan.partner, plan.worth) == by_trying(worth, places, barred) == by_networkx(worth, places, barred)
    for name in flow.partners:
        more = flow.plan(more=name)
        assert (more.partner, more.worth) == by_trying(worth, {**places, name: places.get(name, 0) + 1}, barred)
    for pair in sorted(barred):
        allowed = flow.plan(allowing=pair)
        assert (allowed.partner, allowed.worth) == by_trying(worth, places, barred - {pair})
    assert flow.plan() == plan


def test_the_order_in_which_things_are_told_does_not_matter() -> None:
    random = Random(7)
    needs, names = [f"n{number}" for number in range(30)], [f"p{number}" for number in range(12)]
    worth = {need: {name: random.choice((2000, 4000)) for name in names} for need in needs}
    places = dict.fromkeys(names, 2)
    first = Flow(worth, places).plan()
    for _ in range(5):
        random.shuffle(needs)
        random.shuffle(names)
        shuffled = {need: {name: worth[need][name] for name in names} for need in needs}
        assert Flow(shuffled, dict.fromkeys(names, 2)).plan() == first
    assert len(first.partner) == 24


def test_more_needs_met_comes_before_better_matches() -> None:
    plan = Flow({"a": {"p": FULL, "q": 1}, "b": {"p": FULL}}, {"p": 1, "q": 1}).plan()

    assert plan.partner == {"a": "q", "b": "p"}
    assert plan.worth == FULL + 1
    assert Flow({}, {}).plan().partner == {}
    for wrong in (({"a": {"p": FULL + 1}}, {"p": 1}), ({"a": {"p": 1}}, {"p": -1})):
        with pytest.raises(ValueError, match="Worths"):
            Flow(*wrong)


# The facts that ship -----------------------------------------------------------------------------------------------


class Seen(Flow):
    """A flow that remembers what it was asked."""

    asked: tuple[Worth, Mapping[str, int], Pairs]

    def __init__(self, worth: Worth, places: Mapping[str, int], barred: Pairs = ()) -> None:
        type(self).asked = (worth, places, barred)
        super().__init__(worth, places, barred)


@ONE_ENGINE
@pytest.mark.parametrize("each", [1, 3])
def test_networkx_finds_the_same_plan(shipped: Store, monkeypatch: pytest.MonkeyPatch, each: int) -> None:
    monkeypatch.setattr(clearing_rows, "Flow", Seen)
    asked: dict[str, Any] = {"capacities": {"iaea": 2}, "exclude": ("interpol:SLE", "CHE")}
    answer = clearing(shipped, as_of=date(2020, 6, 1), capacity_each=each, limit=500, **asked)
    chosen, worth = by_networkx(*Seen.asked)

    assert len(answer.rows) > 90
    assert {row.need.id: row.partner.id for row in answer.rows if row.partner} == chosen
    assert sum(round(row.partner.score * FULL) for row in answer.rows if row.partner) == worth
    loads = [sum(name == one for one in chosen.values()) for name in chosen.values()]
    assert max(loads) <= max(each, 2)
    assert "CHE" not in chosen.values()


def test_the_request_of_caricom_on_its_day(shipped: Store) -> None:
    """Scores as in `partners`; who serves what, worked out by hand from the scores of the three needs."""
    answer = clearing(shipped, as_of=date(2009, 6, 1), region="CARICOM", capacities={"USA": 0})

    assert [row.need.id for row in answer.rows] == [f"REQ/CARICOM/2009-06#{number}" for number in (1, 2, 3)]
    assert [row.partner.id for row in answer.rows if row.partner] == ["NOR", "european-union", "oas"]
    assert {row.score for row in answer.rows} == {None}
    last = answer.rows[2]
    assert last.runner_up is not None
    assert (last.runner_up.id, last.runner_up.why) == ("iaea", "it scores lower here.")
    assert "1540-committee-replies-of-unodc" in {one.id for one in answer.sources}
    # From the day of the first dated reply on, it is not open any more.
    later = clearing(shipped, as_of=date(2009, 6, 2), region="CARICOM")
    assert later.rows == ()
    assert any("To 1 request a reply is told by then, so 3 needs are left out: REQ/CARICOM" in c for c in later.caveats)


@ONE_ENGINE
def test_scores_are_those_of_partners(shipped: Store) -> None:
    on = date(2020, 6, 1)
    answer = clearing(shipped, as_of=on, region="ECOWAS", theme="border-control", capacity_each=9, limit=500)
    assert [row.need.of[0].id for row in answer.rows if row.need.kind == "plan"] == ["BEN", "LBR", "NGA", "SLE"]
    for row in answer.rows:
        best = partners(shipped, row.need.of[0].id, "border-control", as_of=on, limit=2).rows
        assert row.partner is not None
        assert row.runner_up is not None
        assert (row.partner.score, row.features) == (best[0].score, best[0].features)
        assert row.runner_up.score == best[1].score
    assert [row.need.whose for row in answer.rows] == sorted(row.need.whose for row in answer.rows)


# What is written by hand -------------------------------------------------------------------------------------------

DAY = date(2020, 6, 1)


def span(what: str, first: date | None, last: date | None = None) -> dict[str, Any]:
    """A date or period as the model keeps it."""
    return {f"{what}_text": str(first) if first else None, f"{what}_earliest": first, f"{what}_latest": last or first}


def request(
    state: str, *needs: tuple[str, ...], on: date = date(2020, 1, 1), visibility: str = "public", **said: Any
) -> list[Record]:
    """A request of a State with a need for each tuple of themes."""
    key = f"REQ/{state}/{on.year}"
    about = {"subject": f"Request of {state}", "visibility": visibility, **span("date", on), **said}
    made = [Record("Request", key, about, (Link("MADE_BY", "State", state), Link("FROM", "Source", "source-1")))]
    for number, themes in enumerate(needs, start=1):
        links = (Link("STATES_NEED", "Request", key), *(Link("CONCERNS", "Theme", one) for one in themes))
        made.append(Record("Need", f"{key}#{number}", {"subject": "help", "visibility": visibility}, links))
    return made


def offer(
    partner: str, *links: Link, scope: str = "theme", visibility: str = "public", on: date | None = None
) -> Record:
    """An offer of an organisation."""
    about = {"subject": "help", "scope": scope, "visibility": visibility, **span("date", on)}
    by = (Link("MADE_BY", "Organisation", partner), Link("FROM", "Source", "source-1"))
    return Record("Offer", f"OFFER/{partner}/{len(links)}", about, (*by, *links))


def themes(*ids: str) -> tuple[Link, ...]:
    """What an offer covers."""
    return tuple(Link("COVERS", "Theme", one) for one in ids)


STATES = ("AAA", "BBB", "CCC", "DDD")
WORLD = [
    Record("Source", "source-1", {"title": "One"}),
    *(Record("State", one, {"name": f"State {one}"}) for one in STATES),
    *(Record("Theme", one, {"name": one.replace("-", " ").capitalize()}) for one in ("border-control", "licensing")),
    *(Record("Organisation", f"org-{one}", {"name": f"Org {one.upper()}", "kind": "body"}) for one in "pq"),
]  # fmt: skip
# Org P covers both themes anywhere: (4·1 + 3·0 + 2·1 + 1·0) / 10 = 0.6. Org Q has a general offer for State BBB
# alone: (4·0.4 + 3·0 + 2·1 + 1·0) / 10 = 0.36. Nobody can tell what State DDD asks for.
SCENE = [
    *WORLD,
    *request("AAA", ("border-control",)),
    *request("BBB", ("border-control",)),
    *request("CCC", ("licensing",)),
    *request("DDD"),
    offer("org-p", *themes("border-control", "licensing")),
    offer("org-q", Link("LIMITED_TO", "State", "BBB"), scope="general"),
]


def plan(answer: Answer[Clearing]) -> dict[str, tuple[str, float] | None]:
    """By State: the partner and its score."""
    return {row.need.of[0].id: (row.partner.id, row.partner.score) if row.partner else None for row in answer.rows}


@ONE_ENGINE
def test_by_hand(scratch: Store) -> None:
    write(scratch, Random(3).sample(SCENE, len(SCENE)))
    answer = clearing(scratch, as_of=DAY)
    rows = {row.need.of[0].id: row for row in answer.rows}

    # Weights add up to 11.5. Org P: covers 2, share of all that is known of the theme 4, focus 0.5 / sqrt(2) / (sqrt(2)
    # + 1), region unnamed 0.5: 6.646. Org Q: in general 0.4 of 2, and it names the region 1: 1.8.
    # State BBB alone can go to Org Q; of the others, as good as each other, the first by id gets Org P.
    assert plan(answer) == {"AAA": ("org-p", 0.578), "BBB": ("org-q", 0.1565), "CCC": None, "DDD": None}
    assert rows["AAA"].runner_up is None
    assert {one.name for one in rows["AAA"].features} == {
        "covers", "done_before", "share", "focus", "region", "neighbour", "present", "language", "tradition",
    }  # fmt: skip
    assert rows["BBB"].runner_up is not None
    assert (rows["BBB"].runner_up.id, rows["BBB"].runner_up.score) == ("org-p", 0.578)
    assert rows["BBB"].runner_up.why == (
        "it would score higher here, but its 1 place goes to State AAA: help (REQ/AAA/2020#1); all in all the plan is "
        "better that way."
    )
    assert rows["CCC"].unmet == "The only partner of which something known bears on it has no place left for it."
    assert rows["CCC"].changes == ("One more place at Org P would serve it (score 0.58).",)
    assert rows["DDD"].unmet == "What is asked for is not known here by any theme, so no partner can be matched."
    assert any(one.startswith("Of 4 open needs, 2 matched and 2 not. ") for one in answer.caveats)
    assert "Of 1 request it is not known here what they ask for, under any theme." in answer.caveats
    assert [source.id for source in answer.sources] == ["source-1"]
    assert rows["DDD"].why() == [rows["DDD"].unmet, "A statement of what is needed would let partners be matched."]


@ONE_ENGINE
def test_capacities_and_exclusions(scratch: Store) -> None:
    write(scratch, SCENE)
    two = clearing(scratch, as_of=DAY, capacities={"Org P": 2})
    three = clearing(scratch, as_of=DAY, capacity_each=3)
    without = clearing(scratch, as_of=DAY, capacity_each=2, exclude=("org-p:State CCC", "org-q"))
    at_need = clearing(scratch, as_of=DAY, capacity_each=3, exclude=("org-p:REQ/BBB/2020#1", "org-p:REQ/AAA/2020"))
    strict = clearing(scratch, as_of=DAY, capacity_each=3, at_least=0.61)

    assert plan(two) == {"AAA": ("org-p", 0.578), "BBB": ("org-q", 0.1565), "CCC": ("org-p", 0.578), "DDD": None}
    assert two.parameters["capacities"] == {"org-p": 2}
    assert plan(three) == {"AAA": ("org-p", 0.578), "BBB": ("org-p", 0.578), "CCC": ("org-p", 0.578), "DDD": None}
    next_ = three.rows[1].runner_up
    assert next_ is not None
    assert (next_.id, next_.why) == ("org-q", "it scores lower here.")
    assert plan(without) == {"AAA": ("org-p", 0.578), "BBB": ("org-p", 0.578), "CCC": None, "DDD": None}
    row = without.rows[2]
    assert row.unmet == "Every partner of which something known bears on it is excluded."
    # The two places of Org P are taken, so that lifting the exclusion would not meet one need more.
    assert row.changes == ()
    assert [one.id for one in row.excluded] == ["org-p"]
    assert without.parameters["exclude"] == ["org-p:CCC", "org-q"]
    assert CAVEAT_UNDATED in without.caveats
    assert CAVEAT_UNDATED in without.caveats
    more = clearing(scratch, as_of=DAY, capacity_each=3, exclude=("org-p:CCC",)).rows[2]
    assert more.changes == ("Without its exclusion, Org P (0.58) would take it.",)
    assert plan(at_need) == {"AAA": None, "BBB": ("org-q", 0.1565), "CCC": ("org-p", 0.578), "DDD": None}
    assert set(plan(strict).values()) == {None}
    assert strict.rows[0].unmet == "Nothing that is known of any partner bears on it (with a score of 0.61 or more)."
    assert strict.rows[0].changes[0].startswith("An offer of help with border control that is open to State AAA")
    idle = clearing(scratch, as_of=DAY, theme="licensing", capacities={"org-q": 4})
    assert [one.need.id for one in idle.rows] == ["REQ/CCC/2020#1"]
    assert any(one.startswith("Without effect") and "org-q" in one for one in idle.caveats)


@ONE_ENGINE
def test_as_of_and_replies(scratch: Store) -> None:
    replied = Link("ANSWERS", "Request", "REQ/AAA/2020")
    write(scratch, [
        *WORLD,
        *request("AAA", ("border-control",), answered_by=["Org P"]),
        *request("BBB", ("border-control",), answered_by=["Org Q"]),
        *request("CCC", ("border-control",), on=date(2014, 1, 1)),
        offer("org-p", *themes("border-control"), replied, on=date(2020, 3, 1)),
        offer("org-q", Link("ANSWERS", "Request", "REQ/DDD/2020"), visibility="committee"),
        *request("DDD", ("border-control",)),
    ])  # fmt: skip

    def asked(on: date, committee: bool = False) -> dict[str, str | None]:
        rows = clearing(scratch, as_of=on, committee=committee).rows
        return {row.need.of[0].id: row.need.note for row in rows}

    assert asked(date(2013, 12, 31)) == {}
    # A dated reply decides (AAA); a reply without a date counts from the request on (BBB), if it may be seen (DDD).
    assert asked(date(2020, 2, 29)).keys() == {"AAA", "CCC", "DDD"}
    assert asked(date(2020, 3, 1)).keys() == {"CCC", "DDD"}
    assert asked(date(2020, 3, 1), committee=True).keys() == {"CCC"}
    assert asked(date(2018, 1, 1)) == {"CCC": None}
    assert CAVEAT_UNDATED not in clearing(scratch, as_of=date(2020, 3, 1)).caveats
    assert "more than 5 years old" in str(asked(DAY)["CCC"])
    answer = clearing(scratch, as_of=DAY)
    assert any(
        "so 2 needs are left out: REQ/AAA/2020 (Org P; first dated 2020-03-01); REQ/BBB/2020 (Org Q; without a date)"
        in one
        for one in answer.caveats
    )
    assert not any("REQ/BBB" in one for one in clearing(scratch, as_of=DAY, region="org-p").caveats)


@ONE_ENGINE
def test_plans_by_theme(scratch: Store) -> None:
    def line(number: int, level: str, theme: str, visibility: str = "public", cost: float | None = 10.0) -> Record:
        about = {"subject": "a line", "level": level, "cost": cost, "currency": "USD", "visibility": visibility}
        links = (Link("STATES_NEED", "ActionPlan", "PLAN/AAA"), Link("CONCERNS", "Theme", theme))
        return Record("Need", f"PLAN/AAA#{number}", about, links)

    period = {**span("start", date(2019, 1, 1)), **span("end", date(2021, 12, 31))}
    by = (Link("MADE_BY", "State", "AAA"), Link("FROM", "Source", "source-1"))
    write(scratch, [
        *WORLD,
        Record("ActionPlan", "PLAN/AAA", {"title": "Plan", "kind": "plan", "visibility": "public", **period}, by),
        line(1, "line", "border-control"), line(2, "line", "border-control", cost=None),
        line(3, "line", "border-control", "committee"), line(4, "total", "border-control", cost=999.0),
        line(5, "total", "licensing", cost=70.0),
        offer("org-p", *themes("border-control")),
    ])  # fmt: skip
    answer = clearing(scratch, as_of=DAY)
    control, licensing = answer.rows

    assert (control.need.id, control.need.lines, control.need.costs) == ("PLAN/AAA#border-control", 2, {"USD": 10.0})
    assert control.need.subject == "Border control, 2 costed lines of the plan"
    assert licensing.need.subject == "Licensing, 1 total of the plan (its lines: not known)"
    assert [one.name for one in control.themes] == ["Border control"]
    assert (licensing.need.lines, licensing.need.costs) == (0, {"USD": 70.0})
    assert control.partner is not None
    assert any("costs are never to be added" in one for one in answer.caveats)
    assert [one.id for one in answer.sources] == ["source-1"]
    assert clearing(scratch, as_of=DAY, committee=True).rows[0].need.costs == {"USD": 20.0}
    for on in (date(2018, 12, 31), date(2022, 1, 1)):
        assert clearing(scratch, as_of=on).rows == ()


@ONE_ENGINE
def test_what_only_the_committee_may_see(scratch: Store) -> None:
    write(scratch, [
        *WORLD,
        *request("AAA", ("border-control",), visibility="committee"),
        *request("BBB", ("border-control",)),
        offer("org-p", *themes("border-control"), visibility="committee"),
    ])  # fmt: skip
    public = clearing(scratch, as_of=DAY)

    assert plan(public) == {"BBB": None}
    assert "AAA" not in public.model_dump_json()
    assert "org-p" not in public.model_dump_json()
    assert plan(clearing(scratch, as_of=DAY, committee=True)) == {"AAA": ("org-p", 0.587), "BBB": None}
    with pytest.raises(ParameterError, match="is no need, request or plan"):
        clearing(scratch, as_of=DAY, exclude=("org-p:REQ/AAA/2020",))


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"capacity_each": -1}, "The capacity of each partner is -1"),
        ({"capacities": {"oas": 1.5}}, "The capacity of oas is 1.5; it should be a whole number"),
        ({"capacities": {"Orgg": 1}}, "No State or organisation is called 'Orgg'"),
        ({"exclude": ("oas:Sierra Leonne",)}, r"Did you mean .*Sierra Leone"),
        ({"exclude": ("oas:REQ/XYZ/1999",)}, "is no need, request or plan"),
        ({"region": "Atlantis"}, "No organisation or region is called 'Atlantis'"),
        ({"theme": "nonsense"}, "nonsense"),
        ({"weights": {"nonsense": 1.0}}, "There is no feature 'nonsense'"),
        ({"at_least": 1.1}, "The least score is 1.1"),
        ({"limit": 501}, "The limit is 501"),
    ],
)
def test_what_cannot_be_is_told(shipped: Store, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        clearing(shipped, as_of=date(2009, 10, 1), **wrong)


def test_capacities_are_given_on_the_command_line() -> None:
    app = Typer()
    app.command()(command(clearing))
    options = {parameter.name: parameter.opts for parameter in get_command(app).params}

    assert options["capacities"] == ["--capacity"]
    assert options["capacity_each"] == ["--capacity-each"]
    assert options["weights"] == ["--weight"]
