"""Money in English text: value, currency, bound, whether it is a size of each or a conversion in brackets."""

import re
from decimal import Decimal
from functools import lru_cache

from schemas.event import Qualifier
from streams.extract.en.lexicon import any_of, load
from streams.extract.en.numbers import Number, find_numbers, qualifier_after, qualifier_before
from streams.extract.found import FoundAmount

SCALES = {
    "lakh crore": 10**12,
    "hundred million": 10**8,
    "hundred billion": 10**11,
    "hundred thousand": 10**5,
    "ten thousand": 10**4,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mln": 10**6,
    "bln": 10**9,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "trn": 10**12,
    "m": 10**6,
    "b": 10**9,
    "t": 10**12,
    "k": 10**3,
    "crore": 10**7,
    "lakh": 10**5,
}
_SCALE = re.compile(
    r"[\s-]{0,2}(lakh crore|hundred (?:m|b)illion|hundred thousand|ten thousand|thousand|[mbtr]{1,"
    r"2}illion|mln|bln|trn|mn|bn|tn|"
    r"m|b|t|k|crores?|lakhs?)(?:s)?(?![A-Za-z])",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(
    r"(?:[\s,]*(?:\([^)]{0,60}\))?[\s,]*(?:in (?:total )?(?:investment|value)\s)?(?:each\b|apiece\b|"
    r"per project|a project\b|a piece\b|in each\b"
    r"|(?:or (?:more|above|over) )each))",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    r"(?:\beach(?: (?:project|one|of them|contract|deal))?(?: (?:of|with|has|had|have|having|worth|"
    r"valued(?: at)?|costing|"
    r"involving|boasting|carrying|is|being|was|to cost|requiring|planned(?: at)?|an?|total|"
    r"investments?|investing|the|of|at|planned|contracted|single))*"
    r"|\b(?:individual|single-project|per-project|single project|average|one-off) (?:investments?|"
    r"values?|size)(?: (?:of|exceeding|above|is|was))?"
    r"|\b(?:none|not one)(?: of (?:them|which))?[^.;]{0,20})\s*$",
    re.IGNORECASE,
)
_CLASS_AFTER = re.compile(
    r"[ -](?:class|level|mark|scale|category|grade|tier|threshold)\b|(?:[ -](?:plus|level|class|"
    r"grade))?[ -](?:(?!in\b|of\b|into\b|on\b|for\b)\w+ )?projects\b",
    re.IGNORECASE,
)
_PROJECTS_OF = re.compile(
    r"\b(?:projects?|ones|contracts|deals|schemes|enterprises|companies)(?: (?:that are|which are|are|were|standing))?"
    r" (?P<how>of|at|with (?:an? )?(?:total |planned )?investments? of|with investments?)\s*$",
    re.IGNORECASE,
)
_BARE_STOP = re.compile(
    r"\s*(?:$|[.,;:)\]\n\"”]|(?:and|or|in|for|to|of|by|was|were|from|is|are|at|on|with|came|each|"
    r"apiece|has|had|have|last|this|"
    r"as|more|less|went|go|a|the|against|altogether|together|already|respectively|up|down|will|would|"
    r"if|between|per)\b)",
    re.IGNORECASE,
)
_CONVERSION_GAP = re.compile(
    r"\s*(?:[(\[（]|, or|,? equal to|,? equivalent to|,? equivalent of|, ie|,? i\.e\.|, the equivalent of|\s*/\s*)"
    r"[\s,]*(?:or|about|around|some|nearly|approximately|roughly|approx\.?|over|more than|almost|"
    r"equivalent to|equal to|i\.e\.|"
    r"around|an estimated|just over|just under|close to|the equivalent of|[~≈=\s])*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _currencies() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], dict[str, str]]:
    """Pattern of what may stand before a number and after it, and what each of those means."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for code, names in load("currencies_en").items():
        before |= {name.replace(" ", ""): code for name in names["before"]}
        after |= {name.lower(): code for name in names["after"]}
    first = re.compile(rf"(?<![A-Za-z])({any_of(list(before))})\s?$")
    last = re.compile(rf"[\s-]{{0,2}}(?:in |of )?({any_of(list(after))})(?![A-Za-z])", re.IGNORECASE)
    return first, last, before, after


def find_amounts(text: str) -> list[FoundAmount]:
    """Every amount of money in the text, in order. A bare "5 billion" takes the currency of the amount before it.

    >>> [(a.value, a.currency, a.qualifier) for a in find_amounts("over 46.5 billion yuan")]
    [(Decimal('46500000000'), 'CNY', 'at_least')]
    """
    found: list[FoundAmount] = []
    for number in find_numbers(text):
        if found and number.start < found[-1].end:
            continue
        amount = _amount_at(text, number, found[-1] if found else None)
        if amount is not None:
            found.append(amount)
    return found


def _amount_at(text: str, number: Number, previous: FoundAmount | None) -> FoundAmount | None:
    first, last, before, after = _currencies()
    low = max(0, number.start - 14)
    sign = first.search(text[low : number.start])
    if sign and previous and low + sign.start() < previous.end:
        sign = None  # "2.2 billion yuan one of the largest"
    scale = _SCALE.match(text, number.end)
    if scale and len(scale.group(1)) == 1 and not sign and not last.match(text, scale.end()):
        scale = None
    end = scale.end() if scale else number.end
    plus, past_plus = qualifier_after(text, end)
    name = last.match(text, end) or (last.match(text, past_plus) if past_plus > end else None)
    factor = (
        SCALES[scale.group(1).lower().rstrip("s") if len(scale.group(1)) > 1 else scale.group(1).lower()]
        if scale
        else 1
    )
    if name:
        currency, end = after[re.sub(r"\s", " ", name.group(1)).lower()], name.end()
        if sign and before[sign.group(1).replace(" ", "")] != "USD":
            currency = before[sign.group(1).replace(" ", "")]
    elif sign:
        currency = before[sign.group(1).replace(" ", "")]
    elif previous and factor >= 10**6 and number.start - previous.end < 1500 and _BARE_STOP.match(text, end):
        currency = previous.currency
    else:
        return None
    value = number.value * factor
    if currency == "KRW" and factor == 1 and value < 10_000 and text[end - 3 : end].lower() == "won":
        return None  # "on June 12 won the contract"
    if value <= 0 or value > Decimal(10) ** 18:
        return None
    if value == value.to_integral_value():
        value = value.to_integral_value()
    start = low + sign.start() if sign else number.start
    return _qualified(text, start, end, value, currency, previous, plus)


def _qualified(
    text: str, start: int, end: int, value: Decimal, currency: str, previous: FoundAmount | None, plus: Qualifier
) -> FoundAmount:
    qualifier, wide_start = qualifier_before(text, start)
    after, wide_end = qualifier_after(text, end)
    if plus != "exact":
        after = plus
    bracket = bool(
        previous
        and previous.currency != currency
        and start - previous.end < 50
        and _CONVERSION_GAP.match(text[previous.end : start])
    )
    qualifier = qualifier if qualifier != "exact" else after
    each = bool(
        re.match(r"(?:none|not one|no project|nothing)\b", text[wide_start:start], re.IGNORECASE)
        or _EACH_AFTER.match(text, wide_end)
        or _EACH_BEFORE.search(text[max(0, wide_start - 70) : wide_start])
        or _CLASS_AFTER.match(text, end)
        or (qualifier == "at_least" and _is_size_of_each(text, wide_start, wide_end, value))
        or re.search(
            r"\b(?:none|not one|each) of\s+(?:them|which|these)\b[^.;]{0,40}$", text[max(0, wide_start - 60) : start]
        )
    )
    return FoundAmount(wide_start, wide_end, value, currency, qualifier, each, bracket)


def _is_size_of_each(text: str, start: int, end: int, value: Decimal) -> bool:
    """ "projects of over 100 million yuan": a size; "projects with an investment of over 240 billion yuan": a total."""
    match = _PROJECTS_OF.search(text[max(0, start - 70) : start])
    if not match or re.match(
        r"[\s,]*(?:\([^)]*\)\s)?(?:in (?:total|all)|altogether|together|combined)", text[end : end + 60], re.IGNORECASE
    ):
        return False
    round_size = value <= 10**10 and str(int(value)).rstrip("0") in ("1", "2", "3", "5")
    return match["how"] in ("of", "at") or (round_size and value <= 10**9)
