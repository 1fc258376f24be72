"""One batch on its way: decode, apply in one transaction, then dead-letter what failed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from platform_app.codec import InvalidEvent, Undecodable, decode
from platform_app.consumer.dead_letters import DeadLetter
from platform_app.event import AnyDomain
from platform_app.kafka.record import Record
from platform_app.metrics import ConsumerMetrics
from platform_app.store.events import EventStore, Received

log = logging.getLogger(__name__)

Partition = tuple[str, int]


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
    def __init__(
        self,
        domain: AnyDomain,
        store: EventStore,
        send_dead_letters: Callable[[list[DeadLetter]], list[DeadLetter]],
        metrics: ConsumerMetrics,
    ) -> None:
        self._domain = domain
        self._store = store
        self._send_dead_letters = send_dead_letters
        self._metrics = metrics

    def process(self, batch: Batch) -> bool:
        """One attempt; False when dead letters are left. Raises StoreUnavailable."""
        batch.attempts += 1
        if batch.attempts > 1:
            self._metrics.retried.inc(len(batch.records))
        if not batch.applied:
            with self._metrics.processing.time():
                self._apply(batch)
        return self._bury(batch)

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
            log.error("The handler failed.", exc_info=cause, extra=_where(failed.record))
            message = f"{type(cause).__name__}: {cause}"
            dead.append(DeadLetter(failed.record, "HandlerFailed", message, batch.attempts))
        # Only now: an attempt that found no store has changed nothing.
        batch.dead = dead
        batch.applied = True
        for done in result.applied:
            self._metrics.applied.labels(done.event.event_type).inc()
        self._metrics.duplicate.inc(result.duplicates)

    def _bury(self, batch: Batch) -> bool:
        if not batch.dead:
            return True
        left = self._send_dead_letters(batch.dead)
        for letter in batch.dead:
            if letter not in left:
                self._metrics.dead_lettered.labels(letter.error_class).inc()
                log.warning(
                    "Dead letter: %s",
                    letter.message,
                    extra={**_where(letter.record), "errorClass": letter.error_class},
                )
        batch.dead = left
        return not left


def _where(record: Record) -> dict[str, object]:
    known = {
        "correlationId": record.header("correlation-id"),
        "eventId": record.header("event-id"),
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
    }
    return {name: value for name, value in known.items() if value is not None}
