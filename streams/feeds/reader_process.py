"""The process in which feeds and pages are parsed: `python -m streams.feeds.reader_process`. Frames on stdin, answers
on stdout.

A frame is its length in 4 bytes and a JSON header line, then the body. The header says what the body is: `feed`, `list`
(a page of links), `article`, `feeds` (a page that may name some) or `robots`. When stdin ends, so does the process: it
cannot outlive its poller. A limit on its memory turns a bomb into an answer.
"""

import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from dataclasses import astuple
from typing import IO, Any

from streams.feeds.parsed import Selectors, Unreadable, to_plain

MEMORY = 1 << 30
"""Bytes of address space: what 10 MB of feed can need, with room."""


def main() -> None:
    """Answers until stdin ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not end up between the frames
    while (job := read_frame(stdin)) is not None:
        header, _, body = job.partition(b"\n")
        try:
            write_frame(stdout, json.dumps(_answer(json.loads(header), body)).encode())
        except BrokenPipeError:  # the poller is gone, and with it who asked
            os._exit(0)


def _answer(job: dict[str, Any], body: bytes) -> dict[str, object]:
    try:
        return {"read": _READ[job["what"]](job, body)}
    except Unreadable as error:
        return {"reason": error.reason, "error": str(error)}
    except MemoryError:
        return {"reason": "too_large", "error": "parsing it takes too much memory", "spent": True}


# Each imports what it needs when it is first asked: together they take a second and 60 MB.


def _feed(job: dict[str, Any], body: bytes) -> object:
    from streams.feeds.parser import parse_feed

    return to_plain(parse_feed(body, job["url"], job["charset"]))


def _list(job: dict[str, Any], body: bytes) -> object:
    from streams.feeds.page_list import parse_list

    return to_plain(parse_list(body, job["url"], job["charset"], Selectors(*job["selectors"])))


def _article(job: dict[str, Any], body: bytes) -> object:
    from streams.feeds.article_page import read_article

    return astuple(read_article(body, job["url"], job["charset"]))


def _named_feeds(job: dict[str, Any], body: bytes) -> object:
    from streams.feeds.html import find_feeds

    return find_feeds(body, job["url"])


def _robots(job: dict[str, Any], body: bytes) -> object:
    from streams.feeds.robots_txt import may_fetch

    return may_fetch(body, job["url"], job["agent"])


_READ: dict[str, Callable[[dict[str, Any], bytes], object]] = {
    "feed": _feed,
    "list": _list,
    "article": _article,
    "feeds": _named_feeds,
    "robots": _robots,
}


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame; None at the end of the stream, also when it ends within a frame."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    data = stream.read(size)
    return data if len(data) == size else None


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Sends a frame."""
    stream.write(struct.pack(">I", len(data)))
    stream.write(data)
    stream.flush()


if __name__ == "__main__":
    main()
