"""How like two States are of law, language and place: what orders laws, and no word on the laws themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from queries.answer import Feature, Ref
from queries.names import fold
from queries.parameters import WeightSet

# A wider region than the narrowest one counts less.
_WIDER = 0.5
# A model text is written for any State; one of its own organisation counts in full.
_MODEL = 0.5
# Words of fewer letters tell no subject; of longer ones the first letters are compared (finance, financing).
_SHORT, _STEM = 5, 6


@dataclass(frozen=True, slots=True)
class LawWeights(WeightSet):
    """What each feature of a law weighs: all but `subject` and `membership` are likeness of the State behind it."""

    tradition: float = 3.0
    language: float = 2.0
    region: float = 1.0
    subject: float = 2.0
    membership: float = 3.0


@dataclass(frozen=True, slots=True)
class LikeWhat:
    """Who asks (a row of `laws_makers.cypher`), the words of the subject asked for by stem, and the weights."""

    who: dict[str, Any]
    words: Mapping[str, str]
    weight: LawWeights
    _states: dict[str, tuple[Feature, ...]] = field(default_factory=dict)

    def state(self, maker: dict[str, Any]) -> tuple[Feature, ...]:
        """How alike another State is: it stands behind several laws and is worked out once."""
        if maker["id"] not in self._states:
            self._states[maker["id"]] = (_tradition(maker, self), _language(maker, self), _region(maker, self))
        return self._states[maker["id"]]


@lru_cache(maxsize=4096)
def stems(text: str) -> Mapping[str, str]:
    """The words of a text that tell its subject, by their first letters."""
    return {word[:_STEM]: word for word in reversed(fold(text).split()) if len(word) >= _SHORT}


def likeness(maker: dict[str, Any], row: dict[str, Any], asked: LikeWhat) -> tuple[Feature, ...]:
    """How alike the State asked about and the one behind the law are."""
    if maker["organisation"]:
        return (_membership(maker, row, asked),)
    return asked.state(maker)


def _feature(name: str, value: float, sentence: str, maker: dict[str, Any], asked: LikeWhat) -> Feature:
    """A feature that rests on what is known of both States."""
    records = tuple(Ref(type="State", id=one["id"]) for one in (asked.who, maker))
    weight = getattr(asked.weight, name)
    return Feature(name=name, value=round(value, 4), weight=weight, sentence=sentence, records=records)


def _tradition(maker: dict[str, Any], asked: LikeWhat) -> Feature:
    own, other = set(asked.who["traditions"]), set(maker["traditions"])
    common = sorted(own & other)
    if not own or not other:
        silent = asked.who["name"] if not own else maker["name"]
        sentence = f"The legal tradition of {silent} is not known here."
    elif own == other:
        sentence = f"The same legal traditions as {maker['name']}: {', '.join(common)}."
    elif common:
        both = f"law {'is' if len(common) == 1 else 'are'} part of the legal system of both, beside other traditions"
        sentence = f"{' and '.join(common).capitalize()} {both}."
    else:
        sentence = f"No legal tradition is shared with {maker['name']}."
    return _feature("tradition", len(common) / len(own | other or {""}), sentence, maker, asked)


def _language(maker: dict[str, Any], asked: LikeWhat) -> Feature:
    common = sorted(set(asked.who["languages"]) & set(maker["languages"]))
    sentence = (
        f"Official language shared with {maker['name']}: {', '.join(common)}."
        if common
        else f"No official language is shared with {maker['name']}."
    )
    return _feature("language", float(bool(common)), sentence, maker, asked)


def _region(maker: dict[str, Any], asked: LikeWhat) -> Feature:
    own = asked.who["regions"]
    near = next((one for one in own if one in maker["regions"]), None)
    if near is None:
        return _feature("region", 0.0, f"{maker['name']} is in another region.", maker, asked)
    value = 1.0 if near == own[0] else _WIDER
    return _feature("region", value, f"{maker['name']} is in the same region: {near}.", maker, asked)


def _membership(maker: dict[str, Any], row: dict[str, Any], asked: LikeWhat) -> Feature:
    """Of a text of an organisation: whether the State is a member, or whether it is a model for any State."""
    value, sentence = 0.0, f"{asked.who['name']} is no member of {maker['name']} on that date."
    if maker["id"] in asked.who["organisations"]:
        value, sentence = 1.0, f"{asked.who['name']} is a member of {maker['name']}, whose text this is."
    elif (row["kind"] or "").startswith("model"):
        value, sentence = _MODEL, f"It is a model text by {maker['name']} for States to draw on, and no law in force."
    records = (Ref(type="Organisation", id=maker["id"]),)
    weight = asked.weight.membership
    return Feature(name="membership", value=value, weight=weight, sentence=sentence, records=records)


def subject(row: dict[str, Any], asked: LikeWhat) -> tuple[Feature, ...]:
    """Which words of what is asked for stand in the title or subject; nothing where no subject was asked for."""
    if not asked.words:
        return ()
    there = stems(f"{row['title']} {row['subject'] or ''}")
    common = [word for stem, word in sorted(asked.words.items()) if stem in there]
    sentence = (
        f"Its title or subject has words of what is asked for: {', '.join(common)}."
        if common
        else "Its title and subject have none of the words of what is asked for; it is of the same section."
    )
    value = round(len(common) / len(asked.words), 4)
    records = (Ref(type="Legislation", id=row["id"]),)
    return (Feature(name="subject", value=value, weight=asked.weight.subject, sentence=sentence, records=records),)
