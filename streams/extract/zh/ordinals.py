"""Counts told by an ordinal: 今年签下的第37个亿元项目 says that there are 37 so far."""

import re

from streams.extract.found import FoundCount
from streams.extract.zh.batches import METRICS, told_period
from streams.extract.zh.layout import Sentence
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue
from streams.extract.zh.numbers import NUMBER, parse_number
from streams.extract.zh.page import Draft, Page

ORDINAL = re.compile(
    rf"第(?P<number>{NUMBER})(?P<measure>[个家宗项])(?P<what>[^,。;、\d第]{{0,4}}(?:\d[^,。;、]{{0,10}}元[^,。;、\d]{{0,4}})?[^,。;、\d第]{{0,14}}?)"
    r"(?P<noun>项目|企业|公司|外企|工厂)"
)
COUNTS = ("sign", "introduced", "landed", "started", "completed", "operational")
FEWEST = 2


def draft_ordinals(page: Page) -> list[Draft]:
    """One statistic for each ordinal with a word of what happened and a period that it counts from."""
    return [
        draft
        for sentence in page.sentences("body")
        for match in ORDINAL.finditer(page.text, sentence.start, sentence.end)
        if (draft := _draft(page, sentence, match)) is not None
    ]


def _draft(page: Page, sentence: Sentence, match: re.Match[str]) -> Draft | None:
    value = parse_number(match["number"])
    trigger = _trigger(page, sentence, match)
    when = page.clock.when(sentence, match.start(), match.end())
    if value is None or value < FEWEST or trigger is None or not when.is_period or when.distance > 0:
        return None
    if has_cue("aim", page.text, sentence.start, match.start()) or has_cue(
        "denied", page.text, sentence.start, match.end()
    ):
        return None
    clause = next((one for one in sentence.clauses if one.start <= match.start() < one.end), sentence.clauses[0])
    count = FoundCount(match.start("number"), match.end("measure"), int(value), "project", "exact")
    home = page.atlas.region_of(sentence, clause.start, match.end())
    metric = METRICS[trigger.role]
    draft = Draft("statistic", sentence, clause.start, match.end(), home, when, metric=metric)
    sizes = [one for one in page.figures.amounts_in(match.start(), match.end()) if one.per_project]
    draft.size = sizes[0] if sizes else None
    if match["noun"] == "项目":
        draft.projects, draft.spans["projects"] = count, (count.start, count.end)
    else:
        draft.count, draft.spans["count"] = count, (count.start, count.end)
    draft.period = told_period(page, metric, when, False)
    return draft


def _trigger(page: Page, sentence: Sentence, match: re.Match[str]) -> Trigger | None:
    """The word inside the phrase (第6家新投产企业), else the last before it (今年签下的第37个项目), else the next."""
    inside = _counting(page, match.start(), match.end())
    before = _counting(page, max(sentence.start, match.start() - 30), match.start())
    after = _counting(page, match.end(), min(sentence.end, match.end() + 12))
    return next((found[at] for found, at in ((inside, 0), (before, -1), (after, 0)) if found), None)


def _counting(page: Page, start: int, end: int) -> list[Trigger]:
    return [one for one in find_triggers(page.text, start, end) if one.role in COUNTS]
