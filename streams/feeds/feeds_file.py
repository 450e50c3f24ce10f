"""The feeds file: TOML, one `[[feed]]` table an entry. A wrong entry is named by its line and the rest goes on."""

import itertools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.article import FeedRef, Language
from streams.feeds.links import Login, clean_link, is_web_link, split_login
from streams.feeds.parsed import Selectors
from streams.feeds.selectors import find_selector_mistake

KINDS = ("rss", "page")
"""`rss` stands for every kind of feed document; which one it is, the document says. `page` is a list without a feed."""
_SELECTORS = ("item", "link", "title", "date")
_KEYS = ("url", "name", "region", "language", "zone", "interval", "enabled", "fulltext", "kind", *_SELECTORS)
HEADER = re.compile(r"^\s*\[\[\s*feed\s*\]\]\s*(?:#.*)?$")
_REGION = re.compile(r"CN-\d{6}|[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


class FeedsFileError(Exception):
    """The feeds file cannot be read at all. The message is one line."""


@dataclass(frozen=True)
class Feed:
    """One feed to poll. `url` has no credentials: those are in `login` and go nowhere but to that origin."""

    url: str
    name: str
    region: str | None = None
    language: Language | None = None
    zone: str = "Asia/Shanghai"
    interval: float | None = None
    """Seconds between polls; when None, as often as the feed has news."""
    enabled: bool = True
    kind: str = "rss"
    fulltext: bool = True
    """Whether linked pages are read where the feed gives only a summary."""
    selectors: Selectors | None = None
    """Of a page; None for a feed document."""
    login: Login | None = None
    line: int = 0

    @property
    def ref(self) -> FeedRef:
        """What its articles say of it."""
        return FeedRef(name=self.name, url=self.url, region=self.region, language=self.language, zone=self.zone)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a feeds file, for a person."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


@dataclass(frozen=True)
class FeedsFile:
    """What a feeds file says: the entries that are right, and what is wrong with the others."""

    feeds: tuple[Feed, ...]
    problems: tuple[Problem, ...]


def load_feeds(path: Path) -> FeedsFile:
    """Reads the file. Raises FeedsFileError when there is none or it is not text."""
    try:
        return parse_feeds(path.read_text("utf-8"))
    except OSError as error:
        raise FeedsFileError(
            f"feeds file {str(path)!r}: {error.strerror}; expected a TOML file of [[feed]] tables"
        ) from error
    except UnicodeDecodeError as error:
        raise FeedsFileError(f"feeds file {str(path)!r}: not UTF-8 text at byte {error.start}") from error


def parse_feeds(text: str) -> FeedsFile:
    """The entries of a feeds file. Each table is read alone, so that a slip in one spoils no other."""
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if HEADER.match(line)]
    feeds: list[Feed] = []
    problems: list[Problem] = _preamble(lines[: starts[0]] if starts else lines)
    for start, end in itertools.pairwise([*starts, len(lines)]):
        try:
            feeds.append(_parse_entry(lines[start:end], start + 1, feeds))
        except _Wrong as wrong:
            problems.append(Problem(wrong.line, str(wrong)))
    return FeedsFile(tuple(feeds), tuple(problems))


class _Wrong(Exception):
    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def _preamble(lines: list[str]) -> list[Problem]:
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")), None)
    return [] if first is None else [Problem(first + 1, "expected a [[feed]] table here")]


def _parse_entry(lines: list[str], first: int, before: list[Feed]) -> Feed:
    try:
        table = tomllib.loads("\n".join(lines))["feed"][0]
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = first + int(at[1]) - 1 if at else first + len(lines) - 1
        raise _Wrong(line, f"not valid TOML: {re.sub(r' [(]at .*', '', str(error))}") from error
    feed = _checked(table, _Lines(lines, first))
    for other in before:
        if feed.url == other.url or feed.name == other.name:
            same = "url" if feed.url == other.url else "name"
            raise _Wrong(first, f"the same {same} as the feed of line {other.line}")
    return feed


class _Lines:
    """Where each key of an entry stands."""

    def __init__(self, lines: list[str], first: int) -> None:
        self._lines, self.first = lines, first

    def of(self, key: str) -> int:
        pattern = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""")
        return next((self.first + at for at, line in enumerate(self._lines) if pattern.match(line)), self.first)

    def wrong(self, key: str, found: object, expected: str) -> _Wrong:
        return _Wrong(self.of(key), f"{key} = {found!r}: expected {expected}")


def _checked(table: dict[str, Any], lines: _Lines) -> Feed:
    for key in table:
        if key not in _KEYS:
            raise _Wrong(lines.of(key), f"unknown key {key!r}; known keys: {', '.join(_KEYS)}")
    if "url" not in table:
        raise _Wrong(lines.first, "a feed without url")
    url, login = _url(table["url"], lines)
    name = table.get("name", clean_link(url))
    region, language, zone = table.get("region"), table.get("language"), table.get("zone", "Asia/Shanghai")
    interval, enabled, kind = table.get("interval"), table.get("enabled", True), table.get("kind", "rss")
    if not isinstance(name, str) or not name.strip():
        raise lines.wrong("name", name, "a short name")
    if region is not None and not (isinstance(region, str) and _REGION.fullmatch(region)):
        raise lines.wrong("region", region, "a region code such as CN-330200 or VN")
    if language is not None and language not in get_args(Language):
        raise lines.wrong("language", language, "one of " + ", ".join(get_args(Language)))
    if not _is_zone(zone):
        raise lines.wrong("zone", zone, "an IANA zone such as Asia/Shanghai")
    if interval is not None and (isinstance(interval, bool) or not isinstance(interval, int | float) or interval <= 0):
        raise lines.wrong("interval", interval, "seconds between polls")
    fulltext = table.get("fulltext", True)
    for key, value in (("enabled", enabled), ("fulltext", fulltext)):
        if not isinstance(value, bool):
            raise lines.wrong(key, value, "true or false")
    if kind not in KINDS:
        raise lines.wrong("kind", kind, "one of " + ", ".join(KINDS))
    selectors = _selectors(table, kind, lines)
    return Feed(
        url, name.strip(), region, language, zone, interval, enabled, kind, fulltext, selectors, login, lines.first
    )


def _selectors(table: dict[str, Any], kind: str, lines: _Lines) -> Selectors | None:
    given = [key for key in _SELECTORS if key in table]
    if kind != "page":
        if given:
            raise _Wrong(lines.of(given[0]), f'{given[0]}: only an entry of kind = "page" has selectors')
        return None
    if not given or given[0] != "item":
        raise _Wrong(lines.first, 'an entry of kind = "page" without item, the CSS selector of what is listed')
    for key in given:
        value = table[key]
        mistake = find_selector_mistake(value) if isinstance(value, str) and value.strip() else "not a text"
        if mistake:
            raise _Wrong(lines.of(key), f"{key} = {value!r}: expected a CSS selector: {mistake}")
    return Selectors(table["item"], *(table.get(key) for key in _SELECTORS[1:]))


def _url(value: object, lines: _Lines) -> tuple[str, Login | None]:
    # What is wrong with a URL is said without showing it: it may hold a password.
    if not isinstance(value, str):
        raise _Wrong(lines.of("url"), "url: expected text")
    url, login = split_login(value.strip())
    if not is_web_link(url):
        raise _Wrong(lines.of("url"), "url: expected an address that begins with http:// or https:// and has a host")
    return url, login


def _is_zone(name: object) -> bool:
    try:
        return isinstance(name, str) and ZoneInfo(name) is not None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
