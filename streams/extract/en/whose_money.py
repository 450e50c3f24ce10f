"""Whose money it is where several countries share its name: dirhams in a text about Morocco are Moroccan."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from streams.extract.en.lexicon import any_of, load
from streams.extract.en.place import Place
from streams.extract.found import FoundAmount


@cache
def _shared() -> re.Pattern[str]:
    """An amount that ends in such a name, with no word before it that says whose ("Moroccan dirhams")."""
    return re.compile(
        rf"(?:\d|\b(?:thousand|[mbtr]{{1,2}}illion|mln|bln|bn|mn|crores?|lakhs?))[\s-]{{0,2}}"
        rf"(?P<name>{any_of(list(load('shared_currencies_en')))})s?$",
        re.IGNORECASE,
    )


def settle_currencies(text: str, amounts: list[FoundAmount], named: Sequence[Place]) -> list[FoundAmount]:
    """`amounts` with each shared name taken as that of the country the text names most; so the bare sums after it."""
    settled: list[FoundAmount] = []
    meant: dict[str, str] = {}
    for amount in amounts:
        words = text[amount.start : amount.end]
        shared = _shared().search(words)
        if shared and (country := _country(load("shared_currencies_en")[shared["name"].lower()], named)):
            meant[amount.currency] = country
        elif not shared and not re.search(r"illion$|\d$|bn$", words):
            meant.pop(amount.currency, None)
        settled.append(replace(amount, currency=meant.get(amount.currency, amount.currency)))
    return settled


def _country(by_country: dict[str, str], named: Sequence[Place]) -> str | None:
    """The currency of the country named most often, the first of equals; None where none of them is named."""
    told = Counter(code for place in named if (code := place.codes[0].split("-")[0]) in by_country)
    return by_country[told.most_common(1)[0][0]] if told else None
