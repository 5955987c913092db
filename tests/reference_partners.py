"""The plain networkx reference of partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from queries.assemble import today
from queries.partner_features import PartnerWeights
from tests.reference import (
    Graph,
    Node,
    Row,
    fits,
    helped_by_then,
    into,
    labelled,
    made_by_then,
    members,
    opened,
    organisations,
    out,
    party,
    reported_by_then,
    running,
    scored,
    shown,
    themes_of,
    uppers,
)


def partners(
    g: Graph, who: str, theme: str | None, as_of: date, without: Sequence[str] = (), *, committee: bool = False
) -> list[Row] | None:
    """Partners that could help a State, an organisation's members, or with a request."""
    g = shown(g, committee)
    made = requests_of(g, who, as_of, without)
    if ("Request", who) in g and not made:
        return None
    makers = [one for _, one in out(g, ("Request", who), "MADE_BY")] if ("Request", who) in g else [who]
    places = sorted(
        {place for one in makers for place in (members(g, one, as_of) if party(g, one)[0] == "Organisation" else [one])}
    )
    if not places:
        return None
    needs = [*made, *(need for request in made for need in out(g, request, "STATES_NEED"))]
    stated = {one for need in needs for _, one in out(g, need, "CONCERNS", "Theme")}
    asked = themes_of(g, theme) if theme else stated or {key for _, key in labelled(g, "Theme")}
    if not asked:
        return None
    wished = {above for request in made for one in out(g, request, "PREFERS") for above in (one, *uppers(g, one))}
    near = {*makers, *places}
    around = {one for place in places for one in neighbourhood(g, place, as_of)}
    evidence: dict[Node, dict[str, set[tuple[Node, Node]]]] = {}

    def known(piece: Node, kind: str, type_: str) -> None:
        for agency in out(g, piece, type_):
            for partner in uppers(g, agency):
                at_home = kind == "programme" and partner[1] in places
                if partner[1] not in makers and not at_home and not g.nodes[partner].get("unresolved"):
                    kinds = evidence.setdefault(
                        partner, {"offer": set(), "precedent": set(), "programme": set(), "activity": set()}
                    )
                    kinds[kind].add((piece, agency))

    for offer in labelled(g, "Offer"):
        answers = {request[1] for request in out(g, offer, "ANSWERS", "Request")}
        if made_by_then(g.nodes[offer], as_of) and not answers & set(without):
            known(offer, "offer", "MADE_BY")
    for mandate in labelled(g, "Mandate"):
        began = g.nodes[mandate].get("date_earliest") or g.nodes[mandate].get("date_latest") or today()
        if began <= as_of:
            known(mandate, "offer", "MADE_BY")
    for precedent in labelled(g, "Precedent"):
        if helped_by_then(g.nodes[precedent], as_of) and precedent[1] not in without:
            known(precedent, "precedent", "PROVIDED_BY")
    for activity in labelled(g, "Activity"):
        if reported_by_then(g.nodes[activity], as_of):
            known(activity, "activity", "PROVIDED_BY")
    for p in {p for place in places for p in running(g, place, as_of) if asked & set(opened(g, p))}:
        known(p, "programme", "FUNDED_BY")
        known(p, "programme", "IMPLEMENTED_BY")

    known_for = {
        partner: amounts(g, kinds["precedent"], kinds["offer"], places, near, around, as_of)
        for partner, kinds in evidence.items()
    }
    rows = []
    for partner, kinds in evidence.items():
        offers, precedents, programmes, reported = ({piece for piece, _ in kinds[kind]} for kind in kinds)
        done = precedents | reported
        fitting = {(offer, place) for offer in offers for place in places if fits(g, offer, place, as_of)}
        useful = sorted({offer for offer, _ in fitting})
        direct = asked & {one for offer in useful for one in themes_covered(g, offer)}
        general = 0.4 if any(g.nodes[offer].get("scope") == "general" for offer in useful) else 0
        worth = {one: experience(g, one, asked, near, around) for one in done}
        own = known_for[partner]
        shares = [own[t] / sum(those.get(t, 0) for those in known_for.values()) for t in asked if own.get(t)]
        features = {
            "covers": (len(direct) + general * len(asked - direct)) / len(asked),
            "done_before": max(worth.values(), default=0.0),
            "share": (sum(shares) / len(asked)) ** 0.5,
            "present": float(bool(programmes)),
        }
        if not any(round(value, 4) for value in features.values()):
            continue
        named = any(out(g, offer, "LIMITED_TO") for offer in useful)
        region = len({place for _, place in fitting}) / len(places)
        features |= {
            "focus": sum(own.get(t, 0) for t in asked) / (sum(own.values()) + 1),
            "region": region if named else region / 2,
            "neighbour": beside(g, partner, places, as_of),
            "language": alike(g, partner, places, "languages"),
            "tradition": alike(g, partner, places, "legal_traditions"),
        }
        if wished:
            features["preferred"] = float(partner in wished)
        covering = [offer for offer in useful if direct & themes_covered(g, offer)]
        covering = covering or [offer for offer in useful if g.nodes[offer].get("scope") == "general"]
        bearing = programmes | set(covering) | {one for one in done if 0 < worth[one] == max(worth.values())}
        through = {agency[1] for found in kinds.values() for p, agency in found if agency != partner and p in bearing}
        contacts = [g.nodes[offer]["contact"] for offer in sorted(covering) if g.nodes[offer].get("contact")]
        more = {"through": sorted(through), "contact": contacts[0] if contacts else None}
        rows.append(scored(partner[1], features, PartnerWeights(), **more))
    return sorted(rows, key=lambda row: (-row["score"], row["id"]))


def themes_covered(g: Graph, offer: Node) -> set[str]:
    """The themes that an offer covers."""
    return {one for _, one in out(g, offer, "COVERS", "Theme")}


def amounts(
    g: Graph, precedents: set[tuple[Node, Node]], offers: set[tuple[Node, Node]], places: Sequence[str],
    near: set[str], around: set[str], on: date,
) -> dict[str, float]:  # fmt: skip
    """How much one partner is known for by theme: precedents, in the region twice, and one piece for open offers."""
    found: dict[str, float] = {}
    for one in {piece for piece, _ in precedents}:
        themes = {theme for _, theme in out(g, one, "CONCERNS", "Theme")}
        twice = 2 if {to[1] for to in out(g, one, "RECEIVED_BY")} & (near | around) else 1
        for theme in themes:
            found[theme] = found.get(theme, 0) + twice / len(themes) ** 0.5
    offered: dict[str, float] = {}
    for offer in {piece for piece, _ in offers}:
        if any(fits(g, offer, place, on) for place in places):
            themes = themes_covered(g, offer)
            twice = 2 if out(g, offer, "LIMITED_TO") else 1
            offered |= {t: max(offered.get(t, 0), twice / len(themes) ** 0.5) for t in themes}
    return {t: found.get(t, 0) + offered.get(t, 0) for t in {*found, *offered}}


def beside(g: Graph, partner: Node, places: Sequence[str], on: date) -> float:
    """In what share of the places a State borders, or that are members of an organisation."""
    if partner[0] == "Organisation":
        return sum(partner[1] in organisations(g, party(g, place), on) for place in places) / len(places)
    sides = (set(out(g, party(g, place), "BORDERS")) | set(into(g, party(g, place), "BORDERS")) for place in places)
    return sum(partner in those for those in sides) / len(places)


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
    """How well one precedent (or reported activity, by a fifth less) speaks for its provider: themes, nearness."""
    given = {one[1] for one in out(g, precedent, "RECEIVED_BY")}
    where = 2 if given & near else 1 if given & around else 0
    themes = {one for _, one in out(g, precedent, "CONCERNS", "Theme")}
    common = len(asked & themes) / len(asked | themes)
    worth = common * (0.5, 0.75, 1.0)[where] if common else (0.0, 0.1, 0.2)[where]
    return round(worth * (0.8 if precedent[0] == "Activity" else 1), 4)


def alike(g: Graph, partner: Node, places: Sequence[str], what: str) -> float:
    """In what share of the places there is one of the partner's languages (or legal traditions)."""
    own = set(g.nodes[partner].get(what) or []) if partner[0] != "Organisation" else set()
    return sum(1 for place in places if own & set(g.nodes[party(g, place)].get(what) or [])) / len(places)
