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
    """The lexicon, compiled.

    `starts`: any character that a role's word may begin with. `roles`: by that character, the words of all roles that
    begin with it in one pattern, its groups named by role, so that a place of the text is compared with few of them.
    `cues`: a pattern for each list.
    """

    starts: re.Pattern[str]
    roles: dict[str, re.Pattern[str]]
    cues: dict[str, re.Pattern[str]]


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    content = tomllib.loads((files("streams.extract") / "data" / "zh_triggers.toml").read_text(encoding="utf-8"))
    words = [(word, role) for role, words in content["roles"].items() for word in words]
    words.sort(key=lambda pair: -len(pair[0]))
    by_start: dict[str, list[str]] = {}
    for index, (word, role) in enumerate(words):
        for char in _first_characters(word):
            by_start.setdefault(char, []).append(f"(?P<{role}_{index}>{word})")
    return Lexicon(
        starts=re.compile("[" + "".join(re.escape(char) for char in by_start) + "]"),
        roles={char: re.compile("|".join(numbered)) for char, numbered in by_start.items()},
        cues={name: re.compile("|".join(patterns)) for name, patterns in content["cues"].items()},
    )


def _first_characters(word: str) -> set[str]:
    """The characters that a match of the word may begin with.

    A word is written as (lookbehind)(group of alternatives, maybe optional)characters.
    Raises ValueError for one that begins otherwise.

    >>> sorted(_first_characters("(?<!大会)(?:新|再)?签约")) == sorted("新再签")
    True
    """
    word = re.sub(r"^(?:\(\?<[!=][^()]*\))+", "", word)
    group = re.match(r"\(\?:([^()]*)\)([?*]?)", word)
    if group is None:
        if not word or word[0] in "([.\\?*+|^$":
            raise ValueError(f"a trigger must begin with a character or a group of them: {word!r}")
        return {word[0]}
    if not all(group[1].split("|")):
        raise ValueError(f"an empty alternative: {word!r}")
    first = {alternative[0] for alternative in group[1].split("|")}
    return first | (_first_characters(word[group.end() :]) if group[2] else set())


def pattern(module: str, name: str) -> re.Pattern[str]:
    """A pattern of data/zh_patterns.toml: any of its alternatives."""
    return re.compile("|".join(_patterns()[module][name]))


@cache
def _patterns() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("streams.extract") / "data" / "zh_patterns.toml").read_text(encoding="utf-8"))


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """The triggers in `text[start:end]`, none inside another."""
    words = lexicon()
    found: list[Trigger] = []
    for at in words.starts.finditer(text, start, end):
        if found and at.start() < found[-1].end:
            continue
        if match := words.roles[at[0]].match(text, at.start(), end):
            found.append(Trigger(match.start(), match.end(), (match.lastgroup or "").rsplit("_", 1)[0]))
    return found


def has_cue(name: str, text: str, start: int, end: int) -> bool:
    """True when a cue of the list stands in `text[start:end]`."""
    return bool(lexicon().cues[name].search(text, start, end))
