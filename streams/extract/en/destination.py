"""Where a project stands, by the words of its clause: "a plant in X", "agreed to invest 2 billion yuan in X"."""

import re

from schemas.regions import holds
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.deal_words import SITE
from streams.extract.en.place import Place, holds_any, is_kin

Codes = tuple[str, ...]
BUILT = ("start", "complete", "operate")


def site_named(ctx: Context, clause: Clause) -> bool:
    """ "Work began on 8 projects in X": several at one place, which is no place of a ceremony."""
    if clause.action is None or re.search(r"\b(?:ceremony|meeting|held)\b", ctx.text[clause.start : clause.end]):
        return False
    ends = (clause.action.end, *(count.end for count in clause.counts))
    return any(
        place.role == "inside" and place.region.level in ("county", "zone") and place.start - max(ends) < 40
        for place in ctx.places.between(min(ends), clause.end)
    )


_PUT_INTO = re.compile(
    r"\b(?:invest|spend|put|pour|inject|plough|build|set up|develop|erect)(?:s|ed|ing)?\b[^.;]{0,80}\b(?:in|into|"
    r"at|on) (?:the )?$",
    re.IGNORECASE,
)
"""Before the place where a company puts its money."""


def find_destination(ctx: Context, clause: Clause, base: Codes, single: bool, by_place: bool) -> Codes:
    """Where a single project stands: "a plant in X", "settled in the Y zone"."""
    if not single and (clause.counts or not clause.amounts):
        return ()
    low, high = (clause.start, clause.end) if not by_place else (clause.sentence.start, clause.end)
    found: Codes = ()
    for place in ctx.places.between(low, high):
        before = ctx.text[max(low, place.start - 90) : place.start]
        if not single and not _PUT_INTO.search(before):
            continue
        if place.role not in ("inside", "subject") or (place.role == "subject" and not by_place):
            continue
        if place.role == "inside" and re.search(
            r"\b(?:signed|inked|held|ceremony|meeting|conference|forum|event|listed|headquartered|based|said|"
            r"born|exports?|sold|sales) (?:\w+ )?(?:in|at|to|on) (?:the )?$",
            before,
        ):
            continue
        if clause.action and any(
            p.role == "subject" and p.region.level != "country" and not is_kin(p.codes, place.codes)
            for p in ctx.places.between(place.start + 1, clause.action.start)
        ):
            continue  # "In X, the city of Y signed": X is where they met
        kin = is_kin(place.codes, base)
        if (
            place.region.level == "country"
            and base
            and not by_place
            and any(holds(place.codes[0], code) for code in base)
        ):
            continue
        lies = single and _lies_at(ctx, clause, place)
        fits = kin or by_place or lies or not ctx.places.certain or _goes_abroad(place, base)
        if fits and (not found or all(holds_any(found, code) for code in place.codes)):
            found = place.codes
    return found


_AT_SITE = re.compile(
    rf"\b(?:{SITE}|project|plant|factory|base|headquarters|park|complex|facility|mill|smelter|refinery|warehouse|"
    rf"works|line|"
    r"cent(?:er|re)|farm|station|mine|hotel|hospital|campus) (?:in|at|near|outside|for) (?:the )?(?:[a-z]+ )?(?:of )?$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:(?:And|But|Further|Also|Meanwhile),? )?(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside) (?:the )?")
"""What is built in a place stands there, be it the article's own or not."""


def _lies_at(ctx: Context, clause: Clause, place: Place) -> bool:
    before = ctx.text[max(clause.start, place.start - 90) : place.start]
    return bool(_AT_SITE.search(before) or _OPENS.fullmatch(ctx.text[clause.start : place.start]))


def lies_there(ctx: Context, clause: Clause, codes: Codes) -> bool:
    return any(
        p.codes == codes and p.role == "inside" and _lies_at(ctx, clause, p)
        for p in ctx.places.between(clause.start, clause.end)
    )


def _goes_abroad(place: Place, base: Codes) -> bool:
    return bool(base) and place.codes[0].split("-")[0] != base[0].split("-")[0]
