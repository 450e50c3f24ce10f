"""What a stage is told of: a project named beside the word, a company at its site, or a thing named near by."""

import re

from streams.extract.zh.clock import When
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue, pattern
from streams.extract.zh.page import Page

THING = pattern("milestones", "THING").pattern
"""The head of a project's name."""
SUBJECT = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()\-]{{2,44}}?{THING})(?:的[\u4e00-\u9fff]{{2,12}}(?:装置|机组|产线|车间))?"
    rf"(?:(?:\d{{1,2}}月)?\d{{1,2}}日|\d{{1,2}}时(?:\d{{1,2}}分)?|昨日|昨天|今日|今天|当天|同日|当日|上午|下午|也|均|已|正式|顺利|全面|如期|建成|成功|竣工|日前|近日|在[^,。;]{{1,16}}?|于[^,。;]{{1,14}}?|举行|破土|全线|[,]|率先|双双|同步|点火|隆重|举行了?|一次|投料|成功|宣布|主体)*$"
)
OBJECT = re.compile(rf"^(?:了|的是|的)?(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”()]{{3,30}}?{THING})")
HEAD = pattern("milestones", "HEAD")
"""The head of what may have a stage, named or not."""
SITE = pattern("milestones", "SITE")
NO_SITE = pattern("milestones", "NO_SITE")
LICENCE = re.compile(r".{2}[^,。;]{0,12}(?:证书?|执照|许可|批准)$")
GRANTEE = re.compile(r"[向为给]?(?P<name>[^,。;向为给]{2,40})$")
TO_BUILD = re.compile(
    r"(?:要|将|拟|计划)?(?:建|盖|兴建|建设)(?:的)?(?:是|起|成|设)?[^,。;]{0,3}(?:[一这][座个家条处]|[^,。;]{2,16}(?:厂|基地|项目))"
)
WORDS_BEFORE = re.compile(r"[^,。;:、\s]{2,30}$")
TIMED = re.compile(
    r"近日|日前|近期|不久前|前不久|昨[天日]|今[天日]|前天|当[天日]|上午|下午|\d{1,2}日|[上本这]周[一二三四五六日天]?|中旬|上旬|下旬"
)
NO_THING = pattern("milestones", "NO_THING")
"""What opens, starts or is finished and is no investment."""
VAGUE = pattern("milestones", "VAGUE")
SEVERAL = pattern("milestones", "SEVERAL")
"""Things of unknown number, which are no single milestone."""
WEAK = re.compile(
    r"(?:正式|宣布|宣告|成功)?(?:启用|交付|收官|成立|设立|揭牌|开设|挂牌|落地|落户|营业|发布|通过验收|移交|建成)"
)
"""Words of a stage that are said of many other things."""
CEREMONY = re.compile(r"仪式|按下|启动键|按钮|一声令下|宣布|鞭炮|礼炮|礼花|剪彩|揭幕|号令|轰鸣|锣|汽笛|随着|至此")


def find_subject(page: Page, sentence: Sentence, clause: Piece, trigger: Trigger) -> tuple[int, int] | None:
    """Where the name of the project or company of a stage stands, when it is named beside the word."""
    return (
        _project(page, clause, trigger)
        or _grantee(page, sentence, clause, trigger)
        or _company(page, sentence, clause, trigger)
    )


def _project(page: Page, clause: Piece, trigger: Trigger) -> tuple[int, int] | None:
    """Where the project's name stands: before the trigger, or right after it."""
    match, offset = SUBJECT.search(page.text[clause.start : trigger.start]), clause.start
    if match is None:
        match, offset = OBJECT.match(page.text[trigger.end : clause.end]), trigger.end
    if match is None or VAGUE.match(match["name"]) or len(match["name"]) < 4 or "现场" in match["name"]:
        return None
    return offset + match.start("name"), offset + match.end("name")


def _grantee(page: Page, sentence: Sentence, clause: Piece, trigger: Trigger) -> tuple[int, int] | None:
    """Who is given the licence of a project: 向某某集团颁发投资登记证, 某某公司获颁投资许可证."""
    if not LICENCE.match(page.text, trigger.start, trigger.end):
        return None
    match = GRANTEE.search(page.text, clause.start, trigger.start)
    if match:
        return match.span("name")
    heads = list(HEAD.finditer(page.text, sentence.start, trigger.start))
    return heads[-1].span() if heads else None


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
        r"[\s,]*([\u4e00-\u9fffA-Za-z0-9·()]{3,24}?)(?=在|于|以|正式|成功|顺利|$)", text[start : trigger.start]
    )
    if subject is None or VAGUE.match(subject[1]) or has_cue("aim", text, clause.start, trigger.end):
        return None
    return start + subject.start(1), start + subject.end(1)


def find_thing(page: Page, sentence: Sentence, clause: Piece, trigger: Trigger, when: When) -> tuple[int, int] | None:
    """Where the thing stands that a stage is told of in other words: 12条生产线同时转动,这座工厂就此投产.

    The nearest head of a thing in the clauses up to the word, else after it in its clause. None for a word that is
    said of much else, for things of unknown number and where nothing says that it is news.
    """
    text = page.text
    if WEAK.fullmatch(text, trigger.start, trigger.end) or NO_THING.search(text, clause.start, clause.end):
        return None
    if when.distance > 1 and not _is_news(page, sentence, trigger):
        return None
    heads = list(HEAD.finditer(text, _told_from(page, sentence), trigger.start)) or list(
        HEAD.finditer(text, trigger.end, clause.end)
    )
    if not heads:
        return None
    head = heads[-1] if heads[-1].end() <= trigger.start else heads[0]
    said = WORDS_BEFORE.search(text, _told_from(page, sentence), head.end())
    start, end = said.span() if said else head.span()
    return None if SEVERAL.search(text, start, end) else (start, end)


def _told_from(page: Page, sentence: Sentence) -> int:
    """The sentence, or the one before that says what is built: 这里要建的是一座工厂。当天举行了开工仪式."""
    beside = [one for one in page.lines[sentence.line].sentences if one.end < sentence.start]
    if beside and TO_BUILD.search(page.words(beside[-1])):
        return beside[-1].start
    return sentence.start


def _is_news(page: Page, sentence: Sentence, trigger: Trigger) -> bool:
    """True when the sentence dates the stage or tells its ceremony, or the title tells it."""
    if TIMED.search(page.text, sentence.start, trigger.end) or CEREMONY.search(page.words(sentence)):
        return True
    title = page.lines[0]
    return title.kind == "title" and any(
        one.role == trigger.role for one in find_triggers(page.text, title.start, title.end)
    )
