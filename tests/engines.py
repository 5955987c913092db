"""The two engines as tests use them: embedded engines in folders of their own, and a real Neo4j 5.26.

Neo4j comes from an address in the environment (`FOOTPRINT_TEST_NEO4J_URI`, `…_USER`, `…_PASSWORD`), else from jars
that Maven fetches (no Docker needed), else from testcontainers; where none can be had the Neo4j half is skipped
loudly, and fails where the variable CI is set.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from pydantic import SecretStr

from graph import embedded
from graph.settings import Settings

NEO4J_VERSION = "5.26.16"
NEO4J_IMAGE = f"neo4j:{NEO4J_VERSION}-community"
_HERE = Path(__file__).parent
_OPENS = "java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent"
_CONF = """
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size=1g
server.memory.pagecache.size=128m
"""


class NoNeo4jError(Exception):
    """No Neo4j can be had on this machine; the message says what was tried."""


@contextmanager
def embedded_engine(folder: Path, query_seconds: float = 30.0) -> Iterator[Settings]:
    """An embedded engine that keeps all its files in `folder`, stopped at the end."""
    settings = Settings(data_dir=folder, graph_uri="", query_seconds=query_seconds)
    try:
        yield settings
    finally:
        embedded.stop(settings)


@contextmanager
def neo4j_engine(folder: Path, _: float = 30.0) -> Iterator[Settings]:
    """A Neo4j of its own (or the one of the environment), as settings; `NoNeo4jError` where none can be had."""
    if uri := os.environ.get("FOOTPRINT_TEST_NEO4J_URI"):
        yield Settings(
            data_dir=folder,
            graph_uri=uri,
            graph_user=os.environ.get("FOOTPRINT_TEST_NEO4J_USER", "neo4j"),
            graph_password=os.environ.get("FOOTPRINT_TEST_NEO4J_PASSWORD", ""),
        )
        return
    if shutil.which("java") and shutil.which("mvn"):
        with _from_jars(folder) as uri:
            yield Settings(data_dir=folder, graph_uri=uri)
        return
    with _from_testcontainers(folder) as settings:
        yield settings


def _jars() -> Path:
    """Neo4j's jars, fetched once into the user's cache by Maven."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "lightfootprint-tests"
    jars = cache / f"neo4j-{NEO4J_VERSION}"
    jars.mkdir(parents=True, exist_ok=True)
    # Several test processes may want them at once.
    with FileLock(cache / f"neo4j-{NEO4J_VERSION}.lock"):
        if not (jars / "complete").exists():
            _fetch(jars)
    return jars


def _fetch(jars: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", str(_HERE / "neo4j.pom.xml"), f"-Dneo4j.version={NEO4J_VERSION}"]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoNeo4jError(f"Maven could not fetch Neo4j's jars: {(done.stdout + done.stderr)[-500:]}")
    (jars / "complete").touch()


@contextmanager
def _from_jars(folder: Path) -> Iterator[str]:
    jars, port = _jars(), _free_port()
    home = folder / "neo4j"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(_CONF.format(port=port))
    opens = [option for module in _OPENS for option in ("--add-opens", f"{module}=ALL-UNNAMED")]
    # It lives for minutes: to compile each hot method twice, the second time well, costs more than it gives back.
    command = ["java", "-Xmx1g", "-XX:TieredStopAtLevel=1", *opens, "-cp", f"{jars}/*"]
    command += ["org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
    with (home / "out.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for(port, process, home / "out.log")
        yield f"bolt://127.0.0.1:{port}"
    finally:
        # Its files are thrown away, so it need not end cleanly.
        process.kill()
        process.wait()


@contextmanager
def _from_testcontainers(folder: Path) -> Iterator[Settings]:
    from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415  (slow to import, and seldom wanted)

    try:
        # It always asks for a password, so it gets one of its own.
        container = Neo4jContainer(NEO4J_IMAGE, password=secrets.token_urlsafe(16))
        container.start()
    # What the lack of a container engine raises depends on the platform and on the version of its client.
    except Exception as error:
        raise NoNeo4jError(f"no address in the environment, no java with mvn, no Docker ({error})") from error
    try:
        yield Settings(
            data_dir=folder,
            graph_uri=container.get_connection_url(),
            graph_user=container.username,
            graph_password=SecretStr(container.password),
        )
    finally:
        container.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise NoNeo4jError(f"Neo4j did not start: {log.read_text(errors='replace')[-500:]}")


def said_loudly(reason: str) -> None:
    """Write to the terminal itself, past pytest's capture."""
    sys.__stderr__.write(f"\n*** THE NEO4J HALF OF THE TESTS DOES NOT RUN: {reason}\n") if sys.__stderr__ else None
