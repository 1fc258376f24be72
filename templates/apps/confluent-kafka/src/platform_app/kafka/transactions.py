"""The writing half of consume, transform, produce: records and the group's offsets, or neither."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer, TopicPartition

from platform_app.kafka.config import TRANSACTION_TIMEOUT_MS
from platform_app.kafka.refusals import FENCED, cause_of, check_rights, is_fatal
from platform_app.record import Outgoing, Partition
from platform_app.shutdown import Shutdown

log = logging.getLogger(__name__)

# How long one call waits before it asks to be repeated.
START_SECONDS = 1
PATIENCE_SECONDS = 5


class TimedOut(Exception):
    """The coordinator ended a transaction that was late. How, only the committed offsets tell."""


class Transactions:
    def __init__(self, config: dict[str, Any], shutdown: Shutdown) -> None:
        self._config = config
        self._producer = Producer(config)
        self._id = str(config["transactional.id"])
        self._shutdown = shutdown
        self._not_written: list[tuple[str, KafkaError]] = []

    def start(self) -> None:
        """Fences whoever had the id before, and ends the transaction that it left open."""
        while not self._shutdown.requested:
            try:
                self._producer.init_transactions(START_SECONDS)
                return
            except KafkaException as error:
                cause = cause_of(error)
                check_rights(cause, transactional_id=self._id)
                if not cause.retriable():
                    raise
                # The client's callbacks tell why: brokers are away, or refuse us.
                self.serve()

    def commit(
        self, records: Sequence[Outgoing], offsets: dict[Partition, int], group_metadata: object
    ) -> bool:
        """False when the transaction was aborted: then nobody sees the records.

        Raises TimedOut; then there is a new producer, to be started.
        """
        begun = time.monotonic()
        try:
            return self._commit(records, offsets, group_metadata)
        except KafkaException as error:
            # The coordinator fences the producer, too, whose transaction it has timed out; a new
            # one puts that right. Sooner than that, only another instance can have done it.
            late = time.monotonic() - begun >= TRANSACTION_TIMEOUT_MS / 1000
            if not (late and cause_of(error).code() in FENCED):
                raise
            self._producer = Producer(self._config)
            raise TimedOut(cause_of(error).str()) from error

    def serve(self) -> None:
        """Lets the client report its errors while there is nothing to write."""
        self._producer.poll(0)

    def _commit(
        self, records: Sequence[Outgoing], offsets: dict[Partition, int], group_metadata: object
    ) -> bool:
        self._not_written.clear()
        positions = [TopicPartition(*partition, offset) for partition, offset in offsets.items()]
        try:
            self._producer.begin_transaction()
            for record in records:
                self._produce(record)
            _persist(
                lambda: self._producer.send_offsets_to_transaction(
                    positions, group_metadata, PATIENCE_SECONDS
                )
            )
            _persist(lambda: self._producer.commit_transaction(PATIENCE_SECONDS))
        except KafkaException as error:
            if is_fatal(error):
                raise
            self._abort(cause_of(error))
            return False
        return True

    def _produce(self, record: Outgoing) -> None:
        def reported(error: KafkaError | None, _: Message) -> None:
            # Those that the abort throws away tell nothing.
            if error is not None and error.code() != KafkaError._PURGE_QUEUE:
                self._not_written.append((record.topic, error))

        self._producer.produce(
            record.topic,
            record.value,
            record.key,
            headers=[*record.headers],
            on_delivery=reported,
        )

    def _abort(self, cause: KafkaError) -> None:
        log.warning("Transaction aborted: %s", cause.str(), extra={"errorClass": cause.name()})
        _persist(lambda: self._producer.abort_transaction(PATIENCE_SECONDS))
        check_rights(cause, transactional_id=self._id)
        for topic, error in self._not_written:
            check_rights(error, topic=topic)


def _persist(step: Callable[[], None]) -> None:
    """These calls may be repeated when they say so, and have to be: their outcome is open."""
    while True:
        try:
            step()
            return
        except KafkaException as error:
            if not cause_of(error).retriable():
                raise
            log.warning("The transaction waits: %s", cause_of(error).str())
