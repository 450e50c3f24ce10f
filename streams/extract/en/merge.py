"""The facts of one article against each other: totals and their parts, headline and body, what was told twice."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from schemas.regions import holds
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact


def merge(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """The facts that remain, in order. What goes is noted with its reason."""
    kept = list(facts)
    for step in (
        _drop_told_first,
        _drop_sums,
        _drop_partials,
        _join_halves,
        _drop_examples,
        _drop_districts,
        _drop_repeats,
        _drop_titles,
    ):
        kept = step(ctx, kept)
    return kept


def _without(ctx: Context, facts: list[Fact], gone: list[Fact], reason: str) -> list[Fact]:
    ids = {id(fact) for fact in gone}
    for fact in gone:
        ctx.drop(*fact.span, reason)
    return [fact for fact in facts if id(fact) not in ids]


def _drop_partials(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """ "Six of them were signed on the stage": a part, unless what was done differs from what was told of the whole."""
    gone = []
    for index, fact in enumerate(facts):
        earlier = [f for f in facts[:index] if f.projects and not f.title and (fact.projects or 0) <= f.projects]
        of_which = ctx.text[fact.span[0] : fact.span[0] + 14].lstrip(" ,;:(").lower().startswith("of which")
        if fact.partial and (of_which or (earlier and earlier[-1].action == fact.action and not earlier[-1].partial)):
            gone.append(fact)
    return _without(ctx, facts, gone, "a part of a total (rule 1)")


def _drop_sums(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """A total whose parts follow: parts of one kind go, a total over several kinds goes."""
    for index, whole in enumerate(facts):
        if whole.type not in ("signing", "milestone"):
            continue
        shares = _shares_of(facts, index)
        if shares:
            return _drop_sums(ctx, _without(ctx, facts, shares, "a part of a total (rule 1)"))
        if not whole.projects:
            continue
        for end in range(index + 3, min(len(facts), index + 8) + 1):
            group = [f for f in facts[index + 1 : end] if f.type in ("signing", "milestone") and not f.title]
            if (
                len(group) < 2
                or sum(f.projects or 0 for f in group) != whole.projects
                or not all(f.projects for f in group)
            ):
                continue
            if all(f.type == whole.type == "signing" for f in group):
                _add_up(whole, group)
                return _drop_sums(ctx, _without(ctx, facts, group, "a part of a total (rules 1 and 14)"))
            if all(f.key == whole.key and not f.partial for f in group) or all(f.partial for f in group):
                return _drop_sums(ctx, _without(ctx, facts, group, "a part of a total (rule 1)"))
            for part in group:
                part.partial = False
            return _drop_sums(ctx, _without(ctx, facts, [whole], "a total over several kinds, told one by one"))
    return facts


def _drop_told_first(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """ "In all, five projects with 2.28 billion": a total after its parts; of several days it is undated (rule 24)."""
    for index, whole in enumerate(facts):
        if whole.type != "signing" or not whole.amount or not whole.projects or whole.title:
            continue
        for size in range(2, min(index, MOST_PARTS) + 1):
            group = facts[index - size : index]
            if any(f.type != "signing" or not f.amount or f.amount.currency != whole.amount.currency for f in group):
                break
            told = sum(f.amount.value for f in group if f.amount), sum(f.projects or 0 for f in group)
            if told == (whole.amount.value, whole.projects):
                if len({f.date for f in group}) > 1:
                    whole.date, whole.date_span = None, None
                regions = {f.regions for f in group}
                whole.regions = group[0].regions if len(regions) == 1 else whole.regions
                return _without(ctx, facts, group, "a part of the total told after (rules 1 and 24)")
    return facts


MOST_PARTS = 6
"""Parts of a total that is told after them."""


def _add_up(whole: Fact, parts: list[Fact]) -> None:
    """A total that counts its parts has their sum where it states none."""
    sums = [part.amount for part in parts if part.amount]
    if whole.amount is None and len(sums) == len(parts) and len({a.currency for a in sums}) == 1:
        whole.amount = replace(sums[0], end=sums[-1].end, value=sum((a.value for a in sums), Decimal(0)))


def _shares_of(facts: list[Fact], index: int) -> list[Fact]:
    """The deals that follow a signed total and whose sums add up to it."""
    whole = facts[index]
    if whole.type != "signing" or whole.amount is None:
        return []
    group: list[Fact] = []
    for fact in facts[index + 1 :]:
        if fact.type != "signing" or fact.amount is None or fact.amount.currency != whole.amount.currency or fact.title:
            break
        group.append(fact)
        total = sum(f.amount.value for f in group if f.amount)
        above = Decimal("1.1") if whole.amount.qualifier in ("at_least", "about") else Decimal("1.01")
        if len(group) > 1 and whole.amount.value * Decimal("0.99") <= total <= whole.amount.value * above:
            return group
    return []


_AT = re.compile(r"(?:contracted|agreed|signed) (?:at|for)\b", re.IGNORECASE)


def _join_halves(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """ "Nearly 7 billion in fresh contracts. Thirteen were signed": the amount of one and the count of the other."""
    for one, other in itertools.pairwise(facts):
        told_of = other.clause.action is not None and _AT.match(other.clause.action.words)
        if (
            told_of
            and one.count
            and one.amount is None
            and other.count is None
            and one.clause.sentence is other.clause.sentence
        ):
            one.amount = other.amount
            return _join_halves(ctx, [f for f in facts if f is not other])
        near = (
            0 <= other.clause.sentence.start - one.clause.sentence.end < 160
            or one.clause.sentence is other.clause.sentence
        )
        if one.key != other.key or one.title != other.title or not near or one.type == "statistic":
            continue
        if one.count is None and one.amount and other.count and other.amount is None and not one.single:
            one.count, one.projects, one.each = other.count, other.projects, one.each or other.each
            if one.time.kind in ("none", "recent") and other.time.kind == "day":
                one.time, one.date, one.date_span = other.time, other.date, other.date_span
            one.more.append(other.span)
            return _join_halves(ctx, [f for f in facts if f is not other])
        follows = other.count is None and other.amount and not other.single and one.projects and one.amount is None
        if follows and _is_sum(ctx, other):
            one.amount = other.amount
            one.more.append(other.span)
            return _join_halves(ctx, [f for f in facts if f is not other])
    return facts


def _is_sum(ctx: Context, fact: Fact) -> bool:
    text = ctx.text[fact.clause.sentence.start : fact.amount.start if fact.amount else fact.clause.end]
    if re.match(r"\W*(?:their|they|the (?:investors|companies|backers|owners))\b", text, re.IGNORECASE):
        return True
    return bool(re.search(r"\b(?:total|combined|together|aggregate|overall|altogether)\b", text, re.IGNORECASE))


def _drop_examples(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """A batch, and then one of its companies with its sum and no day of its own: an example, not another deal."""
    gone = []
    for index, fact in enumerate(facts):
        ordinal = _ORDINAL.match(ctx.text[fact.clause.sentence.start : fact.clause.end])
        own_day = fact.time.kind == "day" and fact.dated and not ordinal
        if fact.type != "signing" or own_day or (fact.projects or 1) > 1 or fact.title:
            continue
        wholes = [f for f in facts[:index] if f.type in _BATCH and not f.title and not f.single and f not in gone]
        whole = wholes[-1] if wholes else None
        if whole is None or fact.clause.sentence is whole.clause.sentence or ctx.places.sections:
            continue
        near = 0 <= fact.clause.sentence.paragraph - whole.clause.sentence.paragraph <= 2
        smaller = not fact.amount or not whole.amount or fact.amount.value < whole.amount.value
        kin = any(holds(w, code) for w in whole.regions for code in fact.regions)
        words = ctx.text[fact.clause.sentence.start : fact.clause.end]
        if near and smaller and kin and not _ANOTHER.search(words):
            gone.append(fact)
    return _without(ctx, facts, gone, "one of the batch (rule 1)")


_BATCH = ("signing", "milestone")
_ORDINAL = re.compile(
    r"\W*(?:the (?:first|second|third|last|latest|other|biggest|largest|heaviest|smallest|costliest)|one of (?:them|"
    r"these|those)|"
    r"two|three|four|five|several|some|most)\b(?! (?:phase|half|batch|quarter|round|stage|time|day|session|edition))",
    re.IGNORECASE,
)
"""An opening that takes up one of the batch told before."""
_ANOTHER = re.compile(
    r"\b(?:another|also|additional\w*|separately|besides|in addition|a further|as well|meanwhile|apart from)\b",
    re.IGNORECASE,
)


def _drop_districts(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """A city's total with what fell to one of its districts is the city's (rule 20)."""
    gone = []
    for index, fact in enumerate(facts):
        for whole in facts[:index]:
            if (
                whole.title
                or whole.key != fact.key
                or whole.type == "statistic"
                or (whole.regions == fact.regions and " alone " not in ctx.text[fact.span[0] : fact.span[1]])
            ):
                continue
            inner = all(any(holds(w, code) for w in whole.regions) for code in fact.regions)
            smaller = (fact.projects or 0) < (whole.projects or 0)
            same_time = fact.date == whole.date or fact.time.kind == "none"
            words = ctx.text[fact.clause.sentence.start : fact.clause.end]
            alone = re.search(r"\balone\b", words) is not None
            if (inner or alone) and smaller and same_time and not _ANOTHER.search(words) and not ctx.places.sections:
                gone.append(fact)
                break
    return _without(ctx, facts, gone, "a district's share of the city's total (rule 20)")


def _drop_repeats(ctx: Context, facts: list[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in facts:
        twin = next((f for f in kept if not f.title and not fact.title and _same(f, fact)), None)
        if twin is None:
            kept.append(fact)
            continue
        if twin.amount is None and fact.amount is not None:
            twin.amount = fact.amount
        if twin.projects is None:
            twin.count, twin.projects = fact.count, fact.projects
        if twin.date is None and fact.date is not None and twin.type != "statistic":
            twin.date, twin.date_span = fact.date, fact.date_span
        ctx.drop(*fact.span, "told before")
    return kept


def _same(one: Fact, other: Fact) -> bool:
    if one.type != other.type or one.metric != other.metric:
        return False
    if one.type == "milestone" and one.stage != other.stage:
        return False
    if one.other_count or other.other_count:
        return bool(one.other_count and other.other_count and one.other_count.value == other.other_count.value)
    if one.projects and other.projects:
        if one.projects != other.projects:
            return False
        if one.amount and other.amount:
            return _near(one, other, 0.06)
        return one.projects > 1 or one.regions == other.regions
    if one.amount and other.amount:
        return _near(one, other, 0.01)
    return False


def _near(one: Fact, other: Fact, share: float) -> bool:
    if not one.amount or not other.amount or one.amount.currency != other.amount.currency:
        return False
    high = max(one.amount.value, other.amount.value)
    return abs(one.amount.value - other.amount.value) <= high * type(high)(str(share))


def _drop_titles(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """The headline repeats the body, rounded; it counts only where the body tells nothing of the kind."""
    body = [f for f in facts if not f.title]
    told: Callable[[Fact], bool] = lambda title: any(  # noqa: E731
        f.action == title.action
        or f.type == title.type
        or f.type in ("signing", "milestone")
        or (title.projects and f.projects == title.projects)
        for f in body
    )
    gone = [f for f in facts if f.title and told(f)]
    for title in gone:
        same = [f for f in body if f.type == "signing" and f.action == title.action and not f.partial]
        if title.amount and len(same) == 1 and same[0].amount is None and same[0].projects == title.projects:
            same[0].amount = title.amount  # the sum stands in the headline alone
    return _without(ctx, facts, gone, "the headline repeats the body")
