"""A poller that is killed again and again in the middle of a load, on Apache Kafka."""

import random
import time
from collections import defaultdict
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from streams import admin
from tests.feeds.harness import item, rss
from tests.feeds.test_process import ONCE, running_line
from tests.kafka.conftest import wipe

pytestmark = pytest.mark.kafka
FEEDS, ITEMS, KILLS = 100, 50, 10


@pytest.mark.timeout(180)
def test_ten_kills_during_5000_articles_lose_none_and_name_none_twice(brokers: str, tmp_path: Path) -> None:
    wipe(AdminClient({"bootstrap.servers": brokers, "log_level": 0}))
    admin.create_topics(brokers)
    chance = random.Random(6)
    with running_line(brokers, tmp_path) as line:
        dates = (None, "Wed, 04 Mar 2026 08:00:00 GMT")  # both ways of telling when an article was first seen
        line.feeds(**{f"f{n}": rss(*(item(f"{n}-{m}", date=dates[m % 2]) for m in range(ITEMS))) for n in range(FEEDS)})
        published = []
        for _ in range(KILLS):
            line.web.asked.clear()
            poller = line.poller()
            enough = chance.randint(1, 8)
            line.wait_for("polls", lambda enough=enough: sum(line.web.asked.values()) >= enough, 30)
            time.sleep(chance.uniform(0, 0.8))  # before its parser is ready, between the articles and the state, ...
            poller.kill()
            poller.communicate()
            published.append(len(line.read("raw-articles")))
        assert 0 < published[4] < published[-1], "they got on"
        assert published[-1] < FEEDS * ITEMS, "the last one was killed in the middle"
        last = line.poller(ONCE)
        output, _ = last.communicate(timeout=60)
        assert last.returncode == 0, output
        ids, firsts = defaultdict(set), defaultdict(set)
        articles = line.read("raw-articles")
    for article in articles:
        ids[article["title"]].add((article["article_id"], article["revision"]))
        if article["published"]:
            firsts[article["title"]].add(article["first_seen"])
    assert len(ids) == FEEDS * ITEMS, "none is lost"
    assert all(len(same) == 1 for same in ids.values()), "none has a second id or revision"
    assert len({one for same in ids.values() for one in same}) == FEEDS * ITEMS
    assert all(len(same) == 1 for same in firsts.values()), "what is sent again says the same"
    print(f"{len(articles) - len(ids)} of {len(articles)} messages were repeats; after each kill: {published}")
