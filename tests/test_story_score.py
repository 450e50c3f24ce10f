"""The story score: what is a pair, and that the ledger's matching keeps its floor on the labelled articles."""

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.article import RawArticle
from streams.files import make_article, read_articles
from streams.story_score import score_stories, story_table
from tests.conftest import SHARED

DAY = datetime(2024, 3, 18, tzinfo=UTC)
SIGNING: dict[str, Any] = {
    "type": "signing",
    "regions": ["CN-320205"],
    "projects": 43,
    "amount": {"value": 46_530_000_000, "currency": "CNY"},
    "date": "2024-03-18",
    "evidence": "43 projects were signed",
    "story": "xishan-43",
}
OTHER = SIGNING | {"projects": 6, "amount": {"value": 5_300_000_000, "currency": "CNY"}, "story": "xishan-6"}


def labelled(name: str, *events: dict[str, Any], text: str = "") -> tuple[RawArticle, dict[str, Any]]:
    """An article with these labels."""
    return make_article(name, name, text, DAY), {"id": name, "relevant": True, "events": list(events)}


def test_labels_that_agree_are_joined_and_others_are_not() -> None:
    scores = score_stories([labelled("a", SIGNING, OTHER), labelled("b", OTHER, SIGNING)])
    assert (scores.gold.hit, scores.gold.gold, scores.gold.got) == (2, 2, 2)
    assert scores.summary()["stories"]["f1"] == 1


def test_one_story_told_with_another_sum_is_a_missed_pair_and_two_stories_alike_a_wrong_one() -> None:
    missed = score_stories([labelled("a", SIGNING), labelled("b", SIGNING | {"projects": 41})])
    assert (missed.gold.hit, missed.gold.gold, missed.gold.got) == (0, 1, 0)
    assert missed.errors[0] == "stories from labels: missed: a 0 and b 0"
    wrong = score_stories([labelled("a", SIGNING), labelled("b", SIGNING | {"story": "another"})])
    assert (wrong.gold.hit, wrong.gold.gold, wrong.gold.got) == (0, 0, 1)


def test_as_read_an_event_that_was_not_read_misses_its_pairs() -> None:
    text = "On Monday Xishan District of Wuxi signed 43 projects worth 46.53 billion yuan."
    scores = score_stories([labelled("a", SIGNING, text=text), labelled("b", SIGNING, text="Nothing of note.")])
    assert (scores.read.hit, scores.read.gold, scores.read.got) == (0, 1, 0)
    both = score_stories([labelled("a", SIGNING, text=text), labelled("b", SIGNING, text=text)])
    assert (both.read.hit, both.read.gold, both.read.got) == (1, 1, 1)
    assert list(story_table(both))[1].startswith("  as read F1 1.000")


@pytest.mark.skipif(not (SHARED / "eval" / "dev").is_dir(), reason="the shared articles are not here")
def test_the_floor_on_the_labelled_articles() -> None:
    files = [one for one in read_articles(SHARED / "eval" / "dev") if not isinstance(one, Exception)]
    scores = score_stories((one.article, one.content) for one in files if "events" in one.content)
    assert scores.gold.gold >= 40
    assert scores.gold.f1 >= 0.97, scores.errors
    assert scores.read.f1 >= 0.85, scores.errors
