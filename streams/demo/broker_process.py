"""The embedded broker as a process of its own: `python -m streams.demo.broker_process` prints its address and stays."""

import signal
import threading

from streams.broker import embedded_broker


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with embedded_broker() as address:
        print(f"ready {address}", flush=True)
        while not stop.wait(1):  # a wait without end would not see the signal
            pass


if __name__ == "__main__":
    main()
