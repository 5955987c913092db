"""`python -m tools.forms_page`: writes docs/forms.md and docs/schemas/ from the forms; `--check` says whether they are.

The page has every field of every form, and the schemas are those of JSON documents.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ingest import templates
from ingest.explained import asked, purpose
from ingest.kinds import Kind
from ingest.registry import FORMS

DOCS = Path(__file__).parent.parent / "docs"
_INTRODUCTION = """# Forms

What each form asks, made from the forms themselves (`make docs`). `footprint template NAME` writes one as a workbook,
`--out NAME.csv` as a table, `--out NAME.json` as the JSON Schema that is also in [schemas](schemas). Titles are the
headers in tables, names the properties in JSON. Lists are parted by `;`, `|` or new lines. A blank field says nothing.
[loading.md](loading.md) tells how files are loaded. The form for a State's matrix (`footprint template matrix`) has the
rows of the matrix by section and explains itself."""


def page() -> str:
    """The whole page."""
    return "\n\n".join([_INTRODUCTION, *map(_form, FORMS.values())]) + "\n"


def _form(kind: Kind) -> str:
    lines = [
        f"## {kind.title}", "", f"`{kind.name}`: {purpose(kind)}", "",
        "| title | name | needed | what to put | what is understood |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for one in asked(kind):
        needed = "yes" if one.needed else f"no, else `{one.unless}`" if one.unless else "no"
        takes = one.takes.replace("|", "\\|")
        lines.append(f"| {one.title} | `{one.name}` | {needed} | {one.description} | {takes} |")
    for name, (inner, _) in kind.inner.items():
        lines += ["", f"In JSON, `{name}` is a list of `{inner}`; in a workbook these have a sheet of their own."]
    return "\n".join(lines)


def files() -> dict[Path, bytes]:
    """All that is made, by path."""
    schemas = {DOCS / "schemas" / f"{name}.schema.json": templates.schema(kind) for name, kind in FORMS.items()}
    return {DOCS / "forms.md": page().encode(), **schemas}


def main() -> None:
    """Write them, or with `--check` end with 1 where one is not as it should be."""
    made = files()
    if "--check" not in sys.argv[1:]:
        for path, content in made.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return
    there = set((DOCS / "schemas").glob("*")) | {DOCS / "forms.md"}
    wrong = [path for path in sorted(there | made.keys()) if not path.is_file() or path.read_bytes() != made.get(path)]
    if wrong:
        sys.exit(f"Not up to date: {', '.join(path.name for path in wrong)}. Run: make docs")


if __name__ == "__main__":
    main()
