"""The embedded engine's own process: `python -m graph.engine HOME`.

It listens with Bolt on a free loopback port, says so in `endpoint.json`, and ends when asked to (a file
`stop`, SIGTERM), or after so many minutes in which nobody touched the file `used`. The recipes (read-only
group, time limit as a JVM setting) are measured ones: the Bolt transaction's own time limit and READ access mode
are not enough with this engine.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from graph.embedded import ANOTHER_RUNS, DATABASE, READER, WRITER, Home, write_private

_GROUPS: dict[str, Any] = {
    "admin": {
        "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
    },
    "reader": {"access": [], "types": {"*": {"access": ["readRecord"]}}},
    "*": {"access": [], "types": {"*": {"access": []}}},
}
_POLL_SECONDS = 0.2


def _free_ports(count: int) -> list[int]:
    """Ports that are free on loopback at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _write_groups(home: Home) -> None:
    limits = {"resultSetLimit": -1, "readTimeout": -1}
    groups = {name: {**limits, **group} for name, group in _GROUPS.items()}
    home.config.mkdir(parents=True, exist_ok=True)
    document = {"databases": {"*": {"groups": groups}}, "version": 2}
    write_private(home.config / "server-groups.json", json.dumps(document))


def _start(home: Home, secrets: dict[str, str], port: int, http_port: int) -> Any:
    """The running server with its database and the read-only user."""
    import arcadedb_embedded as arcadedb  # noqa: PLC0415  (starts a JVM: only this process wants one)
    import jpype  # noqa: PLC0415  (as above)

    server = arcadedb.create_server(
        root_path=str(home.root),
        root_password=secrets[WRITER],
        config={
            "host": "127.0.0.1",
            "mode": "production",
            "http_port": http_port,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
        },
    )
    server.start()
    server.create_database(DATABASE)
    security = server._java_server.getSecurity()
    if not security.existsUser(READER):
        password = str(security.encodePassword(secrets[READER]))
        user = {"name": READER, "password": password, "databases": {DATABASE: ["reader"]}}
        security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))
    return server


def _wait_for_the_end(home: Home, idle_seconds: float) -> None:
    """Return once somebody asked the engine to stop, or nobody has used it for so long."""
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while not asked:
        time.sleep(_POLL_SECONDS)
        asked = asked or home.stop.exists() or time.time() - home.used.stat().st_mtime > idle_seconds
    # From here on nobody takes this engine for a running one.
    home.stop.touch()


def main(arguments: list[str]) -> int:
    """Run the engine in the folder that is the first argument until it should end.

    Returns `ANOTHER_RUNS` at once where an engine runs, or is starting, in that folder.
    """
    home = Home(Path(arguments[0]))
    running = FileLock(home.running)
    try:
        running.acquire(timeout=0)
    except Timeout:
        return ANOTHER_RUNS
    idle_seconds, seconds, heap = float(arguments[1]), float(arguments[2]), arguments[3]
    # For a heap of this size the simplest collector: as fast, and a fifth less memory.
    limits = f"-Xmx{heap} -XX:+UseSerialGC -Darcadedb.command.timeout={int(seconds * 1000)}"
    os.environ["ARCADEDB_JVM_ARGS"] = f"-Xrs {limits}"
    os.environ["ARCADEDB_JVM_ERROR_FILE"] = str(home.path / "log" / "jvm-crash.log")
    secrets = json.loads(home.secrets.read_text())
    _write_groups(home)
    port, http_port = _free_ports(2)
    server = _start(home, secrets, port, http_port)
    home.used.touch()
    told = {"port": port, "pid": os.getpid(), "started": time.time(), "query_seconds": seconds}
    write_private(home.endpoint, json.dumps(told))
    _wait_for_the_end(home, idle_seconds)
    server.stop()
    home.endpoint.unlink(missing_ok=True)
    home.stop.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # Not `sys.exit`: the Java runtime would wait until the last client of the server that is down has hung up.
    os._exit(code)
