"""Workers as real processes, and what they did, read from the topics: for the embedded broker and for Apache Kafka."""

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

from schemas.article import RawArticle
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.topics import BY_NAME, DEAD_LETTERS, EVENT_TOPICS, RAW_ARTICLES, REGION_TOTALS
from schemas.total import RegionTotal
from streams.app import CONSUMED
from streams.lag import LagReader
from tests.articles import DAY

TODAY = DAY.date()
POISON_KEY = b"poison"
TOPICS = tuple(topic.name for topic in CONSUMED)


@dataclass
class Worker:
    """A worker process; `trace` is the file with a line for each message it was done with."""

    process: "subprocess.Popen[str]"
    trace: Path
    errors: Path

    def stop(self, number: int = signal.SIGTERM, within: float = 12) -> int:
        """Send the signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(within)

    def said(self) -> str:
        """What it wrote to standard error."""
        return self.errors.read_text(errors="replace")

    def wait_for(self, words: str = "worker ready", times: int = 1, within: float = 30.0) -> None:
        """Return when it has written the words to its log so often; ready: it has its partitions and its tables."""
        deadline = time.monotonic() + within
        while self.said().count(words) < times:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)


@dataclass
class Line:
    """A broker with the line's topics, and the workers that a test starts on it."""

    brokers: str
    folder: Path
    workers: list[Worker] = field(default_factory=list)

    def start(self, *options: str, **settings: object) -> Worker:
        """A worker of its own process (`tests/worker_process.py`, which takes the options)."""
        number = len(self.workers)
        trace, errors = self.folder / f"trace-{number}", self.folder / f"errors-{number}"
        given = {
            "kafka_brokers": self.brokers, "worker_metrics_port": 0, "today": TODAY, "session_timeout": 6, **settings,
        }  # fmt: skip
        environ = os.environ | {f"DEALWIRE_{name.upper()}": str(value) for name, value in given.items()}
        with errors.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.worker_process", "--trace", str(trace), *options],
                env=environ, stdout=subprocess.DEVNULL, stderr=out, text=True,
            )  # fmt: skip
        worker = Worker(process, trace, errors)
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """Kill what still runs."""
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.process.kill()
                worker.process.wait()

    def send(self, articles: Iterable[RawArticle], pause: float = 0.0) -> None:
        """Publish articles as a poller does."""
        producer = Producer(
            {"bootstrap.servers": self.brokers, "partitioner": "murmur2_random", "linger.ms": 5, "log_level": 0}
        )
        for article in articles:
            producer.produce(RAW_ARTICLES.name, key=article.article_id, value=article.wire())
            if pause:
                producer.poll(0)
                time.sleep(pause)
        assert producer.flush(20) == 0

    def send_bytes(self, topic: str, value: bytes, key: bytes = POISON_KEY) -> tuple[int, int]:
        """Publish bytes as they are; the partition and offset they got."""
        placed: list[tuple[int, int]] = []
        producer = Producer({"bootstrap.servers": self.brokers, "partitioner": "murmur2_random", "log_level": 0})
        producer.produce(
            topic, key=key, value=value, on_delivery=lambda _, m: placed.append((m.partition(), m.offset()))
        )
        assert producer.flush(20) == 0
        return placed[0]

    def wait_until_through(self, within: float = 40.0) -> None:
        """Return when everything that is in the topics is committed, twice in a row; fails after `within` seconds."""
        reader = LagReader(self.brokers, TOPICS)
        deadline = time.monotonic() + within
        quiet = 0
        try:
            while quiet < 2:
                lags = read_lags(reader)
                quiet = quiet + 1 if not lags else 0
                dead = [worker.said()[-500:] for worker in self.workers if worker.process.poll() not in (None, 0, -9)]
                assert not dead, f"a worker ended: {dead}"
                assert time.monotonic() < deadline, f"still to do after {within:g} s: {lags}"
                time.sleep(0.5)
        finally:
            reader.close()

    def lags(self) -> dict[tuple[str, int], int]:
        """(topic, partition) -> messages not committed, where there are any."""
        reader = LagReader(self.brokers, TOPICS)
        try:
            return read_lags(reader)
        finally:
            reader.close()

    def read(self, topic: str) -> list[Any]:
        """Every message of a topic, partition by partition, in order."""
        return list(read_topic(self.brokers, topic))

    def latest(self, topic: str) -> dict[bytes, bytes]:
        """The last value of each key."""
        return {message.key(): message.value() for message in self.read(topic)}

    def totals(self) -> dict[str, RegionTotal]:
        """What region-totals says."""
        return {
            key.decode(): RegionTotal.model_validate_json(value)
            for key, value in self.latest(REGION_TOTALS.name).items()
        }

    def events(self) -> dict[str, Event]:
        """What the typed topics say, without what was taken back."""
        latest = (entry for topic in EVENT_TOPICS.values() for entry in self.latest(topic.name).items())
        values = (value for key, value in latest if key != POISON_KEY)
        events = (Event.model_validate_json(value) for value in values)
        return {event.event_id: event for event in events if event.status != "retracted"}

    def letters(self) -> list[DeadLetter]:
        """The dead letters."""
        return [DeadLetter.model_validate_json(message.value()) for message in self.read(DEAD_LETTERS.name)]

    def ends(self) -> dict[tuple[str, int], int]:
        """(topic, partition) -> end offset, of the topics that workers read."""
        consumer = _consumer(self.brokers)
        try:
            return {
                (topic, partition): consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)[1]
                for topic in TOPICS
                for partition in range(BY_NAME[topic].partitions)
            }
        finally:
            consumer.close()

    def done(self) -> dict[tuple[str, int], list[list[int]]]:
        """(topic, partition) -> the runs of offsets that were done: one a worker and generation of its group."""
        runs: dict[tuple[str, int], dict[tuple[int, str], list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, worker in enumerate(self.workers):
            if worker.trace.exists():
                for line in worker.trace.read_text().splitlines():
                    parts = line.split()
                    if len(parts) == 4:  # the last line of a killed worker may be cut
                        topic, partition, offset, generation = parts
                        runs[topic, int(partition)][number, generation].append(int(offset))
        return {place: list(by_worker.values()) for place, by_worker in runs.items()}

    def missing(self) -> dict[tuple[str, int], list[int]]:
        """Offsets that no worker was ever done with."""
        done = self.done()
        missing = {
            place: sorted(set(range(end)) - {offset for run in done.get(place, []) for offset in run})
            for place, end in self.ends().items()
        }
        return {place: offsets for place, offsets in missing.items() if offsets}

    def skips(self) -> list[tuple[tuple[str, int], int, int]]:
        """Where a worker went on past an offset within one generation: (place, offset, next offset)."""
        return [
            (place, one, next_)
            for place, runs in self.done().items()
            for run in runs
            for one, next_ in pairwise(run)
            if next_ > one + 1
        ]


def read_lags(reader: LagReader) -> dict[tuple[str, int], int]:
    """Where there is a lag; asked again while the broker still moves leaders of topics just made."""
    for _ in range(20):
        try:
            return {place: lag for place, lag in reader.read().items() if lag}
        except KafkaException:
            time.sleep(0.25)
    raise AssertionError("the broker does not say what the lag is")


def read_topic(brokers: str, topic: str) -> Iterator[Any]:
    """Every message that is in the topic now; in order within a partition."""
    consumer = _consumer(brokers)
    try:
        marks = {
            partition: consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
            for partition in range(BY_NAME[topic].partitions)
        }
        left = {partition: high for partition, (low, high) in marks.items() if low < high}
        consumer.assign([TopicPartition(topic, partition, marks[partition][0]) for partition in left])
        while left:
            message = consumer.poll(10)
            assert message is not None, f"{topic}: nothing came"
            assert message.error() is None, message.error()
            if message.offset() < left.get(message.partition(), 0):
                yield message
            if message.offset() >= left.get(message.partition(), 0) - 1:
                left.pop(message.partition(), None)
    finally:
        consumer.close()


def _consumer(brokers: str) -> Consumer:
    return Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": "tests",
            "enable.auto.commit": False,
            "log_level": 0,
            "fetch.wait.max.ms": 50,
        }
    )
