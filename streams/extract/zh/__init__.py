"""Reading articles in Chinese."""

from streams.extract.trace import Finders
from streams.extract.zh.pieces import find_amounts, find_sector_words, find_verb
from streams.extract.zh.reader import read

FINDERS = Finders(find_sector_words, find_verb)

__all__ = ["FINDERS", "find_amounts", "read"]
