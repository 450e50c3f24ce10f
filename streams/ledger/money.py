"""Amounts in yuan and dollars, at the rate of the event's day."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from schemas.event import Amount, Converted
from streams.ledger.measure import spread
from streams.ledger.refuse import MOST_MONEY
from streams.rates import find_rate

WHOLE = Decimal(1)
CENTS = Decimal("0.01")


def convert(amount: Amount, target: str, day: date) -> Converted | None:
    """Low, best and high (`measure.spread`) in whole yuan, or in cents of another currency.

    None when the currency has no rate that day, or the value is above `MOST_MONEY`.

    >>> convert(Amount(value=Decimal(5), currency="XXX"), "CNY", date(2024, 3, 1)) is None
    True
    """
    rate = find_rate(amount.currency, target, day)
    if rate is None or amount.value > MOST_MONEY:
        return None
    step = WHOLE if target == "CNY" else CENTS
    ends = spread(amount.value, amount.qualifier)
    low, best, high = (
        (value * rate.factor).quantize(step, ROUND_HALF_EVEN) for value in (ends.low, amount.value, ends.high)
    )
    return Converted(low=low, best=best, high=high, rate_day=rate.day)
