"""The industries of an event's own projects (rules 17 and 21), from the words around it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import ahocorasick

from schemas.event import Sector
from streams.extract.en.lexicon import load
from streams.gate import Gate


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, Gate]]:
    return [(name, Gate(words, r"(?<!\w)", r"(?!\w)", re.IGNORECASE)) for name, words in load("sectors_en").items()]


@lru_cache(maxsize=1)
def _products() -> ahocorasick.Automaton:
    """Every product with its sectors; `none` has an empty name."""
    sectors: dict[str, list[str]] = {}
    for name, words in load("products_en").items():
        for word in words:
            sectors.setdefault(word, []).append("" if name == "none" else name)
    automaton = ahocorasick.Automaton()
    for word, names in sectors.items():
        automaton.add_word(word, (len(word), [n for n in names if n]))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=128)  # asked again for every fact of a paragraph
def find_sectors(text: str) -> tuple[Sector, ...]:
    """The sectors named in a stretch of text, in the order of their first word.

    >>> find_sectors("lithium batteries and medical devices")
    ('new_energy', 'medical_devices')
    >>> find_sectors("a beef cattle farm and a gear plant")
    ('agriculture', 'automotive')
    """
    products = _find_products(text)
    for start, end, names in products:
        if not names:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    hits = [
        (match.start(), name) for name, pattern in _patterns() for match in [pattern.search(text)] if match is not None
    ]
    known = {name for _, name in hits}
    for start, _, names in products:
        hits += [(start, name) for name in names if name not in known]
        known.update(names)
    return tuple(cast(Sector, name) for _, name in sorted(hits))


def _find_products(text: str) -> list[tuple[int, int, list[str]]]:
    """Start, end and sectors of every product named, the longest at each place; in the order of the text."""
    low = text.lower()
    if len(low) != len(text):
        return []
    spans = []
    for last, (size, names) in _products().iter(low):
        start, end = last + 1 - size, last + 1
        if low[end : end + 1] == "s":
            end += 1
        if not (start and low[start - 1].isalnum()) and not low[end : end + 1].isalnum():
            spans.append((start, end, names))
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, list[str]]] = []
    for span in spans:
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept


def find_sector_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word of a sector: the sector, where the word begins and ends."""
    for name, pattern in _patterns():
        for match in pattern.finditer(text):
            yield name, match.start(), match.end()
    for start, end, names in _find_products(text):
        for name in names:
            yield name, start, end
