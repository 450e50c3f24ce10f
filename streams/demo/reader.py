"""Reads the line's topics from outside it, in no group of its own, and asks the broker how far the workers are."""

import contextlib
from collections.abc import Iterator

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

from schemas import topics
from streams.demo.picture import WATCHED

QUIET = {"log_level": 2, "socket.timeout.ms": 5000}
CONSUMED = (
    topics.RAW_ARTICLES,
    topics.RELEVANT_ARTICLES,
    topics.MENTIONS,
    topics.PROVINCE_TOTALS,
    topics.SIGNINGS,
    topics.MILESTONES,
    topics.JOINT_COPIES,
    topics.ALERT_CANDIDATES,
)
"""What the workers consume, in the direction of the flow: one that is done writes nothing more into the next."""


def _partitions(topic: topics.Topic) -> list[TopicPartition]:
    return [TopicPartition(topic.name, number) for number in range(topic.partitions)]


class Reader:
    """Everything on the watched topics, from the beginning; and the progress of a consumer group."""

    def __init__(self, brokers: str, group: str) -> None:
        # Its own group id is never used to commit or to join: partitions are assigned by hand.
        common = {"bootstrap.servers": brokers, "enable.auto.commit": False, "auto.offset.reset": "earliest", **QUIET}
        self._messages = Consumer({**common, "group.id": "dealwire-demo", "fetch.wait.max.ms": 50})
        self._group = Consumer({**common, "group.id": group})
        self._read: dict[tuple[str, int], int] = {}
        self._messages.assign(
            [TopicPartition(one.topic, one.partition, OFFSET_BEGINNING) for t in WATCHED for one in _partitions(t)]
        )

    def read(self, seconds: float) -> Iterator[tuple[str, bytes]]:
        """Topic and value of what has arrived, waiting at most `seconds` for the first. Raises KafkaException."""
        for message in self._messages.consume(500, seconds):
            error = message.error()
            if error is not None:
                # A topic that nobody has used yet appears a moment later.
                if error.code() not in (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC):
                    raise KafkaException(error)
                continue
            topic, value = str(message.topic()), message.value()
            self._read[topic, message.partition() or 0] = (message.offset() or 0) + 1
            if value is not None:
                yield topic, value

    def lag(self, topic: topics.Topic) -> int:
        """Messages of a topic that the group has not committed yet, from the broker. Raises KafkaException."""
        done = {one.partition: one.offset for one in self._group.committed(_partitions(topic), timeout=5)}
        return sum(max(0, self._end(one) - max(0, done[one.partition])) for one in _partitions(topic))

    def workers_done(self) -> bool:
        """True when the group has committed all it consumes. Asked in the direction of the flow, so that the answer
        for a topic is final when it is given; a broker that does not answer counts as not done."""
        try:
            return all(self.lag(topic) == 0 for topic in CONSUMED)
        except KafkaException:
            return False

    def caught_up(self) -> bool:
        """True when everything on the watched topics has been read."""
        with contextlib.suppress(KafkaException):
            return all(
                self._end(one) <= self._read.get((one.topic, one.partition), 0)
                for topic in WATCHED
                for one in _partitions(topic)
            )
        return False

    def _end(self, one: TopicPartition) -> int:
        ends: tuple[int, int] = self._group.get_watermark_offsets(one, timeout=5)
        return ends[1]

    def close(self) -> None:
        """Leave the broker."""
        self._messages.close()
        self._group.close()
