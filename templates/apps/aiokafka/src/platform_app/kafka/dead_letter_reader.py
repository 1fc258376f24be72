"""The dead letter topic, from where the last replay ended to what was its end at the start."""

from collections.abc import AsyncIterator, Iterable

from aiokafka import AIOKafkaConsumer, TopicPartition

from platform_app.kafka.record import record_of
from platform_app.record import Partition, Record

BATCH = 500
POLL_MS = 500


class DeadLetterReader:
    def __init__(self, consumer: AIOKafkaConsumer, topic: str) -> None:
        self._consumer = consumer
        self._topic = topic
        self._ends: dict[TopicPartition, int] = {}

    async def start(self, partitions: Iterable[int]) -> None:
        """Partitions are taken, not assigned by the group, so that a replay begins at once."""
        places = [TopicPartition(self._topic, number) for number in partitions]
        await self._consumer.start()
        # Each begins at the committed offset, or the earliest.
        self._consumer.assign(places)
        self._ends = await self._consumer.end_offsets(places)

    async def batches(self) -> AsyncIterator[list[Record]]:
        while await self._left():
            polled = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=BATCH)
            yield [
                record_of(consumed)
                for place, records in polled.items()
                for consumed in records
                if consumed.offset < self._ends[place]
            ]

    async def commit(self, offsets: dict[Partition, int]) -> None:
        if offsets:
            await self._consumer.commit(
                {TopicPartition(*partition): offset for partition, offset in offsets.items()}
            )

    async def close(self) -> None:
        await self._consumer.stop()

    async def _left(self) -> bool:
        """Positions also move over what is no record: the markers at the end of transactions."""
        for place, end in self._ends.items():
            if await self._consumer.position(place) < end:
                return True
        return False
