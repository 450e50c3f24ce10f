"""The catalogue: every metric that any process exposes. `docs/metrics.md` is made from it.

Names are `dealwire_<room>_<what>_<unit>`; labels are bounded (feeds come from the feeds file, reasons from code).
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3600)


class Metrics:
    """All metrics, in a registry of their own, so that nothing is global and a test has its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"dealwire_{name}", text, labels, registry=registry)

        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"dealwire_{name}", text, labels, registry=registry)

        def seconds(name: str, text: str, *labels: str) -> Histogram:
            return Histogram(f"dealwire_{name}_seconds", text, labels, buckets=SECONDS, registry=registry)

        self.polls = counter(
            "feeds_polls_total", "Polls by outcome: ok, not_modified, or a reason code", "feed", "outcome"
        )
        self.entries_fetched = counter("feeds_entries_fetched_total", "Entries read from feeds", "feed")
        self.entries_suppressed = counter(
            "feeds_entries_suppressed_total",
            "Entries not published, by reason: flapping, over_cap, ...",
            "feed",
            "reason",
        )
        self.articles_published = counter("feeds_articles_published_total", "Article revisions published", "feed")
        self.pages_read = counter(
            "feeds_pages_read_total",
            "Linked pages of articles by outcome: ok, part, short, robots, or a reason code",
            "feed",
            "outcome",
        )
        self.newest_article = gauge("feeds_newest_article_timestamp_seconds", "Date of the newest article", "feed")
        self.feed_info = gauge(
            "feeds_info", "1 for each feed that is polled, with the region it reports from", "feed", "region"
        )
        self.feed_health = gauge("feeds_health", "1 for the state the feed is in", "feed", "state")
        self.next_poll = gauge("feeds_next_poll_timestamp_seconds", "When the feed is polled next", "feed")
        self.poll_seconds = seconds("feeds_poll", "One poll, from request to acknowledged articles")

        self.stage_seconds = seconds("stage", "One message in a stage, outputs acknowledged", "stage")
        self.stage_messages = counter(
            "stage_messages_total", "Messages by outcome: done, dropped, dead", "stage", "outcome"
        )
        self.stage_retries = counter("stage_retries_total", "Second and later tries of a message", "stage")
        self.dead_letters = counter("dead_letters_total", "Dead letters by stage and reason", "stage", "reason")

        self.articles_classified = counter("classify_articles_total", "Articles by verdict", "verdict")
        self.events_extracted = counter("extract_mentions_total", "Mentions extracted", "type")
        self.amounts_missing = counter(
            "extract_amounts_missing_total", "Mentions extracted in which no sum was found", "type"
        )
        self.events_published = counter("ledger_events_total", "Events published", "type", "status")
        self.feed_to_event = seconds("ledger_feed_to_event", "From the feed's answer to the event's publication")
        self.happenings = gauge("ledger_happenings", "Happenings in the books of this worker", "owner")
        self.projects_overdue = gauge(
            "ledger_projects_overdue", "Named projects signed whose start is overdue", "owner"
        )
        self.refused = counter(
            "ledger_refused_total",
            "Mentions refused and values left out: unknown_region, future_day, amount, ...; records by older_revision",
            "reason",
        )
        self.alerts_raised = counter("alerts_raised_total", "Alerts raised", "rule")
        self.alert_notices = counter(
            "alerts_notices_total", "Notices that follow alerts: correction, retraction, merged", "rule", "notice"
        )
        self.notices = counter(
            "notify_notices_total", "Notices by outcome: sent, retried, failed", "channel", "outcome"
        )
        self.notices_waiting = gauge("notify_notices_waiting", "Notices that are not sent yet", "channel")
        self.consumer_lag = gauge(
            "consumer_lag_messages",
            "Messages not yet committed (worker) or read (web), from the broker",
            "topic",
            "partition",
        )
        self.web_clients = gauge("web_clients", "Open live-update connections")
