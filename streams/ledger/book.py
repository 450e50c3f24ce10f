"""The book of one owner: what is held, and what follows from it, kept up to date around each record.

    change = book.plan(record)      # nothing in the book changes
    publish change.events, and book.total(region, today, after=change) for change.regions
    write change.record under change.key, then book.commit(change)

After a crash at any point the same record comes again and gives the same outputs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from schemas.event import Event, Mentions
from schemas.total import RegionTotal
from streams.ledger.best import event_of
from streams.ledger.neighbours import Neighbours
from streams.ledger.node import Key, Node, nodes_of
from streams.ledger.same import should_merge
from streams.ledger.story import Story, anchor_of, components_of, stories_of
from streams.ledger.windows import EMPTY, DaySums, Deltas, Row, add_event

Component = tuple[Story, ...]
"""Stories whose mentions hang together by could-be-the-same; a change outside it cannot change it."""


@dataclass(frozen=True)
class Change:
    """What a record changes. `key` and `record` go to the table; `events` are upserts, those taken back last."""

    key: str
    record: Mentions
    events: tuple[Event, ...]
    regions: frozenset[str]
    deltas: Deltas = field(repr=False)
    before: frozenset[Component] = field(repr=False)
    after: tuple[Component, ...] = field(repr=False)
    version: int = field(repr=False)


def precedence(record: Mentions) -> tuple[int, tuple[int, ...], bytes]:
    """Which of two records of one article and owner holds: the higher revision, then the newer extractor; between two
    that differ all the same, the larger bytes: arbitrary, but the same whichever came first. When the article was
    fetched is not asked: it may differ between two sendings of one revision."""
    version = tuple(int(part) if part.isdigit() else 0 for part in record.extractor.split("."))
    rest = record.model_dump_json(exclude={"article": {"fetched"}})
    return record.article.revision, version, rest.encode()


def key_of(record: Mentions) -> str:
    """The table key of a record."""
    return f"{record.owner}|{record.article.article_id}"


class Book:
    """Stories, events and sums of one owner."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self._held: dict[str, Mentions] = {}
        self._nodes: dict[str, list[Node]] = {}
        self._near = Neighbours()
        self._component: dict[Key, Component] = {}
        self._sums = DaySums()
        self._happenings = 0
        self._version = 0

    @classmethod
    def restore(cls, owner: str, held: Iterable[Mentions]) -> "Book":
        """The book of these records, in any order; of several for one article the one that takes precedence."""
        book = cls(owner)
        for record in held:
            book._check_owner(record)
            known = book._held.get(record.article.article_id)
            if known is None or precedence(record) > precedence(known):
                book._held[record.article.article_id] = record
        for article_id, record in book._held.items():
            book._nodes[article_id] = nodes_of(record)
            for node in book._nodes[article_id]:
                book._near.add(node)
        nodes = (node for nodes in book._nodes.values() for node in nodes)
        deltas: Deltas = {}
        for component in _components(nodes, book._near):
            book._settle(component)
            book._happenings += len(component)
            for story in component:
                add_event(deltas, event_of(story))
        book._sums.apply(deltas)
        return book

    def plan(self, mentions: Mentions) -> Change | None:
        """What the record would change; None when what is held takes precedence or is the same.

        Raises ValueError for a record of another owner.
        """
        self._check_owner(mentions)
        article_id = mentions.article.article_id
        known = self._held.get(article_id)
        if known is not None and precedence(mentions) <= precedence(known):
            return None
        old, new = self._nodes.get(article_id, []), nodes_of(mentions)
        before = self._touched(old, new)
        gone = {node.key for node in old}
        pool = [node for component in before for story in component for node in story if node.key not in gone] + new
        after = tuple(_components(pool, Neighbours(pool)))
        events, deltas = _differences(before, after)
        return Change(
            key=key_of(mentions),
            record=mentions,
            events=events,
            regions=frozenset(slot.row.region for slot in deltas),
            deltas=deltas,
            before=before,
            after=after,
            version=self._version,
        )

    def commit(self, change: Change) -> None:
        """Makes the change. Raises ValueError when the book has changed since it was planned."""
        if change.version != self._version:
            raise ValueError(f"expected a change planned on version {self._version} of the book, got {change.version}")
        article_id = change.record.article.article_id
        for node in self._nodes.get(article_id, []):
            self._near.remove(node)
            del self._component[node.key]
        self._held[article_id] = change.record
        self._nodes[article_id] = [
            node for component in change.after for story in component for node in story if node.key[0] == article_id
        ]
        for node in self._nodes[article_id]:
            self._near.add(node)
        for component in change.after:
            self._settle(component)
        self._sums.apply(change.deltas)
        self._happenings += sum(map(len, change.after)) - sum(map(len, change.before))
        self._version += 1

    def events(self) -> list[Event]:
        """The happenings that this owner is home of, by event id."""
        return sorted(
            (event for event in map(event_of, self._stories()) if event.home), key=lambda event: event.event_id
        )

    def total(self, region: str, as_of: date, after: Change | None = None) -> RegionTotal:
        """The region's windows as of a day; with `after`, as they will be when that change is committed."""
        deltas = after.deltas if after else None
        home = Row(region, home_only=True)
        return RegionTotal(
            region=region,
            owner=self.owner,
            as_of=as_of,
            windows=self._sums.windows(Row(region), as_of, deltas),
            home=self._sums.windows(home, as_of, deltas) if region == self.owner else None,
        )

    def regions(self) -> set[str]:
        """Every region with something to its name, at every level up to the owner."""
        return self._sums.regions()

    def __len__(self) -> int:
        """How many happenings, of any type, joint ones included."""
        return self._happenings

    def _stories(self) -> Iterator[Story]:
        for component in {id(component): component for component in self._component.values()}.values():
            yield from component

    def _touched(self, old: Iterable[Node], new: Iterable[Node]) -> frozenset[Component]:
        touched = {self._component[node.key] for node in old}
        for node in new:
            for other in self._near.near(node).values():
                if should_merge(node, other):
                    touched.add(self._component[other.key])
        return frozenset(touched)

    def _settle(self, component: Component) -> None:
        for story in component:
            for node in story:
                self._component[node.key] = component

    def _check_owner(self, record: Mentions) -> None:
        if record.owner != self.owner:
            raise ValueError(f"expected mentions of {self.owner}, got {record.owner}")


def _components(nodes: Iterable[Node], near: Neighbours) -> Iterator[Component]:
    for component in components_of(nodes, lambda node: near.near(node).values()):
        yield tuple(stories_of(component))


def _differences(before: Iterable[Component], after: Iterable[Component]) -> tuple[tuple[Event, ...], Deltas]:
    """The events to publish and the cells to add; stories with the very same nodes are not looked at."""
    old = {story for component in before for story in component}
    new = {story for component in after for story in component}
    was, now = {s: event_of(s) for s in old - new}, {s: event_of(s) for s in new - old}
    deltas: Deltas = {}
    for event in was.values():
        add_event(deltas, event, taken_back=True)
    for event in now.values():
        add_event(deltas, event)
    published = {event.event_id: event for event in was.values() if event.home}
    upserts = [event for event in now.values() if event.home and published.get(event.event_id) != event]
    live = {event.event_id for event in now.values() if event.home}
    home = {node.key: event.event_id for story, event in now.items() if event.home for node in story}
    home |= {node.key: anchor_of(story).event_id() for story in old & new for node in story}
    gone = [
        _taken_back(event, next((home[n.key] for n in sorted(story, key=lambda n: n.age) if n.key in home), None))
        for story, event in was.items()
        if event.home and event.event_id not in live
    ]
    events = (*sorted(upserts, key=lambda e: e.event_id), *sorted(gone, key=lambda e: e.event_id))
    return events, {slot: cell for slot, cell in deltas.items() if cell != EMPTY}


def _taken_back(event: Event, merged_into: str | None) -> Event:
    return event.model_copy(update={"status": "retracted", "revision": event.revision + 1, "merged_into": merged_into})
