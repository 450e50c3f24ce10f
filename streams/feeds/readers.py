"""Parsing in processes of their own, with a deadline: what is made to burn time costs its process, not the poller."""

import asyncio
import contextlib
import json
import subprocess
import sys
from dataclasses import astuple
from typing import Any

from streams.feeds.parsed import ArticlePage, Parsed, Selectors, Unreadable, from_plain
from streams.feeds.reader_process import read_frame, write_frame

COMMAND = ("-m", "streams.feeds.reader_process")
RECYCLE_AFTER = 500
"""Documents after which a process is replaced, so that what parsers leave behind does not add up."""


class Readers:
    """A few reader processes. `parse` waits for a free one; `close` ends them."""

    def __init__(self, count: int = 1, deadline: float = 10.0) -> None:
        """`deadline` is seconds for one document."""
        self._deadline = deadline
        self._count = count
        self._free: list[_Reader] = []
        self._slots = asyncio.Semaphore(count)
        self._all: set[_Reader] = set()

    def warm(self) -> None:
        """Starts the processes before they are needed: that takes half a second of theirs, and none of ours."""
        self._free += [self._start() for _ in range(self._count - len(self._all))]

    @property
    def running(self) -> set[int]:
        """The ids of the processes."""
        return {reader.pid for reader in self._all}

    async def parse(self, body: bytes, url: str, charset: str | None, selectors: Selectors | None = None) -> Parsed:
        """As `parser.parse_feed`; with selectors as `page_list.parse_list`. Raises Unreadable, also for a document that
        takes too long or kills its process."""
        what = {"what": "list", "selectors": astuple(selectors)} if selectors else {"what": "feed"}
        answer = await self._read({**what, "url": url, "charset": charset}, body)
        return await asyncio.to_thread(from_plain, answer)

    async def read_article(self, body: bytes, url: str, charset: str | None) -> ArticlePage:
        """As `article_page.read_article`. Raises Unreadable as `parse` does."""
        text, title, date, links = await self._read({"what": "article", "url": url, "charset": charset}, body)
        return ArticlePage(text, title, date, tuple(links))

    async def find_feeds(self, body: bytes, url: str) -> list[str]:
        """As `html.find_feeds`. Raises Unreadable as `parse` does."""
        return list(await self._read({"what": "feeds", "url": url}, body))

    async def may_fetch(self, robots: bytes, url: str, agent: str) -> bool:
        """As `robots_txt.may_fetch`. Raises Unreadable as `parse` does."""
        return bool(await self._read({"what": "robots", "url": url, "agent": agent}, robots))

    async def _read(self, job: dict[str, object], body: bytes) -> Any:
        async with self._slots:
            reader = self._take()
            asking = asyncio.create_task(asyncio.to_thread(reader.ask, job, body))
            try:
                async with asyncio.timeout(self._deadline):
                    answer = await asyncio.shield(asking)
            except BaseException as error:
                self._drop(reader)
                await asyncio.gather(asking, return_exceptions=True)  # the thread ends with its process
                if isinstance(error, TimeoutError):
                    raise Unreadable("timeout", f"parsing took more than {self._deadline:g} s") from error
                raise
            if answer is None or answer.get("spent") or reader.done >= RECYCLE_AFTER:
                self._drop(reader)
            else:
                self._free.append(reader)
        if answer is None:
            raise Unreadable("parse", "the parser's process died of it")
        if "read" not in answer:
            raise Unreadable(answer["reason"], answer["error"])
        return answer["read"]

    def close(self) -> None:
        """Ends all processes."""
        for reader in list(self._all):
            self._drop(reader)
        self._free.clear()

    def _take(self) -> "_Reader":
        while self._free:
            reader = self._free.pop()
            if reader.is_alive:
                return reader
            self._drop(reader)  # it was ended from outside, which is no fault of the next feed
        return self._start()

    def _start(self) -> "_Reader":
        reader = _Reader()
        self._all.add(reader)
        return reader

    def _drop(self, reader: "_Reader") -> None:
        self._all.discard(reader)
        reader.kill()


class _Reader:
    def __init__(self) -> None:
        self.done = 0
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is the poller's to handle
        )

    @property
    def is_alive(self) -> bool:
        """False when the process has ended."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def ask(self, job: dict[str, object], body: bytes) -> dict[str, Any] | None:
        """The answer; None when the process has died. Blocks: call it in a thread."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self.done += 1
        try:
            write_frame(stdin, json.dumps(job).encode() + b"\n" + body)
            frame = read_frame(stdout)
        except (OSError, ValueError):
            return None
        return None if frame is None else dict(json.loads(frame))

    def kill(self) -> None:
        """Ends the process and waits for its end."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
