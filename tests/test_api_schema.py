"""schemathesis over the whole description of the API: no 5xx, nothing that is not as described."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis

from api import create_app
from api.settings import ApiSettings
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE
from tests.test_api import EXAMPLES, as_query, served

# One worker a process: two threads that read Python's syntax at once, as Hypothesis does, end CPython 3.11 in a
# SystemError (gh-106905).
# The same cases at each run: of what the description forbids all that schemathesis finds, of what it allows a few.
# 413 and 414 are refusals too. A name can be of the right form and yet not be known: 422, as described.
THOROUGH = "/v1/questions/clearing"
CONFIG = f"""
workers = 1
[generation]
deterministic = true
no-shrink = true
database = "none"

[phases.coverage.generation]
mode = "negative"

[phases.fuzzing.generation]
max-examples = 1

[phases.stateful]
enabled = false

[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = ["400", "404", "405", "413", "414", "415", "422"]

# All questions are made by the same code: what can be wrong is tried with one that has every kind of parameter.
[[operations]]
include-path-regex = "/v1/questions/(?!{THOROUGH.rpartition("/")[2]})"
phases.coverage.enabled = false
"""


@pytest.fixture(scope="module")
def address(all_engines: Engines) -> Iterator[str]:
    """The API on the facts that ship."""
    with served(create_app(ApiSettings(), all_engines.shipped("embedded"))) as where:
        yield where


@pytest.fixture(scope="module")
def description(address: str) -> Any:
    """The description as the server gives it."""
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


@ONE_ENGINE
def test_whatever_is_sent_the_response_is_as_described(engine: str, address: str, tmp_path: Path) -> None:
    described = httpx.get(f"{address}/openapi.json").json()["paths"]
    operations = sum(len(methods) for methods in described.values())
    # As a command: its way into pytest (4.32) asks items for what pytest 9.2 no longer has.
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG)
    command = [str(Path(sys.executable).parent / "schemathesis"), f"--config-file={config}", "run"]
    parts = [
        subprocess.Popen(
            [*command, f"--{which}-path={THOROUGH}", f"{address}/openapi.json"],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for which in ("include", "exclude")
    ]  # fmt: skip
    told = [part.communicate(timeout=300)[0] for part in parts]

    assert [part.returncode for part in parts] == [0, 0], "\n".join(told)
    assert sum(int(re.findall(r"Tested: (\d+)", one)[0]) for one in told) == operations


@ONE_ENGINE
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_answer_is_as_described(engine: str, name: str, description: Any) -> None:
    operations = description[f"/v1/questions/{name}"]
    queries = {"queries": {"one": EXAMPLES[name]}}

    asked = operations["GET"].Case(query=as_query(EXAMPLES[name])).call_and_validate(timeout=30)
    several = operations["POST"].Case(body=queries, media_type="application/json").call_and_validate(timeout=30)

    assert asked.status_code == 200
    assert "rows" in several.json()["answers"]["one"]
