"""What a measure under a theme brings besides, for development: arguments for ministries with other cares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, count
from queries.assemble import assemble, today
from queries.names import Names, not_a_state
from queries.parameters import About, AsOf, Committee, Limit, Theme, checked_limit, said, visible
from queries.reality import Reality
from queries.text import cypher
from queries.themes import all_themes, themes_of

# Of precedents that rode on other work, so many are shown under a theme.
_MOST_PRECEDENTS = 5
_MOST_REASONS = 6
_VALUES = {"outcome": 1.0, "stated": 0.5}
_BASIS = {"outcome": "", "stated": " (told as an aim or as what can be expected)"}


class Benefit(Shape):
    """A benefit: its kind, a sentence, and whether the source tells an `outcome` or what is `stated` as an aim."""

    id: str
    kind: str
    sentence: str
    basis: Literal["outcome", "stated"]
    example: Named | None


class RodeOn(Shape):
    """Help that took place under the theme, what existing work it rode on, and what came of it where told."""

    id: str
    title: str
    rode_on: str
    outcome: str | None
    in_state: bool


class CoBenefit(Row):
    """A theme with what measures under it bring besides; `reality`: what makes it matter in the State asked about."""

    theme: Named
    benefits: tuple[Benefit, ...]
    reality: str | None
    rode_on: tuple[RodeOn, ...]
    rode_on_total: int

    def cells(self) -> dict[str, str]:
        """The theme, the kinds of benefit, and the work on which help under it rode."""
        kinds = sorted({one.kind for one in self.benefits})
        works = list(dict.fromkeys(one.rode_on for one in self.rode_on))
        return {
            "Theme": f"{self.theme.name}\n{self.theme.id}",
            "Brings besides": "\n".join(kinds) or "no source read here says",
            "Help under it rode on": "\n".join(works) or "none known here",
        }

    def why(self, most: int = _MOST_REASONS) -> list[str]:
        """The State's own reality, then the benefits, those seen before those expected."""
        told = [one.sentence for one in self.features]
        more = len(told) - most
        return [*told[:most], *([f"And {count(more, 'more benefit')} (the JSON gives all)."] if more > 0 else [])]


def cobenefits(
    graph: Store,
    theme: Theme = None,
    *,
    state: Annotated[
        str | None,
        Doc("A State whose ports, borders, reactors and minerals are set beside the themes."),
        About(("state",)),
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 40,
    committee: Committee = False,
) -> Answer[CoBenefit]:
    """Show what measures under a theme bring besides, for development.

    State revenue, easier trade, less trafficking, environment, disease control, health care, safety …, each from a
    source that was read: told as having happened in one place, or as an aim. With them the precedents of help that
    rode on such work and, for a State, its own reality. The facts speak of the places they name; elsewhere the same
    may or may not hold. Raises `ParameterError` for a name that is not known or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    names = Names(graph, seen)
    item = names.item(theme) if theme is not None else None
    meant = names.state(state) if state is not None else None
    themes = themes_of(graph, item) if item else all_themes(graph)
    reality = Reality.of(graph, meant.id, on) if meant else None
    benefits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.ask(cypher("cobenefits"), {"themes": themes, "visible": seen}):
        benefits[row["theme"]].append(row)
    asked = {"themes": themes, "as_of": on, "recorded": today(), "visible": seen}
    precedents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.ask(cypher("cobenefits_rode_on"), asked):
        precedents[row["theme"]].append(row)
    named = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    rows = [
        _row(Named(id=one, name=named[one]), benefits[one], precedents[one], reality) for one in themes if benefits[one]
    ]
    rows.sort(key=lambda row: (-sum(one.basis == "outcome" for one in row.benefits), -len(row.benefits), row.theme.id))
    parameters = said(
        theme=item.id if item else None, state=meant.id if meant else None, as_of=on.isoformat(), limit=limit
    )
    silent = [named[one] for one in themes if not benefits[one]]
    caveats = [*(not_a_state(meant) if meant else []), *_caveats(rows, silent)]
    further = [Ref(type="Precedent", id=one.id) for row in rows[:limit] for one in row.rode_on]
    return assemble(graph, "cobenefits", parameters, on, rows, limit, caveats, further, seen=seen)


def _row(
    theme: Named, benefits: Sequence[dict[str, Any]], precedents: Sequence[dict[str, Any]], reality: Reality | None
) -> CoBenefit:
    own = reality.sentence([theme.id]) if reality else ""
    features = [_feature(one) for one in benefits]
    if reality and own:
        record = Ref(type="State", id=reality.state)
        features.insert(0, Feature(name="reality", value=1, weight=1, sentence=own, records=(record,)))
    rode = sorted(
        (_rode_on(one, reality) for one in precedents), key=lambda one: (not one.in_state, not one.outcome, one.id)
    )
    return CoBenefit(
        score=None,
        features=tuple(features),
        theme=theme,
        benefits=tuple(_benefit(one) for one in benefits),
        reality=own or None,
        rode_on=tuple(rode[:_MOST_PRECEDENTS]),
        rode_on_total=len(rode),
    )


def _benefit(row: dict[str, Any]) -> Benefit:
    example = Named(id=row["example"], name=row["example_title"]) if row["example"] else None
    return Benefit(id=row["id"], kind=row["kind"], sentence=row["sentence"], basis=row["basis"], example=example)


def _feature(row: dict[str, Any]) -> Feature:
    records = [Ref(type="Benefit", id=row["id"])]
    if row["example"]:
        records.append(Ref(type="Precedent", id=row["example"]))
    kind = str(row["kind"])
    return Feature(
        name=kind.replace(" ", "_"),
        value=_VALUES[row["basis"]],
        weight=1,
        sentence=f"{kind.capitalize()}{_BASIS[row['basis']]}: {row['sentence']}",
        records=tuple(records),
    )


def _rode_on(row: dict[str, Any], reality: Reality | None) -> RodeOn:
    return RodeOn(
        id=row["id"], title=row["title"], rode_on=row["rode_on"], outcome=row["outcome"],
        in_state=bool(reality and reality.state in row["recipients"]),
    )  # fmt: skip


def _caveats(rows: Sequence[CoBenefit], silent: Sequence[str]) -> list[str]:
    caveats = []
    if rows:
        caveats.append(
            "Each sentence tells of the place or programme that its source names; that the same follows elsewhere is "
            "not said."
        )
        caveats.append("What is told as an aim or an expectation is not shown to have come about.")
    if any(row.rode_on_total > len(row.rode_on) for row in rows):
        caveats.append(
            f"Of help that rode on other work, at most {_MOST_PRECEDENTS} precedents are shown under a theme."
        )
    if silent:
        caveats.append(
            f"Under these themes no source read here tells of such a benefit, which is not to say there is none: "
            f"{', '.join(silent)}."
        )
    return caveats
