"""Regular expressions that look before they search: no literal that every match must hold, no search.

A lexicon's expression is a long alternation on word borders without regard to case; `re` tries every branch at every
position. Nearly all sentences hold none of its words, which a substring search or one pass of Aho-Corasick tells in a
fraction of the time. Results are those of the expression itself (`tests/test_gate.py` compares them).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

FEW = 8
"""Up to so many branches are searched one by one; more, as one expression."""
MANY = 64
"""A part with more spellings than this is not spelt out."""
LONG = 6
"""A literal of so many characters tells as well as a longer one."""
EMPTY = frozenset(("",))
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


class Gate:
    """Any of several expressions, each behind the literals that it needs.

    Finds what `re.compile(before + "(?:" + "|".join(branches) + ")" + after, flags)` finds.
    """

    def __init__(self, branches: Iterable[str], before: str = "", after: str = "", flags: int = 0) -> None:
        listed = list(branches)
        self._source = f"{before}(?:{'|'.join(listed)}){after}"
        self._sources = [f"{before}(?:{branch}){after}" for branch in listed]
        self._flags = flags
        self._folds = bool(flags & re.IGNORECASE)
        self._compiled: dict[int, re.Pattern[str]] = {}
        keys = [find_required(source, flags) for source in self._sources]
        self._open = tuple(index for index, literals in enumerate(keys) if literals is None)
        self._automaton = _automaton(keys)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """The one expression that the gate stands for."""
        return re.compile(self._source, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        candidates = self._candidates(text)
        if not candidates:
            return iter(())
        if len(candidates) > FEW:
            return self.whole.finditer(text)
        return _merged([self._branch(index) for index in candidates], text)

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.whole.match(text) if self._candidates(text) else None

    def _candidates(self, text: str) -> list[int]:
        """The branches that may match, in their order."""
        found = set(self._open)
        if self._automaton is not None:
            for _, branches in self._automaton.iter(text.casefold() if self._folds else text):
                found.update(branches)
        return sorted(found)

    def _branch(self, index: int) -> re.Pattern[str]:
        if index not in self._compiled:
            self._compiled[index] = re.compile(self._sources[index], self._flags)
        return self._compiled[index]


def _merged(expressions: list[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """The matches of the first expression that matches at the leftmost place, then on from its end."""
    nexts = [expression.search(text) for expression in expressions]
    while any(nexts):
        best = min((one for one in nexts if one), key=lambda match: match.start())
        yield best
        on = best.end() if best.end() > best.start() else best.end() + 1
        for index, match in enumerate(nexts):
            if match and match.start() < on:
                nexts[index] = expressions[index].search(text, on) if on <= len(text) else None


def find_required(pattern: str, flags: int = 0) -> frozenset[str] | None:
    """Literals one of which every match of the expression holds, in lower case under IGNORECASE; None if unknown.

    Under IGNORECASE a letter matches what casefolds to it too (the long s, the Kelvin sign): search casefolded text.

    >>> sorted(find_required(r"\\b(?:sign(?:s|ed)|ink\\w+) a", re.IGNORECASE))
    ['ink', 'signed', 'signs']
    >>> find_required(r"[0-9]+x?") is None
    True
    """
    folds = bool(flags & re.IGNORECASE)
    return _required(parser.parse(pattern, flags), folds)


def _required(parsed: Any, folds: bool) -> frozenset[str] | None:
    """The best of what the parts in a row need: the set whose shortest literal is longest."""
    choices: list[frozenset[str]] = []
    run: frozenset[str] = EMPTY
    for op, value in parsed:
        spelt = _spellings(op, value, folds)
        joined = _joined(run, spelt) if spelt else None
        if joined:
            run = joined
            continue
        choices.append(run)
        run = spelt or EMPTY
        if not spelt and (inner := _inner(op, value, folds)):
            choices.append(inner)
    choices.append(run)
    return max((one for one in choices if "" not in one), key=_worth, default=None)


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    return min(LONG, *map(len, literals)), -len(literals)


def _spellings(op: Any, value: Any, folds: bool) -> frozenset[str] | None:
    """All that the part can match, if that is a short list; a part without width matches the empty string."""
    if op is ops.LITERAL:
        char = chr(value).lower() if folds else chr(value)
        return frozenset((char,)) if char.isascii() or not folds else None
    if op is ops.IN:
        return _union(_spellings(kind, one, folds) for kind, one in value)
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return EMPTY
    if op is ops.SUBPATTERN and not (value[1] | value[2]) & re.IGNORECASE:
        return _sequence(value[3], folds)
    if op is ops.BRANCH:
        return _union(_sequence(branch, folds) for branch in value[1])
    if op in REPEATS and value[1] == 1:
        once = _sequence(value[2], folds)
        return once and (once | EMPTY if value[0] == 0 else once)
    return None


def _sequence(parsed: Any, folds: bool) -> frozenset[str] | None:
    run: frozenset[str] | None = EMPTY
    for op, value in parsed:
        spelt = _spellings(op, value, folds)
        run = _joined(run, spelt) if spelt and run else None
        if run is None:
            return None
    return run


def _joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str] | None:
    return frozenset(one + two for one in first for two in second) if len(first) * len(second) <= MANY else None


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    union: frozenset[str] = frozenset()
    for one in sets:
        if one is None or len(union) > MANY:
            return None
        union |= one
    return union


def _inner(op: Any, value: Any, folds: bool) -> frozenset[str] | None:
    if op is ops.SUBPATTERN:
        return None if (value[1] | value[2]) & re.IGNORECASE else _required(value[3], folds)
    if op is ops.ATOMIC_GROUP:
        return _required(value, folds)
    if op in REPEATS:
        return _required(value[2], folds) if value[0] > 0 else None
    if op is ops.BRANCH:
        branches = [_required(branch, folds) for branch in value[1]]
        return None if None in branches else frozenset().union(*(one for one in branches if one))
    return None


def _automaton(keys: list[frozenset[str] | None]) -> Any:
    """Finds literals, each with the indexes of the branches that need one of them; None when there is no literal."""
    needed: dict[str, list[int]] = {}
    for index, literals in enumerate(keys):
        for literal in literals or ():
            needed.setdefault(literal, []).append(index)
    if not needed:
        return None
    automaton = ahocorasick.Automaton()
    for literal, branches in needed.items():
        automaton.add_word(literal, tuple(branches))
    automaton.make_automaton()
    return automaton
