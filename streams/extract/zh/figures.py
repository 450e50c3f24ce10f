"""Sums told without a count: funds in place, foreign capital, the value of what was signed, the size of a cluster."""

import re

from schemas.event import Metric
from streams.extract.found import FoundAmount
from streams.extract.zh.aims import AIM_STRONG, is_aim, is_over, target_period
from streams.extract.zh.batches import told_period
from streams.extract.zh.clock import CUMULATIVE
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import has_cue, pattern
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.repeated import tells_again
from streams.extract.zh.stages import stage_of

LABELS: tuple[tuple[Metric, re.Pattern[str]], ...] = (
    ("foreign_investment", pattern("sums", "foreign_investment")),
    ("projects_reserved", pattern("sums", "projects_reserved")),
    ("investment_planned", pattern("sums", "agreed")),
    ("investment_actual", pattern("sums", "investment_actual")),
    ("projects_started", pattern("sums", "projects_started")),
    ("projects_signed", pattern("sums", "projects_signed")),
    ("investment_planned", pattern("sums", "investment_planned")),
)
"""What the words before a sum make it; the first that fits decides."""
OUTPUT = pattern("sums", "output_value")
SCALE = pattern("sums", "cluster_scale")
CLUSTER_AFTER = re.compile(
    r"^(?:级|以上|规模)?(?:的)?[^,。;\d]{0,24}?(?:产业集群|集群|产业高地|产业规模|产业链|产业园区|工业园区|园区|产业(?!园|基地|项目|链))"
)
OF_A_COMPANY = re.compile(
    r"公司|该项目|企业(?!累计)|一期|二期|集团|该厂|厂房|该企业|基金(?!小镇)|门店|每年|项目建成|达产后|建成后|投产后"
)
OF_AN_AREA = re.compile(
    r"产业(?!园二)|[\u4e00-\u9fff]{2}经济(?!开发|技术)|集群|规上|规模以上|工业|全[市县区省州]|园区|开发区|新区|片区|[市县区省](?!一)"
)
AGREED_SUM = re.compile(r"(?:合同|协议)(?:引资|投资|资金|利用|引进)")
TO_DO = re.compile(
    r"(?:计划|拟|将|要|预计|争取)(?:实际)?(?:引进|到位|到账|到资|完成|实现|利用|使用|新增|吸引|吸收|招引|签约|达到?|突破|超过?)[^,。;]{0,10}$"
)
UNDER_WAY = re.compile(r"在建|续建|实施的?项目|推进的?项目")
"""What projects cost that are under way is no figure of its own."""
GROWS = re.compile(r"(?:规模)?(?:做|增|提高|提升|扩大|发展|跃升|壮大|增加|增长)[到至]")
"""从600亿元做到1000亿元: the first is where it comes from."""
GOAL = re.compile(r"(?:以上|左右)?(?:的[^,。;]{0,12}|年度|全年)?(?:任务|目标)")
"""100亿元的到位资金任务: what follows a sum and makes it an aim."""


def draft_sums(page: Page, taken: list[Draft]) -> list[Draft]:
    """The drafts of sums that no count and no deal has taken."""
    held = {draft.amount.start for draft in taken if draft.amount}
    drafts: list[Draft] = []
    for sentence in page.sentences():
        for clause in sentence.clauses:
            after = clause.start
            for amount in page.figures.amounts_in(clause.start, clause.end):
                label = page.text[after : amount.start]
                after = after if amount.per_project else amount.end
                if amount.start in held or amount.conversion or GROWS.match(page.text, amount.end):
                    continue
                if draft := _draft(page, sentence, clause, amount, label) or _again(
                    page, sentence, clause, amount, drafts
                ):
                    drafts.append(draft)
    return drafts


def _again(page: Page, sentence: Sentence, clause: Piece, amount: FoundAmount, before: list[Draft]) -> Draft | None:
    """The sum told before, at another time: 去年同期为86.1亿元."""
    first = next((one for one in reversed(before) if one.type in ("statistic", "target") and one.amount), None)
    if first is None or amount.per_project or not tells_again(page.text[clause.start : amount.start]):
        return None
    when = page.clock.when(sentence, clause.start, amount.end)
    if not when.is_period or when.distance > 0 or first.amount is None or first.amount.currency != amount.currency:
        return None
    draft = Draft(first.type, sentence, clause.start, amount.end, first.home, when, metric=first.metric, amount=amount)
    if first.type == "target" and is_over(page, when):
        return None
    draft.period = (
        target_period(page, when) if first.type == "target" else told_period(page, first.metric, when, standing=False)
    )
    return draft


def _draft(page: Page, sentence: Sentence, clause: Piece, amount: FoundAmount, label: str) -> Draft | None:
    text = page.text
    if has_cue("part", text, clause.start, amount.start) or has_cue(
        "compared", text, max(clause.start, amount.start - 16), amount.start
    ):
        return None
    when = page.clock.when(sentence, amount.start, amount.end)
    goal = GOAL.match(text, amount.end)
    aim = (
        goal is not None
        or is_aim(page, sentence.start, _from(page, sentence, clause), amount.end, when)
        or bool(
            re.search(r"(?:要|将|拟|计划|提出|打造|建设|培育|形成|做到|建成)[^,。;]{0,20}$", label)
            and CLUSTER_AFTER.match(text[amount.end : amount.end + 30])
        )
        or bool(re.search(r"(?:要|将|须|需)(?:做到|超过|达到|突破|完成|实现|引进)[^,。;]{0,4}$", label))
        or bool(when.is_period and TO_DO.search(label))
        or bool(re.search(r"(?:规模|产值)[^,。;]{0,12}(?:将|要|向|冲刺|迈向)[^,。;]{0,8}$", label))
    )
    if aim:
        return _target(page, sentence, clause, amount, label)
    if amount.per_project:
        return None
    before = (
        label
        if re.search(r"[\u4e00-\u9fff]{2}", label)
        else text[max(sentence.start, clause.start - 16) : amount.start]
    )
    metric = next((metric for metric, pattern in LABELS if pattern.search(before)), None)
    if metric is None or (OF_A_COMPANY.search(text[clause.start : amount.start]) and metric != "foreign_investment"):
        return None
    if metric == "foreign_investment" and "合同" in before and not when.is_period:
        return None  # 其中外资项目21个,合同外资38亿美元: a share of what was signed that day
    if metric != "foreign_investment" and has_cue("other_money", before, 0, len(before)):
        return None
    home = page.atlas.region_of(sentence, clause.start, amount.end)
    if metric == "projects_signed" and has_cue("denied", text, sentence.start, sentence.end):
        return None
    if metric == "investment_planned" and UNDER_WAY.search(text, sentence.start, amount.start):
        return None
    if metric == "investment_planned" and (
        has_cue("denied", text, sentence.start, sentence.end)
        or not (when.is_period and when.distance <= 1 and home and home.distance <= 1)
    ):
        return None  # what one project costs
    draft = Draft("statistic", sentence, clause.start, amount.end, home, when, metric=metric, amount=amount)
    draft.title = page.is_title(sentence)
    if metric == "projects_signed" and not when.is_period and not CUMULATIVE.search(text[clause.start : amount.end]):
        draft.type, draft.metric = "signing", None
        draft.stage = stage_of(page.words(sentence), text[clause.start : amount.end])
        draft.weak = 0.2
        return draft
    standing = bool(CUMULATIVE.search(text[clause.start : amount.end])) or bool(
        re.search(r"已(?:经)?(?:超|达|突破)?", label)
    )
    draft.period = told_period(page, metric, when, standing)
    return draft


def _from(page: Page, sentence: Sentence, clause: Piece) -> int:
    """Where the words begin that may say it is an aim: of a list, the line that it hangs on."""
    line = page.lines[sentence.line]
    return line.context if line.context != line.start and sentence is line.sentences[0] else clause.start


def _target(page: Page, sentence: Sentence, clause: Piece, amount: FoundAmount, label: str) -> Draft | None:
    text = page.text
    near = text[clause.start : amount.start]
    after = text[amount.end : amount.end + 30]
    size = amount.per_project and not re.match(r"级?(?:以上)?(?:的)?[^,。;项]{0,16}(?:集群|产业(?!链)|高地)", after)
    if OF_A_COMPANY.search(near) or size:
        return None
    goal = GOAL.match(text, amount.end)
    told = near + (goal[0] if goal else "")
    metric = next(
        (metric for metric, pattern in LABELS if metric != "projects_reserved" and pattern.search(told)), None
    )
    if metric == "projects_signed" and AGREED_SUM.search(told):
        metric = "investment_planned"
    if metric is None and re.match(r"(?:以上|左右)?的?(?:年度)?招商引资", after):
        metric = "investment_planned"
    if metric is None:
        metric = "output_value" if OUTPUT.search(near + after[:6]) else None
    if metric == "output_value" and not OF_AN_AREA.search(
        text, max(sentence.start, amount.start - 80) if AIM_STRONG.search(near) else clause.start, amount.start
    ):
        return None
    if metric is None and (CLUSTER_AFTER.match(after) or SCALE.search(near)):
        metric = "cluster_scale"
    if metric is None and OF_AN_AREA.search(near) and re.search(r"投资(?:总额|额)?", near):
        metric = "investment_planned"
    if metric is None:
        return None
    when = page.clock.when(sentence, amount.start, amount.end)
    home = page.atlas.region_of(sentence, clause.start, amount.end)
    draft = Draft("target", sentence, clause.start, amount.end, home, when, metric=metric, amount=amount)
    draft.title = page.is_title(sentence)
    draft.period = target_period(page, when)
    draft.sector_words = text[clause.start : clause.end]
    return draft
