"""Which rejection an error of aiokafka stands for."""

from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from platform_app.producer.rejections import (
    NOT_DELIVERED,
    TOO_LARGE,
    UNAUTHORISED,
    UNKNOWN_TOPIC,
    Rejection,
)

# aiokafka retries what is retriable itself. These are final.
FINAL = {
    MessageSizeTooLargeError: TOO_LARGE,
    RecordListTooLargeError: TOO_LARGE,
    TopicAuthorizationFailedError: UNAUTHORISED,
    ClusterAuthorizationFailedError: UNAUTHORISED,
    UnknownTopicOrPartitionError: UNKNOWN_TOPIC,
}


def rejection_of(error: BaseException) -> Rejection:
    return FINAL.get(type(error), NOT_DELIVERED)
