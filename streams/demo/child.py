"""A child of the demo: `python -m streams.demo.child FD FOLDER MODULE ARGUMENTS` runs it, and ends with its parent.

The parent holds the other end of the pipe FD and never writes. A parent that is killed can stop nobody; but the system
closes its end, on Linux and elsewhere, and that is what a child waits for.
"""

import os
import runpy
import shutil
import signal
import sys
import threading
from pathlib import Path

PATIENCE = 5.0
"""Seconds an orphan has to stop by itself."""


class Lifeline:
    """Watches for the parent's end from a thread of its own."""

    def __init__(self, pipe: int, folder: Path) -> None:
        self._pipe, self._folder = pipe, folder
        self._orphaned = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        os.read(self._pipe, 1)
        self._orphaned.set()
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(PATIENCE)
        self._end()

    def end(self) -> None:
        """The module has ended. Without a parent, what is left of the run is ours to clear away."""
        if self._orphaned.is_set():
            self._end()

    def _end(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)  # each orphan tries: the last one finds nobody writing
        os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Run the module as `python -m` would."""
    pipe, folder, module = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    sys.argv[1:] = sys.argv[4:]
    lifeline = Lifeline(pipe, folder)
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        lifeline.end()


if __name__ == "__main__":
    main()
