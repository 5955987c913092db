"""Why a theme has a row in an action plan: sentences with the records behind them, without weight or score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.evidence import NEGATIVE
from queries.action_plan_courses import Open
from queries.action_plan_parts import OpenOffer, OwnWord
from queries.answer import Feature, Ref, count
from queries.state import StateReading

_MOST = 3


def features_of(
    opened: Open, readings: Iterable[StateReading], stated: Sequence[OwnWord], exists: Sequence[OwnWord]
) -> tuple[Feature, ...]:
    """What sources recorded, what the State stated and has, and what is open to it; each is there only if known."""
    told = [(one.reading, st) for one in readings for st in one.statements]
    asked = [st for _, st in told if st.reading in NEGATIVE]
    held = [st for _, st in told if st.reading not in NEGATIVE]
    found = [
        _feature("recorded", "A source asks for more", [st.text for st in asked], _statements(st.id for st in asked)),
        _feature("in_place", "By a source in place", [st.text for st in held], _statements(st.id for st in held)),
        _feature("stated", "The State's own word", [one.line() for one in stated], _records(stated)),
        _feature("exists", "On file, or took place", [one.line() for one in exists], _records(exists)),
        _feature(
            "programmes", "Under way", [one.title for one in opened.carriers], [one.ref for one in opened.carriers]
        ),
        _helping("offers", "Offered, and open to the State", [one for one in opened.offers if one.basis == "offer"]),
        _helping(
            "known_help", "Known from a partner's own work, not offered to the Committee",
            [one for one in opened.offers if one.basis != "offer"],
        ),
        _feature(
            "laws", "Laws of States alike", [f"{one.title} ({one.state})" for one in opened.like_laws],
            [Ref(type="Legislation", id=one.id) for one in opened.like_laws],
        ),
        _feature(
            "together", "Recorded alike", [one.sentence().rstrip(".") for one in opened.together],
            [ref for one in opened.together for ref in one.records],
        ),
    ]  # fmt: skip
    if pool := opened.pool:
        names = [one.name for one in pool.experience]
        found.append(_feature("pool", f"Have experience in {pool.name}", names, pool.records))
    if not told and not stated:
        sentence = "No source held here speaks of it on that date, which is no gap."
        found.insert(0, Feature(name="unknown", value=0, weight=0, sentence=sentence))
    return tuple(one for one in found if one)


def _feature(name: str, lead: str, texts: Sequence[str], records: Iterable[Ref]) -> Feature | None:
    if not texts:
        return None
    more = f"; and {count(len(texts) - _MOST, 'other')}" if len(texts) > _MOST else ""
    sentence = f"{lead}: {'; '.join(one.rstrip('.') for one in texts[:_MOST])}{more}."
    return Feature(name=name, value=1, weight=0, sentence=sentence, records=tuple(dict.fromkeys(records)))


def _helping(name: str, lead: str, offers: Sequence[OpenOffer]) -> Feature | None:
    return _feature(name, lead, [f"{one.partner.name}, {one.subject}" for one in offers], [one.ref for one in offers])


def _statements(ids: Iterable[str]) -> list[Ref]:
    return [Ref(type="Statement", id=id_) for id_ in ids]


def _records(words: Iterable[OwnWord]) -> list[Ref]:
    return [ref for one in words for ref in one.records]
