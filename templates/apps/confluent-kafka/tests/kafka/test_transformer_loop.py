"""The transformer's loop with the real client against librdkafka's in-process brokers."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer

from notes import noted, notes
from platform_app.codec import encode
from platform_app.kafka.config import group_consumer, transactional_producer
from platform_app.kafka.transactions import TimedOut, Transactions
from platform_app.shutdown import KAFKA_REFUSED, Shutdown
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.loop import TransformerLoop
from platform_app.transformer.metrics import TransformerMetrics
from platform_app.transformer.settings import TransformerSettings
from platform_app.transformer.tally import Tally


def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


class Service:
    def __init__(self, brokers: str, output: str) -> None:
        settings = TransformerSettings(
            kafka_bootstrap_servers=brokers,
            kafka_topic="transformed",
            kafka_group_id=f"group-{output}",
            kafka_dead_letter_topic="transformed.dlq",
            kafka_output_topic=output,
            kafka_transactional_id=f"id-{output}",
        )
        self.tally = Tally(TransformerMetrics())
        self.shutdown = Shutdown()
        producer = transactional_producer(settings, settings.kafka_transactional_id)
        self.transactions = Transactions({**producer, "log_level": 0}, self.shutdown)
        self.loop = TransformerLoop(
            {**group_consumer(settings), "log_level": 0},
            settings,
            self.transactions,
            Derivation(notes, settings),
            self.tally,
            self.shutdown,
        )
        self.thread = threading.Thread(target=self.loop.run)

    def stop(self) -> None:
        self.shutdown.request()
        if self.thread.ident is not None:
            self.thread.join(15)

    def value(self, outcome: str) -> float | None:
        labels = {"outcome": outcome}
        return self.tally.metrics.registry.get_sample_value("app_transactions_total", labels)


@pytest.fixture(scope="module")
def transformed(brokers: str) -> None:
    """Ten notes of ten authors and one record that is none."""
    producer = Producer({"bootstrap.servers": brokers})
    for number in range(10):
        event = noted(f"note {number}", author=f"author-{number}")
        producer.produce("transformed", encode(event), event.author.encode())
    producer.produce("transformed", b"\xff", b"poison")
    assert producer.flush(10) == 0


@pytest.fixture
def service(brokers: str, transformed: None, request: pytest.FixtureRequest) -> Iterator[Service]:
    service = Service(brokers, f"output-{abs(hash(request.node.name))}")
    yield service
    service.stop()


def written(brokers: str, topic: str, count: int) -> list[str]:
    reader = Consumer(
        {
            "bootstrap.servers": brokers,
            # Of its own, so that it reads everything each time.
            "group.id": f"{topic}-{time.monotonic_ns()}",
            "auto.offset.reset": "earliest",
        }
    )
    reader.subscribe([topic])
    texts: list[str] = []
    deadline = time.monotonic() + 15
    while len(texts) < count and time.monotonic() < deadline:
        for message in reader.consume(count, 0.2):
            if message.error() is None:
                texts.append(json.loads(message.value() or b"")["text"])
    reader.close()
    return sorted(texts)


def test_each_record_is_derived_from_or_buried(service: Service, brokers: str) -> None:
    service.thread.start()
    until(lambda: service.tally.transformed == 10)
    until(lambda: service.tally.dead_lettered == 1)
    service.stop()
    assert service.shutdown.exit_code == 0
    topic = service.loop._settings.kafka_output_topic
    assert written(brokers, topic, 10) == [f"NOTE {number}" for number in range(10)]


def test_an_aborted_transaction_is_done_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, tries = service.transactions.commit, iter([False, False])
    monkeypatch.setattr(
        service.transactions, "commit", lambda *a: next(tries, None) is None and commit(*a)
    )
    service.thread.start()
    until(lambda: service.tally.transformed == 10 and service.tally.dead_lettered == 1)
    assert service.value("aborted") == 2
    assert not service.loop._subscription.paused


def test_after_a_transaction_that_was_late_reading_goes_on_at_the_committed_offsets(
    service: Service, brokers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, late = service.transactions.commit, iter([True])

    def commit_late(*arguments: Any) -> bool:
        if next(late, False):
            # It did commit; only the answer was lost.
            commit(*arguments)
            raise TimedOut("fenced")
        return commit(*arguments)

    monkeypatch.setattr(service.transactions, "commit", commit_late)
    monkeypatch.setattr(service.transactions, "start", lambda: None)
    service.transactions._producer.init_transactions(10)
    service.thread.start()
    until(lambda: service.value("aborted") == 1)
    topic = service.loop._settings.kafka_output_topic
    notes_once = [f"NOTE {number}" for number in range(10)]
    # The new member joins when the group has let go of the old one, which may take a while.
    until(lambda: written(brokers, topic, 11) == notes_once, seconds=60)


def test_another_instance_with_the_id_ends_the_process_with_3(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fenced(*_: object) -> bool:
        raise KafkaException(KafkaError(KafkaError._FENCED, "fenced", fatal=True))

    monkeypatch.setattr(service.transactions, "commit", fenced)
    service.loop.run()
    assert service.shutdown.exit_code == KAFKA_REFUSED
    (line,) = [r for r in caplog.records if r.levelname == "CRITICAL"]
    assert f"transactional id {service.loop._settings.kafka_transactional_id}" in line.getMessage()
