"""The region of a mention by the second reader: each candidate with its probability."""

from collections.abc import Sequence

from schemas.event import Mention
from streams.extract.learned.scene import Codes
from streams.extract.learned.weights import Weights, product, shares
from streams.extract.learned.whose import Features, Telling, Whose


class Ranking:
    """The candidates of one article's mentions, weighed."""

    def __init__(self, whose: Whose, weights: Weights) -> None:
        self._whose, self._weights = whose, weights
        self._known: dict[int, float] = {}

    def chances(self, mention: Mention) -> dict[Codes, float]:
        """How likely each place is the mention's; empty where the article names none."""
        weighed = self._whose.features(telling_of(mention))
        scores = [self._score(parts) for _, parts in weighed]
        return dict(zip((codes for codes, _ in weighed), shares(scores), strict=True))

    def _score(self, parts: Sequence[Features]) -> float:
        *kept, own = parts
        score = product(self._weights, own)
        for part in kept:  # made once an article, so its score is kept too
            if id(part) not in self._known:
                self._known[id(part)] = product(self._weights, part)
            score += self._known[id(part)]
        return score


def telling_of(mention: Mention, mark: str = "") -> Telling:
    """The words of a mention, with what the rules say of it."""
    found = mention.words.get("regions")
    kind, span = mention.kind or mention.type, mention.span
    return Telling(kind, span.start, span.end, mention.regions, found.start if found else None, mark)


def chance_of(regions: Codes, chances: dict[Codes, float]) -> float:
    """The probability of these regions; several named apart count together as far as each is named."""
    if regions in chances:
        return chances[regions]
    wanted = set(regions)
    same = [chance for codes, chance in chances.items() if set(codes) == wanted]
    if same:
        return same[0]
    return sum(chance for codes, chance in chances.items() if len(regions) > 1 and set(codes) <= wanted)
