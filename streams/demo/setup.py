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
        lines += ["[[feeds]]", f'name = "{feed.name}"', f'url = "{base}/feeds/{feed.name}.xml"']
        lines += [f'language = "{feed.language}"', f'zone = "{feed.zone}"']
        lines += [f'region = "{feed.region}"'] if feed.region else []
        lines.append("")
    return "\n".join(lines)


def free_port(wanted: int) -> int:
    """The wanted loopback port if nobody has it, else a free one."""
    for port in (wanted, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as server:
                return int(server.getsockname()[1])
        except OSError:
            continue
    raise OSError("no free loopback port")


def answers(port: int) -> bool:
    """True when somebody listens on a loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.2):
            return True
    except OSError:
        return False
