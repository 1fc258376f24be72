import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    TopicAuthorizationFailedError,
)

import platform_app.kafka.sender
from kafka.fakes import Producer
from platform_app.kafka.sender import KafkaSender
from platform_app.metrics import ProducerMetrics
from platform_app.producer.rejections import (
    NOT_DELIVERED,
    QUEUE_FULL,
    TOO_LARGE,
    UNAUTHORISED,
    UNKNOWN_TOPIC,
    NotSent,
)
from platform_app.producer.sending import Delivery


def sender(*producers: Producer, topic: str = "events", max_in_flight: int = 10) -> KafkaSender:
    """One that opens these producers, one after the other."""
    queue = iter(producers)
    return KafkaSender(lambda: next(queue), topic, max_in_flight, 50, ProducerMetrics())


async def refusal_of(sending: Coroutine[Any, Any, Delivery]) -> object:
    with pytest.raises(NotSent) as error:
        await sending
    return error.value.rejection


def test_a_send_ends_with_its_place() -> None:
    async def scenario() -> None:
        delivery = await sender(Producer()).send(b"key", b"{}", [])
        assert delivery == Delivery("events", 0, 0)

    asyncio.run(scenario())


def test_bytes_in_flight_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform_app.kafka.sender, "MAX_BYTES_IN_FLIGHT", 3)

    async def scenario() -> None:
        service = sender(Producer({b"lost": None}))
        assert await refusal_of(service.send(b"key", b"lost", [])) is QUEUE_FULL
        assert (await service.send(b"key", b"{}", [])).offset == 0

    asyncio.run(scenario())


def test_an_event_that_nobody_acknowledges_fails_in_time_and_stays_in_flight() -> None:
    async def scenario() -> None:
        service = sender(Producer({b"lost": None}), max_in_flight=1)
        assert await refusal_of(service.send(b"key", b"lost", [])) is NOT_DELIVERED
        assert await refusal_of(service.send(b"key", b"{}", [])) is QUEUE_FULL
        await service.close(0)

    asyncio.run(scenario())


def test_a_refused_batch_costs_the_producer_and_not_the_events_behind_it() -> None:
    async def scenario() -> None:
        gap = OutOfOrderSequenceNumber()
        first = Producer({b"large": MessageSizeTooLargeError(), b"behind": gap})
        second = Producer()
        service = sender(first, second)
        large = service.send(b"key", b"large", [])
        behind = asyncio.create_task(service.send(b"key", b"behind", []))
        assert await refusal_of(large) is TOO_LARGE
        assert await behind == Delivery("events", 0, 0)
        assert (first.log, second.log) == (["start", "flush", "stop"], ["start"])
        assert second.written == [("events", b"behind")]

    asyncio.run(scenario())


def test_what_the_client_itself_finds_too_large_leaves_no_gap() -> None:
    class Small(Producer):
        async def send(self, *_: object, **__: object) -> Any:
            raise MessageSizeTooLargeError

    async def scenario() -> None:
        small = Small()
        assert await refusal_of(sender(small).send(b"key", b"{}", [])) is TOO_LARGE
        assert small.log == ["start"]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("error", "rejection"),
    [(TopicAuthorizationFailedError("events"), UNAUTHORISED), (KafkaError("?"), NOT_DELIVERED)],
)
def test_other_failures_are_not_tried_again(error: KafkaError, rejection: object) -> None:
    async def scenario() -> None:
        service = sender(Producer({b"{}": error}), Producer())
        assert await refusal_of(service.send(b"key", b"{}", [])) is rejection

    asyncio.run(scenario())


def test_producers_that_all_break_are_given_up() -> None:
    async def scenario() -> None:
        service = sender(*(Producer({b"{}": OutOfOrderSequenceNumber()}) for _ in range(4)))
        assert await refusal_of(service.send(b"key", b"{}", [])) is NOT_DELIVERED

    asyncio.run(scenario())


def test_a_producer_that_finds_no_broker_is_opened_again() -> None:
    async def scenario() -> None:
        service = sender(Producer(start_error=KafkaConnectionError("away")), Producer())
        await service.open()
        assert await service.send(b"key", b"{}", []) == Delivery("events", 0, 0)

    asyncio.run(scenario())


def unknown_topic(change: Callable[[Producer], None], monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr("platform_app.kafka.sender.UNKNOWN_SECONDS", 0)

    async def scenario() -> object:
        producer = Producer(topics={})
        change(producer)
        service = sender(producer)
        service._timeout = 0.5
        return await refusal_of(service.send(b"key", b"{}", []))

    return asyncio.run(scenario())


def test_a_missing_topic_is_told_from_a_forbidden_one_and_from_brokers_that_are_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forbid(producer: Producer) -> None:
        producer.client.cluster.unauthorized_topics = {"events"}

    def away(producer: Producer) -> None:
        producer.client.answers = False
        monkeypatch.setattr("platform_app.kafka.sender.UNKNOWN_SECONDS", 0.2)

    assert unknown_topic(lambda _: None, monkeypatch) is UNKNOWN_TOPIC
    assert unknown_topic(forbid, monkeypatch) is UNAUTHORISED
    assert unknown_topic(away, monkeypatch) is NOT_DELIVERED
