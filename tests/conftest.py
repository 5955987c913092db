"""Fixtures: each test that asks for `shipped` or `scratch` runs on the embedded engine and on Neo4j.

With `-n 2 --dist loadscope` (as `make test` does) each engine has a worker of its own, so that it starts and is
loaded once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # xdist has no types

from graph.settings import Settings
from graph.store import Store
from ingest.load import load_shipped
from tests import engines

ENGINES = ("embedded", "neo4j")
SHARED_DATA = Path(os.environ.get("FOOTPRINT_TEST_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


class OneWorkerAnEngine(LoadScopeScheduling):  # type: ignore[misc]  # and so its class is `Any`
    """Tests that go to one worker together: those of an engine; of the others, those of a module.

    By the names of tests, not by marks: with pytest 9.2 xdist 3.8 no longer sees the marks of `loadgroup`
    (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        name, _, parameters = test.partition("[")
        engine = set(parameters.rstrip("]").split("-")) & set(ENGINES)
        # Where Neo4j runs anyway: it and its facts take longer than the embedded engine does.
        return engine.pop() if engine else "neo4j" if "both_engines" in name else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """With `--dist loadscope`, what belongs together is decided here."""
    return OneWorkerAnEngine(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test ever touches the user's data folder or the user's Neo4j."""
    theirs = ("FOOTPRINT_GRAPH_", "FOOTPRINT_PRACTICE")
    before = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(theirs)}
    os.environ["FOOTPRINT_DATA_DIR"] = str(tmp_path_factory.mktemp("user-data"))
    yield
    del os.environ["FOOTPRINT_DATA_DIR"]
    os.environ.update(before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what writes, then what reads the facts that ship: one Neo4j, which takes long to start, does for both."""
    items.sort(key=lambda item: "shipped" in getattr(item, "fixturenames", ()))


class Engines:
    """The engines that run, started when first asked for: one with the facts that ship, one to write into.

    Of Neo4j there is one for both: once it holds the facts that ship, nothing else is written into it.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Start nothing yet."""
        self._folder, self._stack = folder, stack
        self._settings: dict[tuple[str, str], Settings] = {}
        self._loaded: dict[str, Store] = {}
        self._scratch: dict[str, Store] = {}
        self.missing = ""

    def settings(self, engine: str, purpose: str, query_seconds: float = 30.0) -> Settings:
        """The engine of that kind for that purpose; skips, or fails in CI, where there is no Neo4j."""
        if self.missing and engine == "neo4j":
            self._without_neo4j()
        key = (engine, purpose if engine == "embedded" else "all")
        if key not in self._settings:
            folder = self._folder / "-".join(key)
            folder.mkdir()
            start = engines.embedded_engine if engine == "embedded" else engines.neo4j_engine
            try:
                self._settings[key] = self._stack.enter_context(start(folder, query_seconds))
            except engines.NoNeo4jError as error:
                self.missing = str(error)
                engines.said_loudly(self.missing)
                self._without_neo4j()
        return self._settings[key].model_copy(update={"query_seconds": query_seconds})

    def _without_neo4j(self) -> None:
        if os.environ.get("CI"):
            pytest.fail(f"In CI the Neo4j half has to run: {self.missing}")
        pytest.skip(f"NO NEO4J: {self.missing}")

    def scratch(self, engine: str) -> Store:
        """A store to write into; whoever takes it empties it first."""
        assert engine == "embedded" or engine not in self._loaded, "it holds the facts that ship: see the order above"
        if engine not in self._scratch:
            self._scratch[engine] = self._stack.enter_context(Store(self.settings(engine, "scratch")))
            self._scratch[engine].make_schema()
        return self._scratch[engine]

    def shipped(self, engine: str) -> Store:
        """A store with the facts that ship, loaded once a session."""
        if engine not in self._loaded:
            settings = self.settings(engine, "shipped")
            store = self._stack.enter_context(Store(settings))
            store.run("MATCH (n) DETACH DELETE n")
            assert [one for one in load_shipped(store) if one.error or one.counts.rejected] == []
            if engine == "neo4j":
                # Its plans were made for a few nodes.
                store.run("CALL db.clearQueryCaches() YIELD value RETURN value")
            self._loaded[engine] = store
        return self._loaded[engine]


@pytest.fixture(scope="session")
def all_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """All engines of the session, stopped at its end."""
    with ExitStack() as stack:
        yield Engines(tmp_path_factory.mktemp("engines"), stack)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine."""
    return str(request.param)


@pytest.fixture
def shipped(engine: str, all_engines: Engines) -> Store:
    """The facts that ship, loaded; only to be read."""
    return all_engines.shipped(engine)


@pytest.fixture
def scratch(engine: str, all_engines: Engines) -> Store:
    """An empty graph to write into, with the model's constraints."""
    store = all_engines.scratch(engine)
    store.clear()
    return store


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data; tests that need it skip loudly where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"NO REAL DATA: {SHARED_DATA} is not there (set FOOTPRINT_TEST_DATA)")
    return SHARED_DATA
