"""The docs say what the code does: made pages are current, the example runs, no route is left out."""

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from confluent_kafka import Producer
from prometheus_client import generate_latest

from schemas.event import Event
from schemas.topics import TOPICS
from streams import docs
from streams.metrics import Metrics
from streams.settings import Settings
from streams.web.live import Live
from streams.web.reader import Reader
from streams.web.routes import Site, create_app
from streams.web.view import MAX_ALERTS, MAX_DEAD_LETTERS, MAX_EVENTS, View
from tests.conftest import ROOT

DOCS = ROOT / "docs"
EXAMPLE = DOCS / "examples" / "subscribe.py"
SIGNINGS = ROOT / "schemas" / "examples" / "signings"


@pytest.mark.parametrize("name", docs.pages())
def test_a_made_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text() == docs.pages()[name], "run `make docs`"


def test_every_setting_metric_and_topic_has_a_line() -> None:
    made = docs.pages()
    assert len(re.findall(r"^\| `DEALWIRE_", made["settings.md"], re.M)) == len(Settings.model_fields)
    types = [line.split() for line in exposition().splitlines() if line.startswith("# TYPE")]
    exposed = {name for _, _, name, _ in types if not name.endswith("_created") and not name.startswith("process_")}
    assert set(re.findall(r"^\| `(\w+)`", made["metrics.md"], re.M)) == exposed
    assert re.findall(r"^\| `([\w-]+)`", made["topics.md"], re.M) == [topic.name for topic in TOPICS]


def exposition() -> str:
    return generate_latest(Metrics().registry).decode()


def test_pages_are_written(tmp_path: Path) -> None:
    docs.main(tmp_path / "docs")
    assert {path.name for path in (tmp_path / "docs").iterdir()} == {"settings.md", "metrics.md", "topics.md"}


def test_the_api_page_has_every_route_and_the_limits() -> None:
    metrics, view = Metrics(), View()
    live = Live(metrics.web_clients)
    document = create_app(Site(view, live, Reader(Settings(), view, metrics, live), metrics)).openapi()
    page = (DOCS / "api.md").read_text()
    assert set(re.findall(r"^\| `(/api/[\w{}/-]+)", page, re.M)) == set(document["paths"])
    parameters = {p["name"] for path in document["paths"].values() for p in path["get"].get("parameters", ())}
    assert parameters - set(re.findall(r"(\w+)[=}]", page)) == set()
    assert f"{MAX_EVENTS:,} events and {MAX_ALERTS:,} alerts, {MAX_DEAD_LETTERS} dead letters" in page


def test_the_page_on_subscribing_prints_the_example_as_it_is() -> None:
    for page in (DOCS / "subscribe.md", DOCS.parent / "README.md"):
        assert f"```python\n{EXAMPLE.read_text()}```" in page.read_text()
    assert len([line for line in EXAMPLE.read_text().splitlines() if line]) <= 10


def test_the_example_prints_the_signings_and_goes_on() -> None:
    producer = Producer({"bootstrap.servers": "none:1", "test.mock.num.brokers": 1, "log_level": 0})
    [node] = producer.list_topics(timeout=10).brokers.values()
    new = (SIGNINGS / "new.json").read_bytes()
    producer.produce("signings", new, key="old")
    producer.flush(10)
    command = [sys.executable, str(EXAMPLE)]
    environment = os.environ | {"DEALWIRE_KAFKA_BROKERS": f"{node.host}:{node.port}"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            printed = [line_of(process)]
            later = Event.model_validate_json(new).model_copy(update={"amount": None, "regions": ("VN",)})
            producer.produce("signings", later.wire(), key="old")
            producer.flush(10)
            printed.append(line_of(process))
        finally:
            process.kill()
    amount = "{'value': 2800000000, 'currency': 'CNY', 'qualifier': 'exact'}"
    sentence = "现场签约项目8个，总投资28亿元"
    assert printed == [f"new 2025-11-18 CN-330203 {amount} {sentence}\n", f"new 2025-11-18 VN None {sentence}\n"]
    assert printed[0] in (DOCS / "subscribe.md").read_text()


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 20)[0], "nothing was printed"
    return process.stdout.readline()
