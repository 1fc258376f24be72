"""Sends accepted events, each with a deadline, through a producer that is replaced when it breaks.

aiokafka numbers batches before it sends them. One that the broker refuses (too large, no right)
leaves a gap, and the broker takes nothing more of this producer for that partition. A new producer
begins to count anew.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from aiokafka import AIOKafkaProducer
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import (
    InvalidProducerIdMapping,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    UnknownProducerId,
)

from platform_app.kafka.producing import abandon, enqueue
from platform_app.kafka.rejections import rejection_of
from platform_app.metrics import ProducerMetrics
from platform_app.producer.rejections import (
    NOT_DELIVERED,
    QUEUE_FULL,
    UNAUTHORISED,
    UNKNOWN_TOPIC,
    NotSent,
)
from platform_app.producer.sending import Delivery
from platform_app.record import Headers, Outgoing

log = logging.getLogger(__name__)

# How long a topic may be unknown before it counts as missing.
UNKNOWN_SECONDS = 5
FLUSH_SECONDS = 5
ATTEMPTS = 3
# aiokafka itself has no limit: what finds no room in a batch waits, and is held all the same.
MAX_BYTES_IN_FLIGHT = 128 * 1024 * 1024

# Of what failed like this, the broker has written nothing: behind a gap, or of a closed producer.
NOT_WRITTEN = (
    InvalidProducerIdMapping,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    UnknownProducerId,
)


class KafkaSender:
    def __init__(
        self,
        open_producer: Callable[[], AIOKafkaProducer],
        topic: str,
        max_in_flight: int,
        delivery_timeout_ms: int,
        metrics: ProducerMetrics,
    ) -> None:
        self._open_producer = open_producer
        self._producer: AIOKafkaProducer | None = None
        self._topic = topic
        self._max_in_flight = max_in_flight
        self._timeout = delivery_timeout_ms / 1000
        self._metrics = metrics
        self._in_flight: set[asyncio.Task[Delivery]] = set()
        self._bytes = 0
        self._opening = asyncio.Lock()
        metrics.in_flight.set_function(lambda: len(self._in_flight))

    async def send(self, key: bytes, value: bytes, headers: Headers) -> Delivery:
        # Refusing early keeps the answer quick and the memory bounded when brokers are slow.
        if len(self._in_flight) >= self._max_in_flight:
            raise NotSent(QUEUE_FULL, f"{len(self._in_flight)} events are in flight")
        if self._bytes + len(value) > MAX_BYTES_IN_FLIGHT:
            raise NotSent(QUEUE_FULL, f"{self._bytes} bytes are in flight")
        started = time.monotonic()
        # A task of its own: a cancelled request or a passed deadline leaves its event in flight.
        delivery = asyncio.create_task(self._deliver(Outgoing(self._topic, key, value, headers)))
        self._in_flight.add(delivery)
        self._bytes += len(value)
        delivery.add_done_callback(lambda _: self._landed(delivery, len(value), started))
        try:
            return await asyncio.wait_for(asyncio.shield(delivery), self._timeout)
        except TimeoutError as error:
            raise NotSent(NOT_DELIVERED, f"after {self._timeout:.0f} s") from error

    async def close(self, seconds: float) -> None:
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=max(0, seconds))
        if self._in_flight:
            log.warning("Stopped with %d events unacknowledged.", len(self._in_flight))
        if self._producer is not None:
            await abandon(self._producer)

    async def open(self) -> None:
        """Before the first event has to wait for it."""
        with suppress(NotSent):
            await self._current()

    async def _deliver(self, record: Outgoing) -> Delivery:
        for _ in range(ATTEMPTS):
            producer = await self._current()
            await self._topic_is_known(producer.client)
            try:
                acknowledgement = await enqueue(producer, record)
            except MessageSizeTooLargeError as error:
                # Our own limit; it has no number yet and leaves no gap.
                raise NotSent(rejection_of(error), str(error)) from error
            except NOT_WRITTEN:
                await self._replace(producer)
                continue
            try:
                place = await acknowledgement
            except NOT_WRITTEN:
                await self._replace(producer)
            except KafkaError as error:
                await self._replace(producer)
                raise NotSent(rejection_of(error), repr(error)) from error
            else:
                return Delivery(place.topic, place.partition, place.offset)
        raise NotSent(NOT_DELIVERED, f"{ATTEMPTS} producers broke")

    async def _current(self) -> AIOKafkaProducer:
        async with self._opening:
            if self._producer is None:
                producer = self._open_producer()
                try:
                    await producer.start()
                except KafkaError as error:
                    await producer.stop()
                    raise NotSent(NOT_DELIVERED, str(error)) from error
                self._producer = producer
            return self._producer

    async def _replace(self, broken: AIOKafkaProducer) -> None:
        async with self._opening:
            replaced = self._producer is not broken
            if replaced:
                return
            log.info("The producer is replaced: a refused batch left a gap in its sequence.")
            # What it has for other partitions first, so that nothing overtakes it.
            with suppress(TimeoutError):
                await asyncio.wait_for(broken.flush(), FLUSH_SECONDS)
            self._producer = None
            await abandon(broken)

    async def _topic_is_known(self, client: AIOKafkaClient) -> None:
        """Sooner than aiokafka, so that the caller learns that it is the topic that's missing."""
        unknown_since = time.monotonic()
        while client.cluster.partitions_for_topic(self._topic) is None:
            if self._topic in client.cluster.unauthorized_topics:
                raise NotSent(UNAUTHORISED, f"no right to topic {self._topic}")
            if time.monotonic() - unknown_since > UNKNOWN_SECONDS:
                raise NotSent(UNKNOWN_TOPIC, f"no topic {self._topic}")
            client.add_topic(self._topic)
            if not await client.force_metadata_update():
                # Nobody answered, so nobody said that it is missing.
                unknown_since = time.monotonic()
            await asyncio.sleep(0.1)

    def _landed(self, delivery: "asyncio.Task[Delivery]", size: int, started: float) -> None:
        self._in_flight.discard(delivery)
        self._bytes -= size
        self._metrics.delivery.observe(time.monotonic() - started)
        if not delivery.cancelled():
            # After the deadline nobody else asks, and asyncio would complain.
            delivery.exception()
