"""The ledger of projects: the happenings of one named project, from the signing to the running plant.

A happening of a single project is linked to every other of the same owner that has one of its names (but for legal
form, case and punctuation) and whose places meet; a batch links each of its names by itself. What hangs together is one
project. It depends on the set of happenings alone, never on their order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b

from schemas.event import MONEY_KINDS, SIGNING_STAGES, Event, Stage
from schemas.project import Project, Step
from schemas.regions import related
from streams.ledger.names import bare
from streams.ledger.node import most_specific

STARTED: tuple[Stage, ...] = ("started", "completed", "operational")
SHORTEST = 4
"""Shorter names, without legal form, are too common to link by."""

Item = tuple[str, str]
"""(event id, bare name)."""


@dataclass(frozen=True)
class Chapter:
    """What a happening tells of named projects."""

    event_id: str
    stage: Stage
    day: date
    names: tuple[tuple[str, str], ...]
    """(bare, as written)."""
    regions: tuple[str, ...]
    single: bool
    amount: Decimal | None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """One a name."""
        return tuple((self.event_id, key) for key, _ in self.names)


def chapter_of(event: Event) -> Chapter | None:
    """The chapter of a happening; None for one that names no project, and for what only others publish."""
    if event.stage is None or not event.home:
        return None
    names = {bare(name): name for name in sorted(event.names, reverse=True) if len(bare(name)) >= SHORTEST}
    if not names:
        return None
    single = event.projects == 1 or (event.projects is None and len(event.names) <= 2)
    amount = event.amount_cny.best if event.amount_cny and single else None
    return Chapter(event.event_id, event.stage, event.day, tuple(sorted(names.items())), event.regions, single, amount)


class Chapters:
    """The chapters of one owner's book, found by name."""

    def __init__(self) -> None:
        self._chapters: dict[str, Chapter] = {}
        self._named: dict[str, set[str]] = {}

    def put(self, chapter: Chapter) -> None:
        """Add it; one of the same event must have been removed."""
        self._chapters[chapter.event_id] = chapter
        for key, _ in chapter.names:
            self._named.setdefault(key, set()).add(chapter.event_id)

    def remove(self, event_id: str) -> None:
        """Forget the chapter of an event, if there is one."""
        chapter = self._chapters.pop(event_id, None)
        for key, _ in chapter.names if chapter else ():
            self._named[key].discard(event_id)
            if not self._named[key]:
                del self._named[key]

    def chapter(self, event_id: str) -> Chapter:
        """The chapter of an event. Raises KeyError."""
        return self._chapters[event_id]

    def projects(self, names: Iterable[str], owner: str, months: int) -> dict[str, tuple[Project, frozenset[Item]]]:
        """Every project that hangs together with one of these bare names, by id."""
        left = {(event_id, key) for key in names for event_id in self._named.get(key, ())}
        found: dict[str, tuple[Project, frozenset[Item]]] = {}
        while left:
            items = self._reach(left.pop())
            left -= items
            project = self._project(items, owner, months)
            found[project.project_id] = (project, items)
        return found

    def all_names(self) -> list[str]:
        """Every bare name."""
        return list(self._named)

    def _reach(self, first: Item) -> frozenset[Item]:
        reached, queue = {first}, [first]
        while queue:
            for item in self._linked(queue.pop()):
                if item not in reached:
                    reached.add(item)
                    queue.append(item)
        return frozenset(reached)

    def _linked(self, item: Item) -> Iterator[Item]:
        event_id, key = item
        chapter = self._chapters[event_id]
        if chapter.single:
            yield from chapter.items
        for other in self._named[key]:
            if _meet(chapter.regions, self._chapters[other].regions):
                yield other, key

    def _project(self, items: frozenset[Item], owner: str, months: int) -> Project:
        told = sorted(((self._chapters[event_id], key) for event_id, key in items), key=lambda one: _order(*one))
        steps: dict[Stage, Step] = {}
        for chapter, _ in told:
            if chapter.stage not in steps:
                steps[chapter.stage] = Step(day=chapter.day, event_id=chapter.event_id)
        written = {dict(chapter.names)[key] for chapter, key in told}
        amounts = [chapter.amount for chapter, _ in told if chapter.amount is not None]
        signed = signed_of(steps)
        first, name = told[0]
        return Project(
            project_id=blake2b(f"{owner}|{first.event_id}|{name}".encode(), digest_size=10).hexdigest(),
            owner=owner,
            names=tuple(sorted(written)),
            regions=most_specific(region for chapter, _ in told for region in chapter.regions),
            steps={stage: steps[stage] for stage in MONEY_KINDS if stage in steps},
            amount_cny=amounts[0] if amounts else None,
            start_due=add_months(signed, months) if signed and not any(stage in steps for stage in STARTED) else None,
        )


def signed_of(steps: dict[Stage, Step]) -> date | None:
    """The day of the first signing of whatever kind."""
    return min((steps[stage].day for stage in SIGNING_STAGES if stage in steps), default=None)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> add_months(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("unreachable")


def _order(chapter: Chapter, key: str) -> tuple[date, str, str]:
    return chapter.day, chapter.event_id, key


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(related(a, b) for a in one for b in other)
