"""librdkafka's messages as our records."""

from typing import cast

from confluent_kafka import Message

from platform_app.record import Headers, Record


def record_of(message: Message) -> Record:
    return Record(
        topic=message.topic() or "",
        partition=message.partition() or 0,
        offset=message.offset() or 0,
        timestamp_ms=message.timestamp()[1],
        key=message.key(),
        value=message.value(),
        headers=cast("Headers", message.headers() or []),
    )
