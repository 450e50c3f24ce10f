"""Articles for the tests of the running line: a handful of simple signings, all made here."""

from datetime import UTC, datetime, timedelta

from schemas.article import FeedRef, RawArticle

DAY = datetime(2024, 3, 15, 2, 0, tzinfo=UTC)
CITIES = (
    "杭州市", "宁波市", "温州市", "苏州市", "南京市", "无锡市",
    "合肥市", "芜湖市", "济南市", "青岛市", "郑州市", "洛阳市",
)  # fmt: skip


def signing(number: int, revision: int = 1, amount: int | None = None, city: str | None = None) -> RawArticle:
    """Article `number`: so many projects signed in one of the cities for so many yi."""
    city = city or CITIES[number % len(CITIES)]
    moment = DAY - timedelta(hours=9 * number)
    day = moment.astimezone().strftime("%-m月%-d日")
    sum_yi = amount or 10 + number
    text = f"{day}，{city}举行重点项目集中签约仪式，共签约项目{3 + number % 40}个，总投资{sum_yi}亿元。"
    return RawArticle(
        article_id=f"test-{number}",
        revision=revision,
        feed=FeedRef(name="test", url="http://127.0.0.1/feed", region=None, language="zh"),
        url=f"http://127.0.0.1/{number}",
        title=f"{city}集中签约{3 + number % 40}个项目",
        text=text,
        language="zh",
        published=moment,
        first_seen=moment,
        fetched=moment,
        content_hash=f"{number}-{revision}-{sum_yi}",
        fulltext=True,
    )


def irrelevant(number: int) -> RawArticle:
    """An article about the weather."""
    plain = signing(number)
    return plain.model_copy(
        update={"article_id": f"weather-{number}", "title": "周末有小雨", "text": "气象台预计周末有小雨，气温下降。"}
    )
