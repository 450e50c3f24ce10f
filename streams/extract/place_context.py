"""What stands around a place name and makes it part of another name: of a company, a road, a newspaper, a person."""

import re
from typing import Literal

from streams.extract.place_words import chinese, english

Verdict = Literal["place", "press", "name", "crossing", "weak"]
"""place: it is one. press: part of a newspaper's name. name: part of any other name. crossing: the end of one word and
the start of the next (投资|兴业). weak: perhaps such a crossing, so the context has to speak for it."""

MONEY = re.compile(r"[ -]?(?:\$|dollar)")
TITLES = ("Mr.", "Ms.", "Mrs.", "Dr.")
WORD_BEFORE = re.compile(r"([A-Za-z.]+)[ -]$")
WORD_AFTER = re.compile(r" ([A-Z][a-z]+)\b")


def judge_chinese(folded: str, start: int, end: int, bare: bool, short: bool) -> Verdict:
    """What the name at `folded[start:end]` is. `bare`: it carries no kind; `short`: a county's bare name."""
    words = chinese()
    if short and folded[start - 1 : start + 1] in words.crossing:
        return "crossing"
    single = end - start == 2 and folded[end - 1] in "县区市旗"
    before = folded[max(0, start - 8) : start]
    if words.press.match(folded, end) or (words.release.match(folded, end) and words.before_source.search(before)):
        return "press"
    if words.institution.match(folded, end) or words.company.match(folded, end):
        return "name"
    if bare and words.before_person.search(before):
        return "name"
    if short and (folded[end - 1 : end + 1] in words.crossing or words.before_name.search(before)):
        return "weak"
    if single and before and before[-1].isalpha():  # 探索|县域, 各市和|县
        return "weak"
    return "place"


def judge_english(text: str, folded: str, start: int, end: int, bare: bool) -> Verdict:
    """What the name at `text[start:end]` is."""
    words = english()
    if MONEY.match(folded, end):
        return "name"
    capital = text[end + 1 : end + 2].isupper()
    before = folded[max(0, start - 16) : start]
    if (capital and words.press.match(folded, end)) or words.before_press.search(before):
        return "press"
    if (
        (capital and words.institution.match(folded, end))
        or words.company.match(text, end)
        or words.before.search(before)
    ):
        return "name"
    if bare and (
        is_surname(WORD_BEFORE.search(text, max(0, start - 16), start)) or is_surname(WORD_AFTER.match(text, end))
    ):
        return "name"
    return "place"


def is_surname(word: re.Match[str] | None) -> bool:
    """True for a Chinese family name or a title (the only one with a full stop), with a capital."""
    if word is None or not word[1][0].isupper() or (word[1].endswith(".") and word[1] not in TITLES):
        return False
    return word[1].lower().rstrip(".") in english().surnames
