"""The poll loop with the real client against librdkafka's in-process brokers."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition

from notes import noted, notes
from platform_app.codec import encode
from platform_app.consumer.batch import BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.loop import ConsumerLoop
from platform_app.kafka.config import dead_letter_producer, group_consumer
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import KafkaRefused, Shutdown
from platform_app.store.events import Applied, EventStore, Received
from platform_app.store.session import StoreUnavailable


def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


class Service:
    def __init__(self, brokers: str, store: EventStore) -> None:
        self.settings = ConsumerSettings(
            kafka_bootstrap_servers=brokers,
            kafka_topic="looped",
            kafka_group_id=f"group-{id(self)}",
            kafka_dead_letter_topic="looped.dlq",
            commit_interval_ms=50,
        )
        self.metrics = ConsumerMetrics()
        self.shutdown = Shutdown()
        self.loop = ConsumerLoop(
            {**group_consumer(self.settings), "log_level": 0},
            self.settings,
            BatchProcessor(notes, store, self.metrics),
            Writer({**dead_letter_producer(self.settings), "log_level": 0}),
            self.metrics,
            Lag(self.metrics.lag),
            self.shutdown,
        )
        self.thread = threading.Thread(target=self.loop.run)

    def stop(self) -> None:
        self.shutdown.request()
        if self.thread.ident is not None:
            self.thread.join(15)

    def committed(self) -> int:
        """How many records the group has behind it."""
        asking = Consumer(
            {
                "bootstrap.servers": self.settings.kafka_bootstrap_servers,
                "group.id": self.settings.kafka_group_id,
            }
        )
        partitions = [TopicPartition("looped", number) for number in range(4)]
        offsets = asking.committed(partitions, timeout=10)
        asking.close()
        return sum(max(0, partition.offset) for partition in offsets)

    def value(self, name: str) -> float | None:
        return self.metrics.registry.get_sample_value(name)


@pytest.fixture(scope="module")
def looped(brokers: str) -> int:
    """Ten events of ten authors and one record that is none; returns how many records."""
    producer = Producer({"bootstrap.servers": brokers})
    for number in range(10):
        event = noted(f"note {number}", author=f"author-{number}")
        producer.produce("looped", encode(event), event.author.encode())
    producer.produce("looped", b"\xff", b"poison")
    assert producer.flush(10) == 0
    return 11


@pytest.fixture
def service(brokers: str, store: EventStore) -> Iterator[Service]:
    service = Service(brokers, store)
    yield service
    service.stop()


def test_records_are_applied_or_buried_and_then_committed(
    service: Service, store: EventStore, looped: int
) -> None:
    service.thread.start()
    until(lambda: store.stats()["events"] == 10)
    assert len(service.loop.assigned) == 4
    service.stop()
    assert not service.thread.is_alive()
    assert service.committed() == looped
    assert service.shutdown.exit_code == 0
    buried = service.metrics.registry.get_sample_value(
        "app_events_dead_lettered_total", {"error_class": "Undecodable"}
    )
    assert buried == 1


def test_while_the_store_is_away_the_loop_pauses_and_commits_nothing(
    service: Service, store: EventStore, looped: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply, away = store.apply, threading.Event()
    away.set()

    def apply_when_back(batch: list[Received]) -> Applied:
        if away.is_set():
            raise StoreUnavailable("gone for lunch")
        return apply(batch)

    monkeypatch.setattr(store, "apply", apply_when_back)
    service.thread.start()
    until(lambda: service.value("app_consumer_paused") == 1)
    assert service.committed() == 0
    away.clear()
    until(lambda: service.value("app_consumer_paused") == 0 and store.stats()["events"] == 10)
    service.stop()
    assert service.committed() == looped
    assert (service.value("app_events_retried_total") or 0) > 0
    assert service.value("app_events_duplicate_total") == 0


def test_what_is_revoked_while_polling_is_neither_applied_nor_committed(
    service: Service, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = service.loop
    subscription = loop._subscription
    committed: list[list[TopicPartition]] = []

    class Client:
        """Gives one record of each of two partitions; the second time it takes one away."""

        def consume(self, most: int, _: float) -> list[Message]:
            if ("looped", 1) in loop.assigned and loop._batch is not None:
                subscription._on_revoke(subscription._consumer, [TopicPartition("looped", 1)])
            return [poll_message(0)] if most == 1 else [poll_message(1)]

        def commit(self, offsets: list[TopicPartition], asynchronous: bool) -> None:
            committed.append(offsets)

        def assignment(self) -> list[TopicPartition]:
            return []

        def offsets_for_times(self, _: object, timeout: float) -> list[TopicPartition]:
            return []

        def committed(self, _: object, timeout: float) -> list[TopicPartition]:
            return []

        def __getattr__(self, _: str) -> Callable[..., None]:
            return lambda *_, **__: None

    def poll_message(partition: int) -> Message:
        value = encode(noted("polled", author=f"author-{partition}"))
        return Message("looped", partition, 7, b"key", value, timestamp=(1, 0))

    monkeypatch.setattr(subscription, "_consumer", Client())
    both = [TopicPartition("looped", 0), TopicPartition("looped", 1)]
    subscription._on_assign(subscription._consumer, both)
    with monkeypatch.context() as away:
        away.setattr(store, "apply", raise_unavailable)
        loop._step()
    while len(committed) < 3:
        loop._step()
    assert [row["author"] for row in store.rows("SELECT author FROM notes")] == ["author-0"]
    assert {(o.partition, o.offset) for offsets in committed for o in offsets} == {(0, 8)}


def raise_unavailable(_: object) -> None:
    raise StoreUnavailable("gone for lunch")


def test_lag_begins_where_the_group_stands_or_the_topic_begins(
    service: Service, looped: int
) -> None:
    loop = service.loop
    loop._subscription.open()
    until(lambda: not loop._subscription.poll(1) and len(loop.assigned) == 4)
    loop._subscription.commit_now({("looped", 2): 1})
    starts = loop._subscription.starts(loop.assigned)
    assert starts == {("looped", number): int(number == 2) for number in range(4)}
    loop._subscription.close()


def test_missing_rights_end_the_process_with_3(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> list[object]:
        service.loop._subscription._complain(KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED))
        return []

    monkeypatch.setattr(service.loop._subscription, "poll", refuse)
    service.loop.run()
    assert service.shutdown.requested
    assert service.shutdown.exit_code == 3


def test_passing_errors_do_not(service: Service) -> None:
    service.loop._subscription._complain(KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART))
    with pytest.raises(KafkaRefused):
        service.loop._subscription._complain(KafkaError(KafkaError.GROUP_AUTHORIZATION_FAILED))


def test_a_static_member_that_is_fenced_is_refused(service: Service) -> None:
    fenced = KafkaError(KafkaError._FATAL, "fenced by other consumer with same group.instance.id")
    with pytest.raises(KafkaRefused, match="fenced"):
        service.loop._subscription._complain(fenced)
