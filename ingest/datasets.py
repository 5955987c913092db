"""The data sets that users' files make: which files belong together, what is in them, and what became of each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from graph.records import Record
from graph.runs import Counts
from ingest import files, packages
from ingest.desk import Desk
from ingest.files import LoadError, Meter, UnreadableFileError, several
from ingest.recognise import IATI, Piece, Told, pieces
from ingest.registry import READERS
from ingest.rejects import Rejects
from ingest.shipped import SHIPPED, WITHDRAWN


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What became of one file: what it is, and its counts in records (of rejects, in rows)."""

    path: str
    kind: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one data set: counts, as a whole and by file, and the file of rejects where there are any."""

    dataset: str
    kind: str
    counts: Counts
    rejects: Path | None
    error: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)
    files: tuple[LoadedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DataSet:
    """The files of one data set, recognised."""

    name: str
    paths: dict[str, Path]
    pieces: tuple[Piece, ...]
    problems: tuple[str, ...]
    meter: Meter

    @classmethod
    def of(cls, name: str, paths: dict[str, Path], told: Told) -> DataSet:
        """Recognise what the files are."""
        found: list[Piece] = []
        problems, meter = [], Meter()
        for called, path in paths.items():
            try:
                found += pieces(path, called, meter, told)
            except UnreadableFileError as problem:
                problems.append(str(problem))
        if not found and not problems:
            problems.append(f"{name} holds no records.")
        return cls(name, paths, tuple(sorted(found, key=lambda piece: piece.order)), tuple(problems), meter)

    @property
    def size(self) -> int:
        """Bytes of its files, of which `meter` tells how many are read."""
        return sum(path.stat().st_size for path in self.paths.values())

    @property
    def order(self) -> int:
        """After what it builds on."""
        return min((piece.order for piece in self.pieces), default=0)

    @property
    def kinds(self) -> str:
        """What its files are, in words."""
        return ", ".join(dict.fromkeys(piece.kind for piece in self.pieces)) or "not known"

    def records(self, desk: Desk, seen: Callable[[DataSet], None]) -> Iterator[Record]:
        """The records of all files; what cannot be read is passed over, and said at the end."""
        self.meter.read = 0
        problems, begun = list(self.problems), False
        for record in self._made(desk, problems):
            if not begun:
                yield desk.source_record(self.kinds)
            begun = True
            seen(self)
            yield from desk.inventing(record)
            yield record
        if problems:
            raise UnreadableFileError(several(problems))

    def _made(self, desk: Desk, problems: list[str]) -> Iterator[Record]:
        """The records of the pieces, one after another; what ends one of them before its end joins the problems."""
        # An empty form must not take out what was loaded under its name before; nor must files that hold no activity
        # at all, of which one among many is nothing strange.
        empty = {piece.path: piece.name.partition("!")[0] for piece in self.pieces}
        nothing = len(empty)
        for number, piece in enumerate(self.pieces, start=1):
            before = desk.rows + len(desk.rejects.found)
            try:
                for record in piece.records(desk):
                    empty.pop(piece.path, None)
                    yield record
            except UnreadableFileError as problem:
                problems.append(str(problem))
                empty.pop(piece.path, None)
            if desk.rows + len(desk.rejects.found) > before:
                empty.pop(piece.path, None)
            if piece.closing and all(later.closing != piece.closing for later in self.pieces[number:]):
                yield from piece.closing(desk)
        activities = {piece.path for piece in self.pieces if piece.kind == IATI}
        problems += [
            f"{name} has no {'activity' if path in activities else 'row that is filled in'}; nothing was taken out "
            f"(footprint forget {self.name} would)."
            for path, name in empty.items()
            if path not in activities or len(empty) == nothing
        ]

    def files(self, counts: Mapping[str, Counts], rejects: Rejects) -> tuple[LoadedFile, ...]:
        """What became of each file; what a record is made from by the way (the data set itself) is of no file."""
        found = []
        for called, path in self.paths.items():
            own = Counts()
            for name, those in counts.items():
                if _within(name, called):
                    own.add(those)
            own.rejected = rejects.rows_of(partial(_within, file=called))
            kinds = dict.fromkeys(piece.kind for piece in self.pieces if _within(piece.name, called))
            found.append(LoadedFile(str(path), ", ".join(kinds) or "not known", own))
        return tuple(found)


def _within(name: str, file: str) -> bool:
    """Whether a name such as `forms.zip!needs.csv` is that of a file or of something in it."""
    return name == file or name.startswith(f"{file}!") or name == file.removesuffix(".gz")


def data_sets(paths: list[Path], name: str, told: Told) -> list[DataSet]:
    """The data sets behind some paths, in the order in which they build on each other; `LoadError` as in `load`."""
    if told.kind and told.kind not in READERS:
        raise LoadError(f"{told.kind!r} is no kind of table; there are {', '.join(READERS)}.")
    found = (DataSet.of(called, those, told) for called, those in _groups(paths, name).items())
    return sorted(found, key=lambda one: one.order)


def _fit(name: str) -> bool:
    """Whether a name can be shown and kept: it is not empty, is UTF-8, and has no signs that steer a terminal."""
    return bool(name.strip()) and not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name)


def _groups(paths: list[Path], name: str) -> dict[str, dict[str, Path]]:
    """The files of each data set by the names that messages give them, which are their own, with folders where these
    clash: one a file, or all of them by `name`."""
    if name and not _fit(name):
        raise LoadError(f"The name {name!r} cannot be that of a data set; choose another with --as.")
    files.refuse_missing(paths)
    found = [(given, path) for given in paths for path in packages.without_the_rest(files.expand(given))]
    if not found:
        raise LoadError("There is nothing to load: no path leads to a file that can be (footprint load --help).")
    if unfit := [path for _, path in found if not _fit(path.name)]:
        raise LoadError(f"The file name {unfit[0].name!r} cannot be shown or kept as it is; give the file another.")
    names = Counter(path.name for _, path in found)
    called: dict[str, Path] = {}
    for given, path in found:
        own = path.name if names[path.name] == 1 else path.relative_to(given.parent).as_posix()
        if own in called and called[own].resolve() != path.resolve():
            raise LoadError("Two files have the same name; give their common folder.")
        called[own] = path
    groups = {name: called} if name else {own: {own: path} for own, path in called.items()}
    if taken := sorted(groups.keys() & {*WITHDRAWN, *(one.id for one in SHIPPED)}):
        raise LoadError(f"The name {taken[0]!r} is that of a data set that ships; choose another with --as.")
    return groups
