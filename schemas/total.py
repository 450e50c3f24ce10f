"""The running totals of a region."""

from datetime import date as Day
from typing import Literal

from pydantic import Field

from schemas.base import Contract
from schemas.event import Range, Stage

Window = Literal["7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all"]
WINDOWS: tuple[Window, ...] = ("7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all")


class Sum(Contract):
    """What a region has of one kind of money in one window. Amounts in CNY."""

    happenings: int = 0
    projects: int = Field(0, description="sum of the project counts that were stated")
    amount_cny: Range
    exact: int = Field(0, description="happenings whose amount is exact")
    bounded: int = Field(0, description="happenings whose amount is a bound or an estimate")
    unknown: int = Field(0, description="happenings without an amount, or in a currency without a rate")
    joint: int = Field(0, description="happenings of several provinces that another province counts as home")


class RegionTotal(Contract):
    """Every window of a region by kind of money; a window or kind with nothing in it is left out.

    `home` holds the same sums without the joint happenings that another province is home of: what the national row
    adds. It is given for owners only.
    """

    region: str
    owner: str
    as_of: Day
    windows: dict[Window, dict[Stage, Sum]]
    home: dict[Window, dict[Stage, Sum]] | None = None
