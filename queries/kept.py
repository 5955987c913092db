"""What many answers need and only new data change: rows of statements that are not about one State, kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from graph.store import Store
from queries.assemble import version_of
from queries.text import cypher

Rows = list[dict[str, Any]]
_Key = tuple[str, ...]
# Of each open store the rows asked for last: statements times dates times kinds of caller, some 100 KB each.
_MOST = 48
_KEPT: WeakKeyDictionary[Store, OrderedDict[_Key, Rows]] = WeakKeyDictionary()
_LOCK = Lock()


class Kept:
    """Asks a statement once for each version of the data, date and kind of caller, and keeps its rows.

    Rows are shared between answers: they are to be read, never changed. While a data set is being loaded nothing is
    kept or taken from what was.
    """

    def __init__(self, graph: Store, seen: list[str]) -> None:
        """For one answer, to a caller who may see what `seen` says."""
        self.graph, self._seen = graph, seen
        self._version, self._partly = version_of(graph, seen)
        with _LOCK:
            self._rows = _KEPT.setdefault(graph, OrderedDict())

    def ask(self, name: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """The rows of `queries/NAME.cypher`."""
        asked = dict(parameters or {})
        key = (self._version, *self._seen, name, repr(sorted(asked.items())))
        with _LOCK:
            if key in self._rows and not self._partly:
                self._rows.move_to_end(key)
                return self._rows[key]
        rows = self.graph.ask(cypher(name), asked)
        # Asked once more, for a load may have begun after the first time: these rows would be of neither version.
        if version_of(self.graph, self._seen) == (self._version, []):
            with _LOCK:
                self._rows[key] = rows
                while len(self._rows) > _MOST:
                    self._rows.popitem(last=False)
        return rows
