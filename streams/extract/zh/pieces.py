"""Finders over a piece of an article as it is written: searched in its folded form, told in its own offsets."""

from collections.abc import Iterator

from streams.extract.found import FoundAmount
from streams.extract.zh import amounts
from streams.extract.zh.lexicon import find_triggers
from streams.extract.zh.sectors import iter_sector_words
from streams.fold import fold

ROLES = {
    "contract": ("sign",), "framework": ("sign",), "intention": ("sign",), "agreement": ("sign",),
    "landed": ("landed",), "started": ("started", "mixed"), "completed": ("completed",),
    "operational": ("operational",), "projects_signed": ("sign",), "projects_introduced": ("introduced", "landed"),
    "projects_negotiating": ("negotiating",), "projects_started": ("started",),
    "projects_completed": ("completed", "operational"), "projects_reserved": ("reserved", "offered"),
    "leads": ("leads",), "enterprises_visited": ("visited",), "activities_held": ("held",),
    "companies_registered": ("registered",),
}  # fmt: skip
"""Stage, metric or type -> the roles of zh_triggers.toml whose words say it."""


def find_amounts(text: str) -> list[FoundAmount]:
    """The sums of money; offsets count in the folded piece."""
    return amounts.find_amounts(fold(text).text)


def find_sector_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word of a sector: the sector, where the word begins and ends."""
    folded = fold(text)
    for sector, start, end in iter_sector_words(folded.text):
        yield sector, *folded.origin(start, end)


def find_verb(kind: str, sentence: str) -> tuple[int, int] | None:
    """Where the sentence says that it tells of this stage, kind, metric or type; None when no word alone says it.

    >>> find_verb("started", "6個項目集中開工")
    (4, 8)
    """
    folded = fold(sentence)
    for trigger in find_triggers(folded.text, 0, len(folded.text)):
        if trigger.role in ROLES.get(kind, ()):
            return folded.origin(trigger.start, trigger.end)
    return None
