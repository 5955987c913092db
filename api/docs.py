"""The page that describes the API, with everything it needs from this server: it loads nothing from other hosts."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from api.problems import RefusedError

# Swagger UI sets a few styles in its markup; scripts run from files of this server alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OWN = files("api") / "static"
_SWAGGER = files("fastapi_swagger") / "resources"
_FILES = {
    "start.js": (_OWN, "text/javascript"),
    "swagger-ui-bundle.js": (_SWAGGER, "text/javascript"),
    "swagger-ui.css": (_SWAGGER, "text/css"),
    "favicon-32x32.png": (_SWAGGER, "image/png"),
}
routes = APIRouter(include_in_schema=False)


@routes.get("/docs")
async def page() -> Response:
    """The page."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return Response((_OWN / "docs.html").read_bytes(), media_type="text/html", headers=headers)


@routes.get("/docs/{name}")
async def file(name: str) -> Response:
    """What the page loads."""
    if name not in _FILES:
        raise RefusedError("not-found")
    folder, media_type = _FILES[name]
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response((folder / name).read_bytes(), media_type=media_type, headers=headers)
