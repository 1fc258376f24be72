import asyncio

import pytest
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    MessageSizeTooLargeError,
    ProducerFenced,
    TransactionalIdAuthorizationFailed,
)

import platform_app.kafka.transactions
from kafka.fakes import Producer
from platform_app.kafka.transactions import TimedOut, Transactions
from platform_app.record import Outgoing
from platform_app.shutdown import KafkaRefused, Shutdown

RECORDS = [Outgoing("events", b"key", value, []) for value in (b"a", b"b")]
OFFSETS = {("input", 0): 7}


def commit(*producers: Producer, member: bool = True) -> bool:
    queue = iter(producers)
    transactions = Transactions(lambda: next(queue), "one")

    async def is_member() -> bool:
        return member

    return asyncio.run(transactions.commit(RECORDS, OFFSETS, "group", is_member))


def test_records_and_offsets_are_committed_together() -> None:
    producer = Producer()
    assert commit(producer)
    assert producer.written == [("events", b"a"), ("events", b"b")]
    assert producer.log == ["start", "begin", ("group", {0: 7}), "commit"]


def test_without_one_of_the_records_nothing_is_committed() -> None:
    producer = Producer({b"b": MessageSizeTooLargeError()})
    assert not commit(producer)
    # The next producer with the id ends what is open.
    assert producer.log == ["start", "begin", "stop"]


def test_who_is_no_member_any_more_commits_nothing() -> None:
    producer = Producer()
    assert not commit(producer, member=False)
    assert "commit" not in producer.log


def test_another_instance_with_the_id_means_the_end() -> None:
    with pytest.raises(KafkaRefused, match="transactional id one"):
        commit(Producer({b"a": ProducerFenced()}))


def test_a_transaction_that_the_coordinator_timed_out_is_no_other_instance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform_app.kafka.transactions, "TRANSACTION_TIMEOUT_MS", 0)
    producer = Producer({b"a": ProducerFenced()})
    with pytest.raises(TimedOut):
        commit(producer)
    assert producer.log == ["start", "begin", "stop"]


def test_a_missing_right_to_the_group_is_named() -> None:
    with pytest.raises(KafkaRefused, match="no right to the group group"):
        commit(Producer(on_offsets=GroupAuthorizationFailedError("group")))


def test_the_start_waits_for_brokers_and_for_no_rights() -> None:
    async def start(*producers: Producer) -> list[object]:
        queue = iter(producers)
        shutdown = Shutdown()
        await Transactions(lambda: next(queue), "one").start(shutdown)
        return [producer.log for producer in producers]

    away = Producer(start_error=KafkaConnectionError("away"))
    assert asyncio.run(start(away, Producer())) == [["start", "stop"], ["start"]]
    with pytest.raises(KafkaRefused, match="no right to the transactional id one"):
        asyncio.run(start(Producer(start_error=TransactionalIdAuthorizationFailed("one"))))
