"""The book: what a record changes, and that the path does not matter."""

from datetime import timedelta
from itertools import permutations

import pytest

from schemas.event import Event, Mentions
from streams.ledger.book import Book
from streams.ledger.changes import Change
from streams.ledger.fold import fold
from streams.ledger.rows import region_total, regions_of
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, mention, report, said


def put(book: Book, record: Mentions) -> Change | None:
    """Plans and commits."""
    change = book.plan(record)
    if change:
        book.commit(change)
    return change


def state(book: Book) -> list[bytes]:
    """All that can be seen of a book."""
    totals = [region_total(book, region, DAY + timedelta(days=3)).wire() for region in sorted(regions_of(book))]
    return [event.wire() for event in book.events()] + totals


def only(change: Change | None) -> Event:
    """The one event of a change."""
    assert change is not None
    assert len(change.events) == 1
    return change.events[0]


EXACT = report("exact", projects=43, amount=46_530_000_000, date=DAY)
ROUNDED = report("rounded", DAY + timedelta(days=2), projects=43, amount=cny(46.5e9, "at_least"), date=DAY)
CHINESE = report("chinese", language="zh", projects=43, amount=46_530_000_000, date=DAY, names=("锡山新材料产业园",))
FUNDS = said(
    article("funds"),
    mention(0, projects=6, amount=5_300_000_000, date=DAY),
    mention(50, projects=43, amount=46_530_000_000, date=DAY),
)
CITY = report("city", projects=43, amount=cny(46.5e9, "about"), regions=(WUXI,))


def test_every_order_of_arrival_ends_in_the_same_book_and_the_same_as_the_fold() -> None:
    records = [EXACT, ROUNDED, CHINESE, FUNDS, CITY]
    expected = state(Book.restore(JIANGSU, records))
    folded = fold(records, DAY + timedelta(days=3))
    assert len(folded.events) == 2
    assert expected[:2] == [event.wire() for event in folded.events]
    for order in permutations(records):
        book = Book(JIANGSU)
        for record in order:
            put(book, record)
        assert state(book) == expected


def test_a_plan_changes_nothing_and_totals_after_it_are_those_of_the_commit() -> None:
    book = Book.restore(JIANGSU, [EXACT])
    before = state(book)
    change = book.plan(FUNDS)
    assert change is not None
    assert change.regions == {XISHAN, WUXI, JIANGSU}
    planned = [region_total(book, region, DAY, change) for region in sorted(change.regions)]
    assert state(book) == before
    book.commit(change)
    assert planned == [region_total(book, region, DAY) for region in sorted(change.regions)]
    assert planned[0].windows["7d"]["contract"].happenings == len(book) == 2


def test_the_same_record_again_is_no_change() -> None:
    book = Book.restore(JIANGSU, [EXACT, ROUNDED])
    assert book.plan(EXACT) is None
    assert book.plan(ROUNDED) is None


def test_when_the_article_was_fetched_decides_nothing() -> None:
    def fetched(record: Mentions, hours: int) -> Mentions:
        ref = record.article
        return record.model_copy(
            update={"article": ref.model_copy(update={"fetched": ref.fetched + timedelta(hours=hours)})}
        )

    other = EXACT.model_copy(update={"mentions": FUNDS.mentions})
    book = Book.restore(JIANGSU, [EXACT])
    assert book.plan(fetched(EXACT, 1)) is None
    folded = [
        state(Book.restore(JIANGSU, [fetched(EXACT, early), fetched(other, late)]))
        for early, late in ((0, 0), (0, 1), (1, 0))
    ]
    assert folded[0] == folded[1] == folded[2]


def test_a_commit_of_a_stale_plan_is_refused() -> None:
    book = Book(JIANGSU)
    first, second = book.plan(EXACT), book.plan(FUNDS)
    assert first
    assert second
    book.commit(first)
    with pytest.raises(ValueError, match="version"):
        book.commit(second)


def test_mentions_of_another_owner_are_refused() -> None:
    with pytest.raises(ValueError, match="CN-330000"):
        Book("CN-330000").plan(EXACT)
