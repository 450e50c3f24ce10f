"""What was found in a Chinese article, as the second reader takes it."""

from streams.extract.found import Found, FoundAmount, FoundCount
from streams.extract.learned.scene import Figure, Scene, Seen
from streams.extract.zh.page import Page
from streams.extract.zh.places import Place
from streams.fold import Folded

Told = tuple[str, int, int]
"""Type, start and end of a mention."""
NOT_COUNTED = ("person", "place", "thing")


def scene_of(page: Page, folded: Folded, document: str, title: int, stated: frozenset[Told] = frozenset()) -> Scene:
    """The scene of a page whose title is `document[:title]`. Offsets become those of the document.

    `stated`: the mentions whose region is not weighed again.
    """

    def at(one: Found | Place) -> tuple[int, int]:
        return folded.origin(one.start, one.end)

    def figure(one: FoundAmount | FoundCount) -> Figure:
        return Figure(*at(one), float(one.value), one.noun or "?" if isinstance(one, FoundCount) else "")

    sums = [figure(one) for one in page.figures.amounts if not one.conversion]
    counts = [figure(one) for one in page.figures.counts if one.noun not in NOT_COUNTED]
    home = page.atlas.home
    return Scene(
        language="zh",
        document=document,
        title=title,
        home=(home,) if home else (),
        places=[Seen(*at(one), one.codes, one.role) for one in page.atlas.places],
        generic=[(at(one)[0], one.level) for one in page.atlas.places if one.generic],
        figures=sorted([*sums, *counts], key=lambda one: one.start),
        days=[at(one)[0] for one in page.clock.days if one.day and one.end > one.start],
        stated=stated,
        periods=[at(one)[0] for one in page.clock.periods if one.end > one.start],
    )
