"""Small IATI files and archives for the tests, and short ways to read and load them."""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from graph.records import Record
from graph.store import Store
from ingest import files, iati
from ingest.programmes import Programme
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED
from tests.helpers import write

SAMPLES = Path(__file__).parent / "samples"
BASE = {
    ("State", "SLE"), ("State", "LBR"), ("Organisation", "us-exbs"), ("Organisation", "us-usaid"),
    ("Organisation", "unodc"), ("Sector", "DAC/15210"), ("Sector", "DAC/33120"), ("Sector", "DAC/152"),
    ("Sector", "DAC/15132"), ("Sector", "DAC/151"),
}  # fmt: skip
# What programmes link to: the data sets that have to be there before any is loaded.
BENEATH = ("sources", "states", "organisations", "obligations", "sectors", "partners")
ONE = (
    "<iati-activity><iati-identifier>{id}</iati-identifier>"
    "<title><narrative>{title}</narrative></title></iati-activity>"
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "hahahahahahahahahaha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def document(*activities: str, doctype: str = "") -> str:
    return f'{doctype}<iati-activities version="2.03">\n' + "\n".join(activities) + "\n</iati-activities>\n"


def one(key: str, title: str = "Help") -> str:
    return ONE.format(id=key, title=title)


def parsed(text: str | bytes, rejects: Rejects | None = None) -> list[tuple[str, Programme]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(iati.activities(io.BytesIO(raw), "f.xml", "file:f.xml", Rejects() if rejects is None else rejects))


def read_one(*parts: str, said: str = "", country: str = "", rejects: Rejects | None = None) -> Programme:
    """The one activity of these parts, titled `Help` unless they say otherwise; `said` are its attributes."""
    title = "" if any(part.startswith("<title") for part in parts) else "<title><narrative>Help</narrative></title>"
    text = document(
        f"<iati-activity {said}><iati-identifier>P</iati-identifier>{title}{''.join(parts)}</iati-activity>"
    )
    noted = Rejects() if rejects is None else rejects
    ((_, programme),) = iati.activities(io.BytesIO(text.encode()), "f.xml", "file:f.xml", noted, country)
    return programme


def paid(*parts: str, value: str = "100", type_: str = "2", currency: str = "USD") -> str:
    """A transaction, by default a commitment of 100 US dollars."""
    type_and_value = f'<transaction-type code="{type_}"/><value currency="{currency}">{value}</value>'
    return f"<transaction>{type_and_value}{''.join(parts)}</transaction>"


def sample(name: str) -> tuple[dict[str, Programme], Rejects]:
    rejects = Rejects()
    found: dict[str, Programme] = {}
    for _, programme in parsed((SAMPLES / name).read_bytes(), rejects):
        found.setdefault(programme.id, programme)
    return found, rejects


def base(store: Store) -> None:
    """The few nodes that the samples lead to, without their own links."""
    ignored = Rejects()
    records = [
        Record(record.label, record.key, record.properties)
        for one in SHIPPED
        if one.id in BENEATH[1:]
        for record in one.records(FACTS, ignored)
        if record.label == "Theme" or (record.label, record.key) in BASE
    ]
    assert {(record.label, record.key) for record in records} >= BASE
    write(store, records, "base", rank=1)


def titles(store: Store) -> dict[str, str]:
    """The titles of the programmes that somebody still reports."""
    rows = store.ask("MATCH (p:Programme) WHERE p.retired IS NULL RETURN p.id AS id, p.title AS title")
    return {row["id"]: row["title"] for row in rows}


def rejected(path: Path | None) -> list[dict[str, str]]:
    assert path is not None
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def zipped(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def tarred(path: Path, members: dict[str, str]) -> None:
    mode = {"r": "w", "z": "w:xz", "2": "w:bz2"}.get(path.name[-1], "w:gz")
    if path.name.endswith(".tar.gz"):
        mode = "w:gz"
    elif path.name.endswith("xz"):
        mode = "w:xz"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # the mode is chosen above
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))


def gzipped(path: Path, members: dict[str, str]) -> None:
    (text,) = members.values()
    path.write_bytes(gzip.compress(text.encode()))


def plainly(path: Path, members: dict[str, str]) -> None:
    (text,) = members.values()
    path.write_text(text, encoding="utf-8")


ARCHIVES: dict[str, Callable[[Path, dict[str, str]], None]] = {
    "a.zip": zipped, "a.tar": tarred, "a.tar.gz": tarred, "a.tgz": tarred, "a.tar.xz": tarred, "a.tar.bz2": tarred,
}  # fmt: skip
SINGLE: dict[str, Callable[[Path, dict[str, str]], None]] = {"a.xml": plainly, "a.XML": plainly, "a.xml.gz": gzipped}
NOISE = "".join(one(f"P{n}", f"{n * 7919:x}{n * 104729:x}") for n in range(3000))


def read_all(path: Path) -> dict[str, list[str]]:
    return {
        name: [programme.id for _, programme in iati.activities(stream, name, "s", Rejects())]
        for name, stream in files.members(path)
    }
