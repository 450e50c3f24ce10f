"""Cases 26 to 29 of polling: which entry is which."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from streams.feeds.links import clean_link
from tests.feeds.harness import NOON, Rig, Site, give, item, rss, titles

MakeRig = Callable[..., Awaitable[Rig]]


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
