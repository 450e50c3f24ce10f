"""One named project that was started, finished, put into operation or settled."""

import re

from schemas.regions import holds
from streams.extract.found import FoundAmount
from streams.extract.zh.aims import is_aim
from streams.extract.zh.clock import When
from streams.extract.zh.layout import Piece, Sentence, within
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue, pattern
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.places import Home
from streams.extract.zh.stages import SIGNS, STAGES
from streams.extract.zh.subjects import THING, find_subject, find_thing

BUILT = ("started", "completed", "operational")
HAPPENING = ("started", "completed", "operational", "landed", "sign")
ANYWHERE = pattern("milestones", "ANYWHERE")
FUTURE = re.compile(r"(?:将|预计|计划|拟|有望|可|力争|争取|确保|待|届时|即将)[^,。;]{0,24}$")
ATTRIBUTE = re.compile(
    r"^(?:满|的|后|以来|率|前|时|面积|仪式上|条件|活动|现场|工作|建设中|手续|之后|之日|在即|周年|典礼上|项目|以后)"
)
OF_MANY = re.compile(
    r"累计(?!投)|至今|截至|目前|今年以来|一共|[\d两三四五六七八九十]+[余多]?[家个][^,。;]{0,6}(?:企业|项目)"
)
"""A clause that goes on about more than the one project."""
SITED = re.compile(r"[^,。;]{4,20}(?:位于|坐落于?|地处|选址|落户)(?:在|于)?")
ARRIVED, DAY_OF = re.compile(r"(?:迎来|等来|盼来|进入)了?$"), re.compile(r"的?(?:日子|时刻|一天|这一天|这一刻|阶段)")
"""终于等来了投产的日子."""
NOT_YET = re.compile(r"^[^,。;]{0,6}(?:计划|预计|将|拟|有望|可望|指日可待|进入倒计时)")
"""首批产品计划明年下线: what the word says is still to come."""
GOES_ON_WITH = re.compile(
    r"^\s*(?:该|此|这[一个]|整个)?(?:项目|工程|工厂|基地|新厂|厂区|园区)?(?:[一二三四][期])?(?:已|就|又|便|早|随后|并|还|曾|则)?(?:于|在)?[\d年月日上下午,今去前]*(?:正式|顺利|签约|如期|建成)?$"
)
LANDED = re.compile(r"正式|成功|注册|登记|签约|揭牌|昨|\d日|今")
GOES_ON = re.compile(
    r"\s*(?:该|此|这[个一座条家]|项目|工程|总投资|工厂|基地|新厂|园区|[一二三四]期|本)|根据规划|"
    r"(?!.{0,16}(?:全[市县区省州]|累计|[个项家]|同期))[^,。;]{0,20},?(?:总投资|投资总?额|计划投资|投资约|投资\d)"
)


def draft_milestones(page: Page, batches: list[Draft]) -> list[Draft]:
    """Single milestones of the sentences that no batch of the same stage covers."""
    drafts: list[Draft] = []
    for sentence in page.sentences():
        if any(one.sentence is sentence and one.type in ("milestone", "target") for one in batches):
            continue
        for clause in sentence.clauses:
            held = drafts[-1] if drafts and sentence.line - drafts[-1].sentence.line <= 1 else None
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
        if _is_plural(page, clause):
            return None
        when = page.clock.when(sentence, trigger.start, trigger.end)
        if not (has_happened(before, after) or _is_dated_attribute(when, clause, trigger, after)):
            return None
        if is_aim(page, sentence.start, clause.start, trigger.end, when):
            continue
        if when.is_period:
            undated = _dated_in(page, clause) or _undated(when)
            if undated is None:
                continue
            when = undated
        if trigger.role == "sign":
            if held is not None and _goes_on(when, clause, before):
                return _later(page, held, sentence, clause, trigger, when)
            continue
        if name := find_subject(page, sentence, clause, trigger):
            return _named(page, sentence, clause, trigger, when, name)
        if held is not None and _goes_on(when, clause, before):
            return _later(page, held, sentence, clause, trigger, when)
        if trigger.role in BUILT and (thing := find_thing(page, sentence, clause, trigger, when)):
            draft = _named(page, sentence, clause, trigger, when, thing)
            if draft is not None:
                draft.thing, draft.names, draft.weak = draft.names[0], (), draft.weak + 0.15
            return draft
    return None


def has_happened(before: str, after: str) -> bool:
    """False for what is planned, hoped for, still going on, or only says which project it is."""
    if ARRIVED.search(before) and DAY_OF.match(after):
        return True
    if ATTRIBUTE.match(after) or NOT_YET.match(after) or before.endswith("即"):
        return False
    return not (ANYWHERE.search(before) or FUTURE.search(before) or (before.rfind("《") > before.rfind("》")))


def _is_dated_attribute(when: When, clause: Piece, trigger: Trigger, after: str) -> bool:
    """6月10日通车的某某大桥: says when the thing did what it did."""
    dated = when.day is not None and when.found is not None and clause.start <= when.found.start < trigger.start
    return dated and trigger.role in BUILT and re.match(rf"的[^,。;的]{{2,24}}?{THING}", after) is not None


def _dated_in(page: Page, clause: Piece) -> When | None:
    """5月2日为今年第6家新投产企业举行开业典礼: a day beside a period of the same clause."""
    days = [one for one in within(page.clock.days, clause.start, clause.end) if one.day]
    return When(days[0].day, days[0], None, 0) if days else None


def _undated(when: When) -> When | None:
    """一期已于去年12月投产: a stage of one project told with a month or a year has no day (rule 13); else None."""
    period = when.period
    if period is None or period.kind not in ("span", "year") or when.distance > 0:
        return None
    return When(None, None, None, 1)


def _goes_on(when: When, clause: Piece, before: str) -> bool:
    dated = when.found is not None and clause.start <= when.found.start < clause.end
    return (dated or when.distance == 1) and GOES_ON_WITH.match(before) is not None


def _strongest(triggers: list[Trigger]) -> list[Trigger]:
    # 竣工投产 is the later of its stages; 落户 alone is the weakest.
    order = {"operational": 0, "completed": 1, "started": 2, "landed": 3, "registered": 3, "sign": 4}
    return sorted((one for one in triggers if one.role in order), key=lambda one: order[one.role])


def _is_plural(page: Page, clause: Piece) -> bool:
    counts = page.figures.counts_in(clause.start, clause.end)
    plural = any(one.value > 1 and one.noun in ("project", "company", "") for one in counts)
    return plural or has_cue("denied", page.text, clause.start, clause.end)


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
        if re.search(rf"(?:{SIGNS.pattern})(?!的)", page.words(sentence)):
            # 总投资80亿元的项目签约落户: a project that agreed to settle was signed.
            draft.type, draft.stage = "signing", "contract"
        elif when.distance > 0 and not LANDED.search(page.text, clause.start, trigger.end):
            return None
    draft.amount = _amount(page, sentence, clause, page.text[slice(*name)])
    draft.home = _site_of(page, page.next_sentences(sentence, 6), page.text[slice(*name)], home)
    draft.sector_words = page.words(sentence)
    draft.weak = 0.2 if when.distance > 1 else 0.0
    return draft


def _later(page: Page, held: Draft, sentence: Sentence, clause: Piece, trigger: Trigger, when: When) -> Draft:
    """该项目于2019年11月15日签约,2020年6月28日开工: other days of the project named before (rule 13)."""
    draft = Draft("milestone", sentence, clause.start, trigger.end, held.home, when, single=True, names=held.names)
    if trigger.role == "sign":
        draft.type, draft.stage = "signing", "contract"
    else:
        draft.stage = STAGES.get(trigger.role, "landed")
        phase = re.search(r"[一二三四首]期", page.text[clause.start : trigger.start])
        draft.amount = held.amount if held.type == "milestone" and not phase else None
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


def _amount(page: Page, sentence: Sentence, clause: Piece, name: str) -> FoundAmount | None:
    """The sum told of the stage: in the clauses up to the next happening, before it, or where the text goes on."""
    low, high = _reach(page, sentence, clause)
    for start, end in ((clause.start, high), (low, clause.start)):
        if amount := _sum_in(page, start, end, sentence.start):
            return amount
    if high < sentence.end:
        return None
    for other in page.next_sentences(sentence, 2):
        # Another day starts another happening, whose sum is its own.
        if not GOES_ON.match(page.words(other)) or within(page.clock.days, other.start, other.end):
            break
        if _tells_a_stage(page, other):
            break
        if any(one.value > 1 and one.noun == "project" for one in page.figures.counts_in(other.start, other.end)):
            break
        if amount := _sum_in(page, other.start, other.end, other.start):
            return amount
    return _sum_of(page, page.next_sentences(sentence, 6), name)


def _tells_a_stage(page: Page, sentence: Sentence) -> bool:
    return any(
        one.role in BUILT and has_happened(page.text[sentence.start : one.start], page.text[one.end : sentence.end])
        for one in find_triggers(page.text, sentence.start, sentence.end)
    )


def _site_of(page: Page, sentences: list[Sentence], name: str, home: Home | None) -> Home | None:
    """The smaller place that a later sentence gives the thing by its name: 某某会展中心位于临桂区."""
    if home is None or len(name) < 5:
        return home
    for other in sentences:
        site = SITED.match(page.text, other.start + max(0, page.words(other).find(name[-7:])), other.end)
        if site and (places := page.atlas.between(site.end(), site.end() + 12, "place")):
            smaller = all(any(holds(a, b) for a in home.codes) for b in places[0].codes)
            return Home(places[0].codes, places[0], 1) if smaller else home
    return home


def _sum_of(page: Page, sentences: list[Sentence], name: str) -> FoundAmount | None:
    """The sum of a sentence that speaks of the thing by its name: 某某会展中心位于临桂区,总投资56亿元."""
    if len(name) < 5:
        return None
    for other in sentences:
        at = page.words(other).find(name[-7:])
        if OF_MANY.search(page.words(other)):
            continue
        if 0 <= at <= 16 and (amount := _sum_in(page, other.start + at, other.end, other.start)):
            return amount
    return None


def _reach(page: Page, sentence: Sentence, clause: Piece) -> tuple[int, int]:
    """From the last clause before that tells another happening to the next: 甲厂投产,投资3亿元;乙厂破土,投资6亿元."""
    low, high = sentence.start, sentence.end
    for other in sentence.clauses:
        if other.start >= clause.end and OF_MANY.search(page.text, other.start, other.end):
            return low, other.start
        if not any(one.role in HAPPENING for one in find_triggers(page.text, other.start, other.end)):
            continue
        if other.end <= clause.start and _splits(page, other.end, clause.start):
            low = max(part[0].start for part in sentence.parts if part[0].start <= clause.start)
            low = low if low > other.start else clause.start
        elif other.start >= clause.end and _splits(page, clause.end, other.start):
            return low, other.start
    return low, high


def _splits(page: Page, start: int, end: int) -> bool:
    """Two stages with a sum or a semicolon between them are of two things."""
    return ";" in page.text[start:end] or bool(page.figures.amounts_in(start, end))


def _sum_in(page: Page, start: int, end: int, told: int) -> FoundAmount | None:
    for amount in page.figures.amounts_in(start, end):
        label = re.split(r"[,。;]", page.text[max(told, amount.start - 20) : amount.start])[-1]
        if amount.per_project or amount.conversion or _is_other_money(label):
            continue
        after = page.text[amount.end : amount.end + 14]
        if re.search(r"投资|总额|斥资|耗资|投[入下完进]|花了|花费|砸|预算|造价", label + after[:4]) or re.match(
            rf"的?[^,。;\d]{{0,10}}?{THING}", after
        ):
            return amount
    return None
