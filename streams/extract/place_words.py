"""The words around place names (data/place_words.toml), as patterns. None of them looks further than a few words."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

QUARTER = r"(?:(?:the )?(?:(?:north|south)?(?:east|west)?|north|south|central)(?:ern)? |[nsew]\. )?"
ENGLISH_LINK = re.compile(
    r"(?: ?\(|,| of| in| under)?"
    r"(?:,? (?:a|an|the) [a-z-]{0,20} ?(?:city|district|county|town|banner)(?: of| in| under)?,?)?"
    rf" ?(?:in |of )?(?:the city of )?{QUARTER}(?:china's )?(?:the )?{QUARTER}"
)
"""What stands between a place and the larger one that holds it: "Rugao, a county-level city of Nantong"."""
CHINESE_LINKS = ("", " ", "·", "-", "—")
LONGEST_LINK = 60
"""Characters."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def load(language: str) -> dict[str, list[str]]:
    """One language's lists."""
    with files("streams.extract.data").joinpath("place_words.toml").open("rb") as file:
        words: dict[str, list[str]] = tomllib.load(file)[language]
    return words


@dataclass(frozen=True)
class ChineseWords:
    """Patterns over folded text; those named `before_*` end at the place name, the others start at its end.

    `kind`: what divisions abroad are called.
    """

    zone: re.Pattern[str]
    kind: re.Pattern[str]
    institution: re.Pattern[str]
    company: re.Pattern[str]
    press: re.Pattern[str]
    release: re.Pattern[str]
    before_source: re.Pattern[str]
    before_person: re.Pattern[str]
    before_name: re.Pattern[str]
    crossing: frozenset[str]


@cache
def chinese() -> ChineseWords:
    """The Chinese patterns, compiled once."""
    words = load("zh")
    breaks = re.escape("".join(words["company_breaks"]))
    people = any_of(words["titles"])
    lines = files("streams.extract.data").joinpath("crossing_zh.txt").read_text(encoding="utf-8").splitlines()
    return ChineseWords(
        zone=re.compile(rf"\)?{any_of(words['zone_prefixes'])}?{any_of(words['zones'])}(?!(?<=新城)区)"),
        kind=re.compile(any_of(words["kinds"])),
        institution=re.compile(f"(?!{any_of(words['not_institutions'])}){any_of(words['institutions'])}"),
        company=re.compile(
            f"(?!联合(?!股份|集团|控股|有限)|携手|牵手)[^{breaks}]{{1,14}}?{any_of(words['company_ends'])}"
        ),
        press=re.compile(rf"{any_of(words['press'])}|网(?=$|[\s\]】),。、—-])"),
        release=re.compile(any_of(words["release"])),
        before_source=re.compile(rf"{any_of(words['sources'])}\s?$"),
        before_person=re.compile(
            rf"(?:{any_of(words['bylines'])}[:/\s]{{0,2}}\w?|{people}[:、\s]?[{''.join(words['surnames'])}])$"
        ),
        before_name=re.compile(f"[{''.join(words['names'])}]$"),
        crossing=frozenset(line for line in lines if not line.startswith("#")),
    )


@dataclass(frozen=True)
class EnglishWords:
    """Patterns over folded text, `company` over the text itself (it reads capitals)."""

    zone: re.Pattern[str]
    kind: re.Pattern[str]
    institution: re.Pattern[str]
    company: re.Pattern[str]
    press: re.Pattern[str]
    before: re.Pattern[str]
    before_press: re.Pattern[str]
    surnames: frozenset[str]


@cache
def english() -> EnglishWords:
    """The English patterns, compiled once."""
    words = load("en")
    ends = any_of(word.title() for word in words["company_ends"])
    return EnglishWords(
        zone=re.compile(rf"\)?(?: {any_of(words['zone_words'])}){{0,7}}? {any_of(words['zones'])}s?\b"),
        kind=re.compile(rf" {any_of(words['kinds'])}\b"),
        institution=re.compile(rf" (?:(?:north|south|east|west|middle) )?{any_of(words['institutions'])}\b"),
        company=re.compile(rf"(?:[ -](?:&|[A-Z][\w.'&-]{{0,20}})){{1,6}}?,? {ends}\b"),
        press=re.compile(rf" {any_of(words['press'])}\b"),
        before=re.compile(f"{any_of(words['before'])} $"),
        before_press=re.compile(f"{any_of(words['press_before'])} $"),
        surnames=frozenset(words["surnames"]),
    )
