"""The running totals of a region, its closed periods, and what of its signed projects came to be."""

from datetime import date as Day
from decimal import Decimal
from typing import Literal

from pydantic import Field

from schemas.base import Contract, Money
from schemas.event import Range, Sector, Stage

Window = Literal["7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all"]
WINDOWS: tuple[Window, ...] = ("7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all")


NOTHING = Range(low=Decimal(0), best=Decimal(0), high=Decimal(0))


class Sum(Contract):
    """What a region has of one kind of money in one window or period. Amounts in CNY and in USD, each at the rate of
    its happening's day."""

    happenings: int = 0
    projects: int = Field(0, description="sum of the project counts that were stated")
    amount_cny: Range
    amount_usd: Range = NOTHING
    exact: int = Field(0, description="happenings whose amount is exact")
    bounded: int = Field(0, description="happenings whose amount is a bound or an estimate")
    unknown: int = Field(0, description="happenings without an amount, or in a currency without a rate")
    joint: int = Field(0, description="happenings that other provinces have too; the nation counts each once")


Kinds = dict[Stage, Sum]
"""Kinds of money are never added to one another; one with nothing in it is left out."""
Windows = dict[Window, Kinds]
"""A window with nothing in it is left out."""


class RegionTotal(Contract):
    """Every window of a region by kind of money. It is true from `as_of` on until a newer record of the region.

    `home` holds the same sums without the happenings that other provinces have too. It is given for owners only.
    """

    region: str
    owner: str
    as_of: Day
    windows: Windows
    home: Windows | None = None


class SectorTotal(Contract):
    """Every window of a region for one sector. A happening of two sectors is in both, so sectors do not add up."""

    region: str
    sector: Sector
    owner: str
    as_of: Day
    windows: Windows


class PeriodTotal(Contract):
    """A closed week, month, quarter or year of a region: what league tables compare. Sent again when a late or
    corrected article changes it."""

    region: str
    period: str = Field(description="2026-W07 (ISO week), 2026-02, 2026-Q1 or 2026")
    start: Day
    end: Day
    owner: str
    kinds: Kinds
    sectors: dict[Sector, Kinds] = Field(default_factory=dict)


class PeriodParts(Contract):
    """An owner's part in a period of the nation."""

    kinds: Kinds
    sectors: dict[Sector, Kinds] = Field(default_factory=dict)


class Cohort(Contract):
    """The projects signed in one year, and how many of them are known to have come to a stage or beyond it."""

    signed: int = 0
    landed: int = 0
    started: int = 0
    completed: int = 0
    operational: int = 0


class Overdue(Contract):
    """A project that was signed and of whose start nothing was heard for too long."""

    project_id: str
    name: str
    regions: tuple[str, ...]
    signed: Day
    due: Day = Field(description="the day from which it counts as overdue")
    amount_cny: Money | None = None


class RegionProjects(Contract):
    """What of a region's named projects came to be: conversion by year of signing, and those overdue."""

    region: str
    owner: str
    as_of: Day
    cohorts: dict[str, Cohort] = Field(description="by year of signing, `all` for all years")
    overdue: int = Field(0, description="signed, not started after the months of the setting")
    longest: tuple[Overdue, ...] = Field((), description="those of them that were signed first, at most 100")


class OwnerTotals(Contract):
    """What changed of an owner's part in the nation: happenings it is home of, so that adding counts each once."""

    owner: str
    as_of: Day
    windows: Windows | None = None
    sectors: dict[Sector, Windows] = Field(default_factory=dict)
    periods: dict[str, PeriodParts] = Field(default_factory=dict)
    projects: RegionProjects | None = None
