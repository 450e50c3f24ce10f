"""The demo as people run it: the whole line in processes, to the end, stopped by hand, and with a dead child."""

import io
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from streams.demo.check import Check
from streams.demo.samples import expected_revisions, sample_feeds
from streams.demo.screen import Screen
from streams.demo.verify import report

pytestmark = pytest.mark.timeout(180)
CHECKS = 6


@dataclass
class Running:
    """A demo in a process of its own. Whatever it starts inherits the mark, so that nothing it leaves is missed."""

    process: subprocess.Popen[bytes]
    output: Path
    mark: str

    def text(self) -> str:
        return self.output.read_text("utf-8", errors="replace")

    def processes(self) -> dict[int, str]:
        """Process id and command line of all that carry the mark."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and self.mark.encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def wait_for(self, done: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert self.process.poll() is None, f"the demo ended early:\n{self.text()}"
            assert time.monotonic() < deadline, f"the demo did not get there in {seconds} s:\n{self.text()}"
            time.sleep(0.1)

    def ended(self, seconds: float) -> int:
        """The exit code; fails when the demo has not ended in that time or left a process."""
        code = self.process.wait(seconds)
        assert self.processes() == {}
        return code


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def run(*arguments: str) -> Running:
        mark = f"MARK-{uuid.uuid4()}"
        output = tmp_path / "output"
        env = {**os.environ, "DEALWIRE_WEB_PORT": "0", "DEMO_MARK": mark, "PYTHONUNBUFFERED": "1"}
        with output.open("wb") as file:
            command = [sys.executable, "-m", "streams", "demo", *arguments]
            # Not in the checkout: it must work from an installed wheel.
            process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=env, cwd=tmp_path)
        started.append(Running(process, output, mark))
        return started[-1]

    yield run
    for one in started:
        one.process.kill()
        one.process.wait()
        for pid in one.processes():
            os.kill(pid, signal.SIGKILL)


def test_once_runs_everything_checks_itself_and_ends(start: Callable[..., Running]) -> None:
    demo = start("--once")
    code = demo.ended(120)
    text = demo.text()
    assert code == 0, text
    number = expected_revisions(sample_feeds())
    assert f"{number} article revisions on raw-articles, {number} in the sample feeds" in text
    assert "1 letter from feed: identity; 1 planted" in text
    assert f"{CHECKS} of {CHECKS} checks hold" in text
    assert re.search(r"readings: \d+ of \d+ expected events read exactly", text)
    assert text.count("ALERT ") >= 3
    assert "鄞州区 Yinzhou District, Zhejiang  signing contract  48 projects" in text
    assert "the board: http://127.0.0.1:" in text


def test_ctrl_c_stops_everything_within_ten_seconds(start: Callable[..., Running]) -> None:
    demo = start()
    demo.wait_for(lambda: "signing contract" in demo.text())
    assert len(demo.processes()) >= 7  # the demo, broker, feeds server, poller, two workers, web
    demo.process.send_signal(signal.SIGINT)
    assert demo.ended(10) == 0
    assert "every process has ended" in demo.text()
    assert "Traceback" not in demo.text()


def test_a_killed_demo_leaves_no_process_and_no_folder(start: Callable[..., Running]) -> None:
    demo = start()
    demo.wait_for(lambda: "signing contract" in demo.text())
    folder = Path(demo.text().partition(" processes in ")[2].splitlines()[0])
    assert folder.is_dir()
    assert len(demo.processes()) >= 7
    demo.process.kill()
    demo.process.wait()
    deadline = time.monotonic() + 10
    while demo.processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert demo.processes() == {}
    assert not folder.exists()


def test_sigterm_at_the_very_start_leaves_nothing(start: Callable[..., Running]) -> None:
    demo = start("--once")
    demo.wait_for(lambda: "embedded broker at" in demo.text())
    demo.process.send_signal(signal.SIGTERM)
    assert demo.ended(10) == 1


def test_a_dead_child_is_named_and_everything_ends(start: Callable[..., Running]) -> None:
    demo = start("--once")
    demo.wait_for(lambda: "signing contract" in demo.text())
    poller = [pid for pid, command in demo.processes().items() if command.rstrip().endswith("streams poll")]
    os.kill(poller[0], signal.SIGKILL)
    assert demo.ended(10) == 1
    assert "dealwire demo: poller was killed by SIGKILL" in demo.text()


def test_a_failed_check_is_exit_code_1() -> None:

    out = io.StringIO()
    screen = Screen(Console(file=out, width=120))
    assert report([Check("articles in", True, "53"), Check("events", True, "40")], screen) == 0
    assert report([Check("articles in", True, "53"), Check("events", False, "missing one")], screen) == 1
    assert "FAIL events: missing one" in out.getvalue()
    assert "1 of 2 checks hold" in out.getvalue()
