"""Consumer lag from the broker: the end of each partition less what the group committed (rule 9)."""

import logging

from confluent_kafka import Consumer, KafkaException, TopicPartition

from schemas.topics import APP
from streams.metrics import Metrics

log = logging.getLogger(__name__)
TIMEOUT = 5.0


class LagReader:
    """Asks the broker about the worker's group without joining it. Blocking: call it in a thread."""

    def __init__(self, brokers: str, topics: tuple[str, ...]) -> None:
        self.topics = topics
        self._consumer = Consumer(
            {"bootstrap.servers": brokers, "group.id": APP, "enable.auto.commit": False, "log_level": 0}
        )

    def read(self) -> dict[tuple[str, int], int]:
        """(topic, partition) -> messages not yet committed. Raises KafkaException when the broker does not answer."""
        known = self._consumer.list_topics(timeout=TIMEOUT).topics
        wanted = [
            TopicPartition(topic, part) for topic in self.topics if topic in known for part in known[topic].partitions
        ]
        lags: dict[tuple[str, int], int] = {}
        for place in self._consumer.committed(wanted, timeout=TIMEOUT):
            low, high = self._consumer.get_watermark_offsets(
                TopicPartition(place.topic, place.partition), timeout=TIMEOUT
            )
            lags[place.topic, place.partition] = max(0, high - max(place.offset, low))
        return lags

    def observe(self, metrics: Metrics) -> None:
        """Set the gauges; a broker that does not answer leaves them as they are."""
        try:
            for (topic, partition), lag in self.read().items():
                metrics.consumer_lag.labels(topic, str(partition)).set(lag)
        except KafkaException as error:
            log.warning("lag unknown", extra={"error": str(error)})

    def close(self) -> None:
        """Let go of the connection."""
        self._consumer.close()
