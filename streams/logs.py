"""Structured log lines on standard error: `time level logger message key=value …`, one line each."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "data", "stack", "tags"}
NOISY = {
    "aiokafka": logging.ERROR, "faust": logging.WARNING, "mode": logging.WARNING,
    "streams.faust_mends": logging.WARNING, "streams.row_table": logging.WARNING, "asyncio": logging.ERROR,
}  # fmt: skip
"""Libraries that write pages of what is normal in a rebalance; DEBUG shows it all."""


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
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, floor in NOISY.items():
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else max(floor, logging.getLevelName(level)))
