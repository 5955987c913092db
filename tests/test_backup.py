"""Backups of the embedded engine: what is put back answers the same, and nothing that is wrong is ever put back."""

from __future__ import annotations

import hashlib
import json
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from footprint.cli import app
from graph import embedded
from graph.backups import BackupError, backup, read_manifest, restore, unpack
from graph.copying import held
from graph.errors import OtherLoadError
from graph.locks import alone
from graph.records import Link, Record
from graph.settings import Settings
from graph.store import Store
from queries.assemble import data_version, version_of
from queries.parameters import ParameterError
from tests.engines import embedded_engine
from tests.helpers import ONE_ENGINE, snapshot, write

AAA = Record("State", "AAA", {"name": "Land A", "other_names": ["Земля А"]})
BBB = Record("State", "BBB", {"name": "Land B"}, (Link("BORDERS", "State", "AAA", {"km": 1.5}),))
Change = Callable[[dict[str, Any], dict[str, bytes]], None]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with embedded_engine(tmp_path_factory.mktemp("backed-up")) as one:
        with Store(one) as store:
            store.make_schema()
            write(store, [AAA, BBB])
        yield one


@pytest.fixture(scope="module")
def made(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A backup of two made-up States, and what the command said of it."""
    folder = tmp_path_factory.mktemp("backups")
    said = command(settings, "backup", str(folder))
    (file,) = folder.iterdir()
    return file, said


@pytest.fixture(scope="module")
def kept(made: tuple[Path, str]) -> Path:
    return made[0]


def command(settings: Settings, *arguments: str, answer: str = "", code: int = 0) -> str:
    """What the command says, on the data folder of those settings."""
    done = CliRunner(env={"FOOTPRINT_DATA_DIR": str(settings.data_dir)}).invoke(app, arguments, input=answer)
    assert done.exit_code == code, done.output
    return done.output or str(done.exception)


def test_the_commands_ask_say_what_they_did_and_put_back_what_was_there(
    settings: Settings, made: tuple[Path, str]
) -> None:
    file, said = made
    with Store(settings) as store:
        before, version, number = snapshot(store), version_of(store), held(store)
        here = f"{number} records (data version {version[0]})"
        write(store, [Record("State", "CCC", {"name": "Land C"})], "later")

        declined = command(settings, "restore", str(file), answer="n\n", code=1)
        restored = command(settings, "restore", str(file), "--yes")

        # The same open store: it finds the engine that was started anew.
        assert snapshot(store) == before
        assert version_of(store) == version
    assert f"{here} were written to {file}" in said
    assert "is there already" in command(settings, "backup", str(file), code=1)
    assert f"Delete the {number + 3} records" in declined
    assert f"The graph holds {here}." in restored


def test_a_backup_goes_into_a_data_folder_that_has_never_held_any(kept: Path, tmp_path: Path) -> None:
    with embedded_engine(tmp_path) as fresh:
        restore(fresh, kept)

        with Store(fresh) as store:
            assert {row["key"] for row in store.ask("MATCH (n:State) RETURN n.iso3 AS key")} == {"AAA", "BBB"}


def test_a_backup_holds_no_password_and_only_its_owner_can_read_it(settings: Settings, kept: Path) -> None:
    secrets = json.loads(embedded.home_of(settings).secrets.read_text()).values()
    users = (embedded.home_of(settings).config / "server-users.jsonl").read_text().splitlines()
    hashes = [json.loads(line)["password"] for line in users]

    with zipfile.ZipFile(kept) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(hashes) == len(secrets) == 2
    assert all(secret.encode() not in content for secret in (*secrets, *hashes))


def test_who_writes_while_a_restore_is_cut_off_between_two_data_waits_and_loses_nothing(settings: Settings) -> None:
    made, ended = 0, threading.Event()

    def go_on() -> None:
        nonlocal made
        with Store(settings) as store:
            while not ended.is_set():
                store.run("CREATE (:Region {id: $id})", {"id": f"made up {made}"})
                made += 1

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(go_on)
        wait(lambda: made > 0 or writing.done())
        with embedded.stopped(settings) as home:
            home.database.rename(home.before_restore)
            before = made
        wait(lambda: made > before + 1 or writing.done())
        ended.set()
        writing.result()

    with Store(settings) as store:
        assert store.ask("MATCH (n:Region) RETURN count(n) AS n") == [{"n": made}]
    assert not home.before_restore.exists()


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not until() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_neither_is_made_while_a_load_goes_on(settings: Settings, kept: Path) -> None:
    with alone(settings.data_dir):
        with pytest.raises(OtherLoadError):
            backup(settings, kept.with_name("never.zip"), data_version)
        with pytest.raises(OtherLoadError):
            restore(settings, kept)

    assert not kept.with_name("never.zip").exists()


def tampered(kept: Path, target: Path, change: Change) -> Path:
    """A copy of the backup with its manifest and files changed, well made as a zip file."""
    with zipfile.ZipFile(kept) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(manifest, files)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return target


def outside(name: str) -> Change:
    """Adds a file with that name, rightly described."""

    def change(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files[f"data/{name}"] = b"made up"
        manifest["files"][name] = {"size": 7, "sha256": hashlib.sha256(b"made up").hexdigest()}

    return change


def other_content(_: dict[str, Any], files: dict[str, bytes]) -> None:
    files["data/schema.json"] = bytes(reversed(files["data/schema.json"]))


def longer(_: dict[str, Any], files: dict[str, bytes]) -> None:
    files["data/schema.json"] += b" "


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (other_content, "damaged: schema.json"),
        (longer, "damaged: schema.json"),
        (lambda _, files: files.pop("data/schema.json"), "does not hold the files"),
        (lambda _, files: files.update({"data/more": b""}), "does not hold the files"),
        (lambda manifest, _: manifest.update(format=2, files="in another way"), "newer Light Footprint"),
        (lambda manifest, _: manifest.update(engine="2099.1"), "newer than the one installed"),
        (lambda manifest, _: manifest.pop("made"), r"cannot be right \(made\)"),
        (outside("../made-up"), "cannot be right"),
        (outside("/tmp/made-up"), "cannot be right"),
        (outside("..\\made-up"), "cannot be right"),
        (outside("C:made-up"), "cannot be right"),
        (outside(".."), "cannot be right"),
        (outside("made-up\n"), "cannot be right"),
    ],
)
def test_what_was_changed_or_leads_outside_is_refused_before_anything_is_touched(
    kept: Path, tmp_path: Path, change: Change, sentence: str
) -> None:
    file = tampered(kept, tmp_path / "changed.zip", change)
    untouched = Settings(data_dir=tmp_path / "home", graph_uri="")

    with pytest.raises(BackupError, match=sentence):
        restore(untouched, file)

    assert not embedded.home_of(untouched).root.exists()
    assert {path.name for path in tmp_path.iterdir()} <= {"changed.zip", "home"}


def test_a_file_with_any_byte_changed_is_refused_or_unpacks_as_it_was(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    right = {name: entry.sha256 for name, entry in read_manifest(kept).files.items()}
    file, refused = tmp_path / "damaged.zip", 0
    for number, place in enumerate(range(0, len(whole), len(whole) // 40)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            unpack(file, folder)
        except BackupError:
            refused += 1
        else:
            found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
            assert found == right
    assert refused >= 30


@pytest.mark.parametrize("content", [b"", b"made up", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "made-up.zip"
    file.write_bytes(content)

    with pytest.raises(BackupError, match="is no backup"):
        read_manifest(file)


def test_data_in_which_the_engine_finds_nothing_is_not_put_back(settings: Settings, kept: Path, tmp_path: Path) -> None:
    def without_schema(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        for name in [name for name in manifest["files"] if name.startswith("schema.")]:
            del manifest["files"][name], files[f"data/{name}"]

    with Store(settings) as store:
        before = snapshot(store)

        with pytest.raises(BackupError, match="the graph is as it was"):
            restore(settings, tampered(kept, tmp_path / "broken.zip", without_schema))

        assert snapshot(store) == before
    assert not embedded.home_of(settings).before_restore.exists()


@ONE_ENGINE
def test_an_empty_graph_is_not_backed_up(scratch: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        backup(scratch.settings, tmp_path / "made-up.zip", data_version)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["backup", "made-up.zip"], ["restore", __file__]])
def test_with_a_neo4j_both_point_to_its_own_tools(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.setenv("FOOTPRINT_GRAPH_URI", "neo4j://made-up.invalid")

    done = CliRunner().invoke(app, arguments)

    assert isinstance(done.exception, ParameterError)
    assert "neo4j-admin database dump" in str(done.exception)
    assert "footprint copy" in str(done.exception)
