"""Help that took place: what came of it, what it rode on, and who of its recipients later helped others."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Answer, Ref, count
from queries.assemble import assemble, today
from queries.names import Names, not_a_state
from queries.parameters import (
    About,
    AsOf,
    Committee,
    Limit,
    Theme,
    Weights,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.precedent_story import (
    HELP,
    OTHERS,
    AskedFor,
    PrecedentStory,
    PrecedentWeights,
    is_by,
    near_to,
    order,
    story,
)
from queries.text import cypher
from queries.themes import all_themes, themes_of


def precedents(
    graph: Store,
    *,
    theme: Theme = None,
    state: Annotated[
        str | None,
        Doc("A State: help that it received or gave, then help to States of its region."),
        About(("state",)),
    ] = None,
    partner: Annotated[
        str | None,
        Doc("A State or organisation that provided the help, also by an agency."),
        About(("state", "organisation")),
    ] = None,
    all_kinds: Annotated[
        bool, Doc("Also plans, pledges, proposals, events, models, tools and principles, named by their kind.")
    ] = False,
    as_of: AsOf = None,
    limit: Limit = 20,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[PrecedentStory]:
    """Find help that took place, and what a source says came of it.

    Ordered by evidence and not by fame: whether an outcome is told, whether it rode on existing work, whether a
    recipient later helped others, how many sources tell of it, how closely it fits the theme and the State asked
    about. Help comes first; other kinds only where asked for. Raises `ParameterError` for a name that is not known
    or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(PrecedentWeights(), weights)
    names = Names(graph, seen)
    item = names.item(theme) if theme is not None else None
    asked = AskedFor(
        frozenset(themes_of(graph, item) if item else all_themes(graph)),
        item is not None,
        meant := names.state(state) if state is not None else None,
        graph.ask(cypher("places"), {"states": [meant.id], "as_of": on})[0] if meant else {},
        names.find(partner, ("Organisation", "State", "Territory")) if partner is not None else None,
        weight,
    )
    found = graph.ask(cypher("precedents"), {
        "themes": sorted(asked.themes), "kinds": [HELP, *OTHERS] if all_kinds else [HELP], "as_of": on,
        "recorded": today(), "visible": seen,
    })  # fmt: skip
    found = [row for row in found if is_by(row, asked) and (asked.state is None or near_to(row, asked))]
    given = _given(graph, found, on, seen)
    rows = [story(row, given, asked) for row in found]
    rows.sort(key=order)
    parameters = said(
        theme=item.id if item else None, state=asked.state.id if asked.state else None,
        partner=asked.partner.id if asked.partner else None, all_kinds=all_kinds, as_of=on.isoformat(), limit=limit,
        weights=dict(weights or {}),
    )  # fmt: skip
    further = [Ref(type="Precedent", id=row.precedent.id) for row in rows[:limit]]
    caveats = [*_caveats(rows, on), *_reported(graph, asked, on, seen), *(not_a_state(meant) if meant else [])]
    return assemble(graph, "precedents", parameters, on, rows, limit, caveats, further, seen=seen)


def _given(graph: Store, found: list[dict[str, Any]], on: date, seen: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What all recipients gave to others or offered by the date, earliest first; what they did at home is left out."""
    ids = sorted({one["id"] for row in found for one in row["recipients"]})
    given: dict[str, list[dict[str, Any]]] = defaultdict(list)
    asked = {"ids": ids, "as_of": on, "year_before": years_after(on, -1), "visible": seen}
    for row in graph.ask(cypher("precedents_given"), asked):
        if not row["recipients"] or set(row["recipients"]) - {row["id"]}:
            given[row["id"]].append(row)
    return given


def _reported(graph: Store, asked: AskedFor, on: date, seen: list[str]) -> list[str]:
    """How much help providers report themselves beside the precedents: no precedent, as nobody else tells of it."""
    parameters = {"themes": sorted(asked.themes), "year_before": years_after(on, -1), "visible": seen}
    (told,) = graph.ask(cypher("precedents_reported"), parameters)
    rows = [
        row
        for row in told["reported"]
        if asked.partner is None or asked.partner.id in row["providers"]
        if asked.state is None or asked.state.id in (*row["recipients"], *row["providers"])
    ]
    if not rows:
        return []
    return [
        f"Besides, {count(len(rows), 'activity')} under these themes {'is' if len(rows) == 1 else 'are'} known from "
        "what providers report of their own programmes (contract lines and activities); that is no precedent here."
    ]


def _caveats(rows: list[PrecedentStory], on: date) -> list[str]:
    caveats = [
        "The order goes by what a source tells of a case, and not by how well the case or its provider is known; a "
        "case without a told outcome may have had one.",
        "Outcomes are quoted from the source named and were not checked by others.",
    ]
    if any(row.later_providers for row in rows):
        caveats.append(
            "'Later' is an order in time: that a recipient came to help others because of this help, no source says."
        )
    if any(row.precedent.kind != HELP for row in rows):
        caveats.append(
            "Rows of another kind than help (plan, pledge, event …) stand last; they are no help that took place."
        )
    if any(row.precedent.date is None for row in rows):
        caveats.append("Of an undated case it cannot be known who helped others later.")
    if on < today():
        caveats.append("Help whose date the source does not give is left out of a question about the past.")
    return caveats
