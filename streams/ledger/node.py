"""A node: one mention of one article, with everything that is compared with others computed once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from schemas.event import ArticleRef, Mention, Mentions
from schemas.regions import ancestors_of
from streams.ledger.measure import Interval, counted, digits_of, tolerance
from streams.ledger.refuse import accepted

Key = tuple[str, str, int]
"""(article id, type, which of the article's mentions of that type, by position): who a node is, whatever it says. In
the country's book the mentions of several provinces are numbered by themselves, downwards from -1."""

Group = tuple[str, str]
"""Type, and what within the type can be the same at all. The three stages of a signing share a group, since an outlet
that does not say 'framework' reads as a contract."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared with another mention."""

    group: Group
    regions: frozenset[str]
    above: frozenset[str]
    when: int
    dated: bool
    projects: Interval | None
    count: Interval | None
    amount: Interval | None
    amount_digits: int
    per_project: Interval | None
    single: bool


@dataclass(frozen=True, eq=False)
class Node:
    """A mention in its article. `held` is the record it came with."""

    key: Key
    held: Mentions
    mention: Mention
    facts: Facts = field(repr=False)
    face: str = field(repr=False)
    """All that is compared with others: two nodes of one face are alike to every third."""

    @property
    def article(self) -> ArticleRef:
        """The article that says it."""
        return self.held.article

    @property
    def age(self) -> tuple[datetime, Key]:
        """Orders nodes by who reported first; total, since keys differ within an owner."""
        return (self.article.first_seen, self.key)

    @cached_property
    def rank(self) -> tuple[int, datetime, Key]:
        """Orders nodes by how much they say, the most first; then as `age`."""
        return (-_weight(self.mention, self.facts), *self.age)

    def event_id(self) -> str:
        """The id of the happening that this node is the oldest report of.

        It depends on who the node is and not on what it says, so that a correction keeps the id. Each owner has ids of
        its own: then every event id has one writer, also while a joint happening changes its home.
        """
        return _event_id(self.held.owner, self.key)

    def nations_event_id(self) -> str | None:
        """The id in the country's book, which is the home of what several provinces share; None for what they do not.

        It is the event's id there unless the country's book has an older report.
        """
        if self.mention.joint is None:
            return None
        country = self.held.owner.partition("-")[0]
        return _event_id(country, (self.key[0], self.key[1], -1 - self.mention.joint))


def nodes_of(record: Mentions) -> list[Node]:
    """One node a mention that can be, in the order of the text; one repeated field for field counts once."""
    seen: set[str] = set()
    numbers: dict[str, int] = defaultdict(int)
    nodes: list[Node] = []
    mentions, _ = accepted(record)
    placed = ((mention.span.start, mention.span.end, mention.model_dump_json(), mention) for mention in mentions)
    for _, _, _, mention in sorted(placed, key=lambda place: place[:3]):
        said = mention.model_dump_json(exclude={"evidence", "span", "words", "confidence", "joint"})
        if said in seen:
            continue
        seen.add(said)
        if mention.joint is not None and "-" not in record.owner:
            number = -1 - mention.joint
        else:
            number = numbers[mention.type]
            numbers[mention.type] += 1
        key = (record.article.article_id, mention.type, number)
        face = f"{record.article.language}|{record.article.day}|{said}"
        nodes.append(Node(key, record, mention, facts_of(mention, record.article), face))
    return nodes


def _event_id(owner: str, key: Key) -> str:
    return blake2b("|".join((owner, *map(str, key))).encode(), digest_size=10).hexdigest()


def most_specific(regions: Iterable[str]) -> tuple[str, ...]:
    """The regions without those that hold another of them, sorted.

    >>> most_specific(["CN-330000", "CN-330203", "CN-320000"])
    ('CN-320000', 'CN-330203')
    """
    given = set(regions)
    above = {ancestor for region in given for ancestor in ancestors_of(region)}
    return tuple(sorted(given - above))


def facts_of(mention: Mention, article: ArticleRef) -> Facts:
    """The comparable facts of a mention."""
    regions = frozenset(most_specific(mention.regions))
    day, dated = _when(mention, article)
    amount, per = mention.amount, mention.amount_per_project
    return Facts(
        group=(
            mention.type,
            mention.kind or mention.metric or (mention.stage if mention.type == "milestone" else "") or "",
        ),
        regions=regions,
        above=frozenset(above for region in regions for above in ancestors_of(region)),
        when=day.toordinal(),
        dated=dated,
        projects=counted(mention.projects, mention.projects_qualifier) if mention.projects else None,
        count=counted(mention.count, mention.count_qualifier) if mention.count else None,
        amount=tolerance(amount.value, amount.qualifier) if amount else None,
        amount_digits=digits_of(amount.value) if amount else 0,
        per_project=tolerance(per.value, per.qualifier) if per else None,
        single=mention.projects == 1 or (mention.projects is None and len(mention.names) == 1),
    )


def _when(mention: Mention, article: ArticleRef) -> tuple[date, bool]:
    """The day a mention is compared by, and whether the text states it; a figure's is the end of its period."""
    if mention.date:
        return mention.date, True
    if mention.type in ("statistic", "target") and mention.period and mention.period.end:
        return mention.period.end, True
    return article.day, False


def _weight(mention: Mention, facts: Facts) -> int:
    """How much a mention says: exact over bound, many digits over few, dated over undated, county over province."""
    weight = 0
    if mention.amount:
        weight += 40 + (20 if mention.amount.qualifier == "exact" else 0) + 2 * min(facts.amount_digits, 6)
    for number, qualifier in ((mention.projects, mention.projects_qualifier), (mention.count, mention.count_qualifier)):
        if number:
            weight += 16 + (8 if qualifier == "exact" else 0)
    weight += 12 if facts.dated else 0
    weight += 4 * min(len(mention.names) + len(mention.parties), 5)
    return weight + max(len(ancestors_of(region)) for region in facts.regions)
