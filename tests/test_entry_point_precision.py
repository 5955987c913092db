"""Precision of entry points, on pairs of a programme and a theme labelled by reading, before any ranking was seen.

`tests/data/entry_point_labels.csv` holds, for each State and date, every programme that a sector or a title opens
(the State's own costed plans too) with each of its most direct themes, so that whatever comes first has a label. The
label is 1 where title, sectors and funders let one expect that the programme could carry a component under the
theme, else 0; `reason` says why. `docs/evaluation.md` has the figures. Where fewer than ten come, those shown count.

The words of `title_rules.csv` and `title_limits.csv` were last changed with all labels in view but those of `UNSEEN`,
which were given after: only these say how the words do on titles that nobody has read.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from graph.store import Store
from queries.entry_points import entry_points
from tests.helpers import ONE_ENGINE

_FILE = Path(__file__).parent / "data" / "entry_point_labels.csv"
_FIRST = 10
_AIM = 0.8
# The States whose programmes were read and labelled after the words were chosen; the change since did not look at them.
UNSEEN = ("ECU", "IND", "JAM", "KGZ", "LKA", "MAR", "MLI", "NPL", "PSE", "RWA", "SEN", "ZMB")
# Below the aim: few programmes are open there, so that all of them are shown, and some are not what their title
# or code says ("northern border" for the development of a region, a study for a police building, a budget loan).
_BELOW = {
    ("BGD", "2020-10-01"), ("ECU", "2020-10-01"), ("GEO", "2020-10-01"), ("IDN", "2020-10-01"),
    ("IND", "2020-10-01"), ("IRQ", "2008-10-01"), ("JAM", "2020-10-01"), ("KGZ", "2020-10-01"), ("PAK", "2020-10-01"),
}  # fmt: skip

Pairs = dict[tuple[str, str], int]


def _labels() -> dict[tuple[str, str], Pairs]:
    """For each State and date: programme and theme -> 1 or 0."""
    held: dict[tuple[str, str], Pairs] = defaultdict(dict)
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["label"] in {"0", "1"}, row
            assert row["reason"], row
            pairs, pair = held[row["state"], row["as_of"]], (row["programme"], row["theme"])
            assert pair not in pairs, f"labelled twice: {row}"
            pairs[pair] = int(row["label"])
    return dict(held)


LABELS = _labels()


def test_sample_is_large_enough() -> None:
    assert len({(state, programme) for (state, _), pairs in LABELS.items() for programme, _ in pairs}) >= 200
    assert len({state for state, _ in LABELS}) >= 5


def _precision(graph: Store, state: str, as_of: str) -> tuple[float, list[tuple[str, str]]]:
    """The share of the first ten that are real, and the others."""
    pairs = LABELS[state, as_of]
    shown = [
        (row.programme.id, row.themes[0].id)
        for row in entry_points(graph, state, as_of=date.fromisoformat(as_of), limit=_FIRST).rows
    ]
    if without := [pair for pair in shown if pair not in pairs]:
        # Not an assertion, which is what the expected failures below the aim are: they must not hide this.
        pytest.fail(f"{_FILE.name} lacks labels for {state} on {as_of}; read the titles and label: {without}")
    precision = sum(pairs[pair] for pair in shown) / len(shown)
    print(f"precision@{_FIRST} of entry points, {state} on {as_of}: {precision:.2f} of {len(shown)}")  # noqa: T201
    return precision, [pair for pair in shown if not pairs[pair]]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("state", "as_of"),
    [
        pytest.param(
            *one,
            marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason="few programmes, some not as they read"),
        )
        if one in _BELOW
        else one
        for one in sorted(LABELS)
    ],
)
def test_eight_of_the_first_ten_are_real(shipped: Store, state: str, as_of: str) -> None:
    precision, wrong = _precision(shipped, state, as_of)
    assert precision >= _AIM, f"{state} on {as_of}: {precision:.2f}; labelled 0: {wrong}"


@ONE_ENGINE
def test_four_of_five_are_real_where_nobody_had_read_the_titles(shipped: Store) -> None:
    unseen = [_precision(shipped, state, as_of)[0] for state, as_of in sorted(LABELS) if state in UNSEEN]
    assert len(unseen) == len(UNSEEN)
    assert sum(unseen) / len(unseen) >= _AIM
