"""Which States share needs and could ask for help together."""

from __future__ import annotations

from itertools import product
from typing import Annotated

from annotated_doc import Doc

from graph.evidence import DISCLAIMER, NEGATIVE
from graph.store import Store
from queries.answer import Answer, Named, Ref, StateName, count
from queries.assemble import assemble, today
from queries.closed_sets import bits, closed_sets
from queries.entry_points import OPEN_YEARS
from queries.fold import CAVEAT_LATEST
from queries.grouping_features import Found, GroupingWeights, Scored, Told, scored
from queries.grouping_rows import Adding, CarrierTitle, Grouping, SharedItem, StatementText
from queries.held_together import Holder, Known, holders_of
from queries.names import Names
from queries.parameters import (
    About,
    AsOf,
    Committee,
    EvidenceKinds,
    Limit,
    ParameterError,
    Themes,
    Weights,
    checked_evidence,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.support import Support, undated
from queries.text import cypher

# Of two groupings that overlap in more than this share of their State-and-item pairs, only the better is shown first.
_ALIKE = 0.5


def groupings(
    graph: Store,
    *,
    organisation: Annotated[
        str | None,
        Doc("A regional organisation whose members to group; unless given, groupings are discovered."),
        About(("members",)),
    ] = None,
    theme: Themes = (),
    min_states: Annotated[int, Doc("At least so many States.")] = 3,
    min_themes: Annotated[int, Doc("At least so many shared themes or treaty rows.")] = 1,
    as_of: AsOf = None,
    evidence: EvidenceKinds = (),
    limit: Limit = 10,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Grouping]:
    """Find groupings of States that share needs and could ask for help together.

    Closed sets of States and items (the treaty row in operative paragraph 1, the theme elsewhere) on known
    readings only, within an organisation or held together by one, by a common border or by a language. Ranked by
    the share of members, number of items, contiguity, language, offers and carrier programmes (the first ten of each
    State stand behind the last); a diverse few come first. States in a row are in the order of their codes.
    Raises `ParameterError` for unknown names or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    if min_states < 2 or min_themes < 1:
        raise ParameterError("A grouping has at least two States and one theme.")
    kinds = checked_evidence(evidence)
    weight = weighed(GroupingWeights(), weights)
    names = Names(graph, seen)
    asked = [names.item(one).id for one in theme]
    chosen = names.organisation(organisation) if organisation is not None else None
    holders = holders_of(graph, Named(id=chosen.id, name=chosen.name) if chosen else None, on)
    items = {item for row in graph.ask(cypher("items"), {"asked": asked}) for item in row["items"]} if asked else None
    known = Known.read(graph, holders, on, kinds, seen, items)
    found = [one for holder in holders for one in _within(holder, known, min_states, min_themes)]
    support = Support.read(graph, known, on, OPEN_YEARS, seen)
    ranked = sorted((scored(one, known, support, weight) for one in _unique(found)), key=_order)
    shown = [Told.of(one, support) for one in _diverse(ranked)[:limit]]
    ids = sorted({carrier.id for one in shown for carrier in one.shown})
    titles = {row["id"]: row["title"] for row in graph.ask(cypher("programme_titles"), {"ids": ids})}
    rows = [_grouping(one, known, titles) for one in shown]
    parameters = said(
        organisation=chosen.id if chosen else None, theme=tuple(asked), min_states=min_states, min_themes=min_themes,
        as_of=on.isoformat(), evidence=tuple(kinds), limit=limit, weights=dict(weights or {}),
    )  # fmt: skip
    further = [
        Ref(type="Statement", id=st.id)
        for row in rows
        for shared in row.shared
        for st in (*shared.statements, *shared.otherwise)
    ]
    return assemble(
        graph,
        "groupings",
        parameters,
        on,
        rows,
        limit,
        _caveats(holders, known, chosen is not None, support, shown),
        further,
        total=len(ranked),
        seen=seen,
    )


def _within(holder: Holder, known: Known, min_states: int, min_themes: int) -> list[Found]:
    """The closed sets among the States of one holder; a contiguous holder is cut into connected pieces."""
    states = [iso3 for iso3 in holder.states if iso3 in known.negative]
    items = sorted({item for iso3 in states for item in known.negative[iso3]})
    index = {item: number for number, item in enumerate(items)}
    rows = [sum(1 << index[item] for item in known.negative[iso3]) for iso3 in states]
    found = []
    for state_bits, item_bits in closed_sets(rows, len(items), min_states, min_themes):
        members = tuple(states[number] for number in bits(state_bits))
        shared = tuple(items[number] for number in bits(item_bits))
        for piece in known.pieces(members) if holder.contiguous else [members]:
            if len(piece) >= min_states:
                found.append(Found(holder, piece, shared))
    return found


def _unique(found: list[Found]) -> list[Found]:
    """One of several that have the same States, the one that shares most, under the holder that it fills best."""
    best: dict[tuple[str, ...], Found] = {}
    for one in found:
        held = best.get(one.states)
        if held is None or (-len(one.items), len(one.holder.states), one.holder.order) < (
            -len(held.items), len(held.holder.states), held.holder.order,
        ):  # fmt: skip
            best[one.states] = one
    return [best[states] for states in sorted(best)]


def _grouping(told: Told, known: Known, titles: dict[str, str]) -> Grouping:
    one = told.scored.found
    # Who could join is asked of the members of an organisation; a language or the map has no members.
    outside = [iso3 for iso3 in one.holder.states if iso3 not in one.states] if one.holder.organisation else []
    return Grouping(
        score=told.scored.score,
        features=told.features,
        states=tuple(StateName(iso3=iso3, name=known.name(iso3)) for iso3 in one.states),
        shared=tuple(_shared(item, one.states, known) for item in one.items),
        no_source=tuple(
            StateName(iso3=iso3, name=known.name(iso3))
            for iso3 in outside
            if all(known.reading(iso3, item) is None for item in one.items)
        ),
        adding=_adding(one, outside, known),
        partners=told.helpers.partners,
        programmes=tuple(CarrierTitle(id=one.id, title=titles[one.id], iso3=one.iso3) for one in told.shown),
        organisation=one.holder.organisation,
    )


def _shared(item: str, states: tuple[str, ...], known: Known) -> SharedItem:
    readings = {known.reading(iso3, item) for iso3 in states}
    told = [
        (st["reading"] in NEGATIVE, StatementText(id=st["id"], iso3=iso3, text=st["text"]))
        for iso3 in states
        for st in known.statements(iso3, item)
    ]
    return SharedItem(
        id=item,
        name=known.items[item],
        reading=(readings.pop() if len(readings) == 1 else "incomplete or no entry") or "",
        statements=tuple(text for negative, text in told if negative),
        otherwise=tuple(text for negative, text in told if not negative),
    )


def _adding(one: Found, outside: list[str], known: Known) -> tuple[Adding, ...]:
    """The States that could join at the smallest loss: known readings only, at most five."""
    near = []
    for iso3 in outside:
        drops = tuple(item for item in one.items if item not in known.negative.get(iso3, ()))
        spoken = all(known.reading(iso3, item) is not None for item in one.items)
        if spoken and len(drops) < len(one.items):
            near.append(Adding(iso3=iso3, name=known.name(iso3), drops=drops))
    return tuple(sorted(near, key=lambda add: (len(add.drops), add.iso3))[:5])


def _order(row: Scored) -> tuple[float, int, int, tuple[str, ...], tuple[str, ...]]:
    """Best first; ties by more States, more items, then names, so that the order is always the same."""
    states, items = row.found.states, row.found.items
    return (-row.score, -len(states), -len(items), states, items)


def _diverse(rows: list[Scored]) -> list[Scored]:
    """The rows in their order, but those much like an earlier one after all that are not."""
    first: list[Scored] = []
    later: list[Scored] = []
    # Pairs of State and item as bits, for each row is compared with many.
    places: dict[tuple[str, str], int] = {}
    pairs: list[int] = []
    for row in rows:
        own = 0
        for pair in product(row.found.states, row.found.items):
            own |= 1 << places.setdefault(pair, len(places))
        if any((own & other).bit_count() > _ALIKE * (own | other).bit_count() for other in pairs):
            later.append(row)
        else:
            first.append(row)
            pairs.append(own)
    return first + later


def _caveats(holders: list[Holder], known: Known, organisation: bool, support: Support, shown: list[Told]) -> list[str]:
    caveats = [
        DISCLAIMER,
        "Groupings rest on known readings only; members for whom no source speaks are listed apart.",
        CAVEAT_LATEST,
    ]
    members = known.undated_members(holders) if organisation else 0
    if members:
        caveats.append(f"For {count(members, 'member')} the sources give no date of joining; they count at any date.")
    if any(len(one.helpers.offering) < len(one.helpers.partners) for one in shown):
        caveats.append(
            "Among the partners are some that are known for such help from their own work; no offer of it by them to "
            "the Committee is held here."
        )
    offers = (one for those in support.offers.values() for one in those)
    return caveats + undated(offers, (ref for one in shown for feature in one.features for ref in feature.records))
