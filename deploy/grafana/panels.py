"""What is on each dashboard: titles, queries, units. Pure data; `build.py` makes Grafana's JSON of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """One panel: its queries with the legend of each, Grafana's unit and kind of panel."""

    title: str
    text: str
    queries: tuple[tuple[str, str], ...]
    unit: str = "short"
    kind: str = "timeseries"


LINE = (
    Panel("Messages done", "By stage, a second.", (("dealwire:stage_messages:rate5m", "{{stage}}"),), "ops"),
    Panel("Waiting", "By stage, from the broker.", (("dealwire:lag_messages:by_stage", "{{stage}}"),)),
    Panel(
        "From the feed's answer to the event",
        "Of the last 15 minutes.",
        (
            ("histogram_quantile(0.5, sum by (le) (rate(dealwire_ledger_feed_to_event_seconds_bucket[15m])))", "half"),
            ("dealwire:feed_to_event_seconds:p95_15m", "95 in 100"),
        ),
        "s",
    ),
    Panel(
        "Time in a stage",
        "95 in 100 messages, outputs acknowledged.",
        (("histogram_quantile(0.95, sum by (le, stage) (rate(dealwire_stage_seconds_bucket[5m])))", "{{stage}}"),),
        "s",
    ),
    Panel(
        "Outcomes",
        "A second; dropped is what a stage rightly does nothing with.",
        (("sum by (stage, outcome) (rate(dealwire_stage_messages_total[5m]))", "{{stage}} {{outcome}}"),),
        "ops",
    ),
    Panel(
        "Dead letters and retries",
        "In 15 minutes.",
        (
            ("dealwire:dead_letters:increase15m", "{{stage}} {{reason}}"),
            ("sum by (stage) (increase(dealwire_stage_retries_total[15m]))", "{{stage}} retried"),
        ),
    ),
    Panel("Processes", "1: it answers.", (('up{job=~"dealwire-.+"}', "{{job}} {{instance}}"),)),
    Panel(
        "Resident memory",
        "By process.",
        (('process_resident_memory_bytes{job=~"dealwire-.+"}', "{{job}} {{instance}}"),),
        "bytes",
    ),
    Panel(
        "Processor",
        "Cores in use, by process.",
        (('rate(process_cpu_seconds_total{job=~"dealwire-.+"}[5m])', "{{job}} {{instance}}"),),
    ),
    Panel(
        "Running since",
        "By process; a saw is a restart loop.",
        (('time() - process_start_time_seconds{job=~"dealwire-.+"}', "{{job}} {{instance}}"),),
        "s",
    ),
)
FEEDS = (
    Panel("Feeds by health", "docs/feeds.md says what each means.", (("dealwire:feeds_health:count", "{{state}}"),)),
    Panel(
        "Feeds that are not well",
        "Now.",
        (('max by (feed, state) (dealwire_feeds_health{state!="ok"}) == 1', ""),),
        kind="table",
    ),
    Panel(
        "Polls",
        "A second, by outcome.",
        (("sum by (outcome) (rate(dealwire_feeds_polls_total[15m]))", "{{outcome}}"),),
        "ops",
    ),
    Panel(
        "Articles published",
        "An hour, by feed.",
        (("sum by (feed) (increase(dealwire_feeds_articles_published_total[1h]))", "{{feed}}"),),
    ),
    Panel(
        "Entries",
        "In an hour: read, and left out by reason.",
        (
            ("sum(increase(dealwire_feeds_entries_fetched_total[1h]))", "read"),
            ("sum by (reason) (increase(dealwire_feeds_entries_suppressed_total[1h]))", "{{reason}}"),
        ),
    ),
    Panel(
        "Linked pages",
        "In an hour, by outcome.",
        (("sum by (outcome) (increase(dealwire_feeds_pages_read_total[1h]))", "{{outcome}}"),),
    ),
    Panel(
        "Age of the newest article",
        "By feed.",
        (("time() - dealwire:feed_newest:timestamp_seconds", "{{feed}}"),),
        "s",
    ),
    Panel(
        "Until the next poll",
        "By feed; below zero it is overdue.",
        (("max by (feed) (dealwire_feeds_next_poll_timestamp_seconds) - time()", "{{feed}}"),),
        "s",
    ),
    Panel(
        "Time of a poll",
        "95 in 100, articles acknowledged.",
        (("histogram_quantile(0.95, sum by (le) (rate(dealwire_feeds_poll_seconds_bucket[15m])))", "95 in 100"),),
        "s",
    ),
)
REGIONS = (
    Panel(
        "Age of the newest article",
        "By province, over all its feeds.",
        (("time() - dealwire:province_newest:timestamp_seconds", "{{province}}"),),
        "s",
    ),
    Panel(
        "Feeds by region",
        "Those polled now; without a region: national ones.",
        (("count by (region) (max by (feed, region) (dealwire_feeds_info))", ""),),
        kind="table",
    ),
    Panel(
        "Happenings in the books",
        "By owner: a province, or a country.",
        (("topk(20, max by (owner) (dealwire_ledger_happenings))", "{{owner}}"),),
    ),
    Panel(
        "Projects whose start is overdue",
        "By owner.",
        (("max by (owner) (dealwire_ledger_projects_overdue)", "{{owner}}"),),
    ),
)
TRUTH = (
    Panel(
        "Share of relevant articles",
        "Of a day, and of the four weeks before.",
        (("dealwire:relevant:ratio1d", "a day"), ("dealwire:relevant:ratio4w", "four weeks before")),
        "percentunit",
    ),
    Panel(
        "Deals without a sum",
        "Share of signings, agreements and milestones; of a day, and of the four weeks before.",
        (("dealwire:amounts_missing:ratio1d", "a day"), ("dealwire:amounts_missing:ratio4w", "four weeks before")),
        "percentunit",
    ),
    Panel("Articles classified", "In a day.", (("dealwire:articles:increase1d", "articles"),)),
    Panel(
        "Mentions extracted",
        "In an hour, by type.",
        (("sum by (type) (increase(dealwire_extract_mentions_total[1h]))", "{{type}}"),),
    ),
    Panel(
        "Events published",
        "In an hour, by type and status.",
        (("sum by (type, status) (increase(dealwire_ledger_events_total[1h]))", "{{type}} {{status}}"),),
    ),
    Panel(
        "Refused by the ledger",
        "In an hour, by reason.",
        (("sum by (reason) (increase(dealwire_ledger_refused_total[1h]))", "{{reason}}"),),
    ),
    Panel(
        "Alerts and notices",
        "In an hour, by rule.",
        (
            ("sum by (rule) (increase(dealwire_alerts_raised_total[1h]))", "{{rule}}"),
            ("sum by (rule, notice) (increase(dealwire_alerts_notices_total[1h]))", "{{rule}} {{notice}}"),
        ),
    ),
    Panel(
        "Notices to people",
        "By channel in an hour, and those that wait.",
        (
            ("sum by (channel, outcome) (increase(dealwire_notify_notices_total[1h]))", "{{channel}} {{outcome}}"),
            ("sum by (channel) (dealwire_notify_notices_waiting)", "{{channel}} waiting"),
        ),
    ),
)
KAFKA = (
    Panel("Not yet committed", "By topic.", (("dealwire:lag_messages:by_topic", "{{topic}}"),)),
    Panel(
        "Not yet committed, by partition",
        "One high line among low ones: a stuck partition.",
        (
            (
                'max by (topic, partition) (dealwire_consumer_lag_messages{job="dealwire-work"})',
                "{{topic}} {{partition}}",
            ),
        ),
    ),
    Panel(
        "Growth of the lag",
        "Messages a second, over 15 minutes.",
        (("deriv(dealwire:lag_messages:by_topic[15m])", "{{topic}}"),),
    ),
    Panel(
        "Not yet read by the web process",
        "By topic.",
        (('sum by (topic) (dealwire_consumer_lag_messages{job="dealwire-web"})', "{{topic}}"),),
    ),
    Panel("Live clients", "Open connections of the board.", (("sum(dealwire_web_clients)", "clients"),)),
    Panel(
        "Open files and sockets",
        "By process.",
        (('process_open_fds{job=~"dealwire-.+"}', "{{job}} {{instance}}"),),
    ),
)
DASHBOARDS = {"Line": LINE, "Feeds": FEEDS, "Regions": REGIONS, "Truth": TRUTH, "Kafka": KAFKA}
