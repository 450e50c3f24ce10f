"""How well the readers read the sample articles, against what a person reads in them."""

from datetime import date

import pytest

from schemas.regions import name_of
from streams import offline
from streams.demo.readings import Label, expected_labels, in_one_line, score_readings
from streams.demo.samples import sample_feeds
from streams.evaluate import table
from tests.demo.test_outcome import articles

FEEDS = sample_feeds()
FLOOR = 0.87
"""A little below what is measured."""


def test_readings_of_the_sample_articles() -> None:
    read = [
        (one.model_copy(update={"url": f"http://127.0.0.1/articles/{one.article_id}"}), offline.label(one))
        for one in articles(date(2026, 11, 22))
    ]
    scores = score_readings(read, FEEDS)
    print(*table(scores), *sorted(scores.errors), in_one_line(scores), sep="\n")
    assert scores.articles == 53
    assert scores.rate("strict").f1 >= FLOOR, "\n".join(scores.errors)


@pytest.mark.parametrize(("key", "label"), expected_labels(FEEDS).items())
def test_only_relevant_articles_have_events_and_their_regions_are_known(key: tuple[str, int], label: Label) -> None:
    assert label["relevant"] or not label["events"]
    for event in label["events"]:
        assert event["regions"]
        assert all(name_of(region, "en") != region for region in event["regions"])


def test_a_line_says_how_many() -> None:
    label = expected_labels(FEEDS)["wrg-04", 1]
    right, wrong = label["events"]
    (one,) = [one for one in articles(date(2026, 11, 22)) if one.article_id == "wrg-04"]
    one = one.model_copy(update={"url": "http://127.0.0.1/articles/wrg-04"})
    answer = {**label, "events": [right, {**wrong, "projects": 25}, {**right, "projects": 7}]}
    line = in_one_line(score_readings([(one, answer)], FEEDS))
    assert line == "readings: 1 of 2 expected events read exactly; 2 read otherwise or too many"
