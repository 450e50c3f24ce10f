"""The picture keeps the newest of each key and says what is news."""

import pytest

from schemas.event import Event
from streams.demo.picture import Picture
from tests.demo.make import alert, event, letter, picture, raw, total


def test_everything_is_kept_under_its_key() -> None:
    whole, seen = picture(), Picture()
    for article in whole.raw.values():
        assert seen.apply("raw-articles", article.wire()) is None
    for passed in whole.relevant.values():
        assert seen.apply("relevant-articles", passed.wire()) is None
    seen.apply("signings", event().wire())
    seen.apply("alerts", alert().wire())
    seen.apply("dead-letters", letter().wire())
    for region in ("CN", "CN-330000"):
        seen.apply("region-totals", total(region).wire())
    assert (seen.raw, seen.relevant, seen.events) == (whole.raw, whole.relevant, whole.events)
    assert (seen.totals, seen.alerts, seen.dead) == (whole.totals, whole.alerts, whole.dead)


def test_a_repeat_is_no_news_and_a_revision_is() -> None:
    seen = Picture()
    assert seen.apply("signings", event().wire()) == event()
    assert seen.apply("signings", event().wire()) is None
    revised = event(status="revised", revision=2)
    assert seen.apply("signings", revised.wire()) == revised
    assert seen.events == {"event": revised}


def test_an_alert_is_news_once() -> None:
    seen = Picture()
    assert seen.apply("alerts", alert().wire()) == alert()
    assert seen.apply("alerts", alert().wire()) is None


def test_the_newest_total_is_kept() -> None:
    seen = Picture()
    for best in (1, 2):
        seen.apply("region-totals", total("CN", best).wire())
    assert seen.totals == {"CN": total("CN", 2)}


def test_a_message_that_is_not_what_the_registry_promises_is_refused() -> None:
    with pytest.raises(ValueError, match="event_id"):
        Picture().apply("signings", raw("deal").wire())
    assert isinstance(event(), Event)
