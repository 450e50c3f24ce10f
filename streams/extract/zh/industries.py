"""Which words tell the industries of a batch: its clause, and the sentences that go on about its projects."""

import re

from streams.extract.zh.facts import Fact
from streams.extract.zh.lexicon import pattern
from streams.extract.zh.page import Page
from streams.extract.zh.stages import SIGNS, STAGES

DESCRIBES = pattern("batches", "DESCRIBES")
"""A sentence that goes on about the projects of a batch."""
NOT_OF_BATCH = re.compile(
    r"下一步|负责人(?:表示|说|介绍)|营商环境|致辞|今年以来|近年来|将(?:持续|进一步|继续|围绕|聚焦)|重点承接|招商方向|表示,|去年"
)


def sector_words_of(page: Page, fact: Fact) -> str:
    """The words that may name the industries of a batch: its sentence, and those after it that describe the batch."""
    words = [page.text[fact.clause.start : fact.end if fact.part else _next_batch(page, fact)]]
    if fact.role in ("registered", "negotiating"):
        return words[0]
    if fact.role not in ("sign", "mixed", *STAGES, "introduced", "reserved", "offered"):
        return ""
    if fact.part or (fact.count and fact.count.value < 2):
        return words[0]
    for other in page.next_sentences(fact.sentence, 6):
        if other.line - fact.sentence.line > 4 or other.start - fact.end > 600:
            break
        told = page.words(other)
        if DESCRIBES.search(told) and not NOT_OF_BATCH.search(told):
            words += [part for part in told.split(";") if not _of_another(part, fact)]
    return "\n".join(words)


def _of_another(words: str, fact: Fact) -> bool:
    # 签约项目涵盖生物医药;开工项目则涉及化工
    signed, built = bool(SIGNS.search(words)), bool(re.search(r"开工|竣工|投产", words))
    return (fact.role == "sign" and built and not signed) or (fact.role in STAGES and signed and not built)


def _next_batch(page: Page, fact: Fact) -> int:
    """Where the sentence turns to another batch: 一边是80个签约;一边是52个开工."""
    for part in fact.sentence.parts:
        if part[0].start <= fact.clause.start < part[-1].end:
            return part[-1].end
    return fact.sentence.end
