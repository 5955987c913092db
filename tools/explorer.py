"""Bundle the explorer: `viz/explorer` (TypeScript) into `viz/static`; `--check` says whether that is up to date.

It looks at the types as well. esbuild and TypeScript come from `viz/explorer/package-lock.json`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[1]
SOURCE, STATIC = _ROOT / "viz" / "explorer", _ROOT / "viz" / "static"
_AS_THEY_ARE = ("index.html", "icon.svg")


def install() -> None:
    """Fetch what the lock names, if it is not there."""
    if not (SOURCE / "node_modules" / ".package-lock.json").is_file():
        _run("npm", "ci", "--silent")


def bundle(into: Path) -> None:
    """Write all files of the page into a folder."""
    install()
    _run(
        "node_modules/.bin/esbuild", "src/main.ts", "src/explorer.css", "--bundle", "--minify", "--splitting",
        "--format=esm", "--target=es2022", "--charset=utf8", "--legal-comments=eof", "--log-level=warning",
        "--entry-names=explorer", "--chunk-names=[name]-[hash]", f"--outdir={into}",
    )  # fmt: skip
    for name in _AS_THEY_ARE:
        shutil.copy(SOURCE / "src" / name, into / name)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=SOURCE, check=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def main() -> None:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the files are not up to date")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bundle(Path(name))
        made = _files(Path(name))
    if options.check:
        _run("node_modules/.bin/tsc", "--project", ".")
        if made != _files(STATIC):
            sys.exit("viz/static is not what viz/explorer makes: run `make docs`.")
        return
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir()
    for file, content in made.items():
        (STATIC / file).write_bytes(content)
    sys.stdout.write(
        ", ".join(f"{file} {len(content) / 1000:,.0f} kB" for file, content in sorted(made.items())) + "\n"
    )


if __name__ == "__main__":
    main()
