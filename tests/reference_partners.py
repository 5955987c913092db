"""The plain networkx reference of partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
                at_home = kind == "programme" and partner[1] in places
                if partner[1] != who and not at_home and not g.nodes[partner].get("unresolved"):
                    kinds = evidence.setdefault(
                        partner, {"offer": set(), "precedent": set(), "programme": set(), "activity": set()}
                    )
                    kinds[kind].add((piece, agency))

    for offer in labelled(g, "Offer"):
        answers = {request[1] for request in out(g, offer, "ANSWERS", "Request")}
        if made_by_then(g.nodes[offer], as_of) and not answers & set(without):
            known(offer, "offer", "MADE_BY")
    for precedent in labelled(g, "Precedent"):
        if helped_by_then(g.nodes[precedent], as_of) and precedent[1] not in without:
            known(precedent, "precedent", "PROVIDED_BY")
    for activity in labelled(g, "Activity"):
        if reported_by_then(g.nodes[activity], as_of):
            known(activity, "activity", "PROVIDED_BY")
    for p in {p for place in places for p in running(g, place, as_of) if asked & set(opened(g, p))}:
        known(p, "programme", "FUNDED_BY")
        known(p, "programme", "IMPLEMENTED_BY")

    rows = []
    for partner, kinds in evidence.items():
        offers, precedents, programmes, reported = ({piece for piece, _ in kinds[kind]} for kind in kinds)
        done = precedents | reported
        fitting = {(offer, place) for offer in offers for place in places if fits(g, offer, place, as_of)}
        useful = sorted({offer for offer, _ in fitting})
        direct = asked & {one for offer in useful for _, one in out(g, offer, "COVERS", "Theme")}
        general = 0.4 if any(g.nodes[offer].get("scope") == "general" for offer in useful) else 0
        features = {
            "covers": (len(direct) + general * len(asked - direct)) / len(asked),
            "done_before": max((experience(g, one, asked, near, around) for one in done), default=0.0),
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
        covering = [offer for offer in useful if direct & {one for _, one in out(g, offer, "COVERS", "Theme")}]
        covering = covering or [offer for offer in useful if g.nodes[offer].get("scope") == "general"]
        worth = {one: experience(g, one, asked, near, around) for one in done}
        bearing = programmes | set(covering) | {one for one in done if 0 < worth[one] == max(worth.values())}
        through = {agency[1] for found in kinds.values() for p, agency in found if agency != partner and p in bearing}
        contacts = [g.nodes[offer]["contact"] for offer in sorted(covering) if g.nodes[offer].get("contact")]
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
    """How well one precedent (or reported activity, by a fifth less) speaks for its provider: theme, nearness."""
    given = {one[1] for one in out(g, precedent, "RECEIVED_BY")}
    where = 2 if given & near else 1 if given & around else 0
    same = any(one in asked for _, one in out(g, precedent, "CONCERNS", "Theme"))
    worth = ((0.5, 0.75, 1.0) if same else (0.0, 0.2, 0.4))[where]
    return round(worth * 0.8, 4) if precedent[0] == "Activity" else worth


def alike(g: Graph, partner: Node, places: Sequence[str], what: str) -> float:
    """In what share of the places there is one of the partner's languages (or legal traditions)."""
    own = set(g.nodes[partner].get(what) or [])
    return sum(1 for place in places if own & set(g.nodes[party(g, place)].get(what) or [])) / len(places)
