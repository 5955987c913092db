"""Why a partner may be the right one: each reason a feature with its sentence and the records behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from queries.answer import Feature, Ref, count
from queries.asker import Asker
from queries.parameters import WeightSet
from queries.partner_known import KINDS, Known
from queries.support import fits

# Help to the same recipient speaks more for a partner than help in the region, and that more than help elsewhere.
_WHERE = {"State": 1.0, "region": 0.75, "elsewhere": 0.5}
# Help under other themes says little: that the partner knows the place.
_OTHER_THEME = {"State": 0.2, "region": 0.1, "elsewhere": 0.0}
# Help that a provider reports itself, often a contract line, speaks less for it than a precedent told by others.
_REPORTED = 0.8
_GENERAL = 0.4
# An offer that names no region shuts nobody out, but one that names this region is meant for it.
_NO_REGION = 0.5


@dataclass(frozen=True, slots=True)
class PartnerWeights(WeightSet):
    """What each feature of a partner weighs.

    Chosen on one half of the documented cases of help and measured on the other (`docs/evaluation.md`); `preferred`,
    for which there are too few cases, is set by hand. Language and legal tradition told nothing about who helped.
    """

    covers: float = 2.0
    done_before: float = 3.0
    share: float = 4.0
    focus: float = 0.5
    region: float = 1.0
    preferred: float = 2.0
    language: float = 0.0
    neighbour: float = 0.5
    present: float = 0.5
    tradition: float = 0.0


# Without any of these nothing that is known of a partner bears on what is asked for.
BEARING = frozenset({"covers", "done_before", "share", "present"})
# The features whose records tell through which agencies the partner would help.
TELLING = frozenset({"covers", "done_before"})


def features_of(
    known: Known, together: dict[str, float] | None, asker: Asker, weight: PartnerWeights
) -> tuple[Feature, ...]:
    """All reasons for or against a partner, with their weights.

    `together` are the `totals` of all partners; where they are not known, its share of them is no feature.
    """
    features = [
        _covers(known.open_offers, asker, weight),
        _done_before(known.done, asker, weight),
        _focus(known, asker, weight),
        _region(known.offers, known.open_offers, asker, weight),
        _neighbour(known.first, asker, weight),
        _present(known.programmes, asker, weight),
        _alike("language", "official language", known.first, asker, weight.language),
        _alike("tradition", "legal tradition", known.first, asker, weight.tradition),
    ]
    if together is not None:
        features.append(_share(known, together, asker, weight))
    if asker.preferred:
        features.append(_preferred(known.first, asker, weight))
    return tuple(features)


def _refs(pieces: Iterable[dict[str, Any]]) -> tuple[Ref, ...]:
    ordered = sorted({piece["id"]: piece for piece in pieces}.values(), key=lambda piece: str(piece["id"]))
    return tuple(Ref(type=KINDS[piece["kind"]], id=piece["id"]) for piece in ordered)


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
        telling = [o for those in covered.values() for o in those]
        sentence = f"{_said(telling, 'cover')} {what}{'' if asker.all_themes else ' asked for'}."
        records = _refs(telling)
    elif general:
        sentence, records = f"{_said(general, 'are for')} help with the resolution in general.", _refs(general)
    else:
        sentence, records = (
            "No offer, known work or standing mandate of it that is held here covers what is asked for.",
            (),
        )
    return Feature(name="covers", value=round(value, 4), weight=weight.covers, sentence=sentence, records=records)


def _said(offers: list[dict[str, Any]], verb: str) -> str:
    """Who says that it helps: its offers and known work, or its standing mandate where there is neither.

    Many an offer on file is none made to the Committee but known from the partner's work.
    """
    kinds = {one["kind"] for one in offers}
    singular = {"cover": "covers", "are for": "is for", "name": "names"}[verb]
    if kinds == {"mandate"}:
        return f"Its standing mandate {singular}"
    known = "what it offers or is known to do"
    return f"Its standing mandate and {known} {verb}" if "mandate" in kinds else f"{known.capitalize()} {singular}"


def _done_before(done: list[dict[str, Any]], asker: Asker, weight: PartnerWeights) -> Feature:
    best, told = 0.0, "No precedent of help by then is known here that bears on this."
    telling: list[dict[str, Any]] = []
    for piece in sorted(done, key=lambda one: (one["kind"] != "precedent", str(one["id"]))):
        themes = frozenset(piece["themes"])
        alike = len(asker.themes & themes) / len(asker.themes | themes)
        where = asker.nearness(piece["places"])
        value = round((alike * _WHERE[where] if alike else _OTHER_THEME[where]) * _worth(piece), 4)
        if value > best:
            best, telling, told = value, [], _told(piece, alike, where)
        if value == best and value:
            telling.append(piece)
    noun = "more reported activity" if telling and telling[0]["kind"] == "activity" else "more precedent"
    more = f", and {count(len(telling) - 1, noun)} of this kind" if len(telling) > 1 else ""
    sentence = f"{told}{more}." if telling else told
    return Feature(name="done_before", value=best, weight=weight.done_before, sentence=sentence, records=_refs(telling))


def _told(piece: dict[str, Any], alike: float, where: str) -> str:
    theme = "the same theme" if alike == 1 else "themes in part the same" if alike else "another theme"
    place = {"State": "with the same recipient", "region": "in the same region", "elsewhere": "elsewhere"}[where]
    who = "It has helped" if piece["kind"] == "precedent" else "It reports help"
    return f"{who} under {theme} {place}: {piece['title']} ({piece['date'] or 'undated'})"


def _worth(piece: dict[str, Any]) -> float:
    return 1.0 if piece["kind"] == "precedent" else _REPORTED


def _bearing(known: Known, asker: Asker) -> tuple[Ref, ...]:
    """The precedents and open offers under the themes asked for."""
    pieces = [*(one for one in known.done if one["kind"] == "precedent"), *known.open_offers]
    return _refs(one for one in pieces if not asker.themes.isdisjoint(one["themes"]))


def _share(known: Known, together: dict[str, float], asker: Asker, weight: PartnerWeights) -> Feature:
    """The square root of the share, so that one precedent among many is seen beside those who help nearly everybody."""
    themes = [theme for theme in asker.themes if known.amounts.get(theme)]
    share = sum(known.amounts[theme] / together[theme] for theme in sorted(themes)) / len(asker.themes)
    if themes:
        sentence = (
            "Of the offers, known work, mandates and precedents held by then under what is asked for, "
            f"{_percent(share)} is its own (those for the region counted twice)."
        )
    else:
        sentence = "It has no offer, known work or mandate open here and no precedent under what is asked for."
    return Feature(
        name="share", value=round(math.sqrt(share), 4), weight=weight.share, sentence=sentence,
        records=_bearing(known, asker),
    )  # fmt: skip


def _focus(known: Known, asker: Asker, weight: PartnerWeights) -> Feature:
    """How much of all that it is known for is what is asked for; one is added below, for little is no proof."""
    own = sum(known.amounts.get(theme, 0.0) for theme in sorted(asker.themes))
    all_ = sum(known.amounts[theme] for theme in sorted(known.amounts))
    sentence = (
        f"Of all that it offers or did, {_percent(own / all_)} is what is asked for."
        if own
        else "Nothing that it offers or did is what is asked for."
    )
    return Feature(
        name="focus", value=round(own / (all_ + 1), 4), weight=weight.focus, sentence=sentence,
        records=_bearing(known, asker),
    )  # fmt: skip


def _percent(share: float) -> str:
    return "all" if share >= 0.995 else "less than 1 %" if share < 0.01 else f"{share * 100:.0f} %"


def _region(
    offers: list[dict[str, Any]], open_offers: list[dict[str, Any]], asker: Asker, weight: PartnerWeights
) -> Feature:
    share = asker.share_that(lambda iso3: any(fits(offer, iso3, asker.places[iso3]) for offer in offers))
    of = "of the States that ask" if len(asker.makers) > 1 else "members"
    members = f"all {of}" if share == 1 else f"{share:.0%} {of if len(asker.makers) > 1 else 'of the members'}"
    whom = asker.name if len(asker.places) == 1 else members
    if not offers:
        sentence = "No offer, known work or mandate of it is held here, so none names this region."
    elif not share:
        sentence = "What it offers or is known to do is for other regions only, or excludes this one."
    elif all(not offer["places"] for offer in open_offers):
        share *= _NO_REGION
        sentence = f"{_said(open_offers, 'name')} no region, so none is shut out."
    else:
        named = [offer for offer in open_offers if offer["places"]]
        sentence = f"{_said(named, 'name')} regions that take in {whom}."
    return Feature(
        name="region", value=round(share, 4), weight=weight.region, sentence=sentence, records=_refs(open_offers)
    )


def _neighbour(first: dict[str, Any], asker: Asker, weight: PartnerWeights) -> Feature:
    near = "neighbours" if first["partner_kind"] == "State" else "organisations"
    share = asker.share_that(lambda iso3: first["partner"] in asker.places[iso3][near])
    whom = asker.name if len(asker.places) == 1 else f"{share:.0%} of the States that ask"
    if share and near == "neighbours":
        sentence = f"It borders {whom}."
    elif share:
        sentence = f"{whom} {'is a member' if len(asker.places) == 1 else 'are members'} of it."
    elif near == "neighbours":
        sentence = "It borders none of the States that ask."
    else:
        sentence = "None of the States that ask is known here as a member of it."
    return Feature(name="neighbour", value=round(share, 4), weight=weight.neighbour, sentence=sentence)


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


def _alike(name: str, noun: str, first: dict[str, Any], asker: Asker, weight: float) -> Feature:
    key = "languages" if name == "language" else "legal_traditions"
    own = set(first[key])
    share = asker.share_that(lambda iso3: bool(own & set(asker.places[iso3][key])))
    common = sorted(own & {one for place in asker.places.values() for one in place[key]})
    if first["partner_kind"] != "State":
        share, sentence = 0.0, f"No State, so no {noun} is compared."
    else:
        sentence = f"Shared {noun}: {', '.join(common)}." if common else f"No {noun} is shared."
    return Feature(name=name, value=round(share, 4), weight=weight, sentence=sentence)
