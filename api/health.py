"""Whether the server lives, whether it is ready, its figures, and the kinds of its problems."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from api.desk import AtDesk
from api.models import Health, ProblemKind, ProblemKinds, Readiness
from api.parameters import Asked
from api.problems import ADDRESS, KINDS, RefusedError, described

routes = APIRouter(tags=["the server"])
_PLAIN = described(400, 414, 422)
_KINDS = {
    name: ProblemKind(type=f"{ADDRESS}/{name}", status=one.status, title=one.title, meaning=one.meaning)
    for name, one in KINDS.items()
}


@routes.get("/healthz", operation_id="is_alive", summary="Whether the server answers", responses=_PLAIN)
async def healthz(_: Annotated[Asked, Query()]) -> Health:
    """It does so while the graph is down, too."""
    return Health()


@routes.get(
    "/readyz", operation_id="is_ready", summary="Whether the facts can be asked", responses={**_PLAIN, **described(503)}
)
async def readyz(_: Annotated[Asked, Query()], desk: AtDesk) -> Readiness:
    """503 until the graph answers and the facts are loaded."""
    return Readiness(data_version=await desk.ready())


@routes.get(
    "/metrics", operation_id="get_metrics", summary="Figures for Prometheus", response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **_PLAIN},
)  # fmt: skip
async def metrics(_: Annotated[Asked, Query()], request: Request) -> Response:
    """Requests by route and status, how long they took, how many are under way, and the process itself."""
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


@routes.get(ADDRESS, operation_id="list_problems", summary="The kinds of problems", responses=_PLAIN)
async def problems(_: Annotated[Asked, Query()]) -> ProblemKinds:
    """What each `type` of a problem means."""
    return ProblemKinds(problems=tuple(_KINDS.values()))


@routes.get(
    f"{ADDRESS}/{{name}}", operation_id="get_problem", summary="A kind of problem",
    responses={**_PLAIN, **described(404)},
)  # fmt: skip
async def problem(name: str, _: Annotated[Asked, Query()]) -> ProblemKind:
    """What this `type` of a problem means."""
    if name not in _KINDS:
        raise RefusedError("not-found")
    return _KINDS[name]
