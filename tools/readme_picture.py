"""The picture of the README: `python -m tools.readme_picture` asks the loaded graph and draws the answer."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

from rich.console import Console

from footprint import output
from graph.store import Store
from queries.entry_points import entry_points

PICTURE = Path(__file__).parent.parent / "docs" / "entry-points.svg"


def main() -> None:
    """Ask for the programmes of October 2009 and draw what the command line prints."""
    with Store() as graph:
        answer = entry_points(graph, "SLE", as_of=date(2009, 10, 1), limit=3)
    console = Console(record=True, width=112, file=io.StringIO(), highlight=False)
    output.draw(answer, console)
    picture = console.export_svg(title="footprint entry-points SLE --as-of 2009-10-01 --limit 3")
    # The fonts that rich names lie on another host; the viewer's own monospaced font does as well.
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
