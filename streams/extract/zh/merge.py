"""One happening once: the title repeats the body, a breakdown repeats its total (rules 1 and 20 of the labels)."""

from schemas.regions import holds, related
from streams.extract.found import Dropped, FoundAmount
from streams.extract.zh.lexicon import pattern
from streams.extract.zh.page import Draft

COMMON = pattern("merge", "COMMON")
"""What the names of unlike projects share."""
NEXT = 4
"""Characters between a sentence and the next of its paragraph."""
FEW = 10
"""Above this, one count told of two periods is one figure told twice."""


def merge(drafts: list[Draft]) -> tuple[list[Draft], list[Dropped]]:
    """The drafts that stand for themselves, in the order of the text, and why the others do not."""
    kept: list[Draft] = []
    dropped: list[Dropped] = []
    # The body tells more than the title, and a total more than its parts: look at those first.
    order = sorted(
        drafts,
        key=lambda one: (
            one.title,
            one.part,
            _is_bare(one),
            not one.whole,
            one.stage == "completed",
            one.sentence.start,
            -(one.number or 0),
            one.start,
        ),
    )
    for draft in order:
        reason = _absorbed(draft, kept)
        if reason is None:
            kept.append(draft)
        else:
            dropped.append(Dropped(draft.start, draft.end, reason))
    return sorted(kept, key=lambda one: (one.title, one.start)), dropped


def _absorbed(draft: Draft, kept: list[Draft]) -> str | None:
    for other in kept:
        if draft.title and _counts(draft, other):
            return "the title of what the text tells"
        if draft.type == "milestone" and other.type in ("statistic", "target") and _is_value_of(draft, other):
            draft.amount = None  # the sum is another's, the stage is its own
        if (draft.title and _retold(draft, other)) or _is_value_of(draft, other):
            return "told already"
        if draft.title and draft.type == other.type and draft.type in ("activity", "milestone"):
            return "the title of what the text tells"
        if other.type != draft.type or not _comparable(draft, other):
            if _is_step_to(draft, other):
                return "a step to the stage told with it"
            continue
        if _same(draft, other):
            _enrich(other, draft)
            return "told already"
        if draft.title and draft.type in ("signing", "milestone", "activity", "agreement"):
            return "the title of what the text tells"
        if _is_part(draft, other):
            return "a part of a total"
    if draft.part and not _is_other_measure(draft, kept):
        return "a part of a total"
    return None


def _is_bare(draft: Draft) -> bool:
    """A sum of signing without a count and without a time of its own."""
    return draft.type == "signing" and draft.number is None and draft.when.distance > 0


def _is_other_measure(draft: Draft, kept: list[Draft]) -> bool:
    """签约40个,其中已开工10个: what was started is no part of the signings, it is a figure of its own."""
    own_words = draft.metric in ("projects_started", "projects_completed") or (
        draft.type == "milestone" and draft.stage != "landed"
    )
    return own_words and draft.projects is not None and draft.own_trigger and bool(kept)


def _is_value_of(draft: Draft, other: Draft) -> bool:
    """The very words of a sum belong to one event; a sum without a count may be that of a statistic told before."""
    if draft.amount is None or other.amount is None:
        return False
    if draft.amount.start == other.amount.start:
        return not (draft.type == other.type == "milestone" and draft.stage != other.stage)
    return _is_bare(draft) and other.type == "statistic" and close(draft.amount, other.amount)


def _counts(title: Draft, other: Draft) -> bool:
    """七个项目当场落笔: the title calls projects what the text tells of as many companies."""
    if title.type != "signing" or other.type != "signing" or other.number is not None or title.projects is None:
        return False
    if other.partners != title.projects.value:
        return False
    _enrich(other, title)
    return True


def _retold(title: Draft, other: Draft) -> bool:
    """A title drops the words that make its figure a statistic: 前8月 → 签约542个项目."""
    if title.type not in ("signing", "milestone", "statistic") or other.type not in (
        "signing",
        "milestone",
        "statistic",
    ):
        return False
    if title.number is not None:
        return title.number == other.number or (_count(title) is not None and _count(title) == _count(other))
    if _rounds(title, other):
        return True
    return close(title.amount, other.amount)


def _rounds(title: Draft, other: Draft) -> bool:
    """外资企业突破5800家: the title rounds the count of the text, which is within a twentieth."""
    mine, theirs = _count(title), _count(other)
    return (
        mine is not None and theirs is not None and title.metric == other.metric and 0 <= theirs - mine <= theirs / 20
    )


def _comparable(one: Draft, other: Draft) -> bool:
    if one.type == "signing":
        return True
    if one.type == "milestone":
        return one.stage == other.stage
    if one.type == "activity":
        return one.kind == other.kind
    return one.metric == other.metric


def _same(one: Draft, other: Draft) -> bool:
    if one.type == "activity":
        return False
    if one.type == "agreement":
        return _signs_again(one, other)
    near = not one.codes or not other.codes or any(related(a, b) for a in one.codes for b in other.codes)
    if not near or (one.apart != other.apart and one.sentence is not other.sentence):
        return False
    if one.period and other.period and one.period != other.period and not (one.title or other.title):
        told_afar = one.when.distance >= 2 or other.when.distance >= 2 or None in (*one.period, *other.period)
        alike = close(one.amount, other.amount) or (told_afar and (one.number or 0) > FEW)
        return one.number is not None and one.number == other.number and alike
    if (
        one.when.day
        and other.when.day
        and one.when.day != other.when.day
        and one.when.distance == other.when.distance == 0
    ):
        return False
    if _are_two(one, other):
        return False
    if one.number is not None and one.number == other.number and _count(one) == _count(other):
        return close(one.amount, other.amount) or one.amount is None or other.amount is None
    if _count(one) is not None and _count(one) == _count(other):
        return True
    return (one.number is None or other.number is None) and one.amount is not None and close(one.amount, other.amount)


def _signs_again(one: Draft, other: Draft) -> bool:
    """双方代表在协议上签字: the next sentence on a paper names nobody new."""
    after = one.sentence is other.sentence or 0 <= one.sentence.start - other.sentence.end <= NEXT
    near = after and one.start >= other.start and one.sentence.line == other.sentence.line
    return near and not one.apart and any(related(a, b) for a in one.codes for b in other.codes) and one.again


def _are_two(one: Draft, other: Draft) -> bool:
    """Two single projects of one stage, told in different paragraphs by names that have nothing in common."""
    if one.type != "milestone" or one.sentence.line == other.sentence.line or one.title or other.title:
        return False
    mine, theirs = (draft.names[0] if draft.names else draft.thing for draft in (one, other))
    return one.single and other.single and not _shared(mine, theirs)


def _shared(one: str, other: str) -> bool:
    """True when two names have two characters in a row in common that not any project has, or one tells nothing."""
    own, theirs = _pairs(one), _pairs(other)
    return not own or not theirs or bool(own & theirs)


def _pairs(name: str) -> set[str]:
    words = COMMON.sub(" ", name).split()
    return {word[at : at + 2] for word in words for at in range(len(word) - 1)}


def _count(one: Draft) -> int | None:
    return one.count.value if one.count else None


def close(one: FoundAmount | None, other: FoundAmount | None) -> bool:
    """True for one sum told twice, perhaps rounded: 逾3400亿元 and 3415.7亿元.

    A rounded figure is within a twentieth of the exact one.
    """
    if one is None or other is None or one.currency != other.currency:
        return False
    low, high = sorted((one.value, other.value))
    return high - low <= high / 20


def _is_part(draft: Draft, total: Draft) -> bool:
    if draft.type == "agreement" or draft.type == "activity" or draft.apart:
        return False
    if _are_two(draft, total):
        return False
    if draft.is_fund and not total.is_fund and not draft.part:
        return False  # funds beside projects are a batch of their own (rule 2)
    if draft.sentence.start < total.sentence.start and not (draft.title or total.whole):
        return False
    if draft.type in ("statistic", "target"):
        if draft.period != total.period or not _less(draft, total):
            return False
        if draft.number is None:
            return draft.type == "statistic" and _count(draft) is None and _is_inside(draft, total)
        sized = draft.size is not None and total.size is None and draft.amount is None
        same_line = draft.sentence.line == total.sentence.line
        return (same_line and (draft.part or sized)) or _is_breakdown(draft, total)
    inside = not draft.codes or any(holds(a, b) for a in total.codes for b in draft.codes)
    if not inside:
        return False
    own_day = draft.when.day is not None and draft.when.distance == 0 and draft.when.day != total.when.day
    if own_day:
        return False
    if (
        draft.home
        and draft.home.distance <= 1
        and draft.when.distance == 0
        and draft.sentence.line != total.sentence.line
    ):
        return False
    if draft.stage != total.stage and not draft.part and _is_of_its_own(draft, total):
        return False
    return _less(draft, total)


def _is_of_its_own(draft: Draft, total: Draft) -> bool:
    """合同8个,…;意向书5份: papers of another kind beside contracts are not among them (rule 14)."""
    if draft.sentence.line != total.sentence.line:
        return True
    return total.formal and draft.number is not None and draft.stage in ("framework", "intention")


def _is_step_to(draft: Draft, other: Draft) -> bool:
    """二期装置竣工。至此,项目全面投产: of one project's completion and use on one day the later counts."""
    if (draft.stage, other.stage) != ("completed", "operational") or not (draft.single and other.single):
        return False
    near = abs(draft.sentence.line - other.sentence.line) <= 1 and draft.when.day == other.when.day
    return near and draft.codes == other.codes and draft.amount in (None, other.amount)


def _is_inside(draft: Draft, total: Draft) -> bool:
    """A sum of one district beside the sum of its city."""
    deeper = all(any(a != b and holds(a, b) for a in total.codes) for b in draft.codes)
    near = 0 <= draft.sentence.line - total.sentence.line <= 2
    return deeper and total.number is None and _count(total) is None and near


def _is_breakdown(draft: Draft, total: Draft) -> bool:
    """The same measure of the same period for a place within: a row of the total's table (rule 20)."""
    within = all(any(holds(a, b) for a in total.codes) for b in draft.codes)
    return (
        draft.type == "statistic" and within and None not in (draft.period or (None,)) and draft.number != total.number
    )


def _less(draft: Draft, total: Draft) -> bool:
    if draft.number is not None and total.number is not None:
        if draft.number > total.number:
            return False
    elif draft.number is not None and total.number is None and total.amount is not None:
        return bool(draft.amount and draft.amount.value <= total.amount.value)
    if draft.amount and total.amount and draft.amount.currency == total.amount.currency:
        return draft.amount.value <= total.amount.value
    return draft.number is None or total.number is not None


def _enrich(kept: Draft, other: Draft) -> None:
    # What the second telling adds is taken over; what it repeats less exactly is not.
    if kept.projects is None and other.projects is not None:
        kept.projects = other.projects
        kept.spans["projects"] = other.spans.get("projects", (other.projects.start, other.projects.end))
    if kept.amount is None or (
        other.amount and kept.amount.qualifier != "exact" and other.amount.qualifier == "exact" and other.title is False
    ):
        kept.amount = other.amount or kept.amount
    if kept.size is None:
        kept.size = other.size
    if kept.stage == "contract" and other.stage in ("framework", "intention"):
        kept.stage = other.stage
