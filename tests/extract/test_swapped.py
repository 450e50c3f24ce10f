"""What is read of an article does not hang on its places, figures, days and names: swapped, it scores as well."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from streams import offline
from streams.evaluate import Scores, score
from streams.files import ArticleFile, parse_article, read_articles
from tests.extract import swaps

OWN = Path(__file__).parent.parent / "eval" / "articles"
HELD = frozenset((OWN.parent / "held.txt").read_text("utf-8").split())
ASIDE = frozenset((OWN.parent / "aside.txt").read_text("utf-8").split())
DEV = Path(__file__).parents[3] / "shared" / "eval" / "dev"
DROP = 0.01


def pairs(language: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each labelled article that a swap changes, beside its swapped form."""
    for folder in (OWN, DEV):
        for one in read_articles(folder) if folder.is_dir() else ():
            if not isinstance(one, ArticleFile) or one.content["lang"] != language:
                continue
            if one.article.article_id in HELD | ASIDE:
                continue
            swapped = swaps.swap(one.content, random.Random(one.article.article_id))
            if swapped != one.content:
                yield one.content, swapped


def scored(labels: list[dict[str, Any]]) -> Scores:
    return score((label, offline.label(parse_article(label, label["id"]))) for label in labels)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_swapped_articles_read_as_well(language: str) -> None:
    both = list(pairs(language))
    assert len(both) >= 50
    before, after = scored([one for one, _ in both]), scored([other for _, other in both])
    fell = before.rate("strict").f1 - after.rate("strict").f1
    new = sorted(set(after.errors) - set(before.errors))
    assert fell <= DROP, "\n".join([f"{len(both)} articles: strict fell by {fell:.3f}", *new])
