"""Reading articles in Chinese."""

from streams.extract.zh.reader import read

__all__ = ["read"]
