"""The replay with the real client against librdkafka's in-process brokers."""

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from notes import record
from platform_app.dead_letters import DeadLetter
from platform_app.kafka import dead_letter_reader
from platform_app.kafka.config import reader
from platform_app.kafka.dead_letter_reader import DeadLetterReader
from platform_app.replay.__main__ import replay
from platform_app.replay.options import Options
from platform_app.replay.settings import ReplaySettings
from platform_app.shutdown import BUG, Shutdown


@pytest.fixture
def settings(brokers: str) -> ReplaySettings:
    """Five dead letters of `events`, one of another topic."""
    settings = ReplaySettings(
        kafka_bootstrap_servers=brokers,
        kafka_topic="events",
        kafka_group_id="group",
        kafka_dead_letter_topic="events.dlq",
    )
    producer = Producer({"bootstrap.servers": brokers})
    for number in range(5):
        letter = DeadLetter(record(b"\xff", number), "Undecodable", "no", 1)
        outgoing = letter.outgoing("events.dlq", "group")
        producer.produce(outgoing.topic, outgoing.value, f"{number}", headers=[*outgoing.headers])
    producer.produce("events.dlq", b"v", b"k", headers=[("dlq-original-topic", b"other")])
    assert producer.flush(10) == 0
    return settings


def run(
    settings: ReplaySettings, options: Options, caplog: pytest.LogCaptureFixture
) -> tuple[int, int]:
    caplog.clear()
    shutdown = Shutdown()
    replay(options, settings, shutdown)
    assert shutdown.exit_code == 0
    line = caplog.records[-1]
    return line.__dict__["replayed"], line.__dict__["skipped"]


def events(brokers: str) -> int:
    asking = Consumer({"bootstrap.servers": brokers, "group.id": "asking"})
    numbers = asking.list_topics("events", 10).topics["events"].partitions
    ends = [asking.get_watermark_offsets(TopicPartition("events", n), 10)[1] for n in numbers]
    asking.close()
    return sum(ends)


def test_dead_letters_are_sent_again_once(
    settings: ReplaySettings, brokers: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert run(settings, Options(None, dry_run=True), caplog) == (5, 1)
    before = events(brokers)
    first = run(settings, Options(2, dry_run=False), caplog)
    rest = run(settings, Options(None, dry_run=False), caplog)
    assert (first[0], rest[0], first[1] + rest[1]) == (2, 3, 1)
    assert events(brokers) - before == 5
    assert run(settings, Options(None, dry_run=False), caplog) == (0, 0)


@pytest.fixture
def nobody() -> ReplaySettings:
    """Nobody listens there."""
    return ReplaySettings(
        kafka_bootstrap_servers="127.0.0.1:1",
        kafka_topic="events",
        kafka_group_id="group",
        kafka_dead_letter_topic="events.dlq",
    )


def test_a_stop_ends_the_wait_for_brokers(nobody: ReplaySettings) -> None:
    stops = iter([False, True])
    dead_letters = DeadLetterReader(
        {**reader(nobody, nobody.replay_group), "log_level": 0}, "events.dlq"
    )
    dead_letters.start(lambda: next(stops))
    assert list(dead_letters.batches()) == []
    dead_letters.close()


def test_without_any_broker_it_gives_up_and_says_where_it_looked(
    nobody: ReplaySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dead_letter_reader, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(dead_letter_reader, "TRY_SECONDS", 0.1)
    caplog.set_level("INFO")
    shutdown = Shutdown()
    replay(Options(None, dry_run=False), nobody, shutdown)
    assert shutdown.exit_code == BUG
    own = [line for line in caplog.records if line.name.startswith("platform_app")]
    [error] = [line.getMessage() for line in own if line.levelname == "ERROR"]
    assert "127.0.0.1:1" in error
    assert "KAFKA_BOOTSTRAP_SERVERS" in error
    assert caplog.records[-1].__dict__["replayed"] == 0
