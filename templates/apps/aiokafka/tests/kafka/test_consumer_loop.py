import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiokafka.errors import CommitFailedError, KafkaError, TopicAuthorizationFailedError

from kafka.fakes import Consumer, Producer, until
from notes import noted, notes, record
from platform_app.codec import encode
from platform_app.consumer.batch import BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.loop import ConsumerLoop
from platform_app.kafka.subscription import Polled
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import KafkaRefused, Shutdown
from platform_app.store.events import Applied, EventStore, Received
from platform_app.store.session import StoreUnavailable


class Service:
    def __init__(self, store: EventStore, *consumers: Consumer) -> None:
        self.store = store
        self.metrics = ConsumerMetrics()
        self.shutdown = Shutdown()
        self.dead = Producer(topics={"dead": {0}})
        queue = iter(consumers)
        self.loop = ConsumerLoop(
            lambda: next(queue, consumers[-1]),
            ConsumerSettings(
                kafka_bootstrap_servers="broker:9092",
                kafka_topic="events",
                kafka_group_id="group",
                kafka_dead_letter_topic="dead",
                commit_interval_ms=0,
            ),
            BatchProcessor(notes, store, self.metrics),
            Writer(lambda: self.dead, 0.2),
            self.metrics,
            Lag(self.metrics.lag),
            self.shutdown,
        )

    def value(self, name: str, **labels: str) -> float | None:
        return self.metrics.registry.get_sample_value(name, labels)

    def authors(self) -> list[str]:
        return [row["author"] for row in self.store.rows("SELECT author FROM notes")]


def play(store: EventStore, scenario: Callable[..., Coroutine[Any, Any, None]]) -> None:
    """Runs the loop beside the scenario, and stops it in order."""

    async def run() -> None:
        consumer = Consumer()
        service = Service(store, consumer)
        running = asyncio.create_task(service.loop.run())
        await until(lambda: consumer._listener is not None)
        await scenario(service, consumer)
        service.shutdown.request()
        await asyncio.wait_for(running, 5)
        assert consumer.stopped

    asyncio.run(run())


def event(author: str, offset: int = 0, partition: int = 0) -> Any:
    return record(encode(noted("hello", author=author)), offset, partition)


def test_records_are_applied_or_buried_and_then_committed(store: EventStore) -> None:
    async def scenario(service: Service, consumer: Consumer) -> None:
        await consumer.rebalance(0, 1)
        consumer.ends[0] = 9
        consumer.given = [event("ann", 4), record(b"\xff", 5), event("ben", 7, partition=1)]
        await until(lambda: consumer.commits == [{0: 6, 1: 8}])
        assert service.authors() == ["ann", "ben"]
        assert service.dead.written == [("dead", b"\xff")]
        lag = {"topic": "events", "partition": "0"}
        await until(lambda: service.value("app_consumer_lag_records", **lag) == 3)

    play(store, scenario)


def test_while_the_store_is_away_the_loop_pauses_and_commits_nothing(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply, away = store.apply, iter([True, True, False])

    def apply_when_back(batch: list[Received]) -> Applied:
        if next(away):
            raise StoreUnavailable("gone for lunch")
        return apply(batch)

    monkeypatch.setattr(store, "apply", apply_when_back)

    async def scenario(service: Service, consumer: Consumer) -> None:
        await consumer.rebalance(0)
        consumer.given = [event("ann", 4)]
        await until(lambda: service.value("app_consumer_paused") == 1)
        assert (len(consumer.paused), consumer.commits) == (1, [])
        await until(lambda: consumer.commits == [{0: 5}])
        assert (service.value("app_consumer_paused"), consumer.paused) == (0, set())
        assert service.value("app_events_retried_total") == 2

    play(store, scenario)


def test_a_rebalance_waits_for_the_batch_and_its_offsets(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = store.apply
    loop: asyncio.AbstractEventLoop
    begun = asyncio.Event()

    def slowly(batch: list[Received]) -> Applied:
        loop.call_soon_threadsafe(begun.set)
        time.sleep(0.1)
        return apply(batch)

    monkeypatch.setattr(store, "apply", slowly)

    async def scenario(_: Service, consumer: Consumer) -> None:
        nonlocal loop
        loop = asyncio.get_running_loop()
        await consumer.rebalance(0)
        consumer.given = [event("ann", 4)]
        await begun.wait()
        await consumer.rebalance(1)
        assert consumer.commits == [{0: 5}]

    play(store, scenario)


def test_what_was_polled_before_a_rebalance_is_left_to_the_next_owner(store: EventStore) -> None:
    async def scenario(service: Service, consumer: Consumer) -> None:
        await consumer.rebalance(0)
        subscription = service.loop._subscription
        poll = subscription.poll

        async def poll_and_rebalance(most: int) -> Polled:
            polled = await poll(most)
            if polled.records:
                subscription.poll = poll  # type: ignore[method-assign]
                await consumer.rebalance(0)
            return polled

        subscription.poll = poll_and_rebalance  # type: ignore[method-assign]
        # The poll under way is still the other.
        await asyncio.sleep(0.05)
        consumer.given = [event("ann", 4)]
        await until(lambda: not consumer.given)
        await asyncio.sleep(0.05)
        assert (service.authors(), consumer.commits) == ([], [])
        consumer.given = [event("ann", 4)]
        await until(lambda: consumer.commits == [{0: 5}])

    play(store, scenario)


def test_a_batch_that_waits_for_the_store_is_forgotten_with_its_partitions(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise StoreUnavailable("gone for lunch")

    async def scenario(service: Service, consumer: Consumer) -> None:
        await consumer.rebalance(0)
        with monkeypatch.context() as patch:
            patch.setattr(store, "apply", away)
            consumer.given = [event("ann", 4)]
            await until(lambda: service.value("app_consumer_paused") == 1)
            await consumer.rebalance(1)
        assert service.value("app_consumer_paused") == 0
        await asyncio.sleep(0.3)
        assert (service.authors(), consumer.commits) == ([], [])

    play(store, scenario)


def test_a_commit_that_fails_is_made_again_unless_the_partitions_moved(store: EventStore) -> None:
    async def scenario(_: Service, consumer: Consumer) -> None:
        await consumer.rebalance(0)
        consumer.commit_error = KafkaError("passing")
        consumer.given = [event("ann", 4)]
        await until(lambda: consumer.failed_commits >= 2)
        consumer.commit_error = None
        await until(lambda: consumer.commits == [{0: 5}])
        so_far = consumer.failed_commits
        consumer.commit_error = CommitFailedError()
        consumer.given = [event("ben", 5)]
        await until(lambda: consumer.failed_commits > so_far)
        consumer.commit_error = None
        await asyncio.sleep(0.05)
        assert consumer.commits == [{0: 5}]

    play(store, scenario)


def test_a_lost_membership_is_replaced_by_a_new_one(store: EventStore) -> None:
    async def run() -> None:
        first, second = Consumer(), Consumer()
        first.errors = [KafkaError("the coordination broke")]
        service = Service(store, first, second)
        running = asyncio.create_task(service.loop.run())
        await until(lambda: second._listener is not None)
        await second.rebalance(0)
        second.given = [event("ann", 4)]
        await until(lambda: second.commits == [{0: 5}])
        service.shutdown.request()
        await running
        assert first.stopped

    asyncio.run(run())


def test_a_missing_right_ends_the_loop(store: EventStore) -> None:
    async def run() -> None:
        consumer = Consumer()
        service = Service(store, consumer)
        running = asyncio.create_task(service.loop.run())
        await until(lambda: consumer._listener is not None)
        consumer.errors = [TopicAuthorizationFailedError("events")]
        with pytest.raises(KafkaRefused, match="no right to the topic events"):
            await running

    asyncio.run(run())
