"""What users ask of the API under load: the calls of `benchmarks.questions`, and now and then a page of what is held.

Run by `benchmarks.http` through locust.
"""

from __future__ import annotations

import random
from datetime import date

from locust import HttpUser, between, task

from benchmarks.questions import CALLS

# Asked of everything at once: an analyst's questions, not those of every visitor.
_SELDOM = ("clearing", "coverage", "groupings", "opportunities")


class Visitor(HttpUser):
    """Somebody who reads a little between questions."""

    wait_time = between(0.5, 1.5)

    def on_start(self) -> None:
        """The same questions at each run."""
        self.dice = random.Random(1540)

    @task(10)
    def ask(self) -> None:
        """A question about one State, organisation, theme or record."""
        self._ask([name for name in CALLS if name not in _SELDOM])

    @task(1)
    def ask_of_everything(self) -> None:
        """A question about all at once."""
        self._ask(list(_SELDOM))

    @task(3)
    def look_up(self) -> None:
        """A page of what is held."""
        path = self.dice.choice(("/v1/states/SLE", "/v1/themes", "/v1/organisations/caricom", "/v1/sources?limit=50"))
        self.client.get(path, name=path.partition("?")[0])

    def _ask(self, names: list[str]) -> None:
        name = self.dice.choice(names)
        values = self.dice.choice(CALLS[name])
        params = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
        self.client.get(f"/v1/questions/{name}", params=params, name=f"/v1/questions/{name}")
