"""The bytes of a sample feed: RSS 2.0, Atom or RDF, in the feed's own encoding."""

from datetime import date, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from streams.demo.samples import SampleArticle, SampleFeed, published_at, version_at

_RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{title}</title><link>{link}</link><description>{title}</description>
{entries}
</channel></rss>
"""
_RSS_ITEM = """<item><guid isPermaLink="false">{guid}</guid><title>{title}</title><link>{link}</link>\
<pubDate>{date}</pubDate><content:encoded>{html}</content:encoded></item>"""
_ATOM = """<?xml version="1.0" encoding="{encoding}"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:dealwire.example,2026:{name}</id>
<title>{title}</title><link href="{link}"/><updated>{newest}</updated>
{entries}
</feed>
"""
_ATOM_ENTRY = """<entry><id>{guid}</id><title>{title}</title><link href={link_attribute}/>\
<published>{iso}</published><updated>{iso}</updated><content type="html">{html}</content></entry>"""
_RDF = """<?xml version="1.0" encoding="{encoding}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="{link}"><title>{title}</title><link>{link}</link><description>{title}</description>
<items><rdf:Seq>{seq}</rdf:Seq></items></channel>
{entries}
</rdf:RDF>
"""
_RDF_ITEM = """<item rdf:about={link_attribute}><title>{title}</title><link>{link}</link><dc:date>{iso}</dc:date>\
<content:encoded>{html}</content:encoded></item>"""
_POISON = {
    "rss": "<item><pubDate>{date}</pubDate></item>",
    "atom": "<entry><updated>{iso}</updated></entry>",
    "rdf": "<item><dc:date>{iso}</dc:date></item>",
}
CONTENT_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}


def _naive(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def article_link(base: str, article: SampleArticle) -> str:
    """Where the article's page is: it reads as the article does."""
    return f"{base}/articles/{article.id}"


def paragraphs(text: str) -> str:
    """Plain text as HTML paragraphs."""
    return "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in text.split("\n\n"))


def _entry(feed: SampleFeed, article: SampleArticle, polls: int, today: date, base: str) -> str:
    moment = published_at(feed, article, today)
    dates = {"date": _naive(moment) if feed.naive_dates else format_datetime(moment), "iso": moment.isoformat()}
    if article.poison:
        return _POISON[feed.kind].format(**dates)
    version, link = version_at(article, polls, today), article_link(base, article)
    template = {"rss": _RSS_ITEM, "atom": _ATOM_ENTRY, "rdf": _RDF_ITEM}[feed.kind]
    return template.format(
        guid=f"tag:dealwire.example,2026:{article.id}",
        title=escape(version.title),
        link=escape(link),
        link_attribute=quoteattr(link),
        html=escape(paragraphs(version.text)),
        **dates,
    )


def feed_bytes(feed: SampleFeed, polls: int, today: date, base: str) -> bytes:
    """The feed as a poller gets it that has already read it `polls` times; `base` is the server's address."""
    newest = max(published_at(feed, article, today) for article in feed.articles)
    about = [article for article in feed.articles if not article.poison]
    document = {"rss": _RSS, "atom": _ATOM, "rdf": _RDF}[feed.kind].format(
        encoding=feed.declared or feed.encoding,
        name=feed.name,
        title=escape(feed.title),
        link=f"{base}/",
        newest=newest.isoformat(),
        seq="".join(f"<rdf:li resource={quoteattr(article_link(base, article))}/>" for article in about),
        entries="\n".join(_entry(feed, article, polls, today, base) for article in feed.articles),
    )
    return document.encode(feed.encoding)
