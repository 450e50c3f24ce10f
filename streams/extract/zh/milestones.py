"""One named project that was started, finished, put into operation or settled."""

import re

from schemas.regions import holds
from streams.extract.found import FoundAmount
from streams.extract.zh.aims import is_aim
from streams.extract.zh.batches import SIGNS, STAGES
from streams.extract.zh.clock import When
from streams.extract.zh.layout import Piece, Sentence, within
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue, pattern
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.places import Home

THING = pattern("milestones", "THING").pattern
"""The head of a project's name."""
SUBJECT = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()\-]{{2,44}}?{THING})(?:的[\u4e00-\u9fff]{{2,12}}(?:装置|机组|产线|车间))?"
    rf"(?:(?:\d{{1,2}}月)?\d{{1,2}}日|\d{{1,2}}时(?:\d{{1,2}}分)?|昨日|昨天|今日|今天|当天|同日|当日|上午|下午|也|均|已|正式|顺利|全面|如期|建成|成功|竣工|日前|近日|在[^,。;]{{1,16}}?|于[^,。;]{{1,14}}?|举行|破土|全线|[,]|率先|双双|同步|点火|隆重|举行了?|一次|投料|成功|宣布|主体)*$"
)
OBJECT = re.compile(rf"^(?:了|的是)?(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()]{{3,30}}?{THING})")
SITE = pattern("milestones", "SITE")
NO_SITE = pattern("milestones", "NO_SITE")
TIMED = re.compile(
    r"近日|日前|近期|不久前|前不久|昨[天日]|今[天日]|前天|当[天日]|上午|下午|\d{1,2}日|[上本这]周[一二三四五六日天]?|中旬|上旬|下旬"
)
VAGUE = pattern("milestones", "VAGUE")
ANYWHERE = pattern("milestones", "ANYWHERE")
FUTURE = re.compile(r"(?:将|预计|计划|拟|有望|可|力争|争取|确保|待|届时|即将)[^,。;]{0,24}$")
ATTRIBUTE = re.compile(
    r"^(?:满|的|后|以来|率|前|时|面积|仪式上|条件|活动|现场|工作|建设中|手续|之后|之日|在即|周年|典礼上|项目|以后)"
)
GOES_ON_WITH = re.compile(
    r"^\s*(?:该|此|这[一个]|整个)?(?:项目|工程|工厂|基地)?(?:已|就|又|便|早|随后|并|还|曾|则)?(?:于|在)?[\d年月日上下午,今去前]*(?:正式|顺利|签约|如期|建成)?$"
)
LANDED = re.compile(r"正式|成功|注册|登记|签约|揭牌|昨|\d日|今")
GOES_ON = re.compile(
    r"\s*(?:该|此|这[个一座]|项目|工程|总投资|工厂|基地|本)|[^,。]{0,20}(?:项目总?投资|,总投资)|根据规划"
)


def draft_milestones(page: Page, batches: list[Draft]) -> list[Draft]:
    """Single milestones of the sentences that no batch of the same stage covers."""
    drafts: list[Draft] = []
    for sentence in page.sentences():
        if any(one.sentence is sentence and one.type in ("milestone", "target") for one in batches):
            continue
        for clause in sentence.clauses:
            held = drafts[-1] if drafts and drafts[-1].sentence.line == sentence.line else None
            draft = _in_clause(page, sentence, clause, held)
            if draft is not None and not any(_repeats(draft, one) for one in drafts):
                draft.title = page.is_title(sentence)
                draft.part = any(_covers(one, draft) for one in batches)
                drafts.append(draft)
    return drafts


def _repeats(draft: Draft, other: Draft) -> bool:
    return draft.type == other.type and draft.stage == other.stage and draft.sentence is other.sentence


def _covers(batch: Draft, draft: Draft) -> bool:
    same_day = batch.when.day == draft.when.day or draft.when.distance > 0
    return batch.type == draft.type and batch.stage == draft.stage and (batch.number or 0) > 1 and same_day


def _in_clause(page: Page, sentence: Sentence, clause: Piece, held: Draft | None) -> Draft | None:
    """The latest stage that a clause tells of a named project, or of the one named before it, with a day."""
    for trigger in _strongest(find_triggers(page.text, clause.start, clause.end)):
        before, after = page.text[clause.start : trigger.start], page.text[trigger.end : clause.end]
        if ANYWHERE.search(before) or ATTRIBUTE.match(after) or FUTURE.search(before) or _is_plural(page, clause):
            return None
        when = page.clock.when(sentence, trigger.start, trigger.end)
        if when.is_period or is_aim(page, sentence.start, clause.start, trigger.end, when):
            continue
        name = _name(page, clause, trigger)
        if name is not None and trigger.role != "sign":
            return _named(page, sentence, clause, trigger, when, name)
        if trigger.role != "sign" and (name := _company(page, sentence, clause, trigger)) is not None:
            return _named(page, sentence, clause, trigger, when, name)
        if (
            held is not None
            and when.found
            and clause.start <= when.found.start < clause.end
            and GOES_ON_WITH.match(before)
        ):
            return _later(held, sentence, clause, trigger, when)
    return None


def _strongest(triggers: list[Trigger]) -> list[Trigger]:
    # 竣工投产 is the later of its stages; 落户 alone is the weakest.
    order = {"operational": 0, "completed": 1, "started": 2, "landed": 3, "registered": 3, "sign": 4}
    return sorted((one for one in triggers if one.role in order), key=lambda one: order[one.role])


def _is_plural(page: Page, clause: Piece) -> bool:
    counts = page.figures.counts_in(clause.start, clause.end)
    plural = any(one.value > 1 and one.noun in ("project", "company", "") for one in counts)
    return plural or has_cue("denied", page.text, clause.start, clause.end)


def _name(page: Page, clause: Piece, trigger: Trigger) -> tuple[int, int] | None:
    """Where the project's name stands: before the trigger, or right after it."""
    match, offset = SUBJECT.search(page.text[clause.start : trigger.start]), clause.start
    if match is None:
        match, offset = OBJECT.match(page.text[trigger.end : clause.end]), trigger.end
    if match is None or VAGUE.match(match["name"]) or len(match["name"]) < 4 or "现场" in match["name"]:
        return None
    return offset + match.start("name"), offset + match.end("name")


def _company(page: Page, sentence: Sentence, clause: Piece, trigger: Trigger) -> tuple[int, int] | None:
    """Where the name of a company stands that did it in a place of the same clause: 某某科技在北仑区注册成立.

    Only with a word of when, and for the words that a company's site is told with.
    """
    text = page.text
    if not SITE.match(text, trigger.start, trigger.end) or not TIMED.search(text, sentence.start, trigger.end):
        return None
    places = [one for one in page.atlas.between(clause.start, clause.end) if one.role in ("place", "venue")]
    if not places or NO_SITE.search(text, clause.start, clause.end):
        return None
    start = clause.start
    for time in TIMED.finditer(text, clause.start, trigger.start):
        start = time.end()
    subject = re.match(
        r"[\s,]*([\u4e00-\u9fffA-Za-z0-9·()]{3,24}?)(?=在|于|正式|成功|顺利|$)", text[start : trigger.start]
    )
    if subject is None or VAGUE.match(subject[1]) or has_cue("aim", text, clause.start, trigger.end):
        return None
    return start + subject.start(1), start + subject.end(1)


def _named(
    page: Page, sentence: Sentence, clause: Piece, trigger: Trigger, when: When, name: tuple[int, int]
) -> Draft | None:
    home = _home(page, sentence, clause, name)
    start, end = min(clause.start, name[0]), max(trigger.end, name[1])
    names = (page.text[slice(*name)],)
    draft = Draft(
        "milestone",
        sentence,
        start,
        end,
        home,
        when,
        stage=STAGES.get(trigger.role, "landed"),
        single=True,
        names=names,
    )
    if trigger.role in ("landed", "registered"):
        if SIGNS.search(page.words(sentence)):
            # 总投资80亿元的项目签约落户: a project that agreed to settle was signed.
            draft.type, draft.stage = "signing", "contract"
        elif when.distance > 0 and not LANDED.search(page.text, clause.start, trigger.end):
            return None
    draft.amount = _amount(page, sentence)
    draft.sector_words = page.words(sentence)
    draft.weak = 0.2 if when.distance > 1 else 0.0
    return draft


def _later(held: Draft, sentence: Sentence, clause: Piece, trigger: Trigger, when: When) -> Draft:
    """该项目于2019年11月15日签约,2020年6月28日开工: other days of the project named before (rule 13)."""
    draft = Draft("milestone", sentence, clause.start, trigger.end, held.home, when, single=True, names=held.names)
    if trigger.role == "sign":
        draft.type, draft.stage = "signing", "contract"
    else:
        draft.stage = STAGES.get(trigger.role, "landed")
    draft.apart = True
    return draft


def _home(page: Page, sentence: Sentence, clause: Piece, name: tuple[int, int]) -> Home | None:
    """A place in the project's own name (重庆金融会展中心) gives way to a closer one around it."""
    outside = [
        one for one in page.atlas.between(clause.start, clause.end, "place") if not name[0] <= one.start < name[1]
    ]
    if outside:
        return page.atlas.region_of(sentence, name[1] if outside[0].start >= name[1] else clause.start, clause.end)
    home = page.atlas.region_of(sentence, clause.start, clause.end)
    if home is None or home.place is None or not name[0] <= home.place.start < name[1]:
        return home
    line = page.lines[sentence.line]
    around = [page.atlas.head_of(sentence.line)] + [
        place.codes for place in page.atlas.between(line.context, clause.start, "place")
    ]
    if not any(around) and page.atlas.home:
        around.append((page.atlas.home,))
    closer = [codes for codes in around if codes and all(any(holds(a, b) for a in home.codes) for b in codes)]
    return Home(closer[-1], None, 1) if closer else home


def _is_other_money(label: str) -> bool:
    # What the first phase costs is the sum of a first phase that was started.
    plain = label.replace("一期投", "投")
    return has_cue("other_money", plain, 0, len(plain))


def _amount(page: Page, sentence: Sentence) -> FoundAmount | None:
    # Another day starts another happening, whose sum is its own.
    following = [
        one
        for one in page.next_sentences(sentence, 1)
        if GOES_ON.match(page.words(one)) and not within(page.clock.days, one.start, one.end)
    ]
    for other in (sentence, *following):
        for amount in page.figures.amounts_in(other.start, other.end):
            label = re.split(r"[,。;]", page.text[max(other.start, amount.start - 20) : amount.start])[-1]
            if amount.per_project or amount.conversion or _is_other_money(label):
                continue
            after = page.text[amount.end : amount.end + 14]
            if re.search(r"投资|总额|斥资|耗资|投入", label + after[:4]) or re.match(
                rf"的?[^,。;\d]{{0,10}}?{THING}", after
            ):
                return amount
    return None
