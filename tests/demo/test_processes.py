"""Children are stopped whatever they do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from streams.demo.processes import Child, ChildDied, Processes

READY = "print('ready', flush=True)"
STUBBORN = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}; time.sleep(600)"
OBEDIENT = f"import time; {READY}; time.sleep(600)"
GRANDPARENT = """
import sys, time
from pathlib import Path
from streams.demo.processes import Processes
processes = Processes(Path(sys.argv[1]))
for name in ("obedient", "stubborn"):
    processes.start(name, [name])
time.sleep(600)
"""
PARENT = f"""
import subprocess, sys, time
print("ready", subprocess.Popen([sys.executable, "-c", {OBEDIENT!r}]).pid, flush=True)
time.sleep(600)
"""


def write(folder: Path, **modules: str) -> None:
    """Modules that children can run: their working directory is the folder."""
    for name, code in modules.items():
        (folder / f"{name}.py").write_text(code)


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
    write(tmp_path, obedient=OBEDIENT)
    with Processes(tmp_path) as processes:
        children = [processes.start(f"child {number}", ["obedient"]) for number in range(2)]
        for child in children:
            wait_for(child)
        processes.check()
    assert not any(lives(child.process.pid) for child in children)


def test_one_that_ignores_sigterm_is_killed_and_named(tmp_path: Path) -> None:
    write(tmp_path, stubborn=STUBBORN)
    processes = Processes(tmp_path, grace=0.2)
    child = processes.start("stubborn", ["stubborn"])
    wait_for(child)
    assert processes.stop() == ["stubborn"]
    assert not lives(child.process.pid)


def test_a_grandchild_is_stopped_too(tmp_path: Path) -> None:
    write(tmp_path, forks=PARENT)
    with Processes(tmp_path) as processes:
        grandchild = int(wait_for(processes.start("parent", ["forks"])))
        assert lives(grandchild)
    deadline = time.monotonic() + 5
    while lives(grandchild) and time.monotonic() < deadline:
        os.sched_yield()
    assert not lives(grandchild)


def test_a_dead_child_is_named_with_its_last_lines(tmp_path: Path) -> None:
    write(tmp_path, fails="import sys; print('no broker', *sys.argv[1:]); sys.exit(3)")
    with Processes(tmp_path) as processes:
        child = processes.start("poller", ["fails", "at", "x"])
        child.process.wait(20)
        with pytest.raises(ChildDied, match=r"(?s)poller ended with exit code 3.*no broker at x"):
            processes.check()


def test_a_killed_child_is_named_with_the_signal(tmp_path: Path) -> None:
    write(tmp_path, dies="import os; os.kill(os.getpid(), 9)")
    with Processes(tmp_path) as processes:
        child = processes.start("worker 1", ["dies"])
        child.process.wait(20)
        with pytest.raises(ChildDied, match="worker 1 was killed by SIGKILL"):
            processes.check()


def test_a_killed_parent_leaves_no_child_and_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    ready = f"import os; open(f'{tmp_path}/{{os.getpid()}}.pid', 'w').close()"
    write(folder, obedient=f"{ready}; {OBEDIENT}", stubborn=STUBBORN.replace(READY, ready))
    parent = subprocess.Popen([sys.executable, "-c", GRANDPARENT, str(folder)])
    try:
        until(20, lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        children = [int(one.stem) for one in tmp_path.glob("*.pid")]
        assert all(map(lives, children))
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until(10, lambda: not any(map(lives, children)))
    assert not folder.exists()


def until(seconds: float, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
