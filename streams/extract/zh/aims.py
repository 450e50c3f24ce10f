"""Aims: whether a figure says what shall be, and the period that an aim is for."""

import re
from datetime import date

from streams.extract.found import FoundCount
from streams.extract.zh.clock import When
from streams.extract.zh.facts import Fact
from streams.extract.zh.lexicon import pattern
from streams.extract.zh.page import Page
from streams.extract.zh.periods import Span

AIM_STRONG = pattern("batches", "AIM_STRONG")
AIM_NEAR = re.compile(
    r"(?:将|计划|拟|准备|打算|(?<!主)(?<!需)要(?!求)|达到)(?:于|在|再|新|集中|引进|招引|签约?|开工|实施|组织|举办|开展|谋划|建成|落户|推动|储备|洽谈|拜访|走访|收集|新增)?(?:[\d一二两三四五]{1,2}年)?[^,。;\d]{0,8}$"
)
HELD_ALREADY = re.compile(r"[^;。]{0,30}已(?:于|经|在)")
DONE = re.compile(
    r"已(?:经)?(?:签|完|引|开|竣|投|落|达)|完成了|签下|签了|完成率|占(?:全年|年度|目标)|一口气|超额|现场|实际(?:完成|签|引进)"
)
HEAD = re.compile(
    r"(?:目标|任务|指标)(?:任务)?(?:分别)?(?:是|为|:|如下|包括|定为|锁定|确定)|打算(?:是)?|力争|争取(?!到)|确保|计划(?!总?投|书|单列|性|引资|的)|拟(?=[新引签开建实])|将(?=(?:新)?(?:引进|招引|签约|实施|开工|建设|推动|实现|完成|力争|组织|举办|打造|培育|聚焦))|(?:拟|计划|将)?用[\d一二两三四五十]{1,2}年|提出(?![了者的])|(?<!主)(?<!需)[要须](?:做到|实现|完成|努力|达到|拿到|用到|引到|落到)"
)
"""Words that make an aim of all that their sentence lists after them, up to a word of something done."""
TOLD_YEAR = re.compile(r"\d{4}|[去前上当今明]年|[〇零]")
AT_LEAST = re.compile(r"(?:不(?:能|得|要)?[少低]于|至少要?|起码)$")
SHALL_HAVE = re.compile(r"(?:将|计划|拟|预计)(?:会)?有?[约近超逾]*$")
PAST = re.compile(r"以来|截至|截止|目前|至今|迄今")


def is_aim(page: Page, sentence_start: int, start: int, end: int, when: When) -> bool:
    """True when `[start, end)` of a sentence says what shall be, not what was."""
    here = page.text[start:end]
    if AIM_STRONG.search(here) and not DONE.search(here):
        return True
    if DONE.search(here) or any(_is_past(page, one) for one in page.clock.periods_in(start, end)):
        return False
    if when.period and _is_to_come(when.period, page.today):
        return True
    if is_over(page, when) or HELD_ALREADY.match(page.text, end):
        return _listed(page, sentence_start, start, end)
    if page.is_planned(start) or (page.is_plan and not (when.found and when.distance == 0)):
        return True
    return _listed(page, sentence_start, start, end)


def _listed(page: Page, sentence_start: int, start: int, end: int) -> bool:
    """True in a list that a word of aiming opens: 目标是引进项目120个,到位资金180亿元,开工项目80个."""
    heads = [match.end() for match in HEAD.finditer(page.text, sentence_start, start)]
    if not heads or DONE.search(page.text, heads[-1], start):
        return False
    return not any(_is_past(page, one) for one in page.clock.periods_in(heads[-1], end))


def _is_to_come(period: Span, today: date) -> bool:
    until = period.kind == "until" and period.last is not None and period.last > today
    return until or (period.first is not None and period.first > today)


def is_over(page: Page, when: When) -> bool:
    """True when the time told is a period that has ended, or one that runs up to now."""
    return when.period is not None and _is_past(page, when.period)


def _is_past(page: Page, period: Span) -> bool:
    over = period.last is not None and period.last < page.today
    return over or PAST.search(page.text, period.start, period.end) is not None


def _of_title(page: Page) -> Span | None:
    """今年要干这些大事: the time of all that the text lists."""
    told = page.clock.periods_in(0, page.lines[0].end) if page.is_plan else []
    return told[0] if told else None


def is_counted_aim(page: Page, fact: Fact, count: FoundCount, when: When) -> bool:
    """True for a count that is aimed at: by its sentence, by the list it stands in, or by the words right before it."""
    text, line = page.text, page.lines[fact.sentence.line]
    listed = line.context != line.start
    context = line.context if listed and line.kind == "heading" else fact.sentence.start
    start = line.context if listed and fact.sentence is line.sentences[0] else fact.clause.start
    before = text[fact.clause.start : count.start]
    if is_aim(page, context, start, fact.end, when):
        return True
    if AT_LEAST.search(before) and not is_over(page, when):
        return True
    if fact.role in ("mixed", "offered") or fact.trigger is None:
        return False
    led = text[fact.clause.start : fact.trigger.start][-12:]
    done = DONE.search(text, fact.clause.start, fact.end)
    near = AIM_NEAR.search(led) and fact.trigger.end <= count.start and not done
    return bool(near) or bool(when.is_period and SHALL_HAVE.search(before))


def target_period(page: Page, when: When) -> tuple[date | None, date | None]:
    """The period of an aim: this year is the whole year, without words of time nothing is known."""
    period = when.period or _of_title(page)
    if period is None or (when.period and when.distance > 2):
        return (None, None)
    first, last = period.first, period.last
    if period.kind in ("since", "year") and last == page.today and first and (first.month, first.day) == (1, 1):
        last = date(first.year, 12, 31)
    if period.kind in ("now", "open", "carry"):
        return (None, None)
    if first and last and last < page.today and not TOLD_YEAR.search(page.text, period.start, period.end):
        return (first.replace(year=first.year + 1), last.replace(year=last.year + 1))  # 下半年, told in spring
    return (first, last)
