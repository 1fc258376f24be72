"""aiokafka's records as our records."""

from aiokafka import ConsumerRecord

from platform_app.record import Record


def record_of(consumed: ConsumerRecord) -> Record:
    return Record(
        topic=consumed.topic,
        partition=consumed.partition,
        offset=consumed.offset,
        timestamp_ms=consumed.timestamp,
        key=consumed.key,
        value=consumed.value,
        headers=[*consumed.headers],
    )
