"""Whatever the order, however often, in whatever batches: the ledger ends in the same state, byte for byte, and what it
published on the way adds up to that state."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.event import Event, Mentions, Period
from schemas.project import Project
from schemas.total import OwnerTotals
from streams.ledger import rows
from streams.ledger.book import Book
from streams.ledger.fold import fold
from streams.ledger.national import NATION
from streams.ledger.national_agent import national_row, pieces_of
from streams.ledger.rows import Published
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, mention, told

TODAY = DAY + timedelta(days=9)
SHANGHAI, ZHEJIANG, HAISHU = "CN-310000", "CN-330000", "CN-330203"
PLACES = (
    (XISHAN,),
    (XISHAN,),
    (WUXI,),
    (JIANGSU,),
    (HAISHU,),
    (XISHAN, HAISHU),
    ("CN-310118", HAISHU, XISHAN),
    ("CN",),
    ("VN-56",),
)
SHAPES: tuple[dict[str, Any], ...] = (
    {"stage": "contract"},
    {"stage": "framework"},
    {"type": "milestone", "stage": "started"},
    {"type": "activity", "kind": "conference"},
    {"type": "milestone", "stage": "operational"},
    {"type": "statistic", "metric": "projects_signed"},
    {
        "type": "statistic",
        "metric": "projects_signed",
        "period": Period(start=DAY - timedelta(days=20), end=DAY + timedelta(days=1)),
    },
)
FEW = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=700)

amounts = st.sampled_from(
    [None, None, cny(46.53e9), cny(46.5e9, "at_least"), cny(47e9, "about"), cny(5.3e9), cny(1e9), cny(1.04e9)]
)
mentions = st.builds(
    lambda shape, start, **fields: mention(start * 100, **shape, **fields),
    st.sampled_from(SHAPES),
    st.integers(0, 3),
    regions=st.sampled_from(PLACES),
    projects=st.sampled_from([None, 1, 6, 43]),
    amount=amounts,
    date=st.sampled_from(
        [None, None, DAY, DAY + timedelta(days=1), DAY - timedelta(days=6), DAY - timedelta(days=400)]
    ),
    names=st.sampled_from(
        [
            (),
            ("Red Hill Plant",),
            ("Blue Lake Park",),
            ("Blue Lake Park Phase II", "Red Hill Plant"),
            ("蓝湖新材料产业园",),
        ]
    ),
)


@st.composite
def articles(draw: st.DrawFn) -> list[Mentions]:
    """One revision of an article: a record for each owner it speaks of or that an earlier revision spoke of."""
    said_here = draw(st.lists(mentions, max_size=3))
    ref = article(
        draw(st.sampled_from("abcdef")),
        DAY + timedelta(days=draw(st.integers(-5, 5))),
        revision=draw(st.integers(1, 3)),
        language=draw(st.sampled_from(["en", "zh"])),
    )
    return told(ref, *said_here, known=(JIANGSU, ZHEJIANG, SHANGHAI, NATION))


streams = st.lists(articles(), max_size=9).map(lambda lists: [record for records in lists for record in records])


class Subscriber:
    """The running ledger as those see it who read its topics: books, the national step, and the last value a key."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.events: dict[tuple[str, bool], Event] = {}
        self.projects: dict[str, Project] = {}
        self.rows: dict[tuple[str, ...], Published] = {}
        self._parts: dict[str, dict[str, OwnerTotals]] = {}

    def take(self, stream: Iterable[Mentions], restart_after: int | None = None) -> "Subscriber":
        """The records one by one; all books are lost once on the way and restored from the table's bytes."""
        held: dict[str, Mentions] = {}
        for number, record in enumerate(stream):
            if number == restart_after:
                table = [Mentions.model_validate_json(kept.wire()) for kept in held.values()]
                self.books = {o: Book.restore(o, [kept for kept in table if kept.owner == o]) for o in self.books}
            book = self.books.setdefault(record.owner, Book(record.owner))
            change = book.plan(record)
            if change is None:
                continue
            for event in change.events:
                known = self.events.get((event.event_id, event.home))
                alias = event.owner == NATION and event.merged_into is not None
                assert event.status != "retracted" or alias or (known and event.revision > known.revision)
                self.events[event.event_id, event.home] = event
            for project in change.projects:
                assert project.status != "retracted" or project.project_id in self.projects
                self.projects[project.project_id] = project
            for row in rows.changed(book, change, TODAY):
                self._publish(row)
            held[change.key] = change.record
            book.commit(change)
        return self

    def _publish(self, row: Published) -> None:
        if not isinstance(row, OwnerTotals):
            self.rows[rows.key_of(row)] = row
            return
        for name, piece in pieces_of(row):
            parts = self._parts.setdefault(name, {})
            parts[row.owner] = piece
            nation = national_row([piece, *(part for owner, part in parts.items() if owner != row.owner)], TODAY)
            self.rows[rows.key_of(nation)] = nation

    def live(self, home: bool = True) -> list[bytes]:
        """Every event that was not taken back, by id: those of their homes, or the provinces' copies."""
        events = [self.events[key] for key in sorted(self.events) if key[1] is home]
        return [event.wire() for event in events if event.status != "retracted"]

    def live_projects(self) -> list[bytes]:
        """Every project that was not taken back, by id."""
        return [one.wire() for _, one in sorted(self.projects.items()) if one.status != "retracted"]


def filled(published: Mapping[tuple[str, ...], Published]) -> dict[tuple[str, ...], bytes]:
    """Every row with something in it."""
    return {
        key: row.wire()
        for key, row in sorted(published.items())
        if any(getattr(row, name, None) for name in ("windows", "kinds", "cohorts"))
    }


@MANY
@given(streams, st.randoms(use_true_random=False), st.integers(0, 30))
def test_what_was_published_on_any_path_is_the_fold(stream: list[Mentions], dice: Random, restart: int) -> None:
    folded = fold(stream, TODAY)
    seen = Subscriber().take(shuffled(stream, dice), restart)
    assert seen.live() == [event.wire() for event in folded.events]
    assert seen.live(home=False) == [event.wire() for event in folded.copies]
    assert seen.live_projects() == [project.wire() for project in folded.projects]
    assert filled(seen.rows) == filled(folded.rows)


@FEW
@given(streams, st.randoms(use_true_random=False))
def test_the_fold_is_the_same_for_any_order_and_any_repeats(stream: list[Mentions], dice: Random) -> None:
    assert fold(shuffled(stream, dice), TODAY) == fold(stream, TODAY)


revisions = st.lists(
    articles(), max_size=9, unique_by=lambda records: (records[0].article.article_id, records[0].article.revision)
).map(lambda lists: [record for records in lists for record in records])
"""Articles of which each revision says one thing only."""


def as_topics_give(stream: list[Mentions], dice: Random) -> list[Mentions]:
    """Shuffled, but what an owner hears of an article comes in the order of its revisions, as a partition keeps it."""
    mixed = shuffled(stream, dice)
    queues: dict[tuple[str, str], list[Mentions]] = {}
    for record in sorted(mixed, key=lambda record: record.article.revision, reverse=True):
        queues.setdefault((record.owner, record.article.article_id), []).append(record)
    return [queues[record.owner, record.article.article_id].pop() for record in mixed]


@FEW
@given(revisions, st.randoms(use_true_random=False))
def test_who_follows_merged_into_comes_to_a_happening_that_stands(stream: list[Mentions], dice: Random) -> None:
    seen = Subscriber().take(as_topics_give(stream, dice))
    homes = {event_id: event for (event_id, home), event in seen.events.items() if home}
    for event in homes.values():
        passed = {event.event_id}
        while event.merged_into is not None:
            event = homes[event.merged_into]
            assert event.event_id not in passed
            passed.add(event.event_id)
        assert event.status != "retracted" or event.merged_into is None


@FEW
@given(streams)
def test_everything_sent_twice_changes_nothing(stream: list[Mentions]) -> None:
    seen = Subscriber().take(stream)
    for record in stream:
        assert seen.books[record.owner].plan(record) is None


@FEW
@given(streams)
def test_the_nation_counts_each_happening_once(stream: list[Mentions]) -> None:
    folded = fold(stream, TODAY)
    nation = folded.totals[NATION].windows.get("all", {}) if NATION in folded.totals else {}
    counted = [e for e in folded.events if e.owner.startswith(NATION) and e.stage and e.day <= TODAY]
    for stage in {event.stage for event in counted} | nation.keys():
        assert stage is not None
        mine = [event for event in counted if event.stage == stage]
        assert nation[stage].happenings == len(mine)
        assert nation[stage].amount_cny.best == sum(e.amount_cny.best for e in mine if e.amount_cny)
        assert nation[stage].projects == sum(event.projects or 0 for event in mine)


SMALL = [
    told(
        article("a"), mention(projects=43, amount=46.53e9, date=DAY, sectors=("ai",), names=("Red Hill Plant", "Lake"))
    ),
    told(article("b", DAY + timedelta(days=2)), mention(amount=cny(46.5e9, "at_least"), regions=(WUXI,), projects=43)),
    told(article("c"), mention(projects=43, amount=46.53e9, date=DAY, regions=(XISHAN, HAISHU))),
    told(article("a", revision=2), mention(projects=41, date=DAY, names=("Red Hill Plant",)), known=(JIANGSU,)),
    told(
        article("d"),
        mention(**SHAPES[-1], projects=233, regions=(WUXI,)),
        mention(50, type="milestone", stage="started", projects=1, names=("Red Hill Plant",), date=DAY),
    ),
]


def test_every_permutation_of_a_few_articles_publishes_the_same() -> None:
    everything = [record for records in SMALL for record in records]
    folded = fold(everything, TODAY)
    expected = ([event.wire() for event in folded.events], filled(folded.rows))
    assert {event.owner for event in folded.events} == {JIANGSU, NATION}
    assert any(event.observed and event.observed.happenings for event in folded.events)
    for order in permutations(SMALL):
        seen = Subscriber().take(record for records in order for record in records)
        assert (seen.live(), filled(seen.rows)) == expected
        assert seen.live_projects() == [project.wire() for project in folded.projects]


def shuffled(stream: list[Mentions], dice: Random) -> list[Mentions]:
    """The same records in another order, some of them several times."""
    again = stream + [record for record in stream if dice.random() < 0.4]
    dice.shuffle(again)
    return again
