"""Whatever the order, however often, in whatever batches: the ledger ends in the same state, byte for byte, and what it
published on the way adds up to that state."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.event import Event, Mentions
from schemas.regions import owner_of
from schemas.total import RegionTotal
from streams.ledger.book import Book
from streams.ledger.fold import fold
from streams.ledger.national import NATION, add_provinces, should_add, should_publish
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, mention, said

TODAY = DAY + timedelta(days=9)
SHANGHAI, ZHEJIANG, HAISHU = "CN-310000", "CN-330000", "CN-330203"
PLACES = (
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
    {"type": "statistic", "metric": "projects_signed"},
)
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

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
    date=st.sampled_from([None, None, DAY, DAY + timedelta(days=1), DAY - timedelta(days=6)]),
    names=st.sampled_from(
        [(), (), ("Blue Lake Park",), ("Blue Lake Park Phase II", "Red Hill Plant"), ("蓝湖新材料产业园",)]
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
    owners = {owner_of(region) for m in said_here for region in m.regions} | {JIANGSU, ZHEJIANG, "CN-310000", NATION}
    split = {owner: [m for m in said_here if owner in {owner_of(region) for region in m.regions}] for owner in owners}
    return [said(ref, *split[owner], owner=owner) for owner in sorted(split)]


records = st.lists(articles(), max_size=9).map(lambda lists: [record for records in lists for record in records])


class Subscriber:
    """The running ledger as those see it who read its topics: books, the national step, and the last value a key."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.events: dict[str, Event] = {}
        self.totals: dict[str, RegionTotal] = {}
        self._provinces: dict[str, RegionTotal] = {}

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
                known = self.events.get(event.event_id)
                assert event.status != "retracted" or (known is not None and event.revision > known.revision)
                self.events[event.event_id] = event
            for region in change.regions:
                self._publish(book.total(region, TODAY, after=change))
            held[change.key] = change.record
            book.commit(change)
        return self

    def _publish(self, total: RegionTotal) -> None:
        if should_publish(total):
            self.totals[total.region] = total
        if should_add(total):
            self._provinces[total.owner] = total
            self.totals[NATION] = add_provinces(self._provinces.values(), TODAY)

    def live(self) -> list[bytes]:
        """Every event that was not taken back, by id."""
        return [self.events[key].wire() for key in sorted(self.events) if self.events[key].status != "retracted"]

    def filled(self) -> dict[str, bytes]:
        """Every row with something in it."""
        return {region: total.wire() for region, total in sorted(self.totals.items()) if total.windows}


@FEW
@given(records, st.randoms(use_true_random=False), st.integers(0, 30))
def test_what_was_published_on_any_path_is_the_fold(stream: list[Mentions], dice: Random, restart: int) -> None:
    folded = fold(stream, TODAY)
    seen = Subscriber().take(shuffled(stream, dice), restart)
    assert seen.live() == [event.wire() for event in folded.events]
    assert seen.filled() == {region: total.wire() for region, total in folded.totals.items() if total.windows}


@FEW
@given(records, st.randoms(use_true_random=False))
def test_the_fold_is_the_same_for_any_order_and_any_repeats(stream: list[Mentions], dice: Random) -> None:
    assert fold(shuffled(stream, dice), TODAY) == fold(stream, TODAY)


@FEW
@given(records)
def test_everything_sent_twice_changes_nothing(stream: list[Mentions]) -> None:
    seen = Subscriber().take(stream)
    for record in stream:
        assert seen.books[record.owner].plan(record) is None


@FEW
@given(records)
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


def shuffled(stream: list[Mentions], dice: Random) -> list[Mentions]:
    """The same records in another order, some of them several times."""
    again = stream + [record for record in stream if dice.random() < 0.4]
    dice.shuffle(again)
    return again
