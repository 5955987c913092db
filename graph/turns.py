"""Whose turn it is to write a data set: a load, or a forgetting, that has taken it and was not ended by a later one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph import statements
from graph.errors import OtherLoadError
from graph.preferred import Tx
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to write one data set, as the token with which it was taken."""

    store: Store
    dataset: str
    token: str

    def write(self, work: Callable[[Tx], None]) -> None:
        """Write in one transaction; `OtherLoadError` where somebody has taken the data set meanwhile."""

        def checked(tx: Tx) -> None:
            if not tx.run(statements.STILL_OURS, dataset=self.dataset, token=self.token).single(strict=True)["ours"]:
                raise OtherLoadError(f"Another load of the data set {self.dataset} began meanwhile; this one ended.")
            work(tx)

        self.store.write(checked)
