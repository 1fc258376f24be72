"""The poll loop of the transformer. A rebalance waits for the end of the transaction under way."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from platform_app import backoff
from platform_app.kafka.subscription import Subscription
from platform_app.kafka.transactions import TimedOut, Transactions
from platform_app.record import Partition, Record, offsets_after
from platform_app.shutdown import Shutdown
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.settings import TransformerSettings
from platform_app.transformer.tally import Tally

log = logging.getLogger(__name__)


class TransformerLoop:
    def __init__(
        self,
        open_consumer: Callable[[], AIOKafkaConsumer],
        settings: TransformerSettings,
        transactions: Transactions,
        derivation: Derivation,
        tally: Tally,
        shutdown: Shutdown,
    ) -> None:
        self._settings = settings
        self._transactions = transactions
        self._derivation = derivation
        self._tally = tally
        self._shutdown = shutdown
        self._pending: list[Record] = []
        self._attempts = 0
        self._retry_at = 0.0
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
        # Before the group is joined: by then no older instance with our id can commit.
        await self._transactions.start(self._shutdown)
        attempt = 0
        while not self._shutdown.requested:
            try:
                await self._subscription.open()
                await self._consume()
            except KafkaError as error:
                if isinstance(error, TimedOut):
                    self._tally.aborted()
                attempt = 1 if self.assigned else attempt + 1
                log.warning("The group is joined anew after: %r", error)
                await self._shutdown.sleep(backoff.delay(attempt))
            finally:
                await self._revoking(set(self.assigned))
                with suppress(KafkaError):
                    await self._subscription.close()
        await self._transactions.close()

    async def _consume(self) -> None:
        while not self._shutdown.requested:
            polled = await self._shutdown.unless(
                self._subscription.poll(self._settings.max_poll_records)
            )
            async with self._subscription.turn:
                if polled is not None and polled.assignment == self._subscription.assignments:
                    await self._step(polled.records)

    async def _step(self, records: list[Record]) -> None:
        if records:
            self._tally.metrics.consumed.labels(self._settings.kafka_topic).inc(len(records))
            self._pending += records
        if self._pending and time.monotonic() >= self._retry_at:
            await self._transform(self._pending[: self._settings.max_poll_records])

    async def _transform(self, records: list[Record]) -> None:
        self._attempts += 1
        derived = self._derivation.of(records, self._attempts)
        if await self._transactions.commit(
            derived.outgoing,
            offsets_after(records),
            self._settings.kafka_group_id,
            lambda: self._subscription.is_member(records),
        ):
            self._tally.committed(derived)
            del self._pending[: len(records)]
            self._go_on()
            return
        self._tally.aborted()
        wait = backoff.delay(self._attempts)
        self._retry_at = time.monotonic() + wait
        self._subscription.pause()
        log.warning("%d records wait %.1f s for a new transaction.", len(records), wait)

    def _go_on(self) -> None:
        if self._subscription.paused:
            self._subscription.resume()
        self._attempts = 0
        self._retry_at = 0.0

    async def _revoking(self, _: set[Partition]) -> None:
        """Whoever has them next reads on after the last committed transaction."""
        self._pending = []
        self._go_on()
