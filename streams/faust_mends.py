"""The few mends to Faust 0.15.3, and what dealwire adds to its tables. Nothing else imports Faust.

Each mend is a subclass that names the upstream line it mends, and has a test that fails without it: those that lose
messages on Apache Kafka (`tests/kafka/test_mends.py`). docs/faust.md tells the reasons.
"""

import os
import time

os.environ.setdefault("NO_CYTHON", "1")  # rule 16: before the first import of Faust

from collections.abc import Mapping
from typing import Any
from weakref import WeakSet

import faust
from faust.assignor.partition_assignor import PartitionAssignor
from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport
from mode.utils.futures import notify

MENDS = frozenset({"recovery", "first-commit", "done", "gap", "failed-commit", "livelock"})
"""All of them. Only the tests that show what each one is for leave one out."""

FETCH_WAIT_MS = 200
"""Milliseconds that a fetch may wait at the broker for messages."""

FOLLOWERS_FIRST = 0.1
"""Seconds that the leader of a group lets the others ask for their partitions before it hands them out."""


class MendedRecovery(Recovery):
    """faust/tables/recovery.py, `on_recovery_completed`: source partitions are resumed while messages still flow.

    What is fetched before `perform_seek` lands in queues that `flow_control.resume()` then clears, and is never
    processed. Mend: stop the flow first; the original resumes it at its end.
    """

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        if "recovery" in mends_of(self.app):
            self.app.consumer.stop_flow()
        await super().on_recovery_completed(generation_id)


class MendedTableManager(TableManager):
    """Brings the mended recovery in."""

    @property
    def recovery(self) -> Recovery:
        if self._recovery is None:
            self._recovery = MendedRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery


class MendedThread(AIOKafkaConsumerThread):
    """faust/transport/drivers/aiokafka.py, `_create_worker_consumer`: a fetch waits for 1.5 s, with no setting for it.

    Kafka answers a waiting fetch when a message comes; the embedded broker does not, and each hop took 1.5 s.
    """

    def _create_worker_consumer(self, transport: Transport) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer


class CommitRefused(Exception):
    """The broker did not take a commit, because the group has moved on; never leaves MendedConsumer."""


class MendedConsumer(Consumer):
    """Of what is fetched again, what counts as done, what is committed and what is noted of it."""

    def _new_consumer_thread(self) -> MendedThread:
        return MendedThread(self, loop=self.loop, beacon=self.beacon)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._done: WeakSet[Any] = WeakSet()

    async def seek_to_committed(self) -> Mapping[Any, int]:
        """aiokafka/consumer/consumer.py, `seek_to_committed`: does nothing where no offset was ever committed.

        The position then stays ahead of messages that were fetched, thrown away in a rebalance and never processed.
        Mend: such partitions start from their beginning, as a new group would. Changelogs are never committed and
        have positions of their own.
        """
        committed: Mapping[Any, int] = await super().seek_to_committed()
        if "first-commit" in mends_of(self.app):
            fresh = [tp for tp, offset in committed.items() if not offset and not self._is_changelog_tp(tp)]
            if fresh:
                await self._thread.seek_to_beginning(*fresh)
        return committed

    async def perform_seek(self) -> None:
        """As the original; and where nothing was committed, what counts as committed is where reading starts."""
        await super().perform_seek()
        if "gap" in mends_of(self.app):
            fresh = [tp for tp in self.assignment() if not self._is_changelog_tp(tp) and not self._committed_offset[tp]]
            if fresh:
                self._committed_offset.update(await self.earliest_offsets(*fresh))

    def _new_offset(self, tp: Any) -> int | None:
        """faust/transport/consumer.py, `_new_offset`: `min(acked) - committed_offset > 1`, where `committed_offset` is
        the next offset to read and not the last that was: a single message that was not acked is passed over.

        Mend: nothing is committed until that one is acked. Offsets that do not exist in the log are in `_gap`.
        """
        acked, committed = self._acked[tp], self._committed_offset[tp]
        passed_over = bool(acked) and committed is not None and not self._gap[tp] and min(acked) > committed
        if passed_over and "gap" in mends_of(self.app):
            return None
        offset: int | None = super()._new_offset(tp)
        return offset

    async def _commit_offsets(self, offsets: Mapping[Any, int], start_new_transaction: bool = True) -> bool:
        """faust/transport/consumer.py, `_commit_offsets`: a commit that the broker refused is noted as done (rule 9).

        In a rebalance the note outlives the revocation: what is fetched again and acked lies below it, is taken as
        committed, and the committed offset of a quiet topic stands still for ever. Mend: nothing is noted.
        """
        try:
            return bool(await super()._commit_offsets(offsets, start_new_transaction))
        except CommitRefused:
            return False

    async def _commit(self, offsets: Mapping[Any, int]) -> bool:
        taken = bool(await super()._commit(offsets))
        if not taken and "failed-commit" in mends_of(self.app):
            raise CommitRefused  # over the lines that would note it
        return taken

    async def verify_all_partitions_active(self) -> None:
        """faust/transport/drivers/aiokafka.py, `verify_event_path`: reads `tp_state.position`, which asserts that there
        is one; a worker that wakes after its session ended may have a partition without, and dies of it.

        Mend: not asked. It only logs, from Faust's own numbers; ours come from the broker (rules 9 and 10).
        """
        if "livelock" not in mends_of(self.app):
            await super().verify_all_partitions_active()

    def done(self, message: Any) -> None:
        """The guard is through with the message: everything it led to is delivered."""
        self._done.add(message)
        message.ack(self)

    def ack(self, message: Any) -> bool:
        """faust/streams.py, `_py_aiter`: a message that is skipped because of a rebalance, or whose agent is cancelled
        in the middle, is acked in a `finally` and may be committed though nothing was done about it.

        Mend: only what the guard called done counts, and only in the generation that it was fetched in.
        """
        fenced = message.generation_id == self.app.consumer_generation_id and message in self._done
        if "done" in mends_of(self.app) and not fenced:
            message.acked = True
            self._unacked_messages.discard(message)
            notify(self._waiting_for_ack)
            return False
        return bool(super().ack(message))


def mends_of(app: Any) -> frozenset[str]:
    """The mends that are on."""
    mends: frozenset[str] = app.mends
    return mends


class PatientAssignor(PartitionAssignor):
    """librdkafka's rdkafka_mock_cgrp.c (2.16): the embedded broker ends the joining of a group when the leader has sent
    the assignment, and answers a follower that asks later with InvalidRequest; aiokafka then waits for ever.

    Who is first is a matter of luck. Mend: the leader gives the others a moment. On Kafka nothing depends on it.
    """

    def assign(self, cluster: Any, member_metadata: Any) -> Any:
        """Who gets which partitions."""
        assignment = super().assign(cluster, member_metadata)
        time.sleep(FOLLOWERS_FIRST)  # in the consumer's own thread; no message waits for it
        return assignment


class MendedTransport(Transport):
    """Brings the mended consumer in."""

    Consumer = MendedConsumer


class MendedApp(faust.App):
    """A Faust app with the mends, without directories on disk."""

    def __init__(self, *args: Any, mends: frozenset[str] = MENDS, **kwargs: Any) -> None:
        self.mends = mends
        super().__init__(*args, TableManager=MendedTableManager, PartitionAssignor=PatientAssignor, **kwargs)

    def _new_transport(self) -> Transport:
        return MendedTransport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        """Nothing is kept on disk: tables live in memory and in their changelogs."""
