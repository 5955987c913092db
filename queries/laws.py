"""Laws of the same section of the matrix, from States with a like legal system; never a word on their quality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, StateName, score
from queries.assemble import assemble, today
from queries.kept import Kept, Rows
from queries.law_likeness import LawWeights, LikeWhat, likeness, stems, subject
from queries.law_texts import ORDER, Seen, seen
from queries.names import Meant, Names, UnknownNameError, not_a_state
from queries.parameters import AsOf, AState, Committee, Limit, Weights, checked_limit, said, visible, weighed
from queries.text import cypher

_MATRIX = "section/"
_OFFICIAL: tuple[Seen, ...] = ("government page, read", "government address, not opened")
_SEEN: dict[Seen, str] = {
    "government page, read": "official: a page of the government was read",
    "government address, not opened": "official address listed; it was not opened",
    "other page, read": "a page that is not the government's own was read",
    "secondary source": "known from a secondary source",
    "no address": "no address of the text is known here",
}


class LawText(Shape):
    """A law, regulation or control list, and how it was seen."""

    id: str
    title: str
    date: str | None
    kind: str | None
    subject: str | None
    address: str | None
    verification: str | None
    note: str | None


class Law(Row):
    """A law, its section, who passed it, and whether its address is official; `own` laws are context and no model.

    `likeness` (0 to 1, none for own laws) is the weighted mean of the features; a law itself gets no score.
    """

    law: LawText
    role: Literal["own", "other State", "organisation"]
    section: Named
    states: tuple[StateName, ...]
    organisations: tuple[Named, ...]
    official: bool
    text: Seen
    likeness: float | None

    def cells(self) -> dict[str, str]:
        """The law with its subject, who passed it, its section, and where the text is."""
        who = ", ".join([*(one.name for one in self.states), *(one.name for one in self.organisations)])
        about = f"\n{self.law.subject}" if self.law.subject else ""
        note = f"\n({self.law.note})" if self.law.note else ""
        of = " (own law)" if self.role == "own" else ""
        where = f"\n{self.law.address}" if self.law.address else ""
        return {
            "Law": f"{self.law.title}\n{self.law.kind or 'kind not stated'}, {self.law.date or 'undated'}{about}{note}",
            "Passed by": who + of,
            "Section": self.section.name,
            "Text": f"{_SEEN[self.text]}{where}",
        }


@dataclass(frozen=True, slots=True)
class OnFile:
    """A law on file (a row of `laws.cypher`): who passed it (rows of `laws_makers.cypher`), whether the State did, how
    alike they are, and what was seen of its text."""

    row: dict[str, Any]
    behind: tuple[dict[str, Any], ...]
    own: bool
    features: tuple[Feature, ...]
    likeness: float | None
    text: Seen

    def told(self, sections: Mapping[str, Named]) -> Law:
        """It as the row of an answer."""
        places = [one for one in self.behind if not one["organisation"]]
        return Law(
            score=None,
            features=self.features,
            law=LawText(**{key: self.row[key] for key in LawText.model_fields}),
            role="own" if self.own else "other State" if places else "organisation",
            section=sections[self.row["section"]],
            states=tuple(StateName(iso3=one["id"], name=one["name"]) for one in places),
            organisations=tuple(Named(id=one["id"], name=one["name"]) for one in self.behind if one["organisation"]),
            official=self.text in _OFFICIAL,
            text=self.text,
            likeness=self.likeness,
        )


def laws(
    graph: Store,
    state: AState,
    section: Annotated[
        str | None,
        Doc("A section of the matrix such as OP3cd, an obligation, or a theme; all sections unless given."),
    ] = None,
    *,
    as_of: AsOf = None,
    limit: Limit = 20,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Law]:
    """Find laws of the same section of the matrix from States with a like legal system.

    The State's own laws come first, as context. Then laws of others by likeness of the State behind them: legal
    tradition, official language, region; where a theme or obligation is given, also by the words of title and subject;
    official text first among the equally alike. Without a section, every section has its share of the rows.
    Raises `ParameterError` for a name that is not known or a limit out of bounds.
    """
    on, may_see = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(LawWeights(), weights)
    names = Names(graph, may_see)
    meant = names.state(state)
    item = _item(names, section) if section is not None else None
    kept = Kept(graph, may_see)
    sections = sections_of(kept, item)
    found = ordered_laws(kept, meant.id, sections, _words(item), weight, on, may_see)
    rows = [one.told(sections) for one in (found if len(sections) < 2 else _shared_out(found, limit))[:limit]]
    parameters = said(
        state=meant.id,
        section=item.id if item else None,
        as_of=on.isoformat(),
        limit=limit,
        weights=dict(weights or {}),
    )
    further = [Ref(type="Legislation", id=row.law.id) for row in rows]
    caveats = [*_caveats(meant.name, found, sections, on), *not_a_state(meant)]
    return assemble(graph, "laws", parameters, on, rows, limit, caveats, further, total=len(found), seen=may_see)


def _item(names: Names, text: str) -> Meant:
    """A section of the matrix by its short name, else an obligation or theme."""
    try:
        return names.item(text)
    except UnknownNameError as error:
        try:
            return names.item(f"{_MATRIX}{text}")
        except UnknownNameError:
            raise error from None


def laws_held(kept: Kept, on: date, may_see: list[str]) -> Rows:
    """The laws on file on the date in all sections of the matrix (rows of `laws.cypher`)."""
    return kept.ask("laws", {"as_of": on, "recorded": today(), "visible": may_see})


def ordered_laws(
    kept: Kept, state: str, sections: dict[str, Named], words: Mapping[str, str], weight: LawWeights, on: date,
    may_see: list[str],
) -> list[OnFile]:  # fmt: skip
    """The State's own laws in these sections, then those of others with whom it has anything alike, the most first."""
    found = laws_held(kept, on, may_see)
    ids = sorted({maker for row in found for maker in row["makers"]})
    makers = {row["id"]: row for row in kept.ask("laws_makers", {"ids": ids, "as_of": on})}
    if state not in makers:
        makers |= {row["id"]: row for row in kept.graph.ask(cypher("laws_makers"), {"ids": [state], "as_of": on})}
    who = LikeWhat(makers[state], words, weight)
    held = [law for row in found if row["section"] in sections and (law := _on_file(row, makers, who))]
    return sorted(held, key=lambda one: _order(one, list(sections)))


def sections_of(kept: Kept, item: Meant | None = None) -> dict[str, Named]:
    """The sections asked for by id, in the order of the matrix; all of them where nothing is asked for."""
    found = sorted(kept.ask("sections"), key=lambda row: (row["place"], row["section"]))
    every = {row["section"]: Named(id=row["section"], name=row["name"]) for row in found if not row["item"]}
    if item is None:
        return every
    if item.id in every:
        return {item.id: every[item.id]}
    rows = kept.ask("items", {"asked": [item.id]})
    wanted = {f"{_MATRIX}{section}" for row in rows for section in row["sections"] if section}
    return {id_: named for id_, named in every.items() if id_ in wanted}


def _words(item: Meant | None) -> Mapping[str, str]:
    """The words of the name of what is asked for, by stem; none for a section, which is no subject."""
    if item is None or item.id.startswith(_MATRIX):
        return {}
    return stems(item.name)


def _on_file(row: dict[str, Any], makers: Mapping[str, dict[str, Any]], asked: LikeWhat) -> OnFile | None:
    """The law; `None` where nothing is alike between the State and those that passed it."""
    behind = tuple(makers[one] for one in row["makers"])
    own = asked.who["id"] in row["makers"]
    features: tuple[Feature, ...] = ()
    if not own:
        best = max((likeness(one, row, asked) for one in behind), key=score)
        if not any(one.value for one in best):
            return None
        features = best + subject(row, asked)
    codes = frozenset("eu" if one["id"] == "european-union" else one["iso2"] or "" for one in behind) - {""}
    text = seen(row["address"], row["verification"], codes)
    return OnFile(row, behind, own, features, None if own else score(features), text)


def _order(one: OnFile, sections: list[str]) -> tuple[bool, int, float, int, str]:
    """Own laws first; then by section, likeness, how near to the official text, and id."""
    place = sections.index(one.row["section"])
    return (not one.own, place, -(one.likeness or 0), ORDER.index(one.text), one.row["id"])


def _shared_out(rows: list[OnFile], limit: int) -> list[OnFile]:
    """The rows such that each section has its share of the first `limit`; the order is kept within both parts."""
    chosen = [index for index, row in enumerate(rows) if row.own][:limit]
    left: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if not row.own:
            left.setdefault(row.row["section"], []).append(index)
    while len(chosen) < limit and any(left.values()):
        for those in left.values():
            if those and len(chosen) < limit:
                chosen.append(those.pop(0))
    first = sorted(chosen)
    rest = set(chosen)
    return [rows[index] for index in first] + [row for index, row in enumerate(rows) if index not in rest]


def _caveats(name: str, rows: Iterable[OnFile], sections: dict[str, Named], on: date) -> list[str]:
    own = {row.own for row in rows}
    caveats = [
        "The order says how alike the States are, and how near to the official text an address is; nothing is said on "
        "what a law covers, how well, or whether it is still in force.",
        "Laws are known by section of the matrix, not by row. A State without a law on file here may well have one.",
        "Official is said of an address under the domain of the government itself, or listed as official and not "
        "opened; other official sites may be missed.",
    ]
    if True not in own:
        caveats.append(f"No law of {name} is on file here in what is asked for; that is no statement about its laws.")
    if False not in own:
        none = ", ".join(one.id.removeprefix(_MATRIX) for one in sections.values())
        caveats.append(f"No law of a State alike is on file here under {none}.")
    if len(sections) > 1:
        caveats.append("Each section has a share of the rows; ask by one section for all of its laws.")
    if on < today():
        caveats.append("Laws whose date the source does not give are left out of a question about the past.")
    return caveats
