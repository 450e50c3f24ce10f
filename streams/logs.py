"""Structured log lines on standard error: `time level logger message key=value …`, one line each."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import TextIO

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "data", "stack", "tags"}
NOISY = {
    "aiokafka": logging.ERROR, "faust": logging.WARNING, "mode": logging.WARNING,
    "streams.faust_mends": logging.WARNING, "streams.row_table": logging.WARNING, "asyncio": logging.ERROR,
}  # fmt: skip
"""Libraries that write pages of what is normal in a rebalance; DEBUG shows it all."""


QUIET_FOR = 10.0
"""Seconds in which a library may say the same thing once: without a broker aiokafka says it ten times a second."""


class Throttle(logging.Filter):
    """Lets one of the same lines of a library through, and says with the next how many were left out."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self.clock = clock
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """True for a line to show."""
        if record.name.partition(".")[0] not in ("aiokafka", "faust", "mode"):
            return True
        key, now = (record.name, str(record.msg)), self.clock()
        since, left_out = self._seen.get(key, (-QUIET_FOR, 0))
        if now - since < QUIET_FOR:
            self._seen[key] = (since, left_out + 1)
            return False
        self._seen[key] = (now, 0)
        if left_out:
            record.left_out = left_out
        return True


class LineFormatter(logging.Formatter):
    """One line a record, exceptions included: a traceback is for DEBUG."""

    def __init__(self, tracebacks: bool = False) -> None:
        super().__init__()
        self.tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        text = " ".join(record.getMessage().split())
        fields = {name: value for name, value in vars(record).items() if name not in PLAIN}
        if record.exc_info and record.exc_info[1] is not None and "error" not in fields:
            fields["error"] = repr(record.exc_info[1])
        line = f"{moment} {record.levelname.lower()} {record.name} {text}"
        for name, value in fields.items():
            line += f" {name}={_quoted(value)}"
        if self.tracebacks and record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def _quoted(value: object) -> str:
    text = str(value)
    return (
        text
        if text and not any(char.isspace() or char in '"=' for char in text)
        else json.dumps(text, ensure_ascii=False)
    )


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send all logging of this process to one stream, once."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(tracebacks=level == "DEBUG"))
    if level != "DEBUG":
        handler.addFilter(Throttle())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, floor in NOISY.items():
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else max(floor, logging.getLevelName(level)))
