"""A conversion stated in the text ("3.2 billion yuan (about 4.4 billion dollars)"), held against the day's rate.

What is stated first is the amount (LABELS.md); the conversion tells whether to trust it. 亿 (10^8) translated as
"billion" puts one of the two out by 10, 万 (10^4) as "thousand" too; as "million", by 100.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from schemas.event import Amount, Doubt, Mention
from streams.extract.found import FoundAmount
from streams.rates import find_rate

AFTER = 60
"""Characters behind an amount in which its conversion begins and ends."""
ROUNDED = Decimal("1.3")
"""Conversions are rounded, and at the rate of another day: within this factor they agree."""
STATED = re.compile(r"[(（\[,，/]|\bor\b|equ|合|相当|相當|等于|等於")
"""Without one of these there is no conversion."""
POWERS: dict[int, Doubt] = {1: "conversion_by_10", 2: "conversion_by_100"}

FindAmounts = Callable[[str], list[FoundAmount]]


def check(mention: Mention, document: str, day: date, find_amounts: FindAmounts) -> Mention:
    """The mention; doubted, and trusted half as much, when its amount and the conversion behind it disagree."""
    words = mention.words.get("amount")
    if mention.amount is None or words is None:
        return mention
    if not STATED.search(document, words.end, words.end + AFTER):
        return mention
    beside = find_amounts(document[words.start : words.end + AFTER])
    stated = next((one for one in beside if one.conversion and one.start >= words.end - words.start), None)
    doubt = judge(mention.amount, stated, mention.date or day) if stated else None
    if doubt is None:
        return mention
    return mention.model_copy(update={"doubts": (*mention.doubts, doubt), "confidence": mention.confidence / 2})


def judge(amount: Amount, stated: FoundAmount, day: date) -> Doubt | None:
    """What is doubtful about an amount and its conversion; None when they agree or there is no rate to tell.

    >>> yuan = Amount(value=Decimal(3_200_000_000), currency="CNY")
    >>> judge(yuan, FoundAmount(0, 1, Decimal(450_000_000), "USD"), date(2024, 3, 1)) is None
    True
    >>> judge(yuan, FoundAmount(0, 1, Decimal(4_500_000_000), "USD"), date(2024, 3, 1))
    'conversion_by_10'
    """
    rate = find_rate(amount.currency, stated.currency, day)
    if rate is None or amount.currency == stated.currency:
        return None
    ratio = stated.value / (amount.value * rate.factor)
    ratio = max(ratio, 1 / ratio)
    if ratio <= ROUNDED:
        return None
    near = (power for power in POWERS if 10**power / ROUNDED <= ratio <= 10**power * ROUNDED)
    return next((POWERS[power] for power in near), "conversion")
