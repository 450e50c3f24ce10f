"""The demo's terminal: a live table under a stream of lines where there is a terminal, plain lines elsewhere."""

import os
import time
from dataclasses import dataclass

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from schemas.base import Contract
from streams.demo.picture import Picture
from streams.demo.words import news_line, regions_table, shown_regions, windows_table

LIVE_ROWS = 8
PLAIN_WIDTH = 120
"""Columns of the tables where there is no terminal."""
PLAIN_EVERY = 3.0
"""Seconds between two lines of progress where there is no terminal."""


@dataclass(frozen=True)
class Progress:
    """How many article revisions have been seen at each step: all of a later step are among those of the one before."""

    expected: int
    read: int
    passed: int
    mentioned: int
    dead: int

    @classmethod
    def of(cls, picture: Picture, expected: int) -> "Progress":
        """How far what was seen has come. A later topic may be read a moment before an earlier one: what counts is
        what was seen on both."""
        read = picture.raw.keys()
        passed = picture.relevant.keys() & read
        return cls(expected, len(read), len(passed), len(picture.extracted & passed), len(picture.dead))

    def line(self) -> str:
        """As one line."""
        return (
            f"revisions: {self.read} of {self.expected} read, {self.passed} of them passed on by the classifier, "
            f"{self.mentioned} of those with mentions; dead letters: {self.dead}"
        )


class Screen:
    """Where everything is shown. Use as a context manager, so that the terminal is left as it was."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        if not self.console.is_terminal and console is None:
            self.console.width = PLAIN_WIDTH
        self._live: Live | None = None
        if self.console.is_terminal and not os.environ.get("NO_COLOR"):
            self._live = Live(console=self.console, auto_refresh=False, transient=True)
        self._last: tuple[float, str] = (0.0, "")

    def __enter__(self) -> "Screen":
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()
            self._live = None

    def say(self, text: str, style: str = "") -> None:
        """A line."""
        self.console.print(Text(text, style), soft_wrap=True)

    def news(self, record: Contract) -> None:
        """An event, an alert or a dead letter, as it arrives."""
        self.console.print(news_line(record), soft_wrap=True)

    def progress(self, progress: Progress, picture: Picture) -> None:
        """How far the line is, with the totals; a line now and then where there is no terminal."""
        line = progress.line()
        if self._live:
            rows = [regions_table(picture.totals, "30d", LIVE_ROWS)] if shown_regions(picture.totals, "30d") else []
            self._live.update(Group(*rows, Text(line, "bold")), refresh=True)
        elif line != self._last[1] and time.monotonic() - self._last[0] > PLAIN_EVERY:
            self._last = time.monotonic(), line
            self.say(line)

    def totals(self, picture: Picture) -> None:
        """The full tables: the country by window, and every province."""
        country = picture.totals.get("CN")
        if country is not None:
            self.console.print(windows_table(country))
        self.console.print(regions_table(picture.totals, "30d"))
