"""`dealwire notify` as a process: reads alerts, keeps notices, sends them. One at a time: it is in no group that
shares the alerts, and two would tell everything twice."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from prometheus_client import start_http_server
from pydantic import ValidationError

from schemas.alert import Alert
from schemas.notice import Notice
from schemas.topics import ALERTS, DEAD_LETTERS, NOTICES
from streams import logs
from streams.broker import BrokerError
from streams.latest import parse_all, read_latest
from streams.letters import dead_letter, fault_of
from streams.metrics import Metrics
from streams.notify.book import Book
from streams.notify.channels import Sender, SendError, open_channels
from streams.notify.rules import RulesError, load_rules
from streams.settings import Settings
from streams.worker import hard_stop, prepare

log = logging.getLogger(__name__)
GROUP = "dealwire-notify"
STAGE = "notify"
IDLE = 3600.0
"""Seconds after which a channel looks again though nobody woke it."""


def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT. 0 then; 2 for a wrong file; 1 without a broker or when it can keep nothing more."""
    logs.set_up(settings.log_level)
    metrics = Metrics()
    try:
        rules = load_rules(settings.notify_rules)
        senders = open_channels(rules, settings.notify_rules.parent, settings.notify_timeout)
    except RulesError as error:
        print(f"dealwire: {error}", file=sys.stderr)
        return 2
    try:
        prepare(settings)
        kept = read_latest(settings.kafka_brokers, (NOTICES,), settings.kafka_deadline)[NOTICES.name]
        book = Book(rules, settings.notify_tries, settings.notify_backoff, parse_all(Notice, kept, NOTICES.name))
        server, _ = start_http_server(settings.notify_metrics_port, "127.0.0.1", metrics.registry)
    except OSError as error:
        return _fail(f"DEALWIRE_NOTIFY_METRICS_PORT {settings.notify_metrics_port}: {error.strerror}")
    except BrokerError as error:
        return _fail(str(error))
    print(f"notify: metrics on http://127.0.0.1:{server.server_port}/metrics", flush=True)
    try:
        return asyncio.run(_main(settings, Notifier(book, senders, metrics, lambda: datetime.now(UTC))))
    except (KafkaError, OSError) as error:
        return _fail(f"{settings.kafka_brokers}: {error!r}")
    finally:
        server.shutdown()


class Notifier:
    """The book, its channels, and the topics around them."""

    def __init__(self, book: Book, senders: dict[str, Sender], metrics: Metrics, now: Callable[[], datetime]) -> None:
        self.book, self.senders, self.metrics, self.now = book, senders, metrics, now
        self._turn = asyncio.Lock()
        """Held from a question to the book until its answer is kept, so that nothing is sent twice in two wordings."""
        self._changed = {name: asyncio.Event() for name in senders}

    async def run(self, brokers: str) -> None:
        """Until cancelled. Raises KafkaError when a record cannot be kept: what is not kept would be told twice."""
        self._producer = AIOKafkaProducer(bootstrap_servers=brokers, acks="all", enable_idempotence=False)
        self._consumer = AIOKafkaConsumer(bootstrap_servers=brokers, group_id=GROUP, enable_auto_commit=False)
        try:
            await self._producer.start()
            await self._consumer.start()
            await self._assign()
            log.info("notify ready")
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read())
                for name in self.senders:
                    tasks.create_task(self._deliver(name))
        finally:
            for sender in self.senders.values():
                await sender.close()
            await self._consumer.stop()
            await self._producer.stop()

    async def _assign(self) -> None:
        """Where the last one left off; the first ever begins with what comes next, not with 90 days of old news."""
        places = [TopicPartition(ALERTS.name, number) for number in range(ALERTS.partitions)]
        self._consumer.assign(places)
        ends = await self._consumer.end_offsets(places)
        committed = {place: await self._consumer.committed(place) for place in places}
        starts = {place: ends[place] if at is None else at for place, at in committed.items()}
        for place, at in starts.items():
            self._consumer.seek(place, at)
        await self._consumer.commit(starts)

    async def _read(self) -> None:
        while True:
            batches = await self._consumer.getmany(timeout_ms=500, max_records=100)
            for place, records in batches.items():
                for record in records:
                    await self._take(record)
                await self._consumer.commit({place: records[-1].offset + 1})

    async def _take(self, record: ConsumerRecord) -> None:
        try:
            alert = Alert.model_validate_json(record.value or b"")
        except ValidationError as error:  # the web process writes the dead letter of what nobody can read here
            reason, detail = fault_of(error)
            log.warning("alert passed over", extra={"offset": record.offset, "reason": reason, "detail": detail})
            return
        async with self._turn:
            notices = self.book.accept(alert, self.now())
            await self._keep(notices)
        for notice in notices:
            log.info("notice", extra=_place(notice) | {"alert": alert.alert_id, "state": notice.state})
            self._changed[notice.channel].set()

    async def _deliver(self, name: str) -> None:
        while True:
            self._changed[name].clear()
            async with self._turn:
                later, notices = self.book.next(name, self.now())
                self.book.begin(notices)
            self.metrics.notices_waiting.labels(name).set(self.book.waiting()[name])
            if notices:
                await self._send(name, notices)
                continue
            wait = IDLE if later is None else (later - self.now()).total_seconds()
            try:
                async with asyncio.timeout(min(max(wait, 0.0), IDLE)):
                    await self._changed[name].wait()
            except TimeoutError:
                pass

    async def _send(self, name: str, notices: tuple[Notice, ...]) -> None:
        try:
            await self.senders[name].send(notices, int(self.now().timestamp()))
            failure = None
        except SendError as error:
            failure = error
        async with self._turn:
            if failure is None:
                changed = self.book.sent(notices, self.now())
            else:
                changed = self.book.failed(notices, str(failure), failure.final, self.now())
            await self._tell_outcome(name, changed)
            await self._keep(changed)

    async def _tell_outcome(self, name: str, changed: tuple[Notice, ...]) -> None:
        for notice in changed:
            outcome = "retried" if notice.state == "waiting" else notice.state
            self.metrics.notices.labels(name, outcome).inc()
            said: dict[str, object] = {"outcome": outcome, "tries": notice.tries, "error": notice.error or ""}
            log.log(logging.INFO if outcome == "sent" else logging.WARNING, "delivery", extra=said | _place(notice))
            if notice.state == "failed":
                await self._give_up(notice)

    async def _give_up(self, notice: Notice) -> None:
        """The letter holds the notice as it was made: `dealwire replay` lets it wait again from the next start on."""
        fresh = notice.model_copy(update={"state": "waiting", "tries": 0, "error": None, "due": notice.created})
        original = _Original(NOTICES.name, notice.notice_id.encode(), fresh.wire())
        letter = dead_letter(original, STAGE, "undelivered", str(notice.error), notice.tries, self.now())
        self.metrics.dead_letters.labels(STAGE, "undelivered").inc()
        await self._producer.send_and_wait(DEAD_LETTERS.name, letter.wire(), key=NOTICES.name.encode())

    async def _keep(self, notices: Iterable[Notice]) -> None:
        """In the topic first, then in the book: what waits is never sent unless it is kept."""
        for notice in notices:
            await self._producer.send_and_wait(NOTICES.name, notice.wire(), key=notice.notice_id.encode())
            self.book.keep(notice)


class _Original:
    partition: int
    offset: int

    def __init__(self, topic: str, key: bytes | None, value: bytes | None) -> None:
        self.topic, self.key, self.value = topic, key, value
        self.partition = self.offset = 0


def _place(notice: Notice) -> dict[str, str]:
    return {"notice": notice.notice_id, "rule": notice.rule, "channel": notice.channel, "kind": notice.kind}


async def _main(settings: Settings, notifier: Notifier) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(notifier.run(settings.kafka_brokers))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    hard_stop(settings.grace, 0 if stop.is_set() else 1)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait({working})
        return 0
    error = working.exception()
    return _fail(f"notify: {error.exceptions[0]!r}" if isinstance(error, ExceptionGroup) else f"notify: {error!r}")


def _fail(line: str) -> int:
    print(f"dealwire: {line}", file=sys.stderr, flush=True)
    return 1
