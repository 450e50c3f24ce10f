"""raw-articles in, relevant-articles out: the irrelevant are dropped here, early."""

from collections.abc import Callable

from schemas.article import RawArticle
from schemas.topics import RELEVANT_ARTICLES
from streams.classify.classifier import classify
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place

STAGE = "classify"


def classify_step(metrics: Metrics) -> Callable[[RawArticle, Place], Outcome]:
    """The step of the agent."""

    def step(article: RawArticle, place: Place) -> Outcome:
        verdict = classify(article)
        metrics.articles_classified.labels("relevant" if verdict.relevant else "irrelevant").inc()
        if not verdict.relevant and article.revision == 1:
            return DROPPED
        # A revision goes on even when it is irrelevant now: what its earlier self said must be taken back.
        return Outcome(outputs=(Out(RELEVANT_ARTICLES, article.article_id, verdict),))

    return step
