"""The steps of the agents: what each sends and keeps."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from schemas.alert import Alert
from schemas.article import RelevantArticle
from schemas.event import ArticleRef, Event, Mention, Mentions, Words
from schemas.topics import (
    ALERT_CANDIDATES,
    ALERTS,
    MENTIONS,
    PROVINCE_TOTALS,
    REGION_TOTALS,
    RELEVANT_ARTICLES,
    SIGNINGS,
)
from streams.alerts.agent import alert_step, rules_step
from streams.alerts.rules import parse_rules
from streams.classify.agent import classify_step
from streams.extract import agent as extract_room
from streams.extract.agent import Owners, extract_step
from streams.extract.reading import Reading
from streams.ledger.agent import Ledger
from streams.ledger.national_agent import national_step
from streams.metrics import Metrics
from streams.step import DROPPED, Held, Out, Outcome, Place, Row
from tests.articles import irrelevant, signing

TODAY = date(2024, 3, 15)
NOW = datetime(2024, 3, 15, 8, tzinfo=UTC)


class Table:
    """A table of one worker."""

    name = "table"

    def __init__(self) -> None:
        self.kept: dict[tuple[int, str], Held[Any]] = {}

    def row(self, partition: int, key: str) -> Any:
        held = self.kept.get((partition, key))
        return held.record if held else None

    def held(self, partition: int, key: str) -> Held[Any] | None:
        return self.kept.get((partition, key))

    def rows(self) -> Iterator[tuple[int, str, Held[Any]]]:
        return ((partition, key, held) for (partition, key), held in self.kept.items())

    def keep(self, partition: int, row: Row) -> None:
        self.kept[partition, row.key] = Held(row.version, row.record)


def place(offset: int = 0, partition: int = 0) -> Place:
    return Place("topic", partition, offset)


def sent(outcome: Outcome) -> list[tuple[str, str]]:
    return [(out.topic.name, out.key) for out in outcome.outputs]


def mention(*regions: str, amount: int = 12, day: date = TODAY) -> Mention:
    words = f"signed for {amount}"
    return Mention.model_validate(
        {"type": "signing", "stage": "contract", "regions": regions, "date": day, "evidence": words,
         "amount": {"value": amount * 10**8, "currency": "CNY"}, "span": Words(start=0, end=len(words), text=words)}
    )  # fmt: skip


def said(owner: str, *mentions: Mention, article: str = "a", revision: int = 1) -> Mentions:
    ref = ArticleRef(
        article_id=article, revision=revision, feed="test", url="http://127.0.0.1", title="", published=None,
        first_seen=NOW - timedelta(days=1), fetched=NOW - timedelta(seconds=5), day=TODAY,
        language="en", fingerprint=article,
    )  # fmt: skip
    return Mentions(owner=owner, article=ref, mentions=mentions, extractor="1")


def test_classify_drops_the_irrelevant_but_not_their_revisions() -> None:
    step = classify_step(Metrics())
    assert sent(step(signing(1), place())) == [(RELEVANT_ARTICLES.name, "test-1")]
    assert step(irrelevant(1), place()) is DROPPED
    revised = step(irrelevant(1).model_copy(update={"revision": 2}), place())
    assert sent(revised) == [(RELEVANT_ARTICLES.name, "weather-1")]
    verdict = revised.outputs[0].value
    assert isinstance(verdict, RelevantArticle)
    assert not verdict.relevant


def test_a_revision_takes_back_what_it_no_longer_says(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([("CN-330200",), ("CN-320500",), ("CN-320500",)])
    monkeypatch.setattr(extract_room, "extract", lambda article: Reading((mention(*next(readings)),)))
    table = Table()
    step = extract_step(table, Metrics())
    article = RelevantArticle(article=signing(1), score=1, reasons=())

    first = step(article, place(1))
    assert sent(first) == [(MENTIONS.name, "CN-330000")]
    table.keep(0, first.rows[0])
    second = step(article, place(2))
    assert [(out.key, len(out.value.mentions)) for out in second.outputs] == [("CN-320000", 1), ("CN-330000", 0)]  # type: ignore[attr-defined]
    table.keep(0, second.rows[0])
    assert table.row(0, "test-1") == Owners(owners=("CN-320000", "CN-330000"))

    gone = step(article.model_copy(update={"relevant": False}), place(3))
    assert [(out.key, len(out.value.mentions)) for out in gone.outputs] == [("CN-320000", 0), ("CN-330000", 0)]  # type: ignore[attr-defined]


def test_an_article_that_says_nothing_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract_room, "extract", lambda article: Reading())
    step = extract_step(Table(), Metrics())
    assert step(RelevantArticle(article=signing(1), score=1, reasons=()), place()) is DROPPED


def ledger(table: Table, days: list[date], turned: Table | None = None) -> Ledger:
    return Ledger(table, turned or Table(), lambda: days[-1], lambda: NOW, Metrics())


def apply(book: Ledger, table: Table, record: Mentions, at: Place) -> Outcome:
    outcome = book.step(record, at)
    if outcome.commit:
        outcome.commit()
    for row in outcome.rows:
        table.keep(at.partition, row)
    return outcome


def test_the_time_from_feed_to_event_begins_with_the_feeds_answer_of_each_revision() -> None:
    table, metrics = Table(), Metrics()
    book = Ledger(table, Table(), lambda: TODAY, lambda: NOW, metrics)
    for revision, amount in ((1, 12), (2, 13)):
        record = said("CN-330000", mention("CN-330203", amount=amount), revision=revision)
        apply(book, table, record, place(revision))
    value = metrics.registry.get_sample_value
    assert value("dealwire_ledger_feed_to_event_seconds_count") == 2
    assert value("dealwire_ledger_feed_to_event_seconds_sum") == 2 * 5  # first seen a day before, fetched 5 s before


def test_the_ledger_sends_events_totals_and_its_owners_row() -> None:
    table = Table()
    book = ledger(table, [TODAY])
    outcome = apply(book, table, said("CN-330000", mention("CN-330203")), place(7))
    events = [key for topic, key in sent(outcome) if topic == SIGNINGS.name]
    assert len(events) == 1
    totals = [(topic, key) for topic, key in sent(outcome) if topic != SIGNINGS.name]
    assert sorted(totals) == [
        (PROVINCE_TOTALS.name, "CN"), (REGION_TOTALS.name, "CN-330000"), (REGION_TOTALS.name, "CN-330200"),
        (REGION_TOTALS.name, "CN-330203"),
    ]  # fmt: skip
    (row,) = outcome.rows
    assert (row.key, row.version) == ("CN-330000|a", (1, 7))
    assert apply(book, table, said("CN-330000", mention("CN-330203")), place(8)) is DROPPED


def test_mentions_of_no_more_than_the_country_go_only_to_the_national_step() -> None:
    table = Table()
    outcome = apply(ledger(table, [TODAY]), table, said("CN", mention("CN")), place())
    assert [topic for topic, _ in sent(outcome)] == [SIGNINGS.name, PROVINCE_TOTALS.name]


def test_a_step_that_is_not_committed_changes_no_book() -> None:
    book = ledger(Table(), [TODAY])
    assert book.step(said("CN-330000", mention("CN-330203")), place()).outputs
    assert book.step(said("CN-330000", mention("CN-330203")), place()).outputs


async def test_books_follow_from_the_table_and_only_from_it() -> None:
    table = Table()
    first = ledger(table, [TODAY])
    apply(first, table, said("CN-330000", mention("CN-330203")), place())
    second = ledger(table, [TODAY])
    await second.restore()
    assert second.step(said("CN-330000", mention("CN-330203")), place()) is DROPPED
    table.kept.clear()  # the partition went to another worker
    await second.restore()
    assert second.books == {}
    assert second.step(said("CN-330000", mention("CN-330203")), place()) is not DROPPED


def turn(book: Ledger, days: Table) -> list[Out]:
    """What the turn of the day sends; what it keeps is kept."""
    outputs: list[Out] = []
    for partition, work in book.turn():
        outcome = work()
        outputs += outcome.outputs
        for row in outcome.rows:
            days.keep(partition, row)
    return outputs


def test_totals_are_sent_anew_when_the_day_turns_and_only_what_changed() -> None:
    table, turned, days = Table(), Table(), [TODAY]
    book = ledger(table, days, turned)
    apply(book, table, said("CN-330000", mention("CN-330203")), place())
    assert {out.key for out in turn(book, turned)} == {"CN", "CN-330000", "CN-330200", "CN-330203"}
    assert turn(book, turned) == []
    days.append(TODAY + timedelta(days=1))  # a Saturday: the day still lies in every window
    assert turn(book, turned) == []
    days.append(TODAY + timedelta(days=3))  # Monday: the week has ended
    outputs = turn(book, turned)
    assert {out.key for out in outputs} == {"CN"} | {
        f"CN-33{rest}" for rest in ("0000", "0200", "0203", "0000|2024-W11", "0200|2024-W11", "0203|2024-W11")
    }
    assert {out.value.as_of for out in outputs if out.topic is REGION_TOTALS} == {days[-1]}  # type: ignore[attr-defined]
    (part,) = [out.value for out in outputs if out.topic is PROVINCE_TOTALS]
    assert set(part.periods) == {"2024-W11"}  # type: ignore[attr-defined]
    assert turn(book, turned) == []


async def test_after_a_restart_all_windows_are_sent_once_more_but_only_the_periods_that_closed_since() -> None:
    table, turned, days = Table(), Table(), [TODAY]
    old = mention("CN-330203", day=TODAY - timedelta(days=40))
    book = ledger(table, days, turned)
    apply(book, table, said("CN-330000", mention("CN-330203")), place())
    apply(book, table, said("CN-330000", old, article="b"), place(1))
    assert {out.key.partition("|")[2] for out in turn(book, turned)} == {"", "2024-W05", "2024-02"}
    for later, periods in ((0, {""}), (3, {"", "2024-W11"})):
        days.append(TODAY + timedelta(days=later))
        again = ledger(table, days, turned)
        await again.restore()
        sent_again = turn(again, turned)
        assert {out.key.partition("|")[2] for out in sent_again} == periods
        assert {"CN-330000", "CN-330200", "CN-330203"} < {out.key for out in sent_again}
        assert turn(again, turned) == []


def test_an_owner_that_went_to_another_worker_while_the_day_turned_is_left_alone() -> None:
    table, turned = Table(), Table()
    book = ledger(table, [TODAY], turned)
    apply(book, table, said("CN-330000", mention("CN-330203")), place())
    work = [work for _, work in book.turn()]
    book.books.clear()
    assert all(one() is DROPPED for one in work)


def test_the_national_row_adds_the_owners_and_ignores_older_rows() -> None:
    sums: list[Any] = []
    table, owners = Table(), Table()
    book = ledger(owners, [TODAY])
    rows = []
    for owner, region, amount in [("CN-330000", "CN-330203", 12), ("CN-320000", "CN-320500", 30), ("CN", "CN", 5)]:
        outcome = apply(book, owners, said(owner, mention(region, amount=amount)), place())
        rows += [out.value for out in outcome.outputs if out.topic is PROVINCE_TOTALS]
    step = national_step(table, lambda: TODAY)
    for offset, row in enumerate(rows, start=5):
        outcome = step(row, place(offset))
        assert sent(outcome) == [(REGION_TOTALS.name, "CN")]
        table.keep(0, outcome.rows[0])
        sums.append(outcome.outputs[0].value.windows["all"]["contract"].amount_cny.best)  # type: ignore[attr-defined]
    assert sums == [12 * 10**8, 42 * 10**8, 47 * 10**8]
    assert step(rows[0], place(4)) is DROPPED


def signed(amount: int, **changes: Any) -> Event:
    """A signing as the ledger sends it."""
    owners = Table()
    outcome = apply(ledger(owners, [TODAY]), owners, said("CN-330000", mention("CN-330203", amount=amount)), place())
    event = next(out.value for out in outcome.outputs if out.topic is SIGNINGS)
    assert isinstance(event, Event)
    return event.model_copy(update=changes)


LARGE = parse_rules('[[rule]]\nname = "large"\nmin_amount_cny = 1000000000\n', "test")


def test_a_rule_that_fires_gives_a_candidate_of_the_country() -> None:
    step = rules_step(LARGE, lambda: NOW)
    assert sent(step(signed(12), place())) == [(ALERT_CANDIDATES.name, "CN")]
    assert step(signed(9), place()) is DROPPED


def raise_alerts(*events: Event) -> list[Alert]:
    """The alerts and notices that are sent when these events come one after another."""
    table, alerts = Table(), []
    step = alert_step(table, Metrics())
    for offset, event in enumerate(events):
        for candidate in rules_step(LARGE, lambda: NOW)(event, place()).outputs:
            outcome = step(candidate.value, place(offset))  # type: ignore[arg-type]
            for row in outcome.rows:
                table.keep(0, row)
            alerts += [out.value for out in outcome.outputs if out.topic is ALERTS]
    return alerts  # type: ignore[return-value]


def raise_all(*events: Event) -> list[str]:
    """Their ids."""
    return [alert.alert_id for alert in raise_alerts(*events)]


def test_one_alert_a_rule_and_happening() -> None:
    first = signed(12)
    assert len(raise_all(first, first, first.model_copy(update={"revision": 2}))) == 1


def test_a_happening_that_goes_on_under_another_id_is_the_same() -> None:
    first = signed(12)
    (told,) = first.sources
    other = told.model_copy(update={"article": "older"})
    merged = first.model_copy(update={"event_id": "other", "sources": (other, told)})
    third = first.model_copy(update={"event_id": "third", "sources": (other,)})
    assert len(raise_all(first, merged, third)) == 1


def test_two_happenings_of_one_article_are_two_alerts() -> None:
    first = signed(12)
    (told,) = first.sources
    later = told.model_copy(update={"start": told.start + 50, "end": told.end + 50})
    second = first.model_copy(update={"event_id": "second", "sources": (later,)})
    framework = first.model_copy(update={"event_id": "framework", "stage": "framework"})
    assert len(raise_all(first, second, framework)) == 3


def test_a_correction_tells_whoever_was_alerted_what_changed_and_only_once() -> None:
    first = signed(12)
    corrected = signed(13, event_id=first.event_id, status="revised", revision=2, projects=8)
    alert, notice = raise_alerts(first, corrected, corrected)
    assert (notice.notice, notice.about, notice.rule) == ("correction", alert.alert_id, alert.rule)
    assert notice.changes == (
        "amount: was 1,200,000,000 CNY (exact), is 1,300,000,000 CNY (exact)",
        "projects: was not known, is 8",
    )
    assert notice.headline.startswith("correction: ")


def test_a_correction_below_the_rules_threshold_is_told_too_and_one_that_changes_nothing_told_is_not() -> None:
    first = signed(12)
    small = signed(2, event_id=first.event_id, status="revised", revision=2)
    _, notice = raise_alerts(first, small)
    assert (notice.notice, notice.reason) == ("correction", "")
    assert len(raise_all(first, first.model_copy(update={"status": "revised", "revision": 2, "names": ("Lake",)}))) == 1
    assert raise_all(small, small.model_copy(update={"status": "retracted"})) == []


def test_a_retraction_tells_whoever_was_alerted_and_so_does_its_return() -> None:
    first = signed(12)
    gone = first.model_copy(update={"status": "retracted", "revision": 2})
    back = first.model_copy(update={"status": "new", "revision": 3})
    alert, retraction, again = raise_alerts(first, gone, gone, back)
    assert (retraction.notice, retraction.about) == ("retraction", alert.alert_id)
    assert (again.notice, again.changes) == ("correction", ("stands again",))


def test_an_event_that_goes_on_under_another_id_is_no_retraction_and_two_alerts_that_become_one_are_told() -> None:
    first = signed(12)
    moved = first.model_copy(update={"status": "retracted", "revision": 2, "merged_into": "older"})
    older = first.model_copy(update={"event_id": "older", "sources": ()})
    assert len(raise_all(first, moved, older)) == 1
    late = older.model_copy(update={"status": "retracted", "revision": 9})
    assert [alert.notice for alert in raise_alerts(first, moved, older, late)] == [None, "retraction"]
    two = raise_alerts(first, older, moved, moved)
    assert [alert.notice for alert in two] == [None, None, "merged"]
    assert two[1].alert_id in two[2].changes[0]


def test_a_provinces_copy_raises_nothing_and_connects_its_event_with_the_nations() -> None:
    first = signed(12)
    (told,) = first.sources
    other = told.model_copy(update={"article": "of two provinces"})
    copy = first.model_copy(update={"home": False, "sources": (told, other)})
    nations = first.model_copy(update={"event_id": "the nation's", "owner": "CN", "sources": (other,)})
    assert raise_all(copy) == []
    assert len(raise_all(first, copy, nations)) == 1
    assert len(raise_all(first, nations)) == 2
