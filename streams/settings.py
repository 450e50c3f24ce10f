"""Settings: `DEALWIRE_*` in the environment, then a TOML file, then the defaults here. One object, passed by hand."""

import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class SettingsError(Exception):
    """A setting is wrong. The message is one line: its name, what was found, what is expected."""


class Settings(BaseSettings):
    """Every setting of every process. `docs/settings.md` is made from the descriptions here."""

    model_config = SettingsConfigDict(env_prefix="DEALWIRE_", extra="forbid")

    kafka_brokers: str = Field("127.0.0.1:9092", description="host:port of one or more brokers, separated by commas")
    kafka_deadline: float = Field(60, gt=0, description="seconds to go on trying a broker that does not answer")
    session_timeout: float = Field(10, ge=1, description="seconds until the broker gives a silent worker's work away")
    producer_linger: float = Field(0.02, ge=0, description="seconds a batch is kept open for more messages")
    feeds: Path = Field(Path("feeds.toml"), description="the feeds file")
    rules: Path | None = Field(None, description="the alert rules file; the built-in rules when not given")
    timezone: str = Field("Asia/Shanghai", description="zone whose days the totals are kept in")
    today: date | None = Field(None, description="pretend it is this day: for demonstrations and tests")
    worker_metrics_port: int = Field(9101, ge=0, le=65535, description="loopback port of a worker's metrics; 0: any")
    poller_metrics_port: int = Field(9102, ge=0, le=65535, description="loopback port of a poller's metrics; 0: any")
    web_host: str = Field("127.0.0.1", description="address the board and the API listen on")
    web_port: int = Field(8080, ge=0, le=65535, description="port of the board and the API; 0: any")
    poll_min: float = Field(300, gt=0, description="least seconds between two polls of a feed")
    poll_max: float = Field(86400, gt=0, description="most seconds between two polls of a feed")
    poll_timeout: float = Field(30, gt=0, description="seconds for one request in all")
    poll_max_bytes: int = Field(10_000_000, gt=0, description="most bytes of one response, after decompression")
    poll_per_host_gap: float = Field(1.0, ge=0, description="seconds between two requests to one host")
    poll_allow_private: str = Field("", description="networks that pollers may reach though private, by comma")
    contact: str = Field("https://github.com/dealwire/dealwire", description="contact in the User-Agent of pollers")
    grace: float = Field(8, gt=0, description="seconds a process may take to stop after SIGTERM")
    max_failures: int = Field(50, gt=0, description="failures in a row after which a worker stops")
    max_invalid_share: float = Field(
        0.5, gt=0, le=1, description="share of dead letters in the last 200 messages at which a worker stops"
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("expected an IANA zone such as Asia/Shanghai") from error
        return name

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file named by DEALWIRE_CONFIG."""
        file = Path(os.environ.get("DEALWIRE_CONFIG", "dealwire.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)


def load(**overrides: object) -> Settings:
    """The settings, or SettingsError with one line that names the first wrong one and what was expected."""
    config = os.environ.get("DEALWIRE_CONFIG")
    if config and not Path(config).is_file():
        raise SettingsError(f"DEALWIRE_CONFIG: expected a TOML file, found nothing at {config!r}")
    try:
        given = {name: value for name, value in overrides.items() if value is not None}
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        known = Settings.model_fields.get(name)
        expected = f"expected {known.description}" if known else f"known settings: {', '.join(Settings.model_fields)}"
        raise SettingsError(f"DEALWIRE_{name.upper()}: {first['input']!r}: {first['msg']}; {expected}") from error
    except ValueError as error:  # tomllib's errors are ValueErrors
        raise SettingsError(f"{config or 'dealwire.toml'}: not valid TOML: {error}") from error
