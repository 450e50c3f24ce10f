"""One event from all that several articles say of it: exact beats bound, the specific place beats the general one, the
earliest stated day wins, names and sectors are united in a fixed order."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar, get_args

from schemas.event import SIGNING_STAGES, Amount, Event, Mention, Qualifier, Sector, Source, Stage
from schemas.regions import owner_of
from streams.ledger.measure import digits_of
from streams.ledger.money import convert
from streams.ledger.names import names_agree
from streams.ledger.node import Node, most_specific
from streams.ledger.origins import origins_of
from streams.ledger.story import Story, anchor_of

T = TypeVar("T")

SECTORS: tuple[Sector, ...] = get_args(Sector)
QUALIFIERS: tuple[Qualifier, ...] = ("exact", "about", "at_least", "at_most")
"""The most telling first."""


def home_of(regions: Iterable[str]) -> str:
    """The one owner that publishes a happening and counts it as its own: the province, or the country of several; of
    several countries the first.

    >>> home_of(["CN-320582", "CN-320205"]), home_of(["CN-320582", "CN-310118"]), home_of(["VN-56", "CN-310118"])
    ('CN-320000', 'CN', 'CN-310000')
    """
    owners = {owner_of(region) for region in regions}
    country = min(owner.partition("-")[0] for owner in owners)
    mine = [owner for owner in owners if owner.partition("-")[0] == country]
    return mine[0] if len(mine) == 1 else country


def regions_of(story: Story) -> tuple[str, ...]:
    """All places of the happening, each as specific as some report has it."""
    return most_specific(region for node in story for region in node.facts.regions)


def day_of(story: Story) -> date:
    """The earliest day that a report states, else the day of the earliest report."""
    stated = [node.mention.date for node in story if node.mention.date]
    return min(stated) if stated else min(node.article.day for node in story)


def event_of(story: Story) -> Event:
    """What is known of the happening, the same for the same mentions."""
    best, owner = story[0], story[0].held.owner
    regions, day = regions_of(story), day_of(story)
    amount = _most_telling(story, lambda mention: mention.amount)
    projects, projects_qualifier = _count(story, lambda mention: (mention.projects, mention.projects_qualifier))
    count, count_qualifier = _count(story, lambda mention: (mention.count, mention.count_qualifier))
    origins = origins_of(node.article for node in story)
    revised = any(node.article.revision > 1 for node in story)
    return Event(
        event_id=anchor_of(story).event_id(),
        status="revised" if revised else "confirmed" if origins > 1 else "new",
        revision=sum(node.article.revision for node in story),
        owner=owner,
        home=home_of(regions) == owner,
        type=best.mention.type,
        stage=stage_of(story),
        kind=best.mention.kind,
        metric=best.mention.metric,
        regions=regions,
        venue=_first(story, lambda mention: mention.venue),
        projects=projects,
        projects_qualifier=projects_qualifier,
        count=count,
        count_qualifier=count_qualifier,
        amount=amount,
        amount_per_project=_most_telling(story, lambda mention: mention.amount_per_project),
        amount_cny=convert(amount, "CNY", day) if amount else None,
        amount_usd=convert(amount, "USD", day) if amount else None,
        date=day if any(node.mention.date for node in story) else None,
        day=day,
        period=_first(story, lambda mention: mention.period),
        names=_united(story, lambda mention: mention.names),
        parties=_united(story, lambda mention: mention.parties),
        sectors=tuple(sorted({s for node in story for s in node.mention.sectors}, key=SECTORS.index)),
        evidence=best.mention.evidence,
        sources=tuple(_source(node) for node in sorted(story, key=lambda node: node.age)),
        independent_sources=origins,
        first_reported=min(node.article.published or node.article.first_seen for node in story),
        ambiguous=all(node.mention.ambiguous for node in story),
        confidence=max(node.mention.confidence for node in story),
        extractor=best.held.extractor,
    )


def stage_of(story: Story) -> Stage | None:
    """The stage most reports give; on a tie the weaker commitment, since nothing said reads as a contract."""
    votes = Counter(node.mention.stage for node in story if node.mention.stage)
    if len(votes) <= 1:
        return next(iter(votes), None)
    return max(votes, key=lambda stage: (votes[stage], SIGNING_STAGES.index(stage)))


def _first(story: Story, value: Callable[[Mention], T | None]) -> T | None:
    return next((found for node in story if (found := value(node.mention)) is not None), None)


def _most_telling(story: Story, value: Callable[[Mention], Amount | None]) -> Amount | None:
    stated = [amount for node in story if (amount := value(node.mention))]
    return min(stated, key=lambda a: (QUALIFIERS.index(a.qualifier), -digits_of(a.value)), default=None)


def _count(story: Story, value: Callable[[Mention], tuple[int | None, Qualifier]]) -> tuple[int | None, Qualifier]:
    stated = [value(node.mention) for node in story if value(node.mention)[0] is not None]
    return min(stated, key=lambda found: QUALIFIERS.index(found[1]), default=(None, "exact"))


def _united(story: Story, value: Callable[[Mention], tuple[str, ...]]) -> tuple[str, ...]:
    """Every name once; of two reports' spellings in one language the one of the more telling report."""
    chosen: dict[str, str] = {}
    for node in story:
        language = node.article.language
        known = [name for name, lang in chosen.items() if lang == language]
        chosen |= {
            name: language for name in value(node.mention) if not names_agree((name,), known) and name not in chosen
        }
    return tuple(chosen)


def _source(node: Node) -> Source:
    article, mention = node.article, node.mention
    return Source(
        article=article.article_id,
        revision=article.revision,
        feed=article.feed,
        url=article.url,
        title=article.title,
        published=article.published,
        language=article.language,
        fingerprint=article.fingerprint,
        evidence=mention.evidence,
        start=mention.span.start,
        end=mention.span.end,
        words=mention.words,
    )
