"""Names as people write them: codes, any of the six UN languages, common names; a miss suggests the nearest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph.store import Store
from queries.answer import Ref
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


class Names:
    """All names of the graph, read once a question."""

    def __init__(self, store: Store, visible: list[str]) -> None:
        """Read the names; `ParameterError` where the graph is empty."""
        self._meant: dict[str, list[Meant]] = {}
        self._said: dict[str, str] = {}
        rows = store.ask(cypher("names"), {"visible": visible})
        if not rows:
            raise ParameterError("The graph is empty. Load the facts that ship with: footprint load")
        for row in rows:
            meant = Meant(row["type"], row["id"], row["name"])
            for name in (row["id"], *row["names"]):
                held = self._meant.setdefault(fold(name), [])
                if meant not in held:
                    held.append(meant)
                self._said.setdefault(fold(name), name)

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
