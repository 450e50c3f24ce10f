"""Deals told without a count: one project or fund with its sum, and agreements between named parties."""

import re

from streams.extract.found import FoundAmount
from streams.extract.zh.batches import stage_of
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import has_cue
from streams.extract.zh.names import find_names, find_parties
from streams.extract.zh.page import Draft, Page

SIGNED = re.compile(
    r"签约(?!仪式|活动|环节|项目|率|额|任务|总|金额|台|席|暨|大会|服务|企业|客商|消息|现场|的|单位|之后|只是|前的|名单|一事|、|开工)|签订|签署|签下|签了|签定|签得|落笔|敲定|签字|缔结|签成|签妥|签(?=的都是)|落槌|换文"
)
SIGNING_NOUN = re.compile(r"签约(?:仪式|活动)|签约台")
PAPER = re.compile(
    r"(?:全面|深化|科技|产业|投资|项目|战略|合作|框架|发展|开发|建设|共建|扩建|友好|入驻|购地|增资|补充|人才|[\u4e00-\u9fff]{0,6})?(?:协议书?|备忘录|合同书?|意向书|合作书|契约|合约|一份)"
)
OTHER_PAPER = re.compile(
    r"就业|用工|劳务|购销|销售|采购|供货|供应|订单|授信|贷款|借款|承销|保险|租借|球员|转会|劳动合同|终止|解除|解约|补充协议书?终止|代言|赞助|网签|购房|拆迁|责任书|承诺书|军令状|责任状|目标书"
)
INVEST = re.compile(
    r"投资|出资|拿出|投下|投入|建设|建一|建起|打造|新建|设立|落户|落地|规模|砸下|斥资|总额|金额|资金|布局"
)
ONE_THING = re.compile(
    r"(?:一[个座家条处项]|该|此|本|首个|这个|[\u4e00-\u9fff\d”]{2,}?)(?:项目|基地|工厂|总部|产业园|园区|科技园|基金|生产线|中心|综合体|电站|小镇|厂房|示范区|合作区)"
)
SEVERAL = re.compile(
    r"(?:做|办|兴|盖|搞|建)[^,。;、]{1,8}[,、](?:做|办|兴|盖|搞|建)|等(?:多个|一批|系列)?(?:领域|项目|产业)|多个项目|一批项目|系列项目"
)
GOES_ON = re.compile(
    r"^\s*(?:按照?|根据|依照|照|据)(?:[^,。;]{0,6})(?:协议|合同|约定|规划|计划|设想)|^\s*(?:该|此|这个|这一|双方|项目|基金|协议|合同|总投资|计划|拟|将|公司|其|新项目|整个|这份|本|一期|全部)|约定|总规模|总投资"
)
NAMED_PROJECT = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()]{3,40}?(?:项目|基地|工厂|产业园|总部|基金|研发中心|生产线|中心))(?:[一二三]期)?(?:已|正式|成功|顺利|日前|近日|昨日|今日|当天|\d+日|在[^,。;]{1,12}|于[^,。;]{1,10})*(?:签约|敲定|落定|花落|签下)"
)
VAGUE_NAME = re.compile(
    r"^(?:\d|[一二三四五六七八九十百两几多]+[个项批]|重[大点]|招商|产业项目|多个|一批|这些|各|全部|更多|意向|上述|今年|这|该批|签约|好|大|新|投资|合作)"
)
UNDONE = re.compile(r"终止|解除|解约|取消|撤销|流产|泡汤|作废|不建了|停下来|告吹|搁置")
TO_COME = re.compile(
    r"(?:将|拟|计划|准备|打算|有望|即将|争取|力争|希望|愿|欲|推动|促成|加快|早日|尽快)(?:[^,。;]{0,6})(?:签|敲定)"
)
RECALLED = re.compile(r"此前|曾(?!经济)|早在|去年|前年|先前|当年|往年|上届|上一届|往届|原(?:来|本)?(?:签|计划)")


def draft_deals(page: Page, batches: list[Draft]) -> list[Draft]:
    """Single signings and agreements of the sentences whose signing no batch has taken."""
    if _is_undone(page):
        return []
    batch_days = [one for one in batches if one.type == "signing" and (one.number or 0) > 1]
    drafts: list[Draft] = []
    for sentence in page.sentences():
        taken = [one for one in batches if one.sentence is sentence and one.type == "signing"]
        for part in sentence.parts:
            draft = _deal(page, sentence, part)
            if draft is None or any(one.start < draft.end and draft.start < one.end for one in taken):
                continue
            if draft.type == "signing":
                draft.part = draft.part or _belongs(draft, batch_days)
            drafts.append(draft)
    return drafts


def _is_undone(page: Page) -> bool:
    """An article about a deal that was given up (rule 5 of the labels): its deal is no signing."""
    head = page.text[: page.lines[0].end] if page.lines else ""
    opening = page.text[:400]
    return bool(UNDONE.search(head)) or len(UNDONE.findall(opening)) >= 2


def _belongs(draft: Draft, batches: list[Draft]) -> bool:
    for batch in batches:
        own_day = draft.when.day is not None and draft.when.distance == 0 and draft.when.day != batch.when.day
        if not own_day and not draft.apart:
            return True
    return False


def _deal(page: Page, sentence: Sentence, part: tuple[Piece, ...]) -> Draft | None:
    text = page.text
    start, end = part[0].start, part[-1].end
    words = text[start:end]
    verb = SIGNED.search(words)
    if verb is None or OTHER_PAPER.search(words) or TO_COME.search(words) or has_cue("denied", text, start, end):
        return None
    if any(one.noun in ("project", "fund") and one.value > 1 for one in page.figures.counts_in(start, end)):
        return None
    at = start + verb.start()
    paper = PAPER.search(text, start + verb.end(), end) or PAPER.search(text, start, at)
    amount, amount_sentence = _investment(page, sentence, start, end)
    named = NAMED_PROJECT.search(words)
    if named and VAGUE_NAME.match(named["name"]):
        named = None
    if paper is None and amount is None and named is None:
        return None
    when = page.clock.when(sentence, at, at + 1)
    if when.is_period and when.period and when.period.kind != "year":
        return None
    clause = next((one for one in part if one.start <= at < one.end), part[0])
    home = _home(page, sentence, clause, at, end)
    stop = max(
        at + len(verb[0]), paper.end() if paper else 0, amount.end if amount and amount_sentence is sentence else 0
    )
    draft = Draft("agreement", sentence, clause.start, min(stop, end) if stop <= end else stop, home, when)
    draft.title = page.is_title(sentence)
    draft.apart = bool(re.search(r"另外|此外|同时|同日|另签|还", words[: verb.start()][:20]))
    draft.spans["parties"] = (clause.start, at)
    draft.parties = find_parties(text[start:at])
    told = words + (
        "\n" + text[amount_sentence.start : amount_sentence.end]
        if amount_sentence and amount_sentence is not sentence
        else ""
    )
    if amount is not None:
        draft.type, draft.stage, draft.amount = "signing", stage_of(words, words), amount
        if amount_sentence is not sentence and amount_sentence is not None:
            draft.start, draft.end, draft.sentence = (
                _from_clause(page, amount_sentence, amount),
                amount.end,
                amount_sentence,
            )
        draft.single = bool(ONE_THING.search(told)) and not SEVERAL.search(told)
        draft.names = find_names(told)
    elif named is not None and (paper is None or "项目" in named["name"]):
        draft.type, draft.stage, draft.single = "signing", stage_of(words, words), True
        draft.start, draft.names = start + named.start(), (named["name"],)
    elif not _is_agreement(page, draft, words, when):
        return None
    draft.sector_words = told
    return draft


def _is_agreement(page: Page, draft: Draft, words: str, when: object) -> bool:
    """Between named parties; a paper told without any of them is no event."""
    return len(draft.parties) >= 2 or (
        len(draft.parties) == 1 and not draft.title and bool(re.search(r"与|同|和|跟|也签", words))
    )


def _home(page: Page, sentence: Sentence, clause: Piece, at: int, end: int):  # type: ignore[no-untyped-def]
    before = page.atlas.between(clause.start, at, "place")
    if before:
        return page.atlas.region_of(sentence, clause.start, at)
    return page.atlas.region_of(sentence, clause.start, end)


def _from_clause(page: Page, sentence: Sentence, amount: FoundAmount) -> int:
    clause = next((one for one in sentence.clauses if one.start <= amount.start < one.end), sentence.clauses[0])
    return clause.start


def _investment(page: Page, sentence: Sentence, start: int, end: int) -> tuple[FoundAmount | None, Sentence | None]:
    """The sum that the deal invests: in its own sentence, or in the ones that go on about it."""
    if amount := _sum_in(page, start, end):
        return amount, sentence
    if page.is_title(sentence):
        return None, None
    for other in page.next_sentences(sentence, 2):
        words = page.words(other)
        if (
            SIGNED.search(words)
            or not GOES_ON.search(words)
            or page.figures.counts_in(other.start, other.end)[:1]
            and re.search(r"[个项]项目", words)
        ):
            break
        if amount := _sum_in(page, other.start, other.end):
            return amount, other
    return None, None


def _sum_in(page: Page, start: int, end: int) -> FoundAmount | None:
    for amount in page.figures.amounts_in(start, end):
        if amount.conversion or amount.per_project:
            continue
        label = re.split(r"[,。;]", page.text[start : amount.start])[-1]
        after = re.match(r"[^,。;]{0,16}", page.text[amount.end : min(end, amount.end + 16)])
        near = label + (after[0] if after else "")
        if has_cue("other_money", label, 0, len(label)) or re.search(r"其中|保证金|规模要|产业规模", label):
            continue
        if INVEST.search(near):
            return amount
    return None
