import asyncio

import pytest
from aiokafka.errors import GroupAuthorizationFailedError, UnknownTopicOrPartitionError

from kafka.fakes import Consumer, Producer
from platform_app.record import Record
from platform_app.replay import __main__ as tool
from platform_app.replay.options import Options
from platform_app.replay.settings import ReplaySettings
from platform_app.shutdown import KafkaRefused, Shutdown


class Brokers:
    """Two dead letters of `events`, one of another topic."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.consumer = Consumer("dead")
        self.consumer.ends[0] = 3
        self.consumer.given = [dead(0), dead(1, "other"), dead(2)]
        self.producer = Producer()
        self.partitions_error: Exception | None = None
        self.let_in = True
        monkeypatch.setattr(tool, "AIOKafkaConsumer", lambda **_: self.consumer)
        monkeypatch.setattr(tool, "AIOKafkaProducer", lambda **_: self.producer)
        monkeypatch.setattr(tool, "Cluster", lambda *_: self)
        monkeypatch.setattr(tool, "WRITE_SECONDS", 0.05)

    async def wait(self) -> None:
        if not self.let_in:
            await asyncio.Event().wait()

    async def close(self) -> None:
        pass

    async def partitions(self) -> set[int]:
        if self.partitions_error is not None:
            raise self.partitions_error
        return {0}


def dead(offset: int, topic: str = "events") -> Record:
    headers: list[tuple[str, bytes | None]] = [("dlq-original-topic", topic.encode())]
    return Record("dead", 0, offset, 1, b"ann", f"v-{offset}".encode(), headers)


@pytest.fixture
def brokers(monkeypatch: pytest.MonkeyPatch) -> Brokers:
    return Brokers(monkeypatch)


def run(options: Options, caplog: pytest.LogCaptureFixture) -> tuple[int, int, int]:
    """Exit code, replayed and skipped."""
    caplog.set_level("INFO")
    settings = ReplaySettings(
        kafka_bootstrap_servers="broker:9092",
        kafka_topic="events",
        kafka_group_id="group",
        kafka_dead_letter_topic="dead",
    )

    async def replayed() -> int:
        shutdown = Shutdown()
        await tool.replay(options, settings, shutdown)
        return shutdown.exit_code

    code = asyncio.run(replayed())
    line = caplog.records[-1].__dict__
    return code, line["replayed"], line["skipped"]


def test_dead_letters_are_sent_again_and_committed(
    brokers: Brokers, caplog: pytest.LogCaptureFixture
) -> None:
    assert run(Options(None, dry_run=False), caplog) == (0, 2, 1)
    assert brokers.producer.written == [("events", b"v-0"), ("events", b"v-2")]
    assert brokers.consumer.commits == [{0: 3}]
    assert brokers.consumer.stopped


def test_a_dry_run_opens_no_producer(brokers: Brokers, caplog: pytest.LogCaptureFixture) -> None:
    assert run(Options(None, dry_run=True), caplog) == (0, 2, 1)
    assert (brokers.producer.log, brokers.consumer.commits) == ([], [])


def test_a_record_that_is_not_written_fails_the_run(
    brokers: Brokers, caplog: pytest.LogCaptureFixture
) -> None:
    brokers.producer.outcomes = {b"v-2": None}
    assert run(Options(None, dry_run=False), caplog) == (1, 1, 1)
    assert brokers.consumer.commits == [{0: 2}]


def test_a_missing_topic_fails_the_run(brokers: Brokers, caplog: pytest.LogCaptureFixture) -> None:
    brokers.partitions_error = UnknownTopicOrPartitionError("topic dead does not exist")
    assert run(Options(None, dry_run=False), caplog) == (1, 0, 0)


def test_without_any_broker_it_gives_up_and_says_where_it_looked(
    brokers: Brokers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    brokers.let_in = False
    monkeypatch.setattr(tool, "PATIENCE_SECONDS", 0.01)
    assert run(Options(None, dry_run=False), caplog) == (1, 0, 0)
    own = [line for line in caplog.records if line.name.startswith("platform_app")]
    [error] = [line.getMessage() for line in own if line.levelname == "ERROR"]
    assert "broker:9092" in error
    assert "KAFKA_BOOTSTRAP_SERVERS" in error


def test_a_missing_right_is_named(brokers: Brokers, caplog: pytest.LogCaptureFixture) -> None:
    brokers.consumer.errors = [GroupAuthorizationFailedError("group.replay")]
    with pytest.raises(KafkaRefused, match=r"no right to the group group\.replay"):
        run(Options(None, dry_run=False), caplog)
