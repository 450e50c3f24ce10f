"""The broker's topics against the registry."""

import time

import pytest
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    ResourceType,
)

from streams import admin
from streams.settings import load
from tests.running import Line

pytestmark = pytest.mark.kafka


@pytest.mark.timeout(60)
def test_check_names_every_difference_and_a_worker_refuses(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load(kafka_brokers=line.brokers)
    assert admin.check(settings) == 0
    assert admin.create(settings) == 0
    assert "0 topics made" in capsys.readouterr().out

    client = AdminClient({"bootstrap.servers": line.brokers})
    client.create_partitions([NewPartitions("mentions", 6)])["mentions"].result()
    wrong = ConfigEntry("cleanup.policy", "delete", incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, "region-totals", incremental_configs=[wrong])
    for future in client.incremental_alter_configs([resource]).values():
        future.result()
    client.delete_topics(["alerts"])["alerts"].result()
    deadline = time.monotonic() + 10
    while len(admin.differences(line.brokers)) < 3:  # the broker hears of it from the controller a moment later
        assert time.monotonic() < deadline
        time.sleep(0.05)

    assert admin.check(settings) == 1
    said = capsys.readouterr().err
    assert "mentions: expected 4 partitions, found 6" in said
    assert "region-totals: expected cleanup.policy=compact, found delete" in said
    assert "alerts: expected the topic, found none" in said
    assert "3 differences" in said

    worker = line.start()
    assert worker.process.wait(20) == 1
    assert "mentions: expected 4 partitions, found 6" in worker.said()
    assert "Traceback" not in worker.said()
