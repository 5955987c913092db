"""Closed sets of States × shared items, by bitsets.

A pair (States, items) is closed where no further State shares all the items and no further item is shared by all
the States. Close-by-One (Kuznetsov 1993) visits each closed pair once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, from the lowest."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def closed_sets(rows: Sequence[int], items: int, min_states: int, min_items: int) -> list[tuple[int, int]]:
    """All closed pairs (bitset of States, bitset of items) of at least the given sizes.

    `rows` is a bitset of items for each State; `items` the number of items. Pairs come in a fixed order.
    """
    columns = [sum(1 << state for state, row in enumerate(rows) if row >> item & 1) for item in range(items)]
    everybody = (1 << len(rows)) - 1
    found: list[tuple[int, int]] = []

    def shared(states: int) -> int:
        common = (1 << items) - 1
        for state in bits(states):
            common &= rows[state]
        return common

    def visit(states: int, common: int, start: int) -> None:
        if common.bit_count() >= min_items:
            found.append((states, common))
        for item in range(start, items):
            if common >> item & 1:
                continue
            fewer = states & columns[item]
            if fewer.bit_count() < min_states:
                continue
            closed = shared(fewer)
            # Canonical only where the closure brings in no earlier item: each pair is then visited once.
            if not (closed & ~common) & ((1 << item) - 1):
                visit(fewer, closed, item + 1)

    if len(rows) >= min_states:
        visit(everybody, shared(everybody), 0)
    return found
