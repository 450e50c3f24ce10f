"""Promotion conferences, roadshows, fairs and trips that took place (rules 9 to 11, 19 and 23 of the labels)."""

import re

from schemas.event import Kind
from schemas.regions import ancestors_of, holds, related
from streams.extract.zh.clock import When
from streams.extract.zh.hosts import host_of
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import has_cue, pattern
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.periods import Span
from streams.extract.zh.places import Home, Place

NAMES = ("roadshow", "exhibition", "conference", "conference_plain", "conference_quoted", "delegation")
"""What a promotion is called: patterns of the data file, each named by its kind."""
NAME = re.compile("|".join(f"(?P<{name}>{pattern('meetings', name).pattern})" for name in NAMES))
HELD = pattern("activities", "HELD")
TRIP = re.compile(
    r"赴|对接|拜会|组团|团访|辗转|出访|抵达|到[\u4e00-\u9fff]{2,12}开展|到访|考察(?!团)|走访|拜访|走进|来到|前往|来[\u4e00-\u9fff]{0,4}(?:考察|访问|洽谈)|访问(?!团)|参观|会见|踏勘|行程|之行|敲开|叩|登门|莅|迎来|接待"
)
NO_CONFERENCE = pattern("activities", "NO_CONFERENCE")
TO_COME = pattern("activities", "TO_COME")
RECALLED = pattern("activities", "RECALLED")
SEVERAL = re.compile(
    r"(?:[\d一二两三四五六七八九十几多]*[\d二两三四五六七八九十几多])(?:余|多)?(?:(?:场次?|批次?|次)|[支个路][^,。;]{0,10}(?:小分队|分队|队伍|招商组|团组|专班))"
)
INVESTING = re.compile(
    r"公司|集团|代表团|商务|登门|拜访|踏勘|招商|投融?资|路演|创投|展会|展览|展销|恳谈|乡贤|商品展|交易|洽谈|联谊会|经贸|项目|企业|产业|客商|合作|推介|营商|侨商|华商|商协会|商会|签约|引资|发展大会|博览|商|[博洽交贸]会"
)
THEME = re.compile(r"[^,。;“”]{0,30}$")
"""The words of a meeting's name that may tell its industry."""
INTERNAL = re.compile(r"高质量发展大会|招商引资(?:工作)?(?:大会|会议)|(?:三级|干部|誓师|攻坚|作风)[^,。;]{0,8}大会")
"""Meetings of officials among themselves (rule 9), whatever they are called."""
SUBJECT = re.compile(r"(?:人民政府|市委、?市政府|[\u4e00-\u9fff]{0,5}局)?(?:今日|昨日|\d{1,2}日)?(?:在|于|赴)(?!全)")
UNNAMED = re.compile(r"(?:^|[在届次该于])展会$")
"""展会期间, 在展会上: the fair that was named before."""
BESIDE = re.compile(
    r"(?:会|会议|活动|签约)(?:之?前|之?后|间隙|期间)|期间[^。;]{0,12}(?:考察|参观)|还(?:一起|先后|实地)?(?:考察|参观)"
)
AROUND = re.compile(r"会(?:之?前|之?后)(?!一天|次日|当天)")
"""会前走访了5家企业: not on the day of the meeting."""
VISITED = re.compile(r"走访|拜访|拜会|对接|洽谈|敲门|叩|登门|会见|座谈")
GENERIC = re.compile(r"^(?:推介会|招商会|洽谈会|恳谈会|大会|活动|展会|推介活动|对接会|招商大会)$")


def draft_activities(page: Page) -> list[Draft]:
    """One draft for each happening that is told of; the title only where the text says nothing."""
    drafts: list[Draft] = []
    for sentence in [*page.sentences("body", "heading"), *page.sentences("title")]:
        for draft in _in_sentence(page, sentence):
            if not any(_is_told(page, draft, other) for other in drafts):
                drafts.append(draft)
    return drafts


def _in_sentence(page: Page, sentence: Sentence) -> list[Draft]:
    words = page.words(sentence)
    if not INVESTING.search(words):
        return []
    found: list[Draft] = []
    for match in NAME.finditer(page.text, sentence.start, sentence.end):
        kind: Kind = (match.lastgroup or "").split("_")[0]  # type: ignore[assignment]
        clause = next((one for one in sentence.clauses if one.start <= match.start() < one.end), None)
        if clause is None or any(one.start <= match.start() < one.end for one in found):
            continue
        draft = (
            _trip(page, sentence, clause, match)
            if kind == "delegation"
            else _meeting(page, sentence, clause, match, kind)
        )
        if draft is not None and not any(one.kind == draft.kind for one in found):
            found.append(draft)
    return found


def _meeting(page: Page, sentence: Sentence, clause: Piece, match: re.Match[str], kind: Kind) -> Draft | None:
    text = page.text
    name = match[0]
    around = text[clause.start : min(sentence.end, clause.end + 30)]
    before, after = (
        text[max(sentence.start, match.start() - 30) : match.start()],
        text[match.end() : min(sentence.end, match.end() + 40)],
    )
    if (
        INTERNAL.search(before[-8:] + name)
        or NO_CONFERENCE.search(name + after[:3])
        or NO_CONFERENCE.search(text[match.start() : match.end() + 4])
    ):
        return None
    if (
        TO_COME.search(text[sentence.start : clause.end])
        or (kind != "roadshow" and RECALLED.search(text[clause.start : match.end()]))
        or SEVERAL.search(before[-10:] + after[:10])
    ):
        return None
    if has_cue("denied", text, clause.start, clause.end) or re.match(
        r"[^,。;]{0,2}(?:的签约项目|招商|组委会|筹备|的?(?:预热|前奏|配套|前期|系列))", after
    ):
        return None
    on_stage = kind == "roadshow" and re.search(r"同台|集中|登台|现场", before) is not None
    at_fair = re.match(r"(?:上|期间|现场|中|里)", after) is not None
    if not (HELD.search(around) or on_stage or at_fair):
        return None
    if UNNAMED.search(name) and at_fair:
        return None
    if GENERIC.match(name) and at_fair and not re.search(r"举行|举办|召开", around):
        return None
    if kind == "exhibition" and re.match(r"[^,。;]{0,14}(?:招商会|推介会|洽谈会|恳谈会|对接会|推介活动)", after):
        kind = "conference"  # a promotion held at the fair
    if kind == "conference" and "路演" in name:
        kind = "roadshow"
    when = page.clock.when(sentence, match.start(), min(clause.end, match.end() + 12))
    if when.period and _is_short(when.period):
        when = When(distance=when.distance)  # 上周举办: a happening whose day is not told
    if when.is_period or (when.day and when.distance == 0 and when.day > page.today):
        return None
    draft = Draft("activity", sentence, clause.start, _end(text, clause, match), None, when, kind=kind)
    draft.title = page.is_title(sentence)
    draft.home, draft.venue = _whose(page, sentence, clause, match, kind)
    draft.sector_words = THEME.search(text[clause.start : match.end()])[0]  # type: ignore[index]
    if kind == "exhibition" and not (
        re.search(r"开幕|启幕|举行|举办", around) and not re.search(r"签约|正在|期间", around)
    ):
        draft.when = type(when)(None, None, None, when.distance)
    if _lasts(page, sentence, clause):
        draft.when = type(when)(None, None, None, when.distance)
    draft.spans["name"] = match.span()
    return draft


def _is_short(period: Span) -> bool:
    return bool(period.first and period.last) and (period.last - period.first).days <= 31  # type: ignore[operator]


def _end(text: str, clause: Piece, match: re.Match[str]) -> int:
    held = HELD.search(text, match.end(), clause.end)
    return held.end() if held else match.end()


def _lasts(page: Page, sentence: Sentence, clause: Piece) -> bool:
    return bool(
        re.search(
            r"(?:为期|会期|展期|历时)[\d一二两三四五六七八九十]+天|持续[\d一二两三四五六七八九十]+天|至\d+日|连续[\d两三四五]+天",
            page.words(sentence),
        )
    )


def _trip(page: Page, sentence: Sentence, clause: Piece, match: re.Match[str]) -> Draft | None:
    text = page.text
    words = page.words(sentence)
    if (
        TO_COME.search(words)
        or RECALLED.search(text[clause.start : match.end()])
        or SEVERAL.search(text, clause.start, clause.end)
        or has_cue("aim", text, clause.start, match.start())
    ):
        return None
    named = match[0].endswith("活动")
    if named and not HELD.search(text[match.end() : sentence.end]) and not re.search(r"举行|举办|启动|走进", words):
        return None
    if not named and (
        not TRIP.search(text, clause.start, sentence.end)
        or not re.search(
            r"招商|投资|经贸|营商|项目|企业|产业|合作|洽谈|工业|园区|座谈|商会|联合会|开发区|贸易区|客商|考察|拜会|对接|登门|拜访|踏勘|配套|公司|集团|总部",
            words,
        )
    ):
        return None
    when = page.clock.when(sentence, match.start(), match.end())
    if when.period and _is_short(when.period):
        when = When(distance=when.distance)  # 上周赴上海招商
    if when.is_period or (when.day and when.day > page.today):
        return None
    if when.distance > 0 and AROUND.search(words):
        when = When(distance=when.distance)
    draft = Draft("activity", sentence, clause.start, clause.end, None, when, kind="delegation")
    draft.title = page.is_title(sentence)
    draft.home, draft.venue = _traveller(page, sentence, clause, match)
    draft.spans["name"] = match.span()
    return draft


def _whose(
    page: Page, sentence: Sentence, clause: Piece, match: re.Match[str], kind: Kind
) -> tuple[Home | None, str | None]:
    """The promoter and the venue: 梅州市在广州举办…推介会; a fair belongs to its host."""
    places = page.atlas.between(sentence.start, sentence.end)
    venues = [
        one for one in places if one.role == "venue" and one.codes != ("CN",) and abs(one.start - match.start()) < 60
    ]
    named = [
        one
        for one in page.atlas.between(match.start(), match.end())
        if one.role == "place" and not (kind == "exhibition" and one.level in ("country", "province"))
    ]
    named = [one for one in named if one.codes[0].startswith("CN-")] or named
    head = page.atlas.head_of(sentence.line)
    receiver = _receiver(page, sentence, places)
    home = Home(named[-1].codes, named[-1], 0) if named and kind != "exhibition" else None
    subject = _subject(page, clause, match)
    if subject is not None and named and not holds(subject.codes[0], named[-1].codes[0]):
        home = Home(subject.codes, subject, 0)
    if home is None and receiver is not None and (head or named):
        venues = venues or [receiver]
        home = Home(head, None, 1) if head else None
    if home is None and kind == "exhibition":
        home = host_of(page, clause, match)
    if home is None:
        home = page.atlas.region_of(sentence, clause.start, match.end())
    if home is not None and home.place is not None and receiver is home.place and named:
        home = Home(named[0].codes, named[0], 0)
    venue = _holding([place.codes[0] for place in venues])
    if kind == "exhibition" and venue is None and home is not None and len(home.codes) == 1:
        venue = home.codes[0] if re.search(r"这里", page.words(sentence)) else None
    return home, venue


def _subject(page: Page, clause: Piece, match: re.Match[str]) -> Place | None:
    """昆明市在勐腊县举办磨憨…推介会: who holds it, told before where."""
    for place in page.atlas.between(clause.start, match.start(), "place"):
        if SUBJECT.match(page.text, place.end, match.start()):
            return place
    return None


def _holding(codes: list[str]) -> str | None:
    """The division that holds all of them (rule 11); None for none, or when only the world does."""
    if not codes:
        return None
    for above in (codes[0], *ancestors_of(codes[0])):
        if all(holds(above, code) for code in codes):
            return above if len(codes) == 1 or "-" in above else None
    return None


def _receiver(page: Page, sentence: Sentence, places: list[Place]) -> Place | None:
    for place in places:
        if re.match(r"[^,。;】\]]{0,2}?(?:\d{1,2}日)?迎来", page.text[place.end : place.end + 12]):
            return place
    return None


def _traveller(page: Page, sentence: Sentence, clause: Piece, match: re.Match[str]) -> tuple[Home | None, str | None]:
    """Who travels and where to. A visit to the article's own place is that place's event."""
    places = page.atlas.between(sentence.start, sentence.end)
    venues = [one for one in places if one.role == "venue"]
    name_places = [one for one in page.atlas.between(match.start(), match.end()) if one.role in ("place", "venue")]
    home = page.atlas.home
    if match[0].endswith("活动") and name_places:
        return Home(name_places[-1].codes, name_places[-1], 0), name_places[-1].codes[0]
    if home is None:
        first = [one for one in places if one.role == "place"]
        if not first and venues:
            seen = _holding([place.codes[0] for place in venues])  # guests came: it is the event of the place they saw
            return Home((seen,) if seen else venues[-1].codes, venues[-1], 1), seen
        return (Home(first[0].codes, first[0], 1), venues[0].codes[0] if venues else None) if first else (None, None)
    venue = _holding([place.codes[0] for place in venues]) or next(
        (place.codes[0][:2] for place in venues if not place.codes[0].startswith("CN")), None
    )
    if venue is None:
        return page.atlas.region_of(sentence, clause.start, clause.end), None
    if venue.startswith("CN-") and not home.startswith("CN-") and not page.atlas.is_titled(home):
        return Home(venues[-1].codes, venues[-1], 0), venue  # guests from abroad: the event of the place they saw
    subjects = [one for one in places if one.role == "place" and not one.generic and one.start < match.start() + 2]
    if subjects and related(home, subjects[-1].codes[0]):
        return Home(subjects[-1].codes, subjects[-1], 0), venue
    if head := page.atlas.head_of(sentence.line):
        return Home(head, None, 1), venue
    return Home((home,), None, 2), venue


def _is_told(page: Page, draft: Draft, other: Draft) -> bool:
    """One happening under another of its names: same kind, and the same day or no day of its own."""
    if draft.kind != other.kind:
        return _is_aside(page, draft, other)
    if draft.title:
        return True
    if draft.when.day and other.when.day and draft.when.day != other.when.day and draft.when.distance == 0:
        return False
    mine, theirs = page.text[slice(*draft.spans["name"])], page.text[slice(*other.spans["name"])]
    if mine == theirs or GENERIC.match(mine):
        return True
    trip = draft.kind == "delegation" and draft.when.distance > 0
    if trip and any(related(a, b) for a in draft.codes for b in other.codes):
        return True
    if draft.codes != other.codes and draft.home and draft.home.distance <= 1 and draft.codes and other.codes:
        return False
    separate = re.search(r"接着|随后|紧接|另一场|同期|还举[行办]", page.words(draft.sentence)) is not None
    return not (separate and draft.when.distance == 0) if draft.when.distance == 0 else True


def _is_aside(page: Page, draft: Draft, meeting: Draft) -> bool:
    """推介会前,代表团还参观了某某医院: what guests of a meeting saw beside it is no trip of its own (rule 23),
    unless it has a day, a place or a count of firms."""
    if draft.kind != "delegation" or draft.title or (draft.when.distance == 0 and draft.when.found is not None):
        return False
    if not any(related(one, other) for one in draft.codes for other in meeting.codes):
        return False
    words = page.text[draft.sentence.start : draft.sentence.end]
    if not BESIDE.search(words) or VISITED.search(words):
        return False
    counted = any(one.noun == "company" for one in page.figures.counts_in(draft.sentence.start, draft.sentence.end))
    return not counted and not page.atlas.between(draft.sentence.start, draft.sentence.end, "venue")
