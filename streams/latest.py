"""What stands in compacted topics now: the last value of every key, read once from beginning to end, in no group."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from pydantic import ValidationError

from schemas.base import Contract
from schemas.topics import Topic
from streams.broker import BrokerError

M = TypeVar("M", bound=Contract)


def read_latest(brokers: str, topics: Iterable[Topic], timeout: float) -> dict[str, dict[str, bytes]]:
    """Topic -> key -> last value; keys whose last value is a tombstone are left out.

    Raises BrokerError when no broker answers, a topic is missing, or nothing comes for `timeout` seconds.
    """
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": "dealwire-latest", "enable.auto.commit": False, "log_level": 0,
         "enable.partition.eof": True, "auto.offset.reset": "earliest"}
    )  # fmt: skip
    found: dict[str, dict[str, bytes]] = {topic.name: {} for topic in topics}
    try:
        consumer.assign(list(_partitions(consumer, brokers, found, timeout)))
        _read_to_end(consumer, found, timeout)
    except KafkaException as error:
        raise BrokerError(f"{brokers}: {error.args[0].str()}") from error
    finally:
        consumer.close()
    return found


def parse_all(model: type[M], values: dict[str, bytes], topic: str) -> Iterator[M]:
    """The values as records. Raises BrokerError for one that is none."""
    for key, value in values.items():
        try:
            yield model.model_validate_json(value)
        except ValidationError as error:
            raise BrokerError(f"{topic}, key {key}: not a {model.__name__}: {error.errors()[0]['msg']}") from error


def _partitions(consumer: Consumer, brokers: str, wanted: Iterable[str], timeout: float) -> Iterator[TopicPartition]:
    try:
        # All topics are asked for: a name would make some brokers create it.
        topics = consumer.list_topics(timeout=timeout).topics
    except KafkaException as error:
        what = f"no broker at {brokers} after {timeout:g} s ({error.args[0].str()})"
        raise BrokerError(f"{what}; set DEALWIRE_KAFKA_BROKERS or start the broker") from error
    for name in wanted:
        if name not in topics:
            raise BrokerError(f"{brokers} has no topic {name}; make it with `dealwire topics create`")
        yield from (TopicPartition(name, number, OFFSET_BEGINNING) for number in topics[name].partitions)


def _read_to_end(consumer: Consumer, found: dict[str, dict[str, bytes]], timeout: float) -> None:
    left = {(one.topic, one.partition) for one in consumer.assignment()}
    heard = monotonic()
    while left:
        for message in consumer.consume(1000, 0.5):
            heard, error = monotonic(), message.error()
            topic, partition = str(message.topic()), message.partition()
            if error is not None:
                if error.code() != KafkaError._PARTITION_EOF:
                    raise KafkaException(error)
                left.discard((topic, partition))
                continue
            key, value = (message.key() or b"").decode("utf-8", "replace"), message.value()
            if value is None:
                found[topic].pop(key, None)
            else:
                found[topic][key] = value
        if monotonic() - heard > timeout:
            raise BrokerError(f"{sorted(left)[0][0]}: nothing came within {timeout:g} s")
