"""The same article of another place, with other figures, days and companies: a reader of the language reads it as well.

Every swap changes the text and its labels together, or leaves both as they are where it cannot know the labels.
"""

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import streams.extract
from schemas.regions import ancestors_of, level_of, parent_of
from streams.extract.gazetteer import Language
from streams.extract.regions import find_regions

Label = dict[str, Any]
NAMES = Path(streams.extract.__file__).parent / "data" / "division_names.csv"
SUFFIX = re.compile(r"[省市县区旗]$")


def swap(label: Label, chance: random.Random) -> Label:
    """The article with places, figures, days and names swapped."""
    for change in (swap_places, swap_figures, swap_days, swap_names):
        with suppress(NoSwap):
            label = change(deepcopy(label), chance)
    return label


def _rewrite(label: Label, words: dict[str, str], pattern: Callable[[str], str] = re.escape) -> None:
    """Put each word's new form in the title, the text and what the labels quote, in one pass, the longest first."""
    if not words:
        return
    find = re.compile("|".join(pattern(word) for word in sorted(words, key=len, reverse=True)))
    for holder in (label, *label["events"]):
        for field, value in list(holder.items()):
            if isinstance(value, str) and field in ("title", "text", "evidence"):
                holder[field] = find.sub(lambda match: words[match[0]], value)
            elif field in ("names", "parties"):
                holder[field] = [find.sub(lambda match: words[match[0]], one) for one in value]


# Places ---------------------------------------------------------------------------------------------------------------


@cache
def division_names() -> dict[str, dict[str, dict[str, str]]]:
    """code -> language -> form (full, bare) -> name; of several full forms the first."""
    table: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in csv.DictReader(NAMES.read_text("utf-8").splitlines()):
        if row["code"].isdigit():
            table[f"CN-{row['code']}"][row["language"]].setdefault(row["form"], row["name"])
    return table


@cache
def _plain(language: str) -> dict[str, list[str]]:
    """kind of name -> codes that no other division shares its name with, in the order of the table."""
    shared = Counter(forms[language].get("bare") for forms in division_names().values())
    plain: dict[str, list[str]] = defaultdict(list)
    for code, forms in division_names().items():
        names = forms[language]
        if {"full", "bare"} <= names.keys() and shared[names["bare"]] == 1 and _is_plain(names["bare"], language):
            plain[_kind(code)].append(code)
    return plain


def _is_plain(bare: str, language: str) -> bool:
    return len(bare) == 2 if language == "zh" else len(bare) >= 6 and bare.isalpha()


def _kind(code: str) -> str:
    suffix = SUFFIX.search(division_names()[code]["zh"].get("full", ""))
    return f"{level_of(code)} {suffix[0] if suffix else ''}"


def swap_places(label: Label, chance: random.Random) -> Label:
    """Each event's divisions become others of the same kind, with their parents; what is not plain stays."""
    language = label["lang"]
    codes = {code for event in label["events"] for code in event["regions"]}
    whole = f"{label['title']}\n{label['text']}"
    if not all(_is_swappable(code, language, whole) for code in codes):
        return label
    codes |= _beside(codes, whole, language)
    new: dict[str, str] = {}
    for code in sorted(codes, key=lambda code: -len(ancestors_of(code))):
        _map_chain(code, language, new, chance, whole)
    words = {
        name: division_names()[target][language][form]
        for code, target in new.items()
        for form, name in division_names()[code][language].items()
        if form in division_names()[target][language]
    }
    _rewrite(label, words, _whole_word if language == "en" else re.escape)
    for event in label["events"]:
        event["regions"] = [new.get(code, code) for code in event["regions"]]
        if event.get("venue") in new:
            event["venue"] = new[event["venue"]]
    return label


def _beside(codes: set[str], text: str, language: Language) -> set[str]:
    """The other divisions of the same provinces that the text names. Raises NoSwap for a zone there: what holds it is
    known by its own name alone."""
    provinces = {above for code in codes for above in (code, *ancestors_of(code)) if level_of(above) == "province"}
    beside: set[str] = set()
    for place in find_regions(text, language):
        inside = [code for code in place.codes if provinces & {code, *ancestors_of(code)}]
        if inside and (place.level == "zone" or not all(_is_swappable(code, language, text) for code in inside)):
            raise NoSwap(f"{place.name}: stands for {inside}")
        beside |= set(inside)
    return beside


def _whole_word(word: str) -> str:
    return rf"\b{re.escape(word)}\b"


def _is_swappable(code: str, language: str, text: str) -> bool:
    """Named in the text, in China, in no municipality, and with a name of its own."""
    forms = division_names().get(code, {}).get(language, {})
    return code[3:5] not in ("11", "12", "31", "50") and any(
        form in forms and forms[form] in text for form in ("full", "bare")
    )


def _map_chain(code: str, language: str, new: dict[str, str], chance: random.Random, text: str) -> None:
    """A new division for the code and for all above it up to its province, in keeping with those that have one."""
    if code in new:
        return
    parent = parent_of(code)
    if parent and parent != "CN":
        _map_chain(parent, language, new, chance, text)
    taken = set(new.values())
    fitting = [
        one
        for one in _plain(language)[_kind(code)]
        if one not in taken
        and (parent is None or parent == "CN" or parent_of(one) == new.get(parent))
        and division_names()[one][language]["bare"] not in text
        and (level_of(code) == "county" or _has_enough(one, language))
    ]
    new[code] = chance.choice(fitting) if fitting else code
    if new[code] == code and parent in new and new[parent] != parent:
        raise NoSwap(f"{code}: no other division of its kind in {new[parent]}")


class NoSwap(Exception):
    """No other place fits this article."""


@cache
def _has_enough(code: str, language: str) -> bool:
    """A province or prefecture with several counties of each common kind to choose from."""
    kinds = ("county 县", "county 区") if level_of(code) == "prefecture" else ("prefecture 市",)
    return all(sum(code in ancestors_of(one) for one in _plain(language)[kind]) >= 2 for kind in kinds)


# Figures --------------------------------------------------------------------------------------------------------------

FIGURE = re.compile(r"(?<![\d.:/-])(?<!\d,)[0-9][0-9,]*(?:\.[0-9]+)?(?![\d:/-]|\.\d|,\d)")
NOT_A_FIGURE = re.compile(
    r"\s?(?:年|月|日|号|时|点|分(?!队)|届|%|％|st\b|nd\b|rd\b|th\b|percent|per cent|[ap]\.?m\b|-day|-year|天|期|个月|"
    r"周年|[GnK])"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
BEFORE_DAY = re.compile(
    rf"(?:(?:{MONTHS}|{SHORT_MONTHS})\.? |第|[A-Za-z]-?|top |年|至|to |and |[-–—~] ?)$", re.IGNORECASE
)
AFTER_DAY = re.compile(rf" (?:{MONTHS}|{SHORT_MONTHS})\b| ?(?:至|-|–|—|to|and) ?\d+ ?(?:月|日|年|{MONTHS})|[-–—~至]")


def swap_figures(label: Label, chance: random.Random) -> Label:
    """All figures times one factor, to as many decimals; days, years and shares stay. Labels follow their digits."""
    factor = Decimal(chance.choice(("1.3", "1.6", "2.3", "2.7")))
    new: dict[str, str] = {}
    kept: set[str] = set()
    for part in (label["title"], label["text"]):
        for match in FIGURE.finditer(part):
            bare = match[0].rstrip(",")
            if _is_no_figure(part, match):
                kept.add(bare)
            else:
                new[bare] = _scaled(bare, factor)
    new |= {old: old for old in kept}
    for event in label["events"]:
        for field in ("projects", "count"):
            if event.get(field):
                event[field] = int(_followed(Decimal(event[field]), event["evidence"], new, powers=(0, 4)))
        for field in ("amount", "amount_per_project"):
            if event.get(field):
                value = Decimal(str(event[field]["value"]))
                event[field]["value"] = float(_followed(value, event["evidence"], new, powers=range(13)))
    figure = re.compile(FIGURE.pattern)
    for holder in (label, *label["events"]):
        for field in ("title", "text", "evidence"):
            if field in holder:
                holder[field] = figure.sub(lambda match: new.get(match[0], match[0]), holder[field])
    return label


def _is_no_figure(text: str, match: re.Match[str]) -> bool:
    value = match[0].replace(",", "")
    return bool(
        re.fullmatch(r"(?:19|20)\d\d|1|2|0\d*", value)
        or NOT_A_FIGURE.match(text, match.end())
        or BEFORE_DAY.search(text[max(0, match.start() - 12) : match.start()])
        or AFTER_DAY.match(text, match.end())
    )


def _scaled(figure: str, factor: Decimal) -> str:
    value = Decimal(figure.replace(",", ""))
    exponent = value.as_tuple().exponent
    made = (value * factor).quantize(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
    return f"{made:,}" if "," in figure else str(made)


def _followed(value: Decimal, evidence: str, new: dict[str, str], powers: Any) -> Decimal:
    """The value that the labelled one becomes, by the figure of the evidence that it stands for. Raises NoSwap when
    that cannot be known: it stands outside the evidence, in words, or two figures fit."""
    fitting = {old for old in new for power in powers if Decimal(old.replace(",", "")).scaleb(power) == value}
    quoted = {match[0].rstrip(",") for match in FIGURE.finditer(evidence)} & fitting
    if not fitting:
        return value
    if len({Decimal(new[old].replace(",", "")) / Decimal(old.replace(",", "")) for old in quoted}) != 1:
        raise NoSwap(f"{value}: {sorted(quoted)} of {sorted(fitting)}")
    old = min(quoted)
    return value / Decimal(old.replace(",", "")) * Decimal(new[old].replace(",", ""))


# Days and names -------------------------------------------------------------------------------------------------------

YEARS = -28
"""28 years before, every day of the year fell on the same day of the week."""
YEAR = re.compile(
    r"(?<![\d.])(?<!\d,)(?:19|20)\d\d(?![\d.,]\d|\d|\s?(?:个|家|项|projects|companies|亿|万|million|billion))"
)


OTHER_YEAR = re.compile(r"[０-９]{4}|[一二三]五[”」]?(?:期间|规划|以来|时期)|[/-]通[讯訊]稿", re.IGNORECASE)
"""Full-width years, five-year plans, and a heading whose year is part of a dateline."""


def swap_days(label: Label, chance: random.Random) -> Label:
    """The whole article 28 years earlier. Raises NoSwap where a year is told in another way."""
    if told := OTHER_YEAR.search(label["text"]):
        raise NoSwap(told[0])

    def earlier(text: str) -> str:
        return YEAR.sub(lambda match: str(int(match[0]) + YEARS), text)

    def moved(day: str | None) -> str | None:
        return f"{int(day[:4]) + YEARS}{day[4:]}" if day else day

    for holder in (label, *label["events"]):
        for field in ("title", "text", "evidence"):
            if field in holder:
                holder[field] = earlier(holder[field])
    label["published"] = moved(label["published"])
    for event in label["events"]:
        event["date"] = moved(event.get("date"))
        if event.get("period"):
            event["period"] = {side: moved(day) for side, day in event["period"].items()}
    return label


STEMS = {
    "zh": ("恒泽", "朗昇", "启衡", "瑞砺", "昊澜", "卓煦", "铭钛", "佰沣"),
    "en": ("Veltrano", "Kordexa", "Brimholt", "Zanvia", "Ostrelle", "Quillmark"),
}
COMPANY = re.compile(
    r"(?:科技|新能源|生物|医药|材料|智能|能源|电子|汽车|半导体|化工|实业|控股|投资|股份|食品|纺织品?)*(?:集团|股份|有限公司|公司)"
)
NO_STEM = re.compile(
    r"项目|中国|我国|国家|国际|有限|上市|集团|公司|总|子|分|该|这|各|多家|央企|国有|民营|外资|企业|其中|以及|开发"
)


def swap_names(label: Label, chance: random.Random) -> Label:
    """Companies get invented names; a name of words of the language or of a place stays."""
    language = label["lang"]
    stems = list(STEMS[language])
    chance.shuffle(stems)
    found = _english_stems(label) if language == "en" else _chinese_stems(label["text"])
    words: dict[str, str] = {}
    for stem in found:
        if stems and stem not in words and not find_regions(stem, language) and not NO_STEM.search(stem):
            words[stem] = stems.pop()
    _rewrite(label, words, _whole_word if language == "en" else re.escape)
    return label


def _english_stems(label: Label) -> list[str]:
    names = (name.split(" ") for event in label["events"] for name in event.get("names") or ())
    return [name[0] for name in names if len(name) <= 3 and re.fullmatch(r"[A-Z][a-z]{3,}[A-Z]?\w*", name[0])]


def _chinese_stems(text: str) -> list[str]:
    """Two or three characters before the words of a company, after a sign, a particle or a place."""
    starts = {place.end for place in find_regions(text, "zh")}
    starts |= {match.end() for match in re.finditer(r"[^\u4e00-\u9fff]|[与和由同向为是的及]", text)}
    found = []
    for match in COMPANY.finditer(text):
        start = next((match.start() - size for size in (2, 3) if match.start() - size in starts), None)
        if start is not None and re.fullmatch(r"[\u4e00-\u9fff]+", stem := text[start : match.start()]):
            found.append(stem)
    return found
