"""What a poller remembers of a feed between polls, and over restarts."""

from typing import Literal

from pydantic import Field

from schemas.base import Contract, Moment

Health = Literal["ok", "backing_off", "blocked", "gone", "stale", "broken"]


class Seen(Contract):
    """One entry of the feed: what its article was when it was last published."""

    article_id: str
    revision: int
    content_hash: str = Field(description="begins with `again:` when the linked page is to be tried again")
    first_seen: Moment
    last_seen: Moment


class FeedState(Contract):
    """Keyed by the feed's URL as written in the feeds file."""

    feed: str
    name: str = Field("", description="of the feed in the feeds file; empty in a state written before it was kept")
    url: str = Field(description="where it is fetched now; differs from `feed` after permanent redirects")
    etag: str | None = None
    last_modified: str | None = None
    next_poll: Moment
    last_poll: Moment | None = None
    last_success: Moment | None = None
    newest: Moment | None = Field(None, description="newest article date seen")
    errors: int = Field(0, description="errors in a row")
    last_error: str | None = None
    health: Health = "ok"
    permanent_redirects: int = Field(0, description="all-permanent chains in a row")
    redirect_to: str | None = Field(None, description="where those chains led; `url` becomes this after three")
    body_hash: str | None = None
    every: float | None = Field(None, description="seconds between polls that the feed itself asks for (ttl, sy:)")
    skip_hours: tuple[int, ...] = Field((), description="hours (UTC) in which the feed asks not to be polled")
    page_tries: int = Field(0, description="polls in a row after which linked pages have to be tried again")
    skip_days: tuple[str, ...] = Field((), description="English names of days (UTC) on which it asks not to be polled")
    seen: dict[str, Seen] = Field(default_factory=dict, description="identity key -> entry")
