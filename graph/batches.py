"""Many things, some at a time: what is written together in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

BATCH = 1000
T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`; where the items end with an error, what came before it is not lost."""
    batch: list[T] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except GeneratorExit:
        raise
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
