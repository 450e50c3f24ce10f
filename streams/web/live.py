"""Live updates: each client gets the latest of every record that changed since it last read, never a queue of old ones.

A client that reads slowly therefore gets fewer updates, not late ones; one that falls too far behind is told to
`reset`, which means: fetch what you show again.
"""

import asyncio
from collections.abc import AsyncIterator

from prometheus_client import Gauge
from sse_starlette import ServerSentEvent

from schemas.alert import Alert
from schemas.base import Contract
from schemas.event import Event
from streams.web.queries import listed, listed_alert
from streams.web.view import Change, View

MAX_PENDING = 1_000
"""Changed records that wait for one client."""
MAX_CLIENTS = 500
"""Open connections; one more is refused."""
SHOWN = ("event", "total", "alert")
"""Kinds of change that are sent; the rest is asked for when it is looked at."""

Key = tuple[str, str]


def _shown(value: Contract, view: View) -> Contract:
    match value:
        case Event():
            return listed(value)
        case Alert():
            return listed_alert(value, view)
    return value


class Client:
    """One open connection: what waits for it."""

    def __init__(self) -> None:
        self.pending: dict[Key, str] = {}
        self.woken = asyncio.Event()

    def add(self, key: Key, data: str) -> None:
        """Puts a change in the place of an older one of the same record, or asks for a reset when too much waits."""
        self.pending.pop(key, None)
        if len(self.pending) >= MAX_PENDING or key[0] == "reset":
            self.pending.clear()
            key, data = ("reset", ""), "{}"
        if ("reset", "") not in self.pending:
            self.pending[key] = data
        self.woken.set()


class Live:
    """Sends changes to all clients. To be used from one event loop."""

    def __init__(self, gauge: Gauge) -> None:
        self.clients: set[Client] = set()
        self.closed = False
        self._gauge = gauge

    @property
    def full(self) -> bool:
        """True when no more clients are taken: there are too many, or the process is stopping."""
        return self.closed or len(self.clients) >= MAX_CLIENTS

    async def updates(self) -> AsyncIterator[ServerSentEvent]:
        """What changes from now on, as it comes, until the hub closes or the client leaves. `hello` first."""
        client = Client()
        self.clients.add(client)
        self._gauge.set(len(self.clients))
        try:
            yield ServerSentEvent(event="hello", data="{}")
            ended = False
            while not ended:
                if not self.closed:
                    await client.woken.wait()
                ended = self.closed  # what waits is still sent
                client.woken.clear()
                waiting, client.pending = client.pending, {}
                for (name, _), data in waiting.items():
                    yield ServerSentEvent(event=name, data=data)
        finally:
            self.clients.discard(client)
            self._gauge.set(len(self.clients))

    def publish(self, change: Change, view: View) -> None:
        """Sends a change; one that takes a record away is sent as a reset, for it is rare."""
        if not self.clients or change.name not in SHOWN:
            return
        if change.value is None:
            self.reset()
            return
        data = _shown(change.value, view).model_dump_json()
        for client in self.clients:
            client.add((change.name, change.key), data)

    def reset(self) -> None:
        """Tells every client to fetch again what it shows."""
        for client in self.clients:
            client.add(("reset", ""), "{}")

    def close(self) -> None:
        """Ends every connection, so that a stopping server does not wait for its clients."""
        self.closed = True
        for client in self.clients:
            client.woken.set()
