"""What docker-compose.yml starts beside dealwire, as far as it can be tried without a Docker engine."""

import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

from tests.conftest import ROOT
from tests.ops.live import free_port

WITH_METRICS = ROOT / "deploy" / "compose" / "with_metrics.py"
COMPOSE = (ROOT / "docker-compose.yml").read_text()


class Answers(BaseHTTPRequestHandler):
    """Says what it was asked for."""

    def do_GET(self) -> None:
        """Any path."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


def fetch(port: int) -> str:
    """What is at /metrics of a port, tried until somebody listens there."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return str(urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode())
        except urllib.error.URLError:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_metrics_of_loopback_are_shown_and_the_command_gets_its_signals() -> None:
    outer = free_port()
    with HTTPServer(("127.0.0.1", 0), Answers) as inner:
        threading.Thread(target=inner.serve_forever, daemon=True).start()
        waits = "import signal; signal.sigwait([signal.SIGTERM]); raise SystemExit(7)"
        blocked = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM]); print(flush=True); "
        command = [sys.executable, "-c", blocked + waits]
        started = [sys.executable, str(WITH_METRICS), str(outer), str(inner.server_port), *command]
        process = subprocess.Popen(started, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            process.stdout.readline()  # from now on it waits for the signal
            assert [fetch(outer), fetch(outer)] == ["/metrics", "/metrics"]
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 7
        finally:
            process.kill()
            process.wait()
            inner.shutdown()


def test_every_image_is_pinned_and_every_mounted_file_is_there() -> None:
    images = re.findall(r"(?m)^ +image: (\S+)$", COMPOSE)
    assert {image.split(":")[0] for image in images} >= {"prom/prometheus", "prom/alertmanager", "grafana/grafana"}
    assert [image for image in images if not re.search(r":v?\d+\.\d+\.\d+$", image)] == []
    mounted = re.findall(r"\./(deploy/[^:\"]+):", COMPOSE)
    assert len(mounted) > 4
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_scraped_ports_are_those_that_compose_shows() -> None:
    scrape = (ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text()
    shown = re.findall(r"with_metrics\.py, \"(\d+)\", \"(\d+)\", dealwire, (\w+)", COMPOSE)
    assert shown == [("9202", "9102", "poll"), ("9201", "9101", "work")]
    for outer, _, service in shown:
        assert re.search(rf"names: \[{service}\]\s+type: A\s+port: {outer}\b", scrape)
