"""Articles as they were fetched, and as the classifier let them through."""

from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from schemas.base import Contract, Moment

Language = Literal["en", "zh", "other"]


class FeedRef(Contract):
    """Which feed an article came by, and what the feed's entry in the feeds file says of it."""

    name: str
    url: str = Field(description="without credentials")
    region: str | None = Field(
        None, description="the feed's own region (CN-330200, VN, ...): the default for 'our city'"
    )
    language: Language | None = None
    zone: str = Field("Asia/Shanghai", description="IANA zone in which naive dates and relative days are read")


class RawArticle(Contract):
    """One revision of one article. Same `article_id`, higher `revision`: the publisher changed it."""

    article_id: str = Field(description="derived from the feed's identity rules, never random")
    revision: int = Field(ge=1)
    feed: FeedRef
    url: str = Field(description="the link as the feed gave it, without credentials")
    title: str
    summary: str = ""
    text: str = Field(description="the body as plain text; may be the summary when there was nothing more")
    language: Language
    published: Moment | None = Field(description="null when the feed gives no readable date")
    published_raw: str | None = Field(None, description="the date as the feed wrote it")
    first_seen: Moment
    fetched: Moment
    content_hash: str
    fulltext: bool = Field(description="true when `text` is the whole article, false when only a summary was had")
    truncated: bool = False

    @property
    def document(self) -> str:
        """What is read: title, a newline, text. Every offset of every piece of evidence counts in this string."""
        return f"{self.title}\n{self.text}"

    @property
    def day(self) -> date:
        """The day relative dates resolve against: of `published`, else of `first_seen`, in the feed's zone."""
        return (self.published or self.first_seen).astimezone(ZoneInfo(self.feed.zone)).date()


class RelevantArticle(Contract):
    """An article and why the classifier let it through.

    A revised article (revision > 1) is passed on even when it is no longer relevant (`relevant` false), because only
    then can what its earlier revision said be taken back.
    """

    article: RawArticle
    relevant: bool = True
    kinds: tuple[str, ...] = ()
    score: float
    reasons: tuple[str, ...] = Field(description="the phrases that decided, each with its weight")
