"""aiokafka's clients as far as we use them, with brokers that do what a test says."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from platform_app.record import Record


@dataclass
class Place:
    topic: str
    partition: int
    offset: int


@dataclass
class Consumed:
    topic: str
    partition: int
    offset: int
    key: bytes | None = b"ann"
    value: bytes | None = b"{}"
    headers: tuple[tuple[str, bytes | None], ...] = ()
    timestamp: int = 1


def consumed(record: Record) -> Consumed:
    return Consumed(
        record.topic,
        record.partition,
        record.offset,
        record.key,
        record.value,
        tuple(record.headers),
        record.timestamp_ms,
    )


class Metadata:
    def __init__(self, topics: dict[str, set[int]]) -> None:
        self.topics = topics
        self.unauthorized_topics: set[str] = set()

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return self.topics.get(topic)


class Client:
    def __init__(self, topics: dict[str, set[int]]) -> None:
        self.cluster = Metadata(topics)
        self.answers = True

    def add_topic(self, _: str) -> None:
        pass

    async def bootstrap(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def force_metadata_update(self) -> bool:
        return self.answers


class Accumulator:
    def __init__(self, producer: "Producer") -> None:
        self._producer = producer

    def fail_all(self, error: Exception) -> None:
        for future in self._producer.waiting:
            if not future.done():
                future.set_exception(error)


class Batch:
    def __init__(self) -> None:
        self.headers: list[tuple[str, bytes | None]] = []

    def append(self, *, headers: list[tuple[str, bytes | None]], **_: object) -> None:
        self.headers = headers


@dataclass
class Producer:
    """Acknowledges at once, or fails, or keeps waiting, as `outcome` says for each value."""

    outcomes: dict[bytes | None, KafkaError | None] = field(default_factory=dict)
    topics: dict[str, set[int]] = field(default_factory=lambda: {"events": {0, 1}})
    start_error: KafkaError | None = None
    on_offsets: KafkaError | None = None
    log: list[Any] = field(default_factory=list)
    waiting: list["asyncio.Future[Place]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = Client(self.topics)
        self._message_accumulator = Accumulator(self)
        self.written: list[tuple[str, bytes | None]] = []

    async def start(self) -> None:
        self.log.append("start")
        if self.start_error is not None:
            raise self.start_error

    async def stop(self) -> None:
        self.log.append("stop")

    async def flush(self) -> None:
        self.log.append("flush")

    async def partitions_for(self, topic: str) -> set[int]:
        return self.topics[topic]

    def create_batch(self) -> Batch:
        return Batch()

    async def send_batch(self, _: Batch, topic: str, partition: int) -> "asyncio.Future[Place]":
        return await self.send(topic, None, None)

    async def send(
        self, topic: str, value: bytes | None, key: bytes | None, headers: object = None
    ) -> "asyncio.Future[Place]":
        future: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self.waiting.append(future)
        if value not in self.outcomes:
            self.written.append((topic, value))
            future.set_result(Place(topic, 0, len(self.written) - 1))
        elif (error := self.outcomes[value]) is not None:
            future.set_exception(error)
        return future

    async def begin_transaction(self) -> None:
        self.log.append("begin")

    async def send_offsets_to_transaction(
        self, offsets: dict[TopicPartition, int], group: str
    ) -> None:
        if self.on_offsets is not None:
            raise self.on_offsets
        self.log.append((group, {place.partition: o for place, o in offsets.items()}))

    async def commit_transaction(self) -> None:
        self.log.append("commit")


class Consumer:
    """A group of one: what is `given` is polled once, and `rebalance` assigns."""

    def __init__(self, topic: str = "events") -> None:
        self._topic = topic
        self.given: list[Record] = []
        self.errors: list[KafkaError] = []
        self.commits: list[dict[int, int]] = []
        self.commit_error: KafkaError | None = None
        self.failed_commits = 0
        self.committed_offsets: dict[TopicPartition, int] = {}
        self.ends: dict[int, int] = defaultdict(int)
        self.positions: dict[int, int] = defaultdict(int)
        self.partitions: set[int] = set()
        self.paused: set[TopicPartition] = set()
        self.stopped = False
        self._listener: Any = None

    async def start(self) -> None:
        if self.errors:
            raise self.errors.pop(0)

    async def stop(self) -> None:
        self.stopped = True

    def subscribe(self, _: list[str], listener: Any) -> None:
        self._listener = listener

    def assign(self, places: list[TopicPartition]) -> None:
        self.partitions = {place.partition for place in places}

    async def rebalance(self, *partitions: int) -> None:
        await self._listener.on_partitions_revoked(self.assignment())
        self.partitions = set(partitions)
        self.paused.clear()
        await self._listener.on_partitions_assigned(self.assignment())

    def assignment(self) -> set[TopicPartition]:
        return {TopicPartition(self._topic, number) for number in self.partitions}

    async def getmany(
        self, timeout_ms: int, max_records: int
    ) -> dict[TopicPartition, list[Consumed]]:
        await asyncio.sleep(0.001)
        if self.errors:
            raise self.errors.pop(0)
        polled: dict[TopicPartition, list[Consumed]] = defaultdict(list)
        taken, self.given = self.given[:max_records], self.given[max_records:]
        for record in taken:
            polled[TopicPartition(record.topic, record.partition)].append(consumed(record))
            self.positions[record.partition] = record.offset + 1
        return polled

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        if self.commit_error is not None:
            self.failed_commits += 1
            raise self.commit_error
        self.commits.append({place.partition: offset for place, offset in offsets.items()})
        self.committed_offsets |= offsets

    async def committed(self, place: TopicPartition) -> int | None:
        return self.committed_offsets.get(place)

    async def position(self, place: TopicPartition) -> int:
        return self.positions[place.partition]

    async def beginning_offsets(self, places: Iterable[TopicPartition]) -> dict[Any, int]:
        return dict.fromkeys(places, 10)

    async def end_offsets(self, places: Iterable[TopicPartition]) -> dict[Any, int]:
        return {place: self.ends[place.partition] for place in places}

    def last_stable_offset(self, place: TopicPartition) -> int | None:
        return self.ends[place.partition]

    def highwater(self, place: TopicPartition) -> int | None:
        return self.ends[place.partition] + 1

    def pause(self, *places: TopicPartition) -> None:
        self.paused |= set(places)

    def resume(self, *places: TopicPartition) -> None:
        self.paused -= set(places)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # the condition is anything
            await asyncio.sleep(0.005)
