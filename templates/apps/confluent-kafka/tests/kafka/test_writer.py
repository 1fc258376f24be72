import pytest
from confluent_kafka import KafkaError

from platform_app.kafka.writer import Writer
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
        answered(KafkaError.TOPIC_AUTHORIZATION_FAILED)


def test_what_will_never_fit_is_no_reason_to_wait() -> None:
    assert not answered(KafkaError.MSG_SIZE_TOO_LARGE)
    with pytest.raises(KafkaRefused, match="larger than letters takes"):
        answered(KafkaError.MSG_SIZE_TOO_LARGE, must_fit=True)


def answered(code: int, *, must_fit: bool = False) -> bool:
    writer = Writer({"bootstrap.servers": "127.0.0.1:1", "log_level": 0}, must_fit=must_fit)
    return writer._acknowledged(RECORD, True, KafkaError(code))
