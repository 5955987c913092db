"""Settings, read from the environment (`FOOTPRINT_…`); nothing is kept in module globals."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_SCHEMES = ("neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc")


def _data_dir() -> Path:
    return Path(platformdirs.user_data_dir("lightfootprint", appauthor=False))


class Settings(BaseSettings):
    """Where the graph is and how it is spoken to. Each field is `FOOTPRINT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FOOTPRINT_", extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Field(default_factory=_data_dir, description="Folder of the embedded engine, rejects and logs.")
    practice: bool = Field(False, description="A graph apart, for practice, in which States may be invented.")
    graph_uri: str = Field("", description="Address of a Neo4j (neo4j://, bolt://, +s); empty: the embedded engine.")
    graph_user: str = Field("neo4j", description="User at that Neo4j.")
    graph_password: SecretStr = Field(SecretStr(""), description="Password at that Neo4j.")
    graph_database: str = Field("neo4j", description="Database at that Neo4j.")
    query_seconds: float = Field(30.0, gt=0, description="A question that takes longer is stopped.")
    idle_minutes: float = Field(15.0, gt=0, description="The embedded engine ends itself after so long without use.")
    heap: str = Field("1g", pattern=r"^[1-9][0-9]*[mg]$", description="Memory of the embedded engine (Java heap).")

    @field_validator("graph_uri")
    @classmethod
    def _an_address_of_neo4j(cls, uri: str) -> str:
        """Refuse other schemes, and a password in the address: it would be shown wherever the address is."""
        scheme, _, rest = uri.partition("://")
        if uri and scheme not in _SCHEMES:
            raise ValueError(f"an address of Neo4j begins with {', '.join(f'{one}://' for one in _SCHEMES)}")
        if "@" in rest:
            raise ValueError("user and password belong in FOOTPRINT_GRAPH_USER and FOOTPRINT_GRAPH_PASSWORD")
        return uri

    @model_validator(mode="after")
    def _practice_is_apart(self) -> Settings:
        """What is invented stands in a folder of its own, never beside what is real."""
        if self.practice:
            if self.graph_uri:
                raise ValueError("practice takes place in the embedded engine; unset FOOTPRINT_GRAPH_URI")
            self.data_dir = self.data_dir / "practice"
        return self
