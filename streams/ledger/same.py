"""Could two mentions be of the same happening? Symmetric, and of the two mentions alone.

First whether anything contradicts; then how much speaks for it. The weights were set on labelled stories: a stated
equal day in the same county is just enough by itself, a sum that agrees needs one more thing.
"""

from decimal import Decimal

from schemas.event import Period
from schemas.regions import related
from streams.ledger.measure import Interval
from streams.ledger.names import names_agree
from streams.ledger.node import Facts, Node
from streams.rates import find_rate

DAYS = 7
"""Reports of one happening are at most so many days apart."""

ENOUGH = 3
RATE_SLACK = (Decimal("0.97"), Decimal("1.03"))
"""Outlets convert at rates of their own."""


def should_merge(one: Node, other: Node) -> bool:
    """True when the two could be the same happening by themselves. Two mentions of one article never are."""
    return one.key[0] != other.key[0] and not contradict(one, other) and likeness(one, other) >= ENOUGH


def contradict(one: Node, other: Node) -> bool:
    """True when what the two say cannot be of one happening, whoever says it."""
    a, b = one.facts, other.facts
    return (
        a.group != b.group
        or abs(a.when - b.when) > DAYS
        or not regions_meet(a, b)
        or _apart(a.projects, b.projects)
        or _apart(a.count, b.count)
        or amounts_meet(one, other) is False
        or _per_project_apart(one, other)
        or _venues_apart(one.mention.venue, other.mention.venue)
        or _periods_apart(one.mention.period, other.mention.period)
        or _parties_apart(one, other)
        or _names_apart(one, other)
    )


def likeness(one: Node, other: Node) -> int:
    """How much speaks for the two being one; meaningful only when nothing contradicts. Symmetric."""
    value = _amount_score(one, other) + _count_score(one.facts, other.facts)
    if one.facts.group[0] in ("statistic", "target") and value < 2:
        return 0  # a figure is known by its number alone
    return (
        value
        + _day_score(one.facts, other.facts)
        + _place_score(one, other)
        + _name_score(one, other)
        + _stage_score(one, other)
        + _sector_score(one, other)
    )


def regions_meet(a: Facts, b: Facts) -> bool:
    """True when a place of one is, holds or lies in a place of the other."""
    return bool(a.regions & b.regions or a.regions & b.above or b.regions & a.above)


def amounts_meet(one: Node, other: Node) -> bool | None:
    """Whether the stated sums could be the same; None when one states none or no rate is known."""
    a, b = one.facts.amount, other.facts.amount
    if a is None or b is None or not one.mention.amount or not other.mention.amount:
        return None
    mine, theirs = one.mention.amount.currency, other.mention.amount.currency
    if mine == theirs:
        return a.meets(b)
    day = min(one.article.day, other.article.day)
    ours, to_them = find_rate(mine, "USD", day), find_rate(theirs, "USD", day)
    if ours is None or to_them is None:
        return None
    low, high = RATE_SLACK
    return a.times(ours.factor * low, ours.factor * high).meets(b.times(to_them.factor, to_them.factor))


def _apart(a: Interval | None, b: Interval | None) -> bool:
    return a is not None and b is not None and not a.meets(b)


def _per_project_apart(one: Node, other: Node) -> bool:
    a, b = one.mention.amount_per_project, other.mention.amount_per_project
    same_currency = a is not None and b is not None and a.currency == b.currency
    return same_currency and _apart(one.facts.per_project, other.facts.per_project)


def _venues_apart(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and not related(a, b)


def _periods_apart(a: Period | None, b: Period | None) -> bool:
    """Two monthly figures have starts or ends apart; a side that is not known says nothing."""
    if a is None or b is None:
        return False
    starts = a.start and b.start and abs((a.start - b.start).days) > DAYS
    ends = a.end and b.end and abs((a.end - b.end).days) > DAYS
    return bool(starts or ends)


def _parties_apart(one: Node, other: Node) -> bool:
    """Agreements on the same day of the same city with different partners."""
    if one.mention.type != "agreement" or one.article.language != other.article.language:
        return False
    few, many = sorted((one.mention.parties, other.mention.parties), key=len)
    agreed = sum(names_agree((party,), many) for party in few)
    return bool(few) and agreed * 2 <= len(few) and not (len(few) == 1 == agreed)


def _names_apart(one: Node, other: Node) -> bool:
    """Two single projects with different names, unless the very same sum says that one gives the project's name and the
    other the company's."""
    if not (one.facts.single and other.facts.single and one.article.language == other.article.language):
        return False
    mine, theirs = one.mention.names, other.mention.names
    return bool(mine and theirs) and _amount_score(one, other) < 3 and not names_agree(mine, theirs)


def _amount_score(one: Node, other: Node) -> int:
    if not amounts_meet(one, other):
        return 0
    equal = one.mention.amount == other.mention.amount
    return 3 if equal and one.facts.amount_digits > 1 else 2


def _count_score(a: Facts, b: Facts) -> int:
    score = 0
    for mine, theirs in ((a.projects, b.projects), (a.count, b.count)):
        if mine and theirs and mine.high > 1:
            score += 2 if mine == theirs else 1
    return score


def _day_score(a: Facts, b: Facts) -> int:
    gap = abs(a.when - b.when)
    if a.dated and b.dated:
        return 2 if gap == 0 else -1 if gap <= 2 else -2
    return 1 if gap <= 2 else 0


def _place_score(one: Node, other: Node) -> int:
    """An equal county or city; a whole province only for activities, of which it has few."""
    shared = one.facts.regions & other.facts.regions
    small = any(region.partition("-")[2] and not region.endswith("0000") for region in shared)
    whole = bool(shared) and one.mention.type == "activity" and any("-" in region for region in shared)
    venue = one.mention.venue is not None and one.mention.venue == other.mention.venue
    return int(small or whole) + int(venue and one.mention.type == "activity")


def _name_score(one: Node, other: Node) -> int:
    """Names of one language compare; two single projects of one sum with different names speak against."""
    if one.article.language != other.article.language:
        return 0
    score = 0
    if one.mention.parties and other.mention.parties and names_agree(one.mention.parties, other.mention.parties):
        score += 2
    mine, theirs = one.mention.names, other.mention.names
    if mine and theirs:
        if names_agree(mine, theirs):
            score += 3
        elif one.facts.single and other.facts.single:
            score -= 3
    return score


def _stage_score(one: Node, other: Node) -> int:
    return -1 if one.mention.stage != other.mention.stage else 0


def _sector_score(one: Node, other: Node) -> int:
    mine, theirs = set(one.mention.sectors), set(other.mention.sectors)
    return 0 if not mine or not theirs else 1 if mine & theirs else -1
