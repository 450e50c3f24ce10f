"""The book of one owner: what is held, and what follows from it, kept up to date around each record.

    change = book.plan(record)      # nothing in the book changes
    publish change.events, change.projects and rows.changed(book, change, today)
    write change.record under change.key, then book.commit(change)

After a crash at any point the same record comes again and gives the same outputs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from schemas.event import Event, Mentions
from schemas.project import Project
from streams.ledger.best import event_of
from streams.ledger.cells import Deltas, deltas_of, lines_of
from streams.ledger.changes import Change, Component, Found, project_upserts, upserts
from streams.ledger.claims import is_touched, observe, span_of
from streams.ledger.conversions import Conversions
from streams.ledger.neighbours import Neighbours
from streams.ledger.node import Key, Node, nodes_of
from streams.ledger.projects import Chapter, Chapters, chapter_of
from streams.ledger.same import should_merge
from streams.ledger.story import Story, components_of, stories_of
from streams.ledger.windows import DaySums

START_MONTHS = 12
"""A project signed so long ago, with nothing heard of a start, is overdue."""


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


def is_published(event: Event) -> bool:
    """False for the country's view of what a province is home of: nobody counts it. True also for a province's copy of
    what the nation is home of, if it counts it."""
    return event.home or bool(lines_of(event))


class Book:
    """Stories, events, projects and sums of one owner."""

    def __init__(self, owner: str, start_months: int = START_MONTHS) -> None:
        self.owner, self.start_months = owner, start_months
        self.sums = DaySums()
        self.conversions = Conversions()
        self._held: dict[str, Mentions] = {}
        self._nodes: dict[str, list[Node]] = {}
        self._near = Neighbours()
        self._component: dict[Key, Component] = {}
        self._chapters = Chapters()
        self._figures: dict[str, dict[str, Event]] = defaultdict(dict)
        """Figures that claim something, by region and event id."""
        self._happenings = 0
        self._version = 0

    @classmethod
    def restore(cls, owner: str, held: Iterable[Mentions], start_months: int = START_MONTHS) -> "Book":
        """The book of these records, in any order; of several for one article the one that takes precedence."""
        book = cls(owner, start_months)
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
        events: list[Event] = []
        for component in _components(nodes, book._near):
            book._settle(component)
            book._happenings += len(component)
            events += map(event_of, component)
        book.sums.apply(deltas_of(events))
        book._turn_figures((), events)
        for chapter in filter(None, map(chapter_of, events)):
            book._chapters.put(chapter)
        book.conversions.apply((), book.projects())
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
        stories_before, stories_after = set(chain(*before)), set(chain(*after))
        was = {story: event_of(story) for story in stories_before - stories_after}
        now = {story: event_of(story) for story in stories_after - stories_before}
        deltas = deltas_of(now.values(), was.values())
        chapters = self._chapters_changed(was.values(), now.values())
        projects_before, projects_after = self._projects_around(*chapters)
        return Change(
            key=key_of(mentions),
            record=mentions,
            events=(
                *upserts(self._shown(was), self._shown(now, deltas)),
                *self._figures_touched({event.event_id for event in (*was.values(), *now.values())}, deltas),
            ),
            projects=project_upserts(projects_before, projects_after),
            deltas=deltas,
            before=before,
            after=after,
            figures=(tuple(was.values()), tuple(now.values())),
            chapters=chapters,
            converted=_differing(projects_before, projects_after),
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
        self.sums.apply(change.deltas)
        self._turn_figures(*change.figures)
        self._turn_chapters(*change.chapters)
        self.conversions.apply(*change.converted)
        self._happenings += sum(map(len, change.after)) - sum(map(len, change.before))
        self._version += 1

    def events(self) -> list[Event]:
        """The happenings that this owner is home of, by event id."""
        return sorted((event for event in self.published() if event.home), key=lambda event: event.event_id)

    def published(self) -> list[Event]:
        """All that this owner publishes: the happenings that it is home of, and its copies of the nation's."""
        events = (event_of(story) for story in self._stories())
        return [observe(event, self.sums) for event in events if is_published(event)]

    def projects(self) -> list[Project]:
        """The named projects of the happenings that this owner is home of, by id."""
        found = self._chapters.projects(self._chapters.all_names(), self.owner, self.start_months)
        return [project for _, (project, _) in sorted(found.items())]

    def is_older(self, record: Mentions) -> bool:
        """Whether a later revision of the article is held."""
        known = self._held.get(record.article.article_id)
        return known is not None and known.article.revision > record.article.revision

    def __len__(self) -> int:
        """How many happenings, of any type, joint ones included."""
        return self._happenings

    def _shown(self, events: dict[Story, Event], after: Deltas | None = None) -> dict[Story, Event]:
        return {story: observe(event, self.sums, after) for story, event in events.items() if is_published(event)}

    def _figures_touched(self, but: set[str], deltas: Deltas) -> Iterator[Event]:
        """Figures that stay as they are but claim what the change adds to or takes from."""
        for region in sorted({row.region for row, _ in deltas}):
            for event_id, event in sorted(self._figures.get(region, {}).items()):
                if event_id not in but and is_touched(event, deltas):
                    was, now = observe(event, self.sums), observe(event, self.sums, deltas)
                    if was != now:
                        yield now

    def _turn_figures(self, gone: Iterable[Event], new: Iterable[Event]) -> None:
        for event in filter(span_of, gone):
            del self._figures[event.regions[0]][event.event_id]
        for event in filter(span_of, new):
            self._figures[event.regions[0]][event.event_id] = event

    def _chapters_changed(
        self, was: Iterable[Event], now: Iterable[Event]
    ) -> tuple[frozenset[str], tuple[Chapter, ...]]:
        before = {chapter for event in was if (chapter := chapter_of(event))}
        after = {chapter for event in now if (chapter := chapter_of(event))}
        gone = frozenset(chapter.event_id for chapter in before - after)
        return gone, tuple(sorted(after - before, key=lambda chapter: chapter.event_id))

    def _turn_chapters(self, gone: Iterable[str], new: Iterable[Chapter]) -> None:
        for event_id in gone:
            self._chapters.remove(event_id)
        for chapter in new:
            self._chapters.put(chapter)

    def _projects_around(self, gone: frozenset[str], new: tuple[Chapter, ...]) -> tuple[Found, Found]:
        """The projects that a change of chapters touches, as they are and as they will be; nothing stays changed. What
        falls apart was held together by a name of what is gone, so it has that name."""
        if not gone and not new:
            return {}, {}
        old = [self._chapters.chapter(event_id) for event_id in sorted(gone)]
        names = {key for chapter in (*old, *new) for key, _ in chapter.names}
        before = self._chapters.projects(names, self.owner, self.start_months)
        self._turn_chapters(gone, new)
        try:
            after = self._chapters.projects(names, self.owner, self.start_months)
        finally:
            self._turn_chapters([chapter.event_id for chapter in new], old)
        return before, after

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


def _differing(before: Found, after: Found) -> tuple[tuple[Project, ...], tuple[Project, ...]]:
    was, now = ({key: project for key, (project, _) in found.items()} for found in (before, after))
    return (
        tuple(project for key, project in was.items() if now.get(key) != project),
        tuple(project for key, project in now.items() if was.get(key) != project),
    )
