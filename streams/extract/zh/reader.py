"""The order of the steps of reading Chinese.

article → fold → page (lines, figures, times, places)
        → drafts (batches, deals, milestones, activities, sums) → merge → mentions
"""

from decimal import Decimal
from typing import Any

from schemas.article import RawArticle
from schemas.event import Amount, Mention, Period, Sector
from streams.extract.found import Dropped, FoundAmount
from streams.extract.reading import Reading, words
from streams.extract.zh.activities import draft_activities
from streams.extract.zh.batches import draft_facts
from streams.extract.zh.deals import draft_deals
from streams.extract.zh.figures import draft_sums
from streams.extract.zh.funds import draft_funds
from streams.extract.zh.investments import draft_investments
from streams.extract.zh.merge import merge
from streams.extract.zh.milestones import draft_milestones
from streams.extract.zh.names import find_names
from streams.extract.zh.ordinals import draft_ordinals
from streams.extract.zh.page import Draft, Page, make_page
from streams.extract.zh.scene import scene_of
from streams.extract.zh.sectors import find_sectors
from streams.extract.zh.undone import without_undone
from streams.fold import Folded, fold

READ = 20_000
"""Characters of an article that are read: no news article is longer, and a 5 MB page costs no more."""
MOST = 200
"""Drafts of one kind that are looked at: more is a table or a fault, and merging compares each with each."""


def read(article: RawArticle) -> Reading:
    """The mentions of one Chinese article, and what looked like an event and was not taken."""
    document = article.document
    folded = fold(document[:READ])
    title = len(fold(article.title[:READ]).text)
    page = make_page(folded.text, title, article.day, article.feed.region)
    happened, undone = without_undone(page, draft_all(page))
    kept, dropped = merge(happened)
    read_of = [(draft, mention) for draft in kept if (mention := _mention(page, draft, document, folded))]
    mentions = [mention for _, mention in read_of]
    hosted = {mention.span.start for draft, mention in read_of if _is_hosted(draft)}
    mentions.sort(key=lambda mention: (mention.span.start, mention.span.end))
    fairs = frozenset((one.type, one.span.start, one.span.end) for one in mentions if one.span.start in hosted)
    scene = scene_of(page, folded, document, len(article.title), fairs)
    return Reading(tuple(mentions), tuple(_unfolded(one, folded) for one in [*undone, *dropped]), scene)


def draft_all(page: Page) -> list[Draft]:
    """The drafts of every kind, not yet merged."""
    batches = draft_facts(page)[:MOST]
    deals = draft_deals(page, batches)[:MOST]
    milestones = draft_milestones(page, batches)[:MOST]
    sums = draft_sums(page, [*batches, *deals, *milestones])
    investments = draft_investments(page, [*batches, *deals, *milestones, *sums])[:MOST]
    funds = draft_funds(page, [*batches, *deals, *milestones, *sums, *investments])[:MOST]
    ordinals = draft_ordinals(page)[:MOST]
    return [
        *batches,
        *deals,
        *milestones,
        *sums[:MOST],
        *investments,
        *funds,
        *ordinals,
        *draft_activities(page)[:MOST],
    ]


def _is_hosted(draft: Draft) -> bool:
    """True for a fair whose host is known, so that nothing beside it says more."""
    return draft.kind == "exhibition" and draft.home is not None and draft.home.distance == 1


def _mention(page: Page, draft: Draft, document: str, folded: Folded) -> Mention | None:
    if not draft.codes:
        return None
    start, end = folded.origin(*_trim(page.text, draft.start, draft.end))
    evidence = words(document, start, end)
    telling = draft.type in ("statistic", "target")
    period = Period(start=draft.period[0], end=draft.period[1]) if telling and draft.period else None
    if telling and period is None:
        period = Period(start=None, end=None)
    fields: dict[str, Any] = {
        "type": draft.type, "stage": draft.stage, "kind": draft.kind, "metric": draft.metric,
        "regions": draft.codes, "venue": draft.venue, "projects": draft.number,
        "projects_qualifier": draft.projects.qualifier if draft.projects else "exact",
        "count": draft.count.value if draft.count else None,
        "count_qualifier": draft.count.qualifier if draft.count else "exact",
        "amount": _amount(draft.amount), "amount_per_project": _amount(draft.size),
        "date": None if telling else draft.when.day, "period": period,
        "names": _names(page, draft, document, folded),
        "parties": _original(draft.parties, page, draft, document, folded),
        "sectors": _sectors(page, draft),
    }  # fmt: skip
    return Mention(
        **fields,
        evidence=evidence.text,
        span=evidence,
        words=_words(page, draft, document, folded),
        ambiguous=bool(draft.home and draft.home.place and draft.home.place.ambiguous),
        confidence=_confidence(draft),
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,、:;。\n\t":
        start += 1
    while end > start and text[end - 1] in " ,、:;。\n\t":
        end -= 1
    return start, end


def _amount(found: FoundAmount | None) -> Amount | None:
    if found is None or found.value <= Decimal(0):
        return None
    return Amount(value=found.value, currency=found.currency, qualifier=found.qualifier)


def _names(page: Page, draft: Draft, document: str, folded: Folded) -> tuple[str, ...]:
    names = draft.names
    if not names and draft.type in ("signing", "milestone") and draft.sector_words:
        names = find_names(draft.sector_words)
    return _original(names, page, draft, document, folded)


def _original(names: tuple[str, ...], page: Page, draft: Draft, document: str, folded: Folded) -> tuple[str, ...]:
    """The names as the article writes them."""
    found: list[str] = []
    for name in names:
        at = page.text.find(name, max(0, draft.start - 300))
        if at >= 0:
            start, end = folded.origin(at, at + len(name))
            found.append(document[start:end])
    return tuple(found)


def _sectors(page: Page, draft: Draft) -> tuple[Sector, ...]:
    """By the words about the event; of one that names none by its projects and parties, then by its sentence, and of
    a single project by its paragraph (rule 21 of the labels)."""
    told = [draft.sector_words]
    if draft.type in ("signing", "milestone", "agreement"):
        told += ["\n".join((*draft.names, *draft.parties)), page.words(draft.sentence)]
    if draft.single or draft.type == "milestone":
        line = page.lines[draft.sentence.line]
        told.append(page.text[line.start : line.end])
    return next((sectors for words in told if words and (sectors := find_sectors(words))), ())


def _words(page: Page, draft: Draft, document: str, folded: Folded) -> dict[str, Any]:
    spans = {name: span for name, span in draft.spans.items() if name in ("projects", "count", "parties")}
    for name, found in (("amount", draft.amount), ("amount_per_project", draft.size)):
        if found is not None:
            spans[name] = (found.start, found.end)
    if draft.home and draft.home.place:
        spans["regions"] = (draft.home.place.start, draft.home.place.end)
    if draft.when.found and draft.type not in ("statistic", "target"):
        spans["date"] = (draft.when.found.start, draft.when.found.end)
    if draft.when.period and draft.type in ("statistic", "target"):
        spans["period"] = (draft.when.period.start, draft.when.period.end)
    return {name: words(document, *folded.origin(*span)) for name, span in spans.items() if span[0] < span[1]}


def _confidence(draft: Draft) -> float:
    """From 0 to 1: less for a region or time taken from afar, for the title alone, for weak words."""
    score = 0.95 - draft.weak
    score -= 0.05 * (draft.home.distance if draft.home else 3)
    if draft.type in ("signing", "milestone") and draft.when.day is None:
        score -= 0.1
    score -= 0.03 * draft.when.distance
    if draft.title:
        score -= 0.1
    if draft.home and draft.home.place and draft.home.place.ambiguous:
        score -= 0.2
    return round(max(0.05, min(1.0, score)), 2)


def _unfolded(dropped: Dropped, folded: Folded) -> Dropped:
    return Dropped(*folded.origin(dropped.start, dropped.end), dropped.reason)
