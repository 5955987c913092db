"""All open needs at once against all partners: who could take which, and what would change that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, count
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.candidates import Evidence, Partner, ranked
from queries.clearing_rows import Board, Clearing, Matched
from queries.flow import FULL
from queries.names import Names
from queries.needs_open import OpenNeeds
from queries.parameters import (
    AsOf,
    Committee,
    Limit,
    ParameterError,
    Theme,
    Weights,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.partner_features import PartnerWeights
from queries.support import undated
from queries.text import cypher
from queries.themes import themes_of

_MOST_NAMED = 12
# Below this score little is known that speaks for a match: help under another theme, or a programme alone.
_WEAK = 0.2
_PARTNERS = ("State", "Organisation", "Territory")


def clearing(
    graph: Store,
    *,
    as_of: AsOf = None,
    region: Annotated[
        str | None,
        Doc("A region or organisation: only the needs of its States, and of organisations that have members there."),
    ] = None,
    theme: Theme = None,
    capacity_each: Annotated[
        int, Doc("How many needs each partner can take, unless a capacity of its own is given.")
    ] = 1,
    capacities: Annotated[
        Mapping[str, float] | None, Doc("How many needs a certain partner can take, such as oas=3; 0 for none.")
    ] = None,
    exclude: Annotated[
        tuple[str, ...],
        Doc("A partner that must not be, or PARTNER:NEED for one need (its id) or all of a State or organisation."),
    ] = (),
    at_least: Annotated[float, Doc("Matches with a lower score than this (0 to 1) are not made.")] = 0.0,
    limit: Limit = 100,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Clearing]:
    """Suggest a partner for every open need at once, within what each partner can take.

    Needs are those of requests without a reply by then, and the costed lines of States' plans that may run on the
    date, one need for each plan and theme. Partners are scored for each need as in `partners`. As many needs as
    possible are met; among such plans the one with the highest sum of scores is taken; among equals the first by
    ids. For each need: the partner, the next best and why not, or what would have to change.

    Raises `ParameterError` for names that are not known, capacities that are no whole numbers from 0 up, or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    if not 0 <= at_least <= 1:
        raise ParameterError(f"The least score is {at_least:g}; it should be from 0 to 1.")
    weight = weighed(PartnerWeights(), weights)
    names = Names(graph, seen)
    meant = names.find(region, ("Organisation", "Region")) if region is not None else None
    item = names.item(theme) if theme is not None else None
    own = {names.find(name, _PARTNERS).id: _whole(name, number) for name, number in (capacities or {}).items()}
    each = _whole("each partner", capacity_each)
    themes = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    needs = OpenNeeds.read(graph, on, seen)
    if meant:
        asked, key = ("members", "organisation") if meant.type == "Organisation" else ("region_states", "region")
        there = {row["iso3"] for row in graph.ask(cypher(asked), {key: meant.id, "as_of": on})}
        needs = needs.only(lambda need: not there.isdisjoint(need.states))
    if item:
        wanted = set(themes_of(graph, item))
        needs = needs.only(lambda need: not wanted.isdisjoint(need.themes))
    barred = [_pair(one, names, needs) for one in exclude]
    candidates, evidence = _candidates(graph, needs, on, weight, seen)
    board = Board(needs, candidates, themes, own, each, barred, at_least)
    rows = [board.row(need) for need in needs.needs]
    parameters = said(
        as_of=on.isoformat(), region=meant.id if meant else None, theme=item.id if item else None,
        capacity_each=each, capacities=own, exclude=tuple(":".join(filter(None, one)) for one in barred),
        at_least=at_least or None, limit=limit, weights=dict(weights or {}),
    )  # fmt: skip
    further = [row.need.ref for row in rows[:limit]]
    pieces = (piece for those in evidence.pieces.values() for piece in those)
    compared = (feature for those in candidates.values() for one in those for feature in one.features)
    caveats = _caveats(rows, needs, board) + undated(pieces, (ref for one in compared for ref in one.records))
    return assemble(graph, "clearing", parameters, on, rows, limit, caveats, further, seen=seen)


def _whole(name: str, number: float) -> int:
    if not 0 <= number < float("inf") or number != int(number):
        raise ParameterError(f"The capacity of {name} is {number:g}; it should be a whole number from 0 up.")
    return int(number)


def _pair(text: str, names: Names, needs: OpenNeeds) -> tuple[str, str]:
    """The partner that is excluded, and for what: id of a need, request, plan, State or organisation; empty for all."""
    partner, _, what = (part.strip() for part in text.partition(":"))
    excluded = names.find(partner, _PARTNERS).id
    if not what or any(what in (one.id, one.stated_in) for one in (*needs.needs, *needs.replied)):
        return excluded, what
    if "/" in what:
        raise ParameterError(f"{what!r} in {text!r} is no need, request or plan that is open here on the date.")
    return excluded, names.find(what, ("State", "Organisation", "Territory")).id


def _candidates(
    graph: Store, needs: OpenNeeds, on: date, weight: PartnerWeights, seen: list[str]
) -> tuple[dict[str, list[Partner]], Evidence]:
    """The partners of each need, best first, and what is known of them.

    A need has none where it is not known what is asked for, or whose States it is.
    """
    states = {iso3 for need in needs.needs for iso3 in need.states}
    themes = {theme for need in needs.needs for theme in need.themes}
    places = {row["iso3"]: row for row in graph.ask(cypher("places"), {"states": sorted(states), "as_of": on})}
    evidence = Evidence.read(graph, places, themes, on, [], seen)
    found: dict[str, list[Partner]] = {}
    for need in needs.needs:
        there = {iso3: places[iso3] for iso3 in need.states if iso3 in places}
        asker = Asker(
            need.who.id, need.whose, there, frozenset(need.themes), False, frozenset(need.preferred), need.requests,
            frozenset(one.id for one in need.of),
        )  # fmt: skip
        found[need.id] = ranked(evidence, asker, weight) if asker.themes and there else []
    return found, evidence


def _caveats(rows: list[Clearing], needs: OpenNeeds, board: Board) -> list[str]:
    met = [row.partner for row in rows if row.partner]
    caveats = [
        "A suggestion to start a conversation from, not a decision: whether help is given is for the partner and for "
        "those who need it to say.",
        _summary(rows, met),
        "Capacities are the user's input: no source says how much a partner can take on.",
        "First as many needs as possible are matched, then for the highest sum of scores (here "
        f"{board.plan.worth / FULL:.4f}); among plans that are equally good the first by ids is taken.",
    ]
    if weak := sum(one.score < _WEAK for one in met):
        caveats.append(
            f"Of the matches, {weak} score{'s' if weak == 1 else ''} below {_WEAK}: little that is known speaks for "
            "them. A higher least score (at_least) leaves such matches out."
        )
    caveats += needs.caveats()
    if idle := board.without_effect():
        caveats.append(
            f"Without effect, as not among the partners that bear on these needs: {', '.join(idle)}. An agency is "
            "part of the partner above it, whose id is then the one to give."
        )
    return caveats


def _summary(rows: list[Clearing], met: list[Matched]) -> str:
    told = f"Of {count(len(rows), 'open need')}, {len(met)} matched and {len(rows) - len(met)} not. "
    return (told + _by_partner(met)).strip()


def _by_partner(met: list[Matched]) -> str:
    names = {one.id: one.name for one in met}
    numbers = sorted(Counter(one.id for one in met).items(), key=lambda pair: (-pair[1], names[pair[0]], pair[0]))
    several = [f"{names[id_]} {number}" for id_, number in numbers if number > 1]
    single = [names[id_] for id_, number in numbers if number == 1]
    told = [", ".join(several[:_MOST_NAMED])] if several else []
    if len(several) > _MOST_NAMED:
        told.append(f"{len(several) - _MOST_NAMED} more partners two or more each")
    if len(single) > _MOST_NAMED:
        told.append(f"{len(single)} {'others' if several else 'partners'} one each")
    elif single:
        told.append(f"one each: {', '.join(single)}")
    if not several and told:
        return f"{told[0][0].upper()}{told[0][1:]}."
    return f"By partner: {'; '.join(told)}." if told else ""
