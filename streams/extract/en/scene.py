"""What was found in an English article, as the second reader takes it."""

from streams.extract.en.context import Context
from streams.extract.learned.scene import Figure, Scene, Seen

NOT_COUNTED = ("person", "place", "thing")


def scene_of(ctx: Context, title: int, stated: frozenset[tuple[str, int, int]]) -> Scene:
    """The scene of a prepared article whose title is `document[:title]`; `stated` as in Scene."""
    found = ctx.findings
    sums = [Figure(one.start, one.end, float(one.value)) for one in found.amounts if not one.conversion]
    counts = [
        Figure(one.start, one.end, float(one.value), one.noun or "?")
        for one in found.counts
        if one.noun not in NOT_COUNTED
    ]
    return Scene(
        language="en",
        document=ctx.document,
        title=title,
        home=ctx.places.home,
        places=[Seen(one.start, one.region.end, one.codes, one.role) for one in ctx.places.named],
        generic=[(one.start, one.level) for one in ctx.places.generic],
        figures=sorted([*sums, *counts], key=lambda one: one.start),
        days=[one.start for one in found.days if one.day],
        periods=[one.start for one in found.periods],
        stated=stated,
    )
