"""Records that can't be handled, written where somebody can look at them and send them again."""

from dataclasses import dataclass, field
from uuid import uuid4

from platform_app.moment import now_iso
from platform_app.record import Headers, Outgoing, Record

LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    record: Record
    error_class: str
    message: str
    attempts: int
    failed_at: str = field(default_factory=now_iso)

    def outgoing(self, topic: str, group: str) -> Outgoing:
        """The record unchanged, and what happened to it as headers."""
        record = self.record
        return Outgoing(topic, record.key, record.value, self._headers(group))

    @property
    def place(self) -> dict[str, object]:
        """As fields of a log line."""
        return {**self.record.place, "errorClass": self.error_class}

    def _headers(self, group: str) -> Headers:
        record = self.record
        added = {
            "dlq-original-topic": record.topic,
            "dlq-original-partition": str(record.partition),
            "dlq-original-offset": str(record.offset),
            "dlq-original-timestamp": str(record.timestamp_ms),
            "dlq-error-class": self.error_class,
            "dlq-error-message": _sentence(self.message),
            "dlq-attempts": str(self.attempts),
            "dlq-failed-at": self.failed_at,
            "dlq-consumer-group": group,
        }
        if record.header("correlation-id") is None:
            added["correlation-id"] = str(uuid4())
        return [*record.headers, *((name, value.encode()) for name, value in added.items())]


def _sentence(message: str) -> str:
    """The first line: what databases add below may quote the event, and headers count as size."""
    return message.partition("\n")[0][:LONGEST_MESSAGE]
