"""The three questions once more, slowly and plainly over a networkx graph: the reference that answers are held to.

Written from the design and the docstrings, with loops in place of Cypher and bitsets. Each answer is a list of plain
rows (`dict`), best first, in the shape that `tests.test_reference` makes of a real answer; `None` where the question
cannot be asked (no member States, a request not made yet).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

import networkx as nx

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, years_after
from graph.model import LOADED, MODEL, REPORTED_BY
from graph.store import Store
from queries.assemble import today
from queries.entry_points import OPEN_YEARS, EntryPointWeights

Node = tuple[str, str]
# Nodes are (label, key); attributes are properties, and `type` on edges.
Graph: TypeAlias = "nx.MultiDiGraph[Node]"
Row = dict[str, Any]
SEA = {"maritime-port-security", "transit-transshipment", "import-control", "customs-enforcement", "transport"}
LAND = {"border-control", "customs-enforcement", "detection-equipment"}
NUCLEAR = {"nuclear-accounting", "nuclear-physical-protection", "radioactive-sources"}


def export(store: Store) -> Graph:
    """All nodes and relationships of a store, but for what the loader keeps about its own work."""
    g: Graph = nx.MultiDiGraph()
    for row in store.ask("MATCH (n) RETURN labels(n) AS labels, properties(n) AS said"):
        (label,) = MODEL.nodes.keys() & set(row["labels"])
        g.add_node((label, row["said"][MODEL.node(label).key]), **row["said"])
    ends = "labels(a) AS a_labels, coalesce(a.iso3, a.id) AS a, labels(b) AS b_labels, coalesce(b.iso3, b.id) AS b"
    query = f"MATCH (a)-[r]->(b) WHERE NOT type(r) IN $own RETURN {ends}, type(r) AS type, properties(r) AS said"
    for row in store.ask(query, {"own": [REPORTED_BY, LOADED]}):
        (a,), (b,) = (MODEL.nodes.keys() & set(row[end]) for end in ("a_labels", "b_labels"))
        g.add_edge((a, row["a"]), (b, row["b"]), **row["said"], type=row["type"])
    return g


def shown(g: Graph, committee: bool) -> Graph:
    """What the caller may see of what the data sets say now: nothing retired, ended or hidden."""
    now: Graph = nx.MultiDiGraph()
    for node, said in g.nodes(data=True):
        if said.get("retired") is None and (committee or said.get("visibility", "public") == "public"):
            now.add_node(node, **said)
    for a, b, said in g.edges(data=True):
        if a in now and b in now and said.get("valid_to") is None:
            now.add_edge(a, b, **said)
    return now


def out(g: Graph, node: Node, type_: str, *labels: str) -> list[Node]:
    """Where the relationships of that type lead, each node once, in order."""
    found = {b for _, b, said in g.out_edges(node, data=True) if said["type"] == type_}
    return sorted(b for b in found if not labels or b[0] in labels)


def into(g: Graph, node: Node, type_: str) -> list[Node]:
    """Where the relationships of that type come from, each node once, in order."""
    return sorted({a for a, _, said in g.in_edges(node, data=True) if said["type"] == type_})


def labelled(g: Graph, label: str) -> list[Node]:
    """All nodes of a type, in order."""
    return sorted(node for node in g if node[0] == label)


def party(g: Graph, key: str) -> Node:
    """The State, territory or organisation of that key."""
    return next((label, key) for label in ("State", "Territory", "Organisation") if (label, key) in g)


def scored(id_: str, features: dict[str, float], weights: object, **more: Any) -> Row:
    """A row: features to four decimals, and their weighted mean over those that apply."""
    # Any set of weights is a dataclass, which `object` does not say.
    weigh = {name: weight for name, weight in asdict(weights).items() if name in features}  # type: ignore[call-overload]
    values = {name: round(value, 4) for name, value in features.items()}
    score = round(sum(values[name] * weigh[name] for name in values) / sum(weigh.values()), 4)
    return {"id": id_, "score": score, "features": values, **more}


# What holds on a date -------------------------------------------------------------------------------------------


def is_state_on(g: Graph, state: Node, on: date) -> bool:
    """Whether the State was there on that day."""
    since = g.nodes[state].get("since")
    return since is None or since <= on


def organisations(g: Graph, state: Node, on: date) -> set[str]:
    """The organisations that it is a member of on that day; a membership ends on its last day."""
    found = set()
    for _, organisation, said in g.out_edges(state, data=True):
        if said["type"] == "MEMBER_OF":
            since, until = said.get("since"), said.get("until")
            was = said["status"] == "member" or (said["status"] == "former" and until)
            if was and (since is None or since <= on) and (until is None or until > on):
                found.add(organisation[1])
    return found


def members(g: Graph, organisation: str, on: date) -> list[str]:
    """The member States of an organisation on that day."""
    states = [state for state in labelled(g, "State") if is_state_on(g, state, on)]
    return [state[1] for state in states if organisation in organisations(g, state, on)]


def regions(g: Graph, place: Node) -> set[str]:
    """The regions that it lies in, at all levels."""
    found = {region[1] for region in out(g, place, "PART_OF", "Region")}
    return found | {above for region in found for above in regions(g, ("Region", region))}


def may_run(said: dict[str, Any], on: date) -> bool:
    """Whether a programme may run: earliest start to latest end; an open end (or start) counts for some years."""
    starts = said.get("start_earliest"), said.get("start_latest")
    ends = said.get("end_earliest"), said.get("end_latest")
    if (starts[0] and starts[0] > on) or (ends[1] and ends[1] < on) or not (starts[0] or ends[1]):
        return False
    if not ends[1] and (not starts[1] or starts[1] < years_after(on, -OPEN_YEARS)):
        return False
    return bool(starts[0]) or bool(ends[0] and ends[0] <= years_after(on, OPEN_YEARS))


def plans(g: Graph, place: str, on: date) -> list[Node]:
    """A State's own plans that may be under way on that day."""
    made = [p for p in into(g, party(g, place), "MADE_BY") if p[0] == "ActionPlan"]
    return [p for p in made if may_run(as_programme(g.nodes[p]), on)]


def as_programme(said: dict[str, Any]) -> dict[str, Any]:
    """A plan as a programme: it starts when made if it says no start, and its cost is its amount."""
    if "kind" not in said:
        return said
    starts = {f"start_{x}": said.get(f"start_{x}") or said.get(f"date_{x}") for x in ("earliest", "latest")}
    return {**said, **starts, "amount": said.get("cost")}


def opened(g: Graph, programme: Node) -> dict[str, int]:
    """The themes that a programme's sectors or title open, and how directly at best; none if its title closes it."""
    found: dict[str, int] = {}
    if g.nodes[programme].get("closed"):
        return found
    for one, type_ in [(programme, "TOUCHES"), *((sector, "OPENS") for sector in out(g, programme, "IN_SECTOR"))]:
        for _, theme, said in g.out_edges(one, data=True):
            if said["type"] == type_:
                found[theme[1]] = max(said["directness"], found.get(theme[1], 0))
    for need in out(g, programme, "STATES_NEED"):
        found.update({theme: 3 for _, theme in out(g, need, "CONCERNS", "Theme")})
    return found


def running(g: Graph, place: str, on: date) -> list[Node]:
    """The programmes in a State or territory that may run on that day."""
    return [p for p in into(g, party(g, place), "ACTIVE_IN") if may_run(g.nodes[p], on)]


def made_by_then(said: dict[str, Any], on: date) -> bool:
    """Whether an offer may have been made by that day; one without a date counts at any."""
    return said.get("date_earliest") is None or said["date_earliest"] <= on


def helped_by_then(said: dict[str, Any], on: date) -> bool:
    """Whether a precedent is help that was certainly begun by that day; without a date, by today."""
    by = said.get("date_latest") or said.get("date_earliest") or today()
    return bool(said["kind"] == "help" and by <= on)


def reported_by_then(said: dict[str, Any], on: date) -> bool:
    """Whether help that its provider reports by years had surely begun: a year after the first of them."""
    first = said.get("date_earliest")
    return said["kind"] in ("activity", "contract line") and first is not None and first <= years_after(on, -1)


def uppers(g: Graph, agency: Node) -> list[Node]:
    """The States or organisations above an agency; else itself."""
    above = out(g, agency, "PART_OF", "State", "Organisation") if agency[0] == "Organisation" else []
    return above or [agency]


def fits(g: Graph, offer: Node, place: str, on: date) -> bool:
    """Whether an offer's limits take in a place and its exclusions do not."""
    node = party(g, place)
    own = {place} | regions(g, node) | organisations(g, node, on)
    limits = {where[1] for where in out(g, offer, "LIMITED_TO")}
    return not own & {where[1] for where in out(g, offer, "EXCLUDES")} and (not limits or bool(own & limits))


# Items, themes, readings ----------------------------------------------------------------------------------------


def below(g: Graph, obligation: Node) -> list[Node]:
    """An obligation and all that is part of it."""
    return [obligation, *(one for part in into(g, obligation, "PART_OF") for one in below(g, part))]


def themes_of(g: Graph, asked: str) -> set[str]:
    """The themes of a theme (itself) or of an obligation and what is under it."""
    if ("Theme", asked) in g:
        return {asked}
    return {theme for one in below(g, ("Obligation", asked)) for _, theme in out(g, one, "CONCERNS", "Theme")}


def item_of(g: Graph, target: Node) -> set[str]:
    """The items of one target of a field: the row in OP 1, the theme elsewhere."""
    if target[0] == "Theme" or g.nodes[target].get("section") == "OP1":
        return {target[1]}
    return {theme for _, theme in out(g, target, "CONCERNS", "Theme")}


def items_of(g: Graph, asked: str) -> set[str]:
    """The items to look at where a theme or an obligation is asked for."""
    if ("Theme", asked) in g:
        rows = (one for one in into(g, ("Theme", asked), "CONCERNS") if one[0] == "Obligation")
        return {asked} | {row[1] for row in rows if g.nodes[row].get("section") == "OP1"}
    return {item for one in below(g, ("Obligation", asked)) for item in item_of(g, one)}


def readings(g: Graph, place: str, on: date, evidence: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
    """How each item reads for a place: the reading and the negative statements; no entry where nothing is known."""
    said: dict[str, set[Node]] = {}
    for field in out(g, party(g, place), "HAS_FIELD"):
        latest: dict[tuple[Node, str], list[Node]] = {}
        for statement in into(g, field, "ABOUT"):
            one = g.nodes[statement]
            until = one.get("holds_until")
            if one["kind"] not in evidence or one["reading"] == "unknown":
                continue
            if one["holds_from"] > on or (until and until < on):
                continue
            for source in out(g, statement, "FROM"):
                latest.setdefault((source, one["kind"]), []).append(statement)
        for statements in latest.values():
            last = max(g.nodes[one]["observed_at"] for one in statements)
            for item in {item for target in out(g, field, "CONCERNS") for item in item_of(g, target)}:
                said.setdefault(item, set()).update(s for s in statements if g.nodes[s]["observed_at"] == last)
    found = {}
    for item, every in said.items():
        negative = [word for word in ("incomplete", "no entry") if any(g.nodes[s]["reading"] == word for s in every)]
        ids = sorted(s[1] for s in every if g.nodes[s]["reading"] in NEGATIVE)
        found[item] = (negative[0] if negative else "in place", ids)
    return found


# Entry points ---------------------------------------------------------------------------------------------------


def entry_points(g: Graph, state: str, theme: str | None, as_of: date, *, committee: bool = False) -> list[Row] | None:
    """Programmes under way in a State that could carry a 1540 component; nothing to ask where no theme is known."""
    g = shown(g, committee)
    asked = themes_of(g, theme) if theme else {key for _, key in labelled(g, "Theme")}
    if not asked:
        return None
    found = readings(g, state, as_of, DEFAULT_EVIDENCE)
    needs = {item for item, (reading, _) in found.items() if reading in NEGATIVE}
    rows = []
    for p in [*running(g, state, as_of), *plans(g, state, as_of)]:
        opens = {one: direct for one, direct in opened(g, p).items() if one in asked}
        if not opens:
            continue
        said = as_programme(g.nodes[p])
        # A theme that the sector code alone opens counts half a step less than one that the title or a plan names.
        told = set(opens) if p[0] == "ActionPlan" else {key for _, key in out(g, p, "TOUCHES", "Theme")}
        direct = {one: steps if one in told else steps - 0.5 for one, steps in opens.items()}
        order = sorted(opens, key=lambda one: (-direct[one], one not in needs, one))
        by = {role: sorted(one[1] for one in out(g, p, role)) for role in ("FUNDED_BY", "IMPLEMENTED_BY")}
        if p[0] == "ActionPlan":
            by["IMPLEMENTED_BY"] = [state]
        known = any(known_for_help(g, party(g, one), as_of) for ids in by.values() for one in ids)
        end = said.get("end_latest")
        features = {
            "directness": direct[order[0]] / 3,
            "time_left": min((end - as_of).days / 730, 1) if end else 0.25,
            "known_partner": float(known),
            "need": float(bool(needs & set(opens))),
        }
        if (said.get("amount") or 0) > 0:
            features["small"] = min(1, max(0, 1 - math.log10(said["amount"] / 1e6) / 2))
        if matters(g, state, set(opens), as_of):
            features["reality"] = 1
        began, ended = said.get("start_latest"), said.get("end_earliest")
        uncertain = not began or not ended or began > as_of or ended < as_of
        themes = [(one, opens[one]) for one in order]
        more = {"themes": themes, "uncertain": uncertain, "by": sorted(by.items())}
        rows.append(scored(p[1], features, EntryPointWeights(), **more))
    return sorted(rows, key=lambda row: (-row["score"], row["id"]))


def known_for_help(g: Graph, agency: Node, on: date) -> bool:
    """Whether the partner above an agency, or any agency of it, has offered or given help by then."""
    partner = min(uppers(g, agency), key=lambda one: one[1])
    for one in [partner, *(below for below in into(g, partner, "PART_OF") if below[0] == "Organisation")]:
        if any(made_by_then(g.nodes[x], on) for x in into(g, one, "MADE_BY") if x[0] == "Offer"):
            return True
        given = into(g, one, "PROVIDED_BY")
        if any(helped_by_then(g.nodes[x], on) for x in given if x[0] == "Precedent"):
            return True
        if any(reported_by_then(g.nodes[x], on) for x in given if x[0] == "Activity"):
            return True
    return False


def matters(g: Graph, state: str, themes: set[str], on: date) -> bool:
    """Whether its ports, coast, land borders, reactors or minerals bear on the themes (a territory has none)."""
    node = party(g, state)
    if node[0] != "State":
        return False
    said, borders = g.nodes[node], out(g, node, "BORDERS") + into(g, node, "BORDERS")
    sea = bool(themes & SEA) and bool(said.get("ports") or said.get("coastline_km"))
    if "strategic-minerals" in themes and {"eiti", "kimberley-process"} & organisations(g, node, on):
        return True
    return sea or bool(themes & LAND and borders) or bool(themes & NUCLEAR and said.get("reactors"))
