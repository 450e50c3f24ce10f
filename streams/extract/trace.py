"""Words for the fields that the readers settle from more than one place: every field can be followed to the text.

Names and parties stand in the article as they are; a sector, a venue or a place that was carried on from another
sentence gets its words nearest to the event's sentence; what kind of event it is, the word of the sentence that says
so, else the sentence.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from schemas.event import Mention, Words
from streams.extract.learned.scene import READ, Seen

Span = tuple[int, int]
FAR = 1500
"""Characters around an event in which its places are looked for first."""
NEAR = 500
"""Characters before an event in which its names begin."""


PLAIN = ("projects", "count", "amount", "amount_per_project", "date", "period")
"""Fields that the readers give words to; a figure that is only implied ("a plant": one project) has the sentence."""


class Finders(NamedTuple):
    """What a language brings: its sector words and its words for what is done, in a run of the document."""

    find_sector_words: Callable[[str], Iterable[tuple[str, int, int]]]
    find_verb: Callable[[str, str], Span | None]


@dataclass(frozen=True)
class Tracer:
    """The fields of the mentions of one document."""

    document: str
    finders: Finders
    places: Sequence[Seen]

    @cached_property
    def _sector_words(self) -> list[tuple[str, int, int]]:
        return list(self.finders.find_sector_words(self.document[:READ]))

    def trace(self, mention: Mention) -> Mention:
        """The mention with the words of all its fields. Of a list each value has its own: `names.0`, `sectors.ai`."""
        told: dict[str, Span | None] = {}
        for field in ("names", "parties"):
            if field not in mention.words:
                told |= {f"{field}.{n}": self._name(name, mention) for n, name in enumerate(getattr(mention, field))}
        told |= {f"sectors.{sector}": span for sector, span in self._sectors(mention).items()}
        if mention.venue and "venue" not in mention.words:
            told["venue"] = self._place((mention.venue,), mention)
        if "regions" not in mention.words:
            told["regions"] = self._place(mention.regions, mention)
        told |= self._kind(mention)
        told |= {field: None for field in PLAIN if getattr(mention, field) is not None and field not in mention.words}
        sentence = (mention.span.start, mention.span.end)
        added = {field: self._words(*(span or sentence)) for field, span in told.items()}
        return mention.model_copy(update={"words": {**mention.words, **added}})

    def _kind(self, mention: Mention) -> dict[str, Span | None]:
        field, value = next(
            (name, got) for name in ("stage", "kind", "metric", "type") if (got := getattr(mention, name))
        )
        verb = self.finders.find_verb(value, mention.evidence)
        return {field: (mention.span.start + verb[0], mention.span.start + verb[1]) if verb else None}

    def _name(self, name: str, mention: Mention) -> Span | None:
        at = self.document.find(name, max(0, mention.span.start - NEAR))
        at = at if at >= 0 else self.document.find(name)
        return (at, at + len(name)) if at >= 0 else None

    def _sectors(self, mention: Mention) -> dict[str, Span | None]:
        nearest: dict[str, Span | None] = dict.fromkeys(mention.sectors)
        for sector, start, end in self._sector_words if nearest else ():
            if sector in nearest and _apart((start, end), mention) < _apart(nearest[sector], mention):
                nearest[sector] = (start, end)
        return nearest

    def _place(self, codes: tuple[str, ...], mention: Mention) -> Span | None:
        """The nearest place that stands for the codes, or for one of them; those before the event count as nearer."""
        starts = bisect_left(self.places, mention.span.start - FAR, key=lambda place: place.start)
        near = [place for place in self.places[starts:] if place.start < mention.span.end + FAR] or self.places
        fitting = [place for place in near if set(place.codes) == set(codes)]
        fitting = fitting or [place for place in near if set(place.codes) & set(codes)]
        best = min(fitting, key=lambda place: _apart((place.start, place.end), mention), default=None)
        return (best.start, best.end) if best else None

    def _words(self, start: int, end: int) -> Words:
        return Words(start=start, end=end, text=self.document[start:end])


def _apart(span: Span | None, mention: Mention) -> int:
    """Characters between the words and the event's sentence, those behind it twice."""
    if span is None:
        return 1 << 30
    return max(mention.span.start - span[1], 2 * (span[0] - mention.span.end), 0)
