"""A dead letter as it is sent again."""

from platform_app.record import Headers, Outgoing, Record

REPLAYED_FROM = "replayed-from"


def belongs_to(record: Record, topic: str) -> bool:
    """Several topics may share one dead letter topic."""
    return record.header("dlq-original-topic") == topic


def resent(record: Record, topic: str) -> Outgoing:
    return Outgoing(topic, record.key, record.value, _headers(record))


def _headers(record: Record) -> Headers:
    """Its own, and where it was; what the last failure added is of no use to the next try."""
    own = [
        (name, value)
        for name, value in record.headers
        if not name.startswith("dlq-") and name != REPLAYED_FROM
    ]
    place = f"{record.topic}/{record.partition}/{record.offset}"
    return [*own, (REPLAYED_FROM, place.encode())]
