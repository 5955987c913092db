"""The only place that talks to the database: one driver, questions that cannot write, writes in transactions.

The same Cypher runs on Neo4j and on the embedded engine; what differs between the two sits in this module
(`_Connection`) and in `graph.engine`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Self, TypeVar

import neo4j
from neo4j.exceptions import ClientError, ConstraintError, DriverError, Forbidden, Neo4jError, ServiceUnavailable
from neo4j.exceptions import SessionExpired as _SessionExpired
from neo4j.time import Date as _Date

from graph import embedded, statements
from graph.errors import EngineError, GraphError, QueryTooLongError, RaceError, ReadOnlyError
from graph.settings import Settings

# The driver's warnings (a retry, a lost connection) end in our own errors; they are not for the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

Row = dict[str, Any]
T = TypeVar("T")
_RETRIES = 4
_TOUCH_SECONDS = 5.0
_NO_LONGER_VALID = "Neo.ClientError.Security.Unauthorized"
_ACCESS_MODE = "Neo.ClientError.Statement.AccessMode"
# So ends what the embedded engine says of its own troubles.
_SEE_LOG = "Check the server log for the details"


@dataclass(slots=True)
class _Connection:
    """Two drivers onto one database: on the embedded engine the reader is a user who may not write."""

    writer: neo4j.Driver
    reader: neo4j.Driver
    database: str
    engine: str
    address: str
    query_seconds: float
    home: embedded.Home | None = None
    pid: int | None = None
    touched: float = field(default=0.0)

    @classmethod
    def open(cls, settings: Settings) -> _Connection:
        options: dict[str, Any] = {
            # A killed embedded engine does not come back by waiting: `Store._again` starts it anew.
            "max_transaction_retry_time": 15.0 if settings.graph_uri else 1.0,
            "notifications_min_severity": "OFF",
            "user_agent": "lightfootprint",
        }
        if settings.graph_uri:
            auth = (settings.graph_user, settings.graph_password.get_secret_value())
            driver = neo4j.GraphDatabase.driver(settings.graph_uri, auth=auth, **options)
            return cls(driver, driver, settings.graph_database, "neo4j", settings.graph_uri, settings.query_seconds)
        endpoint, home = embedded.ensure(settings), embedded.home_of(settings)
        writer, reader = (
            neo4j.GraphDatabase.driver(endpoint.uri, auth=(user, endpoint.passwords[user]), **options)
            for user in (embedded.WRITER, embedded.READER)
        )
        limit = endpoint.query_seconds or settings.query_seconds
        return cls(writer, reader, embedded.DATABASE, "embedded", endpoint.uri, limit, home, endpoint.pid)

    def gone(self) -> bool:
        """Whether the embedded engine behind it has ended: cheap enough to ask before each call."""
        return self.pid is not None and not embedded.alive(self.pid)

    def touch(self) -> None:
        """Keep the embedded engine from going to sleep; at most every few seconds."""
        if self.home and time.monotonic() - self.touched > _TOUCH_SECONDS:
            embedded.touch(self.home)
            self.touched = time.monotonic()

    def read(self, query: neo4j.Query, parameters: dict[str, Any]) -> tuple[Sequence[str], list[neo4j.Record]]:
        """The columns and rows of a question.

        Asked in one exchange, outside a transaction of its own, which takes a second one; where that fails in a way
        that may pass (a connection that broke), the driver tries again as it does in transactions.
        """
        try:
            with self.reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session:
                result = session.run(query, parameters)
                return result.keys(), list(result)
        except (Neo4jError, DriverError) as error:
            _let_interrupts_through(error)
            if not error.is_retryable():
                raise
        records, _, keys = self.reader.execute_query(
            query, parameters, database_=self.database, routing_=neo4j.RoutingControl.READ
        )
        return keys, records

    def close(self) -> None:
        self.reader.close()
        self.writer.close()


class Store:
    """An open graph. Use it as a context manager; it is safe to share between threads for questions."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Connect (the embedded engine is started if need be); `GraphError` says what to do if that fails."""
        self.settings = settings or Settings()
        self._renewing = threading.Lock()
        self._connection = self._connect()

    def _connect(self) -> _Connection:
        for attempt in range(_RETRIES + 1):
            connection = _Connection.open(self.settings)
            try:
                connection.writer.verify_connectivity()
            except (Neo4jError, DriverError) as error:
                connection.close()
                _let_interrupts_through(error)
                # An embedded engine may have been found in the very moment in which it ended.
                if connection.engine == "embedded" and attempt < _RETRIES:
                    continue
                raise GraphError(f"The graph at {connection.address} does not answer: {_first_line(error)}") from error
            connection.touch()
            return connection
        raise AssertionError("unreachable")

    @property
    def engine(self) -> str:
        """`embedded` or `neo4j`."""
        return self._connection.engine

    @property
    def address(self) -> str:
        """Where the graph answers."""
        return self._connection.address

    def close(self) -> None:
        """Close the connections; the embedded engine stays up for those who come next."""
        self._connection.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def ask(self, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a question, dates as `datetime.date`.

        It cannot write (`ReadOnlyError`) and ends within the time limit (`QueryTooLongError`); any other
        refusal of the database is a `GraphError` with its message.
        """
        return self._again(lambda: self._ask(query, parameters))

    def _ask(self, query: LiteralString, parameters: Mapping[str, Any] | None) -> list[Row]:
        connection = self._connection
        connection.touch()
        try:
            asked = neo4j.Query(query, timeout=self.settings.query_seconds)
            keys, records = connection.read(asked, dict(parameters or {}))
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error
        # Value after value: to look each up by its key costs as much as to read it from the connection.
        return [dict(zip(keys, map(plain, record.values()), strict=True)) for record in records]

    def each(self, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> Iterator[Row]:
        """The rows of a question one after another, for more of them than memory should hold.

        Raises as `ask` does, but does not ask again where the connection breaks.
        """
        connection = self._connection
        connection.touch()
        asked = neo4j.Query(query, timeout=self.settings.query_seconds)
        try:
            with connection.reader.session(
                database=connection.database, default_access_mode=neo4j.READ_ACCESS
            ) as session:
                result = session.run(asked, dict(parameters or {}))
                keys = result.keys()
                for record in result:
                    yield dict(zip(keys, map(plain, record.values()), strict=True))
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error

    def write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Run `work` in one transaction: all of it or nothing. Transient errors are tried again, a few times."""
        for attempt in range(_RETRIES + 1):
            try:
                return self._again(lambda: self._write(work))
            except RaceError:
                if attempt == _RETRIES:
                    raise
                time.sleep(0.05 * 2**attempt)
        raise AssertionError("unreachable")

    def _write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        connection = self._connection
        connection.touch()
        try:
            with connection.writer.session(database=connection.database) as session:
                return session.execute_write(work)
        except ConstraintError as error:
            _let_interrupts_through(error)
            # The embedded engine answers so when two writers make the same node at the same moment.
            raise RaceError(_first_line(error)) from error
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error
        except BufferError as error:
            # What the driver stumbles over as it rolls back after an interrupt within its reading.
            _let_interrupts_through(error)
            raise

    def _again(self, call: Callable[[], T]) -> T:
        """Call; if the embedded engine has meanwhile ended (idle, killed), start it and call once more."""
        found = self._connection
        if not found.gone():
            try:
                return call()
            except GraphError as error:
                # An engine that is killed in the midst of a question may answer with any error.
                if self.engine != "embedded" or not (isinstance(error, _GoneError) or found.gone()):
                    raise
        with self._renewing:
            # Another thread may have done so meanwhile.
            if self._connection is found:
                found.close()
                self._connection = self._connect()
        return call()

    def _explained(self, error: Neo4jError | DriverError) -> GraphError:
        """Our own error for one of the driver's; an interrupt that the driver turned into one goes on as such."""
        _let_interrupts_through(error)
        code = getattr(error, "code", "") or ""
        if isinstance(error, Forbidden) or code == _ACCESS_MODE:
            return ReadOnlyError("A question may not write to the graph.")
        if "TransactionTimedOut" in code:
            # The embedded engine keeps the limit that it was started with.
            again = " and run `footprint graph stop`" if self.engine == "embedded" else ""
            return QueryTooLongError(
                f"The question took longer than {self._connection.query_seconds:g} seconds and was stopped. "
                f"Narrow it, or set FOOTPRINT_QUERY_SECONDS{again}."
            )
        # The embedded engine says so to a connection that is open while it ends.
        ending = self.engine == "embedded" and code == _NO_LONGER_VALID
        if ending or isinstance(error, (ServiceUnavailable, _SessionExpired)):
            return _GoneError(f"The graph at {self.address} does not answer: {_first_line(error)}")
        said, home = _first_line(error), self._connection.home
        if home and said.endswith(_SEE_LOG):
            return GraphError(f"The graph could not do what was asked; {home.log} says why. Its disk may be full.")
        kind = "refused what was asked" if isinstance(error, ClientError) else "could not do what was asked"
        return GraphError(f"The graph {kind}: {said}")

    def run(self, statement: LiteralString, parameters: Mapping[str, Any] | None = None) -> dict[str, int]:
        """Run one writing statement in a transaction of its own; returns what it did (`nodes_created` …)."""

        def work(tx: neo4j.ManagedTransaction) -> dict[str, int]:
            counters = tx.run(statement, dict(parameters or {})).consume().counters
            return {"nodes_created": counters.nodes_created, "nodes_deleted": counters.nodes_deleted}

        return self.write(work)

    @staticmethod
    def read_file(path: Path) -> list[LiteralString]:
        """The statements of one of the project's own `.cypher` files, which end with `;` (never a user's file)."""
        parts = path.read_text(encoding="utf-8").split(";\n")
        return [part.strip() for part in parts if part.strip()]

    def make_schema(self) -> None:
        """Create the model's constraints and indexes where they are not there yet."""
        for statement in statements.schema():
            self.run(statement)

    def clear(self) -> None:
        """Delete every node of the model with its relationships, in batches."""
        for statement in statements.clear():
            while self.run(statement)["nodes_deleted"]:
                pass


class _GoneError(EngineError):
    """The connection broke or nobody listens."""


def _let_interrupts_through(error: BaseException) -> None:
    """Raise the `KeyboardInterrupt` behind an error of the driver: Ctrl-C in a call comes out as a lost connection."""
    behind: BaseException | None = error
    while behind is not None:
        if isinstance(behind, KeyboardInterrupt):
            raise behind
        behind = behind.__cause__ or behind.__context__


def plain(value: Any) -> Any:
    """A value of the driver as plain Python: dates as `datetime.date`, within lists and maps too."""
    # Most values are text: asked for first, as every value of every row comes through here.
    if type(value) is str:
        return value
    if isinstance(value, _Date):
        return date(value.year, value.month, value.day)
    if isinstance(value, list):
        return [one if type(one) is str else plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def _first_line(error: Exception) -> str:
    return (str(getattr(error, "message", None) or error).splitlines() or [type(error).__name__])[0]
