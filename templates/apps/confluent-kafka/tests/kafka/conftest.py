from collections.abc import Iterator

import pytest
from confluent_kafka import Producer


@pytest.fixture(scope="session")
def brokers() -> Iterator[str]:
    """librdkafka's own in-process brokers: the real client, protocol and threads, no Kafka."""
    host = Producer({"test.mock.num.brokers": 1, "log_level": 3})
    metadata = host.list_topics(timeout=10)
    yield ",".join(f"{broker.host}:{broker.port}" for broker in metadata.brokers.values())
    host.flush(0)
