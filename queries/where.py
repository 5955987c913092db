"""The States that a name of a place means."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from annotated_doc import Doc

from graph.store import Store
from queries.names import Meant
from queries.parameters import ParameterError
from queries.text import cypher

Where = Annotated[str | None, Doc("Only where these are: a State, an organisation (its members) or a region.")]
# What a name of a place may mean, the first of them first.
PLACES = ("State", "Organisation", "Region", "Territory")


def states_within(graph: Store, place: Meant, on: date) -> frozenset[str]:
    """The States of a region, of an organisation on the date, or the one State.

    Raises `ParameterError` where none are known.
    """
    if place.type in ("State", "Territory"):
        return frozenset({place.id})
    if place.type == "Region":
        rows = graph.ask(cypher("region_states"), {"region": place.id, "as_of": on})
    else:
        rows = graph.ask(cypher("members"), {"organisation": place.id, "as_of": on})
    if not rows:
        raise ParameterError(f"The graph knows no member States of {place.name} on {on.isoformat()}.")
    return frozenset(row["iso3"] for row in rows)
