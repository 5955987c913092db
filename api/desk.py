"""Where questions are worked on: threads apart from the event loop, so many at once, each within a time limit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from api.problems import RefusedError
from api.settings import ApiSettings
from graph import embedded
from graph.settings import Settings
from graph.store import Store
from queries.catalogue import ready
from queries.parameters import ParameterError

T = TypeVar("T")
_READY_SECONDS = 5.0
_AWAKE_SECONDS = 60.0
_ENDING_SECONDS = 5.0


class Desk:
    """Holds the open graph and hands it to one piece of work after another."""

    def __init__(self, settings: ApiSettings, graph: Settings, store: Store | None = None) -> None:
        """Nothing is opened yet; a store that is given stays its giver's to close."""
        self._graph = store.settings if store else graph
        self._store, self._given = store, store is not None
        self._opening = threading.Lock()
        self.seconds = self._graph.query_seconds + settings.api_margin_seconds
        self._waiting = settings.api_waiting
        self._places = CapacityLimiter(settings.api_threads)
        self._place_for_readiness = CapacityLimiter(1)
        self._under_way: set[asyncio.Future[Any]] = set()

    async def ask(self, work: Callable[[Store], T], seconds: float | None = None) -> T:
        """What the work gives; `seconds` where less than the time limit of a request is left.

        Raises `RefusedError` where too many wait, or the time is over: the thread then goes on and keeps its place
        until the question ends, so that there are never more of them than places.
        """
        if self._places.statistics().tasks_waiting >= self._waiting and self._places.available_tokens < 1:
            raise RefusedError("busy")
        return await self._within(self.seconds if seconds is None else seconds, self._places, work)

    async def ready(self) -> str:
        """The version of the data; `RefusedError` or `GraphError` while the graph or the facts are not there."""
        version = await self._within(_READY_SECONDS, self._place_for_readiness, ready)
        if not version:
            raise RefusedError("not-loaded")
        return version

    async def _within(self, seconds: float, places: CapacityLimiter, work: Callable[[Store], T]) -> T:
        if seconds <= 0:
            raise RefusedError("too-long")
        late = threading.Event()

        def run() -> T:
            if late.is_set():
                raise RefusedError("too-long")
            return self._work(work)

        task = asyncio.ensure_future(to_thread.run_sync(run, limiter=places))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
        finally:
            late.set()
        if not done:
            # Looked at by nobody else any more, and not to be complained of.
            task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            raise RefusedError("too-long")
        return task.result()

    def _work(self, work: Callable[[Store], T]) -> T:
        store = self._open()
        try:
            return work(store)
        except ParameterError:
            # No name is known to a graph that is not loaded: that is not the caller's mistake.
            if not ready(store):
                raise RefusedError("not-loaded") from None
            raise

    def _open(self) -> Store:
        with self._opening:
            if self._store is None:
                self._store = Store(self._graph)
            return self._store

    async def stay_awake(self) -> None:
        """Keep the embedded engine from ending for want of use, for as long as this is awaited."""
        if self._graph.graph_uri:
            return
        home = embedded.home_of(self._graph)
        while True:
            if self._store is not None:
                embedded.touch(home)
            await asyncio.sleep(min(_AWAKE_SECONDS, self._graph.idle_minutes * 20))

    async def close(self) -> None:
        """Close the graph that was opened here; the embedded engine stays up for those who come next.

        Questions that nobody waits for any more may still be asking it. They have a moment to end; after that the
        graph stays open, as it cannot be closed under them, until the process ends.
        """
        if self._under_way and (await asyncio.wait(self._under_way, timeout=_ENDING_SECONDS))[1]:
            return
        if self._store is not None and not self._given:
            self._store.close()
            self._store = None


def _of(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(_of)]
