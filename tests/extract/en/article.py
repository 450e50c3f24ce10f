"""Articles for the tests of this room: written here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from schemas.article import FeedRef, RawArticle


def english(text: str, title: str = "", published: str = "2023-06-15", region: str | None = None) -> RawArticle:
    """An English article as a feed would bring it, published at midnight in Shanghai."""
    moment = datetime.fromisoformat(published).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return RawArticle(
        article_id="test",
        revision=1,
        feed=FeedRef(name="test", url="http://127.0.0.1/feed", region=region),
        url="http://127.0.0.1/1",
        title=title,
        text=text,
        language="en",
        published=moment,
        first_seen=moment,
        fetched=moment,
        content_hash="",
        fulltext=True,
    )
