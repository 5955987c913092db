"""What is carried away from the explorer: answers as pictures, networks and tables, and drafts that people edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field, create_model
from starlette.responses import Response

from api.desk import AtDesk
from api.parameters import Asked, Day, Text, Texts, query_model
from documents.assistance import assistance_request
from documents.form import Draft
from documents.markdown import to_markdown
from documents.plan import action_plan_draft
from documents.regional import regional_request
from graph.store import Store
from queries.parameters import PUBLIC
from queries.signature import Question, parameters
from viz.files import made
from viz.tables import FORMATS, noted_csv

_MADE = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    **{one: FORMATS[one].media_type for one in ("csv", "xlsx", "json")},
}
_WRITTEN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
Kind = Literal["html", "svg", "png", "graphml", "gexf", "csv", "xlsx", "json"]


class DraftAsked(Asked):
    """What every draft takes."""

    as_of: Day | None = None
    format: Literal["docx", "md"] = "docx"


class RegionalAsked(DraftAsked):
    """States (codes with commas) or an organisation, and what they have in common."""

    organisation: Text | None = None
    states: Text = ""
    theme: Texts = Field([])


class AssistanceAsked(DraftAsked):
    """A State, and its subject areas where they are not to be chosen by what is recorded."""

    state: Text
    theme: Texts = Field([])


class PlanAsked(DraftAsked):
    """A State, and what it puts first."""

    state: Text
    priorities: Texts = Field([])


def router(questions: Mapping[str, Question]) -> APIRouter:
    """`/v1/files/QUESTION` and `/v1/drafts/KIND`."""
    routes = APIRouter(include_in_schema=False)
    for name, question in questions.items():
        _carried(routes, name, question)

    @routes.get("/v1/drafts/regional-request")
    async def regional(given: Annotated[RegionalAsked, Query()], desk: AtDesk) -> Response:
        """Of the States named, or of an organisation's members that are recorded alike."""
        states = [one.strip() for one in given.states.split(",") if one.strip()]
        write = partial(
            regional_request, organisation=given.organisation, states=states, themes=given.theme, as_of=given.as_of
        )
        return await desk.ask(lambda store: _draft(store, write, "regional-request", given.format))

    @routes.get("/v1/drafts/assistance-request")
    async def assistance(given: Annotated[AssistanceAsked, Query()], desk: AtDesk) -> Response:
        """In the fields of the Committee's template."""
        write = partial(assistance_request, state=given.state, themes=given.theme, as_of=given.as_of)
        return await desk.ask(lambda store: _draft(store, write, f"request-{given.state}", given.format))

    @routes.get("/v1/drafts/action-plan")
    async def plan(given: Annotated[PlanAsked, Query()], desk: AtDesk) -> Response:
        """What is known, what could be done, what is to decide."""
        write = partial(action_plan_draft, state=given.state, priorities=given.priorities, as_of=given.as_of)
        return await desk.ask(lambda store: _draft(store, write, f"plan-{given.state}", given.format))

    return routes


def _carried(routes: APIRouter, name: str, question: Question) -> None:
    takes = parameters(question)

    async def make(given: Any, _: Request, desk: AtDesk) -> Response:
        values = given.values_for(takes)
        return await desk.ask(lambda store: _made(store, question, name, values, given.format))

    # FastAPI reads the parameters from here; there is a model for each question.
    asked = create_model(f"Carried_{name}", __base__=query_model(name, takes), format=(Kind, "html"))
    make.__annotations__["given"] = Annotated[asked, Query()]
    routes.add_api_route(f"/v1/files/{name}", make, methods=["GET"])


def _made(store: Store, question: Question, name: str, values: dict[str, Any], kind: Kind) -> Response:
    answer = question(store, **values)
    content = noted_csv(answer) if kind == "csv" else made(store, answer, f".{kind}", list(PUBLIC))[0]
    return _file(content, _MADE[kind], f"{name.replace('_', '-')}-{answer.as_of}.{kind}")


def _draft(
    store: Store, write: Callable[[Store], tuple[Draft, str]], name: str, kind: Literal["docx", "md"]
) -> Response:
    from documents.word import to_docx  # noqa: PLC0415  (slow to import; only those who want a draft do)

    draft, _ = write(store)
    content = to_docx(draft) if kind == "docx" else to_markdown(draft).encode()
    return _file(content, _WRITTEN[kind], f"{name}.{kind}")


def _file(content: bytes, media_type: str, name: str) -> Response:
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in name)
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{safe}"'})
