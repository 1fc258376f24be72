"""What librdkafka's statistics tell about offsets; it keeps them anyway."""

from collections.abc import Set
from typing import Any

from platform_app.consumer.lag import Lag
from platform_app.record import Partition

Statistics = dict[str, Any]


def observe_lag(statistics: Statistics, assigned: Set[Partition], lag: Lag) -> None:
    topics = statistics.get("topics", {})
    for topic, number in assigned:
        seen = topics.get(topic, {}).get("partitions", {}).get(str(number))
        if seen is not None:
            # read_committed ends at the last stable offset.
            end = seen["ls_offset"] if seen["ls_offset"] >= 0 else seen["hi_offset"]
            committed = seen["committed_offset"]
            # Unknown to librdkafka until it committed something itself.
            if committed >= 0:
                lag.observe_committed((topic, number), committed)
            lag.observe_end((topic, number), end)
