"""Reading articles in English."""

from streams.extract.en.amounts import find_amounts
from streams.extract.en.reader import read

__all__ = ["find_amounts", "read"]
