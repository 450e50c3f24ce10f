"""Which entry is which: over polls, over reordering, over a site that moves. Pure.

An entry is known by the first of these that it has and shares with no other entry of the document:
guid, cleaned link, link with date and title, title with content. The key goes into the state and, when the entry is
first met, into the article_id; an entry that later shows another key keeps its article_id.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from streams.feeds.links import clean_link, is_web_link
from streams.feeds.parsed import Entry

if TYPE_CHECKING:  # the parser's process has no use for pydantic
    from schemas.feed_state import Seen

TELLING = 100
"""Characters of body from which two entries without dates are the same by their words alone."""


def digest(*parts: str, length: int = 16) -> str:
    """A short hash in hexadecimal; parts are kept apart."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=length // 2).hexdigest()


def content_hash(entry: Entry) -> str:
    """Changes when title or text change, and not when only a date or a link does."""
    return digest(entry.title, entry.summary, entry.text)


def article_id(feed_url: str, key: str) -> str:
    """The id of the article that `key` was first seen as, in this feed."""
    return digest(clean_link(feed_url), key, length=32)


def keys_of(entry: Entry) -> tuple[str, ...]:
    """All keys an entry could be known by, best first; none when there is nothing usable."""
    keys: list[str] = []
    if entry.guid:
        keys.append("g:" + digest(clean_link(entry.guid) if is_web_link(entry.guid) else entry.guid))
    if entry.link:
        page, _, query = clean_link(entry.link).partition("?")
        # In two parts, so that a link whose parameters changed can be told from another page.
        keys.append(f"l:{digest(page)}.{digest(query, length=8)}")
        if entry.date or entry.title:
            keys.append("d:" + digest(entry.link, entry.date, entry.title))
    if entry.title or entry.summary or entry.text:
        keys.append("t:" + digest(entry.title, entry.summary, entry.text))
    return tuple(keys)


def named(entry: Entry) -> Entry:
    """The entry with its keys and its content hash."""
    return replace(entry, keys=keys_of(entry), content=content_hash(entry))


@dataclass(frozen=True)
class Identified:
    """An entry, the key it is kept under from now on, and the key it was kept under before (None: it is new)."""

    entry: Entry
    key: str
    before: str | None


@dataclass(frozen=True)
class Identities:
    """The entries of one document, told apart. `nameless` have nothing to be known by."""

    known: tuple[Identified, ...]
    nameless: tuple[Entry, ...]


def identify(
    entries: Sequence[Entry], appeared: Sequence[datetime | None], seen: Mapping[str, "Seen"], *, partial: bool = False
) -> Identities:
    """Tells the entries of a document apart and finds those that were seen before.

    `appeared` is each entry's believable date. `partial`: absent entries are not gone (HTTP 226, a truncated feed), so
    none of them can have come back under another name.
    """
    choices = _unshared([entry.keys for entry in entries], entries)
    taken: set[str] = set()
    found: list[Identified | None] = []
    waiting: list[int] = []
    for at, keys in enumerate(choices):
        if not keys or keys[0] in taken:  # nothing to be known by, or the same entry twice in one document
            found.append(None)
            continue
        # A lower key finds an entry whose better key was shared when it was first met.
        before = next((key for key in keys if key in seen and key not in taken), None)
        found.append(Identified(entries[at], keys[0], before))
        taken.update({keys[0], before} if before else {keys[0]})
        if before is None:
            waiting.append(at)
    if waiting and not partial:
        _rename(found, waiting, appeared, _Vanished(seen, taken))
    return Identities(
        tuple(one for one in found if one is not None),
        tuple(entry for entry, choice in zip(entries, choices, strict=True) if not choice),
    )


def _unshared(choices: Sequence[tuple[str, ...]], entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Of the keys of each entry those that no different entry of the document shares; the last one when all are."""
    same = [(entry.content, entry.link, entry.guid) for entry in entries]
    sharing = Counter(key for key, _ in {(key, own) for own, keys in zip(same, choices, strict=True) for key in keys})
    return [tuple(key for key in keys if sharing[key] == 1) or keys[-1:] for keys in choices]


class _Vanished:
    """Entries of the last document that are not in this one, by what they said."""

    def __init__(self, seen: Mapping[str, "Seen"], taken: set[str]) -> None:
        last = max((one.last_seen for one in seen.values()), default=None)
        self._by_content: dict[str, list[str]] = {}
        self._seen = seen
        for key, one in seen.items():
            if one.last_seen == last and key not in taken and one.revision > 0:
                self._by_content.setdefault(one.content_hash, []).append(key)

    def take(self, entry: Entry, key: str, appeared: datetime | None) -> str | None:
        """The key under which this very entry was in the last document, if it was."""
        for old in self._by_content.get(entry.content, ()):
            same_day = appeared is not None and self._seen[old].first_seen == appeared
            same_page = key.startswith("l:") and old.partition(".")[0] == key.partition(".")[0]
            long_enough = len(entry.text or entry.summary) >= TELLING
            if same_day or (appeared is None and (same_page or long_enough)):
                self._by_content[entry.content].remove(old)
                return old
        return None


def _rename(
    found: list[Identified | None], waiting: Sequence[int], appeared: Sequence[datetime | None], vanished: _Vanished
) -> None:
    for at in waiting:
        new = found[at]
        old = vanished.take(new.entry, new.key, appeared[at]) if new else None
        if new and old:
            found[at] = Identified(new.entry, new.key, old)
