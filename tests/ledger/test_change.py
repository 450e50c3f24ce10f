"""What goes out when an article is corrected, taken back, or shows that two happenings are one."""

from datetime import timedelta

from schemas.event import Mentions
from streams.ledger.book import Book
from streams.ledger.changes import Change
from streams.ledger.rows import region_total
from tests.ledger.make import DAY, JIANGSU, XISHAN, article, cny, mention, report, said, told

LATER = DAY + timedelta(days=1)
HAISHU, ZHEJIANG = "CN-330203", "CN-330000"


def book_of(*records: Mentions) -> Book:
    """A book that took the records one by one."""
    book = Book(JIANGSU)
    for record in records:
        put(book, record)
    return book


def put(book: Book, record: Mentions) -> Change:
    """Plans and commits."""
    change = book.plan(record)
    assert change is not None
    book.commit(change)
    return change


def contract(book: Book, region: str = XISHAN) -> tuple[int, int]:
    """Happenings and yuan of all contracts of the region."""
    found = region_total(book, region, LATER).windows.get("all", {}).get("contract")
    return (found.happenings, int(found.amount_cny.best)) if found else (0, 0)


FIRST = report("a", projects=43, amount=46.53e9, date=DAY)
SECOND = report("b", LATER, projects=43, amount=cny(46.5e9, "at_least"), date=DAY)


def test_a_second_source_confirms_and_a_reprint_does_not() -> None:
    book = book_of(FIRST)
    (event,) = put(book, SECOND).events
    assert (event.status, event.independent_sources, event.revision) == ("confirmed", 2, 2)
    reprint = said(article("c", fingerprint="print of b"), *SECOND.mentions)
    (event,) = put(book, reprint).events
    assert (event.status, event.independent_sources, len(event.sources)) == ("confirmed", 2, 3)
    alone = book_of(FIRST, said(article("c", fingerprint="print of a"), *FIRST.mentions))
    assert alone.events()[0].status == "new"


def test_a_correction_replaces_what_was_said_and_keeps_the_id() -> None:
    book = book_of(FIRST)
    (event,) = book.events()
    corrected = said(article("a", revision=2), mention(90, projects=41, amount=44.1e9, date=DAY))
    (after,) = put(book, corrected).events
    assert (after.event_id, after.status, after.revision) == (event.event_id, "revised", 2)
    assert contract(book) == (1, 44_100_000_000)
    assert book.plan(FIRST) is None


def test_an_article_taken_back_takes_its_happening_back() -> None:
    book = book_of(FIRST)
    (event,) = book.events()
    change = put(book, said(article("a", revision=2), owner=JIANGSU))
    (gone,) = change.events
    assert (gone.event_id, gone.status, gone.revision) == (event.event_id, "retracted", event.revision + 1)
    assert gone.merged_into is None
    assert contract(book) == (0, 0)
    assert book.events() == []
    assert len(book) == 0
    assert book.plan(FIRST) is None


def test_a_retraction_that_overtakes_its_article_still_counts() -> None:
    book = book_of(said(article("a", revision=2), owner=JIANGSU))
    assert book.plan(FIRST) is None
    assert book.events() == []


def test_one_of_two_sources_taken_back_leaves_the_other() -> None:
    book = book_of(FIRST, SECOND)
    (event,) = put(book, said(article("b", LATER, revision=2), owner=JIANGSU)).events
    assert (event.status, event.independent_sources) == ("new", 1)
    assert contract(book) == (1, 46_530_000_000)


def test_the_oldest_source_taken_back_points_to_the_id_of_the_rest() -> None:
    book = book_of(FIRST, SECOND)
    was = book.events()[0].event_id
    now, gone = put(book, said(article("a", revision=2), owner=JIANGSU)).events
    assert (gone.event_id, gone.status, gone.merged_into) == (was, "retracted", now.event_id)
    assert now.event_id != was


def test_a_report_that_joins_two_keeps_the_older_id_and_absorbs_the_other() -> None:
    older = report("a", amount=46.53e9, date=DAY, regions=("CN-320200",), sectors=("textiles",))
    younger = report("b", LATER, projects=43, regions=(XISHAN,), names=("Blue Lake Park", "Red Hill"))
    book = book_of(older, younger)
    ids = {source: event.event_id for event in book.events() for source in [event.sources[0].article]}
    assert len(ids) == 2
    now, gone = put(book, report("c", LATER, projects=43, amount=46.53e9, date=DAY, names=("Red Hill",))).events
    assert now.event_id == ids["a"]
    assert (gone.event_id, gone.status, gone.merged_into) == (ids["b"], "retracted", ids["a"])
    assert now.regions == (XISHAN,)
    assert contract(book, "CN-320200") == (1, 46_530_000_000)


def test_a_correction_that_splits_gives_the_rest_an_id_of_their_own() -> None:
    book = book_of(FIRST, SECOND)
    (was,) = book.events()
    other = said(article("b", LATER, revision=2), mention(projects=6, amount=5.3e9, date=DAY))
    assert {event.event_id for event in put(book, other).events} > {was.event_id}
    assert contract(book) == (2, 51_830_000_000)


def test_only_what_changed_goes_out() -> None:
    book = book_of(FIRST, report("far", projects=7, date=DAY, regions=("CN-320508",)))
    change = book.plan(said(article("a", revision=2), *FIRST.mentions))
    assert change is not None
    assert [event.status for event in change.events] == ["revised"]
    assert change.regions == frozenset()


def test_a_happening_that_becomes_the_nations_is_taken_back_here_with_its_id_there_and_counted_as_joint() -> None:
    book = Book(ZHEJIANG)
    put(book, said(article("a"), mention(regions=(HAISHU,), projects=8, date=DAY)))
    revised = told(article("a", revision=2), mention(regions=(HAISHU, XISHAN), projects=8, date=DAY))
    split = {record.owner: record for record in revised}
    change = put(book, split[ZHEJIANG])
    copy, gone = change.events
    assert (copy.status, copy.home, gone.status, gone.home) == ("revised", False, "retracted", True)
    (home,) = Book.restore("CN", [split["CN"]]).events()
    assert gone.merged_into == home.event_id
    total = region_total(book, ZHEJIANG, LATER)
    assert total.windows["all"]["contract"].joint == 1
    assert total.home == {}
    assert change.regions == {HAISHU, "CN-330200", ZHEJIANG}


def test_most_votes_make_the_stage_and_a_tie_the_weaker_one() -> None:
    framework = report("b", projects=43, amount=46.53e9, date=DAY, stage="framework")
    assert [event.stage for event in book_of(FIRST, framework).events()] == ["framework"]
    assert [event.stage for event in book_of(FIRST, framework, SECOND).events()] == ["contract"]


def test_the_earliest_stated_day_wins() -> None:
    late = report("b", projects=43, amount=46.53e9, date=DAY + timedelta(days=2))
    assert {event.day for event in book_of(late, FIRST).events()} == {DAY}


def test_the_more_telling_facts_win() -> None:
    vague = report("b", DAY - timedelta(days=2), amount=cny(46e9, "at_least"), projects=43, regions=("CN-320200",))
    named = report(
        "c", amount=cny(47e9, "about"), names=("Blue Lake",), projects=43, sectors=("textiles", "new_energy")
    )
    (event,) = book_of(FIRST, vague, named).events()
    assert event.amount == FIRST.mentions[0].amount
    assert event.regions == (XISHAN,)
    assert (event.date, event.day) == (DAY, DAY)
    assert event.names == ("Blue Lake",)
    assert event.sectors == ("new_energy", "textiles")
    assert event.evidence == FIRST.mentions[0].evidence
    assert [source.article for source in event.sources] == ["b", "a", "c"]
    assert event.first_reported == vague.article.published
