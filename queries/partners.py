"""Who could help a State, an organisation's members, or with a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, Row, Shape, count, score
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.entry_points import OPEN_YEARS
from queries.names import Names
from queries.parameters import (
    AsOf,
    Committee,
    Limit,
    Theme,
    Weights,
    WeightSet,
    Without,
    checked_limit,
    said,
    visible,
    weighed,
)
from queries.support import fits
from queries.text import cypher

# How well a precedent speaks for its provider: what is alike of theme and place.
_SAME_THEME = {"State": 1.0, "region": 0.75, "elsewhere": 0.5}
_OTHER_THEME = {"State": 0.4, "region": 0.2, "elsewhere": 0.0}
_GENERAL = 0.4
# Help that a provider reports itself, often a contract line, speaks less for it than a precedent told by others.
_REPORTED = 0.8
_MOST_AGENCIES = 4


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


class PartnerName(Shape):
    """A partner: id, name, and what kind of body it is."""

    id: str
    name: str
    kind: str


class Partner(Row):
    """A possible partner, the agencies through which it offers or gave what bears on this, and where to write."""

    partner: PartnerName
    through: tuple[Named, ...]
    contact: str | None

    def cells(self) -> dict[str, str]:
        """Partner and agencies, and where to write."""
        agencies = [one.name for one in self.through]
        more = f" and {len(agencies) - _MOST_AGENCIES} more" if len(agencies) > _MOST_AGENCIES else ""
        through = f"through {', '.join(agencies[:_MOST_AGENCIES])}{more}" if agencies else ""
        who = "\n".join(
            part for part in (self.partner.name, f"{self.partner.id}, {self.partner.kind}", through) if part
        )
        return {"Partner": who, "Contact": self.contact or "not stated"}


def partners(
    graph: Store,
    who: Annotated[str, Doc("Who needs help: a State, an organisation (for its members), or the id of a request.")],
    theme: Theme = None,
    *,
    as_of: AsOf = None,
    without: Without = (),
    limit: Limit = 20,
    weights: Weights = None,
    committee: Committee = False,
) -> Answer[Partner]:
    """Find partners that could help, with the reasons.

    Candidates are known by offers, precedents of help, help that they report, or programmes that may run where help
    is needed. Ranked by what their offers cover, what they have done before and where, whether the region fits and
    nothing excludes it, preference, presence, language and legal tradition. Without a theme, the themes of the
    requests made by then count, else all alike. Raises `ParameterError` for names that are not known or bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    weight = weighed(PartnerWeights(), weights)
    names = Names(graph, seen)
    meant = names.asker(who)
    item = names.item(theme) if theme else None
    hidden = sorted({names.find(one, ("Precedent", "Request")).id for one in without})
    asker = Asker.of(graph, meant, item, on, hidden, seen)
    parameters = {
        "states": sorted(asker.places),
        "themes": sorted(asker.themes),
        "as_of": on,
        "open_since": years_after(on, -OPEN_YEARS),
        "open_until": years_after(on, OPEN_YEARS),
        "without": hidden,
        "recorded": today(),
        "year_before": years_after(on, -1),
        "visible": seen,
    }
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.ask(cypher("partners"), parameters):
        # A State that carries out programmes at home is no partner of its own organisation by that.
        if row["partner"] != asker.id and not (row["kind"] == "programme" and row["partner"] in asker.places):
            evidence[row["partner"]].append(row)
    found = (_partner(pieces, asker, weight) for _, pieces in sorted(evidence.items()))
    rows = sorted((one for one in found if one), key=lambda one: (-(one.score or 0), one.partner.id))
    parameters_said = said(
        who=asker.id if meant.type != "Request" else meant.id, theme=item.id if item else None, as_of=on.isoformat(),
        without=tuple(hidden), limit=limit, weights=dict(weights or {}),
    )  # fmt: skip
    return assemble(graph, "partners", parameters_said, on, rows, limit, _caveats(asker, evidence, on < today()))


def _partner(pieces: list[dict[str, Any]], asker: Asker, weight: PartnerWeights) -> Partner | None:
    """The row of one partner; `None` where nothing that is known of it bears on the themes."""
    by_kind: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for piece in pieces:
        by_kind[piece["kind"]].setdefault(piece["id"], piece)
    offers, programmes = (list(by_kind[kind].values()) for kind in ("offer", "programme"))
    done = [*by_kind["precedent"].values(), *by_kind["activity"].values()]
    open_offers = [offer for offer in offers if any(fits(offer, iso3, place) for iso3, place in asker.places.items())]
    features = [_covers(open_offers, asker, weight), _done_before(done, asker, weight)]
    if not any(feature.value for feature in features) and not programmes:
        return None
    if offers:
        features.append(_region(offers, open_offers, asker, weight))
    first = pieces[0]
    if asker.preferred:
        features.append(_preferred(first, asker, weight))
    features.append(_present(programmes, asker, weight))
    if first["partner_kind"] == "State":
        features.append(_alike("language", "official language", first["languages"], asker, weight.language))
        features.append(_alike("tradition", "legal tradition", first["legal_traditions"], asker, weight.tradition))
    telling = {(ref.type.lower(), ref.id) for feature in features[:2] for ref in feature.records}
    bearing = [p for p in pieces if p["kind"] == "programme" or (p["kind"], p["id"]) in telling]
    named = sorted({(p["agency"], p["agency_name"]) for p in bearing if p["agency"] != first["partner"]})
    contacts = [p["contact"] for p in sorted(bearing, key=lambda p: str(p["id"])) if p["contact"]]
    return Partner(
        score=score(tuple(features)),
        features=tuple(features),
        partner=PartnerName(id=first["partner"], name=first["name"], kind=first["partner_kind"]),
        through=tuple(Named(id=id_, name=name) for id_, name in named),
        contact=contacts[0] if contacts else None,
    )


def _refs(pieces: Iterable[dict[str, Any]]) -> tuple[Ref, ...]:
    kinds = {"offer": "Offer", "precedent": "Precedent", "programme": "Programme", "activity": "Activity"}
    ordered = sorted(pieces, key=lambda piece: str(piece["id"]))
    return tuple(Ref(type=kinds[piece["kind"]], id=piece["id"]) for piece in ordered)


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


def _caveats(asker: Asker, evidence: dict[str, list[dict[str, Any]]], past: bool) -> list[str]:
    caveats = ["A partner that is not listed may well help: only offers, precedents and programmes in the graph count."]
    if any(piece["kind"] == "offer" and piece["date"] is None for pieces in evidence.values() for piece in pieces):
        caveats.append("Offers without a date in their source count at any date.")
    if past:
        caveats.append("Help whose date the source does not give is left out of a question about the past.")
    if asker.all_themes:
        caveats.append("No theme was given and no request tells one, so all themes count alike.")
    return caveats
