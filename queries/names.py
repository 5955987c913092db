"""Names as people write them: codes, any of the six UN languages, common names; a miss suggests the nearest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process

from graph.store import Store
from queries.answer import Ref
from queries.assemble import version_of
from queries.parameters import ParameterError
from queries.text import cypher

# Below this likeness (of 100) a suggestion puzzles more than it helps.
_NEAR = 65
_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLES = re.compile(r"^(the|la|le|les|el|los) ")
_KINDS = {
    "State": "State",
    "Territory": "State",
    "Organisation": "organisation",
    "Region": "region",
    "Theme": "theme",
    "Obligation": "obligation",
    "Request": "request",
    "Precedent": "precedent",
    "Offer": "offer",
}


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, no leading article: what names are compared in."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _ARTICLES.sub("", _NOT_WORD.sub(" ", plain).strip())


class UnknownNameError(ParameterError):
    """A name that the graph does not know; the message suggests the nearest."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name means: type, id and name in the graph."""

    type: str
    id: str
    name: str

    @property
    def ref(self) -> Ref:
        """The record."""
        return Ref(type=self.type, id=self.id)


@dataclass(frozen=True, slots=True)
class _Read:
    """What every folded name means, as read from one version of the data."""

    version: str
    meant: dict[str, list[Meant]] = field(repr=False)


# What was read last from each open store, by what the caller may see: a process that asks many questions reads all
# names once. It holds for one version of the data, and is neither kept nor used while a load is under way.
_READ: WeakKeyDictionary[Store, dict[tuple[str, ...], _Read]] = WeakKeyDictionary()


def _all_names(store: Store, visible: list[str]) -> dict[str, list[Meant]]:
    """Everything that has a name, by folded name; `ParameterError` where the graph is empty."""
    who, (version, partly) = tuple(visible), version_of(store, visible)
    held = _READ.setdefault(store, {})
    read = held.get(who)
    if read and read.version == version and not partly:
        return read.meant
    rows = store.ask(cypher("names"), {"visible": visible})
    if not rows:
        raise ParameterError("The graph is empty. Load the facts that ship with: footprint load")
    meant: dict[str, list[Meant]] = {}
    for row in rows:
        one = Meant(row["type"], row["id"], row["name"])
        for name in dict.fromkeys(fold(name) for name in (row["id"], *row["names"])):
            meant.setdefault(name, []).append(one)
    # Asked once more, for a load may have begun after the first time: these names would be of neither version.
    if version_of(store, visible) == (version, []):
        held[who] = _Read(version, meant)
    return meant


class Names:
    """All names of the graph, as they are at the time of the question."""

    def __init__(self, store: Store, visible: list[str]) -> None:
        """Take the names, read anew only where the data changed; `ParameterError` where the graph is empty."""
        self._meant = _all_names(store, visible)

    def find(self, text: str, types: Iterable[str]) -> Meant:
        """What `text` means among the given types (the first of them first).

        Raises `UnknownNameError` with up to three near names where it means nothing.
        """
        wanted = list(types)
        exact = [meant for meant in self._meant.get(fold(text), []) if meant.type in wanted]
        if exact:
            return min(exact, key=lambda meant: (wanted.index(meant.type), meant.id))
        kinds = " or ".join(dict.fromkeys(_KINDS[one] for one in wanted))
        near = self._near(text, wanted)
        hint = f" Did you mean {', '.join(near[:-1])}{' or ' if near[:-1] else ''}{near[-1]}?" if near else ""
        raise UnknownNameError(f"No {kinds} is called {text!r}.{hint}")

    def _near(self, text: str, types: list[str]) -> list[str]:
        choices = [name for name, meant in self._meant.items() if any(one.type in types for one in meant)]
        found = process.extract(fold(text), choices, scorer=fuzz.token_sort_ratio, limit=8, score_cutoff=_NEAR)
        ids: dict[str, None] = {}
        for name, _, _ in found:
            meant = min((one for one in self._meant[name] if one.type in types), key=lambda one: types.index(one.type))
            ids.setdefault(f"{meant.name} ({meant.id})" if fold(meant.name) != fold(meant.id) else meant.id)
        return list(ids)[:3]

    def state(self, text: str) -> Meant:
        """A State or territory."""
        return self.find(text, ("State", "Territory"))

    def organisation(self, text: str) -> Meant:
        """An organisation."""
        return self.find(text, ("Organisation",))

    def asker(self, text: str) -> Meant:
        """Whoever may ask for help: a State, an organisation, or a request."""
        return self.find(text, ("State", "Organisation", "Request", "Territory"))

    def item(self, text: str) -> Meant:
        """A theme or an obligation."""
        return self.find(text, ("Theme", "Obligation"))


def not_a_state(meant: Meant) -> list[str]:
    """What is to be said where a name means a territory or other party; nothing for a State."""
    if meant.type == "State":
        return []
    return [
        f"{meant.name} is not in the United Nations' list of member and observer States; it is held here because "
        "sources name it, which says nothing on its status."
    ]
