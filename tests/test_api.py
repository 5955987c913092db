"""The API over real HTTP, on the facts that ship: the same answers as from Python, pages, formats, caches, problems."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner

from api import create_app
from api.answering import accepted
from api.pages import Asking
from api.parameters import Format
from api.settings import ApiSettings
from footprint.cli import app as cli
from graph.settings import Settings
from graph.store import Store
from queries import questions
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE
from viz.tables import FORMATS

pytestmark = ONE_ENGINE
JSON = {"Content-Type": "application/json"}

# How each question is asked here; each has rows.
EXAMPLES: dict[str, dict[str, Any]] = {
    "action_plan": {"state": "PHL", "priorities": ["border-control"], "limit": 2},
    "clashes": {"since": "2016-01-01", "until": "2016-12-31", "limit": 3},
    "clearing": {"theme": "border-control", "capacities": {"oas": 3}, "limit": 3},
    "cobenefits": {"state": "SLE", "limit": 2},
    "common_gaps": {"who": "CARICOM", "limit": 3},
    "completeness": {"record": "REQ/CARICOM/2009-06"},
    "coverage": {"region": "CARICOM", "limit": 3},
    "entry_points": {"state": "SLE", "as_of": "2009-10-01", "weights": {"directness": 2}, "limit": 3},
    "explain": {"state": "BRB", "item": "OP2", "limit": 2},
    "groupings": {"organisation": "CARICOM", "min_states": 4, "evidence": ["treaty", "assessment"], "limit": 2},
    "laws": {"state": "KEN", "section": "OP2", "limit": 2},
    "network": {"focus": "REQ/CARICOM/2009-06"},
    "opportunities": {"partner": "unodc", "theme": "border-control", "limit": 2},
    "overlap": {"who": "SLE", "as_of": "2009-10-01", "limit": 3},
    "partners": {"who": "CARICOM", "theme": "border-control", "limit": 2},
    "pools": {"theme": "biosafety-biosecurity", "limit": 2},
    "precedents": {"state": "SLE", "limit": 2},
    "search": {"text": "Sierra Leone", "types": ["State"], "limit": 2},
    "state": {"state": "BRB"},
}


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of a server with this application, in a thread of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def address(all_engines: Engines) -> Iterator[str]:
    """The API on the facts that ship."""
    with served(create_app(ApiSettings(), all_engines.shipped("embedded"))) as where:
        yield where


@pytest.fixture
def api(engine: str, address: str) -> Iterator[httpx.Client]:
    """A client of it."""
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


def as_query(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a query string has them: mappings as name=number."""
    return {
        name: [f"{key}={number}" for key, number in value.items()] if isinstance(value, dict) else value
        for name, value in values.items()
    }


def as_python(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the question's function has them."""
    return {
        name: tuple(value) if isinstance(value, list)
        else date.fromisoformat(value) if name in ("as_of", "since", "until") else value
        for name, value in values.items()
    }  # fmt: skip


def problem(response: httpx.Response, status: int, kind: str = "") -> dict[str, Any]:
    """The problem that a response is; its form is as RFC 9457 has it, and it tells nothing of the inside."""
    said = response.json()
    assert response.status_code == said["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert set(said) - {"errors"} == {"type", "title", "status", "detail", "instance"}
    assert said["type"] == (f"/v1/problems/{kind}" if kind else "about:blank")
    assert not re.search(r"bolt://|neo4j://|Traceback|password", response.text)
    return dict(said)


def test_every_question_has_an_example_here(engine: str) -> None:
    assert EXAMPLES.keys() == questions().keys()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_question_answers_as_it_does_from_python(name: str, api: httpx.Client, shipped: Store) -> None:
    wanted = questions()[name](shipped, **as_python(EXAMPLES[name]))

    got = api.get(f"/v1/questions/{name}", params=as_query(EXAMPLES[name]))

    answer = got.json()
    assert got.status_code == 200, got.text
    assert bool(answer.pop("next")) == wanted.truncated
    assert answer["rows"]
    assert answer == json.loads(wanted.model_dump_json())


def test_several_are_asked_at_once_and_one_problem_stays_one(api: httpx.Client) -> None:
    queries = {"first": EXAMPLES["entry_points"], "second": {"state": "Nowhereland"}}

    got = api.post("/v1/questions/entry_points", json={"queries": queries})

    answers = got.json()["answers"]
    alone = api.get("/v1/questions/entry_points", params=as_query(EXAMPLES["entry_points"])).json()
    assert list(answers) == ["first", "second"]
    assert answers["first"] == alone | {"next": None}
    assert answers["second"]["type"] == "/v1/problems/unknown-name"
    assert answers["second"]["instance"] == "/v1/questions/entry_points/second"


@pytest.mark.parametrize(
    "body",
    [{}, {"queries": {}}, {"queries": {"a": {"who": "SLE", "committee": True}}}, {"queries": {"a/b": {"who": "SLE"}}},
     {"queries": {str(number): {"who": "SLE"} for number in range(21)}}],
)  # fmt: skip
def test_a_batch_that_is_not_as_described_is_refused(api: httpx.Client, body: dict[str, Any]) -> None:
    assert problem(api.post("/v1/questions/partners", json=body), 422, "invalid-request")["errors"]


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {"completeness", "state", "network"}))
def test_pages_follow_one_another_without_a_gap(name: str, api: httpx.Client) -> None:
    asked = as_query({key: value for key, value in EXAMPLES[name].items() if key not in ("limit", "types")})
    whole = api.get(f"/v1/questions/{name}", params={**asked, "limit": 2}).json()

    first = api.get(f"/v1/questions/{name}", params={**asked, "limit": 1})
    second = api.get(first.links["next"]["url"])

    assert first.json()["rows"] + second.json()["rows"] == whole["rows"]
    assert first.json()["parameters"]["limit"] == second.json()["parameters"]["limit"] == 1
    assert f"next={first.json()['next']}" in first.links["next"]["url"]
    assert bool(second.json()["next"]) == whole["truncated"]


@pytest.mark.parametrize("kind", ["states", "organisations", "obligations", "themes", "sources", "runs"])
def test_a_list_is_walked_to_its_end(kind: str, api: httpx.Client) -> None:
    seen: list[str] = []
    page: dict[str, Any] = {"next": None}
    while True:
        token = {"next": page["next"]} if page["next"] else {}
        page = api.get(f"/v1/{kind}", params={"limit": 500, **token}).json()
        seen += [row.get("iso3") or row.get("id") or row["dataset"] for row in page["rows"]]
        if not page["next"]:
            break

    assert len(seen) == len(set(seen)) == page["total"] > 20
    assert not page["truncated"]


def test_a_page_ends_at_the_five_hundredth_row(api: httpx.Client) -> None:
    page = api.get("/v1/questions/network", params={"focus": "SLE", "depth": 2, "limit": 500}).json()

    assert page["total"] > len(page["rows"]) == 500
    assert page["truncated"]
    assert page["next"] is None


def test_a_page_of_another_request_or_another_day_is_not_given(api: httpx.Client) -> None:
    asked: dict[str, Any] = {"who": "SLE", "limit": 2}
    token = api.get("/v1/questions/partners", params=asked).json()["next"]
    for other in ({"who": "KEN", "limit": 2, "next": token}, {**asked, "next": token[:-4]}, {**asked, "next": "A"}):
        problem(api.get("/v1/questions/partners", params=other), 400, "page-invalid")


def test_a_page_of_older_data_is_gone(engine: str, scratch: Store, api: httpx.Client) -> None:
    token = api.get("/v1/states", params={"limit": 2}).json()["next"]
    with served(create_app(store=scratch)) as elsewhere:
        problem(httpx.get(f"{elsewhere}/v1/states", params={"limit": 2, "next": token}), 410, "page-stale")


@pytest.mark.parametrize("said", ["x.{version}.{day}", "-5.{version}.{day}", "5.{version}", "x"])
def test_a_token_that_somebody_made_is_refused(api: httpx.Client, said: str) -> None:
    version, day = api.get("/readyz").json()["data_version"], datetime.now(UTC).date().isoformat()
    text = said.format(version=version, day=day)
    asking = Asking("/v1/states", {"limit": 2})
    token = base64.urlsafe_b64encode(f"{text}.{asking._digest(text)}".encode()).decode().rstrip("=")

    problem(api.get("/v1/states", params={"limit": 2, "next": token}), 400, "page-invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/questions/state?state=BRB&state=SLE",
        "/v1/questions/partners?who=CARICOM&theme=border-control&limit=1&limit=2",
        "/v1/states?limit=1&limit=2",
        "/v1/search?q=Lagos&q=Abuja",
    ],
)
def test_what_can_hold_once_is_not_taken_twice(path: str, api: httpx.Client) -> None:
    said = problem(api.get(path), 422, "invalid-request")

    assert [one["where"] for one in said["errors"]] == [path.rpartition("&")[2].partition("=")[0]]
    assert "once" in said["detail"]


@pytest.mark.parametrize(
    ("header", "suffix"),
    [
        ("text/csv;q=0.1, */*", "json"),
        ("application/*, text/csv;q=0.1", "json"),
        ("text/*", "csv"),
        ("application/json;q=0.2, text/csv", "csv"),
        ("text/html, */*;q=0.8", "json"),
        ("text/html", "json"),
        ("application/x-ndjson, application/json", "json"),
    ],
)
def test_the_accept_header_chooses_what_it_likes_best(engine: str, header: str, suffix: str) -> None:
    assert accepted(header) == suffix


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/healthz", "/v1/questions/state", "/v1/questions/nothere"])
def test_a_body_nested_without_end_is_no_fault_of_the_server(method: str, path: str, api: httpx.Client) -> None:
    assert api.request(method, path, content="[" * 30_000, headers=JSON).status_code < 500


def test_what_is_wrong_with_a_body_is_said_so_that_it_can_be_mended(api: httpx.Client) -> None:
    path, query = "/v1/questions/state", '{"queries": {"a": {"state": "BRB"}}}'

    unsaid = problem(api.post(path, content=query, headers={"Content-Type": "text/plain"}), 422, "invalid-request")
    broken = problem(api.post(path, content=query[:-1], headers=JSON), 422, "invalid-request")

    assert unsaid["errors"] == [
        {"where": "body", "detail": "Send a JSON object, with the header Content-Type: application/json."}
    ]
    assert "It is no valid JSON: " in broken["detail"]


def test_a_weight_twice_is_refused(api: httpx.Client) -> None:
    weights = {"who": "CARICOM", "weights": ["covers=1", "covers =2"]}

    said = problem(api.get("/v1/questions/partners", params=weights), 422, "invalid-parameter")

    assert said["detail"] == "weights: covers is given twice."


def test_a_name_twice_in_a_body_is_refused_and_not_lost(api: httpx.Client) -> None:
    query = '{"state": "BRB"}'

    for body, name in (
        (f'{{"queries": {{"a": {query}, "a": {query}}}}}', "a"),
        ('{"queries": {"a": {"state": "BRB", "state": "SLE"}}}', "state"),
        (f'{{"queries": {{"a": {query}}}, "queries": {{}}}}', "queries"),
    ):
        said = problem(api.post("/v1/questions/state", content=body, headers=JSON), 422, "invalid-request")

        assert [one["where"] for one in said["errors"]] == [name]


def test_half_a_character_in_a_name_is_told_as_a_name_that_is_not_known(api: httpx.Client) -> None:
    body = b'{"queries": {"a": {"\\ud800": 1}}}'

    problem(api.post("/v1/questions/partners", content=body, headers=JSON), 422, "invalid-request")


def test_a_head_is_answered_as_a_get_without_its_body(api: httpx.Client) -> None:
    asked: dict[str, Any] = {"who": "SLE", "limit": 1}
    got, head = (ask("/v1/questions/partners", params=asked) for ask in (api.get, api.head))

    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])


def test_any_content_at_all_does_not_pass_for_a_wrong_request(api: httpx.Client) -> None:
    anything = {"If-None-Match": "*"}

    problem(api.get("/v1/states/XXX", headers=anything), 404, "not-found")
    problem(api.get("/v1/questions/partners", params={"who": "Nonsense"}, headers=anything), 422, "unknown-name")


def test_a_batch_takes_no_query_string(api: httpx.Client) -> None:
    body = {"queries": {"a": {"who": "SLE", "limit": 1}}}

    problem(api.post("/v1/questions/partners", params={"limit": 3}, json=body), 422, "invalid-request")


def test_what_the_caller_holds_is_not_sent_again(api: httpx.Client) -> None:
    asked: dict[str, Any] = {"who": "SLE", "limit": 1}
    first = api.get("/v1/questions/partners", params=asked)
    held = {"If-None-Match": f'"other", {first.headers["etag"]}'}

    again = api.get("/v1/questions/partners", params=asked, headers=held)
    other = api.get("/v1/questions/partners", params={**asked, "limit": 2}, headers=held)
    as_csv = api.get("/v1/questions/partners", params={**asked, "format": "csv"}, headers=held)

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (other.status_code, as_csv.status_code) == (200, 200)
    assert first.headers["cache-control"] == "public, no-cache"


def test_the_formats_are_those_of_the_tables(engine: str) -> None:
    assert set(Format.__origin__.__args__) == set(FORMATS)  # type: ignore[attr-defined]  # of an Annotated


def test_rows_come_as_a_table_too(api: httpx.Client) -> None:
    asked: dict[str, Any] = {"state": "SLE", "as_of": "2009-10-01", "limit": 3}
    names = [row["programme"]["title"] for row in api.get("/v1/questions/entry_points", params=asked).json()["rows"]]

    as_csv = api.get("/v1/questions/entry_points", params={**asked, "format": "csv"})
    as_xlsx = api.get("/v1/questions/entry_points", params={**asked, "format": "xlsx"})
    as_lines = api.get(
        "/v1/questions/entry_points", params=asked, headers={"Accept": "application/x-ndjson, */*;q=0.1"}
    )

    table = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx.content)).worksheets[0]
    assert [row["programme.title"] for row in table] == names
    assert set(names) <= {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert [json.loads(line)["programme"]["title"] for line in as_lines.text.splitlines()] == names
    assert as_csv.headers["content-disposition"] == 'attachment; filename="entry-points-2009-10-01.csv"'
    assert as_csv.headers["link"].endswith('rel="next"')


def test_a_name_with_dashes_leads_to_the_question(api: httpx.Client) -> None:
    moved = api.get("/v1/questions/entry-points?state=SLE&limit=1")

    assert (moved.status_code, moved.headers["location"]) == (308, "/v1/questions/entry_points?state=SLE&limit=1")


@pytest.mark.parametrize(
    ("path", "status", "kind", "words"),
    [
        ("/v1/questions/partners?who=Sierra+Leonne", 422, "unknown-name", "Did you mean Sierra Leone (SLE)"),
        ("/v1/questions/partners?who=SLE&weights=luck%3D1", 422, "invalid-parameter", "no feature 'luck'"),
        ("/v1/questions/partners", 422, "invalid-request", "who: Field required"),
        ("/v1/questions/partners?who=SLE&theem=x", 422, "invalid-request", "Did you mean theme?"),
        ("/v1/questions/partners?who=SLE&limit=501", 422, "invalid-request", "less than or equal to 500"),
        ("/v1/questions/partners?who=SLE&as_of=20091001", 422, "invalid-request", "as_of: Give a date"),
        ("/v1/questions/partners?who=SLE&weights=share", 422, "invalid-request", "weights"),
        ("/v1/questions/partners?who=SLE&format=exe", 422, "invalid-request", "format"),
        ("/v1/questions/patners?who=SLE", 404, "not-found", "Did you mean partners?"),
        ("/v1/states/XXX", 404, "not-found", ""),
        ("/v1/organisations/no-such-one", 404, "not-found", ""),
        ("/v1/sources/no-such-one", 404, "not-found", ""),
        ("/healthz?verbose=1", 422, "invalid-request", "verbose: There is no parameter"),
        ("/nowhere", 404, "", ""),
        (f"/v1/search?q={'x' * 5000}", 414, "", "longer than 4096"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_in_one_form(
    path: str, status: int, kind: str, words: str, api: httpx.Client
) -> None:
    got = api.get(path)

    assert words in problem(got, status, kind)["detail"]
    assert got.headers["cache-control"] == "no-store"


def test_other_methods_are_told_which_there_are(api: httpx.Client) -> None:
    got = api.delete("/v1/questions/partners")

    problem(got, 405)
    assert set(got.headers["allow"].split(", ")) == {"GET", "POST"}


def test_a_body_that_is_too_long_is_refused_however_it_comes(api: httpx.Client) -> None:
    long = b'{"queries": {"a": {"who": "' + b"x" * 70_000 + b'"}}}'
    as_json = {"Content-Type": "application/json"}

    problem(api.post("/v1/questions/partners", content=long, headers=as_json), 413)
    problem(api.post("/v1/questions/partners", content=iter([long]), headers=as_json), 413)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_committee_is_no_parameter_over_http(name: str, api: httpx.Client) -> None:
    told = api.get("/openapi.json").text
    asked: dict[str, Any] = {**as_query(EXAMPLES[name]), "committee": "true"}

    problem(api.get(f"/v1/questions/{name}", params=asked), 422, "invalid-request")
    assert '"committee"' not in told


def test_every_response_carries_headers_for_safety(api: httpx.Client) -> None:
    for path in ("/healthz", "/v1/states/SLE", "/nowhere", "/docs", "/openapi.json", "/metrics"):
        headers = api.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers or "python" not in headers["server"].lower()


def test_another_host_is_not_served(api: httpx.Client) -> None:
    problem(api.get("/v1/states", headers={"Host": "rebound.example"}), 400, "unknown-host")
    assert api.get("/healthz", headers={"Host": "LOCALHOST:1540"}).status_code == 200
    assert api.get("/healthz", headers={"Host": "[::1]:1540"}).status_code == 200


def test_only_named_origins_and_hosts_are_let_in(engine: str, scratch: Store) -> None:
    settings = ApiSettings(api_cors_origins="https://a.example", api_hosts="b.example, c.example")
    with served(create_app(settings, scratch)) as address:
        named = httpx.get(f"{address}/healthz", headers={"Origin": "https://a.example", "Host": "c.example"})
        other = httpx.get(f"{address}/healthz", headers={"Origin": "https://z.example"})
        refused = httpx.get(f"{address}/healthz?{'a' * 9999}", headers={"Origin": "https://a.example"})
        asks = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
        before = httpx.options(f"{address}/v1/states", headers=asks)
        elsewhere = httpx.options(f"{address}/v1/states", headers={**asks, "Host": "rebound.example"})

    assert named.headers["access-control-allow-origin"] == "https://a.example"
    assert (before.status_code, before.headers["x-content-type-options"]) == (200, "nosniff")
    problem(elsewhere, 400, "unknown-host")
    problem(refused, 414)
    assert refused.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in other.headers


def test_the_page_of_the_docs_loads_nothing_from_elsewhere(api: httpx.Client) -> None:
    page = api.get("/docs")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert len(loaded) == 5
    assert all(one.startswith("/") and api.get(one).status_code == 200 for one in loaded)
    assert "validatorUrl: null" in api.get("/docs/start.js").text
    assert "unsafe" not in page.headers["content-security-policy"]


def test_what_a_state_or_organisation_page_leads_to_can_be_asked(api: httpx.Client) -> None:
    state, organisation = api.get("/v1/states/sle").json(), api.get("/v1/organisations/caricom").json()

    assert {"id": "Western Africa", "level": "intermediate region"} in state["regions"]
    assert "ecowas" in {one["id"] for one in state["organisations"]}
    assert state["names"]["es"] == "Sierra Leona"
    assert "BRB" in {one["id"] for one in organisation["states"]}
    assert {one["question"] for one in state["ask"]} >= {"entry_points", "partners", "state", "laws"}
    assert {one["question"] for one in organisation["ask"]} >= {"groupings", "partners", "opportunities", "common_gaps"}
    assert api.get("/v1/organisations/CARICOM").json() == organisation
    own = api.get("/v1/organisations/unodc").json()
    assert {one["question"] for one in own["ask"]}.isdisjoint({"groupings", "common_gaps", "partners"})
    for one in (*state["ask"], *api.get("/v1/organisations/unodc").json()["ask"]):
        assert api.get(one["href"]).status_code == 200


def test_questions_tell_what_they_take(api: httpx.Client) -> None:
    told = {one["name"]: one for one in api.get("/v1/questions").json()["questions"]}
    described = api.get("/openapi.json").json()["paths"]

    assert told.keys() == questions().keys()
    for name, one in told.items():
        operation = described[one["href"]]["get"]
        assert operation["operationId"] == f"ask_{name}"
        assert {p["name"] for p in operation["parameters"]} - {"next", "format"} == {
            p["name"] for p in one["parameters"]
        }
        assert all(p["description"] for p in (*one["parameters"], *operation["parameters"]))
        assert "Raises" not in operation["description"]


def test_the_search_has_a_short_address(api: httpx.Client) -> None:
    found = api.get("/v1/search", params={"q": "Sierra Leone", "limit": 2}).json()

    assert found == api.get("/v1/questions/search", params={"text": "Sierra Leone", "limit": 2}).json()


def test_figures_are_by_route_and_not_by_address(api: httpx.Client) -> None:
    api.get("/v1/states/SLE")
    api.get("/v1/nowhere/at-all")

    figures = api.get("/metrics").text

    assert re.search(r'requests_total\{method="GET",route="/v1/states/\{iso3\}",status="200"\} [1-9]', figures)
    assert "at-all" not in figures


def test_an_empty_graph_is_not_ready_but_the_server_lives(engine: str, scratch: Store) -> None:
    with served(create_app(store=scratch)) as address:
        problem(httpx.get(f"{address}/readyz"), 503, "not-loaded")
        problem(httpx.get(f"{address}/v1/questions/partners?who=SLE"), 503, "not-loaded")
        assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}


def test_without_a_graph_the_server_lives_and_says_so(engine: str, tmp_path: Path) -> None:
    nobody = socket.create_server(("127.0.0.1", 0))
    port = nobody.getsockname()[1]
    nobody.close()
    settings = Settings(data_dir=tmp_path, graph_uri=f"bolt://127.0.0.1:{port}", query_seconds=2)
    with served(create_app(graph=settings)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        got = httpx.get(f"{address}/readyz", timeout=20)
        assert problem(got, 503, "no-graph") if "no-graph" in got.text else problem(got, 503, "too-long")
        assert got.headers["retry-after"]


def test_a_ready_graph_says_its_version(api: httpx.Client) -> None:
    version = api.get("/readyz").json()["data_version"]

    assert api.get("/v1/questions/state?state=SLE").json()["data_version"] == version


def test_a_slow_question_is_stopped_and_others_are_turned_away_while_the_server_answers(
    engine: str, shipped: Store
) -> None:
    slow = Store(shipped.settings.model_copy(update={"query_seconds": 0.05}))
    settings = ApiSettings(api_threads=1, api_waiting=0, api_margin_seconds=0)
    path, took = "/v1/questions/groupings", []
    with slow, served(create_app(settings, slow)) as address, httpx.Client(base_url=address, timeout=30) as client:
        # The first may end before the second comes, so it is tried until they meet.
        for _ in range(20):
            asked = threading.Thread(target=lambda: took.append(client.get(path)))
            asked.start()
            time.sleep(0.02)
            turned_away = client.get(path)
            begun = time.monotonic()
            assert client.get("/healthz").status_code == 200
            assert time.monotonic() - begun < 2
            asked.join()
            if turned_away.json()["type"].endswith("/busy"):
                break

    problem(took[0], 503, "too-long")
    problem(turned_away, 503, "busy")
    assert took[0].headers["retry-after"]


def test_the_command_serves_until_it_is_ended(engine: str, shipped: Store) -> None:
    environment = {**os.environ, "FOOTPRINT_DATA_DIR": str(shipped.settings.data_dir)}
    command = [str(Path(sys.executable).parent / "footprint"), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[-1]
        for _ in range(100):
            try:
                ready = httpx.get(f"{address}/readyz", timeout=20)
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        taken = CliRunner().invoke(cli, ["serve", "--port", address.rpartition(":")[2]])
        process.send_signal(signal.SIGINT)
        said = process.stdout.read()

    assert ready.json()["status"] == "ready"
    assert (taken.exit_code, taken.output.count("\n")) == (1, 1)
    assert "Address already in use" in taken.output
    assert process.returncode == 0
    assert said.endswith("Ended.\n")
