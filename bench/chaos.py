"""Exact under fire: `python -m bench.chaos [--articles N] [--faults N] [--seed N]`.

Articles with a known truth go through real pollers and two real workers on Apache Kafka behind a proxy, while workers
are killed, stopped and paused, pollers killed, the broker restarted and the network cut, in an order that the seed
gives. A process that ends by itself is started again, as a supervisor would. At the end everything must be committed,
the topics must equal the offline fold of the articles, and nothing but the planted poison may be a dead letter.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from confluent_kafka import KafkaException, Producer

from bench.chaos_articles import Press, press, report
from bench.proxy import Proxy
from deploy.kafka import run as kafka
from schemas.article import RawArticle
from schemas.topics import RAW_ARTICLES
from streams import admin
from streams.broker import BrokerError
from streams.faust_mends import MENDS
from streams.lag import LagReader
from streams.offline import fold_articles
from tests.feeds.harness import item, rss
from tests.feeds.test_process import Line as Feeds
from tests.feeds.test_process import running_line
from tests.running import POISON_KEY, TODAY, TOPICS, Line, Worker, read_lags

PAUSED = 10.0
"""Seconds of a pause: longer than the session of 6."""
DOWN, CUT = 6.0, 30.0
"""Seconds that the broker is down, and that the network is cut."""
AT_WORK = 0.75
"""The share of faults that wait until a worker is at work again; the others come on top of what was before."""
MOST_WAIT, MOST_LATER = 40.0, 1.5
"""Seconds to wait for that at most, and how long the fault then comes later at most."""
FULL = {"kill": 10, "pause": 2, "stop": 5, "broker": 3, "poller": 5, "cut": 1}
"""How often each fault happens in a full run."""
POLLED = 0.1
"""The share of articles that come through pollers."""
SETTLED = 3.0
"""Seconds without a lag and without a step of any worker, after which all is done."""


@dataclass
class Report:
    """What happened, and what came of it. All but the first five should be empty or 0."""

    articles: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    longest_stop: float = 0.0
    ended_by_themselves: list[str] = field(default_factory=list)
    """Processes that stopped for a failure, as they should when a delivery fails, and were started again."""
    not_sent: int = 0
    not_polled: int = 0
    not_committed: dict[str, int] = field(default_factory=dict)
    never_done: dict[str, int] = field(default_factory=dict)
    """Messages that no worker was ever done with."""
    events_lost: int = 0
    events_extra: int = 0
    events_differing: int = 0
    totals_differing: list[str] = field(default_factory=list)
    counted_wrong: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the nation's total is not what the articles were made to tell: what -> (truth, published)."""
    letters_missing: int = 0
    letters_extra: list[str] = field(default_factory=list)

    def failures(self) -> dict[str, object]:
        """What should be nothing and is not."""
        fine = ("articles", "faults", "seconds", "longest_stop", "ended_by_themselves")
        return {name: value for name, value in asdict(self).items() if value and name not in fine}


class Field:
    """Everything that runs: the broker, the proxy, two workers, a poller; and what can happen to each."""

    def __init__(self, node: kafka.Node, proxy: Proxy, line: Line, feeds: Feeds, options: tuple[str, ...]) -> None:
        self.node, self.proxy, self.line, self.feeds = node, proxy, line, feeds
        self.options, self.report = options, Report()
        self.workers: list[Worker] = [line.start(*options), line.start(*options)]
        self.poller = feeds.poller(session_timeout=6)

    def kill(self, dice: Random) -> None:
        """A worker is killed, and another takes its place."""
        self._end(dice, signal.SIGKILL)

    def stop(self, dice: Random) -> None:
        """A worker is asked to stop, and another takes its place."""
        self._end(dice, signal.SIGTERM)

    def pause(self, dice: Random) -> None:
        """A worker sleeps longer than its session, and wakes."""
        process = dice.choice(self.workers).process
        process.send_signal(signal.SIGSTOP)
        time.sleep(PAUSED)
        process.send_signal(signal.SIGCONT)

    def broker(self, dice: Random) -> None:
        """The broker is stopped and started again."""
        self.node.stop()
        time.sleep(DOWN)
        self.node.start()

    def poller_killed(self, dice: Random) -> None:
        """The poller is killed in the middle of its work, and started again."""
        time.sleep(dice.uniform(0.0, 1.0))
        self.poller.kill()
        self.poller.communicate()
        self.poller = self.feeds.poller(session_timeout=6)

    def cut(self, dice: Random) -> None:
        """Nobody reaches the broker."""
        self.proxy.cut()
        time.sleep(CUT)
        self.proxy.mend()

    def supervise(self) -> None:
        """Start again what ended by itself."""
        for at, worker in enumerate(self.workers):
            if worker.process.poll() is not None:
                self.report.ended_by_themselves.append(f"worker: {worker.said().splitlines()[-1][:200]}")
                self.workers[at] = self.line.start(*self.options)
        if self.poller.poll() is not None:
            output, _ = self.poller.communicate()
            self.report.ended_by_themselves.append(f"poller: {output.splitlines()[-1][:200]}")
            self.poller = self.feeds.poller(session_timeout=6)

    def _end(self, dice: Random, number: signal.Signals) -> None:
        at = dice.randrange(len(self.workers))
        with suppress(ProcessLookupError):
            self.workers[at].stop(number)
        self.workers[at] = self.line.start(*self.options)


FAULTS = {
    "kill": Field.kill, "pause": Field.pause, "stop": Field.stop, "broker": Field.broker,
    "poller": Field.poller_killed, "cut": Field.cut,
}  # fmt: skip


class Watch:
    """The longest time in which no worker was done with anything, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.longest, self.since = folder, 0.0, time.monotonic()
        self._size, self._over = 0, threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def still(self) -> float:
        """Seconds since somebody was done with something."""
        return time.monotonic() - self.since

    def wait_for_work(self, most: float) -> None:
        """Return when somebody is done with something more, or after so many seconds."""
        size, deadline = self._size, time.monotonic() + most
        while self._size == size and time.monotonic() < deadline:
            time.sleep(0.05)

    def end(self) -> None:
        """Look no more."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(0.2):
            size = sum(path.stat().st_size for path in self.folder.glob("trace-*"))
            if size != self._size:
                self.longest, self.since, self._size = max(self.longest, self.still()), time.monotonic(), size


def under_fire(ground: Field, count: int, faults: dict[str, int], dice: Random) -> None:
    """Send everything, a part before each fault; wait until all is done; compare."""
    found, began = ground.report, time.monotonic()
    sent, polled = press(dice, round(count * (1 - POLLED))), round(count * POLLED)
    found.articles = sent.made | {"polled": polled}
    found.faults = faults
    watch = Watch(ground.line.folder)
    producer = Producer({
        "bootstrap.servers": ground.line.brokers, "partitioner": "murmur2_random", "linger.ms": 5, "log_level": 0,
        "enable.idempotence": True,
    })  # fmt: skip
    order = [name for name, times in faults.items() for _ in range(times)]
    dice.shuffle(order)
    shares = len(order) + 1
    for at in range(shares):
        ground.supervise()
        for message in sent.messages[at * len(sent.messages) // shares : (at + 1) * len(sent.messages) // shares]:
            _produce(producer, message)
        publish(ground.feeds, range(sent.unused, sent.unused + (at + 1) * polled // shares))
        if dice.random() < AT_WORK:
            watch.wait_for_work(MOST_WAIT)
        time.sleep(dice.uniform(0, MOST_LATER))
        if at < len(order):
            print(f"{time.monotonic() - began:6.1f} s  {order[at]}", file=sys.stderr, flush=True)
            FAULTS[order[at]](ground, dice)
        ground.supervise()
    found.not_sent = producer.flush(120)
    settle(ground, watch, polled)
    watch.end()
    found.seconds, found.longest_stop = time.monotonic() - began, watch.longest
    compare(ground, sent, polled)


def publish(feeds: Feeds, numbers: range) -> None:
    """The feed has reports of these happenings: it only grows, so a poller that comes late sees them all."""
    articles = [report(number) for number in numbers]
    made = (
        item(
            one.title,
            title=one.title,
            guid=one.article_id,
            date=f"{one.published:%a, %d %b %Y %H:%M:%S GMT}",
            body=one.text,
        )
        for one in articles
    )
    feeds.web.bodies["/f0"] = rss(*made).encode()


def settle(ground: Field, watch: Watch, polled: int, within: float = 240.0) -> None:
    """Return when all is polled and committed and no worker does anything more, or after `within` seconds."""
    deadline = time.monotonic() + within
    reader = LagReader(ground.line.brokers, TOPICS)
    while time.monotonic() < deadline:
        ground.supervise()
        with suppress(KafkaException):
            if (
                watch.still() > SETTLED
                and not read_lags(reader)
                and watch.still() > SETTLED
                and polls(ground) >= polled
            ):
                break
        time.sleep(0.5)
    reader.close()


def polls(ground: Field) -> int:
    """How many articles the pollers have published, each counted once."""
    keys = {message.key() for message in ground.line.read(RAW_ARTICLES.name)}
    return sum(not key.startswith((b"chaos-", b"reprint-", b"weather-", POISON_KEY)) for key in keys)


def compare(ground: Field, sent: Press, polled: int) -> None:
    """Fill the report in: the topics beside the offline fold of what is in raw-articles, and beside the truth."""
    line, found = ground.line, ground.report
    raw = line.read(RAW_ARTICLES.name)
    articles = [RawArticle.model_validate_json(one.value()) for one in raw if one.key() != POISON_KEY]
    folded = fold_articles(articles, TODAY)
    found.not_polled = max(0, polled - polls(ground))
    found.not_committed = {f"{topic} {number}": lag for (topic, number), lag in line.lags().items()}
    found.never_done = {f"{topic} {number}": len(left) for (topic, number), left in line.missing().items()}

    events, expected = line.events(), {event.event_id: event for event in folded.events}
    found.events_lost = len(expected.keys() - events.keys())
    found.events_extra = len(events.keys() - expected.keys())
    found.events_differing = sum(events[key] != expected[key] for key in events.keys() & expected.keys())
    totals = line.totals()
    found.totals_differing = sorted(
        region
        for region in totals.keys() | folded.totals.keys()
        if totals.get(region) != folded.totals.get(region) and (region in folded.totals or totals[region].windows)
    )
    standing = list(sent.standing.values()) + [10 + sent.unused + number for number in range(polled)]
    nation = totals["CN"].windows["all"]["contract"] if "CN" in totals else None
    seen = (nation.happenings, int(nation.amount_cny.best) // 10**8) if nation else (0, 0)
    truth = (len(standing), sum(standing))
    names = ("happenings", "100 million yuan")
    found.counted_wrong = {name: (true, has) for name, true, has in zip(names, truth, seen, strict=True) if true != has}
    planted = Counter((RAW_ARTICLES.name, one.partition(), one.offset()) for one in raw if one.key() == POISON_KEY)
    letters = Counter((one.topic, one.partition, one.offset) for one in line.letters())
    found.letters_missing = len(planted.keys() - letters.keys())
    found.letters_extra = [f"{topic} {number} {offset}" for topic, number, offset in letters.keys() - planted.keys()]


@contextmanager
def battlefield(options: tuple[str, ...]) -> Iterator[Field]:
    """Apache Kafka behind a proxy, with the topics, two workers, a poller and its feed; all ended at the end."""
    with tempfile.TemporaryDirectory(prefix="dealwire-chaos-") as folder:
        base = Path(folder)
        port = kafka.free_port()
        proxy = Proxy(port)
        node = kafka.Node(kafka.find_java(), kafka.fetch_jars(), base, port, advertised=proxy.port)
        node.format()
        node.start()
        brokers = f"127.0.0.1:{proxy.port}"
        line = Line(brokers, base)
        try:
            _create_topics(brokers)
            with running_line(brokers, base) as feeds:
                feeds.feeds(f0=rss())
                yield Field(node, proxy, line, feeds, options)
        finally:
            line.close()
            proxy.close()
            node.stop()


def main() -> int:
    """Run, print the report, write it; 1 when anything is not exact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--faults", type=int, help="so many of each kind, instead of the full numbers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", choices=sorted(MENDS), action="append", default=[], help="without this mend")
    parser.add_argument("--no-fence", action="store_true", help="rows without their versions")
    parser.add_argument("--no-guard", action="store_true", help="messages are done before their outputs are")
    parser.add_argument("--json", type=Path, default=Path("chaos.json"), help="where the report goes")
    chosen = parser.parse_args()
    without = [word for mend in chosen.leave_out for word in ("--leave-out", mend)]
    without += [f"--{name}" for name in ("no-fence", "no-guard") if getattr(chosen, name.replace("-", "_"))]
    faults = {name: times if chosen.faults is None else chosen.faults for name, times in FULL.items()}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that all is ended then, too
    try:
        with battlefield(tuple(without)) as ground:
            under_fire(ground, chosen.articles, faults, Random(chosen.seed))
    except kafka.Stop as stop:
        print(f"chaos: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    report = ground.report
    chosen.json.write_text(json.dumps(asdict(report), indent=2, ensure_ascii=False) + "\n", "utf-8")
    for name, value in asdict(report).items():
        print(f"{name.replace('_', ' '):24} {value}")
    failures = report.failures()
    print("exact" if not failures else f"not exact: {', '.join(failures)}")
    return int(bool(failures))


def _produce(producer: Producer, message: RawArticle | bytes) -> None:
    key, value = (POISON_KEY, message) if isinstance(message, bytes) else (message.article_id, message.wire())
    while True:
        try:
            producer.produce(RAW_ARTICLES.name, key=key, value=value)
            return
        except BufferError:
            producer.poll(1)


def _create_topics(brokers: str, within: float = 30.0) -> None:
    """Create them; a broker that has just started may not answer the first time."""
    deadline = time.monotonic() + within
    while True:
        try:
            admin.create_topics(brokers)
            return
        except BrokerError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


if __name__ == "__main__":
    os.environ.setdefault("NO_CYTHON", "1")
    sys.exit(main())
