"""What everything that writes needs of aiokafka's producer, and doesn't get from it."""

import asyncio
import random

from aiokafka import AIOKafkaProducer
from aiokafka.errors import ProducerClosed
from aiokafka.structs import RecordMetadata

from platform_app.record import Outgoing


async def enqueue(producer: AIOKafkaProducer, record: Outgoing) -> "asyncio.Future[RecordMetadata]":
    """Returns when the client has it; the future ends when the brokers do."""
    if record.key is None and record.value is None:
        return await _enqueue_empty(producer, record)
    acknowledgement: asyncio.Future[RecordMetadata] = await producer.send(
        record.topic, record.value, record.key, headers=record.headers
    )
    return acknowledgement


async def _enqueue_empty(
    producer: AIOKafkaProducer, record: Outgoing
) -> "asyncio.Future[RecordMetadata]":
    """Kafka knows records with neither key nor value; `send` doesn't take them, a batch does."""
    batch = producer.create_batch()
    batch.append(timestamp=None, key=None, value=None, headers=record.headers)
    partitions = await producer.partitions_for(record.topic)
    acknowledgement: asyncio.Future[RecordMetadata] = await producer.send_batch(
        batch,
        record.topic,
        partition=random.choice([*partitions]),  # noqa: S311
    )
    return acknowledgement


async def abandon(producer: AIOKafkaProducer) -> None:
    """Fails what is on its way and closes.

    An idempotent producer never gives up a record by itself, and its stop() waits for all of them.
    """
    producer._message_accumulator.fail_all(ProducerClosed())
    await producer.stop()
