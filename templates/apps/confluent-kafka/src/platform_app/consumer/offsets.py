"""Which offsets may be committed: those behind effects, and no others."""

from collections.abc import Iterable

from confluent_kafka import TopicPartition

from platform_app.consumer.batch import Partition
from platform_app.kafka.record import Record


class Offsets:
    def __init__(self) -> None:
        self._next: dict[Partition, int] = {}

    def done(self, records: Iterable[Record]) -> None:
        for record in records:
            self._next[record.topic, record.partition] = record.offset + 1

    def take(self, partitions: set[Partition] | None = None) -> list[TopicPartition]:
        """What is to be committed now, of these partitions or of all; it is handed out once."""
        wanted = [p for p in self._next if partitions is None or p in partitions]
        return [TopicPartition(*p, self._next.pop(p)) for p in wanted]

    def put_back(self, offsets: Iterable[TopicPartition]) -> None:
        """A commit failed. What was finished since is newer and stays."""
        for offset in offsets:
            self._next.setdefault((offset.topic, offset.partition), offset.offset)

    def forget(self, partitions: set[Partition]) -> None:
        for partition in partitions:
            self._next.pop(partition, None)
