from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Producer

from notes import notes
from platform_app.event import AnyDomain
from platform_app.settings import ConsumerSettings, ProducerSettings
from platform_app.store.database import database_of
from platform_app.store.events import EventStore
from support import OpenStore


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    opened: list[EventStore] = []

    def open_(domain: AnyDomain) -> EventStore:
        opened.append(EventStore(database_of(f"sqlite:///{tmp_path}/store.db"), domain))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> EventStore:
    return open_store(notes)


@pytest.fixture(scope="session")
def brokers() -> Iterator[str]:
    """librdkafka's own in-process brokers: the real client, protocol and threads, no Kafka."""
    host = Producer({"test.mock.num.brokers": 1, "log_level": 3})
    metadata = host.list_topics(timeout=10)
    yield ",".join(f"{broker.host}:{broker.port}" for broker in metadata.brokers.values())
    host.flush(0)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ConsumerSettings.model_fields | ProducerSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
