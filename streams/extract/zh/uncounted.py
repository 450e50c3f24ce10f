"""Figures that count nothing that happened: guests of a meeting, quotas of each, what was denied, stocks of no time."""

import re

from streams.extract.found import FoundCount
from streams.extract.zh.clock import When
from streams.extract.zh.facts import STOCK, Fact
from streams.extract.zh.lexicon import has_cue
from streams.extract.zh.page import Page

EACH = re.compile(
    r"每(?:月|季|周|天|个|名|位|县|区|镇|乡|人|组|支|家|半年)[^,。;\d]{0,16}$|(?<!平)均(?:在|达|超|有|为|要|不少于)[^,。;\d]{0,4}$|人均|平均"
)
"""What stands before the share of each: a quota of a month, of a district."""
NOT_DONE = re.compile(r"(?:没有|没|未|尚未|仍未|还未|并未|不曾)(?:能|有|正式|如期|按时|实际)?$")
"""17个没有开工: what did not happen."""
HONOURED = re.compile(
    r"(?:高新技术|专精特新|规模以上|规上|限上|限额以上|“?小巨人”?|瞪羚|独角兽|科技型(?:中小)?|创新型(?:中小)?|雏鹰|上市|四上)[^,。;、\d]{0,6}(?:企业|公司)?[^,。;、\d]{0,3}$"
)
RISES = re.compile(r"新增|净增|拥有|现有|共有|实有|达到?|集聚|聚集|汇聚|培育|目前有|已有")
"""新增高新技术企业14家: so many firms were given a rank, and none was set up."""
ATTENDED = re.compile(r"[^,。;]{0,12}(?:参会|参加|参展|到会|出席|前来|报名|代表|嘉宾|参与|关注|观展)")


def is_uncounted(page: Page, fact: Fact, count: FoundCount, when: When) -> bool:
    """True for a figure that is no event, whatever its trigger says."""
    text = page.text
    if has_cue("denied", text, fact.sentence.start, fact.end) and fact.role in ("sign", "mixed"):
        return True
    if fact.trigger and NOT_DONE.search(text, max(fact.clause.start, fact.trigger.start - 6), fact.trigger.start):
        return True
    if fact.role == "registered" and _is_rank(text, fact, count):
        return True
    drawn = fact.trigger is not None and text.startswith("吸引", fact.trigger.start)
    if drawn and (not when.is_period or ATTENDED.match(text, fact.end)):
        return True  # 吸引200余家企业参会: guests of a meeting
    stock = fact.role == "registered" and fact.trigger and STOCK.match(text, fact.trigger.start, count.start)
    if stock and (when.period is None or when.period.kind not in ("now", "until")):
        return True  # 企业达到40家: how many there are, of no time
    if fact.trigger and fact.trigger.start == count.start and not when.is_period:
        return True
    return EACH.search(text, fact.clause.start, count.start) is not None


def _is_rank(text: str, fact: Fact, count: FoundCount) -> bool:
    """True for firms of a rank, of which more were named or stand: their number tells nothing of who came."""
    if fact.trigger is None or not RISES.match(text, fact.trigger.start):
        return False
    after = text[count.end : count.end + 12]
    return bool(HONOURED.search(text, fact.clause.start, count.start) or HONOURED.match(after))
