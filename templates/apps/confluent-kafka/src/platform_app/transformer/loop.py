"""The poll loop of the transformer. A transaction begins and ends between two polls."""

import logging
import time
from typing import Any

from confluent_kafka import KafkaException

from platform_app import backoff
from platform_app.kafka.refusals import explanation, is_fatal
from platform_app.kafka.subscription import Subscription
from platform_app.kafka.transactions import TimedOut, Transactions
from platform_app.record import Partition, Record, offsets_after
from platform_app.shutdown import KafkaRefused, Shutdown
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.settings import TransformerSettings
from platform_app.transformer.tally import Tally

log = logging.getLogger(__name__)


class TransformerLoop:
    def __init__(
        self,
        config: dict[str, Any],
        settings: TransformerSettings,
        transactions: Transactions,
        derivation: Derivation,
        tally: Tally,
        shutdown: Shutdown,
    ) -> None:
        self._subscription = Subscription(config, settings.kafka_topic, gone=self._gone)
        self._settings = settings
        self._transactions = transactions
        self._derivation = derivation
        self._tally = tally
        self._shutdown = shutdown
        self._pending: list[Record] = []
        self._attempts = 0
        self._retry_at = 0.0

    @property
    def assigned(self) -> frozenset[Partition]:
        return self._subscription.assigned

    def run(self) -> None:
        try:
            # Before the group is joined: by then no older instance with our id can commit.
            self._transactions.start()
            self._subscription.open()
            while not self._shutdown.requested:
                self._step()
        except KafkaRefused as error:
            self._shutdown.refused(str(error))
        except KafkaException as error:
            if not is_fatal(error):
                raise
            identity = f"transactional id {self._settings.kafka_transactional_id}"
            self._shutdown.refused(explanation(error, identity))
        finally:
            self._subscription.close()

    def _step(self) -> None:
        if records := self._subscription.poll(self._settings.max_poll_records):
            self._tally.metrics.consumed.labels(self._settings.kafka_topic).inc(len(records))
            self._pending += records
        if self._pending and time.monotonic() >= self._retry_at:
            self._transform(self._pending[: self._settings.max_poll_records])

    def _transform(self, records: list[Record]) -> None:
        self._attempts += 1
        derived = self._derivation.of(records, self._attempts)
        metadata = self._subscription.group_metadata()
        try:
            committed = self._transactions.commit(
                derived.outgoing, offsets_after(records), metadata
            )
        except TimedOut as late:
            self._tally.aborted()
            self._read_again(late)
            return
        if committed:
            self._tally.committed(derived)
            del self._pending[: len(records)]
            self._go_on()
            return
        self._tally.aborted()
        wait = backoff.delay(self._attempts)
        self._retry_at = time.monotonic() + wait
        self._subscription.pause()
        log.warning("%d records wait %.1f s for a new transaction.", len(records), wait)

    def _read_again(self, late: TimedOut) -> None:
        log.warning("%d records are read again: %s", len(self._pending), late)
        self._transactions.start()
        self._pending = []
        self._subscription.reopen()
        self._go_on()

    def _go_on(self) -> None:
        if self._subscription.paused:
            self._subscription.resume()
        self._attempts = 0
        self._retry_at = 0.0

    def _gone(self, partitions: set[Partition]) -> None:
        """Whoever has them now reads on after the last committed transaction."""
        self._pending = [r for r in self._pending if (r.topic, r.partition) not in partitions]
        if not self._pending:
            self._go_on()
