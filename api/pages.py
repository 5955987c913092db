"""Pages of rows, and whether what a caller holds is still as it was: tokens and entity tags."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from api.problems import RefusedError

_SAID = re.compile(r"(?P<offset>[0-9]{1,6})\.(?P<version>[0-9a-f]+)\.(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Moment:
    """What an answer depends on besides what is asked: the version of the data and the day (UTC)."""

    data_version: str
    day: date


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked: the address, and the parameters without the token of a page."""

    path: str
    values: Mapping[str, Any]

    def token(self, moment: Moment, offset: int) -> str:
        """The token of the page that begins after `offset` rows."""
        said = f"{offset}.{moment.data_version}.{moment.day.isoformat()}"
        return base64.urlsafe_b64encode(f"{said}.{self._digest(said)}".encode()).decode().rstrip("=")

    def offset(self, moment: Moment, token: str | None) -> int:
        """After how many rows the page begins; `RefusedError` for a token of another request or another time."""
        if token is None:
            return 0
        try:
            text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("ascii")
        except ValueError:
            raise RefusedError("page-invalid") from None
        said, _, digest = text.rpartition(".")
        if digest != self._digest(said):
            raise RefusedError("page-invalid")
        # The digest keeps tokens apart; it is no secret, so that anybody may have made one.
        made = _SAID.fullmatch(said)
        if made is None:
            raise RefusedError("page-invalid")
        if (made["version"], made["day"]) != (moment.data_version, moment.day.isoformat()):
            raise RefusedError("page-stale")
        return int(made["offset"])

    def tag(self, moment: Moment, *more: str | None) -> str:
        """The entity tag of the response; weak, as it stands for the content and not for its bytes."""
        return f'W/"{self._digest(moment.data_version, moment.day.isoformat(), version("lightfootprint"), *more)}"'

    def _digest(self, *more: str | None) -> str:
        said = json.dumps([self.path, self.values, more], default=str, sort_keys=True)
        return hashlib.blake2b(said.encode(errors="replace"), digest_size=9).hexdigest()


def same(tag: str, if_none_match: str | None) -> bool:
    """Whether the caller holds what the tag stands for; `*` names no content, and would pass for a wrong request."""
    held = (one.strip().removeprefix("W/") for one in (if_none_match or "").split(","))
    return tag.removeprefix("W/") in held
