"""relevant-articles in, mentions out, one message an owner region; keeps which owners an article ever named."""

from collections.abc import Callable

from schemas.article import RelevantArticle
from schemas.base import Contract
from schemas.topics import MENTIONS
from streams.extract.extractor import by_owner, extract
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

STAGE = "extract"


class Owners(Contract):
    """The owner regions that any revision of an article ever spoke of. They only grow."""

    owners: tuple[str, ...]


def extract_step(table: Rows[Owners], metrics: Metrics) -> Callable[[RelevantArticle, Place], Outcome]:
    """The step of the agent. A revision sends an empty record to owners that it no longer names."""

    def step(relevant: RelevantArticle, place: Place) -> Outcome:
        article = relevant.article
        held = table.row(place.partition, article.article_id)
        known = frozenset(held.owners) if held else frozenset()
        mentions = extract(article).mentions if relevant.relevant else ()
        for mention in mentions:
            metrics.events_extracted.labels(mention.type).inc()
            metrics.amounts_missing.labels(mention.type).inc(mention.amount is None)
        records = by_owner(article, mentions, known)
        if not records:
            return DROPPED
        owners = Owners(owners=tuple(sorted(known | {record.owner for record in records})))
        return Outcome(
            outputs=tuple(Out(MENTIONS, record.owner, record) for record in records),
            rows=(Row(table, article.article_id, (place.offset,), owners),),
        )

    return step
