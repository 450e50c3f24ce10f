"""Deals told without a count: one project or fund with its sum, and agreements between named parties."""

import re
from dataclasses import dataclass

from schemas.regions import holds, related
from streams.extract.found import FoundAmount
from streams.extract.zh.aims import is_aim
from streams.extract.zh.belonging import FUND, belongs, find_totals, is_undone
from streams.extract.zh.clock import When
from streams.extract.zh.deal_sums import SIGNED, find_investment
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import has_cue, pattern
from streams.extract.zh.names import find_names, find_parties
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.places import Home
from streams.extract.zh.stages import stage_of

PAPER = pattern("deals", "PAPER")
OTHER_PAPER = re.compile(
    r"就业(?:意向|协议|合同|岗位(?:协议|合同)|招聘)|(?:达成|签订|签署)[^,。;]{0,8}就业|用工|劳务|购销|(?:销售|采购|供货|供应|承销|长协)(?:合同|协议|订单|框架)|订单|授信|贷款|借款|租借|球员|转会|劳动合同|终止|解除|解约|补充协议书?终止|代言|赞助|网签(?!署|订|约|下)|购房|拆迁|责任书|承诺书|军令状|责任状|目标书"
)
ONE_THING = re.compile(
    r"(?:一[个座家条处项]|该|此|本|首个|这个|[\u4e00-\u9fff\d”]{2,}?)(?:项目|基地|工厂|[装制加造料药电][\u4e00-\u9fff]?厂|总部|产业园|园区|科技园|基金|生产线|中心|综合体|电站|小镇|厂房|示范区|合作区|装置|产线|设施|车间|冷库|码头)"
)
PAPER_OF_ONE = re.compile(
    r"(?:就|关于|围绕|签[约订署下了]|[《“]|设立|组建|成立|共建|投建|建设)[^,。;、]{0,36}?(?:项目|基地|工厂|产业园|总部|基金|生产线|综合体|电站|中心|小镇|合作区)"
)
CEREMONY_OF_ONE = re.compile(r"(?<!重大)(?<!重点)(?<!招商)(?<!产业)(?<!合作)(?<!引资)(?<!批)项目签约仪式")
WITH_ANOTHER = re.compile(r"\s*(?:又|还|并|也|先后|分别|现场|当天|随后)?(?:与|和|同|跟)")
NO_SUBJECT = re.compile(r"(?:[^,。;]{0,8}(?:在|于|赴)[^,。;]{2,14},)?")
ONE_NAMED = re.compile(r"的[^,。;、\d]{4,24}(?:项目|基地|工厂|产业园|总部|生产线)")
SEVERAL = re.compile(
    r"(?:做|办|兴|盖|搞)[^,。;、]{1,8}[,、](?:做|办|兴|盖|搞)|等(?:多个|一批|系列|一系列)(?:项目|产业)|、[^,。;、]{1,14}等[^,。;、]{0,8}(?:项目|产业)|多个项目|一批项目|系列项目"
)
ABOUT_ONE = re.compile(
    r"(?:这个|该|此|上述|这一|本)(?:大)?项目|(?:土地|购地|用地|入[区园]|投资|项目|股东|合资|建厂|有关|相关)[^,。;]{0,6}(?:协议|合同|签约)"
)
TOGETHER = re.compile(r"战略|框架|友好|备忘录|意向|合作协议")
SUM_OF_MANY = re.compile(r"(?:协议|合同|合作|交易|项目)(?:的)?(?:总额|总金额|总量|总值)")
"""投资协议总额超过100亿美元: the sum of an unknown number."""
AGAIN = re.compile(r"双方|分别代表|代表[^,。;]{0,8}签|共同签|见证|上签[字署约]|出席")
INVESTMENT_PAPER = re.compile(r"(?:投资|落户|入驻|入园|招商引资|投资建设|投资合作)(?:协议|合同)")
COOPERATES = re.compile(
    r"开展战略合作|建立战略合作|共建[^,。;]{2,14}签约|签约合作|合作签约|缔约|结盟|合作关系|战略合作|签约共建|合作共建|合作伙伴|战略伙伴|携手共建"
)
BETWEEN_UNNAMED = re.compile(r"投资方与当地|双方当场|投资方和当地")
OFFICE = re.compile(
    r"(?:省|市|县|区|镇)?(?:人民)?(?:政府|管委会|管理委员会|党工委|市委|县委|区委|[\u4e00-\u9fff]{0,6}局|[\u4e00-\u9fff]{0,4}委)"
)
"""What follows the name of the place that signs."""
NAMED_PROJECT = pattern("deals", "NAMED_PROJECT")
VAGUE_NAME = re.compile(
    r"^(?:\d+[余多]?[个项批宗支]|[二三四五六七八九十百两几多]+[余多]?[个项批]|一批|重[大点]|招商|产业项目|多个|一批|这些|各|全部|更多|意向|上述|今年|这|该批|签约|好|大|新|投资|合作)"
)
TO_COME = re.compile(
    r"(?:将|拟|计划|准备|打算|有望|即将|争取|力争|希望|愿|欲|推动|促成|加快|早日|尽快|抓好|抓实|要求|强调|推进|促进(?!署|会|局|中心|委)|确保)(?:[^,。;]{0,6})(?:签|敲定)"
)


@dataclass(frozen=True)
class Signing(Piece):
    """A verb of signing at `[verb, verb_end)` in its clause, and the run of clauses that speak of it."""

    clause: Piece
    verb: int
    verb_end: int


def draft_deals(page: Page, batches: list[Draft]) -> list[Draft]:
    """Single signings and agreements of the sentences whose signing no batch has taken."""
    if is_undone(page):
        return []
    totals = find_totals(batches)
    drafts: list[Draft] = []
    for sentence in page.sentences():
        taken = [one for one in batches if one.sentence is sentence and one.type == "signing"]
        for part in sentence.parts:
            for piece in _signings(page, part):
                draft = _deal(page, sentence, piece)
                if draft is None or any(one.start < draft.end and draft.start < one.end for one in taken):
                    continue
                if any(piece.clause.start <= one.spans.get("trigger", (-1, -1))[0] < piece.end for one in batches):
                    continue  # what a batch of another sentence counts
                if draft.type == "signing":
                    draft.part = belongs(page, draft, totals)
                drafts.append(draft)
    return drafts


def _signings(page: Page, part: tuple[Piece, ...]) -> list[Signing]:
    """The verbs of signing of a part, each with the clauses from the verb before it to the verb after it."""
    found = [
        (index, clause, match)
        for index, clause in enumerate(part)
        if (match := SIGNED.search(page.text, clause.start, clause.end))
    ]
    pieces: list[Signing] = []
    for order, (_, clause, match) in enumerate(found):
        first = found[order - 1][0] + 1 if order else 0
        last = found[order + 1][0] - 1 if order + 1 < len(found) else len(part) - 1
        pieces.append(Signing(part[first].start, part[max(last, 0)].end, clause, match.start(), match.end()))
    return pieces


def _deal(page: Page, sentence: Sentence, piece: Signing) -> Draft | None:
    text, start, end, at = page.text, piece.start, piece.end, piece.verb
    words = text[start:end]
    if (
        OTHER_PAPER.search(words)
        or TO_COME.search(text, piece.clause.start, piece.verb_end + 2)
        or has_cue("denied", text, start, end)
    ):
        return None
    if any(
        one.noun in ("project", "fund") and one.value > 1 for one in page.figures.counts_in(piece.clause.start, end)
    ):
        return None
    when = page.clock.when(sentence, at, at + 1)
    if is_aim(page, piece.clause.start, piece.clause.start, piece.verb_end, when):
        return None
    if when.period and when.period.kind != "year" and not _is_of_one(page, piece):
        return None
    paper = PAPER.search(text, at, end) or PAPER.search(text, start, at)
    amount, told_in = find_investment(page, sentence, piece.clause.start if _counted(page, piece) else start, end)
    draft = Draft("agreement", sentence, piece.clause.start, piece.verb_end, _home(page, sentence, piece, end), when)
    draft.end = min(max(piece.verb_end, paper.end() if paper else 0), end)
    draft.title = page.is_title(sentence)
    draft.apart = bool(re.search(r"另外|此外|同时|同日|另签|还", text[piece.clause.start : at][:20]))
    draft.parties = find_parties(text[start:at])
    draft.again = AGAIN.search(words) is not None
    draft.spans["parties"] = (piece.clause.start, at)
    draft.sector_words = text[piece.verb_end : end] + _subject_of(page, sentence)
    named = NAMED_PROJECT.search(words)
    if amount is not None and told_in is not None:
        _invest(page, draft, words, amount, told_in)
    elif named and not VAGUE_NAME.match(named["name"]) and (paper is None or "项目" in named["name"]):
        draft.type, draft.stage, draft.single = "signing", stage_of(words, words), True
        draft.start, draft.names = start + named.start(), (named["name"],)
    elif paper is not None and INVESTMENT_PAPER.search(words) and PAPER_OF_ONE.search(words):
        draft.type, draft.stage, draft.single = "signing", stage_of(words, words), True
    elif _is_recalled(page, sentence, piece, when):
        draft.type, draft.stage, draft.single = "signing", "contract", True
    elif not _is_paper(page, sentence, piece, paper is not None) or not _is_agreement(page, draft, words):
        return None
    return draft


def _is_recalled(page: Page, sentence: Sentence, piece: Signing, when: When) -> bool:
    """二期有关协议今年1月24日已签署, 8月23日签下这个项目: a day of its own and one project it is about (rule 13)."""
    dated = when.day is not None and when.distance == 0 and when.found is not None
    if not dated or page.is_title(sentence) or TOGETHER.search(page.text, piece.start, piece.end):
        return False
    return ABOUT_ONE.search(page.text, piece.start, piece.end) is not None


def _is_of_one(page: Page, piece: Signing) -> bool:
    """上半年,这里签下了总投资10.5亿元的电池中试基地项目: one named project, whenever in the period it was signed."""
    amounts = page.figures.amounts_in(piece.verb, piece.clause.end)
    return any(ONE_NAMED.match(page.text, one.end, piece.clause.end) for one in amounts)


def _counted(page: Page, piece: Signing) -> bool:
    """True when the clauses before the verb tell of a batch, whose sum is not this deal's."""
    return any(
        one.value > 1 and one.noun == "project" for one in page.figures.counts_in(piece.start, piece.clause.start)
    )


def _invest(page: Page, draft: Draft, words: str, amount: FoundAmount, told_in: Sentence) -> None:
    """The agreement becomes a signing of the sum; what proves it is the clause that tells the sum."""
    told = words if told_in is draft.sentence else words + "\n" + page.words(told_in)
    draft.type, draft.stage, draft.amount = "signing", stage_of(words, words), amount
    clause = next((one for one in told_in.clauses if one.start <= amount.start < one.end), told_in.clauses[0])
    spent = page.text[clause.start : min(told_in.end, clause.end + 40)]
    named = NAMED_PROJECT.search(words)
    vague = named is not None and VAGUE_NAME.match(named["name"]) is not None
    plural = any(
        one.value > 1 and one.noun in ("company", "project") for one in page.figures.counts_in(draft.start, draft.end)
    )
    draft.single = (
        not SUM_OF_MANY.search(page.text[clause.start : amount.start])
        and not SEVERAL.search(told)
        and not vague
        and not (plural and not FUND.search(words))
        and (
            (draft.stage == "contract" and not draft.title)
            or bool(named or ONE_THING.search(told) or PAPER_OF_ONE.search(words) or CEREMONY_OF_ONE.search(words))
        )
    )
    draft.names = find_names(told)
    draft.sector_words = spent if "基金" in spent else told
    if told_in is draft.sentence:
        draft.start, draft.end = min(draft.start, amount.start), max(draft.end, amount.end)
        return
    if page.atlas.between(told_in.start, amount.start, "place"):
        draft.home = page.atlas.region_of(told_in, clause.start, amount.end)
    sited = [
        one
        for one in page.atlas.between(told_in.start, told_in.end, "place")
        if re.search(r"(?:在|于|落户|落地|选址)$", page.text[max(0, one.start - 2) : one.start])
    ]
    if sited:
        draft.home = Home(sited[0].codes, sited[0], 0)
    draft.sentence, draft.start, draft.end = told_in, clause.start, amount.end


def _is_paper(page: Page, sentence: Sentence, piece: Signing, paper: bool) -> bool:
    """True when a paper is signed, or cooperation itself is agreed on: 签约合作, 缔约结盟, 达成战略合作."""
    return paper or page.text.startswith("签约仪式", piece.verb) or bool(COOPERATES.search(page.words(sentence)))


def _is_agreement(page: Page, draft: Draft, words: str) -> bool:
    """Between named parties, or between a place of the sentence and another; a paper without either is no event."""
    if BETWEEN_UNNAMED.search(words):
        return False
    with_another = bool(re.search(r"与|同|和|跟|也签", words))
    if len(draft.parties) >= 2 or (len(draft.parties) == 1 and not draft.title and with_another):
        return True
    if not (with_another or re.search(r"携|双方|政企|联手|聘请", words)) or draft.title:
        return False
    return bool(page.atlas.between(draft.sentence.start, draft.sentence.end, "place"))


def _within(codes: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return all(any(a != b and holds(a, b) for a in above) for b in codes)


def _subject_of(page: Page, sentence: Sentence) -> str:
    """What the next sentence says the parties will do together."""
    for other in page.next_sentences(sentence, 1):
        if re.search(r"双方|根据|按照|合作", page.words(other)):
            return "\n" + page.words(other)
    return ""


def _home(page: Page, sentence: Sentence, piece: Signing, end: int) -> Home | None:
    """The place of the parties before the verb, else of the whole clause; of two sides the article's own."""
    home, own = _place_of(page, sentence, piece, end), page.atlas.home
    sides = page.atlas.between(piece.clause.start, piece.verb, "place")
    if home is None or own is None or len(home.codes) < 2 or len(sides) != 2:
        return home
    mine = [side for side in sides if any(related(own, code) for code in side.codes)]
    return Home(mine[0].codes, mine[0], 0) if len(mine) == 1 else home


def _part_of(sentence: Sentence, piece: Signing) -> int:
    """Where the part of the sentence begins that the deal stands in."""
    return max(part[0].start for part in sentence.parts if part[0].start <= piece.clause.start)


def _place_of(page: Page, sentence: Sentence, piece: Signing, end: int) -> Home | None:
    if WITH_ANOTHER.match(page.text, piece.clause.start, piece.verb) and NO_SUBJECT.fullmatch(
        page.text, _part_of(sentence, piece), piece.clause.start
    ):
        # 19日在唐山,与某某集团签订: who signs is left out, it is the article's own place
        own = page.atlas.head_of(sentence.line) or ((page.atlas.home,) if page.atlas.home else ())
        if own:
            return Home(own, None, 2)
    official = [
        one
        for one in page.atlas.between(piece.clause.start, piece.clause.end, "place")
        if OFFICE.match(page.text, one.end)
    ]
    inland = [one for one in official if one.codes[0].startswith("CN-")]
    if len(official) == 1 or len(inland) == 1:
        chosen = inland[0] if len(inland) == 1 else official[0]
        return Home(chosen.codes, chosen, 0)
    if not page.atlas.between(piece.clause.start, piece.verb, "place"):
        return page.atlas.region_of(sentence, piece.clause.start, end)
    home = page.atlas.region_of(sentence, piece.clause.start, piece.verb)
    for held in page.atlas.between(piece.clause.start, piece.clause.end, "venue"):
        # 甘肃某某项目签约仪式在嘉峪关举行: the province is part of a name
        if home and home.place and held.start > home.place.start and _within(held.codes, home.codes):
            return Home(held.codes, held, 0)
    for thing in page.atlas.between(piece.verb, end, "place"):
        # 经济区总局…签署某合作区扩建协议, 双方将在某区投资: the place of the thing lies within that of who signs.
        if home and _within(thing.codes, home.codes):
            return Home(thing.codes, thing, 0)
    return home
