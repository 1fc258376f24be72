import pytest
from aiokafka.errors import (
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    NotEnoughReplicasError,
    ProducerClosed,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from platform_app.kafka.rejections import rejection_of


@pytest.mark.parametrize(
    ("error", "status", "metric"),
    [
        (MessageSizeTooLargeError(), 413, "too_large"),
        (TopicAuthorizationFailedError("events"), 403, "unauthorised"),
        (UnknownTopicOrPartitionError(), 404, "unknown_topic"),
        (KafkaTimeoutError(), 503, "timeout"),
        (NotEnoughReplicasError(), 503, "timeout"),
        (ProducerClosed(), 503, "timeout"),
    ],
)
def test_each_kind_of_failure_has_its_status(error: KafkaError, status: int, metric: str) -> None:
    rejection = rejection_of(error)
    assert (rejection.status, rejection.metric) == (status, metric)
    # Trying again later makes sense for these only.
    assert (rejection.retry_after is not None) == (status == 503)
