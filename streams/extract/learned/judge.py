"""The second reader's word on what the rules read: another region where it is sure, and a confidence."""

from dataclasses import replace

from schemas.event import Mention
from streams.extract.found import Dropped
from streams.extract.learned import trust
from streams.extract.learned.ranking import Ranking
from streams.extract.learned.scene import Codes, Scene
from streams.extract.learned.weights import load, logistic, product
from streams.extract.learned.whose import Whose
from streams.extract.reading import Reading, words

SURE = 0.6
"""From this probability on, the second reader's region replaces that of the rules (decision 10)."""


def judge(reading: Reading) -> Reading:
    """The reading with regions settled by both readers and a confidence for each mention."""
    scene = reading.scene
    if scene is None or not reading.mentions:
        return reading
    ranking = Ranking(Whose(scene), load("places")[scene.language])
    weighed = [ranking.chances(mention) for mention in reading.mentions]
    settled = tuple(settle(*pair, scene) for pair in zip(reading.mentions, weighed, strict=True))
    whole = trust.Whole(settled, scene, reading.dropped)
    judged = tuple(
        mention.model_copy(update={"confidence": confidence(mention, whole, chances)})
        for mention, chances in zip(settled, weighed, strict=True)
    )
    replaced = [
        Dropped(was.span.start, was.span.end, f"region {'+'.join(was.regions)}: {'+'.join(now.regions)} is likelier")
        for was, now in zip(reading.mentions, judged, strict=True)
        if was.regions != now.regions
    ]
    return replace(reading, mentions=judged, dropped=(*reading.dropped, *replaced))


def settle(mention: Mention, chances: dict[Codes, float], scene: Scene) -> Mention:
    """The mention, with the likeliest place where that is sure and another than the rules'."""
    best = max(chances, key=lambda codes: chances[codes], default=mention.regions)
    if set(best) == set(mention.regions) or chances[best] < SURE or _is_stated(mention, best, scene):
        return mention
    named = [place for place in scene.places if place.codes == best]
    last = next((place for place in reversed(named) if place.start < mention.span.end), named[0])
    said = {**mention.words, "regions": words(scene.document, last.start, last.end)}
    return mention.model_copy(update={"regions": best, "words": said, "ambiguous": False})


def _is_stated(mention: Mention, best: Codes, scene: Scene) -> bool:
    """The words give the region, or several places of one country of which the likeliest is only one."""
    if (mention.type, mention.span.start, mention.span.end) in scene.stated:
        return True
    return len({code[:2] for code in mention.regions}) == 1 and set(best) < set(mention.regions)


def confidence(mention: Mention, whole: trust.Whole, chances: dict[Codes, float]) -> float:
    """How sure it is that type, kind, regions and figures are right: 0.8 and more is meant to hold 97 times in 100."""
    model = load("confidence")["all"]
    found = trust.features(mention, whole, chances)
    return max(0.01, round(logistic(model["bias"] + product(model, found)), 3))
