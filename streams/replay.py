"""Dead letters back to their topics, by hand: after the cause is mended, what could not be processed is sent again.

Every step is idempotent, so sending again what was meanwhile processed changes nothing.
"""

import sys
from collections.abc import Iterator

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from pydantic import ValidationError

from schemas.dead_letter import DeadLetter
from schemas.topics import BY_NAME, DEAD_LETTERS
from streams.broker import BrokerError
from streams.letters import original
from streams.settings import Settings

TIMEOUT = 10.0
"""Seconds, at most, for one answer of the broker; fewer when DEALWIRE_KAFKA_DEADLINE is less."""


def replay(settings: Settings, stage: str | None = None, reason: str | None = None, dry_run: bool = False) -> int:
    """Send every dead letter (of that stage, of that reason) back to its topic; `dry_run` only lists them.

    Prints one line a letter. Letters stay where they are: the topic is a log. Returns 0, or 1 with a line on stderr.
    """
    sent = 0
    patience = min(TIMEOUT, settings.kafka_deadline)
    try:
        producer = Producer(
            {"bootstrap.servers": settings.kafka_brokers, "partitioner": "murmur2_random", "log_level": 0}
        )
        for letter in read_letters(settings.kafka_brokers, patience):
            if stage not in (None, letter.stage) or reason not in (None, letter.reason):
                continue
            if letter.topic not in BY_NAME:  # an entry of a feed that never reached a topic
                continue
            sent += 1
            print(f"{letter.topic} {letter.partition} {letter.offset} {letter.stage} {letter.reason}: {letter.error}")
            if not dry_run:
                key, value = original(letter)
                producer.produce(letter.topic, value=value, key=key)
        if producer.flush(patience) > 0:
            raise BrokerError("not every letter was acknowledged by the broker; run it again")
    except BrokerError as error:
        print(f"dealwire: replay: {error}", file=sys.stderr)
        return 1
    except KafkaException as error:
        print(f"dealwire: replay: {settings.kafka_brokers}: {error.args[0].str()}", file=sys.stderr)
        return 1
    print(f"{sent} dead letters {'found' if dry_run else 'sent again'}")
    return 0


def read_letters(brokers: str, timeout: float = TIMEOUT) -> Iterator[DeadLetter]:
    """Every dead letter that is in the topic now; `timeout` seconds for each answer.

    Raises BrokerError, KafkaException.
    """
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": "dealwire-replay", "enable.auto.commit": False, "log_level": 0,
         "enable.partition.eof": False}
    )  # fmt: skip
    try:
        for partition in _partitions(consumer, brokers, timeout):
            yield from _read_partition(consumer, partition, timeout)
    finally:
        consumer.close()


def _partitions(consumer: Consumer, brokers: str, timeout: float) -> list[int]:
    try:
        # All topics are asked for: a name would make some brokers create it.
        topics = consumer.list_topics(timeout=timeout).topics
    except KafkaException as error:
        what = f"no broker at {brokers} after {timeout:g} s ({error.args[0].str()})"
        raise BrokerError(f"{what}; set DEALWIRE_KAFKA_BROKERS or start the broker") from error
    if DEAD_LETTERS.name not in topics:
        raise BrokerError(f"{brokers} has no topic {DEAD_LETTERS.name}; make it with `dealwire topics create`")
    return sorted(topics[DEAD_LETTERS.name].partitions)


def _read_partition(consumer: Consumer, partition: int, timeout: float) -> Iterator[DeadLetter]:
    low, high = consumer.get_watermark_offsets(TopicPartition(DEAD_LETTERS.name, partition), timeout=timeout)
    if low >= high:
        return
    consumer.assign([TopicPartition(DEAD_LETTERS.name, partition, low)])
    while True:
        message = consumer.poll(timeout)
        if message is None:
            raise BrokerError(f"{DEAD_LETTERS.name} {partition}: nothing came within {timeout:g} s")
        if message.error():
            raise KafkaException(message.error())
        try:
            yield DeadLetter.model_validate_json(message.value() or b"")
        except ValidationError as error:
            print(f"dealwire: {DEAD_LETTERS.name} {partition} {message.offset()}: not a dead letter: {error.title}",
                  file=sys.stderr)  # fmt: skip
        if (message.offset() or 0) >= high - 1:
            return
