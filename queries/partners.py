"""Who could help a State, an organisation's members, or with a request."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.candidates import Evidence, Partner, ranked
from queries.contacts import contacts
from queries.names import Names
from queries.parameters import (
    About,
    AsOf,
    Committee,
    Limit,
    Theme,
    Weights,
    Without,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.partner_features import PartnerWeights
from queries.support import CAVEAT_UNDATED


def partners(
    graph: Store,
    who: Annotated[
        str,
        Doc("Who needs help: a State, an organisation (for its members), or the id of a request."),
        About(("state", "members")),
    ],
    theme: Theme = None,
    *,
    as_of: AsOf = None,
    without: Without = (),
    limit: Limit = 20,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Partner]:
    """Find partners that could help, with the reasons.

    Candidates are known by offers, precedents of help, help that they report, or programmes that may run where help
    is needed. Ranked by what their offers cover, what they have done before and where, whether the region fits and
    nothing excludes it, preference, presence, language and legal tradition. Without a theme, the themes of the
    requests made by then count, else all alike. Raises `ParameterError` for names that are not known or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(PartnerWeights(), weights)
    names = Names(graph, seen)
    meant = names.asker(who)
    item = names.item(theme) if theme is not None else None
    hidden = sorted({names.find(one, ("Precedent", "Request")).id for one in without})
    asker = Asker.of(graph, meant, item, on, hidden, seen)
    evidence = Evidence.read(graph, asker.places, asker.themes, on, hidden, seen)
    rows = _with_contacts(graph, ranked(evidence, asker, weight), limit, on, seen)
    parameters_said = said(
        who=asker.id if meant.type != "Request" else meant.id, theme=item.id if item else None, as_of=on.isoformat(),
        without=tuple(hidden), limit=limit, weights=dict(weights or {}),
    )  # fmt: skip
    return assemble(
        graph, "partners", parameters_said, on, rows, limit, _caveats(asker, evidence.pieces, on < today()), seen=seen
    )


def _with_contacts(graph: Store, rows: list[Partner], limit: int, on: date, seen: list[str]) -> list[Partner]:
    """The rows; of those that are shown, with the point of contact where one was loaded, else what an offer names."""
    found = contacts(graph, (row.partner.id for row in rows[:limit]), on, seen)
    return [row.model_copy(update={"contact": found.get(row.partner.id, row.contact)}) for row in rows]


def _caveats(asker: Asker, evidence: dict[str, list[dict[str, Any]]], past: bool) -> list[str]:
    caveats = [
        "A partner that is not listed may well help: only offers, standing mandates, precedents and programmes in the "
        "graph count."
    ]
    if any(piece["kind"] == "offer" and piece["date"] is None for pieces in evidence.values() for piece in pieces):
        caveats.append(CAVEAT_UNDATED)
    if past:
        caveats.append("Help whose date the source does not give is left out of a question about the past.")
    if asker.all_themes:
        caveats.append("No theme was given and no request tells one, so all themes count alike.")
    return caveats
