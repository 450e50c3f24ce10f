"""What is told and did not happen: hypothetical, failed, cancelled, mistaken (rule 5 of the labels)."""

import re

from streams.extract.found import Dropped
from streams.extract.zh.layout import Sentence
from streams.extract.zh.lexicon import pattern
from streams.extract.zh.page import Draft, Page

SUPPOSED = re.compile(r"假如|如果|倘若|要是|假设|设想一下|若(?!干)|哪怕|即便|即使|万一|不妨想|比方说|试想")
RUMOUR = re.compile(r"网民|网友|网传|自媒体|发帖|帖子|帖文|传言|传闻|坊间|爆料|盛传|谣传|据传|有传|小道消息|知情人士")
FAILED = pattern("undone", "FAILED")
CANCELLED = pattern("undone", "CANCELLED")
"""A sentence that says that an agreement or project was given up."""
RULE_ONLY = pattern("undone", "RULE_ONLY")
"""A cancelling that is only possible, or one of several unnamed ones."""
MISTAKEN = re.compile(r"误[^,。;\d]{0,6}(?:为|作|成|称|是)?[“\"]?[^,。;\d]{0,8}$")
MENDED = re.compile(r"[^,。;]{0,16}?(?:应为|应是|实为|实际为|更正为|改为|系误)")
BACK = re.compile(r"(?<!【)(?:双方|该|此|这[个一份]|上述|原定|对方|依约|协议|几方|三方)(?![^。]{0,20}】)")
LABEL = re.compile(r"\s*【[^】\n]{2,14}】")
"""【某某股份】 before a notice: whose it is."""
NEAR = 4
"""Sentences over which a cancelling speaks of a deal told before."""


def without_undone(page: Page, drafts: list[Draft]) -> tuple[list[Draft], list[Dropped]]:
    """The drafts of what happened, and why the others are none."""
    kept: list[Draft] = []
    dropped: list[Dropped] = []
    for draft in drafts:
        reason = _why_not(page, draft)
        if reason is None:
            kept.append(draft)
        else:
            dropped.append(Dropped(draft.start, draft.end, reason))
    return kept, dropped


def _why_not(page: Page, draft: Draft) -> str | None:
    if draft.type not in ("signing", "agreement", "milestone", "statistic"):
        return None
    text, sentence = page.text, draft.sentence
    if SUPPOSED.search(text, sentence.start, max(draft.start, draft.end - 1)):
        return "only supposed"
    if draft.type != "statistic" and RUMOUR.search(text, sentence.start, draft.end):
        return "a rumour"
    if draft.type == "signing" and FAILED.search(text, draft.start, sentence.end):
        return "did not come about"
    if _is_mistaken(text, draft):
        return "a figure that is being corrected"
    papers = draft.type in ("signing", "agreement") or draft.metric == "investment_planned"
    single = papers and (draft.number or 1) == 1
    if single and any(_is_cancelling(page, one, sentence) for one in page.next_sentences(sentence, NEAR)):
        return "cancelled"
    return None


def _is_cancelling(page: Page, cancelling: Sentence, deal: Sentence) -> bool:
    """True for a cancelling after the deal; in another paragraph only when it points back to it."""
    words = page.words(cancelling)
    if not CANCELLED.search(words) or RULE_ONLY.search(words):
        return False
    if cancelling.line == deal.line:
        return True
    theirs, its = (LABEL.match(page.text, page.lines[one.line].start) for one in (cancelling, deal))
    if theirs and its and theirs[0] != its[0]:
        return False
    return BACK.search(words) is not None


def _is_mistaken(text: str, draft: Draft) -> bool:
    """误写为12个, 12个应为2个, 《某地签约12个项目》一文有误: the figure of the earlier story."""
    figures = [one for one in (draft.projects, draft.count, draft.amount) if one is not None]
    for one in figures:
        before = text[max(draft.sentence.start, one.start - 24) : one.start]
        if MISTAKEN.search(before) or MENDED.match(text, one.end, min(draft.sentence.end, one.end + 24)):
            return True
        if before.rfind("《") > before.rfind("》") and draft.type != "agreement":
            return True
    return False
