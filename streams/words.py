"""Happenings in words: places by name, what, how many, how much. Pure."""

from decimal import Decimal

from schemas.event import Amount, Happening
from schemas.regions import name_of, owner_of

BOUND = {"exact": "", "at_least": "over ", "about": "about ", "at_most": "up to "}


def number(value: Decimal) -> str:
    """A sum of money in billions or millions.

    >>> number(Decimal(36500000000)), number(Decimal(320000000)), number(Decimal(9500))
    ('36.5 billion', '320 million', '9,500')
    """
    for size, word in ((10**9, "billion"), (10**6, "million")):
        if value >= size:
            return f"{(value / size).quantize(Decimal('0.001')).normalize():,f} {word}"
    return f"{value:,f}"


def money(amount: Amount) -> str:
    """An amount with its bound and currency.

    >>> money(Amount(value=Decimal(7000000000), currency="CNY", qualifier="about"))
    'about 7 billion CNY'
    """
    return f"{BOUND[amount.qualifier]}{number(amount.value)} {amount.currency}"


def place(region: str) -> str:
    """A region's names in both languages, and the province of a place inside one.

    >>> place("CN-330212"), place("CN-330000"), place("VN")
    ('鄞州区 Yinzhou District, Zhejiang', '浙江省 Zhejiang', '越南 Vietnam')
    """
    zh, en, owner = name_of(region, "zh"), name_of(region, "en"), owner_of(region)
    return (en if zh == en else f"{zh} {en}") + ("" if owner == region else f", {name_of(owner, 'en')}")


def places(event: Happening) -> str:
    """Names of the regions."""
    return " + ".join(map(place, event.regions))


def what(event: Happening) -> str:
    """Type and subtype: `signing contract`, `statistic projects_signed`."""
    return " ".join(part for part in (event.type, event.stage or event.kind or event.metric) if part)


def how_much(event: Happening) -> str:
    """Projects, count and money, as far as they were stated."""
    parts = []
    if event.projects:
        parts.append(f"{BOUND[event.projects_qualifier]}{event.projects} project{'s' * (event.projects > 1)}")
    if event.count:
        parts.append(f"{BOUND[event.count_qualifier]}{event.count:,}")
    if event.amount:
        parts.append(money(event.amount))
    if event.amount_per_project:
        parts.append(f"{money(event.amount_per_project)} each")
    return ", ".join(parts) or "no figures"
