"""The order of the steps of reading.

document → cleaned text → sentences, numbers, times, places → deals, agreements, tallies, targets, activities
→ parts, repeats and headlines settled → mentions
"""

from schemas.article import RawArticle
from schemas.event import Mention
from streams.extract.en.activities import read_activities
from streams.extract.en.agreements import read_agreements
from streams.extract.en.build import build
from streams.extract.en.calls import is_called_off, is_off
from streams.extract.en.context import READ, Context, prepare
from streams.extract.en.deals import read_deals
from streams.extract.en.facts import Fact
from streams.extract.en.merge import merge
from streams.extract.en.scene import scene_of
from streams.extract.en.tallies import read_tallies
from streams.extract.en.targets import read_targets
from streams.extract.found import Dropped
from streams.extract.reading import Reading


def read(article: RawArticle) -> Reading:
    """The mentions of one article in the order of their evidence, and what was considered and dropped, with the reason.

    Any text gives an answer. Of a document longer than `READ` characters only the beginning is read.
    """
    ctx = prepare(article)
    if len(article.document) > READ:
        ctx.drop(READ, len(article.document), f"beyond the first {READ} characters, which are read")
    facts = find_facts(ctx)
    if is_called_off(ctx):
        others = [fact for fact in facts if _stands_apart(fact)]
        for fact in facts:
            if fact not in others:
                ctx.drop(*fact.span, "called off or denied (rule 5)")
        facts = others
    told = [(fact, mention) for fact in facts if (mention := build(ctx, fact)) is not None]
    stated = frozenset((mention.type, mention.span.start, mention.span.end) for fact, mention in told if fact.stated)
    scene = scene_of(ctx, len(article.title), stated)
    return Reading(_ordered([mention for _, mention in told]), tuple(_ordered_drops(ctx)), scene)


def _stands_apart(fact: Fact) -> bool:
    """A batch told in a sentence of its own, in an article about something else that is off."""
    several = fact.count is not None and (fact.projects or 0) > 1 and not fact.title
    done = fact.type in ("signing", "milestone") or fact.metric == "projects_signed"
    return several and done and not is_off(fact.clause.sentence.text)


def find_facts(ctx: Context) -> list[Fact]:
    """Every fact of the article that remains after they are held against each other."""
    deals = read_deals(ctx)
    targets = read_targets(ctx)
    aims = [fact.span for fact in targets]
    deals = [d for d in deals if not any(low <= d.span[0] < high for low, high in aims)]
    tallies = [t for t in read_tallies(ctx) if not any(low <= t.span[0] < high for low, high in aims)]
    kept = merge(ctx, [*deals, *tallies])
    agreements = read_agreements(ctx, deals)
    agreed = {fact.amount.start for fact in agreements if fact.amount}
    kept = [fact for fact in kept if not (fact.amount and fact.amount.start in agreed)]
    used = {fact.amount.start for fact in (*kept, *agreements) if fact.amount}
    targets = [fact for fact in targets if not (fact.amount and fact.amount.start in used)]
    return [*kept, *targets, *agreements, *read_activities(ctx, kept)]


def _ordered(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda mention: (mention.span.start, mention.type)))


def _ordered_drops(ctx: Context) -> list[Dropped]:
    return sorted(set(ctx.dropped), key=lambda dropped: (dropped.start, dropped.end, dropped.reason))
