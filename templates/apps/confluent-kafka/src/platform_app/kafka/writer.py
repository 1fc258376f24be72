"""Writes records and waits for all of them, for what is not accepted over HTTP."""

import logging
from collections.abc import Sequence
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from platform_app.kafka.refusals import cause_of, check_rights
from platform_app.record import Outgoing
from platform_app.shutdown import KafkaRefused

log = logging.getLogger(__name__)

# Longer than the delivery timeout of any config that is used here.
FLUSH_SECONDS = 60
TOO_LARGE = {KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE}


class Writer:
    def __init__(self, config: dict[str, Any], *, must_fit: bool = False) -> None:
        """`must_fit`: who waits for a record that is too large would wait for ever."""
        self._producer = Producer(config)
        self._must_fit = must_fit

    def write(self, records: Sequence[Outgoing]) -> list[bool]:
        """Which of them all in-sync replicas have. The offsets of others must not be committed."""
        reports: dict[int, KafkaError | None] = {}
        for number, record in enumerate(records):
            self._produce(number, record, reports)
        self._producer.flush(FLUSH_SECONDS)
        return [
            self._acknowledged(record, number in reports, reports.get(number))
            for number, record in enumerate(records)
        ]

    def serve(self) -> None:
        """Lets the client report its errors while there is nothing to send."""
        self._producer.poll(0)

    def _produce(
        self, number: int, record: Outgoing, reports: dict[int, KafkaError | None]
    ) -> None:
        def reported(error: KafkaError | None, _: Message) -> None:
            reports[number] = error

        try:
            self._producer.produce(
                record.topic,
                record.value,
                record.key,
                headers=[*record.headers],
                on_delivery=reported,
            )
        except BufferError:
            # The client's queue is full; the next round takes the rest.
            log.debug("A record waits for the next round.")
        except KafkaException as error:
            # Larger than the client sends.
            reports[number] = cause_of(error)

    def _acknowledged(self, record: Outgoing, reported: bool, error: KafkaError | None) -> bool:
        if error is not None:
            check_rights(error, topic=record.topic)
            if self._must_fit and error.code() in TOO_LARGE:
                raise KafkaRefused(f"a record is larger than {record.topic} takes ({error.str()})")
            log.error("Not written: %s", error.str(), extra={"topic": record.topic})
        return reported and error is None
