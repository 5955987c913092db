"""`overlap` of a provider: its own programmes by theme, where, with whom, and whose work doubles them."""

from __future__ import annotations

from datetime import date

from queries.answer import Feature, Named, count
from queries.doubling import Programme
from queries.overlap_parts import backers, caveats_on_programmes, refs, running_of, states_of, sums
from queries.overlap_read import MOST_STATES, Ran, Reader, busiest, doubles
from queries.overlap_rows import NONE_OF_ITS_OWN, ProviderOverlap, ThemeOverlap, listed


def own_rows(
    reader: Reader, ran: Ran, who: Named, wanted: list[str], all_themes: dict[str, str]
) -> tuple[list[ThemeOverlap | ProviderOverlap], Ran]:
    """The themes that its programmes open, by name, then those that none opens; then the others at work beside it.

    Others are those with a programme under one of these themes in a State where it has one. Besides the rows, the
    programmes that run there.
    """
    states = busiest(ran)
    beside = reader.read({**reader.there(states), **dict.fromkeys(ran.own, date.max)}, who.id, ran.own, states)
    ordered = sorted(wanted, key=lambda one: (not ran.by_theme.get(one), all_themes[one]))
    themes = [_theme(one, all_themes[one], ran, beside, who) for one in ordered]
    opened = {one for one in ordered if ran.by_theme.get(one)}
    return [*themes, *_others(ran, beside, who, opened, all_themes)], beside


def _theme(id_: str, name: str, ran: Ran, beside: Ran, who: Named) -> ThemeOverlap:
    own = sorted(ran.of(id_), key=lambda one: (-one.opens[id_].directness, one.id))
    number = ran.by_theme.get(id_, 0)
    sentence = f"No programme of {who.name} that opens it is known here, which is no statement about {who.name}."
    states = states_of(own)
    if own:
        where = f" in {listed([one.name for one in states])}" if states else ""
        sentence = (
            f"{count(number, 'programme')} that {who.name} funds or carries out{where} "
            f"{'opens' if number == 1 else 'open'} it. The most direct link: {own[0].opens[id_].how}"
        )
    feature = Feature(
        name="programmes" if own else NONE_OF_ITS_OWN,
        value=round(number / ran.total, 4),
        weight=0,
        sentence=sentence,
        records=refs(own),
    )
    pairs = doubles((*own, *_others_of(beside, id_)), id_, {**beside.places(), **ran.places()}, who.id)
    return ThemeOverlap(
        score=None, features=(feature,), id=id_, name=name, asked_by=None, number=number,
        programmes=tuple(running_of(one, id_) for one in own),
        funders=backers(own, "funders"), implementers=backers(own, "implementers"), **sums(own), states=states,
        none_known_in=(), doubling=pairs if own else (),
    )  # fmt: skip


def _others_of(beside: Ran, theme: str) -> list[Programme]:
    return [one for one in beside.of(theme) if one.id not in beside.own]


def _others(ran: Ran, beside: Ran, who: Named, opened: set[str], all_themes: dict[str, str]) -> list[ProviderOverlap]:
    """Those who fund or carry out other programmes beside its own, or one together with it."""
    found: dict[tuple[str, str], dict[str, Programme]] = {}
    for one in (*beside.programmes, *ran.programmes):
        for id_, name in one.providers if opened & one.opens.keys() else ():
            if id_ != who.id and id_ not in one.states:
                found.setdefault((id_, name), {})[one.id] = one
    rows = [_other(Named(id=id_, name=name), list(those.values()), ran, who, opened, all_themes)
            for (id_, name), those in found.items()]  # fmt: skip
    return sorted(rows, key=lambda one: (-(one.containment or 0), -(one.jaccard or 0), one.name))


def _other(
    other: Named, programmes: list[Programme], ran: Ran, who: Named, opened: set[str], all_themes: dict[str, str]
) -> ProviderOverlap:
    programmes.sort(key=lambda one: one.id)
    themes = {theme for one in programmes for theme in one.opens}
    covered = themes & opened
    containment, jaccard = round(len(covered) / len(opened), 4), round(len(covered) / len(themes | opened), 4)
    together = [one for one in programmes if one.id in ran.own]
    sentence = (
        f"Its programmes there cover {len(covered)} of the {count(len(opened), 'theme')} that "
        f"those of {who.name} open ({containment:.0%})."
    )
    features = [Feature(name="covers", value=containment, weight=0, sentence=sentence, records=refs(programmes))]
    if together:
        sentence = f"It stands behind {count(len(together), 'programme')} together with {who.name}."
        share = round(len(together) / len(programmes), 4)
        features.append(Feature(name="together", value=share, weight=0, sentence=sentence, records=refs(together)))
    return ProviderOverlap(
        score=None, features=tuple(features), id=other.id, name=other.name,
        programmes=tuple(one.id for one in programmes),
        themes=tuple(Named(id=one, name=all_themes[one]) for one in sorted(themes)), covered=tuple(sorted(covered)),
        containment=containment, jaccard=jaccard, **sums(programmes), states=states_of(programmes),
    )  # fmt: skip


def caveats_of(ran: Ran, beside: Ran, who: Named, on: date) -> list[str]:
    """What to keep in mind, and how much was looked at."""
    states = {iso3 for one in ran.programmes for iso3 in one.states}
    opening = sum(1 for one in ran.programmes if one.opens)
    read = "those read" if ran.total > ran.read else "them"
    caveats = [
        f"{who.name}, or an agency below it, funds or carries out {count(ran.total, 'programme')} that may run on "
        f"{on.isoformat()}; {opening} of {read} {'opens' if opening == 1 else 'open'} a theme.",
        "Only programmes in the graph count: a theme without one may well be part of other work. It is no statement "
        "about any partner or State.",
        "A sector code or a word in a title opens a theme; whether a programme works on it is for its partners to say.",
        f"Others are those with programmes that may run in the same States; what they cover is measured on the themes "
        f"that the programmes of {who.name} open.",
    ]
    if len(states) > MOST_STATES:
        caveats.append(f"Others were looked for in the {MOST_STATES} States where it has most programmes.")
    if beside.total > beside.read:
        caveats.append(f"Of {beside.total:,} programmes in these States, the {beside.read} that began last were read.")
    return [*caveats, *caveats_on_programmes(ran)]
