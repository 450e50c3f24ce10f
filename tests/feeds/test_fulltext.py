"""Case 15 of polling, and what is made of the pages that feeds link to."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import web

from streams.feeds.feeds_file import Feed
from streams.feeds.next_page import is_next_page
from tests.feeds.harness import FakeClock, Rig, Site, give, item, redirect, rss

MakeRig = Callable[..., Awaitable[Rig]]
HTML = {"Content-Type": "text/html; charset=utf-8"}
BODY = "5月19日，宁波市举行重大项目集中签约仪式，现场签约项目36个，总投资158亿元，涉及新材料、高端装备等产业。"
STORY = (
    "Ningbo signed 36 projects with a total investment of 15.8 billion yuan at a ceremony on Tuesday. The projects "
    "cover new materials and equipment. Construction of the largest, a plant for cells, is to begin in October. "
)


def article(body: str = STORY, more: str = "") -> str:
    return (
        "<!doctype html><html><head><title>T</title></head><body><nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
        f"<article><h1>Ningbo signs</h1><p>{body}</p><p>{body[::-1]}</p></article>{more}"
        "<footer>© 2026</footer></body></html>"
    )


def feed_of(site: Site, *paths: str, summary: str = "Ningbo signed 36 projects.") -> str:
    return rss(*(item(n, link=site.url(path), body=summary) for n, path in enumerate(paths)))


@pytest_asyncio.fixture(loop_scope="session")
async def reading(make_rig: MakeRig, site: Site) -> Rig:
    site.serve(feed_of(site, "/a.html"))
    site.serve(article(), path="/a.html", headers=HTML)
    rig = await make_rig(pages=True)
    await rig.watch(site.url())
    return rig


def asked(site: Site) -> list[str]:
    return [request.target for request in site.asked]


async def test_case_15_the_text_of_the_page(reading: Rig, site: Site) -> None:
    site.serve("User-agent: *\nDisallow: /private/", path="/robots.txt", headers={"Content-Type": "text/plain"})
    await reading.poll()
    (one,) = reading.sink.articles
    assert (one.fulltext, one.truncated, one.revision) == (True, False, 1)
    assert one.summary == "Ningbo signed 36 projects."
    assert STORY.strip() in one.text
    assert "Home" not in one.text
    assert "©" not in one.text
    assert asked(site) == ["/feed", "/robots.txt", "/a.html"]
    assert site.asked[2].headers["accept"].startswith("text/html")
    assert site.asked[2].headers["user-agent"] == "dealwire/1.2.3 (+https://dealwire.example/contact)"
    assert reading.count("feeds_pages_read_total", feed=reading.feeds[0].name, outcome="ok") == 1


ROBOTS = [
    # status, text, is the page fetched?
    (200, "User-agent: *\nDisallow: /", False),
    (200, "User-agent: dealwire\nDisallow: /a\n\nUser-agent: *\nAllow: /", False),
    (200, "User-agent: other\nDisallow: /", True),
    (200, "User-agent: *\nDisallow: /\nAllow: /a.html$", True),
    (200, "User-agent: *\nDisallow: /*.html$", False),
    (200, "", True),
    (200, "<html>no robots here</html>", True),
    (404, "", True),
    (403, "User-agent: *\nDisallow: /", True),
    (410, "", True),
    (429, "", False),
    (500, "", False),
    (503, "User-agent: *\nAllow: /", False),
]


@pytest.mark.parametrize(("status", "text", "fetched"), ROBOTS)
async def test_case_15_robots(reading: Rig, site: Site, status: int, text: str, fetched: bool) -> None:
    site.serve(text, path="/robots.txt", status=status)
    await reading.poll()
    (one,) = reading.sink.articles
    assert ("/a.html" in asked(site)) == one.fulltext == fetched
    if not fetched:
        assert one.text == "Ningbo signed 36 projects."
        assert reading.count("feeds_pages_read_total", feed=reading.feeds[0].name, outcome="robots") == 1


async def test_case_15_robots_are_kept_for_a_day(reading: Rig, site: Site) -> None:
    site.serve("User-agent: *\nDisallow: /b", path="/robots.txt")
    await reading.watch(Feed(url=site.url(), name="n", interval=300))
    await reading.poll()
    for number, hours in enumerate((1, 20, 4)):
        reading.clock.move(hours=hours)
        site.serve(feed_of(site, "/a.html", *(f"/{n}.html" for n in range(number + 1))))
        await reading.poll()
    assert asked(site).count("/robots.txt") == 2, "asked again after a day, and not for each page"


async def test_case_15_a_server_without_an_answer_allows_nothing(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig(pages=True)
    site.serve(rss(item(1, link="http://127.0.0.1:1/a.html")))
    await rig.watch(site.url())
    await rig.poll()
    assert [one.fulltext for one in rig.sink.articles] == [False]


async def test_case_15_robots_of_where_a_redirect_leads(reading: Rig, site: Site, clock: FakeClock) -> None:
    other = await Site(clock, host="127.0.0.2").start()
    other.serve("User-agent: *\nDisallow: /", path="/robots.txt")
    other.serve(article(), path="/a.html", headers=HTML)
    site.on("/a.html", redirect(other.url("/a.html"), 302))
    await reading.poll()
    assert asked(other) == ["/robots.txt"]
    assert [one.fulltext for one in reading.sink.articles] == [False]
    await other.stop()


async def test_case_15_one_request_at_a_time(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    rig = await make_rig(pages=True, gap=2.0)
    paths = [f"/{n}.html" for n in range(8)]
    site.serve(feed_of(site, *paths))
    for path in paths:
        site.serve(article(), path=path, headers=HTML)
    await rig.watch(site.url())
    await rig.poll()
    assert all(one.fulltext for one in rig.sink.articles)
    assert site.most_in_flight == 1
    assert all(after.at - before.at >= 2.0 for before, after in itertools.pairwise(site.asked))


async def test_case_15_a_poll_reads_a_few_pages_and_the_next_poll_the_rest(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig(pages=True)
    paths = [f"/{n}.html" for n in range(45)]
    site.serve(feed_of(site, *paths), headers={"ETag": '"1"'})
    for path in paths:
        site.serve(article(), path=path, headers=HTML)
    await rig.watch(Feed(url=site.url(), name="n", interval=3600))
    counts = []
    for _ in range(3):
        await rig.poll()
        counts.append(len(rig.sink.articles))
    assert counts == [20, 40, 45]
    assert rig.wait >= 3600
    assert len({one.article_id for one in rig.sink.articles}) == 45


async def test_case_15_only_articles_without_a_text_count(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig(pages=True)
    content = (
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">Whole.</content:encoded></item>'
    )
    whole = [item(n).replace("</item>", content) for n in range(60)]
    site.serve(rss(*whole, item("short", link=site.url("/a.html"))))
    site.serve(article(), path="/a.html", headers=HTML)
    await rig.watch(site.url())
    await rig.poll()
    assert [one.fulltext for one in rig.sink.articles] == [True] * 61


async def test_case_15_the_same_guards(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    """Private addresses, sizes and other kinds of documents."""
    rig = await make_rig(pages=True, allow="127.0.0.1/32", max_bytes=50_000)
    hidden = await Site(clock, host="127.0.0.2").start()
    hidden.serve(article(), path="/a.html", headers=HTML)
    site.on("/away.html", redirect(hidden.url("/a.html"), 302))
    site.serve(article("x" * 60_000), path="/huge.html", headers=HTML)
    site.serve(b"%PDF-1.7", path="/a.pdf", headers={"Content-Type": "application/pdf"})
    links = [
        hidden.url("/a.html"),
        site.url("/away.html"),
        site.url("/huge.html"),
        site.url("/a.pdf"),
        "ftp://x.example/a",
    ]
    site.serve(rss(*(item(n, link=link) for n, link in enumerate(links))))
    await rig.watch(Feed(url=site.url(), name="n"))
    await rig.poll()
    assert [one.fulltext for one in rig.sink.articles] == [False] * 5
    assert hidden.asked == []
    await hidden.stop()


async def test_case_15_a_page_that_says_less(reading: Rig, site: Site) -> None:
    site.serve(article("Subscribe."), path="/a.html", headers=HTML)
    site.serve(feed_of(site, "/a.html", summary=STORY))
    await reading.poll()
    assert [(one.fulltext, one.text) for one in reading.sink.articles] == [(False, STORY.strip())]
    assert reading.count("feeds_pages_read_total", feed=reading.feeds[0].name, outcome="short") == 1


async def test_case_15_not_wanted(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig(pages=True)
    site.serve(feed_of(site, "/a.html"))
    await rig.watch(Feed(url=site.url(), name="n", fulltext=False))
    await rig.poll()
    assert asked(site) == ["/feed"]
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">Whole.</content:encoded>'
    site.serve(rss(item(2, link=site.url("/a.html")).replace("</item>", content + "</item>")))
    await rig.watch(Feed(url=site.url(), name="n"))
    await rig.poll()
    assert asked(site) == ["/feed", "/feed"], "what the feed has whole is not fetched"
    assert rig.sink.articles[-1].fulltext


async def test_a_page_that_fails_is_tried_again(reading: Rig, site: Site) -> None:
    """Published from the summary at once, then whole: never less than the feed says, and never silent."""
    site.on("/a.html", give(status=503), give(status=500), give(article(), headers=HTML))
    site.serve(feed_of(site, "/a.html"), headers={"ETag": '"1"'})
    await reading.poll()
    assert [(one.revision, one.fulltext) for one in reading.sink.articles] == [(1, False)]
    assert reading.wait <= 330, "soon"
    await reading.poll()
    assert len(reading.sink.articles) == 1
    await reading.poll()
    assert [(one.revision, one.fulltext) for one in reading.sink.articles] == [(1, False), (2, True)]
    assert len({one.article_id for one in reading.sink.articles}) == 1
    assert reading.state().page_tries == 0
    await reading.poll()
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    assert len(reading.sink.articles) == 2


async def test_a_page_that_goes_on_failing_is_given_up(reading: Rig, site: Site) -> None:
    site.on("/a.html", give(status=500))
    site.serve(feed_of(site, "/a.html"), headers={"ETag": '"1"'})
    await reading.poll(6)
    assert asked(site).count("/a.html") == 3
    assert len(reading.sink.articles) == 1
    assert "if-none-match" in site.asked[-1].headers
    site.serve(feed_of(site, "/a.html", summary="Corrected: 37 projects."))
    await reading.poll()
    assert len(reading.sink.articles) == 1, "a correction waits for its page"
    await reading.poll(2)
    assert [(one.revision, one.text) for one in reading.sink.articles[1:]] == [(2, "Corrected: 37 projects.")]


async def test_a_correction_does_not_replace_a_whole_text_by_a_summary(reading: Rig, site: Site) -> None:
    await reading.poll()
    site.on("/a.html", give(status=500), give(article(STORY + "Corrected."), headers=HTML))
    site.serve(feed_of(site, "/a.html", summary="Corrected: 37 projects."))
    await reading.poll(2)
    assert [(one.revision, one.fulltext) for one in reading.sink.articles] == [(1, True), (2, True)]
    assert "Corrected." in reading.sink.articles[1].text


@pytest.mark.parametrize("silent", [429, 503])
async def test_a_server_that_wants_silence(reading: Rig, site: Site, silent: int) -> None:
    site.serve(feed_of(site, "/a.html", "/b.html"))
    site.on("/a.html", give(status=silent, headers={"Retry-After": "7200"}))
    site.on("/b.html", give(status=silent, headers={"Retry-After": "7200"}))
    await reading.poll()
    assert len([path for path in asked(site) if path.endswith(".html")]) == 1
    before = len(site.asked)
    await reading.poll()
    assert len(site.asked) == before
    reading.clock.move(hours=2)
    await reading.poll()
    assert len(site.asked) > before


CMS = {
    "TRS": (
        "<div class='xl'><style>.x{{}}</style><div class=TRS_Editor><style type='text/css'>.TRS_Editor P{{}}</style>"
        "<p>　　{0}</p><p align=justify><span>　　市长出席。</span></p></div></div>"
        "<div class='gl'>相关链接：<p>{1}</p></div>"
    ),
    "zoom": (
        "<table><tr><td id='zoom' class='bt_content'><!--ZJEG_RSS.content.begin--><p>{0}</p>"
        "<p>市长出席。</p></td></tr></table>{1}"
    ),
    "TRS in zoom": (
        "<div id='zoom'><p>{0}</p><div class='Custom_UnionStyle TRS_Editor'>市长出席。</div></div><p>{1}</p>"
    ),
    "UCAP": (
        "<div class='pages'><h1>标题</h1><div id='UCAP-CONTENT'><p>{0}</p><p>市长出席。<br></p></div></div><p>{1}</p>"
    ),
    "article-content": (
        "<div class='article-content clearfix'>{0}<br>市长出席。<script>var a='{1}'</script></div><p>{1}</p>"
    ),
    "empty marks": "<div class='TRS_Editor'></div><div id='zoom'><p>{0}</p><p>市长出席。</p></div>",
}


@pytest.mark.parametrize("kind", CMS)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
async def test_pages_of_chinese_governments(reading: Rig, site: Site, kind: str, encoding: str) -> None:
    noise = "打印本页 关闭窗口 上一篇：某市召开会议 主办：某市人民政府办公室 网站标识码1234567890 版权所有"
    body = CMS[kind].format(BODY, noise)
    page = (
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={encoding}'>"
        "<meta name='ArticleTitle' content='宁波集中签约36个项目'>"
        "<meta name='PubDate' content='2026-03-03 16:20'></head>"
        f"<body><div class='top'>当前位置：首页 &gt; 投资动态</div>{body}</body></html>"
    )
    site.serve(page.encode(encoding), path="/a.html", headers={"Content-Type": "text/html"})
    site.serve(rss(item(1, title="宁波集中签约…", link=site.url("/a.html"), body="宁波集中签约", date=None)))
    await reading.poll()
    (one,) = reading.sink.articles
    assert one.text == f"{BODY}\n市长出席。"
    assert (one.title, one.fulltext, one.language) == ("宁波集中签约36个项目", True, "zh")
    assert (one.published, one.published_raw) == (datetime(2026, 3, 3, 8, 20, tzinfo=UTC), "2026-03-03 16:20")


async def test_garbled_pages_are_not_taken(reading: Rig, site: Site) -> None:
    bad = (BODY * 3).encode().decode("gbk", "replace")
    site.serve(f"<html><body><div id='zoom'>{bad}</div></body></html>", path="/a.html", headers=HTML)
    await reading.poll()
    assert [(one.fulltext, one.text) for one in reading.sink.articles] == [(False, "Ningbo signed 36 projects.")]


def trs_page(number: int, pages: int) -> str:
    return (
        f"<html><body><div class='TRS_Editor'><p>第{number + 1}页。{BODY}</p></div><div class='page'>"
        f'<script>createPageHTML({pages}, {number}, "t2026_7", "html");</script></div></body></html>'
    )


@pytest.mark.parametrize(("pages", "read", "whole"), [(1, 1, True), (3, 3, True), (5, 5, True), (8, 5, False)])
async def test_articles_of_several_pages(reading: Rig, site: Site, pages: int, read: int, whole: bool) -> None:
    site.serve(feed_of(site, "/n/t2026_7.html"))
    for number in range(pages):
        path = f"/n/t2026_7_{number}.html" if number else "/n/t2026_7.html"
        site.serve(trs_page(number, pages), path=path, headers=HTML)
    await reading.poll()
    (one,) = reading.sink.articles
    assert one.text == "\n".join(f"第{number + 1}页。{BODY}" for number in range(read))
    assert (one.fulltext, one.truncated) == (whole, not whole)


async def test_a_page_in_the_middle_that_is_missing(reading: Rig, site: Site) -> None:
    site.serve(feed_of(site, "/n/t2026_7.html"))
    site.serve(trs_page(0, 3), path="/n/t2026_7.html", headers=HTML)
    await reading.poll()
    (one,) = reading.sink.articles
    assert (one.text, one.fulltext, one.truncated) == (f"第1页。{BODY}", False, True)
    assert reading.count("feeds_pages_read_total", feed=reading.feeds[0].name, outcome="part") == 1


async def test_next_pages_by_link_and_no_next_articles(reading: Rig, site: Site) -> None:
    site.serve(feed_of(site, "/story?id=7"))
    links = "<a href='/story?id=8' rel='next'>Next</a> <a href='?id=7&page=2'>Next »</a>"
    second = (
        "<p>The second page says that the plant will make 40 gigawatt hours of battery cells a year from 2028 on.</p>"
    )

    async def serve(request: web.Request) -> web.Response:
        assert request.query["id"] == "7"
        is_second = request.query.get("page") == "2"
        text = article(second * 2, "<a href='?id=7&page=2'>Next »</a>") if is_second else article(more=links)
        return web.Response(text=text, content_type="text/html")

    site.on("/story", serve)
    await reading.poll()
    (one,) = reading.sink.articles
    assert one.fulltext
    assert "40 gigawatt hours" in one.text
    assert [path for path in asked(site) if "story" in path] == ["/story?id=7", "/story?id=7&page=2"]


NEXT = [
    ("http://a.cn/n/t7.html", "http://a.cn/n/t7_1.html", 2, True),
    ("http://a.cn/n/t7.html", "http://a.cn/n/t7_2.html", 2, True),
    ("http://a.cn/n/t7.html", "http://a.cn/n/t7_2.html", 3, True),
    ("http://a.cn/n/t7_1.html", "http://a.cn/n/t7_2.html", 2, True),
    ("http://a.cn/n/7/", "http://a.cn/n/7/2", 2, True),
    ("http://a.cn/n/7", "http://a.cn/n/7/2/", 2, True),
    ("http://a.cn/n/7?x=1", "http://a.cn/n/7?x=1&p=2", 2, True),
    ("http://a.cn/n/7?p=1", "http://a.cn/n/7?p=2", 2, True),
    ("http://a.cn/n/t7.html", "http://b.cn/n/t7_2.html", 2, False),
    ("http://a.cn/n/t7.html", "http://a.cn/n/t8.html", 2, False),
    ("http://a.cn/n/t7.html", "http://a.cn/n/t7_9.html", 2, False),
    ("http://a.cn/n/t7.html", "http://a.cn/n/t7.html", 2, False),
    ("http://a.cn/n/7", "http://a.cn/n/72", 2, False),
    ("http://a.cn/n?id=7", "http://a.cn/n?id=8", 2, False),
    ("http://a.cn/n?id=7", "http://a.cn/n?id=8&page=2", 2, False),
    ("http://a.cn/n?id=7", "http://a.cn/n?id=7&cat=2", 2, False),
]


@pytest.mark.parametrize(("first", "link", "number", "expected"), NEXT)
def test_next_pages(first: str, link: str, number: int, expected: bool) -> None:
    assert is_next_page(first, link, number) == expected


async def test_a_state_of_before_pages_were_read(reading: Rig, site: Site) -> None:
    """What was published from a summary long ago is not read again."""
    feed = replace(reading.feeds[0], fulltext=False)
    await reading.watch(feed)
    await reading.poll()
    await reading.watch(replace(feed, fulltext=True))
    site.serve(feed_of(site, "/a.html", "/b.html"))
    reading.clock.move(seconds=timedelta(days=1).total_seconds())
    await reading.poll()
    assert "/a.html" not in asked(site)
    assert len(reading.sink.articles) == 2
