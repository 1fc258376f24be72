"""Which HTTP answer a failed send gets. The kinds are the contract with the callers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejection:
    status: int
    kind: str
    metric: str
    message: str
    retry_after: int | None = None


TOO_LARGE = Rejection(
    413, "record_too_large", "too_large", "The event is larger than the topic accepts."
)
UNAUTHORISED = Rejection(
    403, "not_authorised", "unauthorised", "This service may not write to the topic."
)
UNKNOWN_TOPIC = Rejection(404, "unknown_topic", "unknown_topic", "The topic does not exist.")
QUEUE_FULL = Rejection(
    503, "queue_full", "queue_full", "Too many events wait for acknowledgement.", retry_after=1
)
# The event may have been written all the same. Sending it again with its event id is safe:
# the consumer applies an id once.
NOT_DELIVERED = Rejection(
    503, "not_delivered", "timeout", "No acknowledgement within the delivery timeout.", 5
)


class NotSent(Exception):
    def __init__(self, rejection: Rejection, cause: str) -> None:
        super().__init__(cause)
        self.rejection = rejection
