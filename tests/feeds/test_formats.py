"""The kinds of feed documents, and what of an entry becomes which field of an article."""

import json

import pytest

from streams.feeds.parsed import Entry, Hints
from streams.feeds.parser import parse_feed
from tests.feeds.harness import Rig, Site, item, rss, titles

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="self" href="http://n.example/feed"/>
<link href="http://n.example/"/>{}</feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="http://n.example/"><title>A</title>
<link>http://n.example/</link></channel>{}</rdf:RDF>"""
DOCUMENTS = {
    "rss 2.0 with content": (
        rss(
            '<item><guid>1</guid><title>T</title><link>http://n.example/1</link><pubDate>D</pubDate>'
            '<description>S</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            "<![CDATA[<p>One</p><p>Two</p>]]></content:encoded></item>"
        ),
        Entry("1", "http://n.example/1", "T", "S", "One\nTwo", "D"),
    ),
    "rss 2.0": (
        rss("<item><title>T</title><link>http://n.example/1</link><dc:date>D</dc:date></item>").replace(
            "<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '
        ),
        Entry("", "http://n.example/1", "T", "", "", "D"),
    ),
    "rss 0.91": (
        '<rss version="0.91"><channel><title>A</title><item><title>T</title><link>http://n.example/1</link>'
        "<description>S</description></item></channel></rss>",
        Entry("", "http://n.example/1", "T", "S"),
    ),
    "atom": (
        ATOM.format(
            '<entry><id>urn:1</id><title type="html">T &amp;amp; &lt;b&gt;U&lt;/b&gt;</title>'
            '<link rel="enclosure" href="http://n.example/1.mp3"/><link href="/1"/>'
            "<updated>D2</updated><published>D1</published><summary>S</summary>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry>'
        ),
        Entry("urn:1", "http://n.example/1", "T & U", "S", "One\nTwo", "D1"),
    ),
    "atom without published": (
        ATOM.format("<entry><id>urn:1</id><title>T</title><updated>D2</updated></entry>"),
        Entry("urn:1", "", "T", "", "", "D2"),
    ),
    "atom with an image for content": (
        ATOM.format('<entry><id>urn:1</id><title>T</title><content type="image/png">iVBORw0KGgo=</content></entry>'),
        Entry("urn:1", "", "T"),
    ),
    "rdf": (
        RDF.format(
            '<item rdf:about="http://n.example/1"><title>T</title><link>http://n.example/1</link><dc:date>D</dc:date>'
            "<content:encoded>&lt;p&gt;One&lt;/p&gt;</content:encoded></item>"
        ),
        Entry("http://n.example/1", "http://n.example/1", "T", "", "One", "D"),
    ),
    "json feed": (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "home_page_url": "http://n.example/",
                "items": [
                    {"id": 1, "url": "/1", "title": "T", "summary": "S", "content_html": "<p>One</p>",
                     "date_published": "D"},
                ],
            }
        ),
        Entry("1", "http://n.example/1", "T", "S", "One", "D"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_an_entry_of_each_kind(kind: str) -> None:
    document, expected = DOCUMENTS[kind]
    (entry,) = parse_feed(document.encode(), "http://n.example/feed").entries
    found = (entry.guid, entry.link, entry.title, entry.text, entry.date)
    assert found == (expected.guid, expected.link, expected.title, expected.text, expected.date)
    assert entry.summary in (expected.summary, expected.text)  # feedparser fills a missing summary from the content


@pytest.mark.parametrize("document", [ATOM, RDF])
def test_truncated_documents_of_other_kinds(document: str) -> None:
    entry = "<entry><id>{0}</id><title>{0}</title></entry>" if document is ATOM else "<item><title>{0}</title></item>"
    whole = document.format(entry.format(1) + entry.format(2))
    for cut in (whole.rindex("<title>") + 3, whole.rindex("</")):
        parsed = parse_feed(whole[:cut].encode(), "http://n.example/feed")
        assert not parsed.whole
        assert [one.title for one in parsed.entries] == (["1"] if cut < whole.rindex("</title>") else ["1", "2"])
    assert parse_feed(whole.encode(), "http://n.example/feed").whole


def test_hints_after_the_items_and_not_in_them() -> None:
    body = rss(item(1, body="<ttl>5</ttl>"), item(2))
    assert parse_feed(body.encode(), "http://n.example/").hints == Hints()
    later = body.replace("</channel>", "<ttl>30</ttl></channel>")
    assert parse_feed(later.encode(), "http://n.example/").hints == Hints(1800.0)


async def test_fields_of_an_article(rig: Rig, site: Site) -> None:
    with_content = DOCUMENTS["rss 2.0 with content"][0]
    site.serve(with_content, path="/content")
    site.serve(
        rss(item(1, title="标题", body="宁波市签约"), item(2, title="", body="x" * 100), item(3, body="")),
        path="/plain",
    )
    await rig.watch(site.url("/content"), site.url("/plain"))
    await rig.poll()
    articles = {article.title: article for article in rig.sink.articles}
    full = articles["T"]
    assert (full.text, full.summary, full.fulltext, full.language) == ("One\nTwo", "S", True, "en")
    assert (full.revision, full.fetched, full.published) == (1, rig.clock.now(), None)
    short = articles["标题"]
    assert (short.text, short.summary, short.fulltext, short.language) == ("宁波市签约", "", False, "zh")
    assert articles["x" * 79 + "…"].text == "x" * 100
    assert articles["Report 3"].text == "Report 3"
    assert len(titles(rig.sink.articles)) == 4
