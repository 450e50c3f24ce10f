"""Child processes of the demo: started in groups of their own, watched, and all stopped whatever happens."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAST = 15
"""Lines of a dead child's output that are shown."""


class ChildDied(Exception):
    """A child ended by itself. The message names it, its exit code and its last lines."""


@dataclass
class Child:
    """One running process, with the file its output goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    last: bool = False
    """Stopped when the others have ended: they need it to stop cleanly."""

    def lines(self) -> list[str]:
        """What it has printed so far."""
        return self._text().splitlines()

    def said(self, start: str) -> str | None:
        """The rest of the first whole line that begins with `start`; None while there is none."""
        whole = self._text().rpartition("\n")[0]  # the last line may be half written
        return next((line.removeprefix(start).strip() for line in whole.splitlines() if line.startswith(start)), None)

    def _text(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text("utf-8", errors="replace")
        return ""


@dataclass
class Processes:
    """The children of one run. Use as a context manager: leaving it stops every child's whole process group.

    When this process is killed, the children stop by themselves and remove the folder (see `child`).
    """

    folder: Path
    """For their output and whatever they write; nobody else's."""
    grace: float = 8
    children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lifeline = list(os.pipe())  # not inheritable: only we hold the end that is never written

    def start(
        self,
        name: str,
        arguments: Sequence[str],
        env: dict[str, str] | None = None,
        pass_fds: Sequence[int] = (),
        last: bool = False,
    ) -> Child:
        """Start `python -m ARGUMENTS` in a session of its own, so that a Ctrl-C at the terminal reaches only us.

        `last`: stop it after the others.
        """
        log = self.folder / f"{name.replace(' ', '-')}.log"
        lifeline = self._lifeline[0]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "streams.demo.child", str(lifeline), str(self.folder), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={**os.environ, **(env or {})},
                pass_fds=(lifeline, *pass_fds),
                start_new_session=True,
            )
        child = Child(name, process, log, last)
        self.children.append(child)
        return child

    def check(self) -> None:
        """Raises ChildDied when a child has ended."""
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
                raise ChildDied(f"{child.name} {how}; its last lines:\n" + "\n".join(child.lines()[-LAST:]))

    def stop(self) -> list[str]:
        """Ask all to stop, wait `grace` seconds in all, kill what is left; names of those that had to be killed."""
        deadline = time.monotonic() + self.grace
        killed = _stop([child for child in self.children if not child.last], deadline)
        killed += _stop([child for child in self.children if child.last], deadline + 1)
        while self._lifeline:
            os.close(self._lifeline.pop())
        return killed

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _stop(children: Sequence[Child], deadline: float) -> list[str]:
    for child in children:
        _signal_group(child, signal.SIGTERM)
    killed = []
    for child in children:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            killed.append(child.name)
    for child in children:
        # The group outlives its leader when the leader left a process of its own behind.
        _signal_group(child, signal.SIGKILL)
        child.process.wait()
    return killed


def _signal_group(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
