"""A named project through its life: the ledger's line from the signing to the running plant."""

from datetime import date as Day
from typing import Literal

from pydantic import Field

from schemas.base import Contract, Money
from schemas.event import Stage


class Step(Contract):
    """The first happening that brought the project to a stage."""

    day: Day
    event_id: str


class Project(Contract):
    """One named project: what was signed, landed, started, completed, taken into operation, and when."""

    project_id: str
    status: Literal["live", "retracted"] = "live"
    owner: str
    names: tuple[str, ...]
    regions: tuple[str, ...]
    steps: dict[Stage, Step]
    amount_cny: Money | None = Field(
        None, description="of the happening that was of this project alone, first stage first"
    )
    start_due: Day | None = Field(
        None, description="signed and nothing heard of a start: the day from which that is overdue"
    )
    merged_into: str | None = None
