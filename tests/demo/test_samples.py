"""The sample feeds are what the demonstration needs, on any day of the year."""

import io
import re
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest

from streams.demo.dates import render
from streams.demo.feed_xml import feed_bytes
from streams.demo.samples import (
    SampleFeed,
    day_in,
    expected_poison,
    expected_revisions,
    in_words,
    published_at,
    sample_feeds,
    version_at,
)

FEEDS = sample_feeds()
BY_NAME = {feed.name: feed for feed in FEEDS}
DAYS = [
    date(2027, 1, 1),
    date(2027, 1, 2),
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2026, 11, 22),
    date(2027, 3, 31),
]


def shown() -> Counter[str]:
    return Counter(what for feed in FEEDS for article in feed.articles for what in article.shows)


def parse(feed: SampleFeed, polls: int = 0, today: date = DAYS[0]) -> feedparser.FeedParserDict:
    return feedparser.parse(io.BytesIO(feed_bytes(feed, polls, today, "http://127.0.0.1:8000")))


def test_enough_articles_in_feeds_of_every_kind() -> None:
    assert sum(len(feed.articles) for feed in FEEDS) >= 48
    kinds = {(feed.kind, feed.language, feed.encoding, feed.declared) for feed in FEEDS}
    wanted = {("rss", "en", "utf-8", None), ("atom", "zh", "utf-8", None), ("rss", "zh", "gbk", "gb2312")}
    assert wanted <= kinds
    assert "rdf" in {feed.kind for feed in FEEDS}


def test_ids_are_unique() -> None:
    ids = Counter(article.id for feed in FEEDS for article in feed.articles)
    assert [one for one, count in ids.items() if count > 1] == []


@pytest.mark.parametrize(
    "what",
    ["correction", "retraction", "joint signing", "period statistic beside single signings", "us dollars",
     "framework beside contract", "shared place name, settled by context", "shared place name, not settled", "poison",
     "system:stationed promotion teams", "system:district that counts", "system:prefecture with county-level cities",
     "system:zone across three provinces", "system:monthly report", "system:yearly report", "league table"],
)  # fmt: skip
def test_every_case_is_shown(what: str) -> None:
    assert shown()[what] >= 1


def test_one_story_in_three_outlets_and_two_languages() -> None:
    tellers = [feed for feed in FEEDS for article in feed.articles if "story:yinzhou" in article.shows]
    assert len({feed.name for feed in tellers}) == 3
    assert {feed.language for feed in tellers} == {"en", "zh"}


def test_ten_irrelevant_articles_and_one_poison() -> None:
    assert shown()["irrelevant"] >= 10
    assert expected_poison(FEEDS) == 1


def test_correction_changes_the_amount_and_retraction_takes_it_back() -> None:
    revised = {
        what: article for feed in FEEDS for article in feed.articles if article.revisions for what in article.shows
    }
    first, second = revised["correction"].versions
    assert re.search(r"总投资([\d.]+)亿元", first.text)[1] != re.search(r"总投资([\d.]+)亿元", second.text)[1]  # type: ignore[index]
    assert "撤" in revised["retraction"].versions[1].title
    assert expected_revisions(FEEDS) == sum(len(feed.articles) for feed in FEEDS) - 1 + 2


def test_what_there_is_in_words() -> None:
    assert in_words(FEEDS) == "5 sample feeds with 51 articles, 2 of them revised (53 revisions), and 1 broken entry"


@pytest.mark.parametrize("today", DAYS)
def test_dates_render_and_none_is_ahead_of_its_article(today: date) -> None:
    for feed in FEEDS:
        for article in feed.articles:
            for polls in range(len(article.versions)):
                version = version_at(article, polls, today)
                assert not re.search(r"[{}]", version.title + version.text), article.id
            named = [int(found) for found in re.findall(r"\{day:(-?\d+)", article.text)]
            assert "tender" in article.shows or all(offset <= article.day for offset in named), article.id


@pytest.mark.parametrize("today", DAYS)
def test_every_window_has_articles(today: date) -> None:
    days = Counter(
        (today - published_at(feed, article, today).date()).days for feed in FEEDS for article in feed.articles
    )
    for window in (1, 7, 30, 90, 365):
        inside = sum(count for age, count in days.items() if age < window)
        assert inside >= 3, window
    assert all(age >= 0 for age in days)


def test_turn_of_the_year_and_leap_day_in_words() -> None:
    text = "{day:-1:zh_ymd} {day:-1:en_ymd} {month:-1:zh_ym} {quarter:-1:zh} {quarter:-1:en} {months:-1:en} {year:0}"
    assert render(text, date(2027, 1, 1)) == (
        "2026年12月31日 December 31, 2026 2026年12月 2026年第四季度 fourth quarter of 2026 January to December 2026 "
        "2027"
    )
    assert render("{day:0:en} {day:1:en} {months:-1:zh}", date(2028, 2, 29)) == "February 29 March 1 2028年1月"


@pytest.mark.parametrize("text", ["{dai:-1:en}", "{day:-1:fr}", "{year:1:en}", "{day:-1}"])
def test_unknown_placeholder_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        render(text, date(2027, 1, 1))


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_feed_parses_with_every_entry(feed: SampleFeed) -> None:
    read = parse(feed)
    assert len(read.entries) == len(feed.articles)
    assert read.version == {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}[feed.kind]
    real = [entry for entry in read.entries if entry.get("title")]
    assert len(real) == len(feed.articles) - sum(bool(article.poison) for article in feed.articles)
    for entry, article in zip(read.entries, feed.articles, strict=True):
        if not article.poison:
            assert entry.title == version_at(article, 0, DAYS[0]).title
            assert entry.link == f"http://127.0.0.1:8000/articles/{article.id}"


def test_gbk_bytes_call_themselves_gb2312_and_hold_what_gb2312_has_not() -> None:
    data = feed_bytes(BY_NAME["jianghan-shangqing"], 0, DAYS[0], "http://127.0.0.1:8000")
    assert data.startswith(b'<?xml version="1.0" encoding="gb2312"?>')
    assert "曾镕" in data.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_naive_dates_have_no_zone() -> None:
    dates = [entry.published for entry in parse(BY_NAME["jianghan-shangqing"]).entries]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", one) for one in dates)


def test_a_second_poll_shows_the_correction_and_changes_nothing_else() -> None:
    feed = BY_NAME["jianghan-shangqing"]
    first, second = parse(feed, 0), parse(feed, 1)
    changed = [
        (one.id, two.title) for one, two in zip(first.entries, second.entries, strict=True) if one.title != two.title
    ]
    assert [title for _, title in changed] == ["黄石集中签约32个项目 总投资168.4亿元（更正）"]
    assert [one.id for one in first.entries] == [two.id for two in second.entries]


def test_todays_articles_are_never_ahead_of_the_clock() -> None:
    now = datetime(2027, 1, 1, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    today = day_in("Asia/Shanghai", now)
    assert today == date(2027, 1, 1)
    assert day_in("Asia/Shanghai", now - timedelta(minutes=6)) == date(2026, 12, 31)
    assert all(published_at(feed, article, today) <= now for feed in FEEDS for article in feed.articles)
