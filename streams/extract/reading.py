"""What reading an article gives."""

from dataclasses import dataclass

from schemas.event import Mention, Words
from streams.extract.found import Dropped


@dataclass(frozen=True)
class Reading:
    """The mentions of an article in the order of their evidence, and what was considered and dropped."""

    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def words(document: str, start: int, end: int) -> Words:
    """The run `document[start:end]` as it goes into a mention."""
    return Words(start=start, end=end, text=document[start:end])
