"""What a record changes: from the stories before and after to events, projects and sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.event import Event, Mentions
from schemas.project import Project
from streams.ledger.cells import Deltas
from streams.ledger.node import Key
from streams.ledger.projects import Chapter, Item
from streams.ledger.story import Story

Component = tuple[Story, ...]
"""Stories whose mentions hang together by could-be-the-same; a change outside it cannot change it."""
Found = dict[str, tuple[Project, frozenset[Item]]]
"""Projects by id, each with what it hangs together of."""


@dataclass(frozen=True)
class Change:
    """What a record changes. `key` and `record` go to the table; `events` and `projects` are upserts, those taken back
    last. An event that is not home is a province's copy of what the nation publishes."""

    key: str
    record: Mentions
    events: tuple[Event, ...]
    projects: tuple[Project, ...]
    deltas: Deltas = field(repr=False)
    before: frozenset[Component] = field(repr=False)
    after: tuple[Component, ...] = field(repr=False)
    figures: tuple[tuple[Event, ...], tuple[Event, ...]] = field(repr=False)
    """Events as they were and as they are, figures among them."""
    chapters: tuple[frozenset[str], tuple[Chapter, ...]] = field(repr=False)
    converted: tuple[tuple[Project, ...], tuple[Project, ...]] = field(repr=False)
    """Projects as they were and as they are."""
    version: int = field(repr=False)

    @property
    def regions(self) -> frozenset[str]:
        """Regions whose totals change."""
        return frozenset(row.region for row, _ in self.deltas if row.sector is None)


def upserts(was: Mapping[Story, Event], now: Mapping[Story, Event]) -> tuple[Event, ...]:
    """The events to publish: what is new or other than it was, then what is no more."""
    published = {(event.event_id, event.home): event for event in was.values()}
    live = {(event.event_id, event.home): event for event in now.values()}
    changed = [event for key, event in sorted(live.items()) if published.get(key) != event]
    home = {node.key: event.event_id for story, event in now.items() if event.home for node in story}
    gone = {
        (event.event_id, event.home): _taken_back(event, _heir(story, event, now, home))
        for story, event in was.items()
        if (event.event_id, event.home) not in live
    }
    return (*changed, *(event for _, event in sorted(gone.items())), *_aliases(was, now))


def _aliases(was: Mapping[Story, Event], now: Mapping[Story, Event]) -> Iterator[Event]:
    """In the nation's book each joint report that is new to an event, under the id that the event would have if that
    report were its oldest: a province that knows no older one points there."""
    known = {(node.key, event.event_id) for story, event in was.items() for node in story}
    ids = {event.event_id for event in (*was.values(), *now.values())}
    for story, event in now.items():
        if not event.home or "-" in event.owner:
            continue
        for node in sorted(story, key=lambda node: node.age):
            alias = node.nations_event_id()
            if alias and alias not in ids and (node.key, event.event_id) not in known:
                yield _taken_back(event.model_copy(update={"event_id": alias}), event.event_id)


def project_upserts(was: Found, now: Found) -> tuple[Project, ...]:
    """The projects to publish; one that is no more says which has its names now."""
    changed = [project for key, (project, _) in sorted(now.items()) if key not in was or was[key][0] != project]
    gone = []
    for key, (project, items) in sorted(was.items()):
        if key not in now:
            names = {name for _, name in items}
            heirs = [other for other, (_, theirs) in sorted(now.items()) if names & {name for _, name in theirs}]
            update = {"status": "retracted", "merged_into": next(iter(heirs), None)}
            gone.append(project.model_copy(update=update))
    return (*changed, *gone)


def _heir(story: Story, event: Event, now: Mapping[Story, Event], home: Mapping[Key, str]) -> str | None:
    """Where the happening goes on: the story of its oldest mention, or the nation's when that is home of it now."""
    by_age = sorted(story, key=lambda node: node.age)
    if event.home:
        held = next((home[node.key] for node in by_age if node.key in home), None)
        if held is not None:
            return held
        mine = {node.key for node in story}
        shared = [new for new, copy in now.items() if not copy.home and mine & {node.key for node in new}]
        nodes = sorted((node for new in shared for node in new), key=lambda node: node.age)
        return next((found for node in nodes if (found := node.nations_event_id())), None)
    return None


def _taken_back(event: Event, merged_into: str | None) -> Event:
    return event.model_copy(update={"status": "retracted", "revision": event.revision + 1, "merged_into": merged_into})
