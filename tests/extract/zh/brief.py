"""A mention in one line, and an article out of a title and a text: how the example tables are written."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from schemas.article import FeedRef, RawArticle
from schemas.event import Amount, Mention

SHANGHAI = ZoneInfo("Asia/Shanghai")


def article(title: str, text: str, day: str, region: str | None = None) -> RawArticle:
    """A Chinese article published at midnight in Shanghai on the ISO day."""
    published = datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI).astimezone(UTC)
    return RawArticle(
        article_id="a1", revision=1, feed=FeedRef(name="test", url="", region=region), url="", title=title, text=text,
        language="zh", published=published, first_seen=published, fetched=published, content_hash="", fulltext=True,
    )  # fmt: skip


def money(amount: Amount | None) -> str:
    """2.5e9CNY, with > for at least, ~ for about, < for at most; empty for none."""
    if amount is None:
        return ""
    sign = {"exact": "", "at_least": ">", "about": "~", "at_most": "<"}[amount.qualifier]
    return f"{sign}{float(amount.value) / 1e8:g}亿{amount.currency}"


def brief(mention: Mention) -> str:
    """Type, subtype, regions, numbers and time: `signing contract CN-330200 n=5 12亿CNY 2024-05-18`."""
    sign = {"exact": "", "at_least": ">", "about": "~", "at_most": "<"}
    parts = [mention.type, mention.stage or mention.kind or mention.metric or "", "+".join(sorted(mention.regions))]
    if mention.projects:
        parts.append(f"n={sign[mention.projects_qualifier]}{mention.projects}")
    if mention.count:
        parts.append(f"c={sign[mention.count_qualifier]}{mention.count}")
    parts.append(money(mention.amount))
    if mention.amount_per_project:
        parts.append(f"each={money(mention.amount_per_project)}")
    if mention.venue:
        parts.append(f"at={mention.venue}")
    if mention.period:
        parts.append(f"{mention.period.start or ''}..{mention.period.end or ''}")
    elif mention.date:
        parts.append(mention.date.isoformat())
    return " ".join(part for part in parts if part)
