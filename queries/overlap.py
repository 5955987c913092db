"""Which programmes already work on the themes of resolution 1540 (2004): by whom, until when, where none is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE
from graph.store import Store
from queries.answer import Answer, Feature, Named, Ref, StateName, count
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.doubling import Programme, doubling
from queries.names import Meant, Names, not_a_state
from queries.overlap_own import caveats_of, own_rows
from queries.overlap_parts import backers, caveats_on_programmes, refs, running_of, states_of, sums
from queries.overlap_read import Ran, Running, doubles
from queries.overlap_rows import AskedBy, ProviderOverlap, ThemeOverlap
from queries.parameters import AsOf, Committee, Limit, ParameterError, Theme, checked_limit, said, visible
from queries.readings import readings_of
from queries.text import cypher
from queries.themes import themes_of


@dataclass(frozen=True, slots=True)
class _Asked:
    """The themes asked for, each with by what, the sentence and its records; and in words what was taken."""

    themes: dict[str, tuple[AskedBy, str, tuple[Ref, ...]]]
    basis: str = ""
    noun: str = "asked for"


def overlap(
    graph: Store,
    who: Annotated[
        str, Doc("A State, an organisation (for its members and for its own programmes), or the id of a request.")
    ],
    theme: Theme = None,
    *,
    provider: Annotated[
        bool, Doc("Take the State or organisation as a provider: only programmes that it funds or carries out itself.")
    ] = False,
    as_of: AsOf = None,
    limit: Limit = 60,
    committee: Committee = False,
) -> Answer[ThemeOverlap | ProviderOverlap]:
    """Set the programmes that already run beside the themes of resolution 1540 (2004).

    Of a State, the programmes in it; of an organisation, those in its members and those that it, or an agency below
    it, funds or carries out; of an organisation without members (or with `provider`) the latter alone.
    First the themes (those asked for first, then by name): which programmes that may run on the date open each by
    their sector or title, who funds and carries them out, until when, for how much; a theme for which none is known
    is listed too; and pairs of partners whose work doubles. Then the providers: the share of the themes asked for
    that their programmes open. Asked for are the themes of the requests made by then and the needs that the
    States state, else those on which a source asks for more; of a provider, the themes that its own programmes open.
    Nothing is scored.
    Raises `ParameterError` for a name that is not known, an organisation of which neither members nor programmes are
    known, or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    names = Names(graph, seen)
    meant = names.asker(who)
    item = names.item(theme) if theme else None
    if provider and meant.type == "Request":
        raise ParameterError(f"{meant.id} is a request, and no provider; name the State or organisation.")
    running = Running(graph, on, seen)
    own = running.own(meant.id) if provider or meant.type == "Organisation" else {}
    alone = provider or (meant.type == "Organisation" and not _has_members(graph, meant, on))
    if alone and not own:
        nor = "" if provider else "no member States of it and "
        raise ParameterError(
            f"The graph knows {nor}no programme that {meant.name} funds or carries out on {on.isoformat()}."
        )
    all_themes = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    rows: list[ThemeOverlap | ProviderOverlap]
    if alone:
        wanted = themes_of(graph, item) if item else sorted(all_themes)
        ran = running.read(own, meant.id, own)
        rows, beside = own_rows(running, ran, Named(id=meant.id, name=meant.name), wanted, all_themes)
        caveats = caveats_of(ran, beside, Named(id=meant.id, name=meant.name), on)
        id_ = meant.id
    else:
        asker = Asker.of(graph, meant, item, on, [], seen)
        ran = running.read({**running.there(asker.places), **own}, asker.id, own, asker.places)
        asked = _asked(graph, asker, item is not None, all_themes, on, seen)
        rows = _rows(ran, asker, asked, asker.themes if item else all_themes.keys(), all_themes)
        caveats = _caveats(asked, ran)
        id_ = asker.id if meant.type != "Request" else meant.id
    if meant.type == "Territory":
        caveats = [*not_a_state(meant), *caveats]
    parameters = said(
        who=id_, theme=item.id if item else None, provider=provider or None, as_of=on.isoformat(), limit=limit
    )
    return assemble(graph, "overlap", parameters, on, rows, limit, caveats)


def _has_members(graph: Store, meant: Meant, on: date) -> bool:
    return bool(graph.ask(cypher("members"), {"organisation": meant.id, "as_of": on}))


def _rows(
    ran: Ran, asker: Asker, asked: _Asked, wanted: Iterable[str], all_themes: dict[str, str]
) -> list[ThemeOverlap | ProviderOverlap]:
    ordered = sorted(set(wanted) & all_themes.keys(), key=lambda one: (one not in asked.themes, all_themes[one]))
    bearing = [p for p in ran.programmes if p.opens.keys() & set(ordered)]
    themes = [_theme(one, all_themes[one], ran, asker, asked) for one in ordered]
    return [*themes, *_providers(bearing, all_themes, asker, asked)]


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
    needs = [row for row in readings_of(graph, known) if row["reading"] in NEGATIVE and row["item"] in all_themes]
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


def _theme(id_: str, name: str, ran: Ran, asker: Asker, asked: _Asked) -> ThemeOverlap:
    running = sorted(ran.of(id_), key=lambda one: (-one.opens[id_].directness, one.id))
    number = ran.by_theme.get(id_, 0)
    members = sorted({iso3 for one in running for iso3 in one.states} & asker.places.keys())
    features = []
    by, sentence, records = asked.themes.get(id_, (None, "", ()))
    if sentence:
        features.append(Feature(name="asked", value=1, weight=0, sentence=sentence, records=records))
    where = f" in {len(members)} of {count(len(asker.places), 'State')}" if len(asker.places) > 1 else ""
    whom = "the State" if len(asker.places) == 1 else "these States"
    sentence = f"No programme under it is known here, which is no statement about {whom}."
    own = [one for one in running if one.id in ran.own]
    if running:
        first = running[0].opens[id_]
        itself = f" {len(own)} of them {asker.name} funds or carries out itself." if own else ""
        opens = "opens" if number == 1 else "open"
        sentence = f"{count(number, 'programme')}{where} {opens} it.{itself} The most direct link: {first.how}"
    features.append(
        Feature(
            name="programmes", value=round(len(members) / len(asker.places), 4), weight=0, sentence=sentence,
            records=refs(running),
        )
    )  # fmt: skip
    names = {iso3: place["name"] for iso3, place in asker.places.items()}
    there = [replace(one, states=one.states & names.keys()) for one in running]
    pairs = doubles(there, id_, names, asker.id) if own else ()
    return ThemeOverlap(
        score=None, features=tuple(features), id=id_, name=name, asked_by=by, number=number,
        programmes=tuple(running_of(one, id_) for one in running),
        funders=backers(running, "funders"), implementers=backers(running, "implementers"), **sums(running),
        states=states_of(running), none_known_in=_named(asker.places.keys() - set(members), asker),
        doubling=(*pairs, *doubling(there, id_, names, asker.id)),
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
            features = (Feature(name="covers", value=containment, weight=0, sentence=sentence, records=refs(own)),)
        rows.append(
            ProviderOverlap(
                score=None, features=features, id=id_, name=name, programmes=tuple(p.id for p in own),
                themes=tuple(Named(id=one, name=all_themes[one]) for one in sorted(opened)),
                covered=tuple(sorted(covered)), containment=containment, jaccard=jaccard, **sums(own),
                states=states_of(own),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda one: (-(one.containment or 0), -(one.jaccard or 0), one.name))


def _named(ids: Iterable[str], asker: Asker) -> tuple[StateName, ...]:
    return tuple(StateName(iso3=iso3, name=asker.places[iso3]["name"]) for iso3 in sorted(ids))


def _caveats(asked: _Asked, ran: Ran) -> list[str]:
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
    return [*caveats, *caveats_on_programmes(ran)]
