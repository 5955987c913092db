"""The plain networkx reference of groupings."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

import networkx as nx

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE
from queries.grouping_features import GroupingWeights
from tests.reference import (
    Graph,
    Node,
    Row,
    fits,
    is_state_on,
    items_of,
    labelled,
    made_by_then,
    members,
    opened,
    out,
    readings,
    running,
    scored,
    shown,
    themes_of,
    uppers,
)

Closed = set[tuple[frozenset[str], frozenset[str]]]


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
