"""How many of what: "more than 40 key projects", "06 FDI projects", "ten others", "six of them"."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from streams.extract.en.lexicon import load
from streams.extract.en.numbers import SMALL, TENS, Number, find_numbers, qualifier_after, qualifier_before
from streams.extract.found import FoundAmount, FoundCount, FoundDay

_TOKEN = re.compile(r"(?:[ \n]|, |/)(?:\"|“)?([A-Za-z][\w’'.&-]*|\d{3}-strong)(?:\"|”)?")
_PARTIAL = re.compile(
    r" (?:of|from) an? (?:[\w-]+ ){0,3}(?:batch|round|group|package|lot)\b|"
    r" (?:projects |contracts |deals |ones )?(?:of|among) (?:them|which|these|those)\b"
    r"| (?:of|among) (?:the|this year['’]s|its|their) (?:(?:\w+ )?(?:projects|deals|contracts|"
    r"agreements|total|ones|signed|newcomers|schemes)\b|[a-z]+teen\b|(?:twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety)[\w-]*|\d+\b)",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"(?: (?:others?|more|further|new ones|ones|in all|in total|altogether)\b)?\s?(?=(?:were|was|are|"
    r"have|had|has|went|go|broke|started|began|begun|came|finished|completed|launched|landed|settled|inked|"
    r"commissioned|"
    r"delivered|opened|introduced|worked on|took|take|"
    r"stand|stands|represent|account|cost|involve|signed|newly|put|costing|valued|worth|with|entered|in|on|at|will|"
    r"under|of over|of more)\b|[,.;)\n]| \(|$)",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\.? $"
)


@dataclass(frozen=True)
class Count(FoundCount):
    """`partial`: some of things counted before; `elliptical`: the noun is left out ("ten others")."""

    partial: bool = False
    elliptical: bool = False
    words: str = ""


@lru_cache(maxsize=1)
def _nouns() -> tuple[dict[str, str], frozenset[str]]:
    """Singular and plural of each noun to its normalised word; the words that may not stand between number and noun."""
    data = load("counts_en")
    nouns = {}
    for noun, forms in data["nouns"].items():
        for form in forms:
            nouns[form] = noun
    return nouns, frozenset(data["stop"])


def find_counts(text: str, amounts: list[FoundAmount], days: list[FoundDay]) -> list[Count]:
    """Every count in the text that is neither money nor part of a date, in order."""
    taken = [(span.start, span.end) for span in (*amounts, *days)]
    taken.sort()
    found: list[Count] = []
    index = 0
    for number in find_numbers(text):
        while index < len(taken) and taken[index][1] <= number.start:
            index += 1
        if index < len(taken) and taken[index][0] < number.end:
            continue
        if found and number.start < found[-1].end:
            continue
        count = _count_at(text, number)
        if count is not None:
            found.append(count)
    _name_ellipses(text, found)
    found += _told_backwards(text, found)
    found += _numbering(text)
    told = _tallied(text, found)
    found = [c for c in found if not (c.elliptical and any(t.start <= c.start < t.end for t in told))] + told
    return sorted(found, key=lambda count: count.start)


def _name_ellipses(text: str, found: list[Count]) -> None:
    """ "They sent 61 groups out and hosted 187": a number without a noun is of what the sentence counted before."""
    last: Count | None = None
    for index, count in enumerate(found):
        if not count.elliptical:
            last = count
        elif (
            last
            and last.noun in ("team", "activity", "lead")
            and not re.search(r"[.!?;\n]\s", text[last.end : count.start])
        ):
            found[index] = replace(count, noun=last.noun)


_BACKWARDS = re.compile(
    r"\b(?:number|total|count) of (?P<noun>(?:[\w’'-]+ ){0,6}?(?:projects|contracts|deals|companies|"
    r"enterprises|firms|leads|clues|activities))\b[^.;\n]{0,90}?"
    r"\b(?:is|was|reached|stands? at|stood at|rose to|came to|hit|to|totall?ed|exceeded|"
    r"topped|passed|surpassed|"
    r"amount(?:s|ed)? to|climbed to|grew to|numbered|ran to)\s+(?P<number>[\w ,]{1,24})",
    re.IGNORECASE,
)


_NUMBERING = re.compile(
    r"\b(?P<noun>projects|contracts|deals|companies|enterprises|firms|schemes)(?:,| are| were)? "
    r"(?:numbering|numbered|number|to the number of)\s+(?P<number>[\w-]{1,20})",
    re.IGNORECASE,
)


_IS_THE_NUMBER = re.compile(
    r"\b(?P<number>[\w-]{1,20}) (?:is|was) the (?:number|total|count) of (?:[\w’'-]+ ){0,3}?(?P<noun>projects|"
    r"contracts|deals|"
    r"companies|enterprises|firms|schemes)\b",
    re.IGNORECASE,
)


def _numbering(text: str) -> list[Count]:
    """ "Projects numbering 22"."""
    nouns, _ = _nouns()
    found = []
    for match in (*_NUMBERING.finditer(text), *_IS_THE_NUMBER.finditer(text)):
        numbers = [n for n in find_numbers(match["number"]) if n.value == int(n.value)]
        if numbers:
            found.append(Count(match.start(), match.end(), int(numbers[0].value), nouns[match["noun"].lower()]))
    return found


_TALLIED = re.compile(
    r"\b(?P<noun>leads|clues|companies|enterprises|firms|activities|projects)\b(?! worth)(?:[^.;,\n]|,(?=\d)){0,70}?"
    r"\b(?:came to|come to|reached|stood at|stands? at|totall?ed|numbered|number|hit|topped|amount(?:s|ed)? to|"
    r"ran to|"
    r"climbed to|rose to|passed|exceeded) (?:about |over |more than |nearly |some |almost )?"
    r"(?P<number>\d[\d,]*)(?![\d.]|[ -]?(?:million|billion|trillion|bln|bn|percent|per cent|pct|%|"
    r"yuan|dollars|usd|mw|tons|"
    r"times|km|hectares|months|years|days))",
    re.IGNORECASE,
)


def _tallied(text: str, found: list[Count]) -> list[Count]:
    """ "Leads collected by the city came to 1,120"."""
    nouns, _ = _nouns()
    more = []
    for match in _TALLIED.finditer(text):
        value = int(match["number"].replace(",", ""))
        own = any(c.noun != "project" or not c.elliptical for c in found if match.start() <= c.start < match.end())
        if not own and value > 1 and not 1900 < value < 2050:
            more.append(Count(match.start(), match.end(), value, nouns[match["noun"].lower()]))
    return more


def _told_backwards(text: str, found: list[Count]) -> list[Count]:
    """ "The number of firms that have registered since 2014 is 4,310"."""
    nouns, _ = _nouns()
    more = []
    for match in _BACKWARDS.finditer(text):
        numbers = [n for n in find_numbers(match["number"]) if n.value == int(n.value)]
        if not numbers or any(match.start() <= c.start < match.end() for c in found):
            continue
        number = numbers[-1]
        qualifier, _ = qualifier_before(text, match.start("number") + number.start)
        noun = nouns.get(match["noun"].split()[-1].lower(), "project")
        more.append(Count(match.start(), match.start("number") + number.end, int(number.value), noun, qualifier))
    return more


def _count_at(text: str, number: Number) -> Count | None:
    if number.value != int(number.value) or not 0 < number.value < 10**9 or _is_not_a_count(text, number):
        return None
    plus, end = qualifier_after(text, number.end)
    qualifier, start = qualifier_before(text, number.start)
    qualifier = plus if plus != "exact" else qualifier
    value = int(number.value)
    partial = _PARTIAL.match(text, end)
    if partial:
        return Count(start, partial.end(), value, "project", qualifier, True, True)
    if text.startswith(": ", end) and (not start or text[start - 1] == "\n"):
        end += 1  # "351: projects signed by the city"
    noun = _noun_after(text, end)
    if noun:
        name, stop = noun
        rest = (
            _PARTIAL.match(text, stop) if re.match(r" of (?:them|which|these|those)", text[stop : stop + 12]) else None
        )
        return Count(start, stop, value, name, qualifier, bool(rest), False, text[end:stop])
    ellipsis = _ELLIPSIS.match(text, end)
    if ellipsis and value < 2000 and not _TOLD.search(text, max(0, start - 14), start):
        return Count(
            start, max(number.end, ellipsis.end()), value, "project", qualifier, False, True, ellipsis.group().strip()
        )
    return None


_TOLD = re.compile(r"\b(?:for|of|among|in|to|from) (?:the|these|those) $", re.IGNORECASE)
"""The number of what was counted before: "companies for the 24"."""


def _is_not_a_count(text: str, number: Number) -> bool:
    after = text[number.end : number.end + 14]
    before = text[max(0, number.start - 12) : number.start]
    if re.match(
        r"\s?(?:%|percent|per cent|pct|percentage)|(?:st|nd|rd|th)\b|[:.]\d|/\d|-(?:year|day|month|hour|"
        r"square|minute|meter|metre)",
        after,
    ):
        return True
    if re.match(r"\. ?(?=[A-Z])", after) and re.search(r"(?:^|[:;\n]\s?)$", before):
        return True  # a place in a list
    if number.digits and number.value >= 1900 and number.value <= 2050 and "," not in text[number.start : number.end]:
        return True
    if re.search(
        r"[A-Za-z]-$|\$$|No\. ?$|\d[-/]$|#$|(?:phase|grade|top|level|article|rule|chapter|class|fortune|"
        r"global|world|the world's top) $",
        before,
        re.IGNORECASE,
    ):
        return True
    return bool(_MONTH_BEFORE.search(before))


def _noun_after(text: str, end: int) -> tuple[str, int] | None:
    """The counted noun after a number: the first plural, or the last of nouns in a row."""
    nouns, stop = _nouns()
    best: tuple[str, int] | None = None
    pieces = re.match(
        r" (?:pieces|items|strands|bits|batches) of(?: effective| valuable| useful| new)?", text[end : end + 40]
    )
    pos = end + pieces.end() if pieces else end
    for _ in range(11):
        match = _TOKEN.match(text, pos)
        if not match:
            break
        word = match.group(1).lower().rstrip(".,")
        if word in nouns:
            kind = (
                "project" if best and best[0] == "project" and nouns[word] in ("contract", "agreement") else nouns[word]
            )
            best = (kind, match.end(1) - len(match.group(1)) + len(match.group(1).rstrip(".")))
            if word.endswith("s") or match.group(1).endswith("."):
                break
        elif best is not None and match.group(1).islower() and word not in stop and word.endswith("s"):
            best = None
            break
        elif word in stop or word in SMALL or word in TENS:
            break
        if match.group(1).endswith("."):
            break
        pos = match.end()
    return best
