"""The notifier's file: channels, and rules that say what is told where. Pure but for the reading of the file."""

import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from schemas.base import Money
from schemas.event import EventType, Kind, Sector, Stage
from schemas.regions import is_known
from streams.toml_lines import line_of

NAME = r"^[a-z0-9][a-z0-9-]*$"


class RulesError(Exception):
    """A file is wrong. One line an error: file, line, which table and field, what is expected."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME, max_length=60)


E = TypeVar("E", bound=_Entry)


class Channel(_Entry):
    """A way to somebody: an `apprise` URL, or a signed webhook. Secrets stand in the environment or in a file."""

    url: str | None = Field(None, repr=False)
    url_env: str | None = None
    url_file: Path | None = None
    webhook: str | None = Field(None, repr=False)
    secret_env: str | None = None
    secret_file: Path | None = None
    quiet: str | None = Field(None, pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")
    timezone: str = "Asia/Shanghai"
    max_per_hour: int | None = Field(None, gt=0)

    @model_validator(mode="after")
    def _has_one_address(self) -> "Channel":
        if sum(given is not None for given in (self.url, self.url_env, self.url_file, self.webhook)) != 1:
            raise ValueError("expected one of url, url_env, url_file, webhook")
        if (self.webhook is None) == bool(self.secret_env or self.secret_file) or (
            self.secret_env and self.secret_file
        ):
            raise ValueError("a webhook, and nothing else, has a secret: one of secret_env, secret_file")
        if self.webhook is not None and urlsplit(self.webhook).scheme not in ("http", "https"):
            raise ValueError("webhook: expected an address with http:// or https://")
        if self.quiet and len(set(self.quiet.split("-"))) == 1:
            raise ValueError("quiet: expected two different times")
        return self

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no IANA zone") from error
        return name

    def quiet_hours(self) -> tuple[time, time] | None:
        """From when and until when nothing is sent, on the channel's clock."""
        if self.quiet is None:
            return None
        start, end = (time.fromisoformat(text) for text in self.quiet.split("-"))
        return start, end


class Rule(_Entry):
    """Tells its channels of an alert that meets everything it names; what it leaves out does not matter."""

    channels: tuple[str, ...] = Field(min_length=1)
    alerts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    types: tuple[EventType, ...] = ()
    stages: tuple[Stage, ...] = ()
    kinds: tuple[Kind, ...] = ()
    min_amount_cny: Money | None = Field(None, gt=0)
    parties: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    min_sources: int | None = Field(None, gt=0)
    min_confidence: float | None = Field(None, gt=0, le=1)
    digest: Literal["daily", "weekly"] | None = None
    at: str = Field("08:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")

    @field_validator("regions")
    @classmethod
    def _are_regions(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        for region in regions:
            if not is_known(region):
                raise ValueError(f"{region!r} is no region code such as CN-330000 or VN")
        return regions

    @field_validator("words", "parties")
    @classmethod
    def _say_something(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if not all(word.strip() for word in words):
            raise ValueError("an empty word would match everything")
        return words


class Rules(BaseModel):
    """A whole file."""

    model_config = ConfigDict(frozen=True)

    channels: dict[str, Channel]
    rules: tuple[Rule, ...]


def load_rules(path: Path) -> Rules:
    """The channels and rules of a file. Raises RulesError with every error that was found, one a line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: expected a TOML file of channels and rules: {error}") from error
    return parse_rules(text, str(path))


def parse_rules(text: str, source: str) -> Rules:
    """The channels and rules of a TOML text; `source` names it in errors. Raises RulesError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise RulesError(f"{source}:{at[1] if at else len(text.splitlines())}: not valid TOML: {error}") from error
    errors = [f"{source}: no such table or value: {name!r}" for name in tables.keys() - {"channel", "rule"}]
    channels, found = _parse_all(Channel, "channel", tables, text, source)
    rules, more = _parse_all(Rule, "rule", tables, text, source)
    errors += [*found, *more]
    named = {entry.get("name") for entry in tables.get("channel", []) if isinstance(entry, dict)}
    for number, rule in rules.items():
        for channel in rule.channels:
            if channel not in named:
                line = line_of(text, "rule", number, "channels")
                errors.append(f"{source}:{line}: rule {rule.name!r}: channels: there is no channel {channel!r}")
    if not errors and not rules:
        errors.append(f"{source}: expected at least one [[rule]]")
    if errors:
        raise RulesError("\n".join(errors))
    return Rules(channels={channel.name: channel for channel in channels.values()}, rules=tuple(rules.values()))


def _parse_all(
    model: type[E], table: str, tables: Mapping[str, Any], text: str, source: str
) -> tuple[dict[int, E], list[str]]:
    """The good tables of one kind by their number, and what is wrong with the others."""
    given = tables.get(table, [])
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        return {}, [f"{source}:{line_of(text, table, 0, None)}: expected [[{table}]] tables"]
    good: dict[int, E] = {}
    errors = []
    for number, entry in enumerate(given):
        try:
            one = model.model_validate(entry)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                field = str(fault["loc"][0]) if fault["loc"] else None
                line = line_of(text, table, number, field)
                name = entry.get("name", f"number {number + 1}")
                errors.append(f"{source}:{line}: {table} {name!r}: {_words(fault, model)}")
            continue
        if one.name in (earlier.name for earlier in good.values()):
            line = line_of(text, table, number, "name")
            errors.append(f"{source}:{line}: {table} {one.name!r}: the name is taken")
        good[number] = one
    return good, errors


def _words(fault: Any, model: type[BaseModel]) -> str:
    """What is wrong; the value that was found is left out, for it may be a secret in the wrong place."""
    fields = "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in fault["loc"]).lstrip(".")
    what = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        what = f"no such field; there are {', '.join(model.model_fields)}"
    return f"{fields}: {what}" if fields else what
