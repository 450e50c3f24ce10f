"""Each activity once: what a headline, a lead and a later sentence tell of one meeting, fair or trip."""

import re

from schemas.regions import holds
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact
from streams.extract.en.timing import When, is_multiday


def once(ctx: Context, found: list[Fact]) -> list[Fact]:
    """One activity of a kind and a place; a headline's, a lead's and a later sentence's are the same."""
    body = [f for f in found if not f.title] or found
    kept: list[Fact] = []
    for fact in body:
        twin = next((k for k in kept if _same(ctx, k, fact)), None)
        if twin is None:
            kept.append(fact)
            continue
        if fact.kind == "exhibition" and fact.stated and not twin.stated:
            twin.regions, twin.venue, twin.stated = fact.regions, fact.venue, True  # "The fair, staged by X"
        if is_multiday(fact.clause.sentence.text) and fact.kind == "exhibition":
            twin.time = When("range")
        elif (
            twin.time.kind in ("none", "soft", "recent")
            and fact.time.kind in ("day", "range")
            and fact.clause.sentence.paragraph - twin.clause.sentence.paragraph <= 2
        ):
            twin.time = fact.time
    return kept


def _same(ctx: Context, one: Fact, other: Fact) -> bool:
    if one.clause.sentence is other.clause.sentence:
        if {one.kind, other.kind} == {"exhibition", "conference"} and ctx.places.home in (one.regions, other.regions):
            return _are_kin(one, other)  # a guest's meeting at a host's fair is its own (rule 23)
        return one.kind == other.kind or {one.kind, other.kind} != {"delegation", "conference"}
    if one.kind != other.kind and {one.kind, other.kind} != {"conference", "roadshow"}:
        return False
    words = ctx.text[other.span[0] : other.span[1]]
    if other.kind == "exhibition" and not re.search(r"[A-Z]", words[1:]) and re.match(r"the\b", words, re.IGNORECASE):
        return True
    days = {f.time.day for f in (one, other) if f.time.kind == "day"}
    if len(days) == 2:
        return False
    return _are_kin(one, other) or one.kind != other.kind


def _are_kin(one: Fact, other: Fact) -> bool:
    return any(holds(a, b) or holds(b, a) for a in one.regions for b in other.regions)
