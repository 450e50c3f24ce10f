"""One named project that was started, finished, put into operation or settled."""

import re

from schemas.event import Stage
from schemas.regions import holds
from streams.extract.zh.batches import SIGNS, STAGES, is_aim
from streams.extract.zh.clock import When
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue, pattern
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.places import Home

THING = pattern("milestones", "THING").pattern
"""The head of a project's name."""
SUBJECT = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()\-]{{2,44}}?{THING})(?:的[\u4e00-\u9fff]{{2,12}}(?:装置|机组|产线|车间))?"
    rf"(?:\d{{1,2}}日|昨日|昨天|今日|今天|当天|同日|当日|上午|下午|也|均|已|正式|顺利|全面|如期|建成|成功|竣工|日前|近日|在[^,。;]{{1,16}}?|于[^,。;]{{1,14}}?|举行|破土|全线|[,]|率先|双双|同步|点火|隆重)*$"
)
OBJECT = re.compile(rf"^(?:了|的是)?(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()]{{3,30}}?{THING})")
VAGUE = pattern("milestones", "VAGUE")
ANYWHERE = pattern("milestones", "ANYWHERE")
FUTURE = re.compile(r"(?:将|预计|计划|拟|有望|可|力争|争取|确保|待|届时|即将)[^,。;]{0,24}$")
ATTRIBUTE = re.compile(
    r"^(?:的|后|以来|率|前|时|面积|仪式上|条件|活动|现场|工作|建设中|手续|之后|之日|在即|周年|典礼上|项目|以后)"
)
GOES_ON = re.compile(r"\s*(?:该|此|这[个一座]|项目|工程|总投资|工厂|基地|本)")


def draft_milestones(page: Page, batches: list[Draft]) -> list[Draft]:
    """Single milestones of the sentences that no batch of the same stage covers."""
    drafts: list[Draft] = []
    for sentence in page.sentences():
        if any(one.sentence is sentence and one.type in ("milestone", "target") for one in batches):
            continue
        for trigger in _strongest(find_triggers(page.text, sentence.start, sentence.end)):
            draft = _milestone(page, sentence, trigger)
            if draft is not None:
                day = draft.when.day
                draft.part = any(
                    one.type == "milestone"
                    and one.stage == draft.stage
                    and (one.number or 0) > 1
                    and (one.when.day == day or draft.when.distance)
                    for one in batches
                )
                drafts.append(draft)
                break
    return drafts


def _strongest(triggers: list[Trigger]) -> list[Trigger]:
    # 竣工投产 is the later of its stages; 落户 alone is the weakest.
    order = {"operational": 0, "completed": 1, "started": 2, "landed": 3}
    return sorted((one for one in triggers if one.role in order), key=lambda one: order[one.role])


def _milestone(page: Page, sentence: Sentence, trigger: Trigger) -> Draft | None:
    text = page.text
    clause = next((one for one in sentence.clauses if one.start <= trigger.start < one.end), None)
    if clause is None:
        return None
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if ANYWHERE.search(before) or ATTRIBUTE.match(after) or FUTURE.search(before):
        return None
    if has_cue("denied", text, clause.start, clause.end) or any(
        one.value > 1 and one.noun in ("project", "company", "")
        for one in page.figures.counts_in(clause.start, clause.end)
    ):
        return None
    subject = SUBJECT.search(before)
    match = subject or OBJECT.match(after)
    if match is None:
        return None
    name = re.split(r"[,。;]", match["name"])[-1]
    if VAGUE.match(name) or len(name) < 4:
        return None
    if trigger.role == "landed" and not re.search(
        r"正式|成功|签约|揭牌|昨|\d日|今", before + trigger.role + text[trigger.start : trigger.end]
    ):
        return None
    start = clause.start if subject else trigger.start
    offset = clause.start if subject else trigger.end
    when = page.clock.when(sentence, trigger.start, trigger.end)
    if when.is_period or is_aim(page, sentence.start, clause.start, trigger.end, when):
        return None
    home = _home(page, sentence, clause, (offset + match.start("name"), offset + match.end("name")))
    stage: Stage = STAGES[trigger.role]
    if trigger.role == "landed" and SIGNS.search(page.words(sentence)):
        return _signing(page, sentence, start, trigger, home, when, name)
    draft = Draft("milestone", sentence, start, max(trigger.end, offset + match.end("name")), home, when, stage=stage)
    draft.single = True
    draft.title = page.is_title(sentence)
    draft.names = (name,)
    draft.amount = _amount(page, sentence, trigger)
    draft.sector_words = page.words(sentence)
    draft.weak = 0.2 if when.distance > 1 else 0.0
    return draft


def _signing(
    page: Page, sentence: Sentence, start: int, trigger: Trigger, home: Home | None, when: When, name: str
) -> Draft:
    """总投资80亿元的项目签约落户: a project that agreed to settle was signed."""
    draft = Draft("signing", sentence, start, trigger.end, home, when, stage="contract", single=True, names=(name,))
    draft.title = page.is_title(sentence)
    draft.amount = _amount(page, sentence, trigger)
    draft.sector_words = page.words(sentence)
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


def _amount(page: Page, sentence: Sentence, trigger: Trigger):  # type: ignore[no-untyped-def]
    following = [one for one in page.next_sentences(sentence, 1) if GOES_ON.match(page.words(one))]
    for other in (sentence, *following):
        for amount in page.figures.amounts_in(other.start, other.end):
            label = re.split(r"[,。;]", page.text[max(other.start, amount.start - 20) : amount.start])[-1]
            if amount.per_project or amount.conversion or has_cue("other_money", label, 0, len(label)):
                continue
            if re.search(r"投资|总额|斥资|耗资", label + page.text[amount.end : amount.end + 4]):
                return amount
    return None
