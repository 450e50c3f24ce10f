"""Settings: `DEALWIRE_*` in the environment, then a TOML file, then the defaults here. One object, passed by hand."""

import os
import re
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

DAY, MONTH = 86_400, 30 * 86_400
Seconds = Annotated[float, Field(allow_inf_nan=False)]


class SettingsError(Exception):
    """A setting is wrong. The message is one line: its name, what was found, what is expected."""


class Settings(BaseSettings):
    """Every setting of every process. `docs/settings.md` is made from the descriptions here."""

    model_config = SettingsConfigDict(env_prefix="DEALWIRE_", extra="forbid")

    kafka_brokers: str = Field("127.0.0.1:9092", description="host:port of one or more brokers, separated by commas")
    kafka_deadline: Seconds = Field(
        60, gt=0, le=DAY, description="seconds to go on trying a broker that does not answer"
    )
    session_timeout: Seconds = Field(
        10, ge=1, le=1800, description="seconds until the broker gives a silent worker's work away"
    )
    producer_linger: Seconds = Field(0.02, ge=0, le=5, description="seconds a batch is kept open for more messages")
    feeds: Path = Field(Path("feeds.toml"), description="the feeds file")
    rules: Path | None = Field(None, description="the alert rules file; the built-in rules when not given")
    notify_rules: Path = Field(Path("notify.toml"), description="the notifier's channels and rules")
    notify_tries: int = Field(12, ge=1, le=100, description="tries of a notice before it is a dead letter")
    notify_backoff: Seconds = Field(
        5, gt=0, le=900, description="seconds before the second try of a notice; doubled each time, up to 900"
    )
    notify_timeout: Seconds = Field(20, gt=0, le=300, description="seconds that a channel may take for one notice")
    notify_metrics_port: int = Field(9103, ge=0, le=65535, description="loopback port of the notifier; 0: any")
    timezone: str = Field("Asia/Shanghai", description="IANA zone whose days the totals are kept in")
    start_months: int = Field(
        12, ge=1, le=120, description="months after which a signed project, with no start heard of, is overdue"
    )
    today: date | None = Field(None, description="a day to take for today, in demonstrations and tests; from 1970 on")
    worker_metrics_port: int = Field(9101, ge=0, le=65535, description="loopback port of a worker's metrics; 0: any")
    poller_metrics_port: int = Field(9102, ge=0, le=65535, description="loopback port of a poller's metrics; 0: any")
    web_host: str = Field("127.0.0.1", min_length=1, description="address the board and the API listen on")
    web_port: int = Field(8080, ge=0, le=65535, description="port of the board and the API; 0: any")
    poll_min: Seconds = Field(300, gt=0, le=MONTH, description="least seconds between two polls of a feed")
    poll_max: Seconds = Field(DAY, gt=0, le=MONTH, description="most seconds between two polls of a feed")
    poll_timeout: Seconds = Field(30, gt=0, le=3600, description="seconds for one request in all")
    poll_max_bytes: int = Field(
        10_000_000, gt=0, le=1_000_000_000, description="most bytes of one response, after decompression"
    )
    poll_per_host_gap: Seconds = Field(1.0, ge=0, le=3600, description="seconds between two requests to one host")
    poll_allow_private: str = Field("", description="networks that pollers may reach though private, by comma")
    contact: str = Field(
        "https://github.com/dealwire/dealwire",
        pattern=r"^[!-~]([ -~]*[!-~])?$",
        description="contact in the User-Agent of pollers: printable ASCII on one line",
    )
    grace: Seconds = Field(8, gt=0, le=3600, description="seconds a process may take to stop after SIGTERM")
    max_failures: int = Field(50, gt=0, description="failures in a row after which a worker stops")
    max_invalid_share: float = Field(
        0.5, gt=0, le=1, description="share of dead letters in the last 200 messages at which a worker stops"
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("kafka_brokers")
    @classmethod
    def _addresses(cls, brokers: str) -> str:
        for address in brokers.split(","):
            match = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})", address.strip())
            if match is None or not 0 < int(match[2]) < 65536:
                raise ValueError(f"{address.strip()!r} is not host:port")
        return brokers

    @field_validator("today")
    @classmethod
    def _within_reason(cls, day: date | None) -> date | None:
        if day is not None and not 1970 <= day.year < 9999:
            raise ValueError("not a day from 1970 on")
        return day

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> "Settings":
        if self.poll_min > self.poll_max:
            raise ValueError(f"DEALWIRE_POLL_MIN {self.poll_min:g} is more than DEALWIRE_POLL_MAX {self.poll_max:g}")
        return self

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no such zone; one is Asia/Shanghai") from error
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
    for name in os.environ:
        if name.startswith("DEALWIRE_") and name != "DEALWIRE_CONFIG" and not _field(name):
            raise SettingsError(_unknown(name))
    try:
        given = {name: value for name, value in overrides.items() if value is not None}
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error
    except ValueError as error:  # tomllib's errors are ValueErrors
        raise SettingsError(f"{config or 'dealwire.toml'}: not valid TOML: {error}") from error


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message
    name = str(first["loc"][0])
    known = Settings.model_fields.get(name)
    if known is None:
        return _unknown(f"DEALWIRE_{name.upper()}")
    return f"DEALWIRE_{name.upper()}: {first['input']!r}: {message}. Expected: {known.description}"


def _field(variable: str) -> bool:
    return variable.removeprefix("DEALWIRE_").lower() in Settings.model_fields


def _unknown(variable: str) -> str:
    known = [f"DEALWIRE_{name.upper()}" for name in Settings.model_fields]
    near = get_close_matches(variable, known, 1)
    return f"{variable}: no such setting; " + (f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}")
