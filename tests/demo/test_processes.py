"""Children are stopped whatever they do."""

import os
import time
from pathlib import Path

import pytest

from streams.demo.processes import Child, ChildDied, Processes

READY = "print('ready', flush=True)"
STUBBORN = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}; time.sleep(600)"
OBEDIENT = f"import time; {READY}; time.sleep(600)"
PARENT = f"""
import subprocess, sys, time
print("ready", subprocess.Popen([sys.executable, "-c", {OBEDIENT!r}]).pid, flush=True)
time.sleep(600)
"""


def wait_for(child: Child) -> str:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (said := child.said("ready")) is not None:
            return said
        os.sched_yield()
    raise AssertionError(f"{child.name} did not get ready: {child.lines()}")


def lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_all_are_stopped_on_leaving(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        children = [processes.start(f"child {number}", ["-c", OBEDIENT]) for number in range(2)]
        for child in children:
            wait_for(child)
        processes.check()
    assert not any(lives(child.process.pid) for child in children)


def test_one_that_ignores_sigterm_is_killed_and_named(tmp_path: Path) -> None:
    processes = Processes(tmp_path, grace=0.2)
    child = processes.start("stubborn", ["-c", STUBBORN])
    wait_for(child)
    assert processes.stop() == ["stubborn"]
    assert not lives(child.process.pid)


def test_a_grandchild_is_stopped_too(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        grandchild = int(wait_for(processes.start("parent", ["-c", PARENT])))
        assert lives(grandchild)
    deadline = time.monotonic() + 5
    while lives(grandchild) and time.monotonic() < deadline:
        os.sched_yield()
    assert not lives(grandchild)


def test_a_dead_child_is_named_with_its_last_lines(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        child = processes.start("poller", ["-c", "import sys; print('no broker'); sys.exit(3)"])
        child.process.wait(20)
        with pytest.raises(ChildDied, match=r"(?s)poller ended with exit code 3.*no broker"):
            processes.check()


def test_a_killed_child_is_named_with_the_signal(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        child = processes.start("worker 1", ["-c", "import os; os.kill(os.getpid(), 9)"])
        child.process.wait(20)
        with pytest.raises(ChildDied, match="worker 1 was killed by SIGKILL"):
            processes.check()
