"""The embedded engine: one for all who ask, private, ends cleanly, loses nothing that was acknowledged."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import embedded
from graph.errors import EngineError, GraphError
from graph.settings import Settings
from graph.store import Store
from tests.engines import embedded_engine

COUNT = "MATCH (s:State) RETURN count(s) AS n"
START = "from graph import embedded; from graph.settings import Settings; print(embedded.ensure(Settings()).pid)"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    with embedded_engine(tmp_path) as settings:
        yield settings


def python(code: str, settings: Settings) -> subprocess.Popen[str]:
    """A Python process of its own that uses the same data folder."""
    environment = {**os.environ, "FOOTPRINT_DATA_DIR": str(settings.data_dir)}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_processes_that_start_it_at_the_same_moment_end_with_one_engine(own: Settings) -> None:
    processes = [python(START, own) for _ in range(3)]
    pids = {process.communicate(timeout=120)[0].strip() for process in processes}

    assert len(pids) == 1
    assert pids == {str(embedded.ensure(own).pid)}


def test_only_the_owner_can_read_the_passwords_and_only_this_machine_can_connect(own: Settings) -> None:
    endpoint = embedded.ensure(own)
    home = embedded.home_of(own)

    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.endpoint.stat().st_mode) == 0o600
    assert endpoint.uri.startswith("bolt://127.0.0.1:")
    assert len(set(json.loads(home.secrets.read_text()).values())) == 2
    assert all(password not in home.log.read_text() for password in endpoint.passwords.values())


def test_it_stays_up_for_the_next_process_and_stops_when_told(own: Settings) -> None:
    first = embedded.ensure(own)
    second = int(python(START, own).communicate(timeout=60)[0])

    assert second == first.pid
    assert embedded.stop(own)
    assert embedded.find(embedded.home_of(own)) is None
    assert not embedded.stop(own)


def test_ctrl_c_in_the_terminal_does_not_end_it(own: Settings) -> None:
    # Where the tests themselves run in the background, Ctrl-C is ignored and that is inherited; not here.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    process = python(listening + START.replace("pid)", "pid, flush=True)") + "; import time; time.sleep(60)", own)
    assert process.stdout
    pid = int(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)

    os.kill(pid, signal.SIGINT)
    time.sleep(1)

    endpoint = embedded.find(embedded.home_of(own))
    assert endpoint is not None
    assert endpoint.pid == pid


def test_sigterm_ends_it_cleanly(own: Settings) -> None:
    with Store(own) as store:
        store.run("CREATE (:State {iso3: 'SLE'})")
    home = embedded.home_of(own)
    endpoint = embedded.ensure(own)
    os.kill(endpoint.pid, signal.SIGTERM)
    deadline = time.monotonic() + 30
    while embedded.find(home) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert embedded.find(home) is None
    with Store(own) as store:
        assert store.ask(COUNT) == [{"n": 1}]


def test_it_ends_by_itself_when_nobody_uses_it_and_comes_back_when_asked(tmp_path: Path) -> None:
    # Four seconds: the longest silence below is far shorter on a slow machine too, the wait far longer.
    with embedded_engine(tmp_path) as settings:
        drowsy = settings.model_copy(update={"idle_minutes": 4 / 60})
        with Store(drowsy) as store:
            home = embedded.home_of(drowsy)
            store.run("CREATE (:State {iso3: 'SLE'})")
            deadline = time.monotonic() + 30
            while embedded.find(home) and time.monotonic() < deadline:
                time.sleep(0.1)
            assert embedded.find(home) is None

            assert store.ask(COUNT) == [{"n": 1}]


def test_a_killed_engine_is_started_again_with_what_it_had(own: Settings) -> None:
    with Store(own) as store:
        store.run("CREATE (:State {iso3: 'SLE'})")
        os.kill(embedded.ensure(own).pid, signal.SIGKILL)

        assert store.ask(COUNT) == [{"n": 1}]


def test_an_engine_that_cannot_start_says_where_its_log_is(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, graph_uri="", heap="1m")

    with pytest.raises(EngineError, match=r"did not start.*engine\.log"):
        Store(settings)


def test_a_neo4j_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, graph_uri="bolt://127.0.0.1:9")

    with pytest.raises(GraphError, match=r"The graph at bolt://127\.0\.0\.1:9 does not answer"):
        Store(settings)


def test_reset_leaves_an_empty_graph(own: Settings) -> None:
    with Store(own) as store:
        store.run("CREATE (:State {iso3: 'SLE'})")

    embedded.reset(own)

    with Store(own) as store:
        assert store.ask(COUNT) == [{"n": 0}]
