import asyncio
import ssl

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from kafka.fakes import Client
from platform_app.kafka.cluster import Cluster
from platform_app.shutdown import KafkaRefused, Shutdown

CONFIG = {"bootstrap_servers": "127.0.0.1:1,[::1]:2", "request_timeout_ms": 100}


class Connections:
    """What connecting leads to, attempt by attempt."""

    def __init__(self, *outcomes: Exception | None) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int, **_: object) -> "Connections":
        self.asked.append((host, port))
        return self

    async def connect(self) -> None:
        if (outcome := self.outcomes.pop(0)) is not None:
            raise outcome

    def close(self) -> None:
        pass


def wait(monkeypatch: pytest.MonkeyPatch, connections: Connections) -> Cluster:
    monkeypatch.setattr("platform_app.kafka.cluster.AIOKafkaConnection", connections)

    async def waited() -> Cluster:
        cluster = Cluster(CONFIG, "events", Shutdown())
        await cluster.wait()
        return cluster

    return asyncio.run(waited())


def test_one_broker_that_lets_us_in_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    connections = Connections(ConnectionRefusedError(), None)
    assert wait(monkeypatch, connections).connected
    assert connections.asked == [("127.0.0.1", 1), ("::1", 2)]


@pytest.mark.parametrize(
    "refusal",
    [SaslAuthenticationFailed("no"), ssl.SSLCertVerificationError(1, "certificate has expired")],
)
def test_a_broker_that_does_not_want_us_is_the_end(
    monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    with pytest.raises(KafkaRefused):
        wait(monkeypatch, Connections(KafkaConnectionError("away"), refusal))


def test_readiness_follows_what_brokers_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({})
    monkeypatch.setattr("platform_app.kafka.cluster.AIOKafkaClient", lambda **_: client)
    monkeypatch.setattr("platform_app.kafka.cluster.INTERVAL_SECONDS", 0.01)

    async def scenario() -> None:
        shutdown = Shutdown()
        cluster = Cluster(CONFIG, "events", shutdown)
        assert cluster.problems() == ["no broker is connected"]
        watching = asyncio.create_task(cluster.watch())
        await asyncio.sleep(0.05)
        assert cluster.problems() == ["topic events does not exist"]
        client.cluster.topics["events"] = {0}
        await asyncio.sleep(0.05)
        assert cluster.problems() == []
        client.answers = False
        await asyncio.sleep(0.05)
        assert cluster.problems() == ["no broker is connected"]
        shutdown.request()
        await watching
        await cluster.close()

    asyncio.run(scenario())


def partitions(monkeypatch: pytest.MonkeyPatch, client: Client) -> set[int]:
    monkeypatch.setattr("platform_app.kafka.cluster.AIOKafkaClient", lambda **_: client)

    async def asked() -> set[int]:
        return await Cluster(CONFIG, "events", Shutdown()).partitions()

    return asyncio.run(asked())


def test_a_topics_partitions_are_known_missing_or_forbidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert partitions(monkeypatch, Client({"events": {0, 1}})) == {0, 1}
    with pytest.raises(UnknownTopicOrPartitionError):
        partitions(monkeypatch, Client({}))
    forbidden = Client({})
    forbidden.cluster.unauthorized_topics = {"events"}
    with pytest.raises(TopicAuthorizationFailedError):
        partitions(monkeypatch, forbidden)
