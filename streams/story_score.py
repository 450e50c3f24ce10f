"""How well happenings are told apart: pairwise F1 over stories, by the `story` slugs of labelled articles.

Every two labelled events of one slug are a pair that the ledger should join, whatever article they stand in. Measured
twice: with the labelled events themselves as mentions (`gold`: the ledger's matching alone), and with what dealwire
reads in the articles (`read`: end to end; an event that was missed, or read as something else, misses its pairs).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from schemas.article import RawArticle
from schemas.event import Mention, Mentions
from streams.evaluate import Rate, pair
from streams.extract.extractor import by_owner
from streams.ledger.fold import fold
from streams.offline import as_label, read

Told = tuple[str, int]
"""(article id, which of the article's labelled events); an invented one has a negative number."""
Pairs = set[frozenset[Told]]


@dataclass(frozen=True)
class StoryScores:
    """The two rates, and every pair that is wrong in words."""

    gold: Rate
    read: Rate
    errors: tuple[str, ...]

    def summary(self) -> dict[str, Any]:
        """The measures by name, as plain numbers."""
        return {
            name: {"p": round(rate.precision, 4), "r": round(rate.recall, 4), "f1": round(rate.f1, 4),
                   "hit": rate.hit, "gold": rate.gold, "got": rate.got}
            for name, rate in (("stories", self.gold), ("stories_read", self.read))
        }  # fmt: skip


def score_stories(labelled: Iterable[tuple[RawArticle, Mapping[str, Any]]]) -> StoryScores:
    """The scores of labelled articles: the article, and its labels with `events`, each event with its `story`."""
    articles = [(article, list(content["events"])) for article, content in labelled]
    stories: dict[str, list[Told]] = defaultdict(list)
    for article, events in articles:
        for number, event in enumerate(events):
            stories[event.get("story") or f"{article.article_id} {number}"].append((article.article_id, number))
    wanted = pairs_of(stories.values())
    gold = _joined((article, _as_mentions(events), dict(enumerate(range(len(events))))) for article, events in articles)
    found = _joined(_reading(article, events) for article, events in articles)
    return StoryScores(
        gold=Rate(len(wanted & gold), len(wanted), len(gold)),
        read=Rate(len(wanted & found), len(wanted), len(found)),
        errors=(*_errors("labels", wanted, gold), *_errors("reading", wanted, found)),
    )


def story_table(scores: StoryScores) -> Iterator[str]:
    """The scores as lines for people."""
    for name, rate in (("stories", scores.gold), ("  as read", scores.read)):
        yield (f"{name:9} F1 {rate.f1:.3f}  P {rate.precision:.3f}  R {rate.recall:.3f}  "
               f"({rate.hit} of {rate.gold} pairs of one story, {rate.got} joined)")  # fmt: skip


def pairs_of(groups: Iterable[Iterable[Told]]) -> Pairs:
    """Every two that are in one group.

    >>> len(pairs_of([[("a", 0), ("b", 0), ("c", 1)], [("d", 0)]]))
    3
    """
    return {frozenset(two) for group in groups for two in combinations(sorted(set(group)), 2)}


def _joined(told: Iterable[tuple[RawArticle, list[Mention], dict[int, int]]]) -> Pairs:
    """The pairs that the ledger makes of these mentions; the dict says which labelled event a mention is."""
    records: list[Mentions] = []
    known: dict[tuple[str, str, int, int], Told] = {}
    for article, mentions, labels in told:
        records += by_owner(article, tuple(mentions), frozenset())
        for number, mention in enumerate(mentions):
            where = (article.article_id, mention.type, mention.span.start, mention.span.end)
            known[where] = (article.article_id, labels.get(number, -1 - number))
    folded = fold(records, date.max.replace(year=9000))
    return pairs_of(
        [known[source.article, event.type, source.start, source.end] for source in event.sources]
        for event in folded.events
    )


def _as_mentions(events: Iterable[Mapping[str, Any]]) -> list[Mention]:
    """Labelled events as mentions. The places of their evidence do not matter, only their order."""
    return [
        Mention.model_validate(
            {name: value for name, value in event.items() if name != "story" and value is not None}
            | ({"stage": "contract"} if event["type"] == "signing" and not event.get("stage") else {})
            | {"evidence": "", "span": {"start": number, "end": number, "text": ""}}
        )
        for number, event in enumerate(events)
    ]


def _reading(article: RawArticle, events: list[dict[str, Any]]) -> tuple[RawArticle, list[Mention], dict[int, int]]:
    """What dealwire reads in the article, and which labelled event each mention is about."""
    mentions = list(read(article)[1])
    answers = [as_label(mention) for mention in mentions]
    return article, mentions, {theirs: mine for mine, theirs in pair(events, answers)}


def _errors(word: str, wanted: Pairs, got: Pairs) -> Iterable[str]:
    for verdict, pairs in (("missed", wanted - got), ("joined wrongly", got - wanted)):
        for two in sorted(sorted(joined) for joined in pairs):
            yield f"stories from {word}: {verdict}: " + " and ".join(f"{article} {number}" for article, number in two)
