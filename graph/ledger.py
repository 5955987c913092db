"""What a data set has said so far and what it says now, record by record, in a file that goes with the load.

Memory does not grow with the number of records: SQLite keeps what does not fit its cache in a temporary file, which
it deletes by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from graph.errors import TemporaryFolderError

Identity = tuple[str, str]

_TABLES = """
CREATE TABLE before (label TEXT, key TEXT, hash TEXT, live INTEGER, file TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE now (
  label TEXT, key TEXT, hash TEXT, hidden INTEGER, along INTEGER, PRIMARY KEY (label, key)
) WITHOUT ROWID;
CREATE TABLE target (label TEXT, key TEXT, sentence TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
"""


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what SQLite cannot do; it names neither the file nor its folder."""
    try:
        yield
    except sqlite3.Error as error:
        raise TemporaryFolderError(
            f"The folder for temporary files is full or cannot be written to ({error}). TMPDIR names another."
        ) from error


class Ledger:
    """The records of one load by label and key. To be closed at its end.

    All that it is asked raises `TemporaryFolderError` where its file cannot grow; it has then forgotten everything.
    """

    def __init__(self) -> None:
        """Begin an empty one."""
        # The empty name stands for a temporary file; one transaction without end: what is cut off is thrown away.
        # Two threads use it, never at the same time.
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        with closing(self._file.executescript(_TABLES)):
            self._file.execute("BEGIN")

    def close(self) -> None:
        """Delete it."""
        self._file.close()

    @_in_words()
    def knew(self, reports: Iterable[tuple[str, str, str, bool, str]]) -> None:
        """Take in earlier reports: label, key, hash, whether it is still said, file. A live one goes before others."""
        self._file.executemany(
            "INSERT INTO before VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "hash = excluded.hash, live = excluded.live, file = excluded.file WHERE excluded.live",
            reports,
        )

    @_in_words()
    def before(self, identity: Identity) -> tuple[str, bool] | None:
        """Hash and whether it was still said; `None` for a record that is new to the data set."""
        row = self._file.execute("SELECT hash, live FROM before WHERE label = ? AND key = ?", identity).fetchone()
        return None if row is None else (str(row[0]), bool(row[1]))

    @_in_words()
    def add(self, identity: Identity, digest: str, hidden: bool, along: bool) -> None:
        """Note a record of this load: `hidden` from the public, `along` with the records that need it."""
        self._file.execute("INSERT INTO now VALUES (?, ?, ?, ?, ?)", (*identity, digest, hidden, along))

    @_in_words()
    def now(self, identity: Identity) -> str | None:
        """The hash of what this load has said of a node so far."""
        row = self._file.execute("SELECT hash FROM now WHERE label = ? AND key = ?", identity).fetchone()
        return None if row is None else str(row[0])

    @_in_words()
    def empty(self) -> bool:
        """Whether nothing was ever said, before or in this load."""
        row = self._file.execute("SELECT EXISTS (SELECT 1 FROM before) OR EXISTS (SELECT 1 FROM now)").fetchone()
        return not row[0]

    def said(self) -> Iterator[tuple[Identity, str, bool, bool]]:
        """All that this load said, in the order of labels and keys: identity, hash, hidden, along."""
        for label, key, digest, hidden, along in self._rows("SELECT * FROM now ORDER BY label, key"):
            yield (label, key), digest, bool(hidden), bool(along)

    def gone(self) -> Iterator[tuple[str, str, str]]:
        """What was still said before and is not now: label, key, file."""
        yield from self._rows(
            "SELECT label, key, file FROM before WHERE live AND NOT EXISTS "
            "(SELECT 1 FROM now WHERE now.label = before.label AND now.key = before.key) ORDER BY label, key"
        )

    @_in_words()
    def leads_to(self, target: Identity, sentence: str) -> None:
        """Note a node to which a record leads, for `unmet`."""
        self._file.execute("INSERT OR IGNORE INTO target VALUES (?, ?, ?)", (*target, sentence))

    def unmet(self) -> Iterator[tuple[str, str, str]]:
        """The noted nodes that this load does not say itself: label, key, and the sentence noted first."""
        yield from self._rows(
            "SELECT label, key, sentence FROM target WHERE NOT EXISTS "
            "(SELECT 1 FROM now WHERE now.label = target.label AND now.key = target.key) ORDER BY label, key"
        )

    def _rows(self, question: str) -> Iterator[tuple[Any, ...]]:
        with _in_words():
            yield from self._file.execute(question)
