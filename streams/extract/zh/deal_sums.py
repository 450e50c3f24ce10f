"""The sum that a single deal invests: in its own words, or where the text goes on about it."""

import re

from streams.extract.found import FoundAmount
from streams.extract.zh.carried import find_lone_sum
from streams.extract.zh.layout import Sentence
from streams.extract.zh.lexicon import has_cue, pattern
from streams.extract.zh.page import Page

SIGNED = pattern("deals", "SIGNED")
INVEST = re.compile(
    r"投资|出资|拿出|投下|投入|建设|建一|建起|打造|新建|设立|落户|落地|规模|砸下|斥资|总额|金额|资金|布局|基金|合计|投建|兴建|增资|加码|追加|豪掷|首期|引资|协议|签|再投|共投|共计|总计|协议额|合同额"
)
OF_A_THING = re.compile(r"的?[^,。;\d]{0,12}(?:项目|基地|工厂|产业园|总部|生产线|[建设]厂|厂房)")
SHARE = re.compile(r"首期|一期|先期|前期|依次|分别|首批")
WHOLE = re.compile(r"\s*(?:共|合计|总计|总投资|一共|合起来|加起来|总额|全部|整个|总盘子|累计|三者|两者)")
SHORT = 3
"""Characters of a word for a sum that need not be known: 总盘子137亿元."""
GOES_ON = pattern("deals", "GOES_ON")


def find_investment(page: Page, sentence: Sentence, start: int, end: int) -> tuple[FoundAmount | None, Sentence | None]:
    """The sum that the deal invests: in its own sentence, or in the ones that go on about it."""
    if amount := find_sum(page, start, end):
        return amount, sentence
    if page.is_title(sentence):
        return None, None
    if lone := _lone_sum_before(page, sentence):
        return lone, sentence
    for other in page.next_sentences(sentence, 2):
        words = page.words(other)
        if (
            SIGNED.search(words)
            or not GOES_ON.search(words)
            or (page.figures.counts_in(other.start, other.end)[:1] and re.search(r"[个项]项目", words))
        ):
            break
        if amount := find_sum(page, other.start, other.end):
            return amount, other
    return None, None


def _lone_sum_before(page: Page, sentence: Sentence) -> FoundAmount | None:
    """33.1亿元!某集团年产20万台电机项目签约: a sum that is a sentence of its own."""
    beside = [one for one in page.lines[sentence.line].sentences if one.end < sentence.start]
    return find_lone_sum(page.text, beside[-1], page.figures.counts, page.figures.amounts) if beside else None


def _whole_of(page: Page, amount: FoundAmount, label: str, end: int) -> FoundAmount:
    """首期投入52亿元,全部建成需投资100亿元; 依次为8亿元、12亿元和6亿元,共26亿元: the whole rather than its share."""
    if not SHARE.search(label):
        return amount
    for other in page.figures.amounts_in(amount.end, end):
        words = re.split(r"[,。;]", page.text[amount.end : other.start])[-1]
        if WHOLE.match(words) and other.value > amount.value and not (other.conversion or other.per_project):
            return other
    return amount


def find_sum(page: Page, start: int, end: int) -> FoundAmount | None:
    """The first sum in `[start, end)` that is told as an investment."""
    for amount in page.figures.amounts_in(start, end):
        if amount.conversion or amount.per_project:
            continue
        label = re.split(r"[,。;]", page.text[start : amount.start])[-1]
        after = re.match(r"[^,。;]{0,16}", page.text[amount.end : min(end, amount.end + 16)])
        near = label + (after[0] if after else "")
        # What the first phase costs stands for a project whose whole cost is not told.
        plain = re.sub(r"首期|一期(?=投)", "", label)
        if has_cue("other_money", plain, 0, len(plain)) or re.search(r"其中|保证金|规模要|产业规模", label):
            continue
        alone = len(label.strip()) <= SHORT and not (after and after[0].strip())
        if INVEST.search(near) or alone or (after and OF_A_THING.match(after[0])):
            return _whole_of(page, amount, label, end)
    return None
