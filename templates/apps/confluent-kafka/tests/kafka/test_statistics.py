from typing import Any

from platform_app.consumer.lag import Lag
from platform_app.kafka.statistics import observe_lag
from platform_app.metrics import ConsumerMetrics

ASSIGNED = {("events", 0)}


def statistics(**partition: int) -> dict[str, Any]:
    known = {"lo_offset": 0, "hi_offset": -1, "ls_offset": -1, "committed_offset": -1001}
    return {"topics": {"events": {"partitions": {"0": {**known, **partition}}}}}


def lag_of(*observed: dict[str, Any]) -> float | None:
    metrics = ConsumerMetrics()
    lag = Lag(metrics.lag)
    for each in observed:
        observe_lag(each, ASSIGNED, lag)
    labels = {"topic": "events", "partition": "0"}
    return metrics.registry.get_sample_value("app_consumer_lag_records", labels)


def test_lag_ends_at_the_last_stable_offset() -> None:
    assert lag_of(statistics(ls_offset=90, hi_offset=95, committed_offset=60)) == 30


def test_a_commit_that_the_client_does_not_know_takes_no_known_one_back() -> None:
    assert lag_of(statistics(ls_offset=90, committed_offset=60), statistics(ls_offset=95)) == 35


def test_nothing_is_claimed_before_the_end_is_known() -> None:
    assert lag_of(statistics(), {}) is None
