"""The embedded broker: the in-memory one that librdkafka carries. For the demo and tests, nothing survives it.

Topics appear on first use with 4 partitions; a partition holds 5 MB and drops the oldest; there are no admin calls.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import KafkaException, Producer

from schemas.topics import TOPICS, Topic

log = logging.getLogger(__name__)
MOCK = "mockCluster"
"""What librdkafka's mock cluster calls itself in its metadata (rdkafka_mock.c, `rd_kafka_mock_cluster_new`)."""


class BrokerError(Exception):
    """The broker does not answer, or not as expected. One line."""


@contextmanager
def embedded_broker(topics: tuple[Topic, ...] = TOPICS) -> Iterator[str]:
    """A broker in this process, on a free loopback port, with every topic of the registry. Yields host:port."""
    owner = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "embedded", "log_level": 0})
    brokers = owner.list_topics(timeout=10).brokers
    if len(brokers) != 1:
        raise BrokerError(f"the embedded broker did not start: expected one address, found {sorted(brokers)}")
    address = next(f"{broker.host}:{broker.port}" for broker in brokers.values())
    touch_topics(address, topics)
    try:
        yield address
    finally:
        owner.flush(1)
        del owner


def touch_topics(address: str, topics: tuple[Topic, ...] = TOPICS) -> None:
    """Make the topics appear: asking for one is using it."""
    client = Producer({"bootstrap.servers": address, "allow.auto.create.topics": True, "log_level": 0})
    for topic in topics:
        found = client.list_topics(topic.name, timeout=10).topics[topic.name]
        if found.error is not None:
            found = client.list_topics(topic.name, timeout=10).topics[topic.name]
        if len(found.partitions) != topic.partitions:
            raise BrokerError(f"{topic.name}: expected {topic.partitions} partitions, found {len(found.partitions)}")


def is_embedded(brokers: str, timeout: float = 5.0) -> bool:
    """True when the broker is the embedded one, which has no admin calls and needs no topics made.

    Raises BrokerError when nothing answers within `timeout` seconds.
    """
    client = Producer({"bootstrap.servers": brokers, "log_level": 0, "socket.connection.setup.timeout.ms": 2000})
    try:
        return str(client.list_topics(timeout=timeout).cluster_id).startswith(MOCK)
    except KafkaException as error:
        raise BrokerError(f"no Kafka broker answers at {brokers} ({error.args[0].str()})") from error
