import asyncio
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import murmur2

from platform_app.kafka.config import event_producer
from platform_app.kafka.sender import KafkaSender
from platform_app.metrics import ProducerMetrics
from platform_app.producer.rejections import NOT_DELIVERED, QUEUE_FULL, TOO_LARGE, NotSent
from platform_app.record import MAX_RECORD_BYTES
from platform_app.settings import ProducerSettings
from platform_app.shutdown import Shutdown

OpenSender = Callable[..., KafkaSender]
# What the mock brokers give to a topic that they make up.
PARTITIONS = 4


@pytest.fixture
def open_sender() -> Iterator[OpenSender]:
    opened: list[KafkaSender] = []

    def open_(brokers: str, max_in_flight: int = 100, timeout_ms: int = 10_000) -> KafkaSender:
        settings = ProducerSettings(
            kafka_bootstrap_servers=brokers,
            kafka_topic="sent",
            max_in_flight=max_in_flight,
            kafka_delivery_timeout_ms=timeout_ms,
        )
        config = {**event_producer(settings), "log_level": 0}
        sender = KafkaSender(config, "sent", max_in_flight, ProducerMetrics(), Shutdown())
        sender.start()
        opened.append(sender)
        return sender

    yield open_
    for sender in opened:
        sender.purge()
        sender.close(2)


async def refusal_of(sender: KafkaSender, value: bytes) -> object:
    with pytest.raises(NotSent) as error:
        await sender.send(b"key", value, [])
    return error.value.rejection


def test_a_send_ends_with_its_place_on_the_partition_that_java_would_choose(
    open_sender: OpenSender, brokers: str
) -> None:
    sender = open_sender(brokers)
    keys = [f"key-{number}".encode() for number in range(20)]

    async def send_all() -> list[int]:
        deliveries = await asyncio.gather(*(sender.send(key, b"{}", []) for key in keys))
        assert {delivery.topic for delivery in deliveries} == {"sent"}
        return [delivery.partition for delivery in deliveries]

    assert asyncio.run(send_all()) == [murmur2(key, PARTITIONS) for key in keys]


def test_more_than_the_allowed_events_in_flight_are_refused_at_once(
    open_sender: OpenSender,
) -> None:
    sender = open_sender("127.0.0.1:1", max_in_flight=2)

    async def overfill() -> None:
        waiting = [asyncio.create_task(sender.send(b"key", b"{}", [])) for _ in range(2)]
        await asyncio.sleep(0)
        assert await refusal_of(sender, b"{}") is QUEUE_FULL
        sender.purge()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(result, NotSent) for result in results)

    asyncio.run(overfill())


def test_an_event_that_nobody_acknowledges_fails_in_time(open_sender: OpenSender) -> None:
    sender = open_sender("127.0.0.1:1", timeout_ms=200)
    assert asyncio.run(refusal_of(sender, b"{}")) is NOT_DELIVERED


def test_a_record_that_is_too_large_fails(open_sender: OpenSender, brokers: str) -> None:
    sender = open_sender(brokers)
    assert asyncio.run(refusal_of(sender, b"x" * MAX_RECORD_BYTES)) is TOO_LARGE
