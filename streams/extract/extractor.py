"""Article in, mentions out: the one entrance of the room."""

from collections import defaultdict
from hashlib import blake2b

from schemas.article import RawArticle
from schemas.event import ArticleRef, Mention, Mentions
from schemas.regions import owner_of
from streams.extract import en, zh
from streams.extract.reading import Reading
from streams.extract.sketch import sketch

EXTRACTOR = "1"
"""Version of the reading rules; travels with every event."""


def extract(article: RawArticle) -> Reading:
    """All that the article says happened. A language that dealwire does not read gives an empty reading."""
    if article.language == "zh":
        return zh.read(article)
    if article.language == "en":
        return en.read(article)
    return Reading()


def by_owner(article: RawArticle, mentions: tuple[Mention, ...], known_owners: frozenset[str]) -> list[Mentions]:
    """The mentions split by owner region, sorted; owners that earlier revisions spoke of get an empty record.

    A joint happening goes to each of its owners, whole: every owner sees all its regions and so agrees on the home.
    """
    split: dict[str, list[Mention]] = defaultdict(list)
    for owner in known_owners:
        split[owner] = []
    for mention in mentions:
        for owner in {owner_of(region) for region in mention.regions}:
            split[owner].append(mention)
    ref = reference(article)
    return [
        Mentions(owner=owner, article=ref, mentions=tuple(split[owner]), extractor=EXTRACTOR) for owner in sorted(split)
    ]


def reference(article: RawArticle) -> ArticleRef:
    """What mentions keep of their article."""
    return ArticleRef(
        article_id=article.article_id,
        revision=article.revision,
        feed=article.feed.name,
        url=article.url,
        title=article.title,
        published=article.published,
        first_seen=article.first_seen,
        fetched=article.fetched,
        day=article.day,
        language=article.language,
        fingerprint=fingerprint(article.text or article.title),
        sketch=sketch(article.text or article.title),
    )


def fingerprint(text: str) -> str:
    """The same for a reprint: letters and digits only, without case.

    >>> fingerprint("43 projects, signed.") == fingerprint("43 PROJECTS signed")
    True
    """
    kept = "".join(char for char in text.casefold() if char.isalnum())
    return blake2b(kept.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
