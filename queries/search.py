"""Search over all names, titles and identifiers."""

from __future__ import annotations

from typing import Annotated

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Ref, Row
from queries.assemble import assemble, today
from queries.names import fold
from queries.parameters import Committee, Limit, ParameterError, checked_limit, said, visible
from queries.search_index import TYPES, Hit, Way, index_of

_SAYS: dict[Way, str] = {
    "same": "It is called exactly so: {matched}.",
    "begins": "A name or identifier of it begins so: {matched}.",
    "words": "Every word is in a name of it: {matched}.",
    "alike": "A name of it is alike: {matched}.",
}
_LONGEST = 200


class Found(Row):
    """A record whose name is near: its type, id and name, and the name, title or identifier that was nearest."""

    type: str
    id: str
    name: str
    matched: str

    def cells(self) -> dict[str, str]:
        """What it is, and its identifier."""
        return {"Name": self.name, "Type": _spaced(self.type), "Identifier": self.id}

    def why(self, most: int = 3) -> list[str]:
        """The name that matched, where it is not the one shown."""
        return [] if fold(self.matched) in (fold(self.name), fold(self.id)) else super().why(most)


def search(
    graph: Store,
    text: Annotated[
        str, Doc("A name, title or identifier, or a part of it; accents and small typing errors do not matter.")
    ],
    *,
    types: Annotated[tuple[str, ...], Doc(f"Types to look among: {', '.join(TYPES)}; all unless given.")] = (),
    limit: Limit = 10,
    committee: Committee = False,
) -> Answer[Found]:
    """Search all names, titles and identifiers, the nearest first.

    States in the six languages of the United Nations; territories, organisations with their short and other names,
    regions, themes, obligations, requests and their needs, offers, precedents, programmes, plans, laws, activities.
    What is called exactly so comes first, then what begins so, then what holds every word or word beginning, and, where
    nothing does, what is alike. The score is that likeness and no judgement of any kind; names are searched, not
    facts about a date. Raises `ParameterError` for a text without letters or digits, an unknown type or bounds.
    """
    checked_limit(limit)
    if not fold(text):
        raise ParameterError("The text to search for has no letter or digit; give a name, a title or an identifier.")
    if len(text) > _LONGEST:
        raise ParameterError(f"The text to search for has {len(text)} characters; give at most {_LONGEST}.")
    wanted = tuple(dict.fromkeys(checked_type(one, TYPES) for one in types))
    index, version = index_of(graph, visible(committee))
    hits, total = index.nearest(text, wanted, limit)
    rows = [_found(hit) for hit in hits]
    caveats = []
    if hits and hits[0].way == "alike":
        caveats.append("Nothing in the graph is called so; what is listed has a name that is alike.")
    parameters = said(text=text, types=wanted, limit=limit)
    return assemble(graph, "search", parameters, today(), rows, limit, caveats, total=total, version=version)


def checked_type(given: str, known: tuple[str, ...]) -> str:
    """The type that is meant, however it is capitalised; `ParameterError` where there is none."""
    by_letters = {one.lower(): one for one in known}
    letters = given.replace(" ", "").replace("-", "").lower()
    if letters not in by_letters:
        raise ParameterError(f"There is no type {given!r} here; there are {', '.join(known)}.")
    return by_letters[letters]


def _found(hit: Hit) -> Found:
    record = Ref(type=hit.meant.type, id=hit.meant.id)
    likeness = Feature(
        name="likeness", value=round(hit.likeness, 4), weight=1, records=(record,),
        sentence=_SAYS[hit.way].format(matched=hit.matched),
    )  # fmt: skip
    return Found(
        score=likeness.value, features=(likeness,), type=hit.meant.type, id=hit.meant.id, name=hit.meant.name,
        matched=hit.matched,
    )  # fmt: skip


def _spaced(type_: str) -> str:
    return {"ActionPlan": "action plan", "Legislation": "law"}.get(type_, type_ if type_ == "State" else type_.lower())
