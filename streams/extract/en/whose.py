"""The region of one fact: who does or gets it, as its clause, its sentence, its item and its article say."""

import itertools
import re

from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.destination import BUILT, find_destination, lies_there, site_named
from streams.extract.en.focus import focus_of, leads, site_before
from streams.extract.en.generics import resolve_generic
from streams.extract.en.joint import joint_before
from streams.extract.en.place import Place, holds_any, is_kin
from streams.extract.en.places import VENUE_WORDS

Codes = tuple[str, ...]
_THERE = re.compile(r"^[\s,;]*(?:and )?(?:There|Here|In it|On the spot)\b", re.IGNORECASE)


STATED = 0.97
"""How sure a region is that the words themselves give: where a thing is built, who holds a meeting."""


def region_of(ctx: Context, clause: Clause, single: bool, by_place: bool = False) -> tuple[Codes, float]:
    """The divisions of what the clause tells, and how sure that is (0..1). `single`: one project.

    `by_place`: the words themselves say where the money is ("investments in X"), as in a statistic of an area.
    """
    base = ctx.places.home_at(clause.sentence.paragraph)
    there = _there(ctx, clause)
    if there:
        return there, 0.85
    site = site_before(ctx, clause.start, clause.end, base)
    if site and not ctx.places.between(clause.start, clause.end):
        return site, STATED
    named = _subject(ctx, clause, base)
    both = _joint_inside(ctx, clause) if not ctx.places.certain else ()
    if both:
        return both, 0.8
    on_site = clause.action is not None and clause.action.name in BUILT and site_named(ctx, clause)
    single = single or on_site
    inside = find_destination(ctx, clause, base, single or by_place, by_place)
    if inside and (not named or single or by_place or all(holds_any(named, code) for code in inside)):
        return inside, STATED if single and lies_there(ctx, clause, inside) else 0.85
    if named:
        stop = clause.action.start if clause.action else clause.end
        zones = [g for g in ctx.places.generic if g.level == "zone" and clause.start <= g.start < stop]
        by_zone = named != base and any(resolve_generic(g, base, ctx.places) == named for g in zones)
        return named, STATED if by_zone else 0.95
    spread = _spread(ctx, clause, base)
    if not spread and (focus := focus_of(ctx, clause.sentence)):
        return focus, 0.8
    return (spread, 0.8) if spread else (base, 0.9 if ctx.places.certain else 0.65)


def _there(ctx: Context, clause: Clause) -> Codes:
    """ "There, 14 projects were signed": the place that the sentence before ends with."""
    before_action = ctx.text[clause.start : clause.action.start] if clause.action else ""
    where = re.search(r"\bwhere\b", ctx.text[clause.sentence.start : clause.action.start]) if clause.action else None
    if where:
        at = clause.sentence.start + where.start()
        near = [
            p for p in ctx.places.between(max(clause.sentence.start, at - 90), at) if p.role in ("inside", "subject")
        ]
        if near and at - near[-1].region.end < 40 and _fits_home(ctx, near[-1], clause):
            return near[-1].codes
    if not _THERE.match(before_action) and not _THERE.match(clause.sentence.text):
        return ()
    at = clause.sentence.start if _THERE.match(clause.sentence.text) else clause.start
    near = [p for p in ctx.places.between(max(0, at - 300), at) if p.role in ("inside", "subject")]
    return near[-1].codes if near and _fits_home(ctx, near[-1], clause) else ()


def _fits_home(ctx: Context, place: Place, clause: Clause) -> bool:
    base = ctx.places.home_at(clause.sentence.paragraph)
    return not base or all(holds_any(base, code) for code in place.codes)


def _subject(ctx: Context, clause: Clause, base: Codes) -> Codes:
    """The place that stands as the one who acts, in the clause first, then in the sentence."""
    stop = clause.action.start if clause.action else clause.end
    joint = _joint(ctx, clause.sentence.start, stop) or joint_before(ctx, clause)
    if joint:
        return joint
    for low in dict.fromkeys((clause.start, clause.sentence.start)):
        best: tuple[int, Codes] | None = None
        for place in ctx.places.between(low, stop):
            if (
                place.role == "subject"
                and not _names_a_site(ctx, place, base)
                and place.region.level != "country"
                and (is_kin(place.codes, base) or leads(ctx.text, low, place))
            ):
                best = _later_kin(best, place.start, place.codes)
        for generic in ctx.places.generic:
            if re.match(r" of (?:the )?[A-Z]", ctx.text[generic.end : generic.end + 9]):
                continue  # "the city of X" is X
            if low <= generic.start < stop and not re.search(
                r"\b(?:outside|from|parts? of|rest of|capital of|elsewhere in|across|in the east of|outside of|all "
                r"over) (?:of )?$",
                ctx.text[max(0, generic.start - 20) : generic.start],
            ):
                context = best[1] if best and generic.level == "zone" else focus_of(ctx, clause.sentence) or base
                codes = resolve_generic(generic, context, ctx.places)
                if (
                    codes
                    and (best is None or generic.start < best[0] or generic.level != "zone")
                    and (generic.level != "country")
                ) and (best is None or not all(holds_any(codes, c) for c in best[1])):
                    best = (generic.start, codes)
        if best:
            return best[1]
    return _opening(ctx, clause, stop, base)


_SITE_IN = re.compile(
    r"\W*(?:[1-9]\w*\W+)?(?:In|(?:The|A|Its|Our) (?:[\w’'&-]+ ){0,5}(?:base|zone|park|area|cluster|site|port|"
    r"estate|hub|valley|corridor|belt|district) (?:in|at|of)) (?:the )?"
)


def _opening(ctx: Context, clause: Clause, stop: int, base: Codes) -> Codes:
    """ "In X, ..." and "The glass base in X ...": a part of the article's own place that the sentence opens with."""
    low = clause.sentence.start
    opening = _SITE_IN.match(ctx.text, low, stop)
    near = (
        [p for p in ctx.places.between(low, low + opening.end() - opening.start() + 1) if p.role == "inside"]
        if opening
        else []
    )
    if near and near[0].region.level in ("county", "zone") and base and all(holds_any(base, c) for c in near[0].codes):
        return near[0].codes
    return ()


_JOINED = re.compile(
    r"^(?:,? (?:in|of) [A-Z][\w’' -]{2,30})?(?:, (?:in )?[A-Z][\w’' -]{2,30})?(?:,| and|, and|,? as "
    r"well as| together with)\s?(?:of )?(?:the )?(?:(?:city|cities|county|counties|district|districts|"
    r"provinces?) of )?$"
)


def _joint(ctx: Context, low: int, stop: int) -> Codes:
    """ "Huanggang in Hubei, Lu'an in Anhui and Xinyang in Henan jointly signed": a happening of all of them."""
    named = [
        p
        for p in ctx.places.between(low, stop)
        if p.role in ("subject", "inside", "parent") and p.region.level != "country"
    ]
    heads = [
        p for p in named if p.role == "subject" or (p.role == "inside" and ctx.text[p.start - 2 : p.start] == ", ")
    ]
    if len(heads) < 2 or not re.search(
        r"\b(?:jointly|together|both|all|each)\b|, [^,]{2,40} and |\band\b", ctx.text[low:stop]
    ):
        return ()
    run = [heads[0]]
    for place in heads[1:]:
        gap = ctx.text[run[-1].region.end : place.start]
        if not _JOINED.match(gap) or any(holds_any(place.codes, code) for code in run[-1].codes):
            break
        run.append(place)
    if len(run) < 2 or ctx.text[run[-1].region.end : stop].count(",") > 1:
        return ()
    return tuple(dict.fromkeys(code for place in run for code in place.codes))


def _joint_inside(ctx: Context, clause: Clause) -> Codes:
    """ "started in Sichuan province and Chongqing municipality": where no place is the article's own, both are."""
    if clause.action is None:
        return ()
    named = [p for p in ctx.places.between(clause.action.start, clause.end) if p.region.level != "country"]
    for one, other in itertools.pairwise(named):
        if (
            one.role == "inside"
            and re.match(r"(?:,| and)(?: in)?(?: the)? $", ctx.text[one.region.end : other.start])
            and not is_kin(one.codes, other.codes)
        ):
            return (*one.codes, *other.codes)
    return ()


def _names_a_site(ctx: Context, place: Place, base: Codes) -> bool:
    """ "BAIC's Yunnan plant": the province only names the plant, which stands in the article's own place."""
    above = bool(base) and place.codes != base and all(holds_any(place.codes, code) for code in base)
    after = ctx.text[place.region.end : place.region.end + 30]
    return above and bool(re.match(r" (?:[a-z]+ )?(?:plant|factory|base|works|project|site)\b", after))


def _later_kin(best: tuple[int, Codes] | None, start: int, codes: Codes) -> tuple[int, Codes]:
    """The first place, unless a later one is a part of it in the same subject."""
    if best is None:
        return start, codes
    if codes != best[1] and not set(codes) < set(best[1]) and all(holds_any(best[1], code) for code in codes):
        return start, codes
    return best


def _spread(ctx: Context, clause: Clause, base: Codes) -> Codes:
    """A zone that the article says lies in several divisions, when the paragraph speaks of the zone."""
    if not ctx.places.zones:
        return ()
    window = ctx.text[max(0, clause.sentence.start - 400) : clause.end]
    if len(ctx.places.zones) == 1 and re.search(
        r"\b(?:new|special|development|pilot|economic|high-tech|hi-tech) (?:area|zone)\b|\bnew (?:area|district)\b",
        window,
        re.IGNORECASE,
    ):
        codes = ctx.places.zones[0][1]
        if all(is_kin((code,), base) for code in codes):
            return codes
    return ()


def venue_of(ctx: Context, start: int, end: int, regions: Codes) -> str | None:
    """Where an activity was held, from the words of its sentence; None when they do not say."""
    outside = [
        place
        for place in ctx.places.between(start, end)
        if place.role in ("inside", "parent", "subject")
        and place.codes != regions
        and not all(holds_any(place.codes, r) for r in regions)
    ]
    inside = [p for p in outside if p.role == "inside"]
    for place in inside or outside:
        if VENUE_WORDS.search(ctx.text[start:end]):
            return place.codes[0]
    return None
