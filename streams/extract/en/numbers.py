"""Numbers in English text, in digits and in words, and the words that bound them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from schemas.event import Qualifier
from streams.extract.found import Found

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS += " seventeen eighteen nineteen"
SMALL = {word: value for value, word in enumerate(_UNITS.split())}
TENS = {
    word: value * 10
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_WORD = "|".join(sorted((*SMALL, *TENS), key=len, reverse=True))
_IN_WORDS = rf"(?:(?:{_WORD})(?:[- ](?:{_WORD})(?![\w-]))?(?: hundred(?: and)?(?: (?:{_WORD})(?:[- ](?:{_WORD}))?)?)?)"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,16})(?:\.\d{1,8})?"
_NUMBER = re.compile(
    rf"(?<![\w.,$-])(?:(?:two|three|four|five|six|seven|eight) dozen(?!\w)|{_IN_WORDS}(?![A-Za-z])|"
    rf"(?:an?|one) (?:hundred|dozen)(?![\w])|half a(?= (?:m|b|tr)illion)|"
    rf"half a dozen|a baker['’]s dozen|an?(?= (?:m|b|tr)illion\b))"
    rf"|(?<![\d.])(?<!\d,){_DIGITS}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number(Found):
    """A number; `digits` tells 7 from seven."""

    value: Decimal
    digits: bool


def find_numbers(text: str) -> list[Number]:
    """Every number in the text.

    >>> [str(n.value) for n in find_numbers("Forty-three of 1,832, one hundred and eight and 2.5")]
    ['43', '1832', '108', '2.5']
    """
    found = []
    for match in _NUMBER.finditer(text):
        words = match.group()
        value = Decimal(words.replace(",", "")) if words[0].isdigit() else parse_words(words)
        if value is not None:
            found.append(Number(match.start(), match.end(), value, words[0].isdigit()))
    return found


def parse_words(words: str) -> Decimal | None:
    """A number in words up to hundreds, a dozen, half a; None for anything else.

    >>> parse_words("Two hundred and thirty-three")
    Decimal('233')
    """
    tokens = [token for token in re.split(r"[\s-]+", words.lower()) if token != "and"]
    if "dozen" in tokens and tokens[0] == "half":
        return Decimal(6)
    if tokens[-1] == "dozen" and "baker" in words.lower():
        return Decimal(13)
    if tokens[:2] == ["half", "a"]:
        return Decimal("0.5")
    if tokens in (["a"], ["an"]):
        return Decimal(1)
    if tokens[-1] == "dozen":
        return Decimal(12 * SMALL.get(tokens[0], 1))
    total = 0
    for token in tokens:
        if token in ("a", "an"):
            total += 1
        elif token == "hundred":
            total = (total or 1) * 100
        elif token in SMALL or token in TENS:
            total += SMALL.get(token, TENS.get(token, 0))
        else:
            return None
    return Decimal(total)


_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    (
        "at_least",
        r"over|more than|above|beyond|past|exceed(?:s|ed|ing)?|upwards of|upward of|topp?(?:s|ed|ing)|"
        r"surpass(?:es|ed|ing)?"
        r"|pass(?:es|ed|ing)?|at least|(?:no|not) (?:less|fewer|lower|smaller) than|in excess of|greater "
        r"than|higher than"
        r"|a minimum of|well over|a total of over|north of|not under|not below|starting (?:at|from)|"
        r"upwards to|bigger than"
        r"|no fewer than|larger than|crossed|crosses|tops",
    ),
    (
        "at_most",
        r"up to|as (?:much|many) as|(?:no|not) more than|at most|less than|fewer than|under|below|a maximum of"
        r"|within|a ceiling of|short of|not exceeding",
    ),
    (
        "about",
        r"nearly|about|almost|around|some|close to|approximately|roughly|approx\.?|an estimated|estimated(?: at)?|circa"
        r"|just under|just short of|nigh on|in the region of|in the order of|nearing|close on|approaching|"
        r"well-nigh|a good"
        r"|or so|~|ca\.|near to|not far (?:from|short of)|just shy of|reckoned at|on the order of|a little under",
    ),
)
_AROUND = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?: (?:a|an|the|its|total of|the sum of))?[\s(]*$", re.IGNORECASE))
    for name, words in (_BEFORE[2], _BEFORE[0], _BEFORE[1])
)
_SPEAKING = re.compile(
    r"\b(?:talks?|talked|talking|news|information|going on|discuss\w*|agree\w*|negotiat\w+|is|are) $", re.IGNORECASE
)
_NOT_LESS = re.compile(
    r"(?:none|not one|no project|nothing)\b[^.;]{0,40}(?:less than|smaller than|under|below)\s*$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?:[ -]?plus\b|\+|,? or (?:above|more|over|higher|upwards?|greater)\b|,? and (?:above|over|more|"
    r"upwards?)\b(?! than))",
    re.IGNORECASE,
)
_AFTER_ABOUT = re.compile(r",? (?:or so|or thereabouts|approximately)\b", re.IGNORECASE)


def qualifier_before(text: str, start: int) -> tuple[Qualifier, int]:
    """How the words before `start` bound the number there, and where those words begin.

    >>> qualifier_before("upwards of 20", 11)
    ('at_least', 0)
    """
    low = max(0, start - 60)
    before = text[low:start]
    negated = _NOT_LESS.search(before)
    if negated:
        return "at_least", low + negated.start()
    best: tuple[Qualifier, int] | None = None
    for name, pattern in _AROUND:
        match = pattern.search(before, max(0, len(before) - 28))
        if match and name == "about" and _SPEAKING.search(before[: match.start()]):
            continue
        if match and (best is None or low + match.start() < best[1]):
            best = (name, low + match.start())
    return best or ("exact", start)


def qualifier_after(text: str, end: int) -> tuple[Qualifier, int]:
    """The same for the words that follow: "100-plus", "or above", "or so"."""
    match = _AFTER.match(text, end)
    if match:
        return "at_least", match.end()
    match = _AFTER_ABOUT.match(text, end)
    return ("about", match.end()) if match else ("exact", end)
