"""Whose event: which region a piece of folded Chinese text speaks of, apart from venues, guests and mere mentions."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

from schemas.regions import ancestors_of, holds
from streams.extract.found import FoundRegion
from streams.extract.regions import find_regions
from streams.extract.zh.aliases import alias_at, alias_places, find_aliases
from streams.extract.zh.generics import at_level, meant_by
from streams.extract.zh.layout import Line, Sentence
from streams.extract.zh.lexicon import pattern
from streams.extract.zh.numbers import parse_number
from streams.extract.zh.place import Place
from streams.extract.zh.roles import JOINED, find_roles

OUTLET = pattern("places", "OUTLET")
NATION = re.compile(r"(?<![面向领])全国(?:新设|新增|实际|共|累计|吸收|利用|吸引|外商|引进)")
"""全国实际使用外资: the whole country, which is no place where the text names others."""
SHARES = re.compile(r"(?:其中|这其中|包括|里面|分别(?:是|为|来自)|最大的|单独)[^。;]*$")
"""Words after which the places of a sentence have their shares of what it tells, and not the sentence."""
OFFICE = re.compile(
    r"\s*(?:今年|昨日|今日|近日|日前)?,?(?:我|该|全)?(?P<level>[市县区省州])(?:委|政府|农委|投促|[\u4e00-\u9fff]{1,5}局|[\u4e00-\u9fff]{0,2}领导|长(?![三江沙春期]))"
)
"""市农委, 县招商局, 区长: an office of the article's own place."""
OFFICE_LEVELS = {"市": "prefecture", "县": "county", "区": "county", "省": "province", "州": "prefecture"}
AND_MORE = re.compile(r"等(?P<n>[\d一二三四五六七八九十]{1,3})个?(?:县|区|市|州|旗|地)")
BYLINE = re.compile(r"记者|通讯员|特派员|专电|\d日(?:专)?电|摄影报道|撰稿")
"""内蒙古日报通辽9月18日电 记者某某: a line of its own that is no heading."""
ROW = re.compile(r"\d[多余]?[个家项]|亿元?|万元")
"""A short line with figures is a row of a table and no heading."""
DATELINE = re.compile(
    r"^\W{0,3}(?:本报|本网|中新社|中新网|新华社)?(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月\d{1,2}日|\d{1,2}日)?(?:专)?(?:电|讯|消息)"
)
LABEL = re.compile(r"^\s*(?P<head>[\u4e00-\u9fff]{2,8}):")
HEAD = re.compile(r"^\s*[【\[](?P<head>[^】\]]{1,16})[】\]]")


@dataclass(frozen=True)
class Home:
    """The region of an event, the words it came from (None when taken from afar), and how far they stand (0 near)."""

    codes: tuple[str, ...]
    place: Place | None
    distance: int


class Atlas:
    """The places of one document."""

    def __init__(self, text: str, lines: list[Line], feed_region: str | None) -> None:
        self.text = text
        self.lines = lines
        self.feed_region = feed_region
        story = [line for line in lines if line.kind in ("title", "body", "heading")]
        self._found = [
            one
            for one in find_regions(text, "zh", feed_region)
            if any(line.told <= one.start < line.end for line in story)
        ]
        self._roles = find_roles(text, self._found)
        self._aliases = find_aliases(text, self._found, self._roles)
        self._heads = self._find_heads()
        self.places = self._resolve()
        self._starts = [place.start for place in self.places]

    # -- what the article is at home in --

    @cached_property
    def home(self) -> str | None:
        """The article's own place: of its title, its outlet or signature, its feed, its dateline, or most of it."""
        title_end = self.lines[0].end if self.lines and self.lines[0].kind == "title" else 0
        titled = [
            code
            for one, role in zip(self._found, self._roles, strict=True)
            if one.start < title_end and role == "place" and one.codes
            for code in one.codes[:1]
        ]
        outlet, dateline = self._outlet(), self._dateline()
        if titled:
            best = titled[0]
            deeper = [code for code in [*titled, *self._bodily()] if code != best and holds(best, code)]
            return best if len(titled) == 1 or not deeper else (titled[1] if holds(best, titled[1]) else best)
        bodily = self._bodily()
        for code in (outlet, self.feed_region, dateline):
            if code:
                return code
        return bodily[0] if bodily else None

    @cached_property
    def _cities(self) -> set[str]:
        """The divisions that the text itself calls 市: 全市 means them, also below a prefecture."""
        named = [one for one in self._found if len(one.codes) == 1 and self.text[one.end - 1] == "市"]
        return {one.codes[0] for one in named}

    def _bodily(self) -> list[str]:
        weights: dict[str, float] = {}
        for index, (one, role) in enumerate(zip(self._found, self._roles, strict=True)):
            if role == "place" and one.codes and not one.ambiguous:
                weights[one.codes[0]] = weights.get(one.codes[0], 0) + (3 if index < 3 else 1)
        return sorted(weights, key=lambda code: -weights[code])

    def _outlet(self) -> str | None:
        for line in self.lines[:4] + self.lines[-5:]:
            words = self.text[line.start : line.end]
            if line.kind == "title" or (
                line.kind == "body" and len(words) > 80 and not words.lstrip().startswith("【")
            ):
                continue
            if line.kind == "body" and len(words) > 80:
                words = words[: words.find("】") + 1]
            for match in OUTLET.finditer(words):
                if code := _code_of(match["place"]):
                    return code
            if line.kind in ("source", "heading") and (
                code := _code_of(re.sub(r".*(?:来源|发布|主办)[::]", "", words)[:12])
            ):
                return code
        return None

    def _dateline(self) -> str | None:
        for line in self.lines[:4]:
            if line.kind == "body" and (match := DATELINE.match(self.text[line.start : line.start + 30])):
                return _code_of(match["place"])
        return None

    # -- headings --

    def _is_label(self, line: Line, label: re.Match[str] | None) -> bool:
        """睢县：与某企业签约: the place before the colon is the line's own."""
        if label is None:
            return False
        stop = line.start + label.end()
        return any(line.start <= one.start and one.end >= stop - 2 for one in self._found if one.start < stop)

    def _find_heads(self) -> dict[int, tuple[str, ...]]:
        heads: dict[int, tuple[str, ...]] = {}
        held: tuple[str, ...] = ()
        for index, line in enumerate(self.lines):
            words = self.text[line.start : line.end]
            match = HEAD.match(words)
            label = LABEL.match(words)
            match = match or (label if line.kind == "body" and self._is_label(line, label) else None)
            if (line.kind == "heading" and not ROW.search(words) and not BYLINE.search(words)) or match:
                stop = line.start + match.end() if match else line.end
                inside = [one for one in self._found if line.start <= one.start < stop and one.codes]
                if inside:
                    held = inside[-1].codes
                elif match and re.search(r"[报网社]|讯|客户端", match["head"]):
                    held = ()
            if line.kind in ("chrome", "title"):
                held = ()
            if held:
                heads[index] = held
        return heads

    # -- resolved places --

    def _resolve(self) -> list[Place]:
        named = alias_places(self.text, self._aliases, self._found)
        places: list[Place] = []
        for one, role in zip(self._found, self._roles, strict=True):
            while named and named[0].start <= one.start:
                places.append(named.pop(0))
            codes = alias_at(self.text, self._aliases, one) or one.codes
            if one.generic:
                codes = self._generic(one, places)
            if codes:
                role = "place" if role == "bound" else role
                places.append(Place(one.start, one.end, codes, one.level, role, one.ambiguous, one.generic))
        places += named
        if any(place.role == "place" and place.codes != ("CN",) for place in places):
            places = [replace(place, role="guest") if _is_country(place) else place for place in places]
        return sorted(places, key=lambda place: (place.start, -place.end))

    def _generic(self, one: FoundRegion, before: list[Place]) -> tuple[str, ...]:
        line = next((index for index, line in enumerate(self.lines) if line.start <= one.start < line.end), 0)
        head = self._heads.get(line)
        return meant_by(one, self.text, before, head[0] if head else self.home, self._cities)

    # -- the question --

    def between(self, start: int, end: int, role: str | None = None) -> list[Place]:
        """The places that begin in `[start, end)`, of one role or of any."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [place for place in self.places[low:high] if role is None or place.role == role]

    def is_titled(self, code: str) -> bool:
        """True when the title names the place."""
        title_end = self.lines[0].end if self.lines and self.lines[0].kind == "title" else 0
        return any(code in place.codes for place in self.between(0, title_end))

    def head_of(self, line: int) -> tuple[str, ...]:
        """The codes of the heading over a line, or none."""
        return self._heads.get(line, ())

    def region_of(self, sentence: Sentence, start: int, end: int) -> Home | None:
        """Where an event told in `[start, end)` belongs: by its clause, sentence, heading, paragraph or article."""
        near = self._at_home(self.between(start, end, "place"))
        if near:
            return self._joint(near, 0)
        before = self.between(sentence.start, start, "place")
        if not before and NATION.search(self.text, sentence.start, end):
            return Home(("CN",), None, 1)
        if before:
            return (
                self._joint([self._last_group(before)[-1]], 1)
                if len(before) == 1
                else self._joint(self._last_group(before), 1)
            )
        if head := self._heads.get(sentence.line):
            return Home(head, None, 1)
        if office := self._of_office(sentence, start):
            return office
        line = self.lines[sentence.line]
        paragraph = [
            one
            for one in self.between(line.context, sentence.start, "place")
            if not SHARES.search(self.text, self._sentence_start(one, line), one.start)
        ]
        if paragraph:
            return self._joint(self._last_group(paragraph), 2)
        if self.home:
            return Home(self._whole_home, None, 2 if line.kind == "title" else 3)
        anywhere = [place for place in self.places if place.role == "place"] or self.places
        return Home(anywhere[0].codes, anywhere[0], 3) if anywhere else None

    def _of_office(self, sentence: Sentence, start: int) -> Home | None:
        clause = next((one for one in sentence.clauses if one.start <= start < one.end), None)
        match = OFFICE.match(self.text, clause.start if clause else sentence.start, sentence.end)
        code = at_level(self.home, OFFICE_LEVELS[match["level"]], match["level"]) if match else None
        return Home((code,), None, 1) if code else None

    @staticmethod
    def _sentence_start(place: Place, line: Line) -> int:
        starts = [one.start for one in line.sentences if one.start <= place.start]
        return starts[-1] if starts else line.start

    @cached_property
    def _whole_home(self) -> tuple[str, ...]:
        """The article's own place, with the other divisions of a zone that spreads over several."""
        zones = [place for place in self.places if place.role == "place" and self.home in place.codes]
        return zones[0].codes if zones and zones[0].level == "zone" else (self.home or "",)

    @staticmethod
    def _at_home(places: list[Place]) -> list[Place]:
        # 德国某公司安庆基地: the country is where the company comes from
        inland = [place for place in places if place.codes[0].startswith("CN-")]
        return inland if inland and any(place.level == "country" for place in places) else places

    def _last_group(self, places: list[Place]) -> list[Place]:
        group = [places[-1]]
        for place in reversed(places[:-1]):
            between = self.text[place.end : group[0].start]
            if len(between) > 3 or not JOINED.search(between) or "," in between:
                break
            group.insert(0, place)
        return group

    def _joint(self, places: list[Place], distance: int) -> Home:
        # Several places joined by 、 or 与 share the event; one that holds another gives way to it.
        group = [places[0]]
        for place in places[1:]:
            between = self.text[group[-1].end : place.start]
            if between in ("所在的", "所在", "所属的", "所处的"):
                group = [place]  # 铁路港所在的青白江区
                continue
            if len(between) <= 3 and JOINED.search(between):
                group.append(place)
            elif len(group) == 1 and not re.search(r"[和与及、]|各[县市区地]", between):
                group = [place] if self._deeper(group[0], place) else group
        if above := self._held_together(group):
            return Home((above,), group[0], distance)
        codes = list(dict.fromkeys(code for place in group for code in place.codes))
        codes = [code for code in codes if not any(code != other and holds(code, other) for other in codes)]
        return Home(tuple(codes), group[0], distance)

    def _held_together(self, group: list[Place]) -> str | None:
        """商州区、丹凤县等七县区: some of them stand for all, which is the city that holds them."""
        listed = AND_MORE.match(self.text, group[-1].end) if len(group) > 1 else None
        number = parse_number(listed["n"]) if listed else None
        above = ancestors_of(group[0].codes[0])[:1]
        if number is None or number <= len(group) or not above:
            return None
        return above[0] if all(ancestors_of(place.codes[0])[:1] == above for place in group) else None

    @staticmethod
    def _deeper(one: Place, other: Place) -> bool:
        return all(any(holds(a, b) and a != b for a in one.codes) for b in other.codes)


def _is_country(place: Place) -> bool:
    # 中国企业在利雅得…: beside any other place China is where somebody comes from
    return place.codes == ("CN",) and place.role == "place"


def _code_of(words: str) -> str | None:
    found = [one for one in find_regions(words, "zh") if one.codes and not one.ambiguous]
    return found[-1].codes[0] if found else None
