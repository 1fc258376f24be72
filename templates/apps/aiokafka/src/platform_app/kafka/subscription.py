"""One membership in a consumer group: what it was given, what it reads, where it goes on.

aiokafka rebalances in a task of its own, and every time takes all partitions away first. `turn`
keeps that from the middle of a batch: who handles records holds it, and a rebalance waits for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from platform_app.kafka.record import record_of
from platform_app.kafka.refusals import check_rights
from platform_app.record import Partition, Record

log = logging.getLogger(__name__)

POLL_MS = 200
COMMIT_SECONDS = 5
CLOSE_SECONDS = 3

Offsets = dict[Partition, int]


@dataclass(frozen=True, slots=True)
class Polled:
    assignment: int
    """The how-manieth it was read under. After the next one, it is read again, by somebody."""
    records: list[Record]


async def _nothing(_: set[Partition]) -> None:
    pass


class Subscription(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    def __init__(
        self,
        open_consumer: Callable[[], AIOKafkaConsumer],
        topic: str,
        group: str,
        *,
        revoking: Callable[[set[Partition]], Awaitable[None]] = _nothing,
    ) -> None:
        """`revoking` is the last moment to commit."""
        self._open_consumer = open_consumer
        self._consumer: AIOKafkaConsumer
        self._topic = topic
        self._group = group
        self._revoking = revoking
        self.turn = asyncio.Lock()
        self.assigned: frozenset[Partition] = frozenset()
        self.assignments = 0
        self.paused = False

    async def open(self) -> None:
        self.paused = False
        self._consumer = self._open_consumer()
        await self._consumer.start()
        self._consumer.subscribe([self._topic], listener=self)

    async def poll(self, most: int) -> Polled:
        try:
            polled = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=most)
        except KafkaError as error:
            check_rights(error, topic=self._topic, group=self._group)
            raise
        # Without an await in between: a rebalance may begin with the next one.
        return Polled(
            self.assignments,
            [record_of(consumed) for records in polled.values() for consumed in records],
        )

    def pause(self) -> None:
        self.paused = True
        self._consumer.pause(*self._consumer.assignment())

    def resume(self) -> None:
        self.paused = False
        self._consumer.resume(*self._consumer.assignment())

    async def commit(self, offsets: Offsets) -> bool:
        """False when they are still to be committed."""
        if not offsets:
            return True
        try:
            # By itself it tries until brokers are back, and holds up whoever wants to stop.
            async with asyncio.timeout(COMMIT_SECONDS):
                await self._consumer.commit(_positions(offsets))
        except (CommitFailedError, IllegalStateError) as error:
            # Read again by whoever comes next, and recognised by event id.
            log.warning("Offsets not committed, the partitions moved: %s", type(error).__name__)
        except (KafkaError, TimeoutError) as error:
            check_rights(error, topic=self._topic, group=self._group)
            log.warning("Offsets not committed, trying again: %r", error)
            return False
        return True

    async def is_member(self, records: list[Record]) -> bool:
        """Whether these are still ours: only a member may commit, if only where they begin."""
        begins = {(r.topic, r.partition): r.offset for r in reversed(records)}
        try:
            await self._consumer.commit(_positions(begins))
        except (CommitFailedError, IllegalStateError):
            return False
        return True

    async def starts(self) -> Offsets:
        """What the group has committed; where it hasn't yet, the first offset there is."""
        starts: Offsets = {}
        for partition in self.assigned:
            place = TopicPartition(*partition)
            offset = await self._consumer.committed(place)
            if offset is None:
                offset = (await self._consumer.beginning_offsets([place]))[place]
            starts[partition] = offset
        return starts

    def ends(self) -> Offsets:
        """Where read_committed ends, as of the last answer to a fetch."""
        ends: Offsets = {}
        for partition in self.assigned & self._known():
            place = TopicPartition(*partition)
            end = self._consumer.last_stable_offset(place)
            # -1 from brokers that have none.
            if end is None or end < 0:
                end = self._consumer.highwater(place)
            if end is not None:
                ends[partition] = end
        return ends

    async def ask_for_ends(self) -> Offsets:
        """Asked for, since the client's own numbers stand still while partitions are paused."""
        places = [TopicPartition(*partition) for partition in self.assigned]
        try:
            ends = await self._consumer.end_offsets(places)
        except KafkaError as error:
            log.debug("End offsets are not known: %r", error)
            return {}
        return {(place.topic, place.partition): end for place, end in ends.items()}

    async def close(self) -> None:
        """Leaves the group, so that the others take over at once. A static member doesn't."""
        # With a limit: now and then a heartbeat that is under way never ends.
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._consumer.stop()
        self.assignments += 1
        self.assigned = frozenset()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        async with self.turn:
            # Before the next owner starts, or it would begin with what we have done already.
            await self._revoking(_names(revoked))
            self.assignments += 1
            self.assigned = frozenset()
        if numbers := _numbers(revoked):
            log.info("Given up: %s", numbers)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self.assigned = frozenset(_names(assigned))
        log.info("Assigned: %s", _numbers(assigned))
        if self.paused:
            self._consumer.pause(*assigned)

    def _known(self) -> set[Partition]:
        return _names(self._consumer.assignment())


def _positions(offsets: Offsets) -> dict[TopicPartition, int]:
    return {TopicPartition(*partition): offset for partition, offset in offsets.items()}


def _names(partitions: Iterable[TopicPartition]) -> set[Partition]:
    return {(p.topic, p.partition) for p in partitions}


def _numbers(partitions: Iterable[TopicPartition]) -> str:
    return ", ".join(str(p.partition) for p in sorted(partitions, key=lambda p: p.partition))
