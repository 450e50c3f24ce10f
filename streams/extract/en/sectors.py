"""The industries of an event's own projects (rules 17 and 21), from the words around it."""

import re
from functools import lru_cache
from typing import cast

from schemas.event import Sector
from streams.extract.en.lexicon import load
from streams.gate import Gate


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, Gate]]:
    return [(name, Gate(words, r"(?<!\w)", r"(?!\w)", re.IGNORECASE)) for name, words in load("sectors_en").items()]


def find_sectors(text: str) -> tuple[Sector, ...]:
    """The sectors named in a stretch of text, in the order of their first word.

    >>> find_sectors("lithium batteries and medical devices")
    ('new_energy', 'medical_devices')
    """
    hits = []
    for name, pattern in _patterns():
        match = pattern.search(text)
        if match:
            hits.append((match.start(), name))
    return tuple(cast(Sector, name) for _, name in sorted(hits))
