"""What reading an article gives."""

from dataclasses import dataclass

from schemas.event import Mention, Words
from streams.extract.found import Dropped
from streams.extract.learned.scene import Scene


@dataclass(frozen=True)
class Reading:
    """The mentions of an article in the order of their evidence, and what was considered and dropped.

    `scene`: what was found before anything was read; None in a language that is not read.
    """

    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    scene: Scene | None = None


def words(document: str, start: int, end: int) -> Words:
    """The run `document[start:end]` as it goes into a mention."""
    return Words(start=start, end=end, text=document[start:end])
