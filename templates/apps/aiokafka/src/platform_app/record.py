"""A record as the application sees it, whatever the client's own type for it is."""

from dataclasses import dataclass

Headers = list[tuple[str, bytes | None]]
Partition = tuple[str, int]

# The broker's default for message.max.bytes, less a little for the batch around the record.
MAX_RECORD_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers

    def header(self, name: str) -> str | None:
        """The last one counts when a name occurs twice, as in Kafka's Headers.lastHeader."""
        for key, value in reversed(self.headers):
            if key == name and value is not None:
                return value.decode("utf-8", "replace")
        return None

    @property
    def place(self) -> dict[str, object]:
        """Where it stands and what it is, as fields of a log line."""
        known = {
            "correlationId": self.header("correlation-id"),
            "eventId": self.header("event-id"),
            "topic": self.topic,
            "partition": self.partition,
            "offset": self.offset,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record on its way to a topic."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


def offsets_after(records: list[Record]) -> dict[Partition, int]:
    """What a group commits when it has these behind it: the next offsets to read."""
    return {(record.topic, record.partition): record.offset + 1 for record in records}
