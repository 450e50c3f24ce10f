"""Every field of every event can be followed to words of the article."""

from pathlib import Path

import pytest

from schemas.event import Mention
from streams import offline
from streams.files import ArticleFile, read_articles

OWN = Path(__file__).parent.parent / "eval" / "articles"
HELD = frozenset((OWN.parent / "held.txt").read_text("utf-8").split())
ONE = ("kind", "metric", "regions", "venue", "projects", "count", "amount", "amount_per_project", "date")


def fields(mention: Mention) -> set[str]:
    """The names under which the words of all that the mention says are kept."""
    plain = {name for name in ONE if getattr(mention, name) is not None}
    plain.add(next(name for name in ("stage", "kind", "metric", "type") if getattr(mention, name)))
    listed = {f"{name}.{n}" for name in ("names", "parties") for n in range(len(getattr(mention, name)))}
    return plain | listed | {f"sectors.{sector}" for sector in mention.sectors}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_has_its_words(language: str) -> None:
    seen = 0
    for one in list(read_articles(OWN / language))[:80]:
        assert isinstance(one, ArticleFile)
        for mention in offline.read(one.article)[1]:
            got = set(mention.words)
            whole = {name for name in ("names", "parties") if name in got}
            missing = {name for name in fields(mention) - got if name.partition(".")[0] not in whole}
            assert not missing, (one.article.article_id, mention.evidence, missing)
            assert mention.type != "statistic" or "period" in got
            for words in mention.words.values():
                assert one.article.document[words.start : words.end] == words.text
            seen += 1
    assert seen > 100
