"""Which rejection an error of librdkafka stands for."""

from confluent_kafka import KafkaError

from platform_app.producer.rejections import (
    NOT_DELIVERED,
    QUEUE_FULL,
    TOO_LARGE,
    UNAUTHORISED,
    UNKNOWN_TOPIC,
    Rejection,
)

# librdkafka retries what is retriable itself, until the delivery timeout. These are final.
FINAL = {
    KafkaError.MSG_SIZE_TOO_LARGE: TOO_LARGE,
    KafkaError.RECORD_LIST_TOO_LARGE: TOO_LARGE,
    KafkaError.TOPIC_AUTHORIZATION_FAILED: UNAUTHORISED,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED: UNAUTHORISED,
    KafkaError.UNKNOWN_TOPIC_OR_PART: UNKNOWN_TOPIC,
    KafkaError._UNKNOWN_TOPIC: UNKNOWN_TOPIC,
    KafkaError._QUEUE_FULL: QUEUE_FULL,
}


def rejection_of(error: KafkaError) -> Rejection:
    return FINAL.get(error.code(), NOT_DELIVERED)
