"""The words of data/zh_triggers.toml and the patterns of data/zh_patterns.toml, compiled."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Trigger:
    """A word that says what happened: `text[start:end]` of the document, and its role in the lexicon."""

    start: int
    end: int
    role: str


@dataclass(frozen=True)
class Lexicon:
    """`roles`: one pattern, its groups named by role. `cues`: a pattern for each list."""

    roles: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    content = tomllib.loads((files("streams.extract") / "data" / "zh_triggers.toml").read_text(encoding="utf-8"))
    words = [(word, role) for role, words in content["roles"].items() for word in words]
    words.sort(key=lambda pair: -len(pair[0]))
    numbered = "|".join(f"(?P<{role}_{index}>{word})" for index, (word, role) in enumerate(words))
    return Lexicon(
        roles=re.compile(numbered),
        cues={name: re.compile("|".join(patterns)) for name, patterns in content["cues"].items()},
    )


def pattern(module: str, name: str) -> re.Pattern[str]:
    """A pattern of data/zh_patterns.toml: any of its alternatives."""
    return re.compile("|".join(_patterns()[module][name]))


@cache
def _patterns() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("streams.extract") / "data" / "zh_patterns.toml").read_text(encoding="utf-8"))


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """The triggers in `text[start:end]`, none inside another."""
    return [
        Trigger(match.start(), match.end(), (match.lastgroup or "").rsplit("_", 1)[0])
        for match in lexicon().roles.finditer(text, start, end)
    ]


def has_cue(name: str, text: str, start: int, end: int) -> bool:
    """True when a cue of the list stands in `text[start:end]`."""
    return bool(lexicon().cues[name].search(text, start, end))
