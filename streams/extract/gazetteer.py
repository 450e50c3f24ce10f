"""The names of places and what they may stand for, built from the data files at first use."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from operator import add
from typing import Literal

import ahocorasick

from schemas.regions import level_of, name_of
from streams.extract.folding import fold_chinese, fold_english

HERE = "streams.extract.data"

Language = Literal["zh", "en"]
Form = Literal["full", "former", "bare", "weak", "word", "zone"]


@dataclass(frozen=True)
class Sense:
    """One thing that a name may stand for.

    `form`: `full` carries its kind (海曙区, Haishu District), `former` is of the past, `bare` carries none (海曙),
    `weak` counts only where the context speaks for it: a common word (江北), a district in pinyin (Baisha); `word`
    is an everyday word (和平) and counts only beside the place above it or a sibling;
    `zone` is a development zone, park or new area. `prominent`: what readers think of where nothing speaks for another.
    """

    codes: tuple[str, ...]
    level: str
    form: Form
    prominent: bool = False


@dataclass(frozen=True)
class Name:
    """A name and its senses. `kind`: `place`, `generic` (我市; `level`: of what) or `trap` (a word to pass over)."""

    text: str
    kind: Literal["place", "generic", "trap"]
    senses: tuple[Sense, ...] = ()
    level: str = ""

    @property
    def size(self) -> int:
        """Characters; the folded spelling has as many."""
        return len(self.text)


@dataclass(frozen=True)
class Gazetteer:
    """What is known of one language. `letters`: cities named by one character (穗), which only some contexts allow."""

    hits: Callable[[str], Iterator[tuple[int, Name]]]
    """Folded text → every occurrence of every name: where it starts, and the name."""
    letters: dict[str, Name]


@cache
def gazetteer(language: Language) -> Gazetteer:
    """The names of one language; reads the data files at the first call, then remembers."""
    fold = fold_chinese if language == "zh" else fold_english
    names = {fold(text): Name(text, "place", senses) for text, senses in places(language).items()}
    for row in rows("generics.csv", language):
        names[fold(row["name"])] = Name(row["name"], "generic", level=row["level"])
    for row in rows("traps.csv", language):
        names[fold(row["name"])] = Name(row["name"], "trap")
    letters = {row["name"]: coded(row["code"]) for row in rows("letters.csv", language)}
    return Gazetteer(
        by_pairs(names) if language == "zh" else by_automaton(names),
        {text: Name(text, "place", (Sense((c,), level_of(c), "full"),)) for text, c in letters.items()},
    )


def by_automaton(names: dict[str, Name]) -> Callable[[str], Iterator[tuple[int, Name]]]:
    """All names at once, by Aho and Corasick."""
    automaton = ahocorasick.Automaton()
    for key, name in names.items():
        automaton.add_word(key, name)
    automaton.make_automaton()

    def hits(folded: str) -> Iterator[tuple[int, Name]]:
        for last, name in automaton.iter(folded):
            yield last + 1 - name.size, name

    return hits


def by_pairs(names: dict[str, Name]) -> Callable[[str], Iterator[tuple[int, Name]]]:
    """The longest name at each spot, by its first two characters.

    Chinese has thousands of first characters, over which the automaton searches one by one: this is ten times as fast.
    """
    found: dict[str, list[tuple[str, Name]]] = {}
    for key, name in sorted(names.items(), key=lambda item: -len(item[0])):
        found.setdefault(key[:2], []).append((key, name))

    def hits(folded: str) -> Iterator[tuple[int, Name]]:
        for start in [i for i, pair in enumerate(map(add, folded, folded[1:])) if pair in found]:
            for key, name in found[folded[start : start + 2]]:
                if folded.startswith(key, start):
                    yield start, name
                    break

    return hits


def places(language: Language) -> dict[str, tuple[Sense, ...]]:
    """Name → senses. Spellings that fold alike are one name, the first met."""
    fold = fold_chinese if language == "zh" else fold_english
    spelling: dict[str, str] = {}
    found: dict[str, dict[tuple[str, ...], Sense]] = {}
    for text, sense in named(language):
        senses = found.setdefault(spelling.setdefault(fold(text), text), {})
        if sense.codes not in senses or senses[sense.codes].form in ("bare", "weak", "word"):
            senses[sense.codes] = sense
    for row in rows("prominent.csv", language):
        senses = found[spelling[fold(row["name"])]]
        codes = (coded(row["code"]),)
        senses[codes] = replace(senses[codes], prominent=True)
    return {text: tuple(senses.values()) for text, senses in found.items()}


def named(language: Language) -> Iterator[tuple[str, Sense]]:
    """Every name of a place with one of its senses."""
    for row in rows("division_names.csv", language):
        code = coded(row["code"])
        level, form = level_of(code), row["form"]
        if language == "en" and form == "bare" and level == "county" and not name_of(code, "zh").endswith("市"):
            form = "weak"
        yield row["name"], Sense((code,), level, form)  # type: ignore[arg-type]
    for row in table("schemas.data", "abroad.csv"):
        form = "full" if row["sure"] == "1" else "weak"
        if row["sure"] == "-":  # the name is an everyday word
            continue
        for text in filter(None, row[language].split("|")):
            yield text, Sense((row["code"],), level_of(row["code"]), form)  # type: ignore[arg-type]
    for row in table(HERE, "zones.csv"):
        codes = tuple(coded(code) for code in row["codes"].split("|"))
        for text in filter(None, row[language].split("|")):
            yield text, Sense(codes, "zone", "zone")


def coded(code: str) -> str:
    """330203 → CN-330203; codes abroad stay."""
    return f"CN-{code}" if code.isdigit() else code


def rows(name: str, language: Language) -> Iterator[dict[str, str]]:
    """The rows of one language in a file of the data folder."""
    return (row for row in table(HERE, name) if row["language"] == language)


def table(folder: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file; a line that starts with # tells where it comes from."""
    with files(folder).joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))
