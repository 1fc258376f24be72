"""How far behind we are, from the statistics that librdkafka keeps anyway."""

from collections.abc import Iterable, Set

from prometheus_client import Gauge

from platform_app.consumer.batch import Partition
from platform_app.kafka.cluster import Statistics


def observe_lag(gauge: Gauge, statistics: Statistics, assigned: Set[Partition]) -> None:
    topics = statistics.get("topics", {})
    for topic, number in assigned:
        partition = topics.get(topic, {}).get("partitions", {}).get(str(number))
        if partition is None:
            continue
        # read_committed ends at the last stable offset. Negative numbers mean "not known yet".
        end = partition["ls_offset"] if partition["ls_offset"] >= 0 else partition["hi_offset"]
        begin = partition["committed_offset"]
        if begin < 0:
            begin = partition["lo_offset"]
        if end >= 0 and begin >= 0:
            gauge.labels(topic, number).set(max(0, end - begin))


def forget_lag(gauge: Gauge, partitions: Iterable[Partition]) -> None:
    """A partition that moved must not keep its last lag here for ever."""
    for topic, number in partitions:
        gauge.remove(topic, number)
