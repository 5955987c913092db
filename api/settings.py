"""Settings of the API, read from the environment (`FOOTPRINT_API_…`); nothing is kept in module globals."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_Names = Annotated[tuple[str, ...], NoDecode]
_ORIGIN = re.compile(r"https?://[^/\s*]+")


class ApiSettings(BaseSettings):
    """Who may ask, and how much at once. Each field is `FOOTPRINT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FOOTPRINT_", extra="ignore", hide_input_in_errors=True)

    api_hosts: _Names = Field(
        (), description="Names besides those of loopback by which the API may be called, parted by commas; * for any."
    )
    api_cors_origins: _Names = Field(
        (), description="Origins whose pages may read the API, such as https://example.org, parted by commas."
    )
    api_threads: int = Field(4, ge=1, le=64, description="Questions that are worked on at once.")
    api_waiting: int = Field(32, ge=0, le=1000, description="Questions that may wait for their turn.")
    api_margin_seconds: float = Field(
        5.0, ge=0, allow_inf_nan=False, description="A request may take so much longer than FOOTPRINT_QUERY_SECONDS."
    )
    api_body_bytes: int = Field(64 * 1024, ge=1024, description="The longest body of a request.")
    api_query_bytes: int = Field(4096, ge=256, le=8192, description="The longest query string of a request.")
    api_log: Literal["error", "warning", "info"] = Field(
        "warning", description="What the server tells: error, warning, or info (each request)."
    )

    @field_validator("api_hosts", "api_cors_origins", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        """Names parted by commas or spaces."""
        return tuple(re.split(r"[\s,]+", given.strip())) if isinstance(given, str) and given.strip() else given or ()

    @field_validator("api_cors_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is no origin, and `*`: whose pages may read is said by name."""
        if wrong := [one for one in origins if not _ORIGIN.fullmatch(one)]:
            raise ValueError(f"{wrong[0]!r} is no origin such as https://example.org")
        return origins
