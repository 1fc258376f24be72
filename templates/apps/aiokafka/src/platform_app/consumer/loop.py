"""The poll loop: reads, applies in a thread, commits; and joins the group anew when it must."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from platform_app import backoff
from platform_app.consumer.batch import Batch, BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.offsets import Offsets
from platform_app.kafka.subscription import Subscription
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.record import Partition, Record
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import Shutdown
from platform_app.store.session import StoreUnavailable

log = logging.getLogger(__name__)


class ConsumerLoop:
    def __init__(
        self,
        open_consumer: Callable[[], AIOKafkaConsumer],
        settings: ConsumerSettings,
        processor: BatchProcessor,
        dead_letters: Writer,
        metrics: ConsumerMetrics,
        lag: Lag,
        shutdown: Shutdown,
    ) -> None:
        self._settings = settings
        self._processor = processor
        self._dead_letters = dead_letters
        self._metrics = metrics
        self._lag = lag
        self._shutdown = shutdown
        self._offsets = Offsets()
        self._polled: list[Record] = []
        self._batch: Batch | None = None
        self._retry_at = 0.0
        self._commit_at = 0.0
        self._measured = 0
        self._subscription = Subscription(
            open_consumer,
            settings.kafka_topic,
            settings.kafka_group_id,
            revoking=self._revoking,
        )

    @property
    def assigned(self) -> frozenset[Partition]:
        return self._subscription.assigned

    async def run(self) -> None:
        attempt = 0
        while not self._shutdown.requested:
            try:
                await self._subscription.open()
                await self._consume()
            except KafkaError as error:
                attempt = 1 if self.assigned else attempt + 1
                log.warning("The group is joined anew after: %r", error)
                await self._shutdown.sleep(backoff.delay(attempt))
            finally:
                self._forget(set(self.assigned))
                with suppress(KafkaError):
                    await self._subscription.close()

    async def _consume(self) -> None:
        while not self._shutdown.requested:
            polled = await self._shutdown.unless(
                self._subscription.poll(self._settings.max_poll_records)
            )
            async with self._subscription.turn:
                if polled is not None and polled.assignment == self._subscription.assignments:
                    await self._step(polled.records)
        async with self._subscription.turn:
            await self._commit()

    async def _step(self, records: list[Record]) -> None:
        if records:
            self._metrics.consumed.labels(self._settings.kafka_topic).inc(len(records))
            self._polled += records
        if self._batch is None and self._polled:
            self._batch, self._polled = Batch(self._polled), []
        if self._batch is not None and time.monotonic() >= self._retry_at:
            await self._work(self._batch)
        if time.monotonic() >= self._commit_at:
            self._commit_at = time.monotonic() + self._settings.commit_interval_ms / 1000
            await self._commit()
            await self._measure()

    async def _work(self, batch: Batch) -> None:
        reason = "the dead letter topic doesn't take them"
        try:
            # In a thread: the event loop also answers HTTP and sends heartbeats.
            await asyncio.to_thread(self._processor.apply, batch)
        except StoreUnavailable as error:
            reason = f"the store is away: {error}"
        else:
            await self._bury(batch)
            if not batch.dead:
                self._offsets.done(batch.records)
                self._release()
                return
        wait = backoff.delay(batch.attempts)
        self._retry_at = time.monotonic() + wait
        self._subscription.pause()
        self._metrics.paused.set(1)
        log.warning("%d records wait %.1f s, %s", len(batch.records), wait, reason)

    async def _bury(self, batch: Batch) -> None:
        if batch.dead:
            topic, group = self._settings.kafka_dead_letter_topic, self._settings.kafka_group_id
            letters = [letter.outgoing(topic, group) for letter in batch.dead]
            self._processor.buried(batch, await self._dead_letters.write(letters))

    async def _commit(self) -> None:
        if offsets := self._offsets.take():
            if await self._subscription.commit(offsets):
                for partition, offset in offsets.items():
                    self._lag.observe_committed(partition, offset)
            else:
                self._offsets.put_back(offsets)

    async def _measure(self) -> None:
        if self._measured != self._subscription.assignments:
            for partition, start in (await self._subscription.starts()).items():
                self._lag.observe_committed(partition, start)
            self._measured = self._subscription.assignments
        paused = self._subscription.paused
        ends = await self._subscription.ask_for_ends() if paused else self._subscription.ends()
        for partition, end in ends.items():
            self._lag.observe_end(partition, end)

    def _release(self) -> None:
        if self._subscription.paused:
            self._subscription.resume()
            self._metrics.paused.set(0)
        self._batch = None
        self._retry_at = 0.0

    async def _revoking(self, partitions: set[Partition]) -> None:
        await self._commit()
        self._forget(partitions)

    def _forget(self, partitions: set[Partition]) -> None:
        """What is not committed is read again by whoever has the partitions next."""
        self._offsets.forget(partitions)
        self._polled = []
        self._release()
        self._lag.forget(partitions)
