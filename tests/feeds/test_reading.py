"""Cases 23 to 29 of polling: what a feed says, read right; which entry is which."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from streams.feeds.decoding import NotText, codec_of, decode, looks_garbled
from streams.feeds.feeds_file import Feed
from streams.feeds.links import clean_link
from tests.feeds.harness import NOON, Rig, Site, give, item, rss, titles

MakeRig = Callable[..., Awaitable[Rig]]
SIMPLE = "宁波市鄞州区举行重大项目集中签约仪式，朱镕基题词，总投资365亿元"
"""With 镕, which GBK has and GB 2312 has not."""
RARE = "𠮷㐀宁波市举行重大项目签约仪式，总投资365亿元"
"""With characters that only the four-byte part of GB 18030 has."""
TRADITIONAL = "臺北市與高雄市簽約，總投資超過三百億元，發展電動車產業"
HONG_KONG = "香港嘅企業喺深水埗簽約，投資項目發展"
"""With characters that only the Hong Kong supplement of Big5 has."""

ENCODINGS: list[tuple[str, str, str, str | None, str | None]] = [
    # what it shows, text, real encoding, label in the document, charset of HTTP
    ("utf-8 labelled gb2312", SIMPLE, "utf-8", "gb2312", None),
    ("utf-8 labelled gb2312 by HTTP", SIMPLE, "utf-8", None, "gb2312"),
    ("gbk labelled gb2312", SIMPLE, "gbk", "gb2312", None),
    ("gbk labelled gbk", SIMPLE, "gbk", "GBK", "GBK"),
    ("gb18030 four bytes", RARE, "gb18030", "gb18030", None),
    ("gb18030 labelled gb2312", RARE, "gb18030", "gb2312", None),
    ("big5", TRADITIONAL, "big5", "big5", None),
    ("big5-hkscs labelled big5", HONG_KONG, "big5hkscs", "big5", None),
    ("big5-hkscs", HONG_KONG, "big5hkscs", "Big5-HKSCS", None),
    ("utf-16 with a mark", SIMPLE, "utf-16", "utf-16", None),
    ("utf-16 little end first, no mark", SIMPLE, "utf-16-le", "utf-16", None),
    ("utf-16 big end first, no mark", SIMPLE, "utf-16-be", None, None),
    ("undeclared gbk", SIMPLE, "gbk", None, None),
    ("undeclared big5", TRADITIONAL, "big5", None, None),
    ("gbk, HTTP says utf-8", SIMPLE, "gbk", "gb2312", "utf-8"),
    ("gbk, HTTP says latin-1", SIMPLE, "gbk", None, "iso-8859-1"),
    ("gbk, document says utf-8", SIMPLE, "gbk", "utf-8", None),
    ("gbk, document says utf-8, HTTP says gbk", SIMPLE, "gbk", "utf-8", "gbk"),
    ("utf-8 with a mark, labelled gbk", SIMPLE, "utf-8-sig", "gbk", "gbk"),
    ("latin-1 that is latin-1", "Société Générale à São Paulo", "latin-1", "iso-8859-1", None),
    ("windows-1252 labelled latin-1", "“Société” – 5 €", "cp1252", "iso-8859-1", None),
    ("big5 labelled gbk", TRADITIONAL, "big5", "gbk", None),
    ("gbk labelled big5", SIMPLE, "gbk", "big5", None),
    ("euc-jp", "東京で新しい工場を建設すると発表した", "euc-jp", "EUC-JP", None),
    ("shift-jis", "東京で新しい工場を建設すると発表した", "cp932", "Shift_JIS", None),
    ("euc-kr", "서울에서 투자 협약을 체결했다", "euc-kr", "EUC-KR", None),
    ("windows-1251", "Казань подписала соглашение об инвестициях", "cp1251", "windows-1251", None),
    ("windows-1251 undeclared", "Казань подписала соглашение об инвестициях", "cp1251", None, None),
    ("unknown label", SIMPLE, "gbk", "x-nonsense", None),
]


@pytest.mark.parametrize(
    ("text", "real", "label", "http"), [row[1:] for row in ENCODINGS], ids=[r[0] for r in ENCODINGS]
)
async def test_case_23_encodings(
    rig: Rig, site: Site, text: str, real: str, label: str | None, http: str | None
) -> None:
    body = rss(item(1, title=text, body=text * 3), item(2, title=text + "2", body=text), encoding=label).encode(real)
    kind = "application/xml" + (f"; charset={http}" if http else "")
    site.serve(body, headers={"Content-Type": kind})
    await rig.watch(site.url())
    await rig.poll()
    assert titles(rig.sink.articles) == [text + "2", text]
    assert rig.sink.articles[1].text == text * 3
    assert not rig.sink.letters


MOJIBAKE = {
    "utf-8 read as gbk": SIMPLE.encode().decode("gbk", "ignore"),
    "utf-8 read as windows-1252": SIMPLE.encode().decode("cp1252", "ignore"),
    "big5 read as gbk": TRADITIONAL.encode("big5").decode("gbk", "replace"),
    "replaced, then read as gbk": ("\ufffd" * 8).encode().decode("gbk"),
    "replaced": "宁波\ufffd\ufffd\ufffd\ufffd项目",
}


@pytest.mark.parametrize("kind", MOJIBAKE)
async def test_case_23_mojibake_is_buried(rig: Rig, site: Site, kind: str) -> None:
    bad = MOJIBAKE[kind].translate(dict.fromkeys(range(32))).replace("&", "").replace("<", "")
    site.serve(rss(item(1), item(2, title=bad, body=bad)))
    await rig.watch(site.url())
    await rig.poll()
    assert titles(rig.sink.articles) == ["Report 1"]
    assert [letter.reason for letter in rig.sink.letters] == ["encoding"]
    site.serve(rss(item(1), item(2, title=bad, body=bad), item(3)))
    await rig.poll(2)
    assert len(rig.sink.letters) == 1, "once an entry, not once a poll"
    site.serve(rss(item(1), item(2, title=SIMPLE, body=SIMPLE)))
    await rig.poll()
    assert (rig.sink.articles[-1].title, rig.sink.articles[-1].revision) == (SIMPLE, 1), "when it is mended it is news"


async def test_case_23_latin1_mojibake_is_mended(rig: Rig, site: Site) -> None:
    """Without loss, so it can be: feedparser turns it back."""
    site.serve(rss(item(1, title=SIMPLE.encode().decode("latin-1"))))
    await rig.watch(site.url())
    await rig.poll()
    assert titles(rig.sink.articles) == [SIMPLE]


@pytest.mark.parametrize(
    "text",
    [SIMPLE, TRADITIONAL, HONG_KONG, RARE, "Société Générale à São Paulo – “ça” naïveté", "Ünïcödé ÀÉÎÕÜ", "", "联通",
     "東京で新工場を建設する", "Владивосток подписал", "서울 투자 협약", "Zażółć gęślą jaźń", "Đà Nẵng ký kết dự án"],
)  # fmt: skip
def test_case_23_honest_text_is_not_taken_for_mojibake(text: str) -> None:
    assert not looks_garbled(text)
    assert not looks_garbled(f"{text}\n{text * 20}")


def test_case_23_no_text_at_all() -> None:
    with pytest.raises(NotText):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x80")
    assert codec_of("base64") is None
    assert codec_of("undefined") is None


CHINA = "Asia/Shanghai"
DATES = [
    # as written, zone of the feed, UTC
    ("2024-05-19 10:30:00", CHINA, "2024-05-19T02:30:00"),
    ("2024-05-19 10:30", CHINA, "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 10:30:00 CST", CHINA, "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 10:30:00 CST", "America/Chicago", "2024-05-19T16:30:00"),
    ("Sun May 19 10:30:00 CST 2024", CHINA, "2024-05-19T02:30:00"),
    ("2024年5月19日", CHINA, "2024-05-18T16:00:00"),
    ("2024年05月19日 10:30", CHINA, "2024-05-19T02:30:00"),
    ("2024年5月19日 下午3时05分", CHINA, "2024-05-19T07:05:00"),
    ("2024/05/19", CHINA, "2024-05-18T16:00:00"),
    ("2024/5/9 8:05:00", CHINA, "2024-05-09T00:05:00"),
    ("2024.05.19", CHINA, "2024-05-18T16:00:00"),
    ("1716085800", CHINA, "2024-05-19T02:30:00"),
    ("1716085800000", CHINA, "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 10:30:00", CHINA, "2024-05-19T02:30:00"),
    ("19 May 2024 10:30", CHINA, "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 10:30:00 +0800", "UTC", "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 10:30:00 GMT+8", "UTC", "2024-05-19T02:30:00"),
    ("2024-05-19 10:30:00 +0800 CST", "UTC", "2024-05-19T02:30:00"),
    ("Sun, 19 May 2024 02:30:00 GMT", CHINA, "2024-05-19T02:30:00"),
    ("2024-05-19T10:30:00+08:00", "UTC", "2024-05-19T02:30:00"),
    ("2024-05-19T10:30:00", CHINA, "2024-05-19T02:30:00"),
    ("2024-05-19T02:30:00Z", CHINA, "2024-05-19T02:30:00"),
    ("2024-05-19T02:30:00.123Z", CHINA, "2024-05-19T02:30:00.123000"),
    ("20240519T023000Z", CHINA, "2024-05-19T02:30:00"),
    ("May 19, 2024 1:55 PM EST", CHINA, "2024-05-19T18:55:00"),
    ("Sun, 19 May 2024 00:00:00 Europe/Brussels", CHINA, "2024-05-18T22:00:00"),
    ("Sunday, May 19th, 2024", CHINA, "2024-05-18T16:00:00"),
    ("2024-05-19 24:00:00", CHINA, "2024-05-19T16:00:00"),
    ("  2024-05-19\n10:30:00 ", CHINA, "2024-05-19T02:30:00"),
    ("2024-05-19 10:30:00 北京时间", "UTC", "2024-05-19T02:30:00"),
]


@pytest.mark.parametrize(("raw", "zone", "expected"), DATES)
async def test_case_24_dates(rig: Rig, site: Site, raw: str, zone: str, expected: str) -> None:
    site.serve(rss(item(1, date=raw)))
    await rig.watch(Feed(url=site.url(), name="n", zone=zone))
    await rig.poll()
    (article,) = rig.sink.articles
    assert article.published == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert article.published_raw is not None


@pytest.mark.parametrize("raw", ["yesterday", "19/05", "31 Jun 2024 10:00 GMT", "2024-13-01", "2024-05-19 25:61", "QQ"])
async def test_case_24_what_cannot_be_read(rig: Rig, site: Site, raw: str) -> None:
    site.serve(rss(item(1, date=raw)))
    await rig.watch(site.url())
    await rig.poll()
    (article,) = rig.sink.articles
    assert article.published is None
    assert article.published_raw == raw
    assert article.first_seen == article.fetched


async def test_case_25_undated(rig: Rig, site: Site) -> None:
    site.on("/feed", give(rss(item(1, date=None))), give(rss(item(1, date=None), item(2))))
    await rig.watch(site.url())
    await rig.poll()
    first = rig.clock.now()
    await rig.poll()
    site.serve(rss(item(1, date=None, title="Corrected")))
    await rig.poll()
    undated = [article for article in rig.sink.articles if article.title != "Report 2"]
    assert [article.revision for article in undated] == [1, 2]
    assert {article.published for article in undated} == {None}
    assert {article.first_seen for article in undated} == {first}


@pytest.mark.parametrize(
    ("raw", "published"),
    [
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0", None),
        ("Mon, 01 Jan 2035 00:00:00 GMT", None),
        ("Thu, 05 Mar 2026 08:00:00 GMT", datetime(2026, 3, 5, 8, tzinfo=UTC)),  # 20 hours ahead: a zone mistake
    ],
)
async def test_case_25_ancient_and_future(rig: Rig, site: Site, raw: str, published: datetime | None) -> None:
    site.serve(rss(item(1, date=raw)))
    await rig.watch(site.url())
    await rig.poll()
    (article,) = rig.sink.articles
    assert article.published == published
    assert article.first_seen == rig.clock.now(), "never in the future"
    assert article.published_raw == raw, "what it claimed stays to be seen"


async def test_case_25_first_seen_is_the_date_when_there_is_one(rig: Rig, site: Site) -> None:
    """So that an article that is sent again after a crash says the same."""
    site.serve(rss(item(1, date="Wed, 04 Mar 2026 08:00:00 GMT")))
    await rig.watch(site.url())
    await rig.poll()
    assert rig.sink.articles[0].first_seen == NOON - timedelta(hours=4)


async def polled(rig: Rig, site: Site, *documents: str) -> list[str]:
    """The ids of what was published by one poll of each document."""
    await rig.watch(site.url())
    for document in documents:
        site.serve(document)
        await rig.poll()
    return [article.article_id for article in rig.sink.articles]


async def test_case_26_guid_before_link(rig: Rig, site: Site) -> None:
    first, second = item(1, guid="a"), item(1, guid="a", link="http://elsewhere.example/x")
    assert len(await polled(rig, site, rss(first), rss(second))) == 1


async def test_case_26_link_when_there_is_no_guid(rig: Rig, site: Site) -> None:
    first = rss(item(1, guid="", link="http://n.example/1?utm_source=rss"), item(2, guid=""))
    second = rss(item(2, guid=""), item(1, guid="", link="https://n.example/1", title="Corrected"))
    ids = await polled(rig, site, first, second)
    assert len(ids) == 3
    assert len(set(ids)) == 2


async def test_case_26_no_guid_no_link(rig: Rig, site: Site) -> None:
    one, two = item(1, guid="", link=""), item(2, guid="", link="")
    assert len(await polled(rig, site, rss(one, two), rss(two, one))) == 2


@pytest.mark.parametrize("date", ["Wed, 04 Mar 2026 08:00:00 GMT", None])
@pytest.mark.parametrize("path", ["/read?token={}", "/{}/read"])
async def test_case_26_a_fresh_token_in_every_link(rig: Rig, site: Site, date: str | None, path: str) -> None:
    body = "A text that is long enough to be known by its words, as those of articles are. " * 2

    def document(token: str) -> str:
        links = [f"http://n.example{path.format(token + str(n))}&amp;n={n}" for n in range(3)]
        return rss(*(item(n, guid="", link=link, date=date, body=body + str(n)) for n, link in enumerate(links)))

    assert len(await polled(rig, site, document("abc"), document("def"), document("ghi"))) == 3


async def test_case_26_undated_and_short(rig: Rig, site: Site) -> None:
    """Few words and no date: known by the page when only parameters differ, and otherwise not taken for the same."""
    tokens = [rss(item(1, guid="", link=f"http://n.example/read?token={n}", date=None)) for n in range(3)]
    assert len(await polled(rig, site, *tokens)) == 1
    pages = [rss(item(1, guid="", link=f"http://n.example/week/{n}", date=None)) for n in range(3)]
    assert len(await polled(rig, site, *pages)) == 4


async def test_case_26_ten_items_with_one_guid(rig: Rig, site: Site) -> None:
    ten = [item(n, guid="same") for n in range(10)]
    assert len(await polled(rig, site, rss(*ten), rss(*reversed(ten)), rss(*ten[3:7]), rss(ten[5]), rss(*ten))) == 10


async def test_case_26_ten_items_with_one_guid_and_one_link(rig: Rig, site: Site) -> None:
    ten = [item(n, guid="same", link="http://n.example/") for n in range(10)]
    assert len(await polled(rig, site, rss(*ten), rss(*reversed(ten)), rss(ten[5]))) == 10


async def test_case_26_the_same_item_twice_in_one_document(rig: Rig, site: Site) -> None:
    assert len(await polled(rig, site, rss(item(1), item(1)), rss(item(1), item(1)))) == 1


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("<item><pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate></item>", "identity"),
        ("<item/>", "identity"),
        ("<item><link>http://n.example/1</link></item>", "empty"),
        ("<item><guid>1</guid><title> </title><description>&lt;p&gt;&lt;/p&gt;</description></item>", "empty"),
    ],
)
async def test_case_26_nothing_usable(rig: Rig, site: Site, entry: str, reason: str) -> None:
    import base64

    site.on("/feed", give(rss(item(1), entry)), give(rss(entry, item(1), item(2))))
    await rig.watch(site.url())
    await rig.poll(2)
    await rig.watch(site.url())  # a restart does not bury it again
    await rig.poll()
    assert titles(rig.sink.articles) == ["Report 1", "Report 2"]
    (letter,) = rig.sink.letters
    assert (letter.topic, letter.stage, letter.reason) == ("feed", "feeds", reason)
    if entry != "<item/>":
        assert base64.b64decode(letter.value or "").decode() == entry
    assert rig.count("dead_letters_total", stage="feeds", reason=reason) == 1


async def test_case_27_another_host_and_scheme(rig: Rig, site: Site) -> None:
    def document(base: str) -> str:
        return rss(*(item(n, guid=f"{base}/news/{n}.html", link=f"{base}/news/{n}.html") for n in range(10)))

    documents = [document(base) for base in ("http://www.n.example", "https://www.n.example", "https://n.example")]
    assert len(await polled(rig, site, *documents)) == 10


async def test_case_27_a_move_to_another_cms(rig: Rig, site: Site) -> None:
    def written(number: int) -> str:
        return (NOON - timedelta(hours=number)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    old = [item(n, guid=f"?p={n}", link=f"http://n.example/?p={n}", date=written(n)) for n in range(50)]
    new = [item(n, guid=f"urn:{n}", link=f"http://n.example/a/report-{n}/", date=written(n)) for n in range(50)]
    ids = await polled(rig, site, rss(*old), rss(*new), rss(*new, item(99)))
    assert len(ids) == 51
    corrected = [
        item(7, guid="urn:7", link="http://n.example/a/report-7/", date=written(7), title="Report 7, corrected")
    ]
    site.serve(rss(*corrected))
    await rig.poll()
    last = rig.sink.articles[-1]
    first = next(article for article in rig.sink.articles if article.title == "Report 7")
    assert (last.article_id, last.revision) == (first.article_id, 2), "it is still the same article"


async def test_case_27_two_monthly_releases(rig: Rig, site: Site) -> None:
    february = item(1, guid="", link="http://n.example/02", title="Monthly statistics", body="Out now.",
                    date="Mon, 02 Feb 2026 08:00:00 GMT")  # fmt: skip
    march = item(1, guid="", link="http://n.example/03", title="Monthly statistics", body="Out now.",
                 date="Mon, 02 Mar 2026 08:00:00 GMT")  # fmt: skip
    assert len(await polled(rig, site, rss(february), rss(march))) == 2


LINKS = [
    ("http://n.example/a?utm_source=x&utm_medium=y&id=7", "n.example/a?id=7"),
    ("http://n.example/a?spm=a.b.c&aid=3", "n.example/a?aid=3"),
    ("http://n.example/a?fbclid=1#top", "n.example/a"),
    ("http://n.example:80/a", "n.example/a"),
    ("https://N.example:443/a", "n.example/a"),
    ("http://n.example:8080/a", "n.example:8080/a"),
    ("http://n.example/a?b=2&a=1", "n.example/a?a=1&b=2"),
    ("http://n.example/a?a=&b", "n.example/a?a=&b="),
    ("http://n.example", "n.example/"),
    ("http://n.example/%e6%8a%95", "n.example/%E6%8A%95"),
    ("http://n.example/投", "n.example/%E6%8A%95"),
    ("http://n.example:notaport/a", "http://n.example:notaport/a"),
    ("http://[broken/a", "http://[broken/a"),
]


@pytest.mark.parametrize(("link", "key"), LINKS)
def test_case_28_one_key(link: str, key: str) -> None:
    assert clean_link(link) == key


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        ("<guid>7</guid>", ""),
        ("<guid>http://n.example/7</guid>", "http://n.example/7"),
        ('<guid isPermaLink="false">http://n.example/7</guid>', ""),
        ("<link>/7</link>", "http://home.example/7"),
        ("<link> http://n.example/7\n</link>", "http://n.example/7"),
    ],
)
async def test_case_28_which_link(rig: Rig, site: Site, entry: str, link: str) -> None:
    site.serve(rss(f"<item><title>T</title>{entry}</item>", head="<link>http://home.example/</link>"))
    await rig.watch(site.url())
    await rig.poll()
    assert [article.url for article in rig.sink.articles] == [link]


async def test_case_28_the_original_link_is_kept(rig: Rig, site: Site) -> None:
    written = "http://n.example:80/a?utm_source=rss&amp;b=2&amp;a=1#top"
    again = "http://n.example/a?a=1&amp;b=2&amp;spm=9"
    assert len(await polled(rig, site, rss(item(1, guid="", link=written)), rss(item(1, guid="", link=again)))) == 1
    assert rig.sink.articles[0].url == "http://n.example:80/a?utm_source=rss&b=2&a=1#top"
    site.serve(rss(item(1, guid="", link="http://n.example/a?a=1&amp;b=2&amp;id=9")))
    other = rss(item(1, guid="", link="http://n.example/a?a=1&amp;b=2&amp;id=10", date="Tue, 03 Mar 2026 08:00:00 GMT"))
    site.on("/feed", give(other))
    await rig.poll()
    assert len(rig.sink.articles) == 2, "id= tells pages apart"


async def test_case_29_a_corrected_title(rig: Rig, site: Site) -> None:
    ids = await polled(rig, site, rss(item(1)), rss(item(1, title="Report 1, corrected")))
    assert [article.revision for article in rig.sink.articles] == [1, 2]
    assert len(set(ids)) == 1
    assert rig.sink.articles[1].first_seen == rig.sink.articles[0].first_seen


async def test_case_29_only_a_new_date(rig: Rig, site: Site) -> None:
    documents = [rss(item(1, date=f"Wed, 04 Mar 2026 0{hour}:00:00 GMT")) for hour in range(5)]
    assert len(await polled(rig, site, *documents)) == 1


async def test_case_29_a_body_that_contains_the_time(rig: Rig, site: Site) -> None:
    documents = [rss(item(1, body=f"It is {n} o'clock."), item(2)) for n in range(40)]
    await polled(rig, site, *documents)
    assert [a.revision for a in rig.sink.articles if a.title == "Report 1"] == list(range(1, 25))
    assert rig.count("feeds_entries_suppressed_total", feed=rig.feeds[0].name, reason="flapping") == 40 - 24
