"""The poll loop: reads, applies, commits. It owns the client, which only this thread touches."""

import logging
import time
from typing import Any

from confluent_kafka import KafkaException

from platform_app import backoff
from platform_app.consumer.batch import Batch, BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.offsets import Offsets
from platform_app.kafka.refusals import explanation, is_fatal
from platform_app.kafka.subscription import Subscription
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.record import Partition, Record
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import KafkaRefused, Shutdown
from platform_app.store.session import StoreUnavailable

log = logging.getLogger(__name__)


class ConsumerLoop:
    def __init__(
        self,
        config: dict[str, Any],
        settings: ConsumerSettings,
        processor: BatchProcessor,
        dead_letters: Writer,
        metrics: ConsumerMetrics,
        lag: Lag,
        shutdown: Shutdown,
    ) -> None:
        self._offsets = Offsets()
        self._subscription = Subscription(
            config,
            settings.kafka_topic,
            revoking=lambda names: self._subscription.commit_now(self._offsets.take(names)),
            gone=self._gone,
            not_committed=self._offsets.put_back,
        )
        self._settings = settings
        self._processor = processor
        self._dead_letters = dead_letters
        self._metrics = metrics
        self._lag = lag
        self._shutdown = shutdown
        self._polled: list[Record] = []
        self._batch: Batch | None = None
        self._retry_at = 0.0
        self._commit_at = 0.0
        self._measured: set[Partition] = set()

    @property
    def assigned(self) -> frozenset[Partition]:
        return self._subscription.assigned

    def run(self) -> None:
        try:
            self._subscription.open()
            while not self._shutdown.requested:
                self._step()
            self._subscription.commit_now(self._offsets.take())
        except KafkaRefused as error:
            self._shutdown.refused(str(error))
        except KafkaException as error:
            if not is_fatal(error):
                raise
            instance = f"group instance id {self._settings.kafka_group_instance_id}"
            self._shutdown.refused(explanation(error, instance))
        finally:
            self._subscription.close()

    def _step(self) -> None:
        records = self._subscription.poll(self._settings.max_poll_records)
        if records:
            self._metrics.consumed.labels(self._settings.kafka_topic).inc(len(records))
            self._polled += records
        if self._batch is None and self._polled:
            self._batch, self._polled = Batch(self._polled), []
        if self._batch is not None and time.monotonic() >= self._retry_at:
            self._work(self._batch)
        if time.monotonic() >= self._commit_at:
            self._measure()
            self._commit_at = time.monotonic() + self._settings.commit_interval_ms / 1000
            if offsets := self._offsets.take():
                self._subscription.commit(offsets)

    def _measure(self) -> None:
        for partition, end in self._subscription.ends().items():
            self._lag.observe_end(partition, end)
        # Where lag begins. From then on the client's statistics follow our commits.
        if new := self._subscription.assigned - self._measured:
            starts = self._subscription.starts(new)
            for partition, start in starts.items():
                self._lag.observe_committed(partition, start)
            self._measured |= starts.keys()

    def _work(self, batch: Batch) -> None:
        reason = "the dead letter topic doesn't take them"
        try:
            self._processor.apply(batch)
        except StoreUnavailable as error:
            reason = f"the store is away: {error}"
        else:
            self._bury(batch)
            if not batch.dead:
                self._offsets.done(batch.records)
                self._release()
                return
        wait = backoff.delay(batch.attempts)
        self._retry_at = time.monotonic() + wait
        self._subscription.pause()
        self._metrics.paused.set(1)
        log.warning("%d records wait %.1f s, %s", len(batch.records), wait, reason)

    def _bury(self, batch: Batch) -> None:
        if batch.dead:
            topic, group = self._settings.kafka_dead_letter_topic, self._settings.kafka_group_id
            letters = [letter.outgoing(topic, group) for letter in batch.dead]
            self._processor.buried(batch, self._dead_letters.write(letters))

    def _release(self) -> None:
        if self._subscription.paused:
            self._subscription.resume()
            self._metrics.paused.set(0)
        self._batch = None
        self._retry_at = 0.0

    def _gone(self, partitions: set[Partition]) -> None:
        self._offsets.forget(partitions)
        self._polled = [r for r in self._polled if (r.topic, r.partition) not in partitions]
        if self._batch is not None:
            self._batch.forget(partitions)
            if not self._batch.records:
                self._release()
        self._lag.forget(partitions)
        self._measured -= partitions
