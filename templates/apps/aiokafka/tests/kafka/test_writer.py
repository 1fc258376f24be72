import asyncio

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaError,
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
)

from kafka.fakes import Producer
from platform_app.kafka.writer import Writer
from platform_app.record import Outgoing
from platform_app.shutdown import KafkaRefused


def outgoing(value: bytes | None, key: bytes | None = b"key") -> Outgoing:
    return Outgoing("events", key, value, [("correlation-id", b"c-1")])


def write(writer: Writer, *values: bytes | None) -> list[bool]:
    return asyncio.run(writer.write([outgoing(value) for value in values]))


def test_what_the_brokers_have_is_acknowledged() -> None:
    producer = Producer()
    assert write(Writer(lambda: producer, 1), b"a", b"b") == [True, True]
    assert producer.log == ["start"]


def test_nothing_to_write_needs_no_producer() -> None:
    assert write(Writer(lambda: pytest.fail("opened"), 1)) == []


def test_a_record_may_have_neither_key_nor_value() -> None:
    producer = Producer()
    empty = outgoing(None, key=None)
    assert asyncio.run(Writer(lambda: producer, 1).write([empty])) == [True]


def test_what_fails_or_waits_too_long_is_not_and_costs_the_producer() -> None:
    producer = Producer({b"failed": KafkaError("no"), b"lost": None})
    taken = write(Writer(lambda: producer, 0.05), b"a", b"failed", b"lost")
    assert taken == [True, False, False]
    assert producer.log == ["start", "stop"]


def test_brokers_that_are_away_acknowledge_nothing() -> None:
    away = Producer(start_error=KafkaConnectionError("away"))
    assert write(Writer(lambda: away, 1), b"a") == [False]


def test_a_missing_right_is_named() -> None:
    producer = Producer({b"a": TopicAuthorizationFailedError("events")})
    with pytest.raises(KafkaRefused, match="no right to the topic events"):
        write(Writer(lambda: producer, 1), b"a")


def test_what_will_never_fit_is_no_reason_to_wait() -> None:
    large = Producer({b"a": MessageSizeTooLargeError()})
    assert write(Writer(lambda: large, 1), b"a") == [False]
    with pytest.raises(KafkaRefused, match="larger than events takes"):
        write(Writer(lambda: large, 1, must_fit=True), b"a")
