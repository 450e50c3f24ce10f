"""What the readers make of the sample articles, against what a careful person reads in them. Pure.

The checks of the demo compare the line with itself; this compares it with the truth, and is a measure and no check.
"""

from collections.abc import Iterable
from typing import Any

from schemas.article import RawArticle
from streams.demo.samples import SampleFeed
from streams.evaluate import Scores, score

Label = dict[str, Any]


def expected_labels(feeds: Iterable[SampleFeed]) -> dict[tuple[str, int], Label]:
    """The labels of every revision of every sample article, by id and revision, as `streams.evaluate` takes them."""
    return {
        (article.id, number): {
            "id": f"{feed.name}/{article.id} revision {number}",
            "relevant": "irrelevant" not in article.shows,
            "events": [event.model_dump(mode="json", exclude_none=True) for event in version.events],
        }
        for feed in feeds
        for article in feed.articles
        if not article.poison
        for number, version in enumerate(article.versions, 1)
    }


def score_readings(answers: Iterable[tuple[RawArticle, Label]], feeds: Iterable[SampleFeed]) -> Scores:
    """Scores of articles with what was read in them. The last part of an article's address is the sample's id."""
    expected = expected_labels(feeds)
    return score((expected[one.url.rsplit("/", 1)[-1], one.revision], answer) for one, answer in answers)


def in_one_line(scores: Scores) -> str:
    """`readings: 61 of 70 expected events read exactly, 4 read that are not there or otherwise`."""
    strict = scores.rate("strict")
    return (
        f"readings: {strict.hit} of {strict.gold} expected events read exactly; "
        f"{strict.got - strict.hit} read otherwise or too many"
    )
