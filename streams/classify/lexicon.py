"""The cues of one language, read from `data/<language>.toml` and compiled for one pass over a text.

The format
----------
::

    threshold = 4.0          # an article with at least this score is relevant
    boundaries = true        # true: a word must not be part of a longer word (English). false: it may (Chinese)
    lead = 300               # characters of the body that count as its lead
    [zones]                  # what a hit is worth in each part of the article
    title = 2.0
    lead = 1.5
    body = 1.0

    [[cue]]
    kind = "signing"         # an event type, or "topic" (about regional investment), or "noise" (about something else)
    weight = 3.0             # positive: speaks for; negative: against
    reason = "projects signed"
    words = ["signed", "invest*"]           # plain words, found in one pass; any case; a trailing * lets the word go on
    near = ['\\bprojects?\\b', 'billion']   # optional: counts only with one of these regexes within `reach` characters
    unless = ['not sign']                   # optional: does not count with one of these within `reach` characters
    reach = 60               # characters looked at to each side, never beyond the sentence; default 60
    zones = ["title", "lead"]                # optional: counts in these parts only
    times = 2                # most hits that count, the dearest zones first; default 1

The score is the sum over cues of `weight` x zone of each counted hit. `near` and `unless` are searched with
`re.IGNORECASE` in a window of at most 2 x reach + word characters, so the cost stays linear in the text. Chinese text
is searched in its folded form: write cues in simplified characters with half-width signs.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import ahocorasick

from schemas.event import EventType
from streams.gate import Gate

Zone = Literal["title", "lead", "body"]
ZONES: tuple[Zone, ...] = get_args(Zone)
KINDS = frozenset(get_args(EventType)) | {"topic", "noise"}
FIELDS = {"kind", "weight", "reason", "words", "near", "unless", "reach", "zones", "times"}


class LexiconError(Exception):
    """A lexicon file is wrong. The message names the file, the cue, what was expected and what was found."""


@dataclass(frozen=True)
class Cue:
    """One `[[cue]]` of the file."""

    kind: str
    weight: float
    reason: str
    words: tuple[str, ...]
    near: Gate | None
    unless: Gate | None
    reach: int
    zones: tuple[Zone, ...]
    times: int


@dataclass(frozen=True)
class Lexicon:
    """A compiled file. The automaton's values are lists of (index of the cue, length of the word, may go on)."""

    threshold: float
    boundaries: bool
    lead: int
    zones: dict[str, float]
    cues: tuple[Cue, ...]
    automaton: ahocorasick.Automaton


@cache
def load_lexicon(language: str) -> Lexicon:
    """The packaged lexicon of the language. Raises LexiconError when the file is not well formed."""
    file = files(__package__) / "data" / f"{language}.toml"
    try:
        return parse_lexicon(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, LexiconError) as error:
        raise LexiconError(f"{language}.toml: {error}") from error


def parse_lexicon(content: dict[str, Any]) -> Lexicon:
    """The lexicon of a decoded file. Raises LexiconError."""
    if missing := {"threshold", "boundaries", "lead", "zones", "cue"} - content.keys():
        raise LexiconError(f"expected the keys {sorted(missing)}")
    if set(content["zones"]) != set(ZONES):
        raise LexiconError(f"zones: expected {ZONES}, found {sorted(content['zones'])}")
    cues = tuple(_cue(index, entry) for index, entry in enumerate(content["cue"], 1))
    boundaries = bool(content["boundaries"])
    return Lexicon(
        threshold=float(content["threshold"]),
        boundaries=boundaries,
        lead=int(content["lead"]),
        zones={zone: float(content["zones"][zone]) for zone in ZONES},
        cues=cues,
        automaton=_automaton(cues, boundaries),
    )


def _cue(index: int, entry: dict[str, Any]) -> Cue:
    name = f"cue {index} ({entry.get('reason', 'no reason')})"
    if unknown := entry.keys() - FIELDS:
        raise LexiconError(f"{name}: unknown keys {sorted(unknown)}, expected {sorted(FIELDS)}")
    if entry.get("kind") not in KINDS:
        raise LexiconError(f"{name}: kind: expected one of {sorted(KINDS)}, found {entry.get('kind')!r}")
    words = tuple(entry.get("words", ()))
    if not words or not all(isinstance(word, str) and word.strip("* ") for word in words):
        raise LexiconError(f"{name}: words: expected a list of words, found {words!r}")
    zones = tuple(entry.get("zones", ZONES))
    if not set(zones) <= set(ZONES):
        raise LexiconError(f"{name}: zones: expected some of {ZONES}, found {zones}")
    if not entry.get("reason") or not isinstance(entry.get("weight"), int | float) or not entry["weight"]:
        raise LexiconError(f"{name}: expected a reason and a weight that is not 0")
    return Cue(
        kind=entry["kind"],
        weight=float(entry["weight"]),
        reason=entry["reason"],
        words=words,
        near=_any_of(name, entry.get("near")),
        unless=_any_of(name, entry.get("unless")),
        reach=int(entry.get("reach", 60)),
        zones=zones,
        times=int(entry.get("times", 1)),
    )


def _any_of(name: str, patterns: list[str] | None) -> Gate | None:
    if not patterns:
        return None
    try:
        return Gate((f"(?:{pattern})" for pattern in patterns), flags=re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"{name}: not a regex: {error}") from error


def _automaton(cues: tuple[Cue, ...], boundaries: bool) -> ahocorasick.Automaton:
    entries: dict[str, list[tuple[int, int, bool]]] = {}
    for index, cue in enumerate(cues):
        for word in cue.words:
            plain = word.rstrip("*").lower()
            entries.setdefault(plain, []).append((index, len(plain), not boundaries or word.endswith("*")))
    automaton = ahocorasick.Automaton()
    for plain, values in entries.items():
        automaton.add_word(plain, values)
    automaton.make_automaton()
    return automaton
