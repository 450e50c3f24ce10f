"""What a poll changes: articles to publish, dead letters to write, what to remember. Pure.

The rule of `first_seen`: the article's date when it has a believable one that is not in the future, else the moment it
was fetched. So an article that is sent again after a crash carries the same `first_seen` as the first time.
"""

import base64
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from schemas.article import Language, RawArticle
from schemas.dead_letter import DeadLetter
from schemas.feed_state import FeedState, Seen
from streams.feeds.dates import believable, parse_date
from streams.feeds.decoding import looks_garbled
from streams.feeds.feeds_file import Feed
from streams.feeds.identity import Identified, article_id, digest, identify
from streams.feeds.links import without_login
from streams.feeds.parsed import Entry, Parsed
from streams.language import detect_language

MAX_REVISIONS = 24
"""A body that changes more often contains the time of day, or a counter."""
MAX_NEW = 1000
"""New articles of one poll. The rest comes at the next polls."""
SEEN_FOR = timedelta(days=90)
SEEN_MOST = 10_000
"""Entries remembered of one feed: with these the state stays below a message's limit when packed."""
MAX_TEXT = 200_000
"""Characters of a text: 800 kB at most, below the limit of a message."""
MAX_SUMMARY = 10_000
MAX_TITLE = 1000
LEAST_TEXT = 40
"""Characters that the text of a page must have to be one."""
AGAIN = "again:"
"""Stands before the hash of what was published while its page has to be read again."""
HEADLINE = 80
"""Characters of the text that stand in for a missing title."""


@dataclass(frozen=True)
class Changes:
    """What one poll of a feed leads to. `suppressed` counts by reason what was not published on purpose."""

    articles: tuple[RawArticle, ...]
    letters: tuple[DeadLetter, ...]
    seen: dict[str, Seen]
    suppressed: dict[str, int]
    backlog: bool
    """More new entries are waiting: the same body must be read again."""
    newest: datetime | None


@dataclass
class _Draft:
    feed: Feed
    now: datetime
    version: str
    seen: dict[str, Seen]
    articles: list[RawArticle] = field(default_factory=list)
    letters: list[DeadLetter] = field(default_factory=list)
    suppressed: dict[str, int] = field(default_factory=dict)
    newest: datetime | None = None

    def suppress(self, reason: str, count: int = 1) -> None:
        self.suppressed[reason] = self.suppressed.get(reason, 0) + count


def find_changes(
    feed: Feed,
    state: FeedState,
    parsed: Parsed,
    now: datetime,
    version: str,
    *,
    partial: bool = False,
    most: int | None = None,
) -> Changes:
    """Compares a document with what was seen of the feed. `version` is that of dealwire, for the dead letters.
    `most` articles, new and revised, are taken of those that lack a text and whose pages have to be read (None: none
    is read)."""
    draft = _Draft(feed, now, version, dict(state.seen), newest=state.newest)
    dates = [believable(parse_date(entry.date, feed.zone, now), now) for entry in parsed.entries]
    appeared = [date if date is not None and date <= now else None for date in dates]
    identities = identify(parsed.entries, appeared, state.seen, partial=partial or not parsed.whole)
    date_of = {id(entry): date for entry, date in zip(parsed.entries, dates, strict=True)}
    if parsed.total > len(parsed.entries):
        draft.suppress("over_cap", parsed.total - len(parsed.entries))
    waiting = 0
    for one in _newest_first(identities.known, date_of):
        if _is_too_much(draft, one, most):
            waiting += 1
            continue
        _take(draft, one, date_of[id(one.entry)])
    for entry in identities.nameless:
        _bury(draft, "x:" + digest(entry.raw), entry, "identity", "no guid, link, title or text")
    kept = _pruned(draft.seen, now)
    in_order = tuple(reversed(draft.articles))  # oldest first, as they appeared
    return Changes(in_order, tuple(draft.letters), kept, draft.suppressed, waiting > 0, draft.newest)


def _is_too_much(draft: _Draft, one: Identified, most: int | None) -> bool:
    old = draft.seen.get(one.before or "")
    if old is None and len(draft.articles) >= MAX_NEW:
        return True
    if most is None or one.entry.text or (old is not None and old.content_hash == one.entry.content):
        return False
    return sum(not article.fulltext for article in draft.articles) >= most


def _newest_first(known: Sequence[Identified], date_of: dict[int, datetime | None]) -> list[Identified]:
    """By date, newest first; entries without a date keep their place before the others, as documents list them."""
    return sorted(known, key=lambda one: -(date.timestamp() if (date := date_of[id(one.entry)]) else float("inf")))


def _take(draft: _Draft, one: Identified, date: datetime | None) -> None:
    """Publishes, revises or passes over one entry, and remembers it."""
    entry, old, now = one.entry, draft.seen.get(one.before or ""), draft.now
    why = _unusable(entry)
    if why is not None:
        _bury(draft, one.key, entry, *why)
        return
    hashed = entry.content
    first_seen = old.first_seen if old else date if date is not None and date <= now else now
    if old is None or (old.content_hash != hashed and old.revision < MAX_REVISIONS):
        name = old.article_id if old else article_id(draft.feed.url, one.key)
        old = Seen(
            article_id=name,
            revision=old.revision + 1 if old else 1,
            content_hash=hashed,
            first_seen=first_seen,
            last_seen=now,
        )
        draft.articles.append(_article(draft.feed, entry, old, date, now))
        draft.newest = max(filter(None, (draft.newest, date)), default=None)
    elif old.content_hash != hashed:
        draft.suppress("flapping")
    if one.before is not None:
        del draft.seen[one.before]
    draft.seen[one.key] = old.model_copy(update={"last_seen": now})


def _unusable(entry: Entry) -> tuple[str, str] | None:
    if not (entry.title or entry.summary or entry.text):
        return "empty", "neither title nor text"
    if looks_garbled(f"{entry.title}\n{entry.text or entry.summary}"):
        return "encoding", "text that was decoded with the wrong table before it reached the feed"
    return None


def _bury(draft: _Draft, key: str, entry: Entry, reason: str, error: str) -> None:
    """A dead letter, once an entry: what was buried is remembered with revision 0."""
    old = draft.seen.get(key)
    if old is None:
        letter = DeadLetter(
            topic="feed",
            partition=None,
            offset=None,
            key=base64.b64encode(draft.feed.url.encode()).decode(),
            value=base64.b64encode(entry.raw.encode("utf-8", "replace")).decode(),
            stage="feeds",
            reason=reason,
            error=f"{draft.feed.name}: {error}",
            attempts=1,
            version=draft.version,
            at=draft.now,
        )
        draft.letters.append(letter)
        name = article_id(draft.feed.url, key)
        old = Seen(article_id=name, revision=0, content_hash="", first_seen=draft.now, last_seen=draft.now)
    elif old.revision > 0:
        draft.suppress(reason)  # it was published in a better state: that stands
    draft.seen[key] = old.model_copy(update={"last_seen": draft.now})


def _article(feed: Feed, entry: Entry, seen: Seen, date: datetime | None, now: datetime) -> RawArticle:
    text = entry.text or entry.summary or entry.title
    title = entry.title or _headline(text)
    summary = "" if entry.summary == text else entry.summary
    return RawArticle(
        article_id=seen.article_id,
        revision=seen.revision,
        feed=feed.ref,
        url=without_login(entry.link),
        title=title[:MAX_TITLE],
        summary=summary[:MAX_SUMMARY],
        text=text[:MAX_TEXT],
        language=language_of(f"{title}\n{text}", feed.language),
        published=date,
        published_raw=entry.date or None,
        first_seen=seen.first_seen,
        fetched=now,
        content_hash=seen.content_hash,
        fulltext=bool(entry.text),
        truncated=len(text) > MAX_TEXT or len(title) > MAX_TITLE or len(summary) > MAX_SUMMARY,
    )


@dataclass(frozen=True)
class Whole:
    """The text of an article's page or pages, and what the first says of itself. `complete`: no page is missing."""

    text: str
    title: str = ""
    date: str = ""
    complete: bool = True


def with_text(article: RawArticle, whole: Whole, feed: Feed, now: datetime) -> RawArticle:
    """The article with the text of its page; itself when that says no more than its feed did, or is garbled.

    A title that the feed cut off is taken from the page when it goes on in the same way, and a missing date.
    """
    had = article.summary or article.text
    if len(whole.text) < max(LEAST_TEXT, len(had)) or looks_garbled(whole.text):
        return article
    cut = article.title.rstrip(".…")
    title = whole.title if cut != article.title and whole.title.startswith(cut) else article.title
    published = article.published or believable(parse_date(whole.date, feed.zone, now), now)
    update = {
        "title": title[:MAX_TITLE],
        "summary": (had if had != article.title else "")[:MAX_SUMMARY],
        "text": whole.text[:MAX_TEXT],
        "language": language_of(f"{title}\n{whole.text}", feed.language),
        "published": published,
        "published_raw": article.published_raw or whole.date or None,
        "fulltext": whole.complete,
        "truncated": article.truncated or len(whole.text) > MAX_TEXT or not whole.complete,
    }
    return article.model_copy(update=update)


def hold_back(changes: Changes, failed: Set[str], state: FeedState, *, last: bool) -> Changes:
    """What to do about articles (ids) whose page could not be had for a reason that may pass.

    A new one is published from its summary, and read again at the next poll to become revision 2. A revised one waits:
    it would replace a whole text by a summary. After the `last` try what was had has to do.
    """
    before = {one.article_id: one for one in state.seen.values()}
    key_of = {one.article_id: key for key, one in changes.seen.items()}
    articles, seen = [], dict(changes.seen)
    for article in changes.articles:
        old, key = before.get(article.article_id), key_of[article.article_id]
        if article.article_id not in failed:
            articles.append(article)
        elif old is None or old.revision == 0:
            articles.append(article)
            if not last:
                seen[key] = seen[key].model_copy(update={"content_hash": AGAIN + article.content_hash})
        elif not last:
            seen[key] = old.model_copy(update={"last_seen": seen[key].last_seen})
        elif old.content_hash == AGAIN + article.content_hash:  # published from its summary before
            seen[key] = seen[key].model_copy(update={"revision": old.revision})
        else:
            articles.append(article)
    waiting = changes.backlog or bool(failed and not last)
    return replace(changes, articles=tuple(articles), seen=seen, backlog=waiting)


def language_of(text: str, of_feed: Language | None) -> Language:
    """The article's own language by its script. Latin letters alone do not make English of a feed that is not."""
    own = detect_language(text)
    return "other" if own == "en" and of_feed == "other" else own


def _headline(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= HEADLINE else line[: HEADLINE - 1] + "…"


def _pruned(seen: dict[str, Seen], now: datetime) -> dict[str, Seen]:
    """Without what was last in the feed 90 days ago; of too many, those that are in it and the latest of the others."""
    kept = {key: one for key, one in seen.items() if now - one.last_seen <= SEEN_FOR}
    if len(kept) <= SEEN_MOST:
        return kept
    latest = sorted(kept.items(), key=lambda item: item[1].last_seen, reverse=True)
    return dict(latest[:SEEN_MOST])
