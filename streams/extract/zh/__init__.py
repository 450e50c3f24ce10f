"""Reading articles in Chinese."""

from streams.extract.found import FoundAmount
from streams.extract.zh import amounts
from streams.extract.zh.reader import read
from streams.fold import fold

__all__ = ["find_amounts", "read"]


def find_amounts(text: str) -> list[FoundAmount]:
    """The sums of money in a piece of an article as it is written; offsets count in the folded piece."""
    return amounts.find_amounts(fold(text).text)
