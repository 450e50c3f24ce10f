"""A bounded shelf: the newest N records by a rank, each with an id."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")
Rank = tuple[datetime, str]
"""A moment and the id, so that no two records share a rank and a page can start after one."""


class Newest(Generic[T]):
    """Holds at most `limit` records; the one with the lowest rank leaves first.

    >>> from datetime import UTC
    >>> shelf = Newest[str](2)
    >>> for day in (1, 3, 2): _ = shelf.put(f"id-{day}", datetime(2026, 1, day, tzinfo=UTC), f"record {day}")
    >>> list(shelf.newest()), shelf.dropped
    (['record 3', 'record 2'], 1)
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.dropped = 0
        self._items: dict[str, tuple[Rank, T]] = {}
        self._order: list[Rank] = []

    def __len__(self) -> int:
        return len(self._items)

    def get(self, identity: str) -> T | None:
        """The record with this id, or None."""
        held = self._items.get(identity)
        return held[1] if held else None

    def put(self, identity: str, moment: datetime, item: T) -> bool:
        """Puts a record in the place of the one with the same id. False when it is too old to be kept."""
        self.remove(identity)
        rank = (moment, identity)
        insort(self._order, rank)
        self._items[identity] = (rank, item)
        if len(self._order) > self.limit:
            self.dropped += 1
            del self._items[self._order.pop(0)[1]]
        return identity in self._items

    def remove(self, identity: str) -> T | None:
        """Takes a record out and gives it back; None when it was not there."""
        held = self._items.pop(identity, None)
        if held is None:
            return None
        del self._order[bisect_left(self._order, held[0])]
        return held[1]

    def newest(self, before: Rank | None = None) -> Iterator[T]:
        """The records from the newest to the oldest, or only those that rank before `before`."""
        end = len(self._order) if before is None else bisect_left(self._order, before)
        for index in range(end - 1, -1, -1):
            yield self._items[self._order[index][1]][1]
