"""Small words for making mentions in the tests of the ledger."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from schemas.event import Amount, ArticleRef, Mention, Mentions, Words
from schemas.regions import owner_of
from streams.extract.extractor import share_out

DAY = date(2024, 3, 18)
XISHAN, WUXI, JIANGSU = "CN-320205", "CN-320200", "CN-320000"


def cny(value: float, qualifier: str = "exact") -> Amount:
    """So many yuan."""
    return Amount.model_validate({"value": value, "currency": "CNY", "qualifier": qualifier})


def mention(start: int = 0, **fields: Any) -> Mention:
    """A contract signing in Xishan unless told otherwise."""
    given: dict[str, Any] = {"type": "signing", "regions": (XISHAN,), **fields}
    if given["type"] == "signing":
        given.setdefault("stage", "contract")
    if isinstance(given.get("amount"), int | float):
        given["amount"] = cny(given["amount"])
    text = f"sentence {start}"
    return Mention(evidence=text, span=Words(start=start, end=start + len(text), text=text), **given)


def article(name: str, day: date = DAY, *, revision: int = 1, language: str = "en", **fields: Any) -> ArticleRef:
    """An article first seen at noon of its day."""
    noon = datetime.combine(day, time(4), UTC) + timedelta(seconds=sum(name.encode()) % 600)
    given: dict[str, Any] = {
        "fingerprint": f"print of {name}",
        "published": noon,
        "first_seen": noon,
        "fetched": noon,
        **fields,
    }
    return ArticleRef(
        article_id=name, revision=revision, feed="feed", url=f"https://example.org/{name}", title=name, day=day,
        language=language, **given,
    )  # fmt: skip


def said(ref: ArticleRef, *mentions: Mention, owner: str | None = None) -> Mentions:
    """What the article says of the owner: that of the first mention's first region unless told otherwise."""
    owner = owner or (owner_of(mentions[0].regions[0]) if mentions else JIANGSU)
    return Mentions(owner=owner, article=ref, mentions=mentions, extractor="1")


def report(name: str, day: date = DAY, *, language: str = "en", **fields: Any) -> Mentions:
    """An article with one mention."""
    return said(article(name, day, language=language), mention(**fields))


def told(ref: ArticleRef, *mentions: Mention, known: Iterable[str] = ()) -> list[Mentions]:
    """What the article says, as each of its owners gets it; `known` are owners of earlier revisions."""
    split = share_out(mentions, known)
    return [Mentions(owner=owner, article=ref, mentions=split[owner], extractor="1") for owner in sorted(split)]
