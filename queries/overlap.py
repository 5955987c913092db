"""Which programmes already work on the themes of resolution 1540 (2004): by whom, until when, where none is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Named, StateName, count
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.doubling import Programme, doubling
from queries.names import Meant, Names, not_a_state
from queries.overlap_asked import Asked, asked_for
from queries.overlap_own import caveats_of, own_rows
from queries.overlap_parts import backers, caveats_on_programmes, refs, running_of, states_of, sums
from queries.overlap_read import Ran, Reader
from queries.overlap_rows import NOTHING_ASKED, ProviderOverlap, ThemeOverlap, listed
from queries.parameters import About, AsOf, Committee, Limit, ParameterError, Theme, checked_limit, said, visible
from queries.text import cypher
from queries.themes import themes_of

# Records named behind a provider's programmes where nothing is asked for.
_MOST_RECORDS = 40
_Rows = list[ThemeOverlap | ProviderOverlap]
_Told = tuple[_Rows, list[str], str]


def overlap(
    graph: Store,
    who: Annotated[
        str,
        Doc("A State, an organisation (for its members; without any, its own programmes), or the id of a request."),
        About(("state", "organisation")),
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

    Of a State, the programmes in it; of an organisation, those in its members, whoever stands behind them; of an
    organisation without members (or with `provider`) those that it, or an agency below it, funds or carries out.
    First the themes (those asked for first, then by name): which programmes that may run on the date open each by
    their sector or title, who funds and carries them out, until when, for how much; a theme for which none is known
    is listed too; and pairs of partners whose work doubles. Then the providers: the share of the themes asked for
    that their programmes open. Asked for are the themes of the requests made by then to which no reply is told (of
    one that is the question itself, in any case) and the needs that the States state, else those on which a source
    asks for more; of a provider, the themes that its own programmes open.
    Nothing is scored.
    Raises `ParameterError` for a name that is not known, an organisation of which neither members nor programmes are
    known, or a limit out of bounds.
    """
    on, seen = as_of or today(), visible(committee)
    checked_limit(limit)
    names = Names(graph, seen)
    meant = names.asker(who)
    item = names.item(theme) if theme is not None else None
    if provider and meant.type == "Request":
        raise ParameterError(f"{meant.id} is a request, and no provider; name the State or organisation.")
    reader = Reader(graph, on, seen)
    all_themes = {row["id"]: row["name"] for row in graph.ask(cypher("themes"))}
    if provider or (meant.type == "Organisation" and not _has_members(graph, meant, on)):
        rows, caveats, id_ = _as_provider(reader, meant, item, all_themes, provider)
    else:
        rows, caveats, id_ = _there(reader, meant, item, all_themes)
    if meant.type == "Territory":
        caveats = [*not_a_state(meant), *caveats]
    parameters = said(
        who=id_, theme=item.id if item else None, provider=provider or None, as_of=on.isoformat(), limit=limit
    )
    return assemble(graph, "overlap", parameters, on, rows, limit, caveats, seen=seen)


def _has_members(graph: Store, meant: Meant, on: date) -> bool:
    return bool(graph.ask(cypher("members"), {"organisation": meant.id, "as_of": on}))


def _as_provider(
    reader: Reader, meant: Meant, item: Meant | None, all_themes: dict[str, str], provider: bool
) -> _Told:  # fmt: skip
    """Rows, caveats and id of an answer about its own programmes."""
    own = reader.own(meant.id)
    if not own:
        nor = "" if provider else "no member States of it and "
        raise ParameterError(
            f"The graph knows {nor}no programme that {meant.name} funds or carries out on {reader.on.isoformat()}."
        )
    who = Named(id=meant.id, name=meant.name)
    wanted = themes_of(reader.graph, item) if item else sorted(all_themes)
    ran = reader.read(own, meant.id, own)
    rows, beside = own_rows(reader, ran, who, wanted, all_themes)
    return rows, caveats_of(ran, beside, who, reader.on), meant.id


def _there(reader: Reader, meant: Meant, item: Meant | None, all_themes: dict[str, str]) -> _Told:
    """Rows, caveats and id of an answer about the programmes in a State, or in the members of an organisation."""
    asker = Asker.of(reader.graph, meant, item, reader.on, [], reader.seen)
    there = reader.there(asker.places)
    ran = reader.read(there, asker.id, within=asker.places)
    request = meant.type == "Request"
    asked = asked_for(
        reader.graph, asker, all_themes, reader.on, reader.seen, theme=item is not None, request=request
    )  # fmt: skip
    rows = _rows(ran, asker, asked, asker.themes if item else all_themes.keys(), all_themes)
    caveats = _caveats(asked, ran)
    if meant.type == "Organisation" and (elsewhere := len(reader.own(meant.id).keys() - there.keys())):
        caveats.insert(0, _elsewhere(meant, elsewhere, reader.on))
    return rows, caveats, meant.id if request else asker.id


def _elsewhere(meant: Meant, number: int, on: date) -> str:
    return (
        f"{meant.name}, or an agency below it, funds or carries out {count(number, 'programme')} that may run on "
        f"{on.isoformat()} elsewhere than in its members, or where no State is known here: "
        f"the question overlap, asked of it as a provider, tells of {'it' if number == 1 else 'them'}."
    )


def _rows(ran: Ran, asker: Asker, asked: Asked, wanted: Iterable[str], all_themes: dict[str, str]) -> _Rows:
    ordered = sorted(set(wanted) & all_themes.keys(), key=lambda one: (one not in asked.themes, all_themes[one]))
    bearing = [p for p in ran.programmes if p.opens.keys() & set(ordered)]
    themes = [_theme(one, all_themes[one], ran, asker, asked) for one in ordered]
    return [*themes, *_providers(bearing, all_themes, asker, asked)]


def _theme(id_: str, name: str, ran: Ran, asker: Asker, asked: Asked) -> ThemeOverlap:
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
    if running:
        opens = "opens" if number == 1 else "open"
        how = running[0].opens[id_].how
        sentence = f"{count(number, 'programme')}{where} {opens} it. The most direct link: {how}"
    features.append(
        Feature(
            name="programmes", value=round(len(members) / len(asker.places), 4), weight=0, sentence=sentence,
            records=refs(running),
        )
    )  # fmt: skip
    names = {iso3: place["name"] for iso3, place in asker.places.items()}
    return ThemeOverlap(
        score=None, features=tuple(features), id=id_, name=name, asked_by=by, number=number,
        programmes=tuple(running_of(one, id_) for one in running),
        funders=backers(running, "funders"), implementers=backers(running, "implementers"), **sums(running),
        states=states_of(running), none_known_in=_named(asker.places.keys() - set(members), asker),
        doubling=doubling(running, id_, names, asker.id),
    )  # fmt: skip


def _providers(
    programmes: list[Programme], all_themes: dict[str, str], asker: Asker, asked: Asked
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
        feature = _works(own, sorted(opened), all_themes)
        if asked.themes:
            containment = round(len(covered) / len(asked.themes), 4)
            jaccard = round(len(covered) / len(opened | asked.themes.keys()), 4)
            of = f"the {count(len(asked.themes), 'theme')}" if len(asked.themes) > 1 else "the one theme"
            sentence = (
                f"Its programmes cover {len(covered)} of {of} {asked.noun} "
                f"({containment:.0%}). Of these and all that its programmes open together, {jaccard:.0%} are both."
            )
            feature = Feature(name="covers", value=containment, weight=0, sentence=sentence, records=refs(own))
        rows.append(
            ProviderOverlap(
                score=None, features=(feature,), id=id_, name=name, programmes=tuple(p.id for p in own),
                themes=tuple(Named(id=one, name=all_themes[one]) for one in sorted(opened)),
                covered=tuple(sorted(covered)), containment=containment, jaccard=jaccard, **sums(own),
                states=states_of(own),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda one: (-(one.containment or 0), -(one.jaccard or 0), one.name))


def _works(own: list[Programme], opened: list[str], all_themes: dict[str, str]) -> Feature:
    """What a provider does where nothing is asked for: how many programmes, under how many of all themes."""
    themes = f"{count(len(opened), 'theme')}: {listed([all_themes[one] for one in opened])}"
    opens = "opens" if len(own) == 1 else "open"
    sentence = f"{count(len(own), 'programme')} that it funds or carries out here {opens} {themes}."
    value = round(len(opened) / len(all_themes), 4)
    return Feature(name=NOTHING_ASKED, value=value, weight=0, sentence=sentence, records=refs(own[:_MOST_RECORDS]))


def _named(ids: Iterable[str], asker: Asker) -> tuple[StateName, ...]:
    return tuple(StateName(iso3=iso3, name=asker.places[iso3]["name"]) for iso3 in sorted(ids))


def _caveats(asked: Asked, ran: Ran) -> list[str]:
    return [
        "Only programmes in the graph count: a theme without one may well be worked on by others, or by the State "
        "itself. It is no statement about any State.",
        "A sector code or a word in a title opens a theme; whether a programme works on it is for its partners to say.",
        *asked.caveats(),
        *caveats_on_programmes(ran),
    ]
