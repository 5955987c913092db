"""AidData's data packages, as a folder or a .zip: `projects.csv`, and what of the files beside it is read.

The other files of a package say the same in other ways (by location, by transaction, as IATI under other identifiers),
so they are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.records import Record
from ingest import aiddata
from ingest.aiddata import ANCILLARY, MANIFEST, PROJECTS
from ingest.catalogue import source_record
from ingest.desk import Desk, placed
from ingest.files import Entry, Meter, UnreadableFileError, entries
from ingest.tables import Table, grids

TITLE = "AidData package"
_MOST_MANIFEST = 1024**2


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a package that are read, by their own names."""

    projects: Table
    beside: Mapping[str, Entry]

    def records(self, desk: Desk) -> Iterator[Record]:
        """The programmes of the package; its source is the package as its manifest cites it."""
        source = desk.source
        if manifest := self.beside.get(MANIFEST):
            source = f"aiddata:{desk.dataset}"
            with manifest.open() as stream:
                yield source_record(aiddata.cited(stream.read(_MOST_MANIFEST), source), "")
        implementers = {}
        if ancillary := self.beside.get(ANCILLARY):
            (grid,) = grids(ancillary.name, ancillary.open)
            implementers = aiddata.implementers(grid.table())
        made = desk.programmes
        told = aiddata.programmes(self.projects, source, desk.rejects, made.sectors, implementers)
        for place, programme in told:
            for record in made.records(programme, self.projects.name, place):
                yield placed(record, self.projects.name, place)


def package(path: Path, found: Iterable[Entry], meter: Meter) -> Package | None:
    """The package that the tables behind a path are, or that a `projects.csv` belongs to; none where they are none."""
    inside = {PurePosixPath(one.name.replace("!", "/")).name: one for one in found}
    projects = inside.get(PROJECTS)
    if projects is None:
        return None
    (grid,) = grids(projects.name, projects.open)
    table = grid.table()
    if not aiddata.looks_like(table.header):
        return None
    if path.name == PROJECTS:
        for name, folder in ((ANCILLARY, path.parent), (MANIFEST, _root(path))):
            if (folder / name).is_file():
                (inside[name],) = entries(folder / name, name, meter)
    return Package(table, inside)


def _root(projects: Path) -> Path:
    """The folder of the package: AidData puts `projects.csv` into `data` within it."""
    return projects.parent.parent if projects.parent.name == "data" else projects.parent


def without_the_rest(paths: list[Path]) -> list[Path]:
    """The paths without those that lie in a package beside its `projects.csv`."""
    roots = [_root(path) for path in paths if path.name == PROJECTS and _is_package(path)]
    return [path for path in paths if path.name == PROJECTS or not any(root in path.parents for root in roots)]


def _is_package(projects: Path) -> bool:
    try:
        return package(projects, entries(projects, PROJECTS, Meter()), Meter()) is not None
    except UnreadableFileError:
        return False
