"""Facts into drafts: a count of projects with its trigger is a signing, a milestone, a statistic or a target."""

import re
from dataclasses import replace
from datetime import date

from schemas.event import Metric
from streams.extract.zh.aims import AIM_STRONG, HEAD, is_counted_aim, target_period
from streams.extract.zh.carried import sums_up
from streams.extract.zh.clock import CUMULATIVE, When
from streams.extract.zh.facts import Fact
from streams.extract.zh.industries import sector_words_of
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.periods import Span
from streams.extract.zh.places import Home
from streams.extract.zh.stages import METRICS, SIGNS, STAGES, stage_of
from streams.extract.zh.uncounted import is_uncounted

CEREMONY = re.compile(r"集中|仪式|现场|会上|成功|日前|近日|一口气|签下|签了|落笔|活动|大会|推介|牵手|举行")
SIGNED_COMPANIES = re.compile(
    r"签约(?:落户|入驻|引进)?(?:[^,。;\d]{0,10})(?:企业|公司)|(?:企业|公司)签约|家[^,。;]{0,8}签约"
)
SETTLES = re.compile(r"入驻|落户|投资(?:协议|合同)|投资合作")
REGISTERED = re.compile(r"批准|[新获]批|注册|登记")
"""Of companies these words count those that were set up."""
CARRIED_OUT = re.compile(r"实施[^,。;\d]{0,6}(?:招商|引资)|(?:招商|引资)[^,。;\d]{0,6}实施")
SITS = re.compile(r"(?:园区?|小镇|基地|开发区|高新区|经开区|企业|公司)(?:里|内)?有")
STANDS = re.compile(rf"{SITS.pattern}|集聚|聚集|拥有|现有|共有|实有|达到?|超过?")
"""Words of how many companies there are, which is what stands on the day of the article."""
SEATED = re.compile(r"入驻[^,。;\d]{2,16}的(?:企业|公司)有[^,。;\d]{0,3}\d")
"""入驻小镇的企业有131家: how many sit there."""
LED = re.compile(r"[到来赴在]$")
LATELY = re.compile(r"近日|日前|近期|不久前|前不久")
HAS = re.compile(r"已有|均已|已经|累计|共有.{0,6}已|其中已|现有|已$|已")
LISTED = re.compile(r"[^,。;:、]*、[^,。;:]*等(?:的)?$")
PAPERS = re.compile(r"协议|意向|合同|备忘录|合约")
PROJECTS_OF = re.compile(
    r"其中[^,。;]{0,4}(?:投资|产业|招商|引资)(?:类|型)?(?:意向|合作|引资)?(?:的)?项目|其中[\d两]+[余多]?个(?:投资|产业)项目"
)
TENANTS = re.compile(r"[^,。;]{0,4}(?:商户|商家|店铺|门店|摊位|个体)")
"""Who only rents a shop."""
FORMAL = re.compile(r"合同|正式协议")


WEEK = 7


def draft_facts(page: Page) -> list[Draft]:
    """The drafts of all counts that say what happened to what they count."""
    drafts: list[Draft] = []
    for fact in _unmixed(_without_papers(page, page.facts())):
        draft = _draft(page, fact, drafts)
        if draft is not None:
            drafts.append(draft)
    for draft in drafts:
        draft.title = page.is_title(draft.sentence)
    return drafts


def _without_papers(page: Page, facts: list[Fact]) -> list[Fact]:
    """签订合作协议8项,其中投资项目5个: of papers, the share that is projects is what was signed (rule 14)."""
    kept: list[Fact] = []
    for fact in facts:
        last = kept[-1] if kept else None
        if last and last.sentence is fact.sentence and _are_papers(page, last, fact) and _is_projects_of(page, fact):
            amount = fact.amount or last.amount
            kept[-1] = replace(
                fact, part=False, role=last.role, trigger=last.trigger, start=last.start, amount=amount,
                end=max(fact.end, last.end),
            )  # fmt: skip
        else:
            kept.append(fact)
    return kept


def _are_papers(page: Page, fact: Fact, share: Fact) -> bool:
    if fact.role != "sign" or fact.part or fact.count is None or (fact.amount and fact.amount.start < share.end):
        return False
    around = page.text[fact.count.start - 8 : fact.count.end + 6]
    return "项目" not in around and PAPERS.search(around) is not None


def _is_projects_of(page: Page, fact: Fact) -> bool:
    if not fact.part or fact.count is None or fact.count.noun != "project":
        return False
    return PROJECTS_OF.search(page.text, fact.clause.start, fact.count.end + 12) is not None


def _unmixed(facts: list[Fact]) -> list[Fact]:
    """59个项目集中签约、开工。其中签约29个、开工30个: the parts of a sum of unlike things are what counts."""
    mixed = [fact for fact in facts if fact.role == "mixed" and fact.count]
    if not mixed:
        return facts
    told: list[Fact] = []
    for fact in facts:
        total = next((one for one in mixed if one.count and fact.count and fact.count.value < one.count.value), None)
        if total and fact.role in ("sign", "started", "completed", "operational") and _adjoins(total, fact):
            fact = replace(fact, part=False)
            mixed = [one for one in mixed if one is not total] + [replace(total, apart=True)]
        told.append(fact)
    split = {one.count.value for one in mixed if one.apart and one.count}
    return [fact for fact in told if not (fact.role == "mixed" and fact.count and fact.count.value in split)]


def _adjoins(total: Fact, part: Fact) -> bool:
    return total.sentence.line == 0 or abs(part.sentence.line - total.sentence.line) <= 1


def _draft(page: Page, fact: Fact, before: list[Draft]) -> Draft | None:
    total = before[-1] if before else None
    text, count = page.text, fact.count
    if count is None or fact.role is None:
        return None
    when = page.clock.when(fact.sentence, fact.start, fact.end)
    if fact.role == "kept":
        if not (when.is_period and CARRIED_OUT.search(text, fact.clause.start, fact.end)):
            return None
        fact = replace(fact, role="introduced")  # 去年实施招商引资项目206个
    if fact.role in ("sign", *STAGES) and when.period and _is_short(when.period):
        when = When(distance=when.distance)  # 本周新签两个项目: a happening whose day is not told
    line = page.lines[fact.sentence.line]
    if fact.part and when.distance > 0 and total is not None and fact.sentence.line - total.sentence.line <= 1:
        when = total.when  # a share of a figure is of its time
    if is_uncounted(page, fact, count, when):
        return None
    home = (
        _led_to(page, fact)
        or _beside_names(page, fact)
        or page.atlas.region_of(fact.sentence, fact.clause.start, fact.end)
    )
    draft = Draft(
        "statistic", fact.sentence, fact.start, fact.end, home, when,
        amount=fact.amount, size=fact.size, part=fact.part, apart=fact.apart,
    )  # fmt: skip
    if draft.size is None and line.kind == "heading" and line.context != line.start:
        sizes = [one for one in page.figures.amounts_in(line.context, line.start) if one.per_project]
        draft.size = sizes[0] if sizes else None
    draft.spans["projects" if count.noun in ("project", "") else "count"] = (count.start, count.end)
    if count.noun in ("project", "", "fund") and fact.role not in ("leads", "visited", "held", "registered"):
        draft.projects = count
    else:
        draft.count = count
    if fact.trigger:
        draft.spans["trigger"] = (fact.trigger.start, fact.trigger.end)
    draft.whole = sums_up(text, count)
    draft.formal = FORMAL.search(text, fact.clause.start, fact.end) is not None
    draft.own_trigger = fact.trigger is not None and fact.clause.start <= fact.trigger.start < fact.clause.end
    draft.sector_words = sector_words_of(page, fact)
    if is_counted_aim(page, fact, count, when):
        return _as_target(page, draft, fact, when)
    return _as_told(page, draft, fact, when, before)


def _beside_names(page: Page, fact: Fact) -> Home | None:
    """澳柯玛冷链装备扩建、上海一冷开利等12个项目签约: a place in the name of a project is not where the batch goes."""
    count = fact.count
    names = LISTED.search(page.text, fact.clause.start, count.start) if count and count.noun == "project" else None
    if names is None:
        return None
    inside = page.atlas.between(names.start(), names.end(), "place")
    around = page.atlas.between(fact.clause.start, fact.end, "place")
    if not inside or len(around) > len(inside):
        return None
    if page.atlas.between(fact.sentence.start, names.start(), "place"):
        return page.atlas.region_of(fact.sentence, fact.sentence.start, names.start())
    own = page.atlas.head_of(fact.sentence.line) or ((page.atlas.home,) if page.atlas.home else ())
    return Home(own, None, 2) if own else None


def _led_to(page: Page, fact: Fact) -> Home | None:
    """引导23家企业到黎平投资, 为那曲引进企业17家: the place that the projects were led to."""
    for place in page.atlas.between(fact.clause.start, fact.clause.end):
        before, after = page.text[max(fact.clause.start, place.start - 2) : place.start], page.text[place.end :][:6]
        if before.endswith(("为", "给")) and re.match(r"(?:引进|招引|引来|引入|带来|招来)", after):
            return Home(place.codes, place, 0)
        if (
            place.start >= fact.end
            and LED.search(before)
            and re.match(r"[市县区州]?(?:投资|落户|兴业|发展|建厂|办厂)", after)
        ):
            return Home(place.codes, place, 0)
    return None


def _is_short(period: Span) -> bool:
    return period.first is not None and period.last is not None and (period.last - period.first).days <= WEEK


def _as_target(page: Page, draft: Draft, fact: Fact, when: When) -> Draft | None:
    if fact.role == "mixed" or (fact.trigger and page.text[fact.trigger.start : fact.trigger.end] in ("集聚", "聚集")):
        return None
    draft.type, draft.metric = "target", METRICS[fact.role or "sign"]
    draft.period = target_period(page, when)
    told_from = min(fact.sentence.start, page.lines[fact.sentence.line].context)
    if not when.is_period and not when.found and HEAD.search(page.text, told_from, fact.end):
        return draft
    if page.is_plan or page.is_planned(fact.start):
        return draft
    if not when.is_period and not AIM_STRONG.search(page.text, told_from, fact.end):
        return None  # 将集中签约50个项目: still to come, and no aim of a plan
    return draft


def _is_row(page: Page, fact: Fact, when: When) -> bool:
    """海门区签约项目98个: in a report without days, told without any word of a ceremony."""
    words = page.text[fact.sentence.start : fact.sentence.end]
    timeless = when.day is None and when.found is None and not when.is_period
    return page.clock.main is None and timeless and not CEREMONY.search(words)


def _as_told(page: Page, draft: Draft, fact: Fact, when: When, before: list[Draft]) -> Draft | None:
    text, role = page.text, _meant(page, fact, when)
    company = fact.count is not None and fact.count.noun in ("company", "agreement")
    clause = text[fact.clause.start : fact.end]
    if role == "sign" and company and when.is_period:
        if not SIGNED_COMPANIES.search(text, fact.clause.start, fact.end + 4):
            return None
        draft.metric = METRICS["introduced" if SETTLES.search(clause + text[fact.end : fact.end + 4]) else role]
        draft.period = told_period(page, draft.metric, when, standing=False)
        return draft
    if role == "sign" and company:
        if TENANTS.match(text, fact.count.end if fact.count else 0):
            return None
        # Partners and papers are no projects (rule 14): with a sum they are a signing, else read as agreements.
        if draft.amount is None and not SETTLES.search(clause + text[fact.end : fact.end + 10]):
            return None
        if any(one.noun == "project" for one in page.figures.counts_in(fact.end, fact.sentence.end)):
            return None  # 7家企业签下合同,7个项目投资21亿元: the projects are what counts
        draft.partners, draft.count = fact.count.value if fact.count else None, None
    if role == "landed" and SIGNS.search(text, fact.sentence.start, fact.sentence.end) and not when.is_period:
        role = "sign"
    standing = (bool(HAS.search(clause)) and (when.distance > 2 or (when.distance == 2 and when.day is None))) or (
        bool(CUMULATIVE.search(clause)) and when.distance > 0
    )
    totals = [one for one in before if one.metric == "projects_signed" and (one.number or 0) > (draft.number or 0)]
    if role == "sign" and totals and _is_row(page, fact, when):
        draft.metric, draft.period = METRICS[role], totals[0].period  # a row of a league table
        return draft
    if role in ("sign", "mixed") and not when.is_period and not standing:
        draft.type, draft.stage = (
            "signing",
            stage_of(text[fact.sentence.start : fact.end], text[fact.clause.start : fact.clause.end]),
        )
        if role == "mixed":
            draft.part, draft.weak = True, 0.5
        return draft
    together = company and role == "landed" and re.search(r"集中|同日|一起|同时|批量", clause)
    if together and not when.is_period and not standing:
        draft.type, draft.stage, draft.count = "milestone", "landed", None
        return draft
    if role in STAGES and not when.is_period and not standing and not company:
        if role == "landed" and when.day is None and not LATELY.search(text, fact.sentence.start, fact.end):
            draft.metric = METRICS[role]
            draft.period = (None, None)
            return draft
        draft.type, draft.stage = "milestone", STAGES[role]
        return draft
    if role == "mixed" or (company and role in ("landed", "introduced", "negotiating")):
        if role == "mixed":
            return None
        draft.metric = METRICS[role]
    elif role == "visited" and fact.count is not None and fact.count.noun == "activity":
        draft.metric = "activities_held"  # 接待客商13批次
    elif company and role == "introduced" and "培育" in clause:
        return None
    elif role in ("visited", "held") and when.found is not None and not when.is_period and not standing:
        return None  # what one trip did is a part of the trip
    else:
        draft.metric = METRICS[role]
    if draft.metric == "companies_registered" and STANDS.search(clause):
        standing = True
        if when.distance > 0 and SITS.search(clause):
            when = When(distance=when.distance)  # what stands now is not of the period told before
    draft.period = told_period(page, draft.metric, when, standing)
    return draft


def _meant(page: Page, fact: Fact, when: When) -> str:
    """The role of the trigger in its clause: 引来 over a period is introduced, 洽谈中的意向项目 are negotiated."""
    role, clause = fact.role or "", page.text[fact.clause.start : fact.end]
    if (
        role == "sign"
        and when.is_period
        and re.search(r"引来|引入|引得|签约(?:或|并|、|和|及)?(?:落地|落户|入驻)", clause)
    ):
        return "introduced"
    at_once = when.found is not None and when.distance == 0 and not when.is_period
    if role == "introduced" and at_once and re.search(r"一次性|一口气|成功|现场|集中|一天|当场|批量", clause):
        return "sign"
    told = fact.trigger and page.text[fact.trigger.start : fact.trigger.end]
    if fact.count and fact.count.noun == "company" and told and REGISTERED.search(told):
        return "registered"
    if fact.count and fact.count.noun == "company" and role == "negotiating":
        return "visited"  # held talks with (rule 16)
    if fact.count and fact.count.noun == "company" and SEATED.search(clause):
        return "registered"
    if role == "sign" and "意向项目" in clause and re.search(r"洽谈|在谈|跟进|磋商|对接", clause):
        return "negotiating"
    return role


def told_period(page: Page, metric: Metric | None, when: When, standing: bool) -> tuple[date | None, date | None]:
    """The period of a statistic: its own words, up to today for what stands, else unknown."""
    if when.period is not None:
        if metric == "projects_reserved" and when.distance > 1:
            return (None, None)
        return (when.period.first, when.period.last)
    if standing:
        return (None, page.today)
    if metric in ("enterprises_visited", "projects_negotiating") and when.found and when.found.day:
        return (when.found.day, when.found.until or when.found.day)
    return (None, None)
