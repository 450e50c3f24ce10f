"""How much a stated number leaves open: what a text says is rounded, cut off or a bound, so it stands for an interval.

Two uses, two widths. What goes into a total (`spread`): the rule by qualifier that a reader can check by hand. What two
reports are compared with (`tolerance`): also exact numbers get the room of the rounding they may have gone through.
"""

from decimal import Decimal
from typing import NamedTuple

from schemas.event import Qualifier

MOST_ABOVE = Decimal("0.5")
"""'Over 100 billion' leaves open at most half of itself above, though its last significant digit would allow double."""
MOST_AROUND = Decimal("0.1")
MOST_ROUNDING = Decimal("0.05")


class Interval(NamedTuple):
    """From `low` to `high`; an exact count has both the same."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """True when some number could be what both stand for.

        >>> Interval(Decimal(40), Decimal(50)).meets(Interval(Decimal(43), Decimal(43)))
        True
        """
        if self.low == self.high or other.low == other.high:
            return self.low <= other.high and other.low <= self.high
        return self.low < other.high and other.low < self.high

    def times(self, low: Decimal, high: Decimal) -> "Interval":
        """Both ends scaled."""
        return Interval(self.low * low, self.high * high)


def unit_of(value: Decimal) -> Decimal:
    """One unit of the last significant digit.

    >>> unit_of(Decimal(46_530_000_000)), unit_of(Decimal("7.5"))
    (Decimal('1E+7'), Decimal('0.1'))
    """
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # amounts are finite
    return Decimal(1).scaleb(exponent)


def digits_of(value: Decimal) -> int:
    """How many significant digits the value has; trailing zeros of a whole number do not count.

    >>> digits_of(Decimal(46_530_000_000)), digits_of(Decimal(7_000_000_000))
    (4, 1)
    """
    return len(value.normalize().as_tuple().digits)


def spread(value: Decimal, qualifier: Qualifier) -> Interval:
    """What a total counts as low and high.

    exact: the value itself. at_least: up to one unit of the last significant digit more ("over 46.5 billion" is below
    46.6), at most half as much again. about: one unit either way, at most a tenth. at_most: from nothing.

    >>> [str(end / 10**8) for end in spread(Decimal(46_500_000_000), "at_least")]
    ['465', '466']
    """
    unit = unit_of(value)
    if qualifier == "at_least":
        return Interval(value, value + min(unit, value * MOST_ABOVE))
    if qualifier == "about":
        around = min(unit, value * MOST_AROUND)
        return Interval(value - around, value + around)
    if qualifier == "at_most":
        return Interval(Decimal(0), value)
    return Interval(value, value)


def tolerance(value: Decimal, qualifier: Qualifier) -> Interval:
    """What another report of the same sum may state: as `spread`, and an exact value may be a rounded one.

    >>> tolerance(Decimal(7_000_000_000), "exact").meets(tolerance(Decimal(6_890_000_000), "exact"))
    True
    >>> tolerance(Decimal(46_530_000_000), "exact").meets(tolerance(Decimal(46_540_000_000), "exact"))
    False
    """
    if qualifier != "exact":
        return spread(value, qualifier)
    slack = min(unit_of(value) / 2, value * MOST_ROUNDING)
    return Interval(value - slack, value + slack)


def counted(count: int, qualifier: Qualifier) -> Interval:
    """What another report of the same count may state; an exact count is not rounded."""
    return spread(Decimal(count), qualifier)
