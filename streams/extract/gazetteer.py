"""The names of places and what they may stand for, in one automaton a language, built from the data files at first use."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import ahocorasick

from schemas.regions import level_of
from streams.extract.folding import fold_chinese, fold_english

HERE = "streams.extract.data"

Language = Literal["zh", "en"]
Form = Literal["full", "bare", "weak", "former", "zone"]


@dataclass(frozen=True)
class Sense:
    """One thing that a name may stand for.

    `form`: `full` carries its kind (海曙区, Haishu District), `bare` does not (海曙), `weak` is a bare name which is an
    everyday word too (和平) and needs the context to speak for it, `zone` is a development zone, park or new area.
    """

    codes: tuple[str, ...]
    level: str
    form: Form


@dataclass(frozen=True)
class Name:
    """A name, its folded spelling, and its senses. `kind`: `place`, `generic` (我市) or `trap` (a word to pass over)."""

    text: str
    size: int
    kind: Literal["place", "generic", "trap"]
    senses: tuple[Sense, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """What is known of one language."""

    automaton: ahocorasick.Automaton

    def hits(self, folded: str) -> Iterator[tuple[int, Name]]:
        """Every occurrence of every name: where its last character stands, and the name."""
        return self.automaton.iter(folded)


def rows(folder: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of the data folder; a line that starts with # tells where it comes from."""
    with files(folder).joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def gazetteer(language: Language) -> Gazetteer:
    """The names of one language; reads the data files at the first call (about half a second), then remembers."""
    fold = fold_chinese if language == "zh" else fold_english
    senses: dict[str, dict[tuple[str, ...], Sense]] = {}
    shown: dict[str, str] = {}
    for text, sense in all_names(language):
        key = fold(text)
        shown.setdefault(key, text)
        known = senses.setdefault(key, {})
        if sense.codes not in known or known[sense.codes].form in ("bare", "weak"):
            known[sense.codes] = sense
    names = {key: Name(shown[key], len(key), "place", tuple(found.values())) for key, found in senses.items()}
    for row in rows(HERE, "generics.csv"):
        if row["language"] == language:
            names[fold(row["name"])] = Name(row["name"], len(row["name"]), "generic", level=row["level"])
    for row in rows(HERE, "traps.csv"):
        if row["language"] == language:
            names[fold(row["name"])] = Name(row["name"], len(row["name"]), "trap")
    automaton = ahocorasick.Automaton()
    for key, name in names.items():
        automaton.add_word(key, name)
    automaton.make_automaton()
    return Gazetteer(automaton)


def all_names(language: Language) -> Iterator[tuple[str, Sense]]:
    """Every name of a place with one of its senses."""
    for row in rows(HERE, "division_names.csv"):
        if row["language"] == language:
            code = "CN-" + row["code"]
            yield row["name"], Sense((code,), level_of(code), row["form"])  # type: ignore[arg-type]
    for row in rows("schemas.data", "abroad.csv"):
        for text in row[language].split("|"):
            if text:
                yield text, Sense((row["code"],), level_of(row["code"]), "full" if row["sure"] == "1" else "weak")
    for row in rows(HERE, "zones.csv"):
        codes = tuple("CN-" + code if code.isdigit() else code for code in row["codes"].split("|"))
        for text in row[language].split("|"):
            if text:
                yield text, Sense(codes, "zone", "zone")
