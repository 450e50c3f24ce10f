"""The rule files as text: enough of their form to compare names without a YAML reader."""

import re

from tests.conftest import ROOT

PROMETHEUS = ROOT / "deploy" / "prometheus"
RECORDING = PROMETHEUS / "recording.yml"
ALERTS = PROMETHEUS / "alerts.yml"
SCRAPED = {
    "up": "Prometheus' own, for each target of a scrape",
    "process_start_time_seconds": "the client library's, on Linux",
    "process_resident_memory_bytes": "the client library's, on Linux",
    "process_cpu_seconds_total": "the client library's, on Linux",
    "process_open_fds": "the client library's, on Linux",
}
"""Metrics in rules and panels that are not in the catalogue, and whose they are."""
_METRIC = re.compile(r"(?<![\w:])(?:dealwire_|process_)\w+(?!:)|(?<![\w:])up(?=\{)")
_RECORDED = re.compile(r"dealwire:\w+:\w+")


def alert_blocks() -> dict[str, str]:
    """Name of each alert -> its lines."""
    _, *blocks = re.split(r"(?m)^ +- alert: ", ALERTS.read_text())
    return {block.split(None, 1)[0]: block for block in blocks}


def recorded() -> set[str]:
    """Names that recording rules make."""
    return set(re.findall(r"record: (\S+)", RECORDING.read_text()))


def find_metrics(text: str) -> set[str]:
    """Names of scraped metrics in expressions.

    >>> sorted(find_metrics('sum(rate(dealwire_x_total[5m])) / up{job="dealwire-web"} > dealwire:a:b'))
    ['dealwire_x_total', 'up']
    """
    return set(_METRIC.findall(text))


def find_recorded(text: str) -> set[str]:
    """Names of recorded series in expressions."""
    return set(_RECORDED.findall(text))
