"""A clean line on Apache Kafka for each test."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from schemas.topics import TOPICS
from streams import admin
from tests.running import Line


@pytest.fixture(scope="session")
def brokers() -> str:
    """The Apache Kafka that `make test-kafka` started."""
    address = os.environ.get("KAFKA_BROKERS")
    if not address:
        pytest.fail("KAFKA_BROKERS is not set: run `make test-kafka`")
    return address


@pytest.fixture
def line(brokers: str, tmp_path: Path) -> Iterator[Line]:
    """The topics made anew, and the workers of the test ended."""
    client = AdminClient({"bootstrap.servers": brokers, "log_level": 0})
    wipe(client)
    admin.create_topics(brokers)
    line = Line(brokers, tmp_path)
    yield line
    line.close()


def wipe(client: AdminClient) -> None:
    """Delete every topic of the registry and wait until they are gone; offsets of groups go with them."""
    names = {topic.name for topic in TOPICS}
    there = names & set(client.list_topics(timeout=10).topics)
    for future in (client.delete_topics(list(there)) if there else {}).values():
        future.result()
    deadline = time.monotonic() + 20
    while names & set(client.list_topics(timeout=10).topics):
        assert time.monotonic() < deadline, "the topics were not deleted"
        time.sleep(0.1)
