import pytest
from confluent_kafka import KafkaError

from platform_app.kafka.writer import Writer, _acknowledged
from platform_app.record import Outgoing
from platform_app.shutdown import KafkaRefused

RECORD = Outgoing("letters", b"key", b"value", [("correlation-id", b"c-1")])


def test_what_the_brokers_have_is_acknowledged(brokers: str) -> None:
    assert Writer({"bootstrap.servers": brokers}).write([RECORD, RECORD]) == [True, True]


def test_what_nobody_answers_for_is_not() -> None:
    nowhere = {"bootstrap.servers": "127.0.0.1:1", "delivery.timeout.ms": 200, "log_level": 0}
    assert Writer(nowhere).write([RECORD, RECORD]) == [False, False]


def test_a_missing_right_is_named() -> None:
    with pytest.raises(KafkaRefused, match="no right to the topic letters"):
        _acknowledged(RECORD, True, KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED))
