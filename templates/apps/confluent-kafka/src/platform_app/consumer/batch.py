"""One batch on its way: decoded, applied in one transaction, what failed set aside."""

import logging
from dataclasses import dataclass, field

from platform_app.codec import InvalidEvent, Undecodable, decode
from platform_app.dead_letters import DeadLetter
from platform_app.event import AnyDomain
from platform_app.metrics import ConsumerMetrics
from platform_app.record import Partition, Record
from platform_app.store.events import EventStore, Received

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    records: list[Record]
    attempts: int = 0
    applied: bool = False
    """Its effects are in the store; only dead letters may be left to write."""
    dead: list[DeadLetter] = field(default_factory=list)

    def forget(self, partitions: set[Partition]) -> None:
        """Those that another member reads now."""
        self.records = [r for r in self.records if (r.topic, r.partition) not in partitions]
        self.dead = [d for d in self.dead if (d.record.topic, d.record.partition) not in partitions]


class BatchProcessor:
    def __init__(self, domain: AnyDomain, store: EventStore, metrics: ConsumerMetrics) -> None:
        self._domain = domain
        self._store = store
        self._metrics = metrics

    def apply(self, batch: Batch) -> None:
        """One attempt; afterwards only `dead` is left to do. Raises StoreUnavailable."""
        batch.attempts += 1
        if batch.attempts > 1:
            self._metrics.retried.inc(len(batch.records))
        if not batch.applied:
            with self._metrics.processing.time():
                self._apply(batch)

    def buried(self, batch: Batch, acknowledged: list[bool]) -> None:
        """Those of `dead` that the dead letter topic took are done; the others are left."""
        for letter, taken in zip(batch.dead, acknowledged, strict=True):
            if taken:
                self._metrics.dead_lettered.labels(letter.error_class).inc()
                log.warning("Dead letter: %s", letter.message, extra=letter.place)
        batch.dead = [
            letter for letter, taken in zip(batch.dead, acknowledged, strict=True) if not taken
        ]

    def _apply(self, batch: Batch) -> None:
        received: list[Received] = []
        dead: list[DeadLetter] = []
        for record in batch.records:
            try:
                received.append(Received(record, decode(self._domain.events, record.value)))
            except (Undecodable, InvalidEvent) as error:
                dead.append(DeadLetter(record, type(error).__name__, str(error), batch.attempts))
        result = self._store.apply(received)
        for failed, cause in result.failed:
            log.error("The handler failed.", exc_info=cause, extra=failed.record.place)
            message = f"{type(cause).__name__}: {cause}"
            dead.append(DeadLetter(failed.record, "HandlerFailed", message, batch.attempts))
        # Only now: an attempt that found no store has changed nothing.
        batch.dead = dead
        batch.applied = True
        for done in result.applied:
            self._metrics.applied.labels(done.event.event_type).inc()
        self._metrics.duplicate.inc(result.duplicates)
