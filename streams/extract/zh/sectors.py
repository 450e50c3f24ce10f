"""The industries that folded Chinese text names (rules 17 and 21 of the labels), by data/zh_sectors.toml."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import ahocorasick

from schemas.event import Sector


def find_sectors(text: str) -> tuple[Sector, ...]:
    """The sectors named, each once, in the order of their first word. The longest word at a place wins.

    >>> find_sectors("智能网联新能源汽车、集成电路")
    ('new_energy', 'automotive', 'semiconductors')
    """
    found: dict[Sector, None] = {}
    for _, (_, sectors) in _lexicon().iter_long(text):
        found.update(dict.fromkeys(sectors))
    return tuple(found)


def iter_sector_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word of a sector in folded text: the sector, where the word begins and ends."""
    for last, (word, sectors) in _lexicon().iter_long(text):
        for sector in sectors:
            yield sector, last + 1 - len(word), last + 1


@cache
def _lexicon() -> ahocorasick.Automaton:
    content = tomllib.loads((files("streams.extract") / "data" / "zh_sectors.toml").read_text(encoding="utf-8"))
    sectors: dict[str, list[str]] = {}
    for names, words in content.items():
        for word in words:
            sectors.setdefault(word, []).extend([] if names == "none" else names.split())
    automaton = ahocorasick.Automaton()
    for word, found in sectors.items():
        automaton.add_word(word, (word, tuple(dict.fromkeys(found))))
    automaton.make_automaton()
    return automaton
