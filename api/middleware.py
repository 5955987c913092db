"""Around every request: whom to serve, how much to take, headers for safety, figures, and the last resort."""

from __future__ import annotations

import re
import time
from http import HTTPMethod
from typing import Any

from fastapi import HTTPException
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.settings import ApiSettings

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(:[0-9]+)?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_METHODS = frozenset(HTTPMethod)


class Guarded:
    """Refuses what is meant for another host, sets headers, and answers where something went wrong."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        """Around `app`."""
        self._app = app
        self._hosts = _LOOPBACK | {one.lower() for one in settings.api_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            # Answered as GET; the server leaves the body out, by its own copy of the request.
            scope = {**scope, "method": "GET"}
        started = False

        async def safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        path = scope["path"]
        try:
            if self._is_ours(Headers(scope=scope).get("host", "")):
                await self._app(scope, receive, safely)
            else:
                problem = problems.made("unknown-host", problems.KINDS["unknown-host"].meaning, path)
                await problems.response(problem)(scope, receive, safely)
        except Exception as error:
            problem = problems.of_error(error, path)
            if started:
                raise
            await problems.response(problem)(scope, receive, safely)

    def _is_ours(self, given: str) -> bool:
        host = _HOST.fullmatch(given)
        return "*" in self._hosts or (host is not None and host[1].lower() in self._hosts)


class Limited:
    """Refuses what is too long."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        """Around `app`."""
        self._app = app
        self._body, self._query = settings.api_body_bytes, settings.api_query_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and (refused := self._refused(scope)):
            await problems.response(refused)(scope, receive, send)
        else:
            await self._app(scope, self._at_most(receive), send)

    def _refused(self, scope: Scope) -> problems.Problem | None:
        if len(scope["query_string"]) > self._query:
            return problems.plain(414, f"The query is longer than {self._query} bytes.", scope["path"])
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > self._body:
            return problems.plain(413, f"The body is longer than {self._body} bytes.", scope["path"])
        return None

    def _at_most(self, receive: Receive) -> Receive:
        """A body that does not say its length is cut off where it becomes too long."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._body:
                raise HTTPException(413, f"The body is longer than {self._body} bytes.")
            return message

        return counted


class Figures:
    """What is counted of the requests, for Prometheus."""

    def __init__(self) -> None:
        """Begin at nought; each application has figures of its own."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        by: Any = {"registry": self.registry}
        self.requests = Counter("footprint_requests", "Requests.", ("method", "route", "status"), **by)
        self.seconds = Histogram("footprint_request_seconds", "How long requests took.", ("route",), **by)
        self.under_way = Gauge("footprint_requests_under_way", "Requests under way.", **by)


class Measured:
    """Counts requests by route, not by address: there are only so many routes."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        """Around `app`."""
        self._app, self._figures = app, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._figures.under_way.track_inprogress():
            try:
                await self._app(scope, receive, noted)
            finally:
                route = getattr(scope.get("route"), "path", "none")
                method = scope["method"] if scope["method"] in _METHODS else "other"
                self._figures.requests.labels(method, route, str(status)).inc()
                self._figures.seconds.labels(route).observe(time.perf_counter() - begun)
