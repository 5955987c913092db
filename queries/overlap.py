"""Which programmes already work on the themes of resolution 1540 (2004): by whom, until when, where none is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from annotated_doc import Doc

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, years_after
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, StateName, count
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.doubling import Programme, doubling
from queries.entry_points import OPEN_YEARS
from queries.names import Names, not_a_state
from queries.overlap_rows import AskedBy, Backer, Money, ProviderOverlap, Running, ThemeOverlap
from queries.parameters import AsOf, Committee, Limit, Theme, checked_limit, said, visible
from queries.text import cypher


@dataclass(frozen=True, slots=True)
class _Asked:
    """The themes asked for, each with by what, the sentence and its records; and in words what was taken."""

    themes: dict[str, tuple[AskedBy, str, tuple[Ref, ...]]]
    basis: str = ""
    noun: str = "asked for"


def overlap(
    graph: Store,
    who: Annotated[str, Doc("A State, an organisation (for its members), or the id of a request.")],
    theme: Theme = None,
    *,
    as_of: AsOf = None,
    limit: Limit = 60,
    committee: Committee = False,
) -> Answer[ThemeOverlap | ProviderOverlap]:
    """Set the programmes that already run beside the themes of resolution 1540 (2004).

    First the themes (those asked for first, then by name): which programmes that may run on the date open each by
    their sector or title, who funds and carries them out, until when, for how much; a theme for which none is known
    is listed too; and pairs of partners whose work doubles. Then the providers: the share of the themes asked for
    that their programmes open. Asked for are the themes of the requests made by then and the needs that the
    States state, else those on which a source asks for more. Nothing is scored.
    Raises `ParameterError` for a name that is not known, an organisation without members or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    names = Names(graph, seen)
    meant = names.asker(who)
    item = names.item(theme) if theme else None
    asker = Asker.of(graph, meant, item, on, [], seen)
    all_themes = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    parameters = {
        "states": sorted(asker.places),
        "as_of": on,
        "open_since": years_after(on, -OPEN_YEARS),
        "open_until": years_after(on, OPEN_YEARS),
        "visible": seen,
    }
    programmes = [Programme.of(row, on) for row in graph.ask(cypher("overlap"), parameters)]
    asked = _asked(graph, asker, item is not None, all_themes, on, seen)
    wanted = sorted(asker.themes & all_themes.keys(), key=lambda one: (one not in asked.themes, all_themes[one]))
    if item is None:
        wanted = sorted(all_themes, key=lambda one: (one not in asked.themes, all_themes[one]))
    rows: list[ThemeOverlap | ProviderOverlap] = [
        _theme(one, all_themes[one], [p for p in programmes if one in p.opens], asker, asked) for one in wanted
    ]
    bearing = [p for p in programmes if p.opens.keys() & set(wanted)]
    rows += _providers(bearing, all_themes, asker, asked)
    parameters_said = said(
        who=asker.id if meant.type != "Request" else meant.id, theme=item.id if item else None, as_of=on.isoformat(),
        limit=limit,
    )  # fmt: skip
    caveats = [*(not_a_state(meant) if meant.type == "Territory" else []), *_caveats(asked, bearing)]
    return assemble(graph, "overlap", parameters_said, on, rows, limit, caveats)


def _asked(
    graph: Store, asker: Asker, given: bool, all_themes: dict[str, str], on: date, seen: list[str]
) -> _Asked:  # fmt: skip
    """What is asked for: by the question itself, by requests and stated needs, else by what sources say is needed."""
    if given:
        return _Asked(dict.fromkeys(asker.themes, ("question", "", ())), "the question itself")
    found: dict[str, tuple[AskedBy, str, tuple[Ref, ...]]] = {}
    if not asker.all_themes:
        records = tuple(Ref(type="Request", id=one) for one in asker.requests)
        sentence = f"{'A request' if len(records) == 1 else 'Requests'} to the Committee asked for help on it by then."
        found = dict.fromkeys(asker.themes, ("request", sentence, records))
    known = {"states": sorted(asker.places), "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    needs = [
        row for row in graph.ask(cypher("readings"), known) if row["reading"] in NEGATIVE and row["item"] in all_themes
    ]
    for theme, told in _needs(needs, ("stated_need",)).items():
        sentence = (
            f"{'The State itself' if len(asker.places) == 1 else 'A State itself'} states a need: {told[0]['text']}."
        )
        found.setdefault(theme, ("stated need", sentence, _statements(told)))
    if found:
        return _Asked(found, "requests made by then and needs that the States state themselves")
    for theme, told in _needs(needs, DEFAULT_EVIDENCE).items():
        found[theme] = ("source", f"A source asks for more on it: {told[0]['text']}.", _statements(told))
    noun = "on which a source asks for more"
    return _Asked(
        found, f"what sources say (no request or stated need is known here): those {noun}" if found else "", noun
    )


def _needs(rows: list[dict[str, Any]], kinds: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By theme, the statements of those kinds that read incomplete or no entry."""
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for one in row["statements"]:
            if one["kind"] in kinds and one["reading"] in NEGATIVE:
                held.setdefault(row["item"], []).append(one)
    return held


def _statements(told: list[dict[str, Any]]) -> tuple[Ref, ...]:
    return tuple(Ref(type="Statement", id=one["id"]) for one in told)


def _theme(id_: str, name: str, programmes: list[Programme], asker: Asker, asked: _Asked) -> ThemeOverlap:
    running = sorted(programmes, key=lambda one: (-one.opens[id_].directness, one.id))
    states = sorted({iso3 for one in running for iso3 in one.states})
    features = []
    by, sentence, records = asked.themes.get(id_, (None, "", ()))
    if sentence:
        features.append(Feature(name="asked", value=1, weight=0, sentence=sentence, records=records))
    where = f" in {len(states)} of {count(len(asker.places), 'State')}" if len(asker.places) > 1 else ""
    opens = "opens" if len(running) == 1 else "open"
    whom = "the State" if len(asker.places) == 1 else "these States"
    sentence = f"No programme under it is known here, which is no statement about {whom}."
    if running:
        first = running[0].opens[id_]
        sentence = f"{count(len(running), 'programme')}{where} {opens} it. The most direct link: {first.how}"
    features.append(
        Feature(
            name="programmes", value=round(len(states) / len(asker.places), 4), weight=0, sentence=sentence,
            records=_refs(running),
        )
    )  # fmt: skip
    return ThemeOverlap(
        score=None, features=tuple(features), id=id_, name=name, asked_by=by,
        programmes=tuple(_running(one, id_, asker) for one in running),
        funders=_backers(running, "funders"), implementers=_backers(running, "implementers"), **_sums(running),
        states=_states(states, asker), none_known_in=_states(sorted(asker.places.keys() - set(states)), asker),
        doubling=doubling(running, id_, {iso3: place["name"] for iso3, place in asker.places.items()}, asker.id),
    )  # fmt: skip


def _providers(
    programmes: list[Programme], all_themes: dict[str, str], asker: Asker, asked: _Asked
) -> list[ProviderOverlap]:
    """The providers, those that cover most of what is asked for first; a State is no provider to itself."""
    rows = []
    for id_, name in sorted(
        {one for p in programmes for one in p.providers if one[0] not in {*asker.places, asker.id}}
    ):
        own = [p for p in programmes if (id_, name) in p.providers]
        opened = {theme for p in own for theme in p.opens}
        covered = opened & asked.themes.keys()
        containment = jaccard = None
        features: tuple[Feature, ...] = ()
        if asked.themes:
            containment = round(len(covered) / len(asked.themes), 4)
            jaccard = round(len(covered) / len(opened | asked.themes.keys()), 4)
            sentence = (
                f"Its programmes cover {len(covered)} of the {count(len(asked.themes), 'theme')} {asked.noun} "
                f"({containment:.0%}). Of these and all that its programmes open together, {jaccard:.0%} are both."
            )
            features = (Feature(name="covers", value=containment, weight=0, sentence=sentence, records=_refs(own)),)
        rows.append(
            ProviderOverlap(
                score=None, features=features, id=id_, name=name, programmes=tuple(p.id for p in own),
                themes=tuple(Named(id=one, name=all_themes[one]) for one in sorted(opened)),
                covered=tuple(sorted(covered)), containment=containment, jaccard=jaccard, **_sums(own),
                states=_states(sorted({iso3 for p in own for iso3 in p.states}), asker),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda one: (-(one.containment or 0), -(one.jaccard or 0), one.name))


def _refs(programmes: Iterable[Programme]) -> tuple[Ref, ...]:
    return tuple(Ref(type="Programme", id=one.id) for one in programmes)


def _states(ids: list[str], asker: Asker) -> tuple[StateName, ...]:
    return tuple(StateName(iso3=iso3, name=asker.places[iso3]["name"]) for iso3 in ids)


def _running(one: Programme, theme: str, asker: Asker) -> Running:
    said_ = one.said
    opens = one.opens[theme]
    return Running(
        **{key: said_[key] for key in ("id", "title", "start", "end", "amount", "currency")},
        dates_uncertain=one.uncertain, states=_states(sorted(one.states), asker),
        how=opens.how, directness=opens.directness,
    )  # fmt: skip


def _backers(programmes: list[Programme], role: Literal["funders", "implementers"]) -> tuple[Backer, ...]:
    held: dict[tuple[str, str], list[str]] = {}
    for one in programmes:
        for partner in one.funders if role == "funders" else one.implementers:
            held.setdefault((partner.id, partner.name), []).append(one.id)
    return tuple(Backer(id=key[0], name=key[1], programmes=tuple(sorted(ids))) for key, ids in sorted(held.items()))


def _sums(programmes: list[Programme]) -> dict[str, Any]:
    """Amounts by currency, never added over currencies; how many programmes state none; the latest end stated."""
    sums: dict[str | None, list[float]] = {}
    for one in programmes:
        if one.said["amount"] is not None and one.said["amount"] > 0:
            sums.setdefault(one.said["currency"], []).append(one.said["amount"])
    amounts = sorted(sums.items(), key=lambda pair: pair[0] or "")
    ends = [one.said["end_latest"] for one in programmes if one.said["end_latest"]]
    return {
        "amounts": tuple(Money(currency=c, amount=round(sum(those), 2), programmes=len(those)) for c, those in amounts),
        "without_amount": len(programmes) - sum(len(those) for those in sums.values()),
        "until": max(ends, default=None),
    }


def _caveats(asked: _Asked, programmes: list[Programme]) -> list[str]:
    caveats = [
        "Only programmes in the graph count: a theme without one may well be worked on by others, or by the State "
        "itself. It is no statement about any State.",
        "A sector code or a word in a title opens a theme; whether a programme works on it is for its partners to say.",
    ]
    if asked.basis:
        caveats.append(
            f"What providers cover is measured on {count(len(asked.themes), 'theme')}, taken from {asked.basis}."
        )
    else:
        caveats.append("Nothing is known to be asked for, so the shares that providers cover are left blank.")
    if any(one.said["amount"] for one in programmes):
        caveats.append(
            "Amounts are those of whole programmes, also of such as work in other States or on other themes: they "
            "must not be added over rows."
        )
    if any(one.uncertain for one in programmes):
        caveats.append(
            "Dates marked uncertain may or may not include the day asked about; a programme without an end in its "
            f"source is listed for {OPEN_YEARS} years after its start."
        )
    caveats.append(
        "Work is called doubling where two partners fund, or carry out, different programmes in one State at the same "
        "time that reach the same people or do the same work by the same sector or title rule; they may well have "
        "agreed on it."
    )
    return caveats
