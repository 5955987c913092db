"""A precedent as a row: what came of it, what it rode on, who of its recipients later helped others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from queries.answer import Feature, Named, Ref, Row, Shape, count, score
from queries.names import Meant
from queries.parameters import WeightSet

HELP = "help"
# The other kinds of the records; none of them is help that took place.
OTHERS = ("event", "model", "plan", "pledge", "principle", "proposal", "tool")
Nearness = Literal["recipient", "member", "provider", "region"]
_NEAR: dict[Nearness, float] = {"recipient": 1.0, "provider": 1.0, "member": 0.75, "region": 0.5}
_NEAR_ORDER: tuple[Nearness, ...] = ("recipient", "provider", "member", "region")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PrecedentWeights(WeightSet):
    """What each feature of a precedent weighs; who the provider is weighs nothing."""

    outcome: float = 3.0
    rode_on: float = 2.0
    later_provider: float = 2.0
    theme: float = 2.0
    near: float = 3.0
    sources: float = 1.0


class PrecedentText(Shape):
    """What was done, when, and of which kind: `help` took place, the other kinds did not or are no help."""

    id: str
    title: str
    date: str | None
    kind: str


class LaterProvider(Shape):
    """A recipient that helped, or offered to help, others for the first time after it: the first such record."""

    who: Named
    sentence: str
    records: tuple[Ref, ...]


class PrecedentStory(Row):
    """A precedent as its source tells it; `near` is how it stands to the State asked about, where one was.

    `lessons` are the source's own words on what came of it and what it rode on.
    """

    precedent: PrecedentText
    near: Nearness | None
    themes: tuple[Named, ...]
    providers: tuple[Named, ...]
    recipients: tuple[Named, ...]
    recipients_text: str | None
    rode_on: str | None
    outcome: str | None
    later_providers: tuple[LaterProvider, ...]
    lessons: tuple[str, ...]

    def cells(self) -> dict[str, str]:
        """What was done and when, by whom, for whom, and under which themes."""
        kind = "" if self.precedent.kind == HELP else f"\n{self.precedent.kind}: not help that took place"
        whom = [_some(self.recipients)] if self.recipients else []
        whom += [self.recipients_text] if self.recipients_text else []
        return {
            "Precedent": f"{self.precedent.title}\n{self.precedent.date or 'undated'}{kind}",
            "By": _some(self.providers),
            "For": "\n".join(whom) or "not stated",
            "Themes": _some(self.themes),
        }

    def why(self, most: int = 6) -> list[str]:
        """What came of it first, then the other reasons."""
        return super().why(most)


def _some(named: tuple[Named, ...]) -> str:
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return ", ".join(one.name for one in named[:_SHOWN]) + more


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What was asked for: themes, the State with where it stands, the partner, and the weights."""

    themes: frozenset[str]
    by_theme: bool
    state: Meant | None
    place: dict[str, Any]
    partner: Meant | None
    weight: PrecedentWeights


def _ids(row: dict[str, Any]) -> set[str]:
    """The providers of a precedent: agencies, and the States and organisations above them."""
    return {one for provider in row["providers"] for one in (provider["id"], provider["above"]) if one}


def is_by(row: dict[str, Any], asked: AskedFor) -> bool:
    """Whether the partner asked about provided it, itself or by an agency; true where none was asked about."""
    return asked.partner is None or asked.partner.id in _ids(row)


def near_to(row: dict[str, Any], asked: AskedFor) -> Nearness | None:
    """How a precedent stands to the State asked about; `None` where it does not."""
    if asked.state is None:
        return None
    recipients = {one["id"] for one in row["recipients"]}
    if asked.state.id in recipients:
        return "recipient"
    if asked.state.id in _ids(row):
        return "provider"
    if recipients & set(asked.place["organisations"]):
        return "member"
    return "region" if recipients & set(asked.place["peers"]) else None


def _later(row: dict[str, Any], given: dict[str, list[dict[str, Any]]]) -> tuple[LaterProvider, ...]:
    """The recipients whose earliest record of help or an offer is later than the precedent; none if it is undated."""
    end = row["latest"] or row["earliest"]
    later = []
    for one in row["recipients"]:
        records = given.get(one["id"], [])
        if end is None or not records or records[0]["earliest"] <= end:
            continue
        first = records[0]
        told = {"Precedent": "gave help", "Offer": "offered help", "Activity": "reports help"}[first["type"]]
        more = f", and {count(len(records) - 1, 'later record')}" if len(records) > 1 else ""
        later.append(
            LaterProvider(
                who=Named(id=one["id"], name=one["name"]),
                sentence=f"{one['name']} later {told} itself: {first['title']} ({first['date']}){more}.",
                records=tuple(Ref(type=record["type"], id=record["record"]) for record in records),
            )
        )
    return tuple(later)


def story(row: dict[str, Any], given: dict[str, list[dict[str, Any]]], asked: AskedFor) -> PrecedentStory:
    """The row of a precedent (of `precedents.cypher`); `given` as of `precedents_given.cypher`, by giver."""
    later = _later(row, given)
    near = near_to(row, asked)
    own = Ref(type="Precedent", id=row["id"])
    features = [
        _told("outcome", row, ("What came of it, by its source", "No source here tells what came of it"), asked),
        _told("rode_on", row, ("It rode on existing work", "No source here says on what work it rode"), asked),
        _later_provider(later, bool(row["recipients"]), asked),
        _sources(row, own, asked),
    ]  # fmt: skip
    if asked.by_theme:
        features.append(_theme(row, own, asked))
    if asked.state and near:
        features.append(_nearness(near, row, own, asked))
    providers = {(one["above"] or one["id"]): one["above_name"] or one["name"] for one in row["providers"]}
    lessons = [f"What came of it: {row['outcome']}"] if row["outcome"] else []
    lessons += [f"What it rode on: {row['rode_on']}"] if row["rode_on"] else []
    return PrecedentStory(
        score=score(tuple(features)),
        features=tuple(features),
        precedent=PrecedentText(**{key: row[key] for key in PrecedentText.model_fields}),
        near=near,
        themes=tuple(Named(**one) for one in row["themes"]),
        providers=tuple(Named(id=id_, name=name) for id_, name in sorted(providers.items())),
        recipients=tuple(Named(**one) for one in row["recipients"]),
        **{key: row[key] for key in ("recipients_text", "rode_on", "outcome")},
        later_providers=later,
        lessons=tuple(lessons),
    )


def _told(name: Literal["outcome", "rode_on"], row: dict[str, Any], says: tuple[str, str], asked: AskedFor) -> Feature:
    """A feature that is there where the source says something; `says` are the words for that and for nothing."""
    sentence = f"{says[0]}: {row[name]}." if row[name] else f"{says[1]}."
    records = (Ref(type="Precedent", id=row["id"]),)
    weight = getattr(asked.weight, name)
    return Feature(name=name, value=float(bool(row[name])), weight=weight, sentence=sentence, records=records)


def _sources(row: dict[str, Any], own: Ref, asked: AskedFor) -> Feature:
    number = len(row["sources"])
    sentence = f"{count(number, 'source')} here {'tells' if number == 1 else 'tell'} of it."
    value = round(1 - 1 / max(number, 1), 4)
    return Feature(name="sources", value=value, weight=asked.weight.sources, sentence=sentence, records=(own,))


def _later_provider(later: tuple[LaterProvider, ...], named: bool, asked: AskedFor) -> Feature:
    sentence = " ".join(one.sentence for one in later)
    if not later:
        who = "No recipient" if named else "The source names no recipient, so none"
        sentence = f"{who} is known here to have begun to help others after it."
    records = tuple(ref for one in later for ref in one.records)
    return Feature(
        name="later_provider", value=float(bool(later)), weight=asked.weight.later_provider, sentence=sentence,
        records=records,
    )  # fmt: skip


def _theme(row: dict[str, Any], own: Ref, asked: AskedFor) -> Feature:
    """How much of what the precedent is about was asked for."""
    fit = [one["name"] for one in row["themes"] if one["id"] in asked.themes]
    of = f"{len(fit)} of its {len(row['themes'])} themes" if len(row["themes"]) > 1 else "its one theme"
    sentence = f"It is about what is asked for by {of}: {', '.join(fit)}."
    value = round(len(fit) / len(row["themes"]), 4)
    return Feature(name="theme", value=value, weight=asked.weight.theme, sentence=sentence, records=(own,))


def _nearness(near: Nearness, row: dict[str, Any], own: Ref, asked: AskedFor) -> Feature:
    name = asked.state.name if asked.state else ""
    peers, member_of = set(asked.place["peers"]), set(asked.place["organisations"])
    some = {
        "member": [one["name"] for one in row["recipients"] if one["id"] in member_of],
        "region": [one["name"] for one in row["recipients"] if one["id"] in peers],
    }
    sentence = {
        "recipient": f"{name} received it.",
        "provider": f"{name} provided it.",
        "member": f"It went to {', '.join(some['member'])}, of which {name} is a member.",
        "region": f"It went to States of the same region as {name}: {', '.join(some['region'])}.",
    }[near]
    return Feature(name="near", value=_NEAR[near], weight=asked.weight.near, sentence=sentence, records=(own,))


def order(row: PrecedentStory) -> tuple[bool, int, float, str]:
    """Help first; what touches the State itself before its region; then by score and id."""
    place = _NEAR_ORDER.index(row.near) if row.near in ("member", "region") else 0
    return (row.precedent.kind != HELP, place, -(row.score or 0), row.precedent.id)
