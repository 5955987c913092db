"""What `overlap` measures programmes on: the themes asked for, by what, since when and of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE
from graph.store import Store
from queries.answer import Ref, count
from queries.asker import Asker
from queries.needs_open import OpenNeed, OpenNeeds, Reply
from queries.overlap_rows import AskedBy
from queries.readings import readings_of

_Themes = dict[str, tuple[AskedBy, str, tuple[Ref, ...]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The themes asked for, each with by what, the sentence and its records; and in words what was taken.

    `replied` are sentences on the requests that are left out because a reply to them is told.
    """

    themes: _Themes
    basis: str = ""
    noun: str = "asked for"
    replied: tuple[str, ...] = ()

    def caveats(self) -> list[str]:
        """What the shares of providers are measured on, and what is left out of it."""
        if not self.themes:
            measured = "Nothing is known to be asked for, so the shares that providers cover are left blank."
        else:
            themes = count(len(self.themes), "theme")
            measured = f"What providers cover is measured on {themes}, taken from {self.basis}."
        return [measured, *self.replied]


def asked_for(
    graph: Store, asker: Asker, all_themes: Iterable[str], on: date, seen: list[str], *, theme: bool, request: bool
) -> Asked:
    """What is asked for: by the question itself, by open requests and stated needs, else by what sources say is needed.

    `theme`: the question names a theme. `request`: it is about a request, which counts also with a reply to it.
    """
    if theme:
        return Asked(dict.fromkeys(asker.themes, ("question", "", ())), "the question itself")
    requests = OpenNeeds((), ())
    if asker.requests:
        requests = OpenNeeds.read(graph, on, seen).only(lambda one: one.stated_in in asker.requests)
    found = _requested((*requests.needs, *(requests.replied if request else ())))
    left_out = () if request else _left_out(requests.replied)
    known = {"states": sorted(asker.places), "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": seen}
    items = set(all_themes)
    needs = [row for row in readings_of(graph, known) if row["reading"] in NEGATIVE and row["item"] in items]
    for id_, told in _needs(needs, ("stated_need",)).items():
        who = "The State itself" if len(asker.places) == 1 else f"{_place(told[0], asker)} itself"
        sentence = f"{who} states a need: {told[0]['text']}.{_others(told, 'state')}"
        found.setdefault(id_, ("stated need", sentence, _statements(told)))
    if found:
        return Asked(found, _basis(found), replied=left_out)
    for id_, told in _needs(needs, DEFAULT_EVIDENCE).items():
        where = f" in {_place(told[0], asker)}" if len(asker.places) > 1 else ""
        sentence = f"A source asks for more on it{where}: {told[0]['text']}.{_others(told, 'source')}"
        found[id_] = ("source", sentence, _statements(told))
    noun = "on which a source asks for more"
    basis = f"what sources say (no open request or stated need is known here): those {noun}"
    return Asked(found, basis if found else "", noun, left_out)


def _basis(found: _Themes) -> str:
    by = {one[0] for one in found.values()}
    told = ["requests made by then"] if "request" in by else []
    return " and ".join([*told, *(["needs that the States state themselves"] if "stated need" in by else [])])


def _requested(needs: Iterable[OpenNeed]) -> _Themes:
    """By theme, the requests that ask for it, with their dates and what is told of replies."""
    held: dict[str, dict[str, OpenNeed]] = {}
    for need in needs:
        for theme in need.themes:
            held.setdefault(theme, {})[need.stated_in] = need
    found: _Themes = {}
    for theme, by_request in sorted(held.items()):
        requests = sorted(by_request.items())
        told = " ".join(_request(need) for _, need in requests)
        found[theme] = ("request", told, tuple(need.ref for _, need in requests))
    return found


def _request(need: OpenNeed) -> str:
    dated = f"dated {need.date}" if need.date else "without a date"
    sentence = f"{need.whose} asked the Committee for help on it ({need.stated_in}, {dated})."
    return f"{sentence} A reply to the request is told: {_reply(need.reply)}." if need.reply else sentence


def _left_out(replied: Iterable[OpenNeed]) -> tuple[str, ...]:
    """A sentence for each request, with its date, that does not count because a reply to it is told."""
    return tuple(
        f"The request {id_} ({need.date or 'without a date'}) does not count as asked for, as a reply to it is told by "
        f"then: {_reply(need.reply)}. A reply need not have met what it asks for: `footprint overlap {id_}` measures "
        "on the request."
        for id_, need in sorted({need.stated_in: need for need in replied}.items())
        if need.reply
    )


def _reply(reply: Reply) -> str:
    return f"by {', '.join(reply.by)}, {f'first dated {reply.since}' if reply.since else 'without a date'}"


def _needs(rows: list[dict[str, Any]], kinds: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By theme, the statements of those kinds that read incomplete or no entry, each with its State (`iso3`)."""
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for one in row["statements"]:
            if one["kind"] in kinds and one["reading"] in NEGATIVE:
                held.setdefault(row["item"], []).append({**one, "iso3": row["iso3"]})
    return held


def _place(told: dict[str, Any], asker: Asker) -> str:
    return str(asker.places[told["iso3"]]["name"])


def _others(told: list[dict[str, Any]], who: str) -> str:
    """How many States besides the first are told of, if any."""
    others = len({one["iso3"] for one in told} - {told[0]["iso3"]})
    if not others:
        return ""
    if who == "state":
        return f" So {'does' if others == 1 else 'do'} {count(others, 'other State')}."
    return f" Sources do so in {count(others, 'other State')}."


def _statements(told: list[dict[str, Any]]) -> tuple[Ref, ...]:
    return tuple(Ref(type="Statement", id=one["id"]) for one in told)
