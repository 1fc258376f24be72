"""How far behind we are, from the statistics that librdkafka keeps anyway."""

from collections.abc import Iterable, Set

from confluent_kafka import TopicPartition
from prometheus_client import Gauge

from platform_app.consumer.batch import Partition
from platform_app.kafka.cluster import Statistics


class Lag:
    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge
        self._committed: dict[Partition, int] = {}
        self._end: dict[Partition, int] = {}

    def observe(self, statistics: Statistics, assigned: Set[Partition]) -> None:
        topics = statistics.get("topics", {})
        for topic, number in assigned:
            seen = topics.get(topic, {}).get("partitions", {}).get(str(number))
            if seen is not None:
                # read_committed ends at the last stable offset.
                end = seen["ls_offset"] if seen["ls_offset"] >= 0 else seen["hi_offset"]
                committed = seen["committed_offset"]
                self._committed[topic, number] = committed if committed >= 0 else seen["lo_offset"]
                self._set((topic, number), end)

    def observe_ends(self, ends: Iterable[TopicPartition]) -> None:
        """Ends asked for, since the statistics don't move on while partitions are paused."""
        for end in ends:
            if end.error is None:
                self._set((end.topic, end.partition), end.offset)

    def forget(self, partitions: Iterable[Partition]) -> None:
        """A partition that moved must not keep its last lag here for ever."""
        for partition in partitions:
            self._gauge.remove(*partition)
            self._committed.pop(partition, None)
            self._end.pop(partition, None)

    def _set(self, partition: Partition, end: int) -> None:
        end = self._end[partition] = max(end, self._end.get(partition, -1))
        committed = self._committed.get(partition, -1)
        # Negative numbers are librdkafka's way to say "not known yet".
        if end >= 0 and committed >= 0:
            self._gauge.labels(*partition).set(max(0, end - committed))
