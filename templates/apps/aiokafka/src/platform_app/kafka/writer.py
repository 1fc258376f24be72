"""Writes records and waits for all of them, for what is not accepted over HTTP."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.structs import RecordMetadata

from platform_app.kafka.producing import abandon, enqueue
from platform_app.kafka.refusals import check_rights
from platform_app.record import Outgoing

log = logging.getLogger(__name__)

Acknowledgement = asyncio.Future[RecordMetadata]


class Writer:
    def __init__(self, open_producer: Callable[[], AIOKafkaProducer], timeout: float) -> None:
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
                check_rights(error, topic=records[0].topic)
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
            check_rights(error, topic=topic)
            log.error("Not written: %r", error, extra={"topic": topic})
        return False
