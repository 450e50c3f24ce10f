"""The rules of docs/faust.md that are settings: each is asserted, so that none goes by mistake."""

import faust.streams
import faust.transport.conductor
import pytest
from aiokafka.partitioner import DefaultPartitioner
from confluent_kafka import Producer

from schemas.topics import MENTIONS, TABLES
from streams.alerts.rules import load_rules
from streams.app import CONSUMED, Line, build_line
from streams.broker import embedded_broker
from streams.faust_mends import MENDS, MendedConsumer, MendedRecovery, mends_of
from streams.metrics import Metrics
from streams.row_table import RowTable
from streams.settings import load


@pytest.fixture
async def worker() -> Line:
    """A worker's app, not started."""
    settings = load(kafka_brokers="127.0.0.1:1,127.0.0.1:2", session_timeout=12)
    return build_line(settings, load_rules(None), Metrics())


async def test_one_actor_an_agent(worker: Line) -> None:  # rule 1
    assert len(worker.app.agents) == 6
    assert {agent.concurrency for agent in worker.app.agents.values()} == {1}


async def test_agents_get_raw_bytes(worker: Line) -> None:  # rule 4
    topics = {name for agent in worker.app.agents.values() for name in agent.get_topic_names()}
    assert topics == {topic.name for topic in CONSUMED}
    assert {agent.channel.value_serializer for agent in worker.app.agents.values()} == {"raw"}
    assert {agent.channel.key_serializer for agent in worker.app.agents.values()} == {"raw"}


async def test_tables_are_plain_and_those_of_the_registry(worker: Line) -> None:  # rules 6, 11
    assert set(worker.app.tables) == set(TABLES)
    assert all(type(table) is RowTable and table.window is None for table in worker.app.tables.values())


async def test_settings_of_faust(worker: Line) -> None:
    conf = worker.app.conf
    assert conf.processing_guarantee.value == "at_least_once"  # rule 7
    assert str(conf.store) == "memory:"  # rule 8
    assert conf.topic_allow_declare is False  # rule 11
    assert conf.web_enabled is False  # rule 12
    assert conf.topic_disable_leader is True  # rule 13
    assert conf.producer_threaded is False  # rule 15
    assert conf.stream_wait_empty is True
    assert conf.producer_request_timeout == 30  # rule 2
    assert conf.producer_linger == load().producer_linger
    assert (conf.broker_session_timeout, conf.broker_heartbeat_interval) == (12, 3)
    assert [str(url) for url in conf.broker] == ["kafka://127.0.0.1:1", "kafka://127.0.0.1:2"]  # rule 17


async def test_the_mends_are_in(worker: Line) -> None:  # rules 18, 19, 20
    assert mends_of(worker.app) == MENDS
    assert type(worker.app.consumer) is MendedConsumer
    assert type(worker.app.tables.recovery) is MendedRecovery


def test_no_cython() -> None:  # rule 16
    assert faust.streams._CStreamIterator is None
    assert faust.transport.conductor.ConductorHandler is None


@pytest.mark.parametrize(("key", "partition"), [("CN-330000", 2), ("CN-110000", 3), ("CN", 0), ("VN", 1), ("浙江", 0)])
def test_keys_go_to_the_same_partition_from_everywhere(key: str, partition: int) -> None:  # rule 17
    ours = DefaultPartitioner()(key.encode(), [0, 1, 2, 3], [0, 1, 2, 3])
    placed: list[int] = []
    with embedded_broker((MENTIONS,)) as brokers:
        producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "log_level": 0})
        producer.produce(
            MENTIONS.name, key=key, value=b"x", on_delivery=lambda _, sent: placed.append(sent.partition())
        )
        producer.flush(10)
    assert (ours, placed) == (partition, [partition])
