"""Settings of a server: from the command line or from ONEDOOR_… in the environment."""

from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from queue_server.clock import FASTEST


class WrongSettingError(ValueError):
    """A setting that cannot be used; the text says which and why, for the person who set it."""


class ServerSettings(BaseSettings):
    """How one server runs."""

    model_config = SettingsConfigDict(env_prefix="ONEDOOR_", extra="ignore")

    database: str = Field(default="sqlite:///data/onedoor.db", description="where the hall is kept")
    bind: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=8400, ge=0, le=65535, description="the port to listen on; 0 takes a free one")
    public_url: str = Field(default="", description="address of the status pages as phones see it; empty: no QR code")
    hall: str = Field(default="", description="a hall file to load into an empty database instead of the default hall")
    clock_speed: int = Field(
        default=1,
        ge=1,
        le=FASTEST,
        description="how many times as fast the hall's clock runs; above 1 only for a hall that is for show",
    )


def server_settings(**said: Any) -> ServerSettings:
    """The settings as said on the command line, else in the environment; raises `WrongSettingError`."""
    try:
        return ServerSettings(**said)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        name = str(first["loc"][0])
        meaning = ServerSettings.model_fields[name].description
        raise WrongSettingError(
            f"The setting {name} (ONEDOOR_{name.upper()}: {meaning}) cannot be {first['input']!r}."
        ) from invalid
