from typing import Any

from confluent_kafka import TopicPartition

from platform_app.consumer.lag import Lag
from platform_app.metrics import ConsumerMetrics

ASSIGNED = {("events", 0)}


def statistics(**partition: int) -> dict[str, Any]:
    known = {"lo_offset": 0, "hi_offset": -1, "ls_offset": -1, "committed_offset": -1001}
    return {"topics": {"events": {"partitions": {"0": {**known, **partition}}}}}


def lag_of(metrics: ConsumerMetrics) -> float | None:
    labels = {"topic": "events", "partition": "0"}
    return metrics.registry.get_sample_value("app_consumer_lag_records", labels)


def test_lag_is_what_lies_between_commit_and_end() -> None:
    metrics = ConsumerMetrics()
    Lag(metrics.lag).observe(statistics(ls_offset=90, hi_offset=95, committed_offset=60), ASSIGNED)
    assert lag_of(metrics) == 30


def test_a_group_without_commits_has_all_that_is_there_before_it() -> None:
    metrics = ConsumerMetrics()
    Lag(metrics.lag).observe(statistics(lo_offset=10, hi_offset=95), ASSIGNED)
    assert lag_of(metrics) == 85


def test_nothing_is_claimed_before_the_end_is_known() -> None:
    metrics = ConsumerMetrics()
    Lag(metrics.lag).observe(statistics(), ASSIGNED)
    Lag(metrics.lag).observe({}, ASSIGNED)
    assert lag_of(metrics) is None


def test_lag_grows_while_paused_although_statistics_stand_still() -> None:
    metrics = ConsumerMetrics()
    lag = Lag(metrics.lag)
    lag.observe(statistics(hi_offset=95, committed_offset=60), ASSIGNED)
    lag.observe_ends([TopicPartition("events", 0, 200)])
    lag.observe(statistics(hi_offset=95, committed_offset=60), ASSIGNED)
    assert lag_of(metrics) == 140


def test_a_partition_that_moved_leaves_no_series() -> None:
    metrics = ConsumerMetrics()
    lag = Lag(metrics.lag)
    lag.observe(statistics(hi_offset=95, committed_offset=60), ASSIGNED)
    lag.forget([("events", 0), ("events", 5)])
    assert lag_of(metrics) is None
