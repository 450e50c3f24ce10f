"""Sums that no place gets: whom a policy is for, and what goods are bought for."""

import re

from streams.extract.found import FoundAmount

FOR = re.compile(r"(?:^|[,。;:(\n]|并|其中|规定|提出)(?:对|凡是?|对于|针对)[^,。;\n]*$")
WHOM = re.compile(
    r"(?:\(含\))?(?:及?以上|以下|左右)?(?:\(含\))?的[^,。;\d]{0,14}(?:项目|企业|客商|投资者|投资商|公司)(?P<rest>[^。;\n]{0,40})"
)
GRANTED = re.compile(r"给予|奖励|补助|补贴|享受|一事一议|优惠|可按|奖补|减免|“一[^”]{1,2}一[^”]{1,2}”")
REACHES = re.compile(r"(?:达到?|不低于|不少于|满)$")
GOODS = re.compile(r"的?[^,。;\d]{0,10}(?:长单|订单|采购(?!中心|平台|基地|总部)|购销|供货|供销)")
BEFORE = 40


def is_aside(text: str, amount: FoundAmount) -> bool:
    """True for the threshold of a policy (对投资超5亿元的项目给予奖励) and the price of goods (签下3亿美元的长单)."""
    if GOODS.match(text, amount.end):
        return True
    before = text[max(0, amount.start - BEFORE) : amount.start]
    least = amount.qualifier == "at_least" or amount.per_project or REACHES.search(before) is not None
    whom = WHOM.match(text, amount.end) if least else None
    return whom is not None and bool(FOR.search(before) or GRANTED.search(whom["rest"]))
