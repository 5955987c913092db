"""An index of all names, kept in the process: what `search` and the focus of `network` are looked up in.

Names are compared in the form of `queries.names.fold`, word by word; Chinese, which has no spaces, character by
character. How near a name is depends on it and on the text alone, never on what else is in the index, so that a
record which the caller may not see changes neither order nor number of what is found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from math import ceil, floor
from threading import Lock
from typing import Literal

from rapidfuzz import fuzz, process

from graph.store import Store
from queries.assemble import Version, version_of
from queries.names import Meant, UnknownNameError, fold
from queries.parameters import ParameterError
from queries.text import cypher

# In this order where nothing else tells two hits apart.
TYPES = (
    "State", "Territory", "Organisation", "Region", "Theme", "Obligation", "Request", "Offer", "Precedent",
    "Programme", "ActionPlan", "Legislation", "Activity", "Need",
)  # fmt: skip
Way = Literal["same", "begins", "words", "alike"]

# Each way of being near has a span of likeness of its own: the better way always comes first.
_BEGINS, _WORDS, _ALIKE, _SPAN = 0.9, 0.8, 0.78, 0.09
# A word counts as mistyped for another from this likeness (of 100) on; shorter words have no room for typing errors.
_MISTYPED, _SHORTEST = 72, 4
# A text of several words is alike a name that holds this share of its letters.
_ENOUGH = 0.6
_KEPT = 4
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_NEAREST = 3

_Names = tuple[tuple[str, ...], ...]


def words(folded: str) -> list[str]:
    """The words of a folded name, each Chinese character one of its own."""
    return _CHINESE.sub(r" \g<0> ", folded).split()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record, the name of it that is nearest, how near (0 to 1) and in which way."""

    meant: Meant
    matched: str
    likeness: float
    way: Way


class SearchIndex:
    """All names that one kind of caller may see, at one version of the data."""

    def __init__(self, rows: Iterable[dict[str, object]]) -> None:
        """Build it from the rows of `search.cypher`."""
        self._names: list[tuple[str, str, Meant]] = []
        for row in rows:
            meant = Meant(str(row["type"]), str(row["id"]), str(row["name"]))
            listed = row["names"] if isinstance(row["names"], list) else []
            named = {fold(one): one for one in (*reversed(listed), meant.id)}
            self._names += [(folded, said, meant) for folded, said in named.items() if folded]
        self._names.sort(key=lambda one: (one[0], TYPES.index(one[2].type), one[2].id))
        self._folded = [folded for folded, _, _ in self._names]
        # The name's record by number, so that a search need not look at the record itself before it is shown.
        records: dict[tuple[str, str], int] = {}
        self._of = [records.setdefault((meant.type, meant.id), len(records)) for _, _, meant in self._names]
        self._types = [TYPES.index(type_) for type_, _ in records]
        self._words: dict[str, set[int]] = defaultdict(set)
        for number, folded in enumerate(self._folded):
            for word in words(folded):
                self._words[word].add(number)
        self._vocabulary = sorted(self._words)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._by_length[len(word)].append(word)

    def __len__(self) -> int:
        """How many names it holds."""
        return len(self._names)

    def find(self, text: str, types: Iterable[str] = ()) -> list[Hit]:
        """The records that `text` may mean, the nearest first; each once, by its nearest name."""
        return self.nearest(text, types, len(self._types))[0]

    def nearest(self, text: str, types: Iterable[str], most: int) -> tuple[list[Hit], int]:
        """The first `most` of what `find` gives, and how many there are in all."""
        asked, wanted = fold(text), {TYPES.index(one) for one in types} or range(len(TYPES))
        best: dict[int, tuple[float, int, Way]] = {}
        for likeness, number, way in self._near(asked):
            record = self._of[number]
            if self._types[record] in wanted and (record not in best or likeness > best[record][0]):
                best[record] = (likeness, number, way)
        first = nsmallest(most, best.values(), key=self._order)
        hits = [Hit(self._names[number][2], self._names[number][1], likeness, way) for likeness, number, way in first]
        return hits, len(best)

    def _order(self, near: tuple[float, int, Way]) -> tuple[float, int, int, str]:
        likeness, number, _ = near
        _, said, meant = self._names[number]
        return (-likeness, self._types[self._of[number]], len(said), meant.id)

    def meant(self, text: str, types: Iterable[str] = TYPES) -> Meant:
        """The one record that is called exactly so; `UnknownNameError` names the nearest where there is none."""
        found = self.find(text, types) if fold(text) else []
        if found and found[0].way == "same":
            return found[0].meant
        near = [f"{hit.meant.name} ({hit.meant.id})" for hit in found[:_NEAREST]]
        hint = f" Did you mean {', '.join(near[:-1])}{' or ' if near[:-1] else ''}{near[-1]}?" if near else ""
        raise UnknownNameError(f"Nothing in the graph is called {text!r}.{hint}")

    def _near(self, asked: str) -> Iterator[tuple[float, int, Way]]:
        """The names that are the same or begin so, and those in which every word of the text begins one of theirs; if
        there are none of the latter, those alike."""
        first = last = bisect_left(self._folded, asked)
        while last < len(self._folded) and self._folded[last].startswith(asked):
            folded = self._folded[last]
            yield (1.0, last, "same") if folded == asked else (
                _BEGINS + _SPAN * len(asked) / len(folded), last, "begins",
            )  # fmt: skip
            last += 1
        tokens = list(dict.fromkeys(words(asked)))
        beginning = [self._numbers(self._beginning(token)) for token in tokens]
        every = set.intersection(*beginning) if beginning else set()
        for number in every:
            if not first <= number < last:
                yield _WORDS + _SPAN * min(1.0, len(asked) / len(self._folded[number])), number, "words"
        if not every:
            yield from self._alike(asked, tokens)

    def _alike(self, asked: str, tokens: list[str]) -> Iterator[tuple[float, int, Way]]:
        """The names that hold most of the text's words, or words that may be mistyped for them."""
        held: dict[int, float] = defaultdict(float)
        letters = left = sum(map(len, tokens))
        for token in sorted(tokens, key=len, reverse=True):
            # A name that held none of the longer words cannot come to enough by the shorter ones that are left.
            late = left < _ENOUGH * letters
            left -= len(token)
            of_token: dict[int, float] = {}
            for word, likeness in self._mistyped(token):
                for number in self._words[word] & held.keys() if late else self._words[word]:
                    of_token[number] = max(of_token.get(number, 0), likeness)
            for number, likeness in of_token.items():
                held[number] += likeness / 100 * len(token) / letters
        for number, share in held.items():
            if share >= _ENOUGH:
                whole = fuzz.ratio(asked, self._folded[number]) / 100
                yield round(_ALIKE * (0.7 * share + 0.3 * whole), 6), number, "alike"

    def _mistyped(self, token: str) -> Iterator[tuple[str, float]]:
        """The words that begin so (100), and those that may be mistyped for it, with their likeness."""
        beginning = self._beginning(token)
        yield from ((word, 100.0) for word in beginning)
        if len(token) < _SHORTEST:
            return
        # `fuzz.ratio` is twice the letters in common by all letters: much shorter and longer words need no look.
        share, size = _MISTYPED / 100, len(token)
        for length in range(floor(size * share / (2 - share)), ceil(size * (2 - share) / share) + 1):
            for word, likeness, _ in process.extract(
                token, self._by_length.get(length, ()), scorer=fuzz.ratio, score_cutoff=_MISTYPED, limit=None
            ):
                yield word, likeness

    def _beginning(self, token: str) -> list[str]:
        """The words that begin so."""
        start = bisect_left(self._vocabulary, token)
        end = start
        while end < len(self._vocabulary) and self._vocabulary[end].startswith(token):
            end += 1
        return self._vocabulary[start:end]

    def _numbers(self, of: Iterable[str]) -> set[int]:
        return set().union(*(self._words[word] for word in of))


_LOCK = Lock()
_INDEXES: OrderedDict[tuple[str, ...], SearchIndex] = OrderedDict()


def index_of(graph: Store, visible: list[str]) -> tuple[SearchIndex, Version]:
    """The index of this graph as it is now, for this kind of caller, and the version of the data.

    Built anew when the data have changed. Kept for the last few graphs and kinds of caller; not while a data set is
    being loaded. Raises `ParameterError` where the graph is empty.
    """
    version = version_of(graph, visible)
    key = (graph.address, graph.settings.graph_database, version[0], *visible)
    with _LOCK:
        if key in _INDEXES and not version[1]:
            _INDEXES.move_to_end(key)
            return _INDEXES[key], version
    index = SearchIndex(graph.ask(cypher("search"), {"visible": visible}))
    if not len(index):
        raise ParameterError("The graph is empty. Load the facts that ship with: footprint load")
    # Asked once more, for a load may have begun after the first time: these names would be of neither version.
    if version_of(graph, visible) == (version[0], []):
        with _LOCK:
            _INDEXES[key] = index
            while len(_INDEXES) > _KEPT:
                _INDEXES.popitem(last=False)
    return index, version
