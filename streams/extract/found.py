"""What the finders return: a value and the words it came from. Offsets count in the text that was searched."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.event import Qualifier


@dataclass(frozen=True)
class Found:
    """`text[start:end]` are the words."""

    start: int
    end: int


@dataclass(frozen=True)
class FoundAmount(Found):
    """Money: units of the ISO 4217 currency. `per_project`: a size of each, not a sum. `conversion`: in brackets."""

    value: Decimal
    currency: str
    qualifier: Qualifier = "exact"
    per_project: bool = False
    conversion: bool = False


@dataclass(frozen=True)
class FoundCount(Found):
    """A number of things: `noun` is a normalised word of what is counted (project, company, activity, lead, ...)."""

    value: int
    noun: str
    qualifier: Qualifier = "exact"


@dataclass(frozen=True)
class FoundDay(Found):
    """A day, or with `day` null words of time that do not give one ("recently"); `until` ends a run of days."""

    day: date | None
    until: date | None = None


@dataclass(frozen=True)
class FoundPeriod(Found):
    """A period, both ends inclusive; an end that cannot be known is null."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class FoundRegion(Found):
    """A place: the codes it stands for (several for a zone across divisions), its level and how it was named.

    `level`: country, province, prefecture, county or zone. `ambiguous`: several places have the name and the context
    does not settle it; `codes` is then what is certain (perhaps empty).
    """

    codes: tuple[str, ...]
    level: str
    name: str
    ambiguous: bool = False
    generic: bool = False  # 我市, 全区, "the city": stands for the article's own place


@dataclass(frozen=True)
class Dropped:
    """Something that looked like an event and was not taken, and why: `dealwire extract` shows it."""

    start: int
    end: int
    reason: str
