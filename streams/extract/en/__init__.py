"""Reading articles in English."""

from streams.extract.en.reader import read

__all__ = ["read"]
