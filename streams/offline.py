"""The line without Kafka: the same pure cores, one article after another. The oracle of the demo and the tests."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from schemas.article import RawArticle, RelevantArticle
from schemas.event import MONEY_KINDS, Event, Mention, Mentions
from schemas.total import WINDOWS, RegionTotal
from streams.classify.classifier import classify
from streams.extract.extractor import by_owner, extract
from streams.ledger.fold import Folded, fold

LABEL_FIELDS = {
    "type", "stage", "kind", "metric", "regions", "venue", "projects", "projects_qualifier", "count", "count_qualifier",
    "amount", "amount_per_project", "date", "period", "names", "parties", "sectors", "evidence",
}  # fmt: skip
"""What the evaluation labels give an event; a field without a value is left out."""


def read(article: RawArticle) -> tuple[RelevantArticle, tuple[Mention, ...]]:
    """What dealwire makes of one article: the verdict, and the mentions if it is relevant."""
    verdict = classify(article)
    return verdict, extract(article).mentions if verdict.relevant else ()


def label(article: RawArticle, with_confidence: bool = False) -> dict[str, Any]:
    """The article's answer in the shape of the evaluation labels; on request each event also has its `confidence`."""
    verdict, mentions = read(article)
    events = [as_label(one) | ({"confidence": one.confidence} if with_confidence else {}) for one in mentions]
    return {"id": article.article_id, "relevant": verdict.relevant, "events": events}


def as_label(happening: Mention | Event) -> dict[str, Any]:
    """The label fields of a mention or event."""
    whole = happening.model_dump(mode="json", include=LABEL_FIELDS)
    fields = {name: value for name, value in whole.items() if value is not None}
    if "projects" not in fields:
        fields.pop("projects_qualifier", None)
    if "count" not in fields:
        fields.pop("count_qualifier", None)
    return fields


def mentions_of(articles: Iterable[RawArticle]) -> list[Mentions]:
    """The mentions of the last revision of each article, by owner. Owners that only an earlier revision named are
    left out: an empty record changes no fold."""
    last: dict[str, RawArticle] = {}
    for article in articles:
        held = last.get(article.article_id)
        if held is None or (article.revision, article.content_hash) > (held.revision, held.content_hash):
            last[article.article_id] = article
    return [
        record for _, article in sorted(last.items()) for record in by_owner(article, read(article)[1], frozenset())
    ]


def fold_articles(articles: Iterable[RawArticle], as_of: date) -> Folded:
    """All happenings and every region's totals that follow from these articles, in any order."""
    return fold(mentions_of(articles), as_of)


def replay(articles: Iterable[RawArticle], as_of: date) -> dict[str, Any]:
    """`{"as_of", "events", "totals"}`: what `dealwire replay-files --json` prints."""
    folded = fold_articles(articles, as_of)
    return {
        "as_of": as_of.isoformat(),
        "events": [as_event(event) for event in folded.events],
        "totals": {region: as_windows(total) for region, total in sorted(folded.totals.items())},
    }


def as_event(event: Event) -> dict[str, Any]:
    """The label fields with identity, status and every source."""
    whole = event.model_dump(mode="json")
    extra = ("event_id", "status", "revision", "owner", "home", "day", "amount_cny", "amount_usd", "sources",
             "independent_sources", "first_reported", "ambiguous", "confidence")  # fmt: skip
    return {"event_id": event.event_id, **as_label(event), **{name: whole[name] for name in extra}}


def as_windows(total: RegionTotal) -> dict[str, Any]:
    """`[window][kind]` with every window and kind, zeros where nothing happened."""
    nothing = {"happenings": 0, "projects": 0, "amount_cny": {"low": 0, "best": 0, "high": 0}}
    rows: dict[str, Any] = {}
    for window in WINDOWS:
        sums = total.windows.get(window, {})
        rows[window] = {
            kind: sums[kind].model_dump(mode="json", include={"happenings", "projects", "amount_cny"})
            if kind in sums
            else nothing
            for kind in MONEY_KINDS
        }
    return rows
