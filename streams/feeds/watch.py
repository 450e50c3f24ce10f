"""The feeds file while the poller runs: read again when it changes and on SIGHUP."""

import asyncio
import contextlib
from pathlib import Path

from streams.feeds import logs
from streams.feeds.feeds_file import FeedsFileError, load_feeds
from streams.feeds.rota import Rota
from streams.feeds.sink import SinkError

LOOK_EVERY = 2.0
"""Seconds between two looks at the file's time and size."""


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file does; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class FeedsWatch:
    """Tells a rota of changes. A file that cannot be read, or has no right entry, changes nothing."""

    def __init__(self, path: Path, rota: Rota) -> None:
        """Changes count from now on."""
        self._path, self._rota = path, rota
        self._stamp = stamp_of(path)

    async def look(self, *, asked: bool = False) -> bool:
        """Reads the file if it has changed, or in any case when `asked`; True when the rota took it."""
        stamp = stamp_of(self._path)
        if stamp == self._stamp and not asked:
            return False
        try:
            file = load_feeds(self._path)
        except FeedsFileError as error:
            self._stamp = stamp
            logs.warning("feeds_file", detail=str(error), kept="the feeds of before")
            return False
        for problem in file.problems:
            logs.warning("feeds_file", file=self._path, line=problem.line, detail=problem.text)
        if not file.feeds:
            self._stamp = stamp
            logs.warning("feeds_file", detail="no right entry in it", kept="the feeds of before")
            return False
        logs.info("feeds_file_read", file=self._path, feeds=sum(feed.enabled for feed in file.feeds))
        await self._rota.change(file.feeds)  # raises SinkError: then the next look reads it again
        self._stamp = stamp
        return True

    async def keep_looking(self, asked: asyncio.Event) -> None:
        """Looks now and then, and at once when `asked` is set; for ever."""
        due = False
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await asked.wait()
            due = due or asked.is_set()
            asked.clear()
            try:
                await self.look(asked=due)
                due = False
            except SinkError as error:
                self._rota.miss_broker(error)
