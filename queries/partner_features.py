"""Why a partner may be the right one: each reason a feature with its sentence and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from queries.answer import Feature, Ref, count
from queries.asker import Asker
from queries.parameters import WeightSet
from queries.support import fits

# How well a precedent speaks for its provider: what is alike of theme and place.
_SAME_THEME = {"State": 1.0, "region": 0.75, "elsewhere": 0.5}
_OTHER_THEME = {"State": 0.4, "region": 0.2, "elsewhere": 0.0}
_GENERAL = 0.4
# Help that a provider reports itself, often a contract line, speaks less for it than a precedent told by others.
_REPORTED = 0.8
_KINDS = {"offer": "Offer", "precedent": "Precedent", "programme": "Programme", "activity": "Activity"}


@dataclass(frozen=True, slots=True)
class PartnerWeights(WeightSet):
    """What each feature of a partner weighs."""

    covers: float = 4.0
    done_before: float = 3.0
    region: float = 2.0
    preferred: float = 2.0
    present: float = 1.0
    language: float = 0.5
    tradition: float = 0.5


# Without any of these nothing that is known of a partner bears on what is asked for.
BEARING = frozenset({"covers", "done_before", "present"})
# The features whose records tell through which agencies the partner would help.
TELLING = frozenset({"covers", "done_before"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one partner as far as it can matter to whoever asks: pieces by kind, each once."""

    first: dict[str, Any]
    offers: list[dict[str, Any]]
    open_offers: list[dict[str, Any]]
    done: list[dict[str, Any]]
    programmes: list[dict[str, Any]]

    @classmethod
    def of(cls, pieces: list[dict[str, Any]], asker: Asker) -> Known:
        """Sort the pieces; programmes only where they run in a State that asks and open a theme that is asked for."""
        kinds: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS}
        running: dict[str, dict[str, Any]] = {}
        for piece in pieces:
            if piece["kind"] != "programme":
                kinds[piece["kind"]].setdefault(piece["id"], piece)
            elif _carries(piece, asker):
                running.setdefault(piece["id"], piece)
        offers = list(kinds["offer"].values())
        fitting = [o for o in offers if any(fits(o, iso3, place) for iso3, place in asker.places.items())]
        return cls(
            pieces[0], offers, fitting, [*kinds["precedent"].values(), *kinds["activity"].values()], list(running.values()),
        )  # fmt: skip


def _carries(programme: dict[str, Any], asker: Asker) -> bool:
    """A State that carries out programmes at home is no partner of its own organisation by that."""
    return (
        programme["partner"] not in asker.places
        and programme["places"][0] in asker.places
        and not asker.themes.isdisjoint(programme["themes"])
    )


def features_of(known: Known, asker: Asker, weight: PartnerWeights) -> tuple[Feature, ...]:
    """All reasons that apply to a partner, with their weights."""
    features = [_covers(known.open_offers, asker, weight), _done_before(known.done, asker, weight)]
    if known.offers:
        features.append(_region(known.offers, known.open_offers, asker, weight))
    if asker.preferred:
        features.append(_preferred(known.first, asker, weight))
    features.append(_present(known.programmes, asker, weight))
    if known.first["partner_kind"] == "State":
        for name, noun, own, weighs in (
            ("language", "official language", known.first["languages"], weight.language),
            ("tradition", "legal tradition", known.first["legal_traditions"], weight.tradition),
        ):
            features.append(_alike(name, noun, own, asker, weighs))
    return tuple(features)


def _refs(pieces: Iterable[dict[str, Any]]) -> tuple[Ref, ...]:
    ordered = sorted({piece["id"]: piece for piece in pieces}.values(), key=lambda piece: str(piece["id"]))
    return tuple(Ref(type=_KINDS[piece["kind"]], id=piece["id"]) for piece in ordered)


def _covers(offers: list[dict[str, Any]], asker: Asker, weight: PartnerWeights) -> Feature:
    covered = {
        theme: [o for o in offers if theme in o["themes"] and theme not in o["excluded"]]
        for theme in sorted(asker.themes)
    }
    direct = [theme for theme, those in covered.items() if those]
    general = [o for o in offers if o["scope"] == "general"]
    missing = len(covered) - len(direct)
    value = (len(direct) + (_GENERAL * missing if general else 0)) / len(covered)
    if direct:
        what = f"{len(direct)} of the {len(covered)} themes" if len(covered) > 1 else "the theme"
        sentence = f"Its offers cover {what}{'' if asker.all_themes else ' asked for'}."
        records = _refs({o["id"]: o for those in covered.values() for o in those}.values())
    elif general:
        sentence, records = "It offers help with the resolution in general.", _refs(general)
    else:
        sentence, records = "No offer of it that is known here covers what is asked for.", ()
    return Feature(name="covers", value=round(value, 4), weight=weight.covers, sentence=sentence, records=records)


def _done_before(done: list[dict[str, Any]], asker: Asker, weight: PartnerWeights) -> Feature:
    best, told = 0.0, "No precedent of help by then is known here that bears on this."
    telling: list[dict[str, Any]] = []
    for piece in sorted(done, key=lambda one: (one["kind"] != "precedent", str(one["id"]))):
        same = bool(asker.themes & set(piece["themes"]))
        where = asker.nearness(piece["places"])
        value = round((_SAME_THEME if same else _OTHER_THEME)[where] * _worth(piece), 4)
        if value > best:
            best, telling = value, []
            theme, place = "the same theme" if same else "another theme", {
                "State": "with the same recipient", "region": "in the same region", "elsewhere": "elsewhere",
            }[where]  # fmt: skip
            who = "It has helped" if piece["kind"] == "precedent" else "It reports help"
            told = f"{who} under {theme} {place}: {piece['title']} ({piece['date']})"
        if value == best and value:
            telling.append(piece)
    noun = "more reported activity" if telling and telling[0]["kind"] == "activity" else "more precedent"
    more = f", and {count(len(telling) - 1, noun)} of this kind" if len(telling) > 1 else ""
    sentence = f"{told}{more}." if telling else told
    return Feature(name="done_before", value=best, weight=weight.done_before, sentence=sentence, records=_refs(telling))


def _worth(piece: dict[str, Any]) -> float:
    return 1.0 if piece["kind"] == "precedent" else _REPORTED


def _region(
    offers: list[dict[str, Any]], open_offers: list[dict[str, Any]], asker: Asker, weight: PartnerWeights
) -> Feature:
    share = asker.share_that(lambda iso3: any(fits(offer, iso3, asker.places[iso3]) for offer in offers))
    members = "all members" if share == 1 else f"{share:.0%} of the members"
    whom = asker.name if len(asker.places) == 1 else members
    if not share:
        sentence = "Its offers are limited to other regions, or exclude this one."
    elif all(not offer["places"] for offer in open_offers):
        sentence = "Its offers name no region, so none is shut out."
    else:
        sentence = f"The regions that its offers name take in {whom}."
    return Feature(
        name="region", value=round(share, 4), weight=weight.region, sentence=sentence, records=_refs(open_offers)
    )


def _preferred(first: dict[str, Any], asker: Asker, weight: PartnerWeights) -> Feature:
    wished = first["partner"] in asker.preferred
    sentence = "The request asks for it." if wished else "The request asks for others."
    records = tuple(Ref(type="Request", id=id_) for id_ in asker.requests)
    return Feature(name="preferred", value=float(wished), weight=weight.preferred, sentence=sentence, records=records)


def _present(programmes: list[dict[str, Any]], asker: Asker, weight: PartnerWeights) -> Feature:
    if programmes:
        example = min(programmes, key=lambda one: str(one["id"]))["title"]
        sentence = (
            f"It is there already with {count(len(programmes), 'programme')} that could carry this, as {example}."
        )
    else:
        sentence = "No programme of it there that may run then and could carry this is known here."
    return Feature(
        name="present", value=float(bool(programmes)), weight=weight.present, sentence=sentence,
        records=_refs(programmes),
    )  # fmt: skip


def _alike(name: str, noun: str, own: list[str], asker: Asker, weight: float) -> Feature:
    key = "languages" if name == "language" else "legal_traditions"
    share = asker.share_that(lambda iso3: bool(set(own) & set(asker.places[iso3][key])))
    common = sorted(set(own) & {one for place in asker.places.values() for one in place[key]})
    sentence = f"Shared {noun}: {', '.join(common)}." if common else f"No {noun} is shared."
    return Feature(name=name, value=round(share, 4), weight=weight, sentence=sentence)
