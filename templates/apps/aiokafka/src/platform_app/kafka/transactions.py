"""The writing half of consume, transform, produce: records and the group's offsets, or neither.

aiokafka sends the group's offsets without the member's generation (it lacks KIP-447), so the broker
would take them from a member that it has expelled. Each transaction therefore has the membership
proved before; Kafka ends a transaction sooner than a session, so the proof holds until its end.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    InvalidProducerEpoch,
    KafkaError,
    ProducerFenced,
)

from platform_app.kafka.config import TRANSACTION_TIMEOUT_MS
from platform_app.kafka.producing import abandon, enqueue
from platform_app.kafka.refusals import check_rights
from platform_app.record import Outgoing, Partition
from platform_app.shutdown import KafkaRefused, Shutdown

log = logging.getLogger(__name__)

WRITE_SECONDS = TRANSACTION_TIMEOUT_MS / 1000 - 5
FENCED = (InvalidProducerEpoch, ProducerFenced)


class NoMember(KafkaError):  # type: ignore[misc]  # aiokafka has no types
    """The records are another member's by now."""


class TimedOut(KafkaError):  # type: ignore[misc]  # aiokafka has no types
    """How the transaction ended, only the committed offsets tell."""


class Transactions:
    def __init__(
        self, open_producer: Callable[[], AIOKafkaProducer], transactional_id: str
    ) -> None:
        self._open_producer = open_producer
        self._producer: AIOKafkaProducer | None = None
        self._id = transactional_id

    async def start(self, shutdown: Shutdown) -> None:
        """Fences whoever had the id before, and ends the transaction that it left open."""
        while self._producer is None and not shutdown.requested:
            try:
                await shutdown.unless(self._open())
            except KafkaError as error:
                check_rights(error, transactional_id=self._id)
                log.warning("No transactions yet: %r", error)
                await shutdown.sleep(1)

    async def commit(
        self,
        records: Sequence[Outgoing],
        offsets: dict[Partition, int],
        group: str,
        is_member: Callable[[], Awaitable[bool]],
    ) -> bool:
        """False when the transaction was aborted: then nobody sees the records."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                producer = await self._open()
                await producer.begin_transaction()
                await _write(producer, records)
                if not await is_member():
                    raise NoMember
                await producer.send_offsets_to_transaction(
                    {TopicPartition(*partition): offset for partition, offset in offsets.items()},
                    group,
                )
            # Without a limit: once asked for, only the broker knows how it ends.
            await producer.commit_transaction()
        except FENCED as error:
            # The coordinator fences the producer, too, whose transaction it has timed out; a new
            # one puts that right. Sooner than that, only another instance can have done it.
            if time.monotonic() - begun >= TRANSACTION_TIMEOUT_MS / 1000:
                await self.close()
                raise TimedOut from error
            raise KafkaRefused(
                f"fenced, because another instance took over the transactional id {self._id}"
            ) from error
        except (KafkaError, TimeoutError) as error:
            kind = type(error).__name__
            log.warning("Transaction aborted: %r", error, extra={"errorClass": kind})
            await self.close()
            check_rights(error, transactional_id=self._id, group=group, topic=_topic_of(error))
            return False
        return True

    async def close(self) -> None:
        """What is open is aborted by the next producer with the id, or by its time-out.

        Not by this one: a batch that was refused has left a gap in its sequence numbers.
        """
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await abandon(producer)

    async def _open(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = self._open_producer()
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer


async def _write(producer: AIOKafkaProducer, records: Sequence[Outgoing]) -> None:
    """Raises the first error: aiokafka itself would commit without what was refused."""
    written = [await enqueue(producer, record) for record in records]
    if written:
        await asyncio.wait(written)
    errors = [error for future in written if (error := future.exception()) is not None]
    if errors:
        raise errors[0]


def _topic_of(error: Exception) -> str:
    """aiokafka's authorization errors carry the topic, and nothing else."""
    return str(error.args[0]) if error.args else ""
