"""The word lists of the room, read once from the data files beside it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from streams.gate import Gate

_DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def load(name: str) -> dict[str, Any]:
    """The data file `name`.toml of the extract room."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    """A regular expression for any of the literal words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(set(words), key=len, reverse=True))


def _widened(pattern: str) -> str:
    """A word may have an apostrophe or a hyphen in it, and a stretch of a sentence decimals."""
    pattern = pattern.replace(r"(?:\w+ )", r"(?:[\w’'-]+ )")
    for stretch in ("[^.;:]", "[^.;,]", "[^.;]"):
        pattern = pattern.replace(stretch, rf"(?:{stretch}|\.(?=\d))")
    return pattern


@cache
def phrases(file: str, key: str) -> Gate:
    """The patterns listed under `key` of a data file, on word borders, without regard to case."""
    listed = (_widened(pattern) for pattern in load(file)[key])
    return Gate(listed, r"(?<![\w-])", r"(?:(?!\w)|(?<=\s))", re.IGNORECASE)
