"""Sums of money in folded Chinese text."""

import re
from decimal import Decimal

from streams.extract.found import FoundAmount
from streams.extract.money import CURRENCY_WORDS, currency_of, scale
from streams.extract.zh.numbers import NUMBER, SCALES, parse_number, qualify

SCALE = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万"
HEAD = re.compile(
    rf"(?:(?P<lead>人民币|美元|港币|USD|RMB|CNY|EUR|HKD|US\$|\$|¥|€)\s?)?"
    rf"(?<![\d.])(?P<number>{NUMBER})\s?(?P<infix>[多余来])?\s?(?P<scale>{SCALE})?(?P<inner>[多余])?(?:(?<=亿)(?P<low>{NUMBER})(?P<part>千万|百万|万))?"
    rf"(?P<unit>\s?(?:元人民币|元新台币|元台币|元港币|元澳门币|{CURRENCY_WORDS}))?"
)
BARE = re.compile(
    r"(?<![\d一二三四五六七八九十百千两几数.点])(?P<scale>万亿|千亿|百亿|十亿|亿|千万|百万)(?P<unit>元|美元)?(?=[级以及]|规模)|(?<=[过超逾])(?P<over>亿|千万|百万)元(?=的|项目)"
)
"""亿元以上, 百亿级: a size without a number."""
LOW_END = re.compile(rf"(?P<number>(?<![\d.]){NUMBER})(?P<scale>{SCALE})?(?:至|到|-|—{{1,2}}|~)$")
"""The first number of 2至3亿元, 1000万至2000万美元."""
SMALL = 10_000
"""A sum without 万 or 亿 below this is a price or a wage."""
RANGE_TAIL = re.compile(r"\s?(?:至|到|-|—+|~|～)\s?$")
CLASS_AFTER = re.compile(
    r"(?:级别?)?(?:\(含\)|含)?(?:及?以上|以下|级|多)?(?:级|规模)?(?:的|以上)?(?:[^,。;:\d(]{0,12}?)(?:项目|企业|工程|大单|龙头|链主)"
)
CLASS_MARK = re.compile(r"级|及?以上|以下|规模")
CLASS_COUNT = re.compile(r"(?:级|级别|及?以上|以下)(?:的)?(?:[有为共]{0,2}|项目|工业项目)?\s?\d")
EACH_BEFORE = re.compile(r"(?:单个|单体|每个|各|平均|均|户均|个均|单项|每家)(?:[^,。;:\d]{0,12})$")
MONEY_CUE = re.compile(
    r"(?:投资|资金|金额|总额|规模|引资|融资|额|资本|产值|投入|外资|内资|拿出|投下|要投|出资|注资|价值|资产|基金|收入|营收|损失|奖励)[^,。;:\d]{0,8}$"
)
NOT_MONEY = re.compile(
    r"\s?(?:股|只|人|次|件|吨|千瓦|瓦|立方|平方|亩|户|斤|公斤|头|条|颗|片|度|台|套|辆|块|个|家|字|页|米|公里|点|吋|寸|kW|kwh|锭|GWh)",
    re.IGNORECASE,
)
CONVERSION = re.compile(r"\((?:[^()]{0,6})?(?:约?折?合|约|合|相当于|折算|即|等于)[^()]{0,8}$")


def find_amounts(text: str) -> list[FoundAmount]:
    """Every sum of money in the order of the text.

    `per_project` marks a size of each (亿元以上项目, 单个项目平均投资34亿元), `conversion` one in brackets that repeats
    another in a second currency. Of a range (50亿元至80亿元) the upper end is given up and the lower is a bound.

    >>> [(str(one.value), one.currency, one.qualifier) for one in find_amounts("总投资390多亿元,约合5亿美元")]
    [('39000000000', 'CNY', 'at_least'), ('500000000', 'USD', 'about')]
    """
    found: list[FoundAmount] = []
    taken = 0
    for match in HEAD.finditer(text):
        amount = _amount(text, match)
        if amount is None or match.start() < taken:
            continue
        if found and RANGE_TAIL.fullmatch(text[found[-1].end : amount.start]) and amount.start - found[-1].end <= 3:
            found[-1] = _ranged(found[-1], amount)
        else:
            found.append(amount)
        taken = match.end()
    held = {offset for one in found for offset in (one.start, one.end - 1)}
    for match in BARE.finditer(text):
        if not held & set(range(*match.span())) and (size := _bare(text, match)):
            found.append(size)
    return sorted(found, key=lambda one: one.start)


def _amount(text: str, match: re.Match[str]) -> FoundAmount | None:
    unit = (match["unit"] or "").strip()
    currency = currency_of(unit) if unit else _leading(match["lead"])
    start, end = match.span()
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if currency is None:
        currency = _unnamed(text, match, before, after)
    if currency is None or (unit and re.match(r"(?:旦|件|素|宝)", after)):
        return None
    number = parse_number(match["number"])
    if not number or (not match["scale"] and number < SMALL):
        return None
    power = SCALES[match["scale"] or ""]
    if match["low"]:
        # 二亿八千万元
        number += (parse_number(match["low"]) or Decimal(0)) * SCALES[match["part"]] / power
    per_project = _is_size(before, after)
    qualifier = qualify(before, after, match["infix"] or match["inner"] or "")
    if low := LOW_END.search(before):
        number = parse_number(low["number"]) or number
        power = SCALES[low["scale"] or match["scale"] or ""]
        start, qualifier = start - len(low[0]), "at_least"
    elif per_project and after.startswith("级"):
        qualifier = "at_least"
    return FoundAmount(
        start, end, scale(number, power), currency, qualifier, per_project, bool(CONVERSION.search(before))
    )


def _leading(lead: str | None) -> str | None:
    return {"$": "USD", "US$": "USD", "¥": "CNY", "€": "EUR"}.get(lead or "") or (currency_of(lead) if lead else None)


def _unnamed(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    # "总投资3415.7亿" and "50亿级10个" leave the 元 out; other counts in 亿 and 万 have a unit of their own.
    if not match["scale"] or "亿" not in match["scale"] or NOT_MONEY.match(after):
        return None
    if CLASS_MARK.match(after) or MONEY_CUE.search(before) or re.match(r"项目|大项目|大单|[,。;、)(]|$", after):
        return "CNY" if not re.search(r"(?:人口|用户|浏览|播放|粉丝|产量|销量|面积)[^,。;]{0,8}$", before) else None
    return None


def _is_size(before: str, after: str) -> bool:
    if before.endswith(("超", "过", "逾")) and re.match(
        r"(?:的)?[^,。;:\d]{0,8}项目(?:[达有共为]{0,2}|不少于|至少|不低于|超过)\s?\d", after
    ):
        return True  # 超10亿元项目12个
    if EACH_BEFORE.search(before) and not re.search(r"各地?(?:签约|项目)", before):
        return True
    if CLASS_COUNT.match(after):
        return True
    return bool(CLASS_MARK.match(after) and CLASS_AFTER.match(after))


def _ranged(low: FoundAmount, high: FoundAmount) -> FoundAmount:
    return FoundAmount(low.start, high.end, low.value, high.currency, "at_least", low.per_project, low.conversion)


def _bare(text: str, match: re.Match[str]) -> FoundAmount | None:
    after = text[match.end() : match.end() + 24]
    before = text[max(0, match.start() - 12) : match.start()]
    if NOT_MONEY.match(after) or re.search(r"人口$|双$", before):
        return None
    return FoundAmount(
        match.start(),
        match.end(),
        Decimal(SCALES[match["scale"] or match["over"]]),
        currency_of(match["unit"] or "元") or "CNY",
        "at_least" if after.startswith("级") else qualify(before, after),
        per_project=_is_size(before, after) or bool(CLASS_MARK.match(after)) or bool(match["over"]),
    )
