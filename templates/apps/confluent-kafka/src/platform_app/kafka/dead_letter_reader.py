"""The dead letter topic, from where the last replay ended to what was its end at the start."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from platform_app.kafka.cluster import UNREACHABLE
from platform_app.kafka.record import record_of
from platform_app.kafka.refusals import cause_of, check_rights
from platform_app.record import Partition, Record
from platform_app.replay.no_broker import PATIENCE_SECONDS, NoBroker

TRY_SECONDS = 2
BATCH = 500
POLL_SECONDS = 1


class DeadLetterReader:
    def __init__(self, config: dict[str, Any], topic: str) -> None:
        # The end of a partition is told as an event, because its last offsets may belong to no
        # record: transactions end with markers.
        self._consumer = Consumer({**config, "enable.partition.eof": True})
        self._topic = topic
        self._group = str(config["group.id"])
        self._servers = str(config["bootstrap.servers"])
        self._reached = False
        self._open: dict[int, int] = {}

    def start(self, stopped: Callable[[], bool]) -> None:
        """Waits for brokers, until it is told to stop. Raises NoBroker when there were none."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not self._open and not stopped():
            if not self._reached and time.monotonic() >= give_up:
                raise NoBroker(self._servers)
            try:
                self._open = self._ends()
            except KafkaException as error:
                cause = cause_of(error)
                check_rights(cause, topic=self._topic, group=self._group)
                if cause.code() not in UNREACHABLE:
                    raise
                # Serves the callback that tells whether they are away or refuse us.
                self._consumer.poll(0)
        # Taken, not assigned by the group, so that a replay begins at once. Without an offset,
        # each begins at the committed one, or the earliest.
        self._consumer.assign([TopicPartition(self._topic, number) for number in self._open])

    def batches(self) -> Iterator[list[Record]]:
        while self._open:
            records = []
            for message in self._consumer.consume(BATCH, POLL_SECONDS):
                if (error := message.error()) is None:
                    record = record_of(message)
                    if record.offset < self._open.get(record.partition, -1):
                        records.append(record)
                    else:
                        self._open.pop(record.partition, None)
                elif error.code() == KafkaError._PARTITION_EOF:
                    self._open.pop(message.partition() or 0, None)
                else:
                    check_rights(error, topic=self._topic, group=self._group)
            yield records

    def commit(self, offsets: dict[Partition, int]) -> None:
        if offsets:
            positions = [TopicPartition(*place, offset) for place, offset in offsets.items()]
            self._consumer.commit(offsets=positions, asynchronous=False)

    def close(self) -> None:
        self._consumer.close()

    def _ends(self) -> dict[int, int]:
        topic = self._consumer.list_topics(self._topic, TRY_SECONDS).topics[self._topic]
        self._reached = True
        if topic.error is not None:
            raise KafkaException(topic.error)
        places = [TopicPartition(self._topic, number) for number in topic.partitions]
        return {
            place.partition: self._consumer.get_watermark_offsets(place, TRY_SECONDS)[1]
            for place in places
        }
