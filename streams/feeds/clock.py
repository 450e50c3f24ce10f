"""The clock that pollers run by, and that tests replace."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What time it is, and waiting for it to be later."""

    def now(self) -> datetime:
        """The moment, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back."""

    async def sleep(self, seconds: float) -> None:
        """Waits."""


class SystemClock:
    """The machine's clock; on another day when the settings pretend one (`today`, in `zone`)."""

    def __init__(self, today: date | None = None, zone: str = "UTC") -> None:
        real = datetime.now(ZoneInfo(zone)).date()
        self._shift = timedelta(days=(today - real).days if today else 0)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC) + self._shift

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)
