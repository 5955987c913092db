"""The embedded engine as its users see it: start it once, find it again, stop it.

It runs in a process of its own (`graph.engine`) that stays for the commands that follow. All its files lie in one
folder: `endpoint.json` (port and process, there while it runs), `secrets.json` (passwords, for the owner alone),
`engine.log`, `root/` (the data).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from graph.errors import EngineError
from graph.files import folder, whole

if TYPE_CHECKING:
    # The engine imports this module too, and starts sooner without what reads settings.
    from graph.settings import Settings

DATABASE = "footprint"
WRITER = "root"
READER = "reader"
# Exit code of an engine that finds another one in its folder.
ANOTHER_RUNS = 75
_START_SECONDS = 90.0
_STOP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one embedded engine and the files in it."""

    path: Path

    @property
    def root(self) -> Path:
        """The engine's own files: data, configuration, event log."""
        return self.path / "root"

    @property
    def database(self) -> Path:
        """The data alone."""
        return self.root / "databases" / DATABASE

    @property
    def before_restore(self) -> Path:
        """The data that a restore is putting other data in the place of; not where the engine opens all it finds."""
        return self.path / "before-restore"

    @property
    def config(self) -> Path:
        """The engine's configuration."""
        return self.root / "config"

    @property
    def endpoint(self) -> Path:
        """Says where the engine listens; there only while it runs."""
        return self.path / "endpoint.json"

    @property
    def secrets(self) -> Path:
        """The passwords of the writer and of the reader."""
        return self.path / "secrets.json"

    @property
    def log(self) -> Path:
        """What the engine prints."""
        return self.path / "engine.log"

    @property
    def lock(self) -> Path:
        """Held while an engine is being started or stopped."""
        return self.path / "start.lock"

    @property
    def running(self) -> Path:
        """Held by an engine from its first moment to its last."""
        return self.path / "running.lock"

    @property
    def used(self) -> Path:
        """Touched by whoever uses the engine."""
        return self.path / "used"

    @property
    def stop(self) -> Path:
        """Made by whoever wants it to end."""
        return self.path / "stop"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running engine listens, the passwords of its two users, and the time limit that it was started with."""

    uri: str
    pid: int
    started: float
    passwords: dict[str, str]
    query_seconds: float


def home_of(settings: Settings) -> Home:
    """The engine's folder within the user's data folder."""
    return Home(settings.data_dir / "engine")


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    with whole(path, private=True) as file:
        file.write(text.encode())


def alive(pid: int) -> bool:
    """Whether that process runs (on Windows the port alone decides)."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # A killed child of this very process stays as a zombie until it is waited for.
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    return True


def find(home: Home) -> Endpoint | None:
    """The running engine of that folder, or `None`. A file left behind by a killed engine does not deceive it."""
    try:
        said = json.loads(home.endpoint.read_text())
        passwords = json.loads(home.secrets.read_text())
        port, pid = int(said["port"]), int(said["pid"])
    except (OSError, ValueError, KeyError):
        return None
    if not alive(pid):
        return None
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return None
    limit = float(said.get("query_seconds", 0))
    return Endpoint(f"bolt://127.0.0.1:{port}", pid, float(said["started"]), passwords, limit)


@contextlib.contextmanager
def _locked(home: Home) -> Iterator[None]:
    folder(home.path)
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=_START_SECONDS)
    except Timeout:
        raise EngineError(
            f"Another process has been starting or stopping the graph engine in {home.path} for more than "
            f"{_START_SECONDS:.0f} seconds. Its log is {home.log}."
        ) from None
    try:
        yield
    finally:
        lock.release()


def ensure(settings: Settings) -> Endpoint:
    """The engine of the user's data folder, started if it does not run; `EngineError` if it cannot be.

    Two processes that ask at the same moment end with one engine.
    """
    home = home_of(settings)
    if (endpoint := find(home)) and not home.stop.exists():
        return endpoint
    with _locked(home):
        _wait_until_gone(home)
        return find(home) or _start(home, settings)


def _wait_until_gone(home: Home) -> None:
    """Let an engine that is stopping finish; `EngineError` if it does not within a minute."""
    deadline = time.monotonic() + _STOP_SECONDS
    while home.stop.exists() and (endpoint := find(home)):
        if time.monotonic() > deadline:
            raise EngineError(f"The graph engine (process {endpoint.pid}) does not end. Its log is {home.log}.")
        time.sleep(0.05)


def _start(home: Home, settings: Settings) -> Endpoint:
    for left_behind in (home.endpoint, home.stop):
        left_behind.unlink(missing_ok=True)
    if not home.secrets.exists():
        write_private(home.secrets, json.dumps({WRITER: secrets.token_urlsafe(24), READER: secrets.token_urlsafe(24)}))
    home.root.mkdir(exist_ok=True)
    if home.before_restore.exists() and not home.database.exists():
        # A restore was cut off in the one moment in which neither data stood in its place.
        home.before_restore.rename(home.database)
    command = [sys.executable, "-P", "-m", "graph.engine", str(home.path.resolve())]
    command += [str(settings.idle_minutes * 60), str(settings.query_seconds), settings.heap]
    with home.log.open("w", encoding="utf-8") as log:
        # A session of its own: Ctrl-C at the terminal does not reach the engine.
        process = subprocess.Popen(  # noqa: S603  (our own module, no shell)
            command, cwd=home.path, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if endpoint := find(home):
            return endpoint
        # An engine whose starter was killed may still be coming up: it is as good as ours.
        if process.poll() not in (None, ANOTHER_RUNS):
            break
        time.sleep(0.05)
    process.kill()
    tail = "\n".join(home.log.read_text(errors="replace").splitlines()[-5:])
    raise EngineError(f"The graph engine did not start. Its log is {home.log}; it ends with:\n{tail}")


def touch(home: Home) -> None:
    """Tell the engine that it is in use."""
    with contextlib.suppress(OSError):
        home.used.touch()


def stop(settings: Settings) -> bool:
    """Stop the engine cleanly; whether one ran. `EngineError` if it does not end within a minute."""
    home = home_of(settings)
    endpoint = find(home)
    if endpoint is None:
        return False
    home.stop.touch()
    _wait_until_gone(home)
    deadline = time.monotonic() + _STOP_SECONDS
    while sys.platform != "win32" and alive(endpoint.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def stopped(settings: Settings) -> Iterator[Home]:
    """The engine's folder while no engine runs in it; who asks for one meanwhile waits."""
    home = home_of(settings)
    with _locked(home):
        stop(settings)
        try:
            # An engine whose port is not open yet, or no longer, is no engine to `stop`; but it holds this.
            with FileLock(home.running, timeout=_STOP_SECONDS):
                yield home
        except Timeout:
            raise EngineError(f"The graph engine in {home.path} does not end. Its log is {home.log}.") from None


def reset(settings: Settings) -> None:
    """Stop the engine and delete all its data. What is in the folder besides stays."""
    stop(settings)
    home = home_of(settings)
    with _locked(home):
        shutil.rmtree(home.before_restore, ignore_errors=True)
        shutil.rmtree(home.root, ignore_errors=True)
        home.secrets.unlink(missing_ok=True)
