"""Records that can't be handled, written where somebody can look at them and send them again."""

import logging
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from confluent_kafka import KafkaError, Message, Producer

from platform_app.kafka.cluster import NO_RIGHTS, KafkaRefused
from platform_app.kafka.record import Headers, Record
from platform_app.moment import now_iso

log = logging.getLogger(__name__)

FLUSH_SECONDS = 10
LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    record: Record
    error_class: str
    message: str
    attempts: int
    failed_at: str = field(default_factory=now_iso)


def headers_of(letter: DeadLetter, group: str) -> Headers:
    """The record's own headers, unchanged, and what happened to it."""
    record = letter.record
    added = {
        "dlq-original-topic": record.topic,
        "dlq-original-partition": str(record.partition),
        "dlq-original-offset": str(record.offset),
        "dlq-original-timestamp": str(record.timestamp_ms),
        "dlq-error-class": letter.error_class,
        "dlq-error-message": _sentence(letter.message),
        "dlq-attempts": str(letter.attempts),
        "dlq-failed-at": letter.failed_at,
        "dlq-consumer-group": group,
    }
    if record.header("correlation-id") is None:
        added["correlation-id"] = str(uuid4())
    return [*record.headers, *((name, value.encode()) for name, value in added.items())]


def _sentence(message: str) -> str:
    """The first line: what databases add below may quote the event, and headers count as size."""
    return message.partition("\n")[0][:LONGEST_MESSAGE]


class DeadLetterTopic:
    def __init__(self, config: dict[str, Any], topic: str, group: str) -> None:
        self._producer = Producer(config)
        self._topic = topic
        self._group = group

    def send(self, letters: list[DeadLetter]) -> list[DeadLetter]:
        """Returns those that were not acknowledged: their offsets must not be committed yet."""
        reports: dict[int, KafkaError | None] = {}
        for number, letter in enumerate(letters):
            self._produce(number, letter, reports)
        # Every report is in after the delivery timeout at the latest, which is shorter.
        self._producer.flush(FLUSH_SECONDS)
        return [letter for i, letter in enumerate(letters) if not self._acknowledged(i, reports)]

    def serve(self) -> None:
        """Lets the client report its errors while there is nothing to send."""
        self._producer.poll(0)

    def _produce(
        self, number: int, letter: DeadLetter, reports: dict[int, KafkaError | None]
    ) -> None:
        def reported(error: KafkaError | None, _: Message) -> None:
            reports[number] = error

        try:
            self._producer.produce(
                self._topic,
                letter.record.value,
                letter.record.key,
                headers=[*headers_of(letter, self._group)],
                on_delivery=reported,
            )
        except BufferError:
            # The client's queue is full; the next round takes the rest.
            log.debug("Dead letter waits for the next round.")

    def _acknowledged(self, number: int, reports: dict[int, KafkaError | None]) -> bool:
        if number not in reports:
            return False
        error = reports[number]
        if error is None:
            return True
        if error.code() in NO_RIGHTS:
            raise KafkaRefused(f"may not write dead letters to {self._topic}: {error.str()}")
        log.error("Dead letter not written: %s", error.str(), extra={"topic": self._topic})
        return False
