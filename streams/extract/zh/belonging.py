"""Which deals are one of a batch told as a total, and which articles tell of a deal that was given up."""

import re

from schemas.regions import related
from streams.extract.zh.page import Draft, Page

ONE_OF = re.compile(
    r"\s*(?:其中|最大的(?:那|这)?一?(?:个|家|笔|单|项)|这批|这些|上述|签约[方者](?:里|中|当中)?|(?:此次|本次|这次|当天|现场)?(?:集中)?签约(?:的)?(?:项目|企业|名单|清单)(?:里|中|当中|包括|有|涵盖|,)|"
    r"[\d一二三四五六七八九十百]+[余多]?个(?:签约|招商)?项目(?:里|中|当中))"
)
"""A sentence that goes into the projects of the batch told before."""
FUND = re.compile(
    r"(?:设立|组建|成立|签约)[^,。;]{0,30}基金|基金[^。;]{0,30}(?:签约|设立|组建|成立)|基金[^,。;]{0,6}(?:规模|协议)"
)
UNDONE = re.compile(r"终止|解除|解约|取消|撤销|流产|泡汤|作废|不建了|停下来|告吹|搁置")
DENIED = re.compile(r"不实|谣言|辟谣|网传|传闻|否认|假消息|未签约|没有这回事")


def is_undone(page: Page) -> bool:
    """An article about a deal that was given up (rule 5 of the labels): its deal is no signing."""
    head = page.text[: page.lines[0].end] if page.lines and page.lines[0].kind == "title" else ""
    return bool(UNDONE.search(head)) or bool(DENIED.search(head)) or len(UNDONE.findall(page.text[:400])) >= 2


def belongs(page: Page, draft: Draft, totals: list[Draft]) -> bool:
    """True for a deal told as one of a batch: no day or place of its own, no fund, not told as another (rules 1, 2)."""
    if draft.apart or (draft.single and FUND.search(draft.sector_words)):
        return False
    if totals and ONE_OF.match(page.words(draft.sentence)):
        return True
    return any(_is_among(draft, total) for total in totals)


def _is_among(draft: Draft, total: Draft) -> bool:
    if not any(related(one, other) for one in draft.codes for other in total.codes):
        return False
    if total.type == "statistic":  # an example of what was signed in a period
        return draft.when.distance > 0 and 0 <= draft.sentence.line - total.sentence.line <= 1
    return draft.when.day is None or draft.when.distance > 0 or draft.when.day == total.when.day


def find_totals(drafts: list[Draft]) -> list[Draft]:
    """The batches of signed projects that a single deal may be one of."""
    return [
        one
        for one in drafts
        if (one.type == "signing" or one.metric == "projects_signed") and (one.number or 0) > 1 and not one.title
    ]
