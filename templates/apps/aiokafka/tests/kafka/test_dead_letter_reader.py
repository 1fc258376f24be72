import asyncio

from aiokafka import TopicPartition

from kafka.fakes import Consumer
from platform_app.kafka.dead_letter_reader import DeadLetterReader
from platform_app.record import Record


def dead(offset: int, partition: int = 0) -> Record:
    return Record("dead", partition, offset, 1, b"ann", b"v", [])


def read(consumer: Consumer) -> list[tuple[int, int]]:
    async def all_() -> list[tuple[int, int]]:
        reader = DeadLetterReader(consumer, "dead")
        await reader.start([0, 1])
        found = []
        async for batch in reader.batches():
            found += [(record.partition, record.offset) for record in batch]
            await reader.commit({("dead", record.partition): record.offset for record in batch})
        await reader.close()
        return found

    return asyncio.run(all_())


def test_it_ends_at_what_was_the_end_at_the_start() -> None:
    consumer = Consumer("dead")
    consumer.ends = {0: 2, 1: 1}
    consumer.given = [dead(0), dead(1), dead(2), dead(0, partition=1)]
    assert read(consumer) == [(0, 0), (0, 1), (1, 0)]
    assert consumer.assignment() == {TopicPartition("dead", 0), TopicPartition("dead", 1)}


def test_an_empty_topic_has_none() -> None:
    consumer = Consumer("dead")
    consumer.ends = {0: 0, 1: 0}
    assert read(consumer) == []
