"""The poll loop. It owns the client: everything that touches it happens in this thread.

While the store or the dead letter topic is away, partitions are paused and polling goes on:
a member that stops polling is expelled, and the others would get its work and the same trouble.
"""

import logging
import time
from typing import Any

from confluent_kafka import OFFSET_END, Consumer, KafkaError, KafkaException, TopicPartition

from platform_app.consumer import backoff
from platform_app.consumer.batch import Batch, BatchProcessor, Partition
from platform_app.consumer.lag import Lag
from platform_app.consumer.offsets import Offsets
from platform_app.kafka.cluster import NO_RIGHTS, KafkaRefused, is_fatal
from platform_app.kafka.record import Record, record_of
from platform_app.metrics import ConsumerMetrics
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import Shutdown
from platform_app.store.session import StoreUnavailable

log = logging.getLogger(__name__)

# consume() returns when the batch is full or this has passed: the most it adds to a record's way.
POLL_SECONDS = 0.1


class ConsumerLoop:
    def __init__(
        self,
        config: dict[str, Any],
        settings: ConsumerSettings,
        processor: BatchProcessor,
        metrics: ConsumerMetrics,
        lag: Lag,
        shutdown: Shutdown,
    ) -> None:
        self._consumer = Consumer({**config, "on_commit": self._committed})
        self._settings = settings
        self._processor = processor
        self._metrics = metrics
        self._lag = lag
        self._shutdown = shutdown
        self._offsets = Offsets()
        self.assigned: frozenset[Partition] = frozenset()
        self._polled: list[Record] = []
        self._batch: Batch | None = None
        self._retry_at = 0.0
        self._commit_at = 0.0

    def run(self) -> None:
        try:
            self._consumer.subscribe(
                [self._settings.kafka_topic],
                on_assign=self._on_assign,
                on_revoke=self._on_revoke,
                on_lost=self._on_lost,
            )
            while not self._shutdown.requested:
                self._step()
            self._commit_now(self._offsets.take())
        except KafkaRefused as error:
            self._shutdown.refused(str(error))
        except KafkaException as error:
            if not is_fatal(error):
                raise
            self._shutdown.refused(error.args[0].str())
        finally:
            # Leaves the group, so that the others take over at once.
            self._consumer.close()

    def _step(self) -> None:
        self._polled = self._poll()
        if self._batch is None and self._polled:
            self._batch, self._polled = Batch(self._polled), []
        if self._batch is not None and time.monotonic() >= self._retry_at:
            self._work(self._batch)
            if self._retry_at:
                self._ask_for_ends()
        if time.monotonic() >= self._commit_at:
            self._commit_at = time.monotonic() + self._settings.commit_interval_ms / 1000
            if offsets := self._offsets.take():
                self._consumer.commit(offsets=offsets, asynchronous=True)

    def _poll(self) -> list[Record]:
        """What has been read and isn't in a batch yet."""
        messages = self._consumer.consume(self._settings.max_poll_records, POLL_SECONDS)
        for message in messages:
            if (error := message.error()) is not None:
                self._complain(error)
        records = [record_of(message) for message in messages if message.error() is None]
        if records:
            self._metrics.consumed.labels(self._settings.kafka_topic).inc(len(records))
        # consume() may have rebalanced half-way: what came before is no longer ours.
        mine = [r for r in records if (r.topic, r.partition) in self.assigned]
        return [*self._polled, *mine]

    def _complain(self, error: KafkaError) -> None:
        if error.code() in NO_RIGHTS:
            raise KafkaRefused(f"{error.name()}: {error.str()}")
        log.warning("Kafka: %s", error.str(), extra={"errorClass": error.name()})

    def _work(self, batch: Batch) -> None:
        reason = "the dead letter topic doesn't take them"
        try:
            finished = self._processor.process(batch)
        except StoreUnavailable as error:
            finished, reason = False, f"the store is away: {error}"
        if finished:
            self._offsets.done(batch.records)
            self._release()
            return
        wait = backoff.delay(batch.attempts)
        self._retry_at = time.monotonic() + wait
        self._pause(self._consumer.assignment())
        log.warning("%d records wait %.1f s, %s", len(batch.records), wait, reason)

    def _pause(self, partitions: list[TopicPartition]) -> None:
        self._consumer.pause(partitions)
        self._metrics.paused.set(1)

    def _ask_for_ends(self) -> None:
        latest = [TopicPartition(topic, number, OFFSET_END) for topic, number in self.assigned]
        try:
            self._lag.observe_ends(self._consumer.offsets_for_times(latest, timeout=1))
        except KafkaException as error:
            log.debug("End offsets are not known: %s", error)

    def _release(self) -> None:
        if self._batch is not None and self._retry_at:
            self._consumer.resume(self._consumer.assignment())
            self._metrics.paused.set(0)
        self._batch = None
        self._retry_at = 0.0

    def _commit_now(self, offsets: list[TopicPartition]) -> None:
        if not offsets:
            return
        try:
            self._consumer.commit(offsets=offsets, asynchronous=False)
        except KafkaException as error:
            # Read again by whoever comes next, and recognised by event id.
            log.warning("Offsets not committed: %s", error)

    def _committed(self, error: KafkaError | None, offsets: list[TopicPartition]) -> None:
        failed = [offset for offset in offsets if error or offset.error]
        if failed:
            reason = error or failed[0].error
            log.warning("Offsets not committed, trying again: %s", reason)
            # What was taken away meanwhile is no longer ours to commit.
            self._offsets.put_back(o for o in failed if (o.topic, o.partition) in self.assigned)

    def _on_assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        consumer.incremental_assign(partitions)
        self.assigned |= _names(partitions)
        log.info("Assigned: %s", _numbers(partitions))
        if self._retry_at:
            self._pause(partitions)

    def _on_revoke(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        # Before the next owner starts, or it would begin with what we have done already.
        self._commit_now(self._offsets.take(_names(partitions)))
        self._drop(partitions)

    def _on_lost(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        # Others own them by now; our offsets would be refused, or worse, accepted.
        self._offsets.forget(_names(partitions))
        self._drop(partitions)

    def _drop(self, partitions: list[TopicPartition]) -> None:
        names = _names(partitions)
        self.assigned -= names
        self._polled = [r for r in self._polled if (r.topic, r.partition) not in names]
        if self._batch is not None:
            self._batch.forget(names)
            if not self._batch.records:
                self._release()
        self._lag.forget(names)
        log.info("Given up: %s", _numbers(partitions))


def _names(partitions: list[TopicPartition]) -> set[Partition]:
    return {(p.topic, p.partition) for p in partitions}


def _numbers(partitions: list[TopicPartition]) -> str:
    return ", ".join(str(p.partition) for p in sorted(partitions, key=lambda p: p.partition))
