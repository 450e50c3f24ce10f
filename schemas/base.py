"""What every contract has in common."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer


class Contract(BaseModel):
    """A frozen record that refuses unknown fields; `wire()` gives the bytes that travel."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="null")

    def wire(self) -> bytes:
        """UTF-8 JSON, the same bytes for the same record."""
        return self.model_dump_json(exclude_none=False).encode()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(value: object) -> object:
    # A float's repr is what the sender wrote; Decimal(float) would carry binary noise.
    return Decimal(repr(value)) if isinstance(value, float) else value


Money = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(_number, return_type=int | float, when_used="json")]
"""Decimal in code, a plain JSON number on the wire."""

Moment = AwareDatetime
"""A point in time with its zone; stored and sent in UTC."""


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a naive datetime: guessing a zone is the parser's job."""
    if moment.tzinfo is None:
        raise ValueError(f"expected a datetime with a zone, got {moment!r}")
    return moment.astimezone(UTC)
