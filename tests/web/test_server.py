"""The real process on the embedded broker: read, serve, send on, stop."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import httpx

from streams.letters import original
from streams.replay import read_letters
from tests.web.conftest import Broker, Web
from tests.web.messages import alert, event, feed, letter, total

Start = Callable[..., "subprocess.Popen[str]"]


def wait_for(ask: Callable[[], object], seconds: float = 20) -> None:
    """Asks until the answer is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < deadline, "gave up waiting"
        time.sleep(0.05)


def ready(url: str) -> bool:
    return httpx.get(f"{url}/readyz").status_code == 200


def updates(response: httpx.Response) -> Iterator[tuple[str, str]]:
    """The named updates of a live connection."""
    name = ""
    for line in response.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, line.removeprefix("data: ")


def test_what_stands_in_the_topics_is_served(broker: Broker, start: Start) -> None:
    broker.send("signings", "e1", event("e1"))
    broker.send("milestones", "e2", event("e2", 1, type="milestone", stage="started"))
    broker.send("region-totals", "CN-330000", total("CN-330000"))
    broker.send("alerts", "a1", alert("a1", event("e1")))
    broker.send("dead-letters", "raw-articles", letter())
    broker.send("feed-states", "https://f", feed("https://f"))
    broker.send("signings", "bad", b"not JSON")
    broker.send("signings", "e3", event("e3", 2))
    broker.send("signings", "e3", None)
    process = start(kafka_brokers=broker.address)
    assert process.stdout is not None
    url = process.stdout.readline().split()[-1]
    wait_for(lambda: ready(url))
    get = httpx.Client(base_url=url).get
    assert [found["event_id"] for found in get("/api/events").json()["events"]] == ["e2", "e1"]
    assert get("/api/regions/CN-330000").json()["total"]["windows"]["30d"]["contract"]["happenings"] == 1
    assert [raised["alert_id"] for raised in get("/api/alerts").json()["alerts"]] == ["a1"]
    assert get("/api/dead-letters").json()["counts"] == [{"stage": "classify", "reason": "decode", "count": 1}]
    assert get("/api/feeds").json()["health"] == {"ok": 1}
    status = get("/api/status").json()
    assert {topic["topic"]: topic["undecodable"] for topic in status["topics"] if topic["undecodable"]} == {
        "signings": 1
    }
    assert sum(topic["lag"] for topic in status["topics"]) == 0
    assert status["held"] == {"events": 2, "alerts": 1, "dead_letters": 1, "regions": 1, "feeds": 1}
    metrics = get("/metrics").text
    assert 'dealwire_stage_messages_total{outcome="dead",stage="web"} 1.0' in metrics
    assert 'dealwire_consumer_lag_messages{partition="0",topic="signings"} 0.0' in metrics


def test_what_cannot_be_read_gets_one_dead_letter_whatever_restarts(broker: Broker, start: Start) -> None:
    planted = {
        ("agreements", b"\xff\x00 no JSON"): "decode",
        ("activities", b"{}"): "invalid",
        ("statistics", b""): "decode",
        ("targets", b"null"): "invalid",
        ("region-totals", b"[]"): "invalid",
        ("alerts", None): "decode",
        ("feed-states", b'{"feed": 7}'): "invalid",
    }
    for topic, value in planted:
        broker.send(topic, "bad", value)
    for topic in ("signings", "milestones", "dead-letters"):  # a worker's, and where it belongs
        broker.send(topic, "bad", b"not JSON")
    for topic in ("agreements", "region-totals", "feed-states"):
        broker.send(topic, "gone", None)

    def letters() -> dict[tuple[str, bytes | None], tuple[str, str, bytes]]:
        read = list(read_letters(broker.address))
        assert len({(letter.topic, letter.partition, letter.offset) for letter in read}) == len(read), (
            "one was repeated"
        )
        return {
            (letter.topic, original(letter)[1]): (letter.stage, letter.reason, original(letter)[0]) for letter in read
        }

    expected = {place: ("web", reason, b"bad") for place, reason in planted.items()}
    first = start(kafka_brokers=broker.address)
    wait_for(lambda: letters() == expected)
    url = first.stdout.readline().split()[-1]
    assert 'dealwire_dead_letters_total{reason="decode",stage="web"} 3.0' in httpx.get(f"{url}/metrics").text
    first.kill()
    second = start(kafka_brokers=broker.address)
    url = second.stdout.readline().split()[-1]
    wait_for(lambda: ready(url))
    broker.send("targets", "bad", b"later")  # its letter comes after those that would be repeated
    wait_for(lambda: letters() == expected | {("targets", b"later"): ("web", "decode", b"bad")})
    counts = httpx.get(f"{url}/api/dead-letters").json()["counts"]
    assert {(c["stage"], c["reason"]): c["count"] for c in counts} == {("web", "decode"): 4, ("web", "invalid"): 4}


def test_what_arrives_is_sent_on_and_sigterm_stops_with_clients_connected(broker: Broker, web: Web) -> None:
    wait_for(lambda: ready(web.url))
    with httpx.stream("GET", f"{web.url}/api/live", timeout=20) as live:
        incoming = updates(live)
        assert next(incoming)[0] == "hello"
        broker.send("signings", "e1", event("e1"))
        name, data = next(incoming)
        assert name == "event"
        assert '"event_id":"e1"' in data
        assert '"places":[{"code":"CN-330203"' in data
        broker.send("region-totals", "CN-330000", total("CN-330000"))
        assert next(incoming)[0] == "total"
        broker.send("alerts", "a1", alert("a1", event("e1")))
        assert next(incoming)[0] == "alert"
        broker.send("signings", "e1", None)
        assert next(incoming)[0] == "reset"
        assert "dealwire_web_clients 1.0" in httpx.get(f"{web.url}/metrics").text
        told = time.monotonic()
        web.process.send_signal(signal.SIGTERM)
        assert list(incoming) == []
        assert web.process.wait(10) == 0
        assert time.monotonic() - told < 8
    assert web.process.stderr is not None
    assert "Traceback" not in web.process.stderr.read()


def test_a_client_that_leaves_is_forgotten(web: Web) -> None:
    with httpx.stream("GET", f"{web.url}/api/live", timeout=20) as live:
        incoming = updates(live)
        assert next(incoming)[0] == "hello"
        wait_for(lambda: "dealwire_web_clients 1.0" in httpx.get(f"{web.url}/metrics").text)
    wait_for(lambda: "dealwire_web_clients 0.0" in httpx.get(f"{web.url}/metrics").text)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_no_broker_is_said_in_lines_and_ends_with_1(start: Start) -> None:
    process = start(kafka_brokers=f"127.0.0.1:{free_port()}", kafka_deadline="4")
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert output == ""
    first, last = errors.splitlines()
    assert "no broker at 127.0.0.1" in first
    assert "set DEALWIRE_KAFKA_BROKERS" in last


def test_a_broker_that_accepts_and_never_answers_is_no_broker(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        process = start(kafka_brokers=f"127.0.0.1:{mute.getsockname()[1]}", kafka_deadline="2")
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "no broker at 127.0.0.1" in errors.splitlines()[-1]
    assert "Traceback" not in errors


def test_sigterm_while_waiting_for_a_broker(start: Start) -> None:
    process = start(kafka_brokers=f"127.0.0.1:{free_port()}")
    assert process.stderr is not None
    assert "trying again" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0


def test_sigterm_while_a_broker_does_not_answer(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        process = start(kafka_brokers=f"127.0.0.1:{mute.getsockname()[1]}")
        mute.accept()
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - told < 8
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_said_in_one_line(broker: Broker, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(kafka_brokers=broker.address, web_port=taken.getsockname()[1])
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    [line] = errors.splitlines()
    assert "DEALWIRE_WEB_PORT" in line
