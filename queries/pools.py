"""Whom one could bring together on a theme, and who would bring what: experience, needs, offers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_doc import Doc

from graph.evidence import DISCLAIMER
from graph.store import Store
from queries.answer import Answer, Named, Row, score
from queries.assemble import assemble, today
from queries.fold import CAVEAT_LATEST
from queries.held_together import Holder
from queries.kept import Kept
from queries.names import Names
from queries.parameters import (
    AsOf,
    Committee,
    Limit,
    ParameterError,
    Weights,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.pool_conveners import Tie, conveners, merged, ties
from queries.pool_features import PoolWeights, pool_features
from queries.pool_members import Circle, Evidenced, Member, Offering, circles
from queries.support import CAVEAT_UNDATED
from queries.text import cypher
from queries.themes import themes_of

_LEAST_NEED = 2
# Of two pools that share more than this of their States, only the better is shown among the first.
_ALIKE = 0.5
_SHOWN = 8
_SHOWN_PARTNERS = 4


class Pool(Row):
    """States and partners who could draw lessons together; States in alphabetical order, in both roles where both hold.

    `organisation` could bring them together: several are members, and a mandate, an offer or help of its own ties it
    to the theme; none where none is known. `conveners` are it and others of which that holds.
    """

    id: str
    name: str
    kind: Literal["organisation", "region", "language"]
    organisation: Named | None
    conveners: tuple[Named, ...]
    experience: tuple[Member, ...]
    need: tuple[Member, ...]
    offers: tuple[Offering, ...]

    def cells(self) -> dict[str, str]:
        """The pool and who could convene it, who has experience of what sort, who has a need, and who offers."""
        convened = f"\ncould be convened by {self.conveners[0].name}" if self.conveners else ""
        return {
            "Pool": f"{self.name}\n{self.kind}{convened}",
            "Have experience": _names([one.name for one in self.experience], _SHOWN),
            "Have a known need": _names([one.name for one in self.need], _SHOWN),
            "Offer help": _offering(self.offers) or "nobody known here",
        }

    def why(self, most: int = 5) -> list[str]:
        """The weightiest reasons, then an example of experience and of need."""
        examples = [f"For example, {one.name} {one.evidence[0].sentence}." for one in self.experience[:2]]
        return [*super().why(most), *examples]


def _names(names: list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{len(names)}: {', '.join(names[:most])}{more}" if names else ""


def _offering(offers: tuple[Offering, ...]) -> str:
    """Those who offered, and apart those known from programmes of their own."""
    by = {basis: [one.partner.name for one in offers if one.basis == basis] for basis in ("offer", "programme")}
    known = _names(by["programme"], _SHOWN_PARTNERS)
    return "\n".join(
        part for part in (_names(by["offer"], _SHOWN_PARTNERS), f"by programmes {known}" if known else "") if part
    )


def pools(
    graph: Store,
    theme: Annotated[str, Doc("A theme such as biosafety-biosecurity, or an obligation such as OP3c.")],
    *,
    region: Annotated[
        str | None, Doc("A region such as Western Africa, or an organisation, to look for pools within.")
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 10,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Pool]:
    """Find pools to draw lessons together on a theme: who has experience, who has a need, who offers.

    A pool is held together by a sub-region, a regional organisation, or a language within a continent, and has a
    State with experience and at least two others with a known need. Pools are ranked by experience, needs, offers,
    small size, a convener whose matter the theme is, language and contiguity; a diverse few come first, and those held
    together by an organisation that nothing ties to the theme last. States are never ranked.
    Raises `ParameterError` for a name that is not known or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(PoolWeights(), weights)
    names = Names(graph, seen)
    item = names.item(theme)
    kept = Kept(graph, seen)
    holders, found = circles(kept, on)
    chosen = _chosen(graph, names, region, on) if region is not None else None
    if chosen:
        holders = [Holder(tuple(sorted(chosen.states)), "States", (0, chosen.id))]
        found = [one for one in found if one.states <= chosen.states and one.id != chosen.id] + [chosen]
    evidenced = Evidenced.read(kept, holders, item.id, on, seen)
    tied = merged(ties(kept, themes_of(graph, item), evidenced.known.places.values(), on, seen).values())
    rows = [pool for one in found if (pool := pool_of(one, evidenced, tied, weight))]
    rows.sort(key=lambda pool: (-(pool.score or 0), pool.kind != "organisation", pool.id))
    apart = {pool.id for pool in rows if pool.kind == "organisation"} - tied.keys()
    rows = _diverse([pool for pool in rows if pool.id not in apart]) + _diverse(
        [pool for pool in rows if pool.id in apart]
    )
    parameters = said(
        theme=item.id, region=chosen.id if chosen else None, as_of=on.isoformat(), limit=limit,
        weights=dict(weights or {}),
    )  # fmt: skip
    further = [
        ref
        for row in rows[:limit]
        for member in (*row.experience, *row.need)
        for piece in member.evidence
        for ref in piece.records
    ]
    caveats = _caveats(item.id, evidenced, rows, on)
    return assemble(graph, "pools", parameters, on, rows, limit, caveats, further, seen=seen)


def _chosen(graph: Store, names: Names, region: str, on: date) -> Circle:
    """The region or organisation asked for, with its States on the date."""
    meant = names.find(region, ("Organisation", "Region"))
    if meant.type == "Region":
        rows = graph.ask(cypher("region_states"), {"region": meant.id, "as_of": on})
    else:
        rows = graph.ask(cypher("members"), {"organisation": meant.id, "as_of": on})
    if not rows:
        raise ParameterError(f"The graph knows no member States of {meant.name} on {on.isoformat()}.")
    kind: Literal["region", "organisation"] = "region" if meant.type == "Region" else "organisation"
    return Circle(meant.id, meant.name, kind, frozenset(row["iso3"] for row in rows))


def pool_of(circle: Circle, evidenced: Evidenced, tied: dict[str, Tie], weight: PoolWeights) -> Pool | None:
    """The pool of a circle; `None` without a State with experience and two others with a need."""
    experience = evidenced.members(circle.states, "experience")
    need = evidenced.members(circle.states, "need")
    in_need = {one.iso3 for one in need}
    if not any(len(in_need - {one.iso3}) >= _LEAST_NEED for one in experience):
        return None
    offers = evidenced.offerings(in_need)
    states = sorted({one.iso3 for one in (*experience, *need)})
    own = circle.id if circle.kind == "organisation" else ""
    found = conveners(own, states, evidenced.known.places, tied)
    named = tuple(one.tie.organisation for one in found)
    features = pool_features(circle, experience, need, offers, found, evidenced.known, weight)
    return Pool(
        score=score(features), features=features, id=circle.id, name=circle.name, kind=circle.kind,
        organisation=named[0] if named else None, conveners=named, experience=experience, need=need, offers=offers,
    )  # fmt: skip


def _diverse(rows: list[Pool]) -> list[Pool]:
    """The rows in their order, but those of much the same States as an earlier one after all that are not."""
    first: list[Pool] = []
    later: list[Pool] = []
    held: list[set[str]] = []
    for row in rows:
        own = {one.iso3 for one in (*row.experience, *row.need)}
        if any(len(own & other) > _ALIKE * len(own | other) for other in held):
            later.append(row)
        else:
            first.append(row)
            held.append(own)
    return first + later


def _caveats(theme: str, evidenced: Evidenced, rows: list[Pool], on: date) -> list[str]:
    caveats = [
        DISCLAIMER,
        "Experience is what a source tells: help received or given, an event, a reading in place, a law of the "
        "section. It says nothing on how well a thing works, and a State may have both experience and a need.",
        "A State that is not named may well have experience or a need that no source held here tells of.",
        "An organisation is named as one that could bring States together by what is held of its members and its work; "
        "whether it would, is for it to say.",
        CAVEAT_LATEST,
    ]
    if any(offer["basis"] == "programme" for offer in evidenced.offers):
        caveats.append(
            "'By programmes' marks partners known for such help from their own work; no offer of theirs to the "
            "Committee is held here."
        )
    if any(offer["date"] is None for offer in evidenced.offers):
        caveats.append(CAVEAT_UNDATED)
    if on < today():
        caveats.append("Help and laws whose date the source does not give are left out of a question about the past.")
    if not rows:
        caveats.append(f"Nowhere is a State with experience on {theme} known beside two others with a need.")
    return caveats
