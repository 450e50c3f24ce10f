"""The demo's processes with a real Prometheus that scrapes them by the committed rules."""

import contextlib
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.articles import signing
from tests.ops.rules import ALERTS, RECORDING
from tests.running import Line

START = 60.0
"""Seconds the demo may take until every article has gone through, and Prometheus to have scraped it a few times."""
CONFIG = """\
global: {{ scrape_interval: 1s, evaluation_interval: 1s }}
rule_files: [{rules}]
scrape_configs:
{jobs}"""
GROWN = "count(dealwire:relevant:ratio1d) * count(dealwire:amounts_missing:ratio1d)"
JOB = "  - {{ job_name: {name}, static_configs: [{{ targets: [{targets}] }}] }}\n"


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(what: str, look: Callable[[], Any], processes: list["subprocess.Popen[bytes]"]) -> Any:
    """What `look` finds, as soon as it finds something. Fails when a process has ended or the time is up."""
    deadline = time.monotonic() + START
    while True:
        found = look()
        if found:
            return found
        assert all(process.poll() is None for process in processes), f"a process ended while waiting for {what}"
        assert time.monotonic() < deadline, f"no {what} within {START:g} s"
        time.sleep(0.2)


class Prometheus:
    """Asks a running Prometheus."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path: str, **query: str) -> Any:
        """The data of an answer. Raises HTTPError for a query that is wrong."""
        with urllib.request.urlopen(f"{self.address}{path}?{urllib.parse.urlencode(query)}", timeout=10) as answer:
            return json.load(answer)["data"]

    def query(self, expression: str) -> list[Any]:
        """The series that an expression gives now."""
        return list(self.get("/api/v1/query", query=expression)["result"])

    def rules(self) -> list[dict[str, Any]]:
        """Every rule that is loaded."""
        return [rule for group in self.get("/api/v1/rules")["groups"] for rule in group["rules"]]

    def value(self, expression: str) -> float:
        """The first value, 0 where there is none or no answer yet."""
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return float(next((one["value"][1] for one in self.query(expression)), 0))
        return 0.0


@contextlib.contextmanager
def scraped_demo(folder: Path) -> Iterator[Prometheus]:
    """The demo, through with its articles, and a Prometheus that has scraped and evaluated it several times."""
    binary = shutil.which("prometheus")
    assert binary
    printed, said = folder / "demo.log", folder / "prometheus.log"
    processes: list[subprocess.Popen[bytes]] = []
    with printed.open("wb") as out, said.open("wb") as log:
        try:
            demo = [sys.executable, "-m", "streams", "demo"]
            processes.append(subprocess.Popen(demo, stdout=out, stderr=out))
            targets = wait_for("metrics", lambda: _targets(printed), processes)
            config, port = folder / "prometheus.yml", free_port()
            hurried = folder / "recording.yml"  # the groups that are evaluated less often, too
            hurried.write_text(re.sub(r"interval: \w+ .*", "interval: 1s", RECORDING.read_text()))
            jobs = "".join(JOB.format(name=name, targets=", ".join(found)) for name, found in targets.items())
            config.write_text(CONFIG.format(rules=f"{hurried}, {ALERTS}", jobs=jobs))
            options = [f"--config.file={config}", f"--storage.tsdb.path={folder / 'data'}"]
            options.append(f"--web.listen-address=127.0.0.1:{port}")
            processes.append(subprocess.Popen([binary, *options], stdout=log, stderr=log))
            asked = Prometheus(port)
            wait_for("whole run", lambda: "gone through" in printed.read_text(errors="replace"), processes)
            # An increase is seen of what grows between two scrapes, and the samples may be through before.
            wait_for("scrapes", lambda: asked.value("min(count_over_time(up[5m]))") > 2, processes)
            broker = re.search(r"embedded broker at (\S+);", printed.read_text(errors="replace"))
            assert broker, "the demo does not say where its broker is"
            Line(broker[1], folder).send(signing(number) for number in range(40))
            wait_for("growth", lambda: asked.value(GROWN) >= 1, processes)
            yield asked
        finally:
            for process in reversed(processes):
                process.send_signal(signal.SIGTERM)
            for process in processes:
                process.wait(20)


def _targets(printed: Path) -> dict[str, list[str]] | None:
    """Job -> addresses, once every process of the demo has said its own."""
    logs = re.search(r"logs of the \d+ processes in (\S+)", " ".join(printed.read_text(errors="replace").split()))
    if logs is None:
        return None
    text = "".join(path.read_text(errors="replace") for path in Path(logs[1]).glob("*.log"))
    work = re.findall(r"worker: metrics on http://(\S+)/metrics\n", text)
    poll = re.findall(r"poller: metrics on http://(\S+)/metrics\n", text)
    web = re.findall(r"board at http://([\w.:]+)", text)
    return (
        {"dealwire-work": work, "dealwire-poll": poll, "dealwire-web": web} if len(work) == 2 and poll and web else None
    )
