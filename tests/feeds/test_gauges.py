"""The gauges of a feed come and go together."""

from datetime import UTC, datetime

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from streams.feeds.poll import hide_state, show_state
from streams.metrics import Metrics

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_feed_is_shown_with_its_region_and_hidden_whole() -> None:
    metrics, feed = Metrics(), Feed(url="http://x.example/rss", name="ningbo", region="CN-330200")
    show_state(metrics, feed, FeedState(feed=feed.url, url=feed.url, next_poll=NOON, newest=NOON))
    assert metrics.registry.get_sample_value("dealwire_feeds_info", {"feed": "ningbo", "region": "CN-330200"}) == 1
    hide_state(metrics, feed)
    families = [family for family in metrics.registry.collect() if family.type == "gauge"]
    left = [sample for family in families for sample in family.samples if sample.labels.get("feed")]
    assert left == []
