"""The three questions once more, slowly and plainly over a networkx graph: the reference that answers are held to.

Written from the design and the docstrings, with loops in place of Cypher and bitsets. Each answer is a list of plain
rows (`dict`), best first, in the shape that `tests.test_reference` makes of a real answer; `None` where the question
cannot be asked (no member States, a request not made yet).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

import networkx as nx

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, years_after
from graph.model import LOADED, MODEL, REPORTED_BY
from graph.store import Store
from queries.entry_points import OPEN_YEARS, EntryPointWeights
from queries.groupings import GroupingWeights
from queries.partners import PartnerWeights

Node = tuple[str, str]
# Nodes are (label, key); attributes are properties, and `type` on edges.
Graph: TypeAlias = "nx.MultiDiGraph[Node]"
Row = dict[str, Any]
Closed = set[tuple[frozenset[str], frozenset[str]]]
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


def opened(g: Graph, programme: Node) -> dict[str, int]:
    """The themes that a programme's sectors or title open, and how directly at best."""
    found: dict[str, int] = {}
    for one, type_ in [(programme, "TOUCHES"), *((sector, "OPENS") for sector in out(g, programme, "IN_SECTOR"))]:
        for _, theme, said in g.out_edges(one, data=True):
            if said["type"] == type_:
                found[theme[1]] = max(said["directness"], found.get(theme[1], 0))
    return found


def running(g: Graph, place: str, on: date) -> list[Node]:
    """The programmes in a State or territory that may run on that day."""
    return [p for p in into(g, party(g, place), "ACTIVE_IN") if may_run(g.nodes[p], on)]


def made_by_then(said: dict[str, Any], on: date) -> bool:
    """Whether an offer may have been made by that day; one without a date counts at any."""
    return said.get("date_earliest") is None or said["date_earliest"] <= on


def helped_by_then(said: dict[str, Any], on: date) -> bool:
    """Whether a precedent is help that was certainly given by that day."""
    return said["kind"] == "help" and said.get("date_latest") is not None and said["date_latest"] <= on


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


def entry_points(g: Graph, state: str, theme: str | None, as_of: date, *, committee: bool = False) -> list[Row]:
    """Programmes under way in a State that could carry a 1540 component."""
    g = shown(g, committee)
    asked = themes_of(g, theme) if theme else {key for _, key in labelled(g, "Theme")}
    found = readings(g, state, as_of, DEFAULT_EVIDENCE)
    needs = {item for item, (reading, _) in found.items() if reading in NEGATIVE}
    rows = []
    for p in running(g, state, as_of):
        opens = {one: direct for one, direct in opened(g, p).items() if one in asked}
        if not opens:
            continue
        said = g.nodes[p]
        order = sorted(opens, key=lambda one: (-opens[one], one not in needs, one))
        by = {role: sorted(one[1] for one in out(g, p, role)) for role in ("FUNDED_BY", "IMPLEMENTED_BY")}
        known = any(known_for_help(g, party(g, one), as_of) for ids in by.values() for one in ids)
        end = said.get("end_latest")
        features = {
            "directness": opens[order[0]] / 3,
            "time_left": min((end - as_of).days / 730, 1) if end else 0.25,
            "known_partner": float(known),
            "need": float(bool(needs & set(opens))),
        }
        if (said.get("amount") or 0) > 0:
            features["small"] = min(1, max(0, 1 - math.log10(said["amount"] / 1e6) / 2))
        if matters(g, state, set(opens)):
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
        if any(helped_by_then(g.nodes[x], on) for x in into(g, one, "PROVIDED_BY")):
            return True
    return False


def matters(g: Graph, state: str, themes: set[str]) -> bool:
    """Whether the State's own ports, coast, land borders or reactors bear on the themes (a territory has none)."""
    node = party(g, state)
    if node[0] != "State":
        return False
    said, borders = g.nodes[node], out(g, node, "BORDERS") + into(g, node, "BORDERS")
    sea = bool(themes & SEA) and bool(said.get("ports") or said.get("coastline_km"))
    return sea or bool(themes & LAND and borders) or bool(themes & NUCLEAR and said.get("reactors"))


# Groupings ------------------------------------------------------------------------------------------------------


def closed_by_brute_force(has: dict[str, frozenset[str]], min_states: int, min_items: int) -> Closed:
    """Every set of States, with the items they all have, made as large as those items allow."""
    found = set()
    for size in range(1, len(has) + 1):
        for states in itertools.combinations(sorted(has), size):
            items = frozenset.intersection(*(has[state] for state in states))
            found.add((frozenset(state for state in has if items <= has[state]), items))
    return {(states, items) for states, items in found if len(states) >= min_states and len(items) >= min_items}


def closed_by_fixpoint(has: dict[str, frozenset[str]], min_states: int, min_items: int) -> Closed:
    """The same for many States: all intersections of their item sets, each with the States that have it."""
    shared: set[frozenset[str]] = set()
    for own in has.values():
        shared |= {own} | {own & other for other in shared}
        shared = {items for items in shared if len(items) >= min_items}
    pairs = ((frozenset(state for state in has if items <= has[state]), items) for items in shared)
    return {(states, items) for states, items in pairs if len(states) >= min_states}


def holders(g: Graph, organisation: str | None, on: date) -> list[tuple[list[str], tuple[int, str]]]:
    """What may hold States together: one organisation, or each regional one, the map, and each language."""
    if organisation:
        return [(members(g, organisation, on), (0, organisation))]
    regional = [one[1] for one in labelled(g, "Organisation") if g.nodes[one].get("regional")]
    states = [state for state in labelled(g, "State") if is_state_on(g, state, on)]
    spoken = sorted({language for state in states for language in g.nodes[state].get("languages", [])})
    found = [(members(g, one, on), (0, one)) for one in regional]
    found.append(([state[1] for state in states], (1, "map")))
    for language in spoken:
        found.append(([s[1] for s in states if language in g.nodes[s].get("languages", [])], (2, language)))
    return [(those, order) for those, order in found if those]


def pieces(g: Graph, states: Iterable[str]) -> list[frozenset[str]]:
    """The States in pieces that hang together by land borders."""
    land: nx.Graph[str] = nx.Graph()
    land.add_nodes_from(states)
    land.add_edges_from((a, b) for a in states for _, b in out(g, ("State", a), "BORDERS", "State") if b in land)
    return [frozenset(piece) for piece in nx.connected_components(land)]


def groupings(
    g: Graph, organisation: str | None, themes: Sequence[str], as_of: date, min_states: int = 3, min_themes: int = 1,
    evidence: Sequence[str] = DEFAULT_EVIDENCE, *, committee: bool = False,
) -> list[Row] | None:  # fmt: skip
    """Groupings of States that share needs."""
    g = shown(g, committee)
    held = holders(g, organisation, as_of)
    if organisation and not held[0][0]:
        return None
    every = sorted({state for states, _ in held for state in states})
    wanted = {item for one in themes for item in items_of(g, one)}
    known = {
        state: {i: r for i, r in readings(g, state, as_of, evidence).items() if not themes or i in wanted}
        for state in every
    }
    lacks = {state: frozenset(i for i, (r, _) in known[state].items() if r in NEGATIVE) for state in every}
    best: dict[frozenset[str], tuple[tuple[int, int, tuple[int, str]], list[str], frozenset[str]]] = {}
    for states, order in held:
        has = {state: lacks[state] for state in states if lacks[state]}
        closed = closed_by_brute_force if len(has) <= 8 else closed_by_fixpoint
        for together, items in closed(has, min_states, min_themes):
            for piece in pieces(g, together) if order == (1, "map") else [together]:
                rank = (-len(items), len(states), order)
                if len(piece) >= min_states and (piece not in best or rank < best[piece][0]):
                    best[piece] = (rank, states, items)
    support = Support(g, as_of, {item for _, _, items in best.values() for item in items})
    rows = []
    for piece, ((_, _, order), states, items) in best.items():
        partners, with_offer = support.partners(piece, items)
        carriers = sorted((state, p) for state in piece for p in support.programmes(state, items))
        largest = max(len(one) for one in pieces(g, piece))
        spoken = [language for state in piece for language in g.nodes[("State", state)].get("languages", [])]
        speakers = max((spoken.count(language) for language in spoken), default=0)
        features = {
            "share": len(piece) / len(states),
            "items": 1 - 1 / (1 + len(items)),
            "contiguity": largest / len(piece) if largest > 1 else 0,
            "language": speakers / len(piece) if speakers > 1 else 0,
            "offers": with_offer / len(items),
            "carriers": len({state for state, _ in carriers}) / len(piece),
        }
        outside = [state for state in states if state not in piece] if order[0] == 0 else []
        adding = [(len(items - lacks[s]), s, sorted(items - lacks[s])) for s in outside if items <= known[s].keys()]
        shared = []
        for item in sorted(items):
            words = {known[state][item][0] for state in piece}
            statements = sorted((state, one) for state in piece for one in known[state][item][1])
            shared.append((item, words.pop() if len(words) == 1 else "incomplete or no entry", statements))
        more = {
            "states": sorted(piece),
            "shared": shared,
            "no_source": [state for state in outside if not items & known[state].keys()],
            "adding": [(state, drops) for many, state, drops in sorted(adding) if many < len(items)][:5],
            "partners": sorted(partners),
            "programmes": carriers[:10],
            "organisation": order[1] if order[0] == 0 else None,
        }
        rows.append(scored(" ".join(sorted(piece)), features, GroupingWeights(), **more))
    rows.sort(key=lambda row: (-row["score"], -len(row["states"]), -len(row["shared"]), row["states"]))
    return diverse(rows)


class Support:
    """Offers and programmes that could carry help under items."""

    def __init__(self, g: Graph, on: date, items: Iterable[str]) -> None:
        """Find what each item is about: joining any treaty is no reason to help with a given one."""
        self.g, self.on = g, on
        about = {item: themes_of(g, item) for item in items}
        self.about = {item: (themes - {"treaty-participation"}) or themes for item, themes in about.items()}
        self.offers = [one for one in labelled(g, "Offer") if made_by_then(g.nodes[one], on)]
        self.fit: dict[tuple[Node, str], bool] = {}
        self.open: dict[str, list[tuple[str, set[str]]]] = {}

    def partners(self, states: frozenset[str], items: frozenset[str]) -> tuple[set[str], int]:
        """Who from outside offers help that fits one of the States, and for how many of the items."""
        found: set[str] = set()
        with_offer = set()
        for offer in self.offers:
            covers = {theme for _, theme in out(self.g, offer, "COVERS", "Theme")}
            covered = {item for item in items if self.about[item] & covers}
            who = [one for agency in out(self.g, offer, "MADE_BY") for one in uppers(self.g, agency)]
            who = [one for one in who if one[1] not in states and not self.g.nodes[one].get("unresolved")]
            if covered and who and any(self._fits(offer, state) for state in states):
                found |= {one[1] for one in who}
                with_offer |= covered
        return found, len(with_offer)

    def _fits(self, offer: Node, state: str) -> bool:
        if (offer, state) not in self.fit:
            self.fit[(offer, state)] = fits(self.g, offer, state, self.on)
        return self.fit[(offer, state)]

    def programmes(self, state: str, items: frozenset[str]) -> list[str]:
        """The programmes that may run in the State and open a theme of one of the items."""
        if state not in self.open:
            self.open[state] = [(p[1], set(opened(self.g, p))) for p in running(self.g, state, self.on)]
        themes = {theme for item in items for theme in self.about[item]}
        return [p for p, opens in self.open[state] if opens & themes]


def diverse(rows: list[Row]) -> list[Row]:
    """Rows that overlap in more than half of their State-and-item pairs with a better one go to the end."""
    first: list[Row] = []
    for row in rows:
        own = pairs(row)
        if all(2 * len(own & pairs(better)) <= len(own | pairs(better)) for better in first):
            first.append(row)
    return first + [row for row in rows if row not in first]


def pairs(row: Row) -> set[tuple[str, str]]:
    """The State-and-item pairs of a grouping."""
    return {(state, item) for state in row["states"] for item, _, _ in row["shared"]}


# Partners -------------------------------------------------------------------------------------------------------


def partners(
    g: Graph, who: str, theme: str | None, as_of: date, without: Sequence[str] = (), *, committee: bool = False
) -> list[Row] | None:
    """Partners that could help a State, an organisation's members, or with a request."""
    g = shown(g, committee)
    made = requests_of(g, who, as_of, without)
    if ("Request", who) in g:
        if not made:
            return None
        ((_, who),) = out(g, made[0], "MADE_BY")
    places = members(g, who, as_of) if party(g, who)[0] == "Organisation" else [who]
    if not places:
        return None
    needs = [*made, *(need for request in made for need in out(g, request, "STATES_NEED"))]
    stated = {one for need in needs for _, one in out(g, need, "CONCERNS", "Theme")}
    asked = (themes_of(g, theme) if theme else stated) or {key for _, key in labelled(g, "Theme")}
    wished = {above for request in made for one in out(g, request, "PREFERS") for above in (one, *uppers(g, one))}
    near = {who, *places}
    around = {one for place in places for one in neighbourhood(g, place, as_of)}
    evidence: dict[Node, dict[str, set[tuple[Node, Node]]]] = {}

    def known(piece: Node, kind: str, type_: str) -> None:
        for agency in out(g, piece, type_):
            for partner in uppers(g, agency):
                if partner[1] != who and not g.nodes[partner].get("unresolved"):
                    kinds = evidence.setdefault(partner, {"offer": set(), "precedent": set(), "programme": set()})
                    kinds[kind].add((piece, agency))

    for offer in labelled(g, "Offer"):
        answers = {request[1] for request in out(g, offer, "ANSWERS", "Request")}
        if made_by_then(g.nodes[offer], as_of) and not answers & set(without):
            known(offer, "offer", "MADE_BY")
    for precedent in labelled(g, "Precedent"):
        if helped_by_then(g.nodes[precedent], as_of) and precedent[1] not in without:
            known(precedent, "precedent", "PROVIDED_BY")
    for p in {p for place in places for p in running(g, place, as_of) if asked & set(opened(g, p))}:
        known(p, "programme", "FUNDED_BY")
        known(p, "programme", "IMPLEMENTED_BY")

    rows = []
    for partner, kinds in evidence.items():
        offers, precedents, programmes = ({piece for piece, _ in kinds[kind]} for kind in kinds)
        fitting = {(offer, place) for offer in offers for place in places if fits(g, offer, place, as_of)}
        useful = sorted({offer for offer, _ in fitting})
        direct = asked & {one for offer in useful for _, one in out(g, offer, "COVERS", "Theme")}
        general = 0.4 if any(g.nodes[offer].get("scope") == "general" for offer in useful) else 0
        features = {
            "covers": (len(direct) + general * len(asked - direct)) / len(asked),
            "done_before": max((experience(g, one, asked, near, around) for one in precedents), default=0.0),
        }
        if not any(round(value, 4) for value in features.values()) and not programmes:
            continue
        if offers:
            features["region"] = len({place for _, place in fitting}) / len(places)
        if wished:
            features["preferred"] = float(partner in wished)
        features["present"] = float(bool(programmes))
        if partner[0] != "Organisation":
            features["language"] = alike(g, partner, places, "languages")
            features["tradition"] = alike(g, partner, places, "legal_traditions")
        through = {agency[1] for found in kinds.values() for _, agency in found if agency != partner}
        contacts = [g.nodes[offer]["contact"] for offer in useful if g.nodes[offer].get("contact")]
        more = {"through": sorted(through), "contact": contacts[0] if contacts else None}
        rows.append(scored(partner[1], features, PartnerWeights(), **more))
    return sorted(rows, key=lambda row: (-row["score"], row["id"]))


def requests_of(g: Graph, who: str, on: date, without: Sequence[str]) -> list[Node]:
    """The request itself, or all that were made by whoever asks; by that day, and none that is left out."""
    if ("Request", who) in g:
        asked = [("Request", who)]
    else:
        asked = [one for one in into(g, party(g, who), "MADE_BY") if one[0] == "Request" and one[1] not in without]
    found = []
    for request in asked:
        made = g.nodes[request].get("date_earliest") or g.nodes[request].get("date_latest")
        if made is None or made <= on:
            found.append(request)
    return found


def neighbourhood(g: Graph, place: str, on: date) -> set[str]:
    """Its organisations, and the States and territories of the same lowest region."""
    node = party(g, place)
    around = {one for region in out(g, node, "PART_OF", "Region") for one in into(g, region, "PART_OF")}
    return organisations(g, node, on) | {one[1] for one in around if one[0] in ("State", "Territory")}


def experience(g: Graph, precedent: Node, asked: set[str], near: set[str], around: set[str]) -> float:
    """How well one precedent speaks for its provider: alike of theme, and how near."""
    given = {one[1] for one in out(g, precedent, "RECEIVED_BY")}
    where = 2 if given & near else 1 if given & around else 0
    same = any(one in asked for _, one in out(g, precedent, "CONCERNS", "Theme"))
    return ((0.5, 0.75, 1.0) if same else (0.0, 0.2, 0.4))[where]


def alike(g: Graph, partner: Node, places: Sequence[str], what: str) -> float:
    """In what share of the places there is one of the partner's languages (or legal traditions)."""
    own = set(g.nodes[partner].get(what) or [])
    return sum(1 for place in places if own & set(g.nodes[party(g, place)].get(what) or [])) / len(places)
