"""Articles kept as files: JSON with `id`, `title`, `published` and `text`; whatever else they hold is ignored."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from schemas.article import FeedRef, RawArticle
from streams.language import detect_language

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class FileError(Exception):
    """A file is not an article. The message names it, what was expected and what was found."""


@dataclass(frozen=True)
class ArticleFile:
    """A parsed article file: the article, and the whole JSON object for who wants its labels."""

    path: Path
    article: RawArticle
    content: dict[str, Any]


def read_articles(folder: Path) -> Iterator[ArticleFile | FileError]:
    """Every `*.json` below the folder in the order of the paths; a file that is no article gives its FileError.

    Raises FileError when the folder is not there.
    """
    if not folder.is_dir():
        raise FileError(
            f"{folder}: expected a folder with *.json articles, found {'a file' if folder.exists() else 'nothing'}"
        )
    for path in sorted(path for path in folder.rglob("*.json") if not path.is_dir()):
        try:
            yield read_article(path)
        except FileError as error:
            yield error


def read_article(path: Path) -> ArticleFile:
    """One article file. Raises FileError."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise FileError(f"{path}: could not be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FileError(f"{path}: expected UTF-8 JSON: {error}") from error
    return ArticleFile(path, parse_article(content, str(path)), content)


def parse_article(content: Any, name: str) -> RawArticle:
    """The article of a JSON object; `name` stands in errors. Raises FileError."""
    if not isinstance(content, dict):
        raise FileError(
            f"{name}: expected a JSON object with id, title, published and text, found {type(content).__name__}"
        )
    for field in ("id", "title", "text"):
        if not isinstance(content.get(field), str):
            raise FileError(f"{name}: expected a string in {field!r}, found {content.get(field)!r}")
    return make_article(
        content["id"], content["title"], content["text"], parse_published(content.get("published"), name)
    )


def parse_published(value: Any, name: str) -> datetime | None:
    """An ISO day (midnight in Shanghai) or moment; None stays None. Raises FileError for anything else."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise FileError(f"{name}: expected an ISO day such as 2026-05-31 in 'published', found {value!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def make_article(
    article_id: str, title: str, text: str, published: datetime | None, region: str | None = None
) -> RawArticle:
    """A RawArticle that came by no feed. Lone surrogates become U+FFFD: one character each, so offsets stay."""
    article_id, title, text = (_whole(part) for part in (article_id, title, text))
    seen = published or datetime.combine(date.today(), time(), SHANGHAI)
    return RawArticle(
        article_id=article_id,
        revision=1,
        feed=FeedRef(name="files", url="", region=region),
        url="",
        title=title,
        text=text,
        language=detect_language(f"{title}\n{text}"),
        published=published and published.astimezone(UTC),
        first_seen=seen.astimezone(UTC),
        fetched=seen.astimezone(UTC),
        content_hash=blake2b(f"{title}\n{text}".encode(), digest_size=16).hexdigest(),
        fulltext=True,
    )


def _whole(text: str) -> str:
    return LONE_SURROGATE.sub("\ufffd", text)
