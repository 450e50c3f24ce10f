"""Runs `dealwire ARGUMENTS` and shows its metrics, which it serves on loopback only, to the container's network.

    with_metrics.py 9201 9101 work      port 9201 of every address ─▶ port 9101 of loopback

For containers alone: who else is on that network reads the metrics. The forwarder is a child that ends with the
process it forwards for; signals go straight to dealwire. Standard library only.
"""

import asyncio
import contextlib
import os
import sys


def main() -> None:
    """Forward in a child, become dealwire."""
    outer, inner, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    parent = os.getpid()
    if os.fork() == 0:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_forward(outer, inner, parent))
        os._exit(0)
    os.execvp(command[0], command)


async def _forward(outer: int, inner: int, parent: int) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError), contextlib.closing(writer):
            there, back = await asyncio.open_connection("127.0.0.1", inner)
            with contextlib.closing(back):
                sending = asyncio.create_task(_copy(reader, back))
                await _copy(there, writer)
                sending.cancel()

    server = await asyncio.start_server(connected, "0.0.0.0", outer)
    async with server:
        while os.getppid() == parent:  # noqa: ASYNC110
            await asyncio.sleep(1)  # a parent that is gone says nothing: it has to be looked at


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()


if __name__ == "__main__":
    main()
