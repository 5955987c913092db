"""What speaks for a pool: experience, needs, offers, and how easily its States come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.answer import Feature, Ref, count
from queries.held_together import Known
from queries.parameters import WeightSet
from queries.pool_conveners import Convener
from queries.pool_members import STATED, STRONG, Circle, Member, Offering

# Up to so many States can learn from each other round one table; of more, the value falls with their number.
_TABLE = 12
# A law of the section, or help that its provider reports, counts so much beside help or events that a source tells of.
_WEAK = 0.5
# A worldwide body is further from the States of a pool than one of their own region.
_WORLDWIDE = 0.5


@dataclass(frozen=True, slots=True)
class PoolWeights(WeightSet):
    """What each feature of a pool weighs."""

    experience: float = 3.0
    need: float = 2.0
    stated: float = 1.0
    offers: float = 2.0
    size: float = 2.0
    convener: float = 1.0
    language: float = 1.0
    contiguity: float = 0.5


def pool_features(
    circle: Circle,
    experience: tuple[Member, ...],
    need: tuple[Member, ...],
    offers: tuple[Offering, ...],
    found: Sequence[Convener],
    known: Known,
    weight: PoolWeights,
) -> tuple[Feature, ...]:
    """The features of a pool; `need` is not empty, and `found` are who could bring it together."""
    states = sorted({one.iso3 for one in (*experience, *need)})
    return (
        _experience(experience, weight),
        _need(need, weight),
        _stated(need, weight),
        _offers(offers, need, weight),
        _size(states, weight),
        _convener(circle, found, len(states), weight),
        _language(states, known, weight),
        _contiguity(states, known, weight),
    )


def _records(members: Iterable[Member], kinds: frozenset[str] | None = None) -> tuple[Ref, ...]:
    pieces = [one for member in members for one in member.evidence if kinds is None or one.kind in kinds]
    return tuple({ref: None for one in pieces for ref in one.records})


def _experience(members: tuple[Member, ...], weight: PoolWeights) -> Feature:
    strong = [one for one in members if one.kinds & STRONG]
    worth = len(strong) + _WEAK * (len(members) - len(strong))
    weaker = len(members) - len(strong)
    more = f", and {weaker} by a law of the section or by help that its provider reports" if weaker else ""
    sentence = f"{count(len(strong), 'State')} took part in help or events on this, or it reads in place there{more}."
    return Feature(
        name="experience", value=round(1 - 1 / (1 + worth), 4), weight=weight.experience, sentence=sentence,
        records=_records(members),
    )  # fmt: skip


def _need(members: tuple[Member, ...], weight: PoolWeights) -> Feature:
    return Feature(
        name="need", value=round(1 - 1 / (1 + len(members)), 4), weight=weight.need,
        sentence=f"For {count(len(members), 'State')} a source speaks of a need.", records=_records(members),
    )  # fmt: skip


def _stated(members: tuple[Member, ...], weight: PoolWeights) -> Feature:
    own = [one for one in members if one.kinds & STATED]
    sentence = (
        f"Of these, {len(own)} {'states' if len(own) == 1 else 'state'} it in a request or a costed plan of "
        f"{'its' if len(own) == 1 else 'their'} own: {', '.join(one.name for one in own)}."
        if own
        else "None of them states it in a request or a costed plan held here."
    )
    return Feature(
        name="stated", value=round(len(own) / len(members), 4), weight=weight.stated, sentence=sentence,
        records=_records(own, STATED),
    )  # fmt: skip


def _offers(offers: tuple[Offering, ...], need: tuple[Member, ...], weight: PoolWeights) -> Feature:
    made = [one for one in offers if one.basis == "offer"]
    reached = {iso3 for one in offers for iso3 in one.reaches}
    sentence = (
        f"{count(len(made), 'partner')} offered help on this and {len(offers) - len(made)} more are known for it from "
        f"programmes of their own; by their regions they reach {len(reached)} of the {len(need)} States with a need."
        if offers
        else "No partner is known here that offers help on this to any of them."
    )
    records = tuple(Ref(type="Offer", id=offer.id) for one in offers for offer in one.offers)
    return Feature(
        name="offers", value=round(len(reached) / len(need), 4), weight=weight.offers, sentence=sentence,
        records=records,
    )  # fmt: skip


def _size(states: list[str], weight: PoolWeights) -> Feature:
    fits_table = len(states) <= _TABLE
    sentence = (
        f"With {count(len(states), 'State')} it is small enough for one table."
        if fits_table
        else f"With {count(len(states), 'State')} it is large; a part of it may be easier to bring together."
    )
    value = min(1.0, _TABLE / len(states))
    return Feature(name="size", value=round(value, 4), weight=weight.size, sentence=sentence)


def _convener(circle: Circle, found: Sequence[Convener], states: int, weight: PoolWeights) -> Feature:
    """Whether an organisation whose matter it is could bring them together; a worldwide one counts half."""
    untied = circle.kind == "organisation" and not any(one.tie.organisation.id == circle.id for one in found)
    lead = (
        f"{circle.name} holds them together, but no mandate, offer or help of its own on this is known here. "
        if untied
        else ""
    )
    if not found:
        sentence = f"{lead}No organisation of these States that works on this is known here to bring them together."
        return Feature(name="convener", value=0, weight=weight.convener, sentence=sentence)
    first = found[0]
    others = [one.tie.organisation.name for one in found[1:]]
    more = f" So could {' or '.join(others)}." if others else ""
    sentence = (
        f"{lead}{first.tie.organisation.name}, of which {first.members} of these {states} are members, could bring "
        f"them together. {first.tie.sentence}.{more}"
    )
    value = first.members / states * (1 if first.tie.regional or first.tie.organisation.id == circle.id else _WORLDWIDE)
    organisation = Ref(type="Organisation", id=first.tie.organisation.id)
    return Feature(
        name="convener", value=round(value, 4), weight=weight.convener, sentence=sentence,
        records=(organisation, *first.tie.records),
    )  # fmt: skip


def _language(states: list[str], known: Known, weight: PoolWeights) -> Feature:
    spoken = Counter(language for iso3 in states for language in known.places[iso3]["languages"])
    language, number = min(spoken.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    sentence = f"{language} is an official language of {number} of the {len(states)} States."
    if number < 2:
        number, sentence = 0, "No official language is shared."
    value = round(number / len(states), 4)
    return Feature(name="language", value=value, weight=weight.language, sentence=sentence)


def _contiguity(states: list[str], known: Known, weight: PoolWeights) -> Feature:
    largest = max(known.pieces(tuple(states)), key=len)
    together = len(largest) if len(largest) > 1 else 0
    sentence = f"{together} of them form one area by land borders." if together else "None borders another by land."
    value = round(together / len(states), 4)
    return Feature(name="contiguity", value=value, weight=weight.contiguity, sentence=sentence)
