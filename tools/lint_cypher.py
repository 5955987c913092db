"""`python -m tools.lint_cypher`: Neo4j's own Cypher linter over all Cypher of the project, with the model's names.

Looked at are the `.cypher` files and every statement that `graph.statements` makes, as Cypher 5 and as Cypher 25.
Needs Node.js 20 or later with npm; the linter is installed into tools/node_modules from the lock. Beyond it, names
of labels, types and properties in writing clauses are checked, and the parameters against the line `// :params`.

An error, a warning and a deprecation all fail the check; let pass are only two mistakes of the linter itself, which
`lint_cypher.mjs` names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from graph import statements
from graph.contents import SAYING_WHO
from graph.model import LOADED, MODEL, REPORTED_BY
from graph.schema import LINK_PROPERTIES, REPORT_PROPERTIES

TOOLS = Path(__file__).parent
ROOT = TOOLS.parent
FOLDERS = ("queries", "ingest", "evaluation")
_PARAMETERS = re.compile(r"^// :params (\{.*\})\s*$", re.MULTILINE)
_COMMENT = re.compile(r"(?:\s*//[^\n]*\n)*")
_AT_ONCE = 4
_END = ";\n"  # as `Store.read_file` splits

# What the loader gives to the statements of `graph.statements`, by the name of the function that makes them.
_GIVEN = {
    "schema": "{}",
    "clear": "{}",
    "dates_outside": "{}",
    "known": "{dataset: ''}",
    "merge_nodes": "{rows: [{key: '', properties: {}}]}",
    "describe": "{dataset: '', rows: [{key: '', properties: {}, hash: '', report: {}}]}",
    "reports": "{keys: [''], at_least: 2}",
    "write_links": "{dataset: '', rows: [{key: '', other: '', ordinal: 0, properties: {}}]}",
    "missing": "{keys: ['']}",
    "hidden": "{keys: ['']}",
    "end_links": "{dataset: '', keys: [''], today: date()}",
    "end_reports": "{dataset: '', keys: [''], today: date()}",
    "retire": "{keys: [''], today: date()}",
    "written_over": "{dataset: '', keys: ['']}",
    "delete_said": "{dataset: '', keys: ['']}",
    "delete_alone": "{}",
    "count": "{}",
    "keys": "{}",
    "whole_nodes": "{keys: ['']}",
    "links_from": "{keys: ['']}",
    "create_nodes": "{rows: [{said: {}}]}",
    "create_links": "{rows: [{key: '', other: '', said: {}}]}",
    "MARK_DATASETS": "{mark: ''}",
    "MARKED": "{mark: ''}",
    "DATASETS_LOADING": "{}",
    "RELEASE_DATASETS": "{rows: [{id: '', loading: ''}]}",
    "TAKE_DATASET": "{dataset: '', title: '', rank: 0, token: ''}",
    "STILL_OURS": "{dataset: '', token: ''}",
    "FINISH_DATASET": (
        "{dataset: '', token: '', content: '', content_public: '', made_from: '', run: {id: '', read: 0}}"
    ),
    "SAME_DATASETS": "{datasets: [''], made_from: ''}",
    "KEEP_RUNS": "{runs: [{dataset: '', run: {id: ''}}]}",
    "SAID_BY": "{dataset: ''}",
    "TAKE_TO_FORGET": "{dataset: '', token: ''}",
    "DELETE_DATASET": "{dataset: ''}",
    "UNLABEL": "{}",
}

_OF_ONE_TYPE = (
    "known", "merge_nodes", "reports", "missing", "end_reports", "retire", "written_over", "keys", "whole_nodes",
    "links_from",
)  # fmt: skip

# One mistake of each kind that must be found; if one is not, the linter does not do its work.
MISTAKES = {
    "syntax": "MATCH (s:State RETURN s.name AS name",
    "label": "MATCH (s:Stat) RETURN s.name AS name",
    "label written": "MATCH (s:State) SET s:Stat",
    "type": "MATCH (s:State)-[:BORDER]->(:State) RETURN s.name AS name",
    "type written": "MATCH (s:State), (s)-[:BORDERS]->(t) MERGE (s)-[:BORDER]->(t)",
    "direction": "MATCH (s:State)-[:ACTIVE_IN]->(p:Programme) RETURN p.id AS id",
    "property": "MATCH (s:State) RETURN s.nam AS name",
    "property in a pattern": "MATCH (s:State {iso: 'SLE'}) RETURN s.name AS name",
    "property written": "MATCH (s:State) SET s.nam = ''",
    "parameter": "MATCH (s:State {iso3: $state}) RETURN s.name AS name",
    "variable": "MATCH (s:State) RETURN t.name AS name",
    "function": "MATCH (s:State) RETURN uper(s.name) AS name",
    "deprecated": "MATCH (s:State) RETURN id(s) AS id",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement to look at: where it stands, its text, and a Cypher map with examples of its parameters."""

    name: str
    line: int
    text: str
    parameters: str
    declared: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, and where."""

    name: str
    line: int
    column: int
    severity: str
    message: str

    def __str__(self) -> str:
        """The one line that is printed."""
        return f"{self.name}:{self.line}:{self.column} {self.severity} {self.message}"


class LintError(RuntimeError):
    """The linter could not be installed, started, or does not find what it must."""


def schema() -> dict[str, Any]:
    """The model as the linter wants it: names, and which label may stand at which end of a relationship."""
    labels = {node.label: (node.label, *node.labels) for node in MODEL.nodes.values()}
    ends = [(r.start, r.type, r.end) for r in MODEL.relationships.values()]
    ends += [(tuple(labels), REPORTED_BY, ("Dataset",)), (("Run",), LOADED, ("Dataset",))]
    paths = {
        (start, type_, end)
        for starts, type_, to in ends
        for one, other in product(starts, to)
        for start, end in product(labels[one], labels[other])
    }
    properties = {p.name for node in MODEL.nodes.values() for p in node.properties}
    properties |= {p.name for relationship in MODEL.relationships.values() for p in relationship.properties}
    return {
        "labels": sorted({label for all_ in labels.values() for label in all_}),
        "relationshipTypes": sorted({type_ for _, type_, _ in ends}),
        "propertyKeys": sorted(properties | LINK_PROPERTIES | REPORT_PROPERTIES | {"retired"}),
        "graphSchema": [{"from": start, "relType": type_, "to": end} for start, type_, end in sorted(paths)],
    }


def in_file(path: Path) -> tuple[list[Statement], list[Diagnostic]]:
    """The statements of a `.cypher` file, and what is wrong with its form."""
    name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    comment = _COMMENT.match(text)
    declared = _PARAMETERS.search(text, 0, comment.end()) if comment else None
    line = text.count("\n", 0, declared.start()) + 1 if declared else 1
    given = declared.group(1) if declared else "{}"
    found, start = [], 0
    parts = text.split(_END)
    for part in parts:
        if part.strip():
            first = text.count("\n", 0, start + len(part) - len(part.lstrip())) + 1
            found.append(Statement(name, first, part.strip(), given, line))
        start += len(part) + len(_END)
    if found and not parts[-1].strip():
        return found, []
    where = text.rstrip().count("\n") + 1
    return found, [Diagnostic(name, where, 1, "error", "The last statement does not end with ; and a new line.")]


def generated() -> Iterator[Statement]:
    """Every statement that `graph.statements` can make from the model."""

    def made(function: str, of: tuple[str, ...], text: str) -> Statement:
        return Statement(f"graph/statements.py {function}({', '.join(of)})", 1, text, _GIVEN[function])

    for function in ("schema", "clear", "dates_outside", "delete_alone"):
        for number, text in enumerate(getattr(statements, function)(), start=1):
            yield made(function, (str(number),), text)
    for node in MODEL.nodes.values():
        for function in _OF_ONE_TYPE:
            yield made(function, (node.label,), getattr(statements, function)(node))
        for number, text in enumerate(statements.delete_said(node), start=1):
            yield made("delete_said", (node.label, str(number)), text)
        if node.label in SAYING_WHO:
            yield made("hidden", (node.label,), statements.hidden(node))
        yield made("create_nodes", (node.label,), statements.create_nodes(node, node.labels))
        for first in (True, False):
            yield made("describe", (node.label, f"first={first}"), statements.describe(node, first))
        for relationship in MODEL.owned_by(node.label):
            yield made("end_links", (relationship.type, node.label), statements.end_links(relationship, node))
            for other in MODEL.nodes.values():
                if relationship.joins(node.label, other.label):
                    # Only CREATE or MERGE differs with `first`, and MERGE is the stricter of the two.
                    names = (relationship.type, node.label, other.label)
                    yield made("write_links", names, statements.write_links(relationship, node, other, first=False))
    for one in MODEL.relationships.values():
        start, end = MODEL.node(one.start[0]), MODEL.node(one.end[0])
        yield made("create_links", (one.type, start.label, end.label), statements.create_links(one.type, start, end))
    yield made("count", (), statements.count())
    for constant in filter(str.isupper, _GIVEN):
        yield made(constant, (), getattr(statements, constant))


def install(npm: str) -> None:
    """Install the linter from the lock, unless it is there and not older than the lock."""
    lock, installed = TOOLS / "package-lock.json", TOOLS / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = subprocess.run(
        [npm, "ci", "--prefix", str(TOOLS), "--loglevel=error"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LintError(f"npm could not install the linter:\n{done.stderr.strip()}")


def lint(node: str, wanted: list[Statement]) -> list[Diagnostic]:
    """What the linter says of the statements; `LintError` if it passes over a mistake that it must find."""
    mistakes = {f"mistake {kind}": Statement(f"mistake {kind}", 1, text, "{}") for kind, text in MISTAKES.items()}
    everything = [*mistakes.values(), *wanted]
    # Several at once, for it takes some twentieth of a second a statement; those of one name stay together.
    names = sorted({one.name for one in everything})
    count = min(os.cpu_count() or 1, _AT_ONCE)
    shares = [set(names[first::count]) for first in range(count)]
    with ThreadPoolExecutor(count) as pool:
        parts = pool.map(lambda share: _run(node, [one for one in everything if one.name in share]), shares)
        found = [one for part in parts for one in part]
    if passed := sorted(mistakes.keys() - {one.name for one in found}):
        raise LintError(f"The linter does not find the {passed[0]}: {mistakes[passed[0]].text}")
    return [one for one in found if one.name not in mistakes]


def _run(node: str, asked: list[Statement]) -> list[Diagnostic]:
    given = json.dumps({"schema": schema(), "statements": [asdict(one) for one in asked]})
    done = subprocess.run(
        [node, str(TOOLS / "lint_cypher.mjs")], input=given, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise LintError(f"The linter stopped:\n{done.stderr.strip()}")
    return [Diagnostic(**one) for one in json.loads(done.stdout)]


def main() -> int:
    """Look at everything; 1 if something is wrong."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        print("*** The Cypher was NOT checked: this needs Node.js 20 or later with npm. ***", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    wanted, found = list(generated()), []
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.cypher")):
        inside, wrong = in_file(path)
        wanted += inside
        found += wrong
    try:
        install(npm)
        found += lint(node, wanted)
    except LintError as error:
        print(error, file=sys.stderr)
        return 1
    for one in sorted(found, key=lambda one: (one.name, one.line, one.column)):
        print(one)
    print(f"{len(wanted)} statements, {len(found)} diagnostics.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
