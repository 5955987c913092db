"""The containers as far as they can be looked at without an engine: what is described, and that it fits together."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from api.settings import ApiSettings
from graph.settings import Settings
from tests.engines import NEO4J_IMAGE

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
# Instructions with their continued lines as one, without comments.
INSTRUCTIONS = [
    re.sub(r"\\\n\s*", "", one) for one in re.findall(r"^[A-Z]+ (?:[^\n]*\\\n)*[^\n]*$", DOCKERFILE, re.MULTILINE)
]
STAGES = [number for number, one in enumerate(INSTRUCTIONS) if one.startswith("FROM ")]
LAST = INSTRUCTIONS[STAGES[-1] :]
PASSWORD = "made-up-password"


def lacking(what: str) -> NoReturn:
    """Skips loudly; fails in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"In CI the containers have to be checked: {what} is not there")
    pytest.skip(f"CONTAINERS NOT CHECKED: {what} is not there")


def composed(password: str | None) -> subprocess.CompletedProcess[str]:
    """What Compose makes of docker-compose.yml, with that password in the environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTPRINT_")}
    if password is not None:
        environment["FOOTPRINT_GRAPH_PASSWORD"] = password
    plugin = ["docker", "compose"]
    known = shutil.which("docker") and subprocess.run([*plugin, "version"], capture_output=True, check=False)
    command = plugin if known and known.returncode == 0 else ["docker-compose"]
    if not shutil.which(command[0]):
        lacking("docker compose")
    return subprocess.run(
        [*command, "--file", str(ROOT / "docker-compose.yml"), "config"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services as Compose reads them."""
    done = composed(PASSWORD)
    assert done.returncode == 0, done.stderr
    return dict(yaml.safe_load(done.stdout)["services"])


@pytest.mark.parametrize("password", [None, ""])
def test_without_a_password_nothing_starts_and_it_is_said_what_to_set(password: str | None) -> None:
    done = composed(password)

    assert done.returncode != 0
    assert "Set FOOTPRINT_GRAPH_PASSWORD to a password of at least eight characters" in done.stderr


def test_the_password_comes_by_the_environment_alone(services: dict[str, Any]) -> None:
    for one in services.values():
        assert PASSWORD in json.dumps(one["environment"])
        assert PASSWORD not in json.dumps({name: said for name, said in one.items() if name != "environment"})


def test_the_api_waits_for_the_facts_and_they_for_neo4j(services: dict[str, Any]) -> None:
    waits = {
        name: {other: how["condition"] for other, how in one.get("depends_on", {}).items()}
        for name, one in services.items()
    }

    assert waits == {
        "neo4j": {},
        "load": {"neo4j": "service_healthy"},
        "api": {"neo4j": "service_healthy", "load": "service_completed_successfully"},
    }
    assert services["load"]["command"] == ["load"]
    assert "cypher-shell" in services["neo4j"]["healthcheck"]["test"][1]
    assert "healthcheck" not in services["api"]  # the image's own


def test_only_this_machine_can_connect(services: dict[str, Any]) -> None:
    ports = [port for one in services.values() for port in one.get("ports", [])]
    # Compose 1 writes them as text, Compose 2 as mappings.
    hosts = {port["host_ip"] if isinstance(port, dict) else port.split(":")[0] for port in ports}

    assert len(ports) == 3
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("name", ["load", "api"])
def test_our_own_containers_have_no_rights_and_write_only_where_they_must(services: dict[str, Any], name: str) -> None:
    one = services[name]

    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["read_only"] is True
    assert one["tmpfs"] == ["/tmp"]
    assert len(one["volumes"]) == 1
    assert "privileged" not in one


def test_what_is_set_in_a_container_is_a_setting(services: dict[str, Any]) -> None:
    names = {name for one in (services["load"], services["api"]) for name in one["environment"]}
    fields = [*Settings.model_fields, *ApiSettings.model_fields]
    known = {f"FOOTPRINT_{name.upper()}" for name in fields}

    assert names <= known


def test_tests_and_users_have_the_same_neo4j(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == NEO4J_IMAGE


def test_the_linter_finds_nothing_in_the_dockerfile() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        lacking("hadolint")

    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("", 0)


def test_all_that_an_image_is_built_from_is_pinned_to_one_version() -> None:
    images = [INSTRUCTIONS[number].split()[1] for number in STAGES]

    assert all(re.fullmatch(r"python:3\.11\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})?", image) for image in images)
    assert len(set(images)) == 1
    assert DOCKERFILE.count("--require-hashes") == 2


def test_the_image_runs_as_a_user_without_rights_and_builds_nothing() -> None:
    (user,) = [one.split()[1] for one in LAST if one.startswith("USER ")]

    assert user == "1540:1540"
    assert not any(re.search(r"\b(pip|apt-get|hatchling|curl)\b", one) for one in LAST)
    assert 'ENTRYPOINT ["footprint"]' in LAST
    assert 'CMD ["serve", "--host", "0.0.0.0"]' in LAST


def test_the_image_is_labelled_with_the_version_of_the_application(services: dict[str, Any]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert f'org.opencontainers.image.version="{version}"' in DOCKERFILE
    assert services["api"]["image"] == services["load"]["image"] == f"lightfootprint:{version}"


def test_all_packages_are_copied_and_nothing_that_is_copied_is_shut_out() -> None:
    copied = [
        source
        for one in INSTRUCTIONS
        if one.startswith("COPY ") and "--from=" not in one
        for source in one.split()[1:-1]
    ]
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]

    assert set(wheel["wheel"]["packages"]) <= set(copied)
    assert set(copied) == let_in
    assert all((ROOT / source).exists() for source in copied)
    assert lines[1] == "*"
    assert not any(fnmatch.fnmatch(source, line) for source in copied for line in lines[2:] if not line.startswith("!"))


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (None, 1)])
def test_the_health_check_tells_a_server_that_is_ready_from_one_that_is_not(status: int | None, code: int) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if status and self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    (check,) = [one for one in LAST if one.startswith("HEALTHCHECK ")]
    command = json.loads(check.partition(" CMD ")[2])
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port if status else 9  # at the last nobody listens
        asked = command[2].replace("1540", str(port))
        done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
        server.shutdown()

    assert command[:2] == ["python", "-c"]
    assert done.returncode == code
