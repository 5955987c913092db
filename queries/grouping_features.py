"""What speaks for a grouping: each reason a feature with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice

from queries.answer import Feature, Ref, count, score
from queries.held_together import Holder, Known
from queries.parameters import WeightSet
from queries.support import Carrier, Helpers, Support

# So many programmes are shown of a grouping; of each State at most so many stand behind what is said of carriers.
_MOST_PROGRAMMES = 10


@dataclass(frozen=True, slots=True)
class GroupingWeights(WeightSet):
    """What each feature of a grouping weighs."""

    share: float = 3.0
    items: float = 1.0
    contiguity: float = 1.0
    language: float = 1.0
    offers: float = 1.0
    carriers: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """A closed set: States and items by index into the known matrix, and what holds it together."""

    holder: Holder
    states: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A closed set with what speaks for it: enough to rank it by; only those that are shown are told in full."""

    found: Found
    features: tuple[Feature, ...]
    score: float


def scored(one: Found, known: Known, support: Support, weight: GroupingWeights) -> Scored:
    """The closed set with its features, those of offers and carriers still without their records."""
    helpers = support.partners(one.states, one.items)
    carried = support.carried(one.states, one.items)
    features = (
        _share(one, weight),
        Feature(
            name="items", value=round(1 - 1 / (1 + len(one.items)), 4), weight=weight.items,
            sentence=f"They share {count(len(one.items), 'item')}.",
        ),
        _contiguity(one, known, weight),
        _language(one, known, weight),
        Feature(
            name="offers", value=round(len(helpers.by_item) / len(one.items), 4), weight=weight.offers,
            sentence=_helping(helpers, len(one.items)),
        ),
        Feature(
            name="carriers", value=round(carried / len(one.states), 4), weight=weight.carriers,
            sentence=f"In {carried} of {len(one.states)} States a programme that may run could carry it.",
        ),
    )  # fmt: skip
    return Scored(one, features, score(features))


@dataclass(frozen=True, slots=True)
class Told:
    """A closed set that is shown, with the records behind its offers and carriers."""

    scored: Scored
    helpers: Helpers
    features: tuple[Feature, ...]
    shown: tuple[Carrier, ...]

    @classmethod
    def of(cls, scored: Scored, support: Support) -> Told:
        """Name who could help, and the first programmes of each State: as many as are shown of all, for any State."""
        one = scored.found
        helpers = support.partners(one.states, one.items)
        programmes, _ = support.programmes(one.states, one.items)
        by_state = groupby(programmes, key=lambda carrier: carrier.iso3)
        first = [carrier for _, those in by_state for carrier in islice(those, _MOST_PROGRAMMES)]
        records = {
            "offers": [Ref(type="Offer", id=id_) for id_ in sorted({i for o in helpers.by_item.values() for i in o})],
            "carriers": [Ref(type="Programme", id=carrier.id) for carrier in first],
        }
        features = tuple(
            feature.model_copy(update={"records": tuple(records[feature.name])}) if feature.name in records else feature
            for feature in scored.features
        )
        return cls(scored, helpers, features, tuple(programmes[:_MOST_PROGRAMMES]))


def _helping(helpers: Helpers, items: int) -> str:
    """How many offered help, and apart from them how many are known for it from their work alone."""
    offering, known = len(helpers.offering), len(helpers.partners) - len(helpers.offering)
    if not helpers.partners:
        return "No partner is known here that offered help with it or works on it."
    if offering:
        also = f", and {known} more {'is' if known == 1 else 'are'} known to work on it" if known else ""
        told = f"{count(offering, 'partner')} offered help{also}"
    else:
        told = f"No partner offered help, but {known} {'is' if known == 1 else 'are'} known to work on it"
    return f"{told}: under {len(helpers.by_item)} of {count(items, 'item')}."


def _share(one: Found, weight: GroupingWeights) -> Feature:
    of = len(one.holder.states)
    records = (Ref(type="Organisation", id=one.holder.organisation.id),) if one.holder.organisation else ()
    return Feature(
        name="share", value=round(len(one.states) / of, 4), weight=weight.share,
        sentence=f"{len(one.states)} of {of} {one.holder.noun}.", records=records,
    )  # fmt: skip


def _contiguity(one: Found, known: Known, weight: GroupingWeights) -> Feature:
    largest = max(known.pieces(one.states), key=len)
    together = len(largest) if len(largest) > 1 else 0
    sentence = f"{together} of them form one area by land borders." if together else "None borders another by land."
    return Feature(
        name="contiguity", value=round(together / len(one.states), 4), weight=weight.contiguity, sentence=sentence
    )


def _language(one: Found, known: Known, weight: GroupingWeights) -> Feature:
    spoken: dict[str, int] = {}
    for iso3 in one.states:
        for language in known.places[iso3]["languages"]:
            spoken[language] = spoken.get(language, 0) + 1
    language, number = min(spoken.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    sentence = (
        f"{language} is an official language of {number} of them." if number > 1 else "No official language is shared."
    )
    value = number / len(one.states) if number > 1 else 0.0
    return Feature(name="language", value=round(value, 4), weight=weight.language, sentence=sentence)
