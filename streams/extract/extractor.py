"""Article in, mentions out: the one entrance of the room."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from types import ModuleType

from schemas.article import RawArticle
from schemas.event import ArticleRef, Mention, Mentions
from schemas.regions import owners_of
from streams.extract import en, zh
from streams.extract.conversions import check
from streams.extract.learned.judge import judge
from streams.extract.reading import Reading
from streams.extract.sketch import sketch
from streams.extract.trace import Tracer

EXTRACTOR = "1"
"""Version of the reading rules; travels with every event."""
LANGUAGES: dict[str, ModuleType] = {"en": en, "zh": zh}


def extract(article: RawArticle) -> Reading:
    """All that the article says happened. A language that dealwire does not read gives an empty reading."""
    language = LANGUAGES.get(article.language)
    if language is None:
        return Reading()
    reading: Reading = judge(language.read(article))
    tracer = Tracer(article.document, language.FINDERS, reading.scene.places if reading.scene else ())
    mentions = (check(one, article.document, article.day, language.find_amounts) for one in reading.mentions)
    return replace(reading, mentions=tuple(tracer.trace(mention) for mention in mentions))


def by_owner(article: RawArticle, mentions: tuple[Mention, ...], known_owners: frozenset[str]) -> list[Mentions]:
    """The mentions as the owners get them, sorted; owners that earlier revisions spoke of get an empty record."""
    ref, split = reference(article), share_out(mentions, known_owners)
    return [Mentions(owner=owner, article=ref, mentions=split[owner], extractor=EXTRACTOR) for owner in sorted(split)]


def share_out(mentions: Iterable[Mention], known_owners: Iterable[str] = ()) -> dict[str, tuple[Mention, ...]]:
    """The mentions by owner; `known_owners` are there in any case.

    A happening of several provinces goes to each of them and to the country, whole, and says which of the article's
    such mentions it is: so every owner agrees on the home and on the id it has there.
    """
    split: dict[str, list[Mention]] = {owner: [] for owner in known_owners}
    numbers: dict[str, int] = defaultdict(int)
    for mention in sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end)):
        owners = owners_of(mention.regions)
        if len(owners) > 1:
            mention = mention.model_copy(update={"joint": numbers[mention.type]})
            numbers[mention.type] += 1
        for owner in owners:
            split.setdefault(owner, []).append(mention)
    return {owner: tuple(given) for owner, given in split.items()}


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
