"""Reading articles in English."""

from streams.extract.en.amounts import find_amounts
from streams.extract.en.reader import read
from streams.extract.en.sectors import find_sector_words
from streams.extract.en.verbs import find_verb
from streams.extract.trace import Finders

FINDERS = Finders(find_sector_words, find_verb)

__all__ = ["FINDERS", "find_amounts", "read"]
