"""Topics: made, compared and listed by the one registry, `schemas/topics.py`."""

import sys
from collections.abc import Iterable
from time import monotonic, sleep
from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType

from schemas.topics import TOPICS, Topic
from streams.broker import BrokerError, is_embedded
from streams.settings import Settings

TIMEOUT = 15.0
LEAST_IN_SYNC = 2
"""With three brokers or more a topic has three replicas, and a write is acknowledged by two."""


def create(settings: Settings) -> int:
    """Make the topics that the broker does not have; changes none that is there. 0, or 1 with one line on stderr."""
    try:
        if is_embedded(settings.kafka_brokers):
            print("the embedded broker makes topics on first use; nothing to do")
            return 0
        made = create_topics(settings.kafka_brokers)
    except BrokerError as error:
        return _fail(str(error))
    print(f"{len(made)} topics made, {len(TOPICS) - len(made)} were there")
    return 0


def check(settings: Settings) -> int:
    """Compare the broker's topics with the registry. 0, or 1 with a line for each difference."""
    try:
        if is_embedded(settings.kafka_brokers):
            print("the embedded broker has no settings of topics to compare")
            return 0
        found = differences(settings.kafka_brokers)
    except BrokerError as error:
        return _fail(str(error))
    for line in found:
        print(line, file=sys.stderr)
    if found:
        return _fail(f"{len(found)} differences; `dealwire topics create` makes what is missing, the rest is for you")
    print(f"{len(TOPICS)} topics as the registry says")
    return 0


def list_topics() -> int:
    """Print the registry; needs no broker."""
    rows = [("topic", "key", "value", "policy", "partitions", "written by", "read by")]
    for topic in TOPICS:
        days = f" {topic.retention_days} d" if topic.retention_days else ""
        model = topic.model.__name__ if topic.model else "a table's row"
        rows.append((topic.name, topic.key, model, topic.cleanup + days, str(topic.partitions), topic.producer,
                     ", ".join(topic.consumers)))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    return 0


def create_topics(brokers: str, topics: Iterable[Topic] = TOPICS) -> list[str]:
    """Make the missing topics; returns their names. Raises BrokerError."""
    client = _client(brokers)
    replicas = min(3, len(_metadata(client).brokers))
    in_sync = {"min.insync.replicas": str(LEAST_IN_SYNC)} if replicas >= 3 else {}
    wanted = [NewTopic(topic.name, topic.partitions, replicas, config=topic.config() | in_sync) for topic in topics]
    made: list[str] = []
    for name, future in client.create_topics(wanted, request_timeout=TIMEOUT).items():
        try:
            future.result()
            made.append(name)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise BrokerError(f"{name}: could not be made: {error.args[0].str()}") from error
    _wait_for(client, {topic.topic for topic in wanted})
    return made


def _wait_for(client: AdminClient, names: set[str]) -> None:
    # The controller made them; that brokers know of them comes a moment later.
    deadline = monotonic() + TIMEOUT
    while missing := names - set(_metadata(client).topics):
        if monotonic() > deadline:
            raise BrokerError(f"made, but not there after {TIMEOUT:g} s: {', '.join(sorted(missing))}")
        sleep(0.05)


def differences(brokers: str, topics: Iterable[Topic] = TOPICS) -> list[str]:
    """One line for each way in which the broker's topics differ from the registry. Raises BrokerError."""
    client = _client(brokers)
    found = _metadata(client).topics
    lines: list[str] = []
    there: list[Topic] = []
    for topic in topics:
        if topic.name not in found:
            lines.append(f"{topic.name}: expected the topic, found none")
            continue
        there.append(topic)
        partitions = len(found[topic.name].partitions)
        if partitions != topic.partitions:
            lines.append(f"{topic.name}: expected {topic.partitions} partitions, found {partitions}")
    resources = {topic.name: ConfigResource(ResourceType.TOPIC, topic.name) for topic in there}
    answers = client.describe_configs(list(resources.values()), request_timeout=TIMEOUT) if resources else {}
    configs = {resource.name: future for resource, future in answers.items()}
    for topic in there:
        try:
            config = configs[topic.name].result()
        except KafkaException as error:
            raise BrokerError(f"{topic.name}: its settings cannot be read: {error.args[0].str()}") from error
        for name, expected in topic.config().items():
            value = config[name].value if name in config else None
            if value != expected:
                lines.append(f"{topic.name}: expected {name}={expected}, found {value}")
    return lines


def _client(brokers: str) -> AdminClient:
    return AdminClient({"bootstrap.servers": brokers, "log_level": 0})


def _metadata(client: AdminClient) -> Any:
    try:
        return client.list_topics(timeout=TIMEOUT)
    except KafkaException as error:
        raise BrokerError(f"no Kafka broker answers ({error.args[0].str()})") from error


def _fail(line: str) -> int:
    print(f"dealwire: {line}", file=sys.stderr)
    return 1
