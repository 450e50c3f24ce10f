"""Facts become mentions, each field with the words it came from."""

import re

from pydantic import ValidationError

from schemas.event import Amount, Mention, Period, Words
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact
from streams.extract.en.industries import sectors_of
from streams.extract.found import Found, FoundAmount
from streams.extract.reading import words

_COMPANY = re.compile(
    r"\b(?:[A-Z][\w’&.-]*(?: (?:of|and|&))? ){0,7}[A-Z][\w’&.-]* ?,? ?(?:Co\.?,? ?Ltd\.?|Ltd\.?|Inc\.?|"
    r"Corp(?:oration)?\.?|Group|Holdings?|Company|Fund|Industrial Park|Technology|Technologies|"
    r"Industry|Pharmaceuticals?|Motors?|Energy)\b(?:,? (?:Co\.?,? ?)?Ltd\.?)?"
)


def build(ctx: Context, fact: Fact) -> Mention | None:
    """The mention of a fact; None when it cannot be one (an impossible value)."""
    start, end = _tight(ctx, *fact.span)
    if end <= start:
        return None
    evidence = words(ctx.document, start, end)
    try:
        return Mention(
            type=fact.type,
            stage=fact.stage,
            kind=fact.kind,
            metric=fact.metric,
            regions=fact.regions,
            venue=fact.venue,
            ambiguous=any(fact.clause.sentence.start <= o.start < fact.span[1] for o in ctx.places.unsettled),
            projects=fact.projects,
            projects_qualifier=fact.count.qualifier if fact.count and fact.projects else "exact",
            count=fact.other_count.value if fact.other_count else None,
            count_qualifier=fact.other_count.qualifier if fact.other_count else "exact",
            amount=_amount(fact.amount),
            amount_per_project=_amount(fact.each),
            date=fact.date if fact.type not in ("statistic", "target") else None,
            period=_period(fact),
            names=names_of(ctx, fact),
            parties=fact.parties if fact.type == "agreement" else (),
            sectors=sectors_of(ctx, fact),
            evidence=evidence.text,
            span=evidence,
            words=_words(ctx, fact),
            confidence=confidence_of(fact),
        )
    except ValidationError as error:
        ctx.drop(start, end, f"not a valid event: {error.errors()[0]['msg']}")
        return None


def _tight(ctx: Context, start: int, end: int) -> tuple[int, int]:
    """Without blanks, joining words and marks at the edges."""
    text = ctx.text[start:end]
    lead = re.match(r"[\s,;:–—-]*(?:(?:and|while|but|plus|next to)\b[\s,]*)?", text)
    start += lead.end() if lead else 0
    while end > start and ctx.text[end - 1] in " \n,;:.":
        end -= 1
    return start, end


def _amount(found: FoundAmount | None) -> Amount | None:
    return Amount(value=found.value, currency=found.currency, qualifier=found.qualifier) if found else None


def _period(fact: Fact) -> Period | None:
    if fact.type not in ("statistic", "target"):
        return None
    return Period(start=fact.time.first, end=fact.time.last)


def _words(ctx: Context, fact: Fact) -> dict[str, Words]:
    spans: dict[str, Found | None] = {
        "projects": fact.count,
        "count": fact.other_count,
        "amount": fact.amount,
        "amount_per_project": fact.each,
        "date": fact.date_span,
        "period": fact.time.span if fact.type in ("statistic", "target") else None,
    }
    found = {name: words(ctx.document, span.start, span.end) for name, span in spans.items() if span is not None}
    if fact.type in ("statistic", "target"):
        found.pop("date", None)
    place = next((p for p in ctx.places.named if p.codes == fact.regions and p.start < fact.span[1]), None)
    if place is not None:
        near = [p for p in ctx.places.named if p.codes == fact.regions and p.start < fact.span[1]]
        found["regions"] = words(ctx.document, near[-1].region.start, near[-1].region.end)
    return found


def names_of(ctx: Context, fact: Fact) -> tuple[str, ...]:
    """Companies and projects named in the words of a deal."""
    if fact.type not in ("signing", "milestone") and fact.metric != "projects_signed":
        return ()
    text = ctx.text[fact.span[0] : fact.span[1]]
    return tuple(
        dict.fromkeys(
            re.sub(r"^(?:The|On|In|At|With|And) ", "", m.group().strip(" ,")) for m in _COMPANY.finditer(text)
        )
    )[:20]


def confidence_of(fact: Fact) -> float:
    """0..1: lower when the region is inherited, the action weak, the headline the only source, the figures missing."""
    score = fact.sure
    if fact.title:
        score *= 0.6
    if fact.type in ("signing", "milestone"):
        if fact.projects is None and fact.amount is None:
            score *= 0.7
        if fact.date is None:
            score *= 0.92
        if fact.clause.action and len(fact.clause.action.words) < 5 and fact.clause.action.name != "sign":
            score *= 0.9
    if fact.type in ("target", "statistic") and fact.time.span is None:
        score *= 0.85
    return round(max(0.05, min(1.0, score)), 3)
