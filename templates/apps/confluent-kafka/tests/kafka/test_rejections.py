import pytest
from confluent_kafka import KafkaError

from platform_app.kafka.rejections import rejection_of


@pytest.mark.parametrize(
    ("code", "status", "metric"),
    [
        (KafkaError.MSG_SIZE_TOO_LARGE, 413, "too_large"),
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, 403, "unauthorised"),
        (KafkaError.UNKNOWN_TOPIC_OR_PART, 404, "unknown_topic"),
        (KafkaError._UNKNOWN_TOPIC, 404, "unknown_topic"),
        (KafkaError._QUEUE_FULL, 503, "queue_full"),
        (KafkaError._MSG_TIMED_OUT, 503, "timeout"),
        (KafkaError.NOT_ENOUGH_REPLICAS, 503, "timeout"),
        (KafkaError._PURGE_QUEUE, 503, "timeout"),
    ],
)
def test_each_kind_of_failure_has_its_status(code: int, status: int, metric: str) -> None:
    rejection = rejection_of(KafkaError(code))
    assert (rejection.status, rejection.metric) == (status, metric)
    # Trying again later makes sense for these only.
    assert (rejection.retry_after is not None) == (status == 503)
