import pytest

from platform_app.consumer.lag import Lag
from platform_app.metrics import ConsumerMetrics

PARTITION = ("events", 0)


@pytest.fixture
def metrics() -> ConsumerMetrics:
    return ConsumerMetrics()


@pytest.fixture
def lag(metrics: ConsumerMetrics) -> Lag:
    return Lag(metrics.lag)


def shown(metrics: ConsumerMetrics) -> float | None:
    labels = {"topic": "events", "partition": "0"}
    return metrics.registry.get_sample_value("app_consumer_lag_records", labels)


def test_lag_is_what_lies_between_commit_and_end(lag: Lag, metrics: ConsumerMetrics) -> None:
    lag.observe_end(PARTITION, 90)
    assert shown(metrics) is None
    lag.observe_committed(PARTITION, 60)
    assert shown(metrics) == 30


def test_an_older_answer_does_not_turn_the_end_back(lag: Lag, metrics: ConsumerMetrics) -> None:
    lag.observe_committed(PARTITION, 60)
    lag.observe_end(PARTITION, 200)
    lag.observe_end(PARTITION, 95)
    assert shown(metrics) == 140


def test_a_commit_ahead_of_a_known_end_is_no_negative_lag(
    lag: Lag, metrics: ConsumerMetrics
) -> None:
    lag.observe_end(PARTITION, 60)
    lag.observe_committed(PARTITION, 90)
    assert shown(metrics) == 0


def test_a_partition_that_moved_leaves_no_series(lag: Lag, metrics: ConsumerMetrics) -> None:
    lag.observe_end(PARTITION, 95)
    lag.observe_committed(PARTITION, 60)
    lag.forget([PARTITION, ("events", 5)])
    assert shown(metrics) is None
