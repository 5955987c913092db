"""Many things, some at a time: what is written together in one transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

BATCH = 1000
# So many batches may wait to be written: some are quickly made and slowly written, others the other way round.
_AHEAD = 4
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
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """The items, made in a second thread while those before them are used: the database works meanwhile.

    To be closed by whoever does not use all of them; until then nothing else may touch what they are made from.
    """
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, items, None) for _ in range(_AHEAD))
        try:
            while (item := coming.popleft().result()) is not None:
                coming.append(pool.submit(next, items, None))
                yield item
        finally:
            pool.shutdown(cancel_futures=True)
