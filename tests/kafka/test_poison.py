"""What cannot be decoded becomes a dead letter with its original bytes, and the worker lives."""

from base64 import b64decode

import pytest

from schemas.topics import MENTIONS, RAW_ARTICLES, RELEVANT_ARTICLES, SIGNINGS
from streams import replay
from streams.settings import load
from tests.articles import signing
from tests.checks import check_oracle
from tests.running import POISON_KEY, Line

pytestmark = pytest.mark.kafka

POISON = b"\xff\xfe not JSON \x00"
UNKNOWN = b'{"article_id": "x", "surprise": 1}'


@pytest.mark.timeout(60)
def test_undecodable_bytes_on_any_topic_become_dead_letters(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    line.send(signing(number) for number in range(30))
    topics = (RAW_ARTICLES.name, RELEVANT_ARTICLES.name, MENTIONS.name, SIGNINGS.name)
    planted = {(topic, *line.send_bytes(topic, POISON)): ("decode", POISON) for topic in topics}
    planted[(RAW_ARTICLES.name, *line.send_bytes(RAW_ARTICLES.name, UNKNOWN))] = ("invalid", UNKNOWN)
    worker = line.start()
    line.send(signing(number) for number in range(30, 60))
    line.wait_until_through()

    letters = {(letter.topic, letter.partition, letter.offset): letter for letter in line.letters()}
    assert {place: (letter.reason, b64decode(letter.value or "")) for place, letter in letters.items()} == planted
    assert all(b64decode(letter.key or "") == POISON_KEY and letter.error for letter in letters.values())
    assert {letter.stage for letter in letters.values()} == {"classify", "extract", "ledger", "alert-rules"}
    check_oracle(line, [signing(number) for number in range(60)], reconciles=1)
    assert "signings, key poison: not a Event" in capsys.readouterr().err
    assert worker.process.poll() is None

    assert replay.replay(load(kafka_brokers=line.brokers), reason="invalid") == 0
    assert "1 dead letters sent again" in capsys.readouterr().out
    assert [message.value() for message in line.read(RAW_ARTICLES.name)].count(UNKNOWN) == 2
    line.wait_until_through()
    assert len(line.letters()) == len(planted) + 1
    assert worker.stop() == 0
