"""Writes records and waits for all of them, for what is not accepted over HTTP."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError
from aiokafka.structs import RecordMetadata

from platform_app.kafka.producing import abandon, enqueue
from platform_app.kafka.refusals import check_rights
from platform_app.record import Outgoing
from platform_app.shutdown import KafkaRefused

log = logging.getLogger(__name__)

TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)

Acknowledgement = asyncio.Future[RecordMetadata]


class Writer:
    def __init__(
        self,
        open_producer: Callable[[], AIOKafkaProducer],
        timeout: float,
        *,
        must_fit: bool = False,
    ) -> None:
        """`must_fit`: who waits for a record that is too large would wait for ever."""
        self._must_fit = must_fit
        self._open_producer = open_producer
        self._timeout = timeout
        self._producer: AIOKafkaProducer | None = None

    async def write(self, records: Sequence[Outgoing]) -> list[bool]:
        """Which of them all in-sync replicas have. The offsets of others must not be committed."""
        enqueued: list[Acknowledgement] = []
        if records:
            try:
                async with asyncio.timeout(self._timeout):
                    producer = await self._open()
                    for record in records:
                        enqueued.append(await enqueue(producer, record))
                    await asyncio.wait(enqueued)
            except (KafkaError, TimeoutError) as error:
                self._check(error, records[0].topic)
                log.error("Not written: %r", error, extra={"topic": records[0].topic})
        taken = [self._acknowledged(future, records[0].topic) for future in enqueued]
        taken += [False] * (len(records) - len(taken))
        if not all(taken):
            # It would go on trying what we will hand to the next one.
            await self.close()
        return taken

    async def close(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await abandon(producer)

    async def _open(self) -> AIOKafkaProducer:
        if self._producer is None:
            self._producer = self._open_producer()
            await self._producer.start()
        return self._producer

    def _acknowledged(self, future: Acknowledgement, topic: str) -> bool:
        if not future.done():
            return False
        with suppress(asyncio.CancelledError):
            if (error := future.exception()) is None:
                return True
            self._check(error, topic)
            log.error("Not written: %r", error, extra={"topic": topic})
        return False

    def _check(self, error: BaseException, topic: str) -> None:
        check_rights(error, topic=topic)
        if self._must_fit and isinstance(error, TOO_LARGE):
            raise KafkaRefused(f"a record is larger than {topic} takes") from error
