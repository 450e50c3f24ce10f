"""What a mention says that cannot be: refused before anything is compared or counted. Pure, and of the record alone, so
that it is refused on every path; the agent counts the reasons."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from schemas.event import Mention, Mentions
from schemas.regions import is_known

Reason = Literal[
    "unknown_region", "too_many_regions", "impossible_day", "future_day", "future_article", "amount", "count"
]
MOST_REGIONS = 40
"""A happening of all provinces has 31 to 34; more is a list of places that was read as one happening."""
EARLIEST = date(1978, 1, 1)
"""No investment deal of the reform era is older; what claims to be is a misreading."""
AHEAD = timedelta(days=2)
"""A feed's zone and a clock may be off by so much."""
MOST_MONEY = Decimal(10) ** 17
"""In yuan a thousand times the country's yearly product."""
MOST_COUNT = 1_000_000
"""Of projects or whatever a figure counts."""


def accepted(record: Mentions) -> tuple[list[Mention], list[Reason]]:
    """The mentions that can be, and a reason for each that cannot, and for each value left out of one that can."""
    article = record.article
    if article.day > article.first_seen.date() + AHEAD:
        return [], ["future_article"] * len(record.mentions)
    kept: list[Mention] = []
    reasons: list[Reason] = []
    for mention in record.mentions:
        refused = _refused(mention, article.day)
        if refused:
            reasons.append(refused)
            continue
        left_out = dict(_left_out(mention))
        reasons += left_out.values()
        kept.append(mention.model_copy(update=dict.fromkeys(left_out)) if left_out else mention)
    return kept, reasons


def _refused(mention: Mention, told: date) -> Reason | None:
    if len(mention.regions) > MOST_REGIONS:
        return "too_many_regions"
    if not all(is_known(region) for region in mention.regions):
        return "unknown_region"
    if mention.date and mention.date < EARLIEST:
        return "impossible_day"
    if mention.date and mention.date > told + AHEAD and mention.type != "target":
        return "future_day"
    return None


def _left_out(mention: Mention) -> Iterator[tuple[str, Reason]]:
    """Fields whose values cannot be meant; the mention goes on without them."""
    for name in ("amount", "amount_per_project"):
        money = getattr(mention, name)
        if money and not money.value <= MOST_MONEY:
            yield name, "amount"
    for name in ("projects", "count"):
        number = getattr(mention, name)
        if number and number > MOST_COUNT:
            yield name, "count"
