"""Which events are worth an alert: rules as data, and whether one fires. Pure but for the reading of the file."""

import re
import tomllib
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.alert import Alert
from schemas.base import Money, utc
from schemas.event import Event, EventType, Sector, Stage
from schemas.regions import holds
from streams.toml_lines import line_of

REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,6})?$"


class RulesError(Exception):
    """A rules file is wrong. One line: file, line, rule and field, what was found, what is expected."""


class Rule(BaseModel):
    """Fires for an event that meets everything it names; what it leaves out does not matter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)
    types: tuple[EventType, ...] = ()
    stages: tuple[Stage, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    min_amount_cny: Money | None = Field(None, gt=0)
    min_projects: int | None = Field(None, gt=0)
    words: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_a_rule(self) -> "Rule":
        if not self.model_fields_set - {"name"}:
            raise ValueError("expected at least one condition beside the name")
        for region in self.regions:
            if not re.match(REGION, region):
                raise ValueError(f"regions: {region!r} is no region code such as CN-330000 or VN")
        if "" in self.words:
            raise ValueError("words: an empty word would match everything")
        return self


def load_rules(path: Path | None) -> tuple[Rule, ...]:
    """The rules of a TOML file, or the built-in ones. Raises RulesError for a file that is missing or wrong."""
    source = path or files("streams.alerts") / "data" / "rules.toml"
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: expected a TOML file of alert rules: {error}") from error
    return parse_rules(text, str(path or "built-in rules"))


def parse_rules(text: str, source: str) -> tuple[Rule, ...]:
    """The rules of a TOML text; `source` names it in errors. Raises RulesError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{source}: not valid TOML: {error}") from error
    given = tables.pop("rule", [])
    if tables or not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        found = ", ".join(tables) or "a single 'rule'"
        raise RulesError(f"{source}: expected only [[rule]] tables, found {found}")
    rules = tuple(_parse_rule(entry, number, text, source) for number, entry in enumerate(given))
    for number, rule in enumerate(rules):
        if rule.name in (earlier.name for earlier in rules[:number]):
            raise RulesError(f"{source}:{line_of(text, 'rule', number, 'name')}: rule {rule.name!r}: the name is taken")
    return rules


def should_alert(rule: Rule, event: Event) -> str | None:
    """Why the rule fires for the event, as a sentence; None when it does not. A retracted event alerts nobody."""
    if event.status == "retracted":
        return None
    reasons: list[str] = []
    for meets in (_meets_kind, _meets_regions, _meets_sectors, _meets_numbers, _meets_words):
        found = meets(rule, event)
        if found is None:
            return None
        reasons += found
    return "; ".join(reasons)


def alert_id_of(rule: str, event_id: str) -> str:
    """The id of a rule's alert for a happening: the same however often and for whichever outlet it is made."""
    return blake2b(f"{rule}|{event_id}".encode(), digest_size=10).hexdigest()


def make_alert(rule: Rule, event: Event, reason: str, now: datetime) -> Alert:
    """The alert of a rule for a happening."""
    return Alert(
        alert_id=alert_id_of(rule.name, event.event_id),
        rule=rule.name,
        headline=_headline(event),
        reason=reason,
        event=event,
        raised=utc(now),
    )


def _parse_rule(entry: dict[str, Any], number: int, text: str, source: str) -> Rule:
    try:
        return Rule.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        fields = "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in first["loc"]).lstrip(".")
        where = f"{source}:{line_of(text, 'rule', number, str(first['loc'][0]) if first['loc'] else None)}"
        name = entry.get("name", f"number {number + 1}")
        found = "" if first["type"] in ("missing", "value_error") else f", found {first['input']!r}"
        what = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            what = f"no such field; a rule has {', '.join(Rule.model_fields)}"
        raise RulesError(f"{where}: rule {name!r}: {fields + ': ' if fields else ''}{what}{found}") from error


def _meets_kind(rule: Rule, event: Event) -> list[str] | None:
    if (rule.types and event.type not in rule.types) or (rule.stages and event.stage not in rule.stages):
        return None
    return [f"{event.type} ({event.stage or event.kind or event.metric})" if event.type != "agreement" else event.type]


def _meets_regions(rule: Rule, event: Event) -> list[str] | None:
    if not rule.regions:
        return []
    inside = [region for region in event.regions if any(holds(above, region) for above in rule.regions)]
    return [f"in {', '.join(inside)}"] if inside else None


def _meets_sectors(rule: Rule, event: Event) -> list[str] | None:
    if not rule.sectors:
        return []
    shared = [sector for sector in event.sectors if sector in rule.sectors]
    return [f"sector {', '.join(shared)}"] if shared else None


def _meets_numbers(rule: Rule, event: Event) -> list[str] | None:
    reasons = []
    if rule.min_amount_cny is not None:
        if event.amount_cny is None or event.amount_cny.best < rule.min_amount_cny:
            return None
        best, least = _told_apart(event.amount_cny.best, rule.min_amount_cny)
        reasons.append(f"{best} is at least {least}")
    if rule.min_projects is not None:
        if event.projects is None or event.projects < rule.min_projects:
            return None
        reasons.append(f"{event.projects} projects are at least {rule.min_projects}")
    return reasons


def _meets_words(rule: Rule, event: Event) -> list[str] | None:
    if not rule.words:
        return []
    texts = (
        *event.names,
        *event.parties,
        *(text for source in event.sources for text in (source.title, source.evidence)),
    )
    read = "\n".join(texts).casefold()
    found = [word for word in rule.words if word.casefold() in read]
    return [f"says {', '.join(found)}"] if found else None


def _headline(event: Event) -> str:
    """What, how much, where (codes: names are for whoever shows it), when."""
    parts = [" ".join(filter(None, (event.stage or event.kind or event.metric, event.type)))]
    if event.projects:
        parts.append(f"{event.projects} project{'s' if event.projects > 1 else ''}")
    if event.amount_cny:
        parts.append(_yuan(event.amount_cny.best))
    return f"{', '.join(parts)}: {', '.join(event.regions)}, {event.day}"


def _told_apart(one: Decimal, other: Decimal) -> tuple[str, str]:
    """Two sums in words, with as many digits as their difference needs."""
    for digits in range(4, 15):
        words = _yuan(one, digits), _yuan(other, digits)
        if words[0] != words[1] or one == other:
            break
    return words


def _yuan(value: Decimal, digits: int = 4) -> str:
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= size:
            return f"{float(value / size):,.{digits}g} {word} yuan"
    return f"{value:,f} yuan"
