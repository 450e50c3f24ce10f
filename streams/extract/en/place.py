"""A named place with its role in its sentence, and all places of one article."""

from dataclasses import dataclass, field

from schemas.regions import holds
from streams.extract.found import FoundRegion


@dataclass
class Place:
    """A named place and its role in its sentence."""

    region: FoundRegion
    role: str
    codes: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its name begins."""
        return self.region.start


@dataclass
class Places:
    """The places of one article. `unsettled`: names that several places share and that nothing settles.
    `home`: its own place; `section`: paragraph -> the place an item is about."""

    named: list[Place]
    generic: list[FoundRegion]
    home: tuple[str, ...]
    certain: bool
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)
    zones: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    topics: dict[int, tuple[str, ...]] = field(default_factory=dict)
    dateline: tuple[str, ...] = ()
    unsettled: list[FoundRegion] = field(default_factory=list)

    def home_at(self, paragraph: int) -> tuple[str, ...]:
        """The place of the item that holds the paragraph, else of the article."""
        return self.topics.get(paragraph) or self.sections.get(paragraph, self.home)

    def topic(self, paragraph: int) -> tuple[str, ...]:
        """The place that the paragraph opens with, when it opens with one of those within the article's own."""
        return self.topics.get(paragraph, ())

    def between(self, start: int, end: int) -> list[Place]:
        """The places named in a span."""
        return [place for place in self.named if start <= place.start < end]


def holds_any(above: tuple[str, ...], code: str) -> bool:
    """True when one of the codes holds the code, or is it."""
    return any(holds(a, code) for a in above)


def is_kin(codes: tuple[str, ...], base: tuple[str, ...]) -> bool:
    """True when a code of the one holds a code of the other; everything is kin to nothing."""
    return not base or any(holds(a, b) or holds(b, a) for a in codes for b in base)
