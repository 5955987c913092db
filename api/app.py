"""The application: made by `create_app`, with nothing in module globals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import anyio
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from api import catalogue, docs, explorer, files, health, problems, questions
from api.desk import Desk
from api.middleware import Figures, Guarded, Limited, Measured
from api.once import SAID_ONCE
from api.settings import ApiSettings
from graph.errors import GraphError
from graph.settings import Settings
from graph.store import Store
from queries import questions as all_questions
from queries.parameters import ParameterError

_ABOUT = """
Match those who need help with UN Security Council resolution 1540 (2004) with those who can give it: who could help,
which States could ask together, which programme under way could carry the help, and what is held about a State.

It is a tool for matching assistance. It does not judge compliance and ranks no State; where no source speaks it says
so, and does not call it a gap. Every answer names its sources and every suggestion its reasons. Only what is public
is read here.

Answers come as JSON, CSV, XLSX or NDJSON (`format`, or the `Accept` header). Pages follow one another by `next`, up to
the 500th row. `ETag` and `If-None-Match` spare what did not change. What cannot be answered is told as
`application/problem+json` (RFC 9457).
"""


def create_app(
    settings: ApiSettings | None = None, store: Store | None = None, graph: Settings | None = None
) -> FastAPI:
    """The application that answers over HTTP.

    It opens the graph of `graph` (from the environment unless given) when it is first asked, and closes it at its end;
    with a `store` it asks that one and leaves it open. Raises `ValidationError` for settings that cannot be used.
    """
    settings = settings or ApiSettings()
    desk, figures = Desk(settings, graph or Settings(), store), Figures()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with anyio.create_task_group() as group:
            group.start_soon(desk.stay_awake)
            yield
            group.cancel_scope.cancel()
        await desk.close()

    app = FastAPI(
        title="Light Footprint", version=version("lightfootprint"), description=_ABOUT, docs_url=None, redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"}, lifespan=lifespan,
    )  # fmt: skip
    app.state.desk, app.state.registry = desk, figures.registry
    found = all_questions()
    made = [one.router(found) for one in (questions, catalogue, explorer, files)]
    for routes in (*made, health.routes, docs.routes):
        app.include_router(routes, dependencies=[SAID_ONCE])
    for kind in (problems.RefusedError, ParameterError, GraphError):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_middleware(GZipMiddleware, compresslevel=5)
    # The last is the outermost. What is too long is refused within CORS, so that a page that is let in can read why.
    app.add_middleware(Limited, settings=settings)
    if settings.api_cors_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.api_cors_origins, allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Content-Disposition", "Retry-After"],
        )  # fmt: skip
    app.add_middleware(Guarded, settings=settings)
    app.add_middleware(Measured, figures=figures)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    return problems.response(problems.of_error(error, request.url.path))


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = {404: "Nothing is at this address.", 405: "This address does not take that method."}
    problem = problems.plain(error.status_code, detail.get(error.status_code, str(error.detail)), request.url.path)
    headers = dict(error.headers or {})
    if "allow" in {name.lower() for name in headers}:
        # There is a route for each method; what one of them allows is not all.
        known = request.app.openapi()["paths"].get(getattr(request.scope.get("route"), "path", ""), {})
        headers = {"Allow": ", ".join(method.upper() for method in known) or headers["Allow"]}
    return problems.response(problem, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [problems.wrong(one) for one in error.errors()]
    detail = " ".join(f"{one.where}: {one.detail}" for one in wrong[:3])
    return problems.response(problems.made("invalid-request", detail, request.url.path, wrong))
