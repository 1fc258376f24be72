"""How far behind we are: what lies between the committed offset and the end of a partition."""

from collections.abc import Iterable

from prometheus_client import Gauge

from platform_app.record import Partition


class Lag:
    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge
        self._committed: dict[Partition, int] = {}
        self._end: dict[Partition, int] = {}

    def observe_committed(self, partition: Partition, offset: int) -> None:
        """Of a group without commits: where it begins."""
        self._committed[partition] = offset
        self._set(partition)

    def observe_end(self, partition: Partition, offset: int) -> None:
        # Ends come from several answers, and an older one may be the last to arrive.
        self._end[partition] = max(offset, self._end.get(partition, -1))
        self._set(partition)

    def forget(self, partitions: Iterable[Partition]) -> None:
        """A partition that moved must not keep its last lag here for ever."""
        for partition in partitions:
            if partition in self._committed and partition in self._end:
                self._gauge.remove(*partition)
            self._committed.pop(partition, None)
            self._end.pop(partition, None)

    def _set(self, partition: Partition) -> None:
        end, committed = self._end.get(partition, -1), self._committed.get(partition, -1)
        # Negative numbers are clients' way to say "not known yet".
        if end >= 0 and committed >= 0:
            self._gauge.labels(*partition).set(max(0, end - committed))
