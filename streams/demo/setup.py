"""What the children of the demo are told: their settings and the feeds file."""

import socket
from collections.abc import Iterable
from typing import Any

from streams.demo.samples import SampleFeed
from streams.settings import Settings

POLLING = {
    "poll_min": 1,
    "poll_max": 5,
    "poll_timeout": 10,
    "poll_per_host_gap": 0.02,
    "poll_allow_private": "127.0.0.0/8",
    "worker_metrics_port": 0,
    "poller_metrics_port": 0,
    "session_timeout": 6,
}
"""The sample feeds are ours and on this machine, so that they may be asked every second."""


def child_settings(settings: Settings, **changes: Any) -> dict[str, str]:
    """Every setting as DEALWIRE_* variables, so that a child has ours and reads no file of its own."""
    values = {**settings.model_dump(mode="json"), **POLLING, **changes}
    if settings.rules is not None:
        values["rules"] = settings.rules.resolve()
    env = {f"DEALWIRE_{name.upper()}": str(value) for name, value in values.items() if value is not None}
    return {**env, "NO_CYTHON": "1", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def feeds_file(feeds: Iterable[SampleFeed], base: str) -> str:
    """The feeds file for the sample feeds at `base`, as TOML. Names and codes are plain words: nothing to escape."""
    lines = []
    for feed in feeds:
        lines += ["[[feed]]", f'name = "{feed.name}"', f'url = "{base}/feeds/{feed.name}.xml"']
        lines += [f'language = "{feed.language}"', f'zone = "{feed.zone}"']
        lines += [f'region = "{feed.region}"'] if feed.region else []
        lines.append("")
    return "\n".join(lines)


def free_port(wanted: int, host: str) -> int:
    """The wanted port if it can be had, else 0: any."""
    try:
        with socket.create_server((host, wanted)):
            return wanted
    except OSError:
        return 0
