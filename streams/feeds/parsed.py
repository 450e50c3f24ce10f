"""What parsers make of feeds and pages: the shapes that pass between a parser's process and the poller."""

from dataclasses import dataclass, field
from typing import Any

MAX_ENTRIES = 10_000
"""Entries of one document that are looked at; the rest are counted."""
MAX_RAW = 20_000
"""Characters kept of the source of an entry."""


@dataclass(frozen=True)
class Entry:
    """One entry. Texts are plain; `raw` is its source, for the dead letters."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    """The body when the feed carries one (`content:encoded`, Atom content), else empty."""
    date: str = ""
    """As written: of publication, else of the last change."""
    raw: str = ""
    keys: tuple[str, ...] = ()
    """What it can be known by, best first (`identity.keys_of`); worked out in the parser's process."""
    content: str = ""
    """Hash of title and text (`identity.content_hash`)."""


@dataclass(frozen=True)
class Hints:
    """How often the publisher wants to be asked: `every` in seconds, hours (UTC) and days (English) to skip."""

    every: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selectors:
    """CSS selectors of a list page: of an item, and within it of link, title and date. `a@title`: an attribute."""

    item: str
    link: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Parsed:
    """A feed that was read. `total` counts all its entries, also those over the limit that are not in `entries`."""

    entries: tuple[Entry, ...] = ()
    hints: Hints = field(default_factory=Hints)
    whole: bool = True
    total: int = 0
    kind: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class ArticlePage:
    """What a page says: plain text (empty when no article was found), what it says of itself, links to a next page."""

    text: str
    title: str = ""
    date: str = ""
    next: tuple[str, ...] = ()


class Unreadable(ValueError):
    """The body is no feed. `reason` is the bounded code: encoding or parse."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def to_plain(parsed: Parsed) -> dict[str, Any]:
    """As JSON can carry it between processes."""
    return {
        "entries": [
            [e.guid, e.link, e.title, e.summary, e.text, e.date, e.raw, e.keys, e.content] for e in parsed.entries
        ],
        "hints": [parsed.hints.every, parsed.hints.skip_hours, parsed.hints.skip_days],
        "rest": [parsed.whole, parsed.total, parsed.kind, parsed.encoding],
    }


def from_plain(data: dict[str, Any]) -> Parsed:
    """The opposite of `to_plain`."""
    every, hours, days = data["hints"]
    return Parsed(
        tuple(_entry(fields) for fields in data["entries"]),
        Hints(every, tuple(hours), tuple(days)),
        *data["rest"],
    )


def _entry(fields: list[Any]) -> Entry:
    fields[7] = tuple(fields[7])  # JSON has no tuples
    return Entry(*fields)
