"""Which States and subjects a regional request is about: the first grouping of an organisation, or States as named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.evidence import NEGATIVE
from graph.store import Store
from queries.answer import Named, StateName
from queries.entry_points import OPEN_YEARS
from queries.fold import CAVEAT_LATEST
from queries.grouping_rows import Adding
from queries.groupings import groupings
from queries.held_together import Holder, Known
from queries.names import Names
from queries.parameters import ParameterError, checked_evidence, visible
from queries.support import Support
from queries.text import cypher

_LEAST = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The States and subjects of a request, why these, and what stands beside them."""

    who: str
    organisation: Named | None
    states: tuple[StateName, ...]
    items: tuple[Named, ...]
    themes: tuple[str, ...]
    why: str
    no_source: tuple[StateName, ...]
    adding: tuple[Adding, ...]
    caveats: tuple[str, ...]
    support: Support

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the States."""
        return tuple(one.iso3 for one in self.states)


def choose(
    graph: Store, organisation: str | None, states: Sequence[str], themes: Sequence[str], on: date, committee: bool
) -> Choice:
    """The States and subjects that a request is about; `ParameterError` where that cannot be told."""
    if states:
        return _named(graph, organisation, states, themes, on, committee)
    if not organisation:
        raise ParameterError("Name an organisation, or the States with --states.")
    answer = groupings(
        graph, organisation=organisation, theme=tuple(themes), as_of=on, limit=1, committee=committee
    )  # fmt: skip
    if not answer.rows:
        raise ParameterError(
            f"No three members of {organisation} are recorded alike on what was asked for on {on.isoformat()}. Name "
            "the States with --states and the subject with --theme."
        )
    row = answer.rows[0]
    held = row.organisation
    assert held is not None  # an organisation was asked about
    reasons = " ".join(feature.sentence for feature in row.features if feature.name in ("share", "items", "offers"))
    place = f"the first of {answer.total} groupings" if answer.total > 1 else "the only grouping"
    why = f"{place} that the tool found among members of {held.name} by what sources recorded alike. {reasons}"
    items = tuple(Named(id=one.id, name=one.name) for one in row.shared)
    support = _support(graph, row.states, items, on, committee)
    return Choice(
        held.name, held, row.states, items, _themes(support, items), why, row.no_source, row.adding, answer.caveats,
        support,
    )  # fmt: skip


def _named(
    graph: Store, organisation: str | None, states: Sequence[str], themes: Sequence[str], on: date, committee: bool
) -> Choice:
    """The States as named, under the themes as named, or else under all that is recorded alike for each of them."""
    names = Names(graph, visible(committee))
    held = names.organisation(organisation) if organisation else None
    meant = {one.id: one.name for one in (names.find(text, ("State",)) for text in states)}
    if len(meant) < _LEAST:
        raise ParameterError("A regional request is made by at least two States.")
    places = tuple(StateName(iso3=iso3, name=meant[iso3]) for iso3 in sorted(meant))
    known = _known(graph, places, on, committee)
    if themes:
        asked = [names.item(one) for one in themes]
        items = tuple(Named(id=one.id, name=one.name) for one in _readable(graph, [one.id for one in asked], known))
        why = f"the {len(places)} States and the subject were named by whoever made the draft."
    else:
        alike = [item for item in sorted(known.items) if all(item in known.negative.get(one, ()) for one in meant)]
        items = tuple(Named(id=item, name=known.items[item]) for item in alike)
        named_by = f"the {len(places)} States were named by whoever made the draft"
        why = f"{named_by}; the subjects are all that sources recorded alike for each of them."
    if not items:
        raise ParameterError("Nothing is recorded alike for these States; name the subject with --theme.")
    support = Support.read(graph, _with_items(known, items), on, OPEN_YEARS, visible(committee))
    silent = tuple(one for one in places if all(known.reading(one.iso3, item.id) is None for item in items))
    named = Named(id=held.id, name=held.name) if held else None
    who = held.name if held else _list([one.name for one in places])
    caveats = (CAVEAT_LATEST,)
    return Choice(who, named, places, items, _themes(support, items), why, silent, (), caveats, support)


def _list(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _known(graph: Store, places: tuple[StateName, ...], on: date, committee: bool) -> Known:
    holder = Holder(tuple(one.iso3 for one in places), "States", (0, "named"))
    return Known.read(graph, [holder], on, checked_evidence(()), visible(committee), None)


def _with_items(known: Known, items: tuple[Named, ...]) -> Known:
    """The same, about these items alone, whether anything is read of them or not, and about all of its States."""
    negative = {iso3: known.negative.get(iso3, frozenset()) for iso3 in known.places}
    return Known(known.rows, negative, known.places, {one.id: one.name for one in items})


def _readable(graph: Store, asked: list[str], known: Known) -> list[Named]:
    """What is read of the themes and obligations asked for: themes, and treaty rows where any source speaks of one."""
    rows = graph.ask(cypher("items"), {"asked": asked})
    found = {item for row in rows for item in row["items"]}
    found = {item for item in found if item in asked or item in known.items}
    told = graph.ask(cypher("item_names"), {"items": sorted(found)})
    readings = {item: {known.reading(iso3, item) for iso3 in known.places} for item in found}
    kept = [row for row in told if row["id"] in asked or readings[row["id"]] & set(NEGATIVE)]
    return [Named(id=row["id"], name=row["name"]) for row in kept]


def _support(
    graph: Store, places: tuple[StateName, ...], items: tuple[Named, ...], on: date, committee: bool
) -> Support:
    known = _with_items(_known(graph, places, on, committee), items)
    return Support.read(graph, known, on, OPEN_YEARS, visible(committee))


def _themes(support: Support, items: tuple[Named, ...]) -> tuple[str, ...]:
    return tuple(sorted({theme for item in items for theme in support.themes.get(item.id, ())}))
