"""Cases 23 to 25 of polling: characters and dates, read right."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from streams.feeds.dates import parse_date
from streams.feeds.decoding import NotText, codec_of, decode, looks_garbled
from streams.feeds.feeds_file import Feed
from streams.feeds.month_names import LANGUAGES, MONTHS
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


NAMED = [
    # the language, the 19th of May 2024 as its publishers write it, its time of day
    ("English", "Sun 19 May 2024, 10:30", "10:30"),
    ("English", "10:30 AM, May 19th, 2024", "10:30"),
    ("German", "Sonntag, 19. Mai 2024, 10:30 Uhr", "10:30"),
    ("French", "dim. 19 mai 2024 à 10h30", "10:30"),
    ("Spanish", "19 de mayo de 2024 a las 10:30 h", "10:30"),
    ("Italian", "domenica 19 maggio 2024 ore 10.30", "10:30"),
    ("Portuguese", "19 de maio de 2024 às 10h30", "10:30"),
    ("Dutch", "zondag 19 mei 2024 10:30", "10:30"),
    ("Polish", "19 maja 2024 r. 10:30", "10:30"),
    ("Czech", "19. května 2024 10:30", "10:30"),
    ("Slovak", "19. mája 2024", "0:00"),
    ("Russian", "19 мая 2024 г. в 10:30", "10:30"),
    ("Ukrainian", "19 травня 2024 р., 10:30", "10:30"),
    ("Bulgarian", "19 май 2024 г.", "0:00"),
    ("Romanian", "19 mai 2024, ora 10:30", "10:30"),
    ("Hungarian", "2024. május 19., 10:30", "10:30"),
    ("Turkish", "19 Mayıs 2024 Pazar 10:30", "10:30"),
    ("Greek", "19 Μαΐου 2024, 10:30", "10:30"),
    ("Swedish", "19 maj 2024 kl. 10.30", "10:30"),
    ("Danish", "søndag d. 19. maj 2024 kl. 10.30", "10:30"),
    ("Norwegian", "19. mai 2024 kl. 10:30", "10:30"),
    ("Finnish", "19. toukokuuta 2024 klo 10.30", "10:30"),
    ("Estonian", "19. mai 2024 10:30", "10:30"),
    ("Latvian", "2024. gada 19. maijs", "0:00"),
    ("Lithuanian", "2024 m. gegužės 19 d. 10:30", "10:30"),
    ("Slovenian", "19. maj 2024 ob 10:30", "10:30"),
    ("Croatian", "19. svibnja 2024. 10:30", "10:30"),
    ("Indonesian", "Minggu, 19 Mei 2024 10:30", "10:30"),
    ("Malay", "19 Mei 2024, 10:30 am", "10:30"),
    ("Vietnamese", "19 tháng 5, 2024 10:30", "10:30"),
    ("Vietnamese", "Ngày 19 tháng 5 năm 2024", "0:00"),
    ("Thai", "19 พฤษภาคม 2567 10:30 น.", "10:30"),
    ("Thai", "19 พ.ค. 2567", "0:00"),
    ("Arabic", "19 مايو 2024", "0:00"),
    ("Hebrew", "19 במאי 2024", "0:00"),
    ("Persian", "19 مهٔ 2024", "0:00"),
    ("Hindi", "19 मई 2024, 10:30", "10:30"),
    ("Japanese", "2024年5月19日 午前10時30分", "10:30"),
    ("Korean", "2024년 5월 19일 오전 10:30", "10:30"),
    ("numbers", "19.05.2024 10:30", "10:30"),
    ("numbers", "19/05/2024", "0:00"),
    ("numbers", "05/19/2024 10:30 AM", "10:30"),
]


@pytest.mark.parametrize(("language", "raw", "clock"), NAMED)
def test_case_24_dates_in_many_languages(language: str, raw: str, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    expected = datetime(2024, 5, 19, hour, minute, tzinfo=ZoneInfo(CHINA))
    assert parse_date(raw, CHINA) == expected, language


YEARLESS = [
    # as written, now, the day
    ("16th Nov", "2026-11-20", "2026-11-16"),
    ("16th Nov", "2026-11-10", "2025-11-16"),
    ("Nov 16", "2026-01-02", "2025-11-16"),
    ("16 Nov 10:30", "2026-11-20", "2026-11-16T10:30"),
    ("12-31", "2026-01-01", "2025-12-31"),
    ("5月19日", "2026-06-01", "2026-05-19"),
    ("02-29", "2026-06-01", "2024-02-29"),
    ("29 Feb", "2026-06-01", "2024-02-29"),
]


@pytest.mark.parametrize(("raw", "now", "expected"), YEARLESS)
def test_case_24_a_date_without_a_year_is_the_last_such_day(raw: str, now: str, expected: str) -> None:
    home = ZoneInfo(CHINA)
    moment = datetime.fromisoformat(expected).replace(tzinfo=home)
    assert parse_date(raw, CHINA, datetime.fromisoformat(now).replace(tzinfo=home)) == moment
    assert parse_date(raw, CHINA) is None


def test_case_24_days_before_months_but_in_america() -> None:
    for zone, month, day in (("Europe/London", 4, 5), ("Asia/Hong_Kong", 4, 5), ("America/New_York", 5, 4)):
        assert parse_date("05/04/2024", zone) == datetime(2024, month, day, tzinfo=ZoneInfo(zone))


def test_case_24_every_month_of_every_language() -> None:
    for name, month in MONTHS.items():
        found = parse_date(f"19 {name} 2024", "UTC")
        assert found == datetime(2024, month, 19, tzinfo=UTC), name
    assert len(LANGUAGES) >= 24


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
