"""Feeds of kind `page`: lists without a feed, built in different ways, polled as feeds are."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from streams.feeds.feeds_file import Feed
from streams.feeds.page_list import parse_list
from streams.feeds.parsed import Entry, Selectors, Unreadable
from tests.feeds.harness import Rig, Site, give, titles

MakeRig = Callable[..., Awaitable[Rig]]
URL = "http://www.n.example/tzdt/index.html"

TRS = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>投资动态</title></head><body>
<ul class="nav"><li><a href="/">首页</a></li></ul>
<ul class="list">
<li><a href="./202405/t20240519_12.html" title="宁波市举行重大项目集中签约仪式">宁波市举行重大项…</a>
<span>[2024-05-19]</span></li>
<li class="line"></li>
<li><a href="../xw/202405/t20240518_11.html">鄞州签约12个项目</a></li>
<li><a href="javascript:void(0)">更多</a></li>
</ul></body></html>"""
"""A list of TRS WCM: titles cut off, separators, a date in brackets or only in the link."""

JCMS = """<html><body><div id="5123"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup><recordset>
<record><![CDATA[
<li><a title="苏州签约417个项目" href="/art/2024/5/19/art_1_2.html">苏州签约417个项目</a><b>05-19</b></li>]]></record>
<record><![CDATA[
<li><a title="无锡开工" href="/art/2024/5/18/art_1_3.html">无锡开工</a><b>05-18</b></li>]]></record>
</recordset></datastore></script></div></body></html>"""
"""A list of jcms: XML records inside a script, which a browser unpacks."""

TABLE = """<html><head>
<base href="https://invest.example/news/"></head><body><table class="press"><tr><th>Date</th></tr>
<tr><td class="d">19 May 2024</td><td><h3>Plant in Hai Phong</h3><p>A <b>USD 300 million</b> plant.</p></td>
<td><a class="more" href="19.html?utm_source=list">Read more</a></td></tr>
<tr><td class="d">May 18, 2024</td><td><h3>Port</h3></td><td><a class="more" href="18.html">Read more</a></td></tr>
</table></body></html>"""
"""A table in English: the title is not the link."""

CARDS = """<html><body><main><a class="card" href="/n/7"><img alt=""><div class="t">Seven</div>
<time datetime="2024-05-19T10:30:00+08:00">yesterday</time></a><a class="card" href="/n/6"><div class="t">Six</div>
<time datetime="2024-05-18T10:30:00+08:00">2 days ago</time></a></main></body></html>"""
"""Cards that are links themselves, the date in an attribute."""

LISTS = {
    "trs": (
        TRS.encode("gbk"),
        Selectors("ul.list > li"),
        [
            ("http://www.n.example/tzdt/202405/t20240519_12.html", "宁波市举行重大项目集中签约仪式", "2024-05-19"),
            ("http://www.n.example/xw/202405/t20240518_11.html", "鄞州签约12个项目", "2024-05-18"),
        ],
    ),
    "jcms": (
        JCMS.encode(),
        Selectors("div li"),
        [
            ("http://www.n.example/art/2024/5/19/art_1_2.html", "苏州签约417个项目", "2024-5-19"),
            ("http://www.n.example/art/2024/5/18/art_1_3.html", "无锡开工", "2024-5-18"),
        ],
    ),
    "jcms records": (
        JCMS[JCMS.index("<datastore") : JCMS.index("</script>")].encode(),
        Selectors("li", date="b"),
        [
            ("http://www.n.example/art/2024/5/19/art_1_2.html", "苏州签约417个项目", "05-19"),
            ("http://www.n.example/art/2024/5/18/art_1_3.html", "无锡开工", "05-18"),
        ],
    ),
    "table": (
        TABLE.encode(),
        Selectors("table.press tr", "a.more", "h3", "td.d"),
        [
            ("https://invest.example/news/19.html?utm_source=list", "Plant in Hai Phong", "19 May 2024"),
            ("https://invest.example/news/18.html", "Port", "May 18, 2024"),
        ],
    ),
    "what is selected and not there": (
        TRS.encode("gbk"),
        Selectors("ul.list > li", title="h3", date=".time"),
        [
            ("http://www.n.example/tzdt/202405/t20240519_12.html", "宁波市举行重大项目集中签约仪式", "2024-05-19"),
            ("http://www.n.example/xw/202405/t20240518_11.html", "鄞州签约12个项目", "2024-05-18"),
        ],
    ),
    "by the addresses of articles": (
        TRS.encode("gbk"),
        Selectors('li:has(a[href*="/t20"])'),
        [
            ("http://www.n.example/tzdt/202405/t20240519_12.html", "宁波市举行重大项目集中签约仪式", "2024-05-19"),
            ("http://www.n.example/xw/202405/t20240518_11.html", "鄞州签约12个项目", "2024-05-18"),
        ],
    ),
    "cards": (
        CARDS.encode(),
        Selectors("a.card", title=".t", date="time@datetime"),
        [
            ("http://www.n.example/n/7", "Seven", "2024-05-19T10:30:00+08:00"),
            ("http://www.n.example/n/6", "Six", "2024-05-18T10:30:00+08:00"),
        ],
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists(kind: str) -> None:
    body, selectors, expected = LISTS[kind]
    parsed = parse_list(body, URL, None, selectors)
    assert [(entry.link, entry.title, entry.date) for entry in parsed.entries] == expected
    assert (parsed.kind, parsed.total) == ("page", len(expected))


@pytest.mark.parametrize(
    ("body", "selectors", "words"),
    [
        (TRS, Selectors("ul.news > li"), "no element matches item = 'ul.news > li'"),
        (TRS, Selectors("li.line"), "none of the 1 elements that match item = 'li.line' has a link"),
        ("", Selectors("li"), "found nothing"),
        ("Internal error", Selectors("li"), "found words"),
    ],
)
def test_a_list_that_was_rebuilt_is_an_error(body: str, selectors: Selectors, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_list(body.encode(), URL, None, selectors)
    assert caught.value.reason == "parse"
    assert words in str(caught.value)


def list_feed(site: Site, **options: object) -> Feed:
    feed = Feed(url=site.url("/tzdt/"), name="list", kind="page", selectors=Selectors("ul.list > li"))
    return replace(feed, **options)  # type: ignore[arg-type]


def page(*rows: tuple[int, str]) -> str:
    items = "".join(
        f'<li><a href="/n/{number}.html">{title}</a><i>2026-03-0{number}</i></li>' for number, title in rows
    )
    return f'<html><body><ul class="list">{items}</ul></body></html>'


async def test_a_page_is_polled_as_a_feed_is(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig()
    site.on(
        "/tzdt/",
        give(page((1, "一"), (2, "二")), headers={"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"}),
        give(status=304),
        give(page((2, "二，更正"), (3, "三"))),
        give("<html><body>维护中</body></html>"),
        give(page((1, "一"), (2, "二，更正"), (3, "三"))),
    )
    await rig.watch(list_feed(site))
    await rig.poll(3)
    assert site.asked[1].headers["if-none-match"] == '"1"'
    assert titles(rig.sink.articles) == ["一", "二", "二，更正", "三"]
    first, second, revised, _ = rig.sink.articles
    assert (revised.article_id, revised.revision) == (second.article_id, 2)
    assert (first.url, first.fulltext, first.text) == (site.url("/n/1.html"), False, "一")
    assert first.published == datetime(2026, 2, 28, 16, tzinfo=UTC)
    await rig.poll()
    assert (rig.state().health, rig.state().last_error) == ("backing_off", "parse")
    await rig.poll()
    assert (rig.state().health, len(rig.sink.articles)) == ("ok", 4)


async def test_a_page_and_the_pages_it_lists(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig(pages=True)
    site.serve(page((1, "宁波市举行重大项目集中…")), path="/tzdt/")
    text = "5月19日，宁波市举行重大项目集中签约仪式，现场签约项目36个，总投资158亿元，涉及新材料等产业。"
    site.serve(
        '<html><head><meta name="ArticleTitle" content="宁波市举行重大项目集中签约仪式"></head>'
        f'<body><div class="TRS_Editor"><p>{text}</p></div></body></html>',
        path="/n/1.html",
        headers={"Content-Type": "text/html"},
    )
    await rig.watch(list_feed(site))
    await rig.poll()
    (article,) = rig.sink.articles
    assert (article.title, article.text, article.fulltext) == ("宁波市举行重大项目集中签约仪式", text, True)
    assert (article.language, article.summary) == ("zh", "")


def test_an_entry_has_the_source_of_its_item() -> None:
    entry: Entry = parse_list(TABLE.encode(), URL, None, Selectors("tr")).entries[0]
    assert entry.raw.startswith("<tr><td class=")
