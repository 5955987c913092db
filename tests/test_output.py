"""What the command line prints: tables in the room that there is."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from footprint.output import draw
from queries.answer import Answer, Row


class Told(Row):
    """A row with any cells."""

    told: dict[str, str]

    def cells(self) -> dict[str, str]:
        return self.told


# The longest words and lines by column under which rich's own sharing gave the columns more than there is.
WIDE = {
    "Opportunity": "International " * 3,
    "For": "International " * 3,
    "Themes": "biosafety-biosecurity",
    "When": "2004-10-28",
}


def printed(cells: dict[str, str], width: int, score: float | None) -> list[str]:
    rows = (Told(score=score, features=(), told=cells),)
    answer = Answer[Told](
        question="told", parameters={}, as_of=date(2020, 1, 1), data_version="0", total=1, truncated=False, rows=rows,
        caveats=(), sources=(),
    )  # fmt: skip
    file = io.StringIO()
    draw(answer, Console(file=file, width=width))
    return file.getvalue().splitlines()


@pytest.mark.parametrize("score", [None, 0.5])
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_a_table_takes_the_room_that_there_is_and_breaks_no_date(width: int, score: float | None) -> None:
    lines = printed(WIDE, width, score)
    table = [line.rstrip() for line in lines if "2004" in line or "Opportunity" in line]

    assert any(line.endswith("2004-10-28") for line in table), lines
    assert max(len(line.rstrip()) for line in lines) <= width
    assert max(map(len, table)) > 0.8 * width
